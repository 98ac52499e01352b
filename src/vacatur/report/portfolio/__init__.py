"""The report of a portfolio: words first, then value by what the law does, what has still to be sold, and each row."""
