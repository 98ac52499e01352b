"""The sources that vacatur knows, by id."""

from __future__ import annotations

from vacatur.errors import WordUnknown
from vacatur.intake.source import Source

SOURCES: dict[str, Source] = {}
"""Every source; a new list is one more module in `sources` and one more name here."""


def source_of(name: str) -> Source:
    """The source called `name`; raises `WordUnknown` with those that are known."""
    if name not in SOURCES:
        raise WordUnknown("source", name, tuple(SOURCES))
    return SOURCES[name]
