"""What users' files and lists say, as a page shows it: on its own, bounded, and with nothing hidden in it.

A name may be ten thousand characters long, may hold marks that turn a line around, or control characters. It stands in
an element that keeps its direction to itself, is cut where no name is that long, and what cannot be seen is written
out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vacatur.report.html import Html, el, join
from vacatur.screen.part import Query
from vacatur.screen.subject import IDENTIFIERS

MOST = 240
"""Longest name or value shown, in characters; the record keeps it whole."""
MOST_SAID = 4000
"""Longest reason or note shown."""
MOST_VALUES = 5
"""So many values of one field are shown, and how many more there are."""

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def given(words: str, most: int = MOST) -> Html:
    """A text of a user's or a list's."""
    return el("bdi", plain(words, most))


def plain(words: str, most: int = MOST) -> str:
    """The same as plain text, for titles and attributes."""
    shown = words if len(words) <= most else f"{words[:most]}… ({len(words):,} characters)"
    return _HIDDEN.sub(_written, shown)


def several(values: Sequence[str]) -> Html | None:
    """Some values of one field, parted by semicolons; None where there are none."""
    if not values:
        return None
    more = f"; and {len(values) - MOST_VALUES:,} more" if len(values) > MOST_VALUES else None
    return join([join([given(value) for value in values[:MOST_VALUES]], "; "), more])


def values(query: Query, column: str) -> list[str]:
    """What a subject says of itself in one column."""
    said = query.get(column, ())
    return [said] if isinstance(said, str) else [str(one) for one in said]


def subject_name(query: Query) -> str:
    """By what a subject is called: its name, else its first identifier with the scheme, else the user's number."""
    for column in ("name", "aliases"):
        if found := values(query, column):
            return found[0]
    for scheme in IDENTIFIERS:
        if found := values(query, scheme):
            return f"{scheme.upper()} {found[0]}"
    return next(iter(values(query, "key")), "a subject without a name")


def _written(found: re.Match[str]) -> str:
    if found[0] in "\n\t":
        return " "
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
