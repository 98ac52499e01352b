"""Portfolios: what the law does to each position, when it turns, and by when what is held must be gone."""
