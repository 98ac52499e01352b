"""Files and tables of subjects: every form of them as rows, and rows as subjects."""
