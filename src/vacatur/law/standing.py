"""How a party stands under one programme, whatever is asked about it: found once, for every activity and actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vacatur.law.corpus import Docket
from vacatur.law.fold import Fold, Readings
from vacatur.law.prohibit import Bite
from vacatur.law.readings import assignments, bearing
from vacatur.model.act import Act
from vacatur.model.extent import Extent, agreed, union
from vacatur.model.moment import Moment, read_moment
from vacatur.model.programme import Programme
from vacatur.model.zones import zone


@dataclass(frozen=True, slots=True)
class Standing:
    """A party's listings under a programme, the open points that bear on it, and the law folded on each of their
    readings; `force` is where any listing is in force, on all readings together. `turns` gathers the instants at which
    anything may change of what was asked.
    """

    docket: Docket
    party: str
    programme: Programme
    listings: tuple[Act, ...]
    disputes: tuple[str, ...]
    folds: tuple[tuple[Readings, Fold], ...]
    force: Extent
    turns: set[datetime]

    def note(self, found: Iterable[Bite]) -> None:
        """Remembers when these bites, what holds them and the ways to the party begin and end."""
        for bite in found:
            extents = (bite.running, bite.suspended, bite.reached.when, *(one.extent for one in bite.conditions))
            self.turns.update(*(extent.edges() for extent in extents), _ends(bite.reached.listing.issued))

    def all_turns(self) -> set[datetime]:
        """Every instant at which anything may change of what was asked: between two of them, nothing does."""
        where = zone(self.programme.zone)
        begins = _ends(read_moment(self.programme.followed_from, where))
        listed = {edge for act in self.listings for edge in _ends(act.issued)}
        return {*self.turns, *listed, *begins, *(edge for _, fold in self.folds for edge in fold.edges())}


def _ends(moment: Moment) -> tuple[datetime, datetime]:
    return moment.earliest, moment.latest


def standing(docket: Docket, party: str, programme: Programme) -> Standing:
    """How a party stands under a programme at the docket's view."""
    listings = tuple(act for act in docket.listings(party) if act.programme == programme.id)
    disputes = bearing(docket, party, programme)
    folds = tuple((readings, Fold(docket, readings)) for readings in assignments(docket, disputes))
    force = agreed(union(fold.force(act) for act in listings) for _, fold in folds)
    return Standing(docket, party, programme, listings, tuple(disputes), folds, force, set())
