"""Which acts an event study is made around, and on which day prices could first show each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from vacatur.errors import AskError, WordUnknown
from vacatur.law.corpus import Docket
from vacatur.model.act import Act
from vacatur.model.kinds import KINDS, Op
from vacatur.model.moment import Moment
from vacatur.model.zones import zone
from vacatur.report.dates import local
from vacatur.report.timeline.acts import in_order

_CLOSE = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?: (\S+))?\Z")
USUAL_CLOSE = time(16)
"""The hour at which most stock exchanges close, used where none is given."""


@dataclass(frozen=True, slots=True)
class Close:
    """When the prices of a day are taken: an hour on the clocks of a zone."""

    at: time
    zone_name: str
    where: tzinfo

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.zone_name}"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that became public, and on which prices can be asked.

    `first` and `last` are the days between which the first close lies that could tell of it: one day where the evidence
    names a day or an hour, and two where it only gives a range.
    """

    key: str
    title: str
    first: date
    last: date


def read_close(text: str | None, zone_name: str) -> Close:
    """`16:00 Asia/Hong_Kong`, or `16:00` in the zone of the question. Raises `AskError`."""
    if text is None:
        return Close(USUAL_CLOSE, zone_name, zone(zone_name))
    found = _CLOSE.match(text.strip())
    try:
        if found is None:
            raise ValueError("it is not an hour and a zone")
        named = found[3] or zone_name
        return Close(time(int(found[1]), int(found[2])), named, zone(named))
    except ValueError as bad:
        raise AskError(
            f"{text!r} is not an hour at which a market closes", why=str(bad), fix="Write it as '16:00 Asia/Hong_Kong'"
        ) from bad


def acts_with_effect(docket: Docket, party: str, kinds: Sequence[str] = ()) -> list[Act]:
    """The visible acts on a party, oldest first: those with a legal effect, or those of the given kinds.

    They are the acts that name the party or one of its linked records, and those that act on such acts. What touches a
    whole programme without naming the party is not among them. Raises `WordUnknown`.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise WordUnknown("kind", kind, tuple(KINDS))
    records = frozenset({party, *docket.corpus.same_as(party)})
    ahead = [*docket.listings(party), *(act for act in docket.acts() if act.concerns & records)]
    found: dict[str, Act] = {}
    while ahead:
        act = ahead.pop()
        if act.id not in found:
            found[act.id] = act
            ahead += docket.on(act.id)
    wanted = [act for act in found.values() if (act.kind in kinds if kinds else has_effect(act))]
    return sorted(wanted, key=in_order)


def has_effect(act: Act) -> bool:
    """Whether an act changes the law: what is procedural, describes, or is a consequence does not."""
    if act.what.op is Op.SETTLE:
        return act.settles is not None
    return act.what.op not in (Op.NONE, Op.DESCRIBE)


def event(act: Act, zone_name: str, close: Close) -> Event:
    """The event that an act is to a market; `zone_name` is the zone in which the act's own days are counted."""
    public = act.published
    return Event(act.id, act.title or act.kind, _day(public.earliest, public, zone_name, close),
                 _day(public.latest, public, zone_name, close))  # fmt: skip


def _day(instant: datetime, public: Moment, zone_name: str, close: Close) -> date:
    """A moment known by its day counts for that day. One that names an hour is read on the market's clocks, and
    belongs to the next day when the market had closed by then.
    """
    if public.by_day:
        return local(instant, zone(zone_name)).date()
    there = local(instant, close.where)
    return there.date() + timedelta(days=there.time() > close.at)
