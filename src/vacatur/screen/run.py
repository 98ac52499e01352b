"""Screening subjects as of a view: who is meant, what is forbidden with them, and since which act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Any

from vacatur.law.answer import Answer, answer
from vacatur.law.corpus import Docket
from vacatur.ledger.codec import canonical
from vacatur.ledger.see import Records
from vacatur.ledger.snapshot import snapshot_id
from vacatur.match.exhaustive import DEFAULT_THRESHOLD, VERSION, Hit
from vacatur.match.resolve import Resolver
from vacatur.model.kinds import ACTIVITIES
from vacatur.model.moment import write_instant
from vacatur.model.view import View
from vacatur.screen.subject import IDENTIFIERS, Subject

SCREENED = ("buy", "sell", "hold", "deal", "export", "contract")
"""The activities answered for every hit."""

_WORST = ("prohibited", "disputed", "unknown", "permitted")


@dataclass(frozen=True, slots=True)
class Screened:
    """The result for one subject: plain data (`result`), canonical and ready to be recorded and replayed."""

    subject: Subject
    result: dict[str, Any]

    @property
    def hits(self) -> list[dict[str, Any]]:
        """The hits, best first."""
        return list(self.result["hits"])

    @property
    def answers(self) -> dict[str, str]:
        """The answer for each activity over all hits: the strictest."""
        return dict(self.result["answers"])


class Screener:
    """Screens many subjects at one view of one basis; answers are computed once a party."""

    def __init__(
        self, records: Records, view: View, zone_name: str, where: tzinfo, threshold: float = DEFAULT_THRESHOLD
    ):
        self._records, self._view, self._where = records, view, where
        self._zone, self._threshold = zone_name, threshold
        self._docket = Docket(records.corpus, view)
        self._resolver = Resolver(records.corpus)
        self._answers: dict[str, dict[str, Any]] = {}

    @cached_property
    def snapshot(self) -> str:
        """Content id of everything these results depend on."""
        return snapshot_id(self._records.basis, f"{VERSION};threshold={self._threshold}")

    @cached_property
    def view_text(self) -> str:
        """The view as recorded in decisions."""
        clocks = {name: write_instant(getattr(self._view, name), self._where) for name in ("on", "law_at", "known_at")}
        return canonical({**clocks, "zone": self._zone, "threshold": self._threshold})

    def screen(self, subjects: Iterable[Subject]) -> Iterator[Screened]:
        """Results in the order of the subjects."""
        for subject in subjects:
            hits = [self._hit(hit) for hit in self._hits(subject)]
            answers = {activity: _strictest(hit["answers"][activity] for hit in hits) for activity in SCREENED}
            changes = sorted(hit["next_change"]["at"] for hit in hits if hit["next_change"])
            result = {
                "answers": answers,
                "hits": hits,
                "next_change": changes[0] if changes else None,
                "searched": {"parties": len(self._records.corpus.parties), "threshold": self._threshold},
            }
            yield Screened(subject, result)

    def _hits(self, subject: Subject) -> list[Hit]:
        found: dict[str, Hit] = {}
        for scheme in IDENTIFIERS:
            value = getattr(subject, scheme)
            for party in sorted(self._resolver.identifiers.find(scheme, value)) if value else ():
                found.setdefault(party, Hit(party, self._records.corpus.parties[party].name, 1.0, f"{scheme} {value}"))
        for hit in self._resolver.names.search(subject.name, self._threshold) if subject.name else ():
            found.setdefault(hit.party, hit)
        return sorted(found.values(), key=lambda hit: (-hit.score, hit.evidence == "name", hit.party))

    def _hit(self, hit: Hit) -> dict[str, Any]:
        if hit.party not in self._answers:
            self._answers[hit.party] = self._answered(hit.party)
        named = {"party": hit.party, "name": hit.name, "score": hit.score, "evidence": hit.evidence}
        return {**named, **self._answers[hit.party]}

    def _answered(self, party: str) -> dict[str, Any]:
        answers = {activity: answer(self._docket, party, activity, ACTIVITIES[activity][0]) for activity in SCREENED}
        changes = [(found.next_change[0], activity, found.next_change[1])
                   for activity, found in answers.items() if found.next_change is not None]  # fmt: skip
        first = min(changes, default=None)
        return {
            "answers": {activity: found.answer for activity, found in answers.items()},
            "conditions": _gather(answers, lambda row: row.conditions),
            "because": _gather(answers, lambda row: row.because),
            "programmes": _gather(answers, lambda row: (row.programme.id,)),
            "next_change": first
            and {"at": write_instant(first[0], self._where), "activity": first[1], "answer": first[2]},
            "warnings": list(dict.fromkeys(warning for found in answers.values() for warning in found.warnings)),
        }


def _gather(answers: dict[str, Answer], pick: Any) -> list[str]:
    return list(dict.fromkeys(text for found in answers.values() for row in found.rows for text in pick(row)))


def _strictest(answers: Iterable[str]) -> str:
    return min(answers, key=_WORST.index, default="permitted")
