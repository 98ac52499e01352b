"""When something happened, as precisely as the evidence says and no more.

A source gives an instant ("4:09 pm"), a day, or only a range of days ("between two editions of the list").
A `Moment` keeps the earliest and the latest instant that the evidence allows. An act dated by day alone
counts for the whole of that legal day in its authority's zone; its hour stays unknown and is never invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

BEGINNING = datetime.min.replace(tzinfo=UTC)
FOREVER = datetime.max.replace(tzinfo=UTC)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?\Z")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time known to lie in the closed interval [`earliest`, `latest`]; `text` is as authored.

    Instants are aware, in UTC. `exact` is true when the two ends meet.
    """

    earliest: datetime
    latest: datetime
    text: str

    @property
    def exact(self) -> bool:
        """Whether the evidence fixes the moment (an instant, or a whole legal day)."""
        return self.earliest == self.latest

    @property
    def by_day(self) -> bool:
        """Whether only the day is known, not the hour."""
        return "T" not in self.text and " " not in self.text

    def shifted(self, move: Callable[[datetime], datetime], text: str) -> Moment:
        """The moment with both ends moved by the same rule."""
        return Moment(move(self.earliest), move(self.latest), text)


def start_of_day(day: date, where: tzinfo) -> datetime:
    """First instant of a legal day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=where).astimezone(UTC)


def end_of_day(day: date, where: tzinfo) -> datetime:
    """Last instant of a legal day, in UTC: what a bare date in a question means."""
    return start_of_day(day + timedelta(days=1), where) - timedelta(microseconds=1)


@lru_cache(maxsize=65536)
def read_moment(text: str, where: tzinfo) -> Moment:
    """Reads `2021-01-14`, `2021-05-25T16:09-04:00`, `2024-05` or a range `2021-05-25..2021-05-28`.

    `where` is the authority's zone: it places days and instants without an offset. Raises `ValueError`.
    """
    if ".." in text:
        first, _, last = text.partition("..")
        begin, end = read_moment(first, where), read_moment(last, where)
        if end.latest < begin.earliest:
            raise ValueError(f"{text!r} ends before it begins")
        return Moment(begin.earliest, end.latest, text)
    if _DAY.match(text):
        start = start_of_day(date.fromisoformat(text), where)
        return Moment(start, start, text)
    if month := _MONTH.match(text):
        first_day = date(int(month[1]), int(month[2]), 1)
        last_day = (first_day + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Moment(start_of_day(first_day, where), start_of_day(last_day, where), text)
    instant = read_instant(text, where)
    return Moment(instant, instant, text)


def read_instant(text: str, where: tzinfo) -> datetime:
    """Reads an instant; without an offset it is local time in `where`. Raises `ValueError`."""
    if not _INSTANT.match(text):
        raise ValueError(f"{text!r} is not a date (2021-03-20) or an instant (2021-03-15T09:30-04:00)")
    instant = datetime.fromisoformat(text)
    try:
        return (instant if instant.tzinfo else instant.replace(tzinfo=where)).astimezone(UTC)
    except OverflowError as far:
        raise ValueError(f"{text!r} lies outside the years 1 to 9999") from far


def write_instant(instant: datetime, where: tzinfo) -> str | None:
    """ISO text of an instant in `where`; None for an end that is not set."""
    if instant in (BEGINNING, FOREVER):
        return None
    return instant.astimezone(where).isoformat()
