"""Time on a line: linear, never broken, never logarithmic; in per cent, so that bars stretch with the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from vacatur.model.moment import start_of_day
from vacatur.report.dates import MONTHS, local

MARGIN = 0.05
"""How much of the whole is left free before the first and after the last moment."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis with its word. The first one and each January carry the year, and keep their words where
    there is not room for all.
    """

    at: datetime
    words: str
    yearly: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The stretch of time shown, from the first to the last instant, on the calendar of one zone."""

    start: datetime
    end: datetime
    where: tzinfo

    def pct(self, instant: datetime) -> float:
        """Where an instant stands, in per cent of the width; what lies outside stands at the nearer edge."""
        return min(100.0, max(0.0, 100 * self.raw(instant)))

    def raw(self, instant: datetime) -> float:
        """Where an instant stands as a share of the width; below 0 and above 1 outside the stretch shown."""
        return (instant - self.start) / (self.end - self.start)

    def holds(self, instant: datetime) -> bool:
        """Whether an instant lies inside the stretch shown."""
        return self.start <= instant <= self.end

    def ticks(self) -> list[Tick]:
        """Days under 6 weeks, months under 18 months, quarters under 4 years, then years (every few when many)."""
        return list(_ticks(self))


def fit(instants: Iterable[datetime], where: tzinfo, margin: float = MARGIN) -> Scale:
    """The scale that shows all these instants with a margin, rounded outward to whole months."""
    known = sorted(instants)
    first, last = known[0], known[-1]
    room = max((last - first) * margin, timedelta(days=5))
    begin, end = local(first - room, where).date(), local(last + room, where).date()
    following = (end.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Scale(start_of_day(begin.replace(day=1), where), start_of_day(following, where), where)


def _ticks(scale: Scale) -> Iterator[Tick]:
    begin, end = local(scale.start, scale.where).date(), local(scale.end, scale.where).date()
    length = (end - begin).days
    written: int | None = None
    for day in _days(begin, end, length):
        first = day.year != written
        yield Tick(start_of_day(day, scale.where), _name(day, length, first=first), first)
        written = day.year


def _name(day: date, length: int, *, first: bool) -> str:
    if length < 42:
        return f"{day.day} {MONTHS[day.month - 1][:3]}" + (f" {day.year}" if first else "")
    if length < 4 * 365:
        return MONTHS[day.month - 1][:3] + (f" {day.year}" if first else "")
    return str(day.year)


def _days(begin: date, end: date, length: int) -> Iterator[date]:
    """The days that carry a tick: `length` is that of the whole stretch, in days."""
    if length < 42:
        yield from (begin + timedelta(days=n) for n in range(0, length, 7))
        return
    months = 1 if length < 548 else 3 if length < 4 * 365 else 12 * max(1, round(length / 365 / 14))
    year, month = begin.year, begin.month
    if months >= 3:
        month += -(month - 1) % min(months, 12)
    while True:
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        if (day := date(year, month, 1)) >= end:
            return
        if day >= begin:
            yield day
        month += months
