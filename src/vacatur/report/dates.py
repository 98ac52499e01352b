"""Dates as people read them: `20 March 2021`, never a form in which day and month could be swapped.

A bare date in a question means the last instant of that day, and an act dated by day the first; neither shows an hour.
Hours are shown where the law names one.
"""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from vacatur.model.act import Act
from vacatur.model.moment import BEGINNING, FOREVER, Moment
from vacatur.model.zones import zone

MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
ZONES = {"America/New_York": ("Eastern", "Washington"), "Europe/Brussels": ("Brussels time", "Brussels"),
         "Europe/London": ("London time", "London"), "Asia/Shanghai": ("Beijing time", "Beijing")}  # fmt: skip
"""Zone → (how an hour in it is named, the place whose day is meant)."""


def day(when: date, *, year: bool = True) -> str:
    """`20 March 2021`."""
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def short(when: date, *, year: bool = True) -> str:
    """`20 Mar 2021`."""
    return f"{when.day} {MONTHS[when.month - 1][:3]}" + (f" {when.year}" if year else "")


def local(instant: datetime, where: tzinfo) -> datetime:
    """The instant on the clocks of `where`; the two ends of time stay what they are."""
    return instant if instant in (BEGINNING, FOREVER) else instant.astimezone(where)


def instant(when: datetime, zone_name: str, *, hour_of: bool = False) -> str:
    """`15 March 2021, 09:30`; with `hour_of` the zone of the hour is named too.

    Laws and questions name hours and minutes. An instant with odd seconds is a running clock's: its day is meant.
    """
    here = local(when, zone(zone_name))
    if _whole_day(here.time()):
        return day(here.date())
    named = f" {hours(zone_name)}" if hour_of else ""
    return f"{day(here.date())}, {here:%H:%M}{named}"


def moment(when: Moment, zone_name: str, *, brief: bool = False) -> str:
    """A moment as exactly as it is known, and no more: a day, a day and hour, or two days between which it lies."""
    write = short if brief else day
    where = zone(zone_name)
    first, last = local(when.earliest, where), local(when.latest, where)
    if first.date() == last.date():
        return write(first.date()) + ("" if when.by_day else f", {first:%H:%M}")
    return f"{write(first.date())} to {write(last.date())}, day not known"


def act_day(act: Act, zone_name: str) -> str:
    """The day on which an act was issued."""
    return moment(Moment(act.issued.earliest, act.issued.latest, "day"), zone_name)


def days_between(start: datetime, end: datetime, zone_name: str) -> int:
    """Legal days from one instant to another, counted on the calendar of the zone."""
    where = zone(zone_name)
    return (local(end, where).date() - local(start, where).date()).days


def count(number: int) -> str:
    """`1 day`, `65 days`."""
    return f"{number:,} day" + ("" if number == 1 else "s")


def hours(zone_name: str) -> str:
    """How an hour in this zone is named: `Eastern`."""
    return ZONES.get(zone_name, (_place(zone_name), ""))[0]


def place(zone_name: str) -> str:
    """Whose day is meant: `Washington`."""
    return ZONES.get(zone_name, ("", _place(zone_name)))[1]


def _place(zone_name: str) -> str:
    return zone_name.rpartition("/")[2].replace("_", " ")


def _whole_day(clock: time) -> bool:
    return clock == time(0) or clock.second != 0 or clock.microsecond != 0
