"""Names and identifiers: which party is meant."""

from __future__ import annotations

from vacatur.match.hits import Hit
from vacatur.match.index import Index
from vacatur.match.score import DEFAULT_THRESHOLD, Comparison, compare

__all__ = ["DEFAULT_THRESHOLD", "Comparison", "Hit", "Index", "compare"]
