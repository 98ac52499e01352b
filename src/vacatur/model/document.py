"""A document: the evidence an act rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source text. `sha256` is set once its bytes are archived; until then the citation stands for it.

    `published` is a date as authored (empty when the source is undated); `url` is where it was seen.
    """

    id: str
    rev: int
    title: str
    publisher: str
    citation: str
    url: str
    published: str
    retrieved: str
    mime: str
    sha256: str
