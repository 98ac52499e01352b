"""Screening: subjects → hits → answers → decisions."""
