"""The calendar: on which days the answers for which positions turn, and to what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from vacatur.errors import AskError
from vacatur.model.zones import zone
from vacatur.screen.portfolio.holding import Holding

_HORIZON = re.compile(r"([0-9]{1,5})\s*(d|w|m|y)\Z")
_DAYS = {"d": 1, "w": 7, "m": 31, "y": 366}
MOST_DAYS = 36_600


@dataclass(frozen=True, slots=True)
class Change:
    """From `at` on an activity has another answer for these positions, by row."""

    at: datetime
    activity: str
    answer: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A legal day on which something turns: in how many days from the view's, and what, in order of time."""

    day: date
    zone: str
    days: int
    changes: tuple[Change, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """The positions concerned, by row."""
        return tuple(sorted({row for change in self.changes for row in change.positions}))


def horizon_days(text: str) -> int:
    """How many days a horizon such as `90d`, `12w`, `6m` or `1y` is, months and years at their longest."""
    found = _HORIZON.match(text.strip().lower())
    days = int(found[1]) * _DAYS[found[2]] if found else 0
    if not 0 < days <= MOST_DAYS:
        raise AskError(f"{text[:40]!r} is not a horizon", fix="Write it as 90d, 12w, 6m or 1y, at most 100y")
    return days


def coming(holdings: Iterable[Holding], on: datetime, within: int) -> tuple[Coming, ...]:
    """What turns within so many days of a moment, day by day on the calendar of the authority that turns it."""
    found: dict[tuple[date, str], dict[tuple[datetime, str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for holding in holdings:
        for course in holding.law.courses.values():
            for turn in course.turns:
                day = turn.at.astimezone(zone(turn.zone)).date()
                if days_until(on, turn.at, turn.zone) <= within:
                    found[day, turn.zone][turn.at, course.activity, turn.answer].append(holding.position.row)
    return tuple(
        Coming(day, name, (day - on.astimezone(zone(name)).date()).days,
               tuple(Change(*what, tuple(sorted(rows))) for what, rows in sorted(changes.items())))
        for (day, name), changes in sorted(found.items())
    )  # fmt: skip


def days_until(on: datetime, at: datetime, zone_name: str) -> int:
    """Legal days from one instant to another, counted on the calendar of the zone."""
    where = zone(zone_name)
    return (at.astimezone(where).date() - on.astimezone(where).date()).days
