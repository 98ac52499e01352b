"""Assessing a portfolio: for each position whose security it is, what the law does to it, and when that turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vacatur.law.answer import DISPUTED, PROHIBITED, UNKNOWN
from vacatur.law.corpus import Docket
from vacatur.ledger.see import Records
from vacatur.ledger.snapshot import snapshot_id
from vacatur.match.index import Index
from vacatur.match.parties import matcher_version
from vacatur.model.kinds import ACTIVITIES as KNOWN
from vacatur.model.view import View
from vacatur.screen.portfolio.coming import Coming, coming
from vacatur.screen.portfolio.course import course, out_by, untouched
from vacatur.screen.portfolio.holding import Holding, Law
from vacatur.screen.portfolio.issuers import Issuers, deciding, issuers
from vacatur.screen.portfolio.lists import Lists, lists
from vacatur.screen.portfolio.position import Position
from vacatur.screen.portfolio.reading import Taken
from vacatur.screen.portfolio.states import ACTIVITIES, state_of
from vacatur.screen.portfolio.totals import Total, totals

_QUIET = ("clean", "unlisted")
"""States of which nobody need be told for a party whose name merely comes near."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of a portfolio.

    `zone_name` is the zone in which bare dates were read; `actor` who holds it, by default whom each activity's rules
    bind; `horizon` for how many days the calendar looks ahead; `threshold` the lowest score of a name.
    """

    view: View
    zone_name: str
    actor: str | None
    horizon: int
    threshold: float

    def acts_as(self, activity: str) -> str:
        """Who buys, sells or holds."""
        return self.actor or KNOWN[activity][0]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A portfolio as the law of the view sees it: `holdings` in the order of the file, what turns within the horizon,
    values by state and currency, and the lists that were searched. `taken` is the file, with the rows that could not be
    assessed; `records` is the ledger as it was asked.
    """

    taken: Taken
    terms: Terms
    holdings: tuple[Holding, ...]
    calendar: tuple[Coming, ...]
    totals: tuple[Total, ...]
    lists: Lists
    records: Records
    snapshot: str

    def finds(self, what: str) -> bool:
        """Whether anything is `prohibited`, is `disputed` or worse, or is `listed` or worse.

        A gate errs on the safe side: where nobody certain is known, names that come near count too, and what the ledger
        does not answer counts as disputed.
        """
        if what == "listed":
            return any(one.state not in _QUIET for one in self.holdings)
        worse = {"prohibited": {PROHIBITED}, "disputed": {PROHIBITED, DISPUTED, UNKNOWN}}[what]
        return any(worse & set(one.gravest.values()) for one in self.holdings)

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON of `vacatur portfolio --format json`, as plain data."""
        from vacatur.screen.portfolio.plain import portfolio_json

        return portfolio_json(self)


def assess(records: Records, index: Index, terms: Terms, taken: Taken) -> Portfolio:
    """What the law does to each position at a view. `index` holds the names and identifiers of the records' parties."""
    assessor = _Assessor(records, terms)
    found = issuers(taken.positions, index, records.corpus, terms.threshold)
    holdings = tuple(assessor.holding(one, those) for one, those in zip(taken.positions, found, strict=True))
    matcher = f"{matcher_version()};threshold={terms.threshold}"
    calendar = coming(holdings, terms.view.on, terms.horizon)
    return Portfolio(taken, terms, holdings, calendar, totals(holdings), lists(assessor.docket),
                     records, snapshot_id(records.basis, matcher))  # fmt: skip


class _Assessor:
    """Answers for each issuer once, however many positions are his."""

    def __init__(self, records: Records, terms: Terms) -> None:
        self.docket = Docket(records.corpus, terms.view)
        self._terms = terms
        self._laws: dict[tuple[str, ...], Law] = {}
        self._untouched = Law("clean", {one: untouched(one, terms.acts_as(one)) for one in ACTIVITIES}, None)

    def holding(self, position: Position, found: Issuers) -> Holding:
        """One position, assessed."""
        chosen = deciding(found)
        law = self._law(tuple(one.party for one in chosen))
        others = tuple((one, said) for one in found if one not in chosen
                       and (said := self._law((one.party,))).state not in _QUIET)  # fmt: skip
        undecided = not any(one.certain for one in chosen) and law.state in _QUIET
        return Holding(position, "possible" if others and undecided else law.state, law, chosen, others)

    def _law(self, parties: tuple[str, ...]) -> Law:
        if not parties:
            return self._untouched
        if parties not in self._laws:
            courses = {one: course(self.docket, parties, one, self._terms.acts_as(one)) for one in ACTIVITIES}
            out = out_by(courses["sell"], courses["hold"])
            self._laws[parties] = Law(state_of(courses), courses, out)
        return self._laws[parties]
