"""Which acts carry an answer: the shortest chain of acts that a person needs to check it."""

from __future__ import annotations

from datetime import datetime

from vacatur.law.corpus import Docket
from vacatur.law.fold import Fold
from vacatur.law.prohibit import Bite
from vacatur.model.act import Act
from vacatur.model.kinds import Layer, Op


def because(docket: Docket, fold: Fold, listings: list[Act], bites: list[Bite], on: datetime) -> tuple[str, ...]:
    """Act ids in the order in which they were issued: what lists, what forbids, what holds it, what ended it."""
    acts: dict[str, Act] = {}
    for listing in [*listings, *(bite.reached.listing for bite in bites if bite.reached.when.at(on) is not False)]:
        acts |= {act.id: act for act in _listing_acts(docket, fold, listing, on)}
    for bite in bites:
        acts |= {act.id: act for act in _bite_acts(docket, fold, bite, on)}
    return tuple(act.id for act in sorted(acts.values(), key=lambda act: (act.issued.earliest, act.id)))


def _listing_acts(docket: Docket, fold: Fold, listing: Act, on: datetime) -> list[Act]:
    """The designation, with what holds it on that day; for a listing that ended by then, what ended it."""
    if on < listing.issued.earliest:
        return []
    if fold.force(listing).at(on) is not False:
        holds = [
            act for act in fold.holding(listing.id, Layer.EFFICACY, None) if fold.operative(act).at(on) is not False
        ]
        return [listing, *holds, *_opening(docket, fold, listing, on)]
    enders = [act for act in docket.on(listing.id) if act.what.op in (Op.CLOSE, Op.ANNUL) and fold.operative(act)]
    return [listing, *enders]


def _opening(docket: Docket, fold: Fold, listing: Act, on: datetime) -> list[Act]:
    """The terms and returns by which the listing stands on that day."""
    return [act for act in docket.on(listing.id) if act.what.op is Op.OPEN and fold.operative(act).at(on) is not False]


def _bite_acts(docket: Docket, fold: Fold, bite: Bite, on: datetime) -> list[Act]:
    found = [act for act in bite.holds if (fold.operative(act, bite.conduct) & bite.running).at(on) is not False]
    found += [act for c in bite.conditions if c.act and c.extent.at(on) is not False and (act := docket.get(c.act))]
    if bite.running.at(on) is not False and (since := docket.get(bite.rule.since)) is not None:
        found.append(since)
    return found
