"""Screening subjects as of a view: who is meant, what is forbidden with them, and since which act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from itertools import islice
from typing import Any

from vacatur.law.answer import Answer, answer
from vacatur.law.corpus import Docket
from vacatur.ledger.codec import canonical
from vacatur.ledger.see import Records
from vacatur.ledger.snapshot import snapshot_id
from vacatur.match.index import Index
from vacatur.match.parties import matcher_version
from vacatur.match.score import DEFAULT_THRESHOLD
from vacatur.model.kinds import ACTIVITIES
from vacatur.model.moment import write_instant
from vacatur.model.view import View
from vacatur.screen.found import Found, found
from vacatur.screen.subject import Subject

SCREENED = ("buy", "sell", "hold", "deal", "export", "contract")
"""The activities answered for every hit."""

CHUNK = 4096
"""Subjects whose names are searched in one call."""

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
    """Screens many subjects at one view of one basis; answers are computed once a party.

    `index` holds the names and identifiers of all parties of the records.
    """

    def __init__(self, records: Records, index: Index, view: View, zone_name: str, where: tzinfo,
                 threshold: float = DEFAULT_THRESHOLD) -> None:  # fmt: skip
        self._records, self._view, self._where = records, view, where
        self._zone, self._threshold = zone_name, threshold
        self._docket = Docket(records.corpus, view)
        self._index = index
        self._answers: dict[str, dict[str, Any]] = {}

    @cached_property
    def snapshot(self) -> str:
        """Content id of everything these results depend on."""
        return snapshot_id(self._records.basis, f"{matcher_version()};threshold={self._threshold}")

    @cached_property
    def view_text(self) -> str:
        """The view as recorded in decisions."""
        clocks = {name: write_instant(getattr(self._view, name), self._where) for name in ("on", "law_at", "known_at")}
        return canonical({**clocks, "zone": self._zone, "threshold": self._threshold})

    def screen(self, subjects: Iterable[Subject]) -> Iterator[Screened]:
        """Results in the order of the subjects."""
        waiting, parties = iter(subjects), self._records.corpus.parties
        while chunk := list(islice(waiting, CHUNK)):
            named = self._index.search_each([subject.name for subject in chunk], self._threshold)
            for subject, hits in zip(chunk, named, strict=True):
                yield self._screened(subject, found(subject, hits, self._index, parties, self._threshold))

    def _screened(self, subject: Subject, found: list[Found]) -> Screened:
        hits = [self._hit(one) for one in found]
        changes = sorted(hit["next_change"]["at"] for hit in hits if hit["next_change"])
        result = {
            "answers": {activity: _strictest(hit["answers"][activity] for hit in hits) for activity in SCREENED},
            "hits": hits,
            "next_change": changes[0] if changes else None,
            "searched": {
                "parties": len(self._records.corpus.parties),
                "threshold": self._threshold,
                "matcher": matcher_version(),
            },
        }
        return Screened(subject, result)

    def _hit(self, hit: Found) -> dict[str, Any]:
        if hit.party not in self._answers:
            self._answers[hit.party] = self._answered(hit.party)
        said = {"party": hit.party, "name": hit.name, "score": hit.score, "evidence": hit.evidence}
        return {**said, "explanation": list(hit.explanation), **self._answers[hit.party]}

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
