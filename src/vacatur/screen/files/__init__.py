"""Files and tables of subjects: how they are opened, what their columns mean, and what cannot be screened in them."""
