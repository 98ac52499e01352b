"""Names and identifiers: which party is meant."""

from __future__ import annotations

from vacatur.match.index import Hit, Index
from vacatur.match.score import DEFAULT_THRESHOLD, Comparison, compare

__all__ = ["DEFAULT_THRESHOLD", "Comparison", "Hit", "Index", "compare"]
