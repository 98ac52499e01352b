"""The book: load it, check it, chain it, see it from a view, compare rosters."""
