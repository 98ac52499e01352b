"""Among which lists a portfolio was searched, and how old they were: *clean* is said of these and of no others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from vacatur.law.corpus import Corpus, Docket
from vacatur.model.kinds import ALSO
from vacatur.model.moment import end_of_day, read_moment
from vacatur.model.programme import Programme
from vacatur.model.zones import zone
from vacatur.screen.portfolio.states import ACTIVITIES


@dataclass(frozen=True, slots=True)
class Lists:
    """`searched` are the programmes that name anybody as the view sees them; `empty` are known and name nobody then.

    `late`: those searched that were not followed up to the day of the view.
    """

    searched: tuple[Programme, ...]
    empty: tuple[Programme, ...]
    late: tuple[Programme, ...]


def lists(docket: Docket) -> Lists:
    """The programmes consulted at a view."""
    naming = {act.programme for party in docket.listed_parties() for act in docket.own_listings(party)}
    known = sorted(docket.corpus.programmes.values(), key=lambda one: one.short)
    searched = tuple(one for one in known if one.id in naming)
    return Lists(searched, tuple(one for one in known if one.id not in naming),
                 tuple(one for one in searched if docket.view.on > _followed(one)))  # fmt: skip


def _followed(programme: Programme) -> datetime:
    """The last instant for which a programme was followed."""
    where = zone(programme.zone)
    return end_of_day(read_moment(programme.followed_until, where).latest.astimezone(where).date(), where)


def zone_for(corpus: Corpus, actor: str) -> tuple[str, tzinfo]:
    """The zone in which a bare date about a portfolio is read: that of the authorities whose rules on securities bind
    this actor by name; UTC where they have no zone in common.
    """
    for names in ({actor}, {actor, *ALSO.get(actor, ())}):
        zones = {one.zone for one in corpus.programmes.values() for rule in one.rules
                 if rule.activity in ACTIVITIES and rule.actor in names}  # fmt: skip
        if len(zones) == 1:
            name = zones.pop()
            return name, zone(name)
    return "UTC", zone("UTC")
