"""What was restricted, when, why, what it forbade to whom, and how we know."""
