"""From what a person types to the three clocks.

`as_of D` sets all three; `on D` asks about D under today's law and knowledge; any clock can be set alone. A bare date
means the last instant of that day in the programme's zone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from vacatur.errors import DateError
from vacatur.law.corpus import Corpus
from vacatur.model.moment import BEGINNING, FOREVER, end_of_day, read_instant
from vacatur.model.view import View
from vacatur.model.zones import zone

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
DEFAULT_ZONE = "UTC"
_APART = timedelta(hours=14)
"""How far any zone is from UTC: what lies nearer to either end of time cannot be written in all of them."""


def instant(text: str, where: tzinfo) -> datetime:
    """The instant that a typed date or instant means; raises `DateError`."""
    try:
        day = _DAY.match(text.strip())
        found = end_of_day(date.fromisoformat(text.strip()), where) if day else read_instant(text.strip(), where)
        if not BEGINNING + _APART <= found <= FOREVER - _APART:
            raise ValueError("it lies outside the years 1 to 9999 in some zone")
        return found
    except (ValueError, OverflowError) as bad:
        raise DateError(
            f"{text!r} is not a date that can be read",
            why=str(bad) if "day" in str(bad) or "month" in str(bad) else "",
            fix="Write the date as 2021-03-20, or an instant as 2021-03-15T09:30-04:00",
        ) from bad


def view_of(now: datetime, where: tzinfo, *, as_of: str | None = None, on: str | None = None,
            law_at: str | None = None, known_at: str | None = None) -> View:  # fmt: skip
    """The view that these options mean; what is not given is `now`. Raises `DateError`."""
    if as_of is not None and any(clock is not None for clock in (on, law_at, known_at)):
        raise DateError("--as-of sets all three clocks", fix="Use it alone, or set --on, --law-at and --known-at")
    if as_of is not None:
        return View.as_of(instant(as_of, where))
    clocks = (now.astimezone(UTC) if text is None else instant(text, where) for text in (on, law_at, known_at))
    return View(*clocks)


def in_order(start: View, end: View, said: tuple[str, str]) -> None:
    """Refuses two views, `said` so, of which the first lies after the second: what lies between them would be nothing,
    or would be told backwards. Raises `DateError`.
    """
    if start.on > end.on:
        raise DateError(
            f"{said[0]} ends after {said[1]}", why="Backwards in time it would look as if nothing had changed",
            fix="Exchange the two",
        )  # fmt: skip


def zone_of(corpus: Corpus, parties: tuple[str, ...], programme: str | None) -> tuple[str, tzinfo]:
    """The zone in which a bare date is read: the programme's, else that of the first programme listing a party."""
    if programme is not None and programme in corpus.programmes:
        name = corpus.programmes[programme].zone
    else:
        listings = [
            act for act in corpus.acts.values() if act.is_designation and act.target.partition("@")[0] in parties
        ]
        first = min(listings, key=lambda act: act.issued.earliest, default=None)
        zones = {programme.zone for programme in corpus.programmes.values()}
        name = corpus.programmes[first.programme].zone if first else zones.pop() if len(zones) == 1 else DEFAULT_ZONE
    return name, zone(name)
