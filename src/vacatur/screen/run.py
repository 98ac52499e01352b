"""Screening subjects as of a view: who is meant, what is forbidden with them, and since which act."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, tzinfo
from functools import cached_property
from typing import Any

from vacatur.law.answer import Answer, answer, lasting, late
from vacatur.law.corpus import Docket
from vacatur.law.shape import Shapes
from vacatur.ledger.codec import canonical
from vacatur.ledger.see import Records
from vacatur.ledger.snapshot import snapshot_parts
from vacatur.match.index import Index
from vacatur.match.parties import matcher_version
from vacatur.match.score import DEFAULT_THRESHOLD
from vacatur.model.kinds import ACTIVITIES
from vacatur.model.moment import write_instant
from vacatur.model.view import View
from vacatur.screen.found import Finder, Found, Named
from vacatur.screen.goodguys import NOBODY, GoodGuys
from vacatur.screen.part import SCREENED, Part, Query
from vacatur.screen.subject import Subject

CHUNK = 16_384
"""Subjects of a part: searched in one call, archived as one document."""

SEARCHED_BY_KIND = ("person", "organisation", "vessel")
"""Kinds for which the search is narrowed to names of the kind, and to those of a kind that is not known."""


Hits = dict[int, list[Named]]
"""The hits of subjects' names, by the place of the subject."""


class Screener:
    """Screens many subjects at one view of one basis; answers are computed once a party.

    `index` gives the names and identifiers of all parties of the records; it is opened when it is searched.
    """

    def __init__(self, records: Records, index: Callable[[], Index], view: View, zone_name: str, where: tzinfo,
                 threshold: float = DEFAULT_THRESHOLD, goodguys: GoodGuys = NOBODY) -> None:  # fmt: skip
        self.records, self.view, self.docket = records, view, Docket(records.corpus, view)
        self.goodguys = goodguys
        self._where, self.zone_name, self.threshold = where, zone_name, float(threshold)
        self._opened = index
        self._day = view.on.astimezone(where).date().isoformat()
        self._answers: dict[str, dict[str, Any]] = {}
        self._shapes = Shapes(self.docket)
        self._found: dict[Hashable, tuple[tuple[str, ...], dict[str, Any]] | None] = {}

    @cached_property
    def _index(self) -> Index:
        return self._opened()

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._index, self.records.corpus.parties, self.threshold)

    @cached_property
    def depends(self) -> bytes:
        """Everything that these results depend on, told in brief; archived, it is found under the snapshot's id."""
        return depends(self.records, self.threshold, self.goodguys)

    @cached_property
    def snapshot(self) -> str:
        """Content id of everything these results depend on."""
        return hashlib.sha256(self.depends).hexdigest()

    @cached_property
    def view_text(self) -> str:
        """The view as recorded in decisions."""
        clocks = {name: write_instant(getattr(self.view, name), self._where) for name in ("on", "law_at", "known_at")}
        return canonical({**clocks, "zone": self.zone_name, "threshold": self.threshold})

    @property
    def searched(self) -> dict[str, Any]:
        """Among whom, from which score on and by which matcher these results are found."""
        return {
            "parties": len(self.records.corpus.parties),
            "threshold": self.threshold,
            "matcher": matcher_version(),
        }

    @cached_property
    def late(self) -> dict[str, str]:
        """The programmes that were not followed up to the day of the view, each with its warning."""
        programmes = self.records.corpus.programmes
        said = {name: late(programmes[name], self.view) for name in sorted(programmes)}
        return {name: warning for name, warning in said.items() if warning}

    def parts(self, chunks: Iterable[Sequence[Subject]]) -> Iterator[Part]:
        """The results for all subjects, in their order, a part for each chunk; while one is worked on, the names of the
        next are searched already.
        """
        with ThreadPoolExecutor(1) as searching:
            before: tuple[Sequence[Subject], list[Query], Future[Hits]] | None = None
            for chunk in chunks:
                queries = [subject.query() for subject in chunk]
                search = searching.submit(self.named, queries, self._index)
                if before is not None:
                    yield self._part(before[0], before[1], before[2].result())
                before = chunk, queries, search
            if before is not None:
                yield self._part(before[0], before[1], before[2].result())

    def part(self, subjects: Sequence[Subject]) -> Part:
        """The results for some subjects."""
        queries = [subject.query() for subject in subjects]
        return self._part(subjects, queries, self.named(queries, self._index))

    def _part(self, subjects: Sequence[Subject], queries: list[Query], named: Hits) -> Part:
        found = [
            (place, self._finder.found(subject, named.get(place, ())))
            for place, subject in enumerate(subjects)
            if place in named or subject.identifiers
        ]
        hits = [(place, [self.hit(subjects[place], one) for one in parties]) for place, parties in found if parties]
        return Part(
            rows=[subject.row for subject in subjects],
            subjects=queries,
            hits=hits,
            law=self.law(hit["party"] for _, those in hits for hit in those),
            late=self.late,
            searched=self.searched,
        )

    def hit(self, subject: Subject, found: Found) -> dict[str, Any]:
        """A hit as it is recorded, without the law."""
        hit = {"party": found.party, "name": found.name, "score": found.score, "evidence": found.evidence,
               "explanation": list(found.explanation)}  # fmt: skip
        return self.remarked(subject, hit)

    def remarked(self, subject: Subject, hit: dict[str, Any]) -> dict[str, Any]:
        """A hit with the good-guy entry that answers it now, if one does."""
        plain = {name: value for name, value in hit.items() if name != "muted"}
        silenced = self.goodguys.silencing(subject, hit["party"], self.docket, self._day)
        return plain if silenced is None else {**plain, "muted": silenced.id}

    def law(self, parties: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What the law of the view says of some parties."""
        return {party: self._answered(party) for party in dict.fromkeys(parties)}

    def named(self, queries: Sequence[Query], index: Index) -> Hits:
        """The hits of every subject's names in an index, by its place; searched in one call for each kind."""
        by_kind: dict[Any, list[tuple[int, str]]] = defaultdict(list)
        for place, query in enumerate(queries):
            kind = query["kind"] if query.get("kind") in SEARCHED_BY_KIND else None
            by_kind[kind] += [(place, name) for name in _names(query)]
        found: Hits = {}
        for kind, those in by_kind.items():
            for (place, name), hits in zip(
                those, index.search_each([name for _, name in those], self.threshold, kind=kind), strict=True
            ):
                if hits:
                    found.setdefault(place, []).extend((name, hit) for hit in hits)
        return found

    def _answered(self, party: str) -> dict[str, Any]:
        if party not in self._answers:
            self._answers[party] = self._alike(party) or self._asked(party)
        return self._answers[party]

    def _alike(self, party: str) -> dict[str, Any] | None:
        """The law of a party that is listed like another one, found once for all of them; None for any other."""
        shape = self._shapes.of(party)
        if shape is None:
            return None
        if shape.key not in self._found:
            law = self._asked(party)
            self._found[shape.key] = (shape.listings, law) if self._carried(shape.listings, law) else None
            return law
        if (found := self._found[shape.key]) is None:
            return None
        own = dict(zip(found[0], shape.listings, strict=True))
        return {**found[1], "because": [own.get(act, act) for act in found[1]["because"]]}

    def _carried(self, listings: tuple[str, ...], law: dict[str, Any]) -> bool:
        """Whether the acts that carry an answer stand in an order that the designations' ids have no part in."""
        own = {act.issued.earliest for one in listings if (act := self.docket.get(one)) is not None}
        others = [act for one in law["because"] if one not in listings and (act := self.docket.get(one)) is not None]
        return not any(act.issued.earliest in own for act in others)

    def _asked(self, party: str) -> dict[str, Any]:
        answers = {activity: answer(self.docket, party, activity, ACTIVITIES[activity][0])
                   for activity in SCREENED}  # fmt: skip
        return self._law_of(party, answers)

    def _law_of(self, party: str, answers: dict[str, Answer]) -> dict[str, Any]:
        changes = [(found.next_change[0], activity, found.next_change[1])
                   for activity, found in answers.items() if found.next_change is not None]  # fmt: skip
        first = min(changes, default=None)
        known = set(self.late.values())
        warnings = dict.fromkeys(warning for found in answers.values() for warning in found.warnings)
        return {
            "answers": {activity: found.answer for activity, found in answers.items()},
            "conditions": _gather(answers, lambda row: row.conditions),
            "because": _gather(answers, lambda row: row.because),
            "programmes": _gather(answers, lambda row: (row.programme.id,)),
            "next_change": first
            and {"at": write_instant(first[0], self._where), "activity": first[1], "answer": first[2]},
            "warnings": [warning for warning in warnings if warning not in known],
            "holds": [write_instant(edge, UTC) for edge in lasting(self.docket, party)],
        }


def depends(records: Records, threshold: float, goodguys: GoodGuys) -> bytes:
    """Everything that screening depends on beside its subjects and its view; its SHA-256 is the snapshot's id."""
    return snapshot_parts(records.basis, f"{matcher_version()};threshold={float(threshold)}", goodguys.content)


def snapshot(records: Records, threshold: float, goodguys: GoodGuys) -> str:
    """Content id of all that."""
    return hashlib.sha256(depends(records, threshold, goodguys)).hexdigest()


def _names(query: Query) -> list[str]:
    aliases = query.get("aliases", [])
    named = [query["name"]] if "name" in query else []
    return [str(name) for name in (*named, *([aliases] if isinstance(aliases, str) else aliases))]


def _gather(answers: dict[str, Answer], pick: Any) -> list[str]:
    return list(dict.fromkeys(text for found in answers.values() for row in found.rows for text in pick(row)))
