"""Names and identifiers: which party is meant."""
