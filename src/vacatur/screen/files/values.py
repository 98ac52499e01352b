"""Values as people write them, to the form in which subjects have them: dates, numbers, kinds."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isnan

from vacatur.errors import InputError

ORDERS = ("iso", "dmy", "mdy")
"""How dates with the year at their end are read: not at all, day first or month first."""

_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})\Z")
_POINTS = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})\Z")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})\Z")
_TIME = re.compile(r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?\Z")

_KINDS = {
    "individual": "person", "natural person": "person", "human": "person", "company": "organisation",
    "corporate": "organisation", "entity": "organisation", "legal entity": "organisation",
    "legal person": "organisation", "organization": "organisation", "ship": "vessel",
}  # fmt: skip


def kind(cell: str) -> str:
    """A kind of party in the word that parties have for it; what is not known as it stands."""
    word = " ".join(cell.split()).lower()
    return _KINDS.get(word, word)


def number(value: float) -> str:
    """A number as people write it: `1810`, not `1810.0`; nothing for what is not a number, as missing ones come."""
    if isnan(value):
        return ""
    return str(int(value)) if abs(value) < 1e18 and value == int(value) else repr(value)


@lru_cache(maxsize=65536)
def iso_date(text: str, order: str) -> str:
    """A date as `YYYY[-MM[-DD]]`: written so, as YYYYMMDD, as DD.MM.YYYY, or in the order that the user says.

    A time of day after it is left out. Raises `InputError` where it is not clear which part is the month; whether there
    is such a day is not asked here.
    """
    text = _TIME.sub("", text.strip())
    if _ISO.match(text):
        return text
    if found := _YEAR_FIRST.match(text):
        year, _, month, day = found.groups()
    elif found := _POINTS.match(text):
        day, month, year = found.groups()
    elif found := _YEAR_LAST.match(text):
        if order == "iso":
            raise InputError(
                f"{text!r} may have the day or the month first",
                fix="Say which: --dates dmy or --dates mdy, or write it as YYYY-MM-DD",
            )
        first, _, second, year = found.groups()
        day, month = (first, second) if order == "dmy" else (second, first)
    else:
        raise InputError(f"{text[:40]!r} is not a date", fix="Write it as YYYY-MM-DD, or as YYYY if that is all")
    return f"{year}-{month:0>2}-{day:0>2}"
