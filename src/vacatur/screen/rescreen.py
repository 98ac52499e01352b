"""Screening the subjects of an earlier run again, at a cost that follows what has changed and not how many they are.

Scores do not depend on the list. So the hits of a run still stand, except those on parties that are described otherwise
now; only these parties are searched for, among all subjects. What the law says of a party still stands too, if no act,
rule or link that bears on it differs between the two views and no span of it turns between the two moments of conduct.
The result is the same, byte for byte, as that of screening all of the subjects anew.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vacatur.law.corpus import Docket
from vacatur.law.touched import touched
from vacatur.match.hits import NAME
from vacatur.match.index import Index
from vacatur.match.parties import index_of
from vacatur.screen.found import Finder
from vacatur.screen.part import Part, Query
from vacatur.screen.run import Screener
from vacatur.screen.subject import IDENTIFIERS, known_subject

_SCHEMES = frozenset(IDENTIFIERS)


class Rescreener:
    """Screens parts of an earlier run again.

    Args:
        screener: the new view and basis, with the threshold of the earlier run; the matcher must be the same too.
        old: the earlier view of the earlier basis.
        same_zone: whether instants are written in the same zone as in the earlier run.
    """

    def __init__(self, screener: Screener, old: Docket, *, same_zone: bool) -> None:
        self._screener, self._old, self._same_zone = screener, old, same_zone
        self.touched = touched(old, screener.docket)
        parties = screener.records.corpus.parties
        self._near: Index = index_of(parties[one] for one in sorted(self.touched.described) if one in parties)
        self._finder = Finder(self._near, parties, screener.threshold)

    def part(self, old: Part) -> Part:
        """An earlier part, screened again."""
        fresh = self._fresh(old)
        before = dict(old.hits)
        places = sorted(before.keys() | fresh.keys())
        both = ((place, self._both(old, place, before.get(place, []), fresh.get(place))) for place in places)
        hits = [(place, those) for place, those in both if those]
        return Part(
            rows=old.rows, subjects=old.subjects, hits=hits, law=self._law(old, hits), late=self._screener.late,
            searched=self._screener.searched,
        )  # fmt: skip

    def _fresh(self, old: Part) -> dict[int, list[dict[str, Any]]]:
        """The hits on parties that are described otherwise now, by the place of their subject."""
        named = self._screener.named(old.subjects, self._near) if len(self._near) else {}
        found: dict[int, list[dict[str, Any]]] = {}
        for place, query in enumerate(old.subjects):
            if place in named or _identified(query):
                subject = known_subject(query, old.rows[place])
                parties = self._finder.found(subject, named.get(place, ()))
                if parties:
                    found[place] = [self._screener.hit(subject, one) for one in parties]
        return found

    def _both(self, old: Part, place: int, before: list[dict[str, Any]],
              fresh: list[dict[str, Any]] | None) -> list[dict[str, Any]]:  # fmt: skip
        """Hits that still stand and new ones, in the order in which a search gives them."""
        standing = [hit for hit in before if hit["party"] not in self.touched.described]
        both = [*(self._remarked(old, place, hit) for hit in standing), *(fresh or ())]
        return sorted(both, key=lambda hit: (-hit["score"], hit["evidence"].startswith(NAME), hit["party"]))

    def _remarked(self, old: Part, place: int, hit: dict[str, Any]) -> dict[str, Any]:
        """An earlier hit with the good-guy entry that answers it now, if one does."""
        if "muted" not in hit and not self._screener.goodguys.content:
            return hit
        return self._screener.remarked(known_subject(old.subjects[place], old.rows[place]), hit)

    def _law(self, old: Part, hits: list[tuple[int, list[dict[str, Any]]]]) -> dict[str, dict[str, Any]]:
        parties = dict.fromkeys(hit["party"] for _, those in hits for hit in those)
        on = self._screener.view.on
        return {
            party: old.law[party] if self._stands(old, party, on) else self._screener.law((party,))[party]
            for party in parties
        }

    def _stands(self, old: Part, party: str, on: datetime) -> bool:
        if party in self.touched.law or party not in old.law or not self._same_zone:
            return False
        start, end = old.law[party]["holds"]
        return (start is None or datetime.fromisoformat(start).astimezone(UTC) <= on) and (
            end is None or on < datetime.fromisoformat(end).astimezone(UTC)
        )


def _identified(query: Query) -> bool:
    return not _SCHEMES.isdisjoint(query)
