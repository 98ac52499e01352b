"""Screening again: after a change, or from another point of view."""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from vacatur.match.parties import matcher_version
from vacatur.wiring.casework import Casework
from vacatur.wiring.held import author
from vacatur.wiring.screening import Source, Told, nobody, unkept, unrecorded

if TYPE_CHECKING:
    from vacatur.law.corpus import Docket
    from vacatur.model.run import Part as Kept
    from vacatur.model.run import Run
    from vacatur.screen.difference import Comparer, Difference
    from vacatur.screen.part import Part, Screened
    from vacatur.screen.results import Results
    from vacatur.screen.run import Screener


@dataclass(frozen=True, slots=True)
class Again:
    """Two screenings of the same subjects and what they find differently, in the order of the subjects."""

    before: Results
    after: Results
    differences: tuple[Difference, ...]


class Rescreening(Casework):
    """The room of screening again."""

    def rescreen(self, run_id: str, subjects: Any = None, *, record: bool = True, told: Told = nobody,
                 mapping: Mapping[str, str] | None = None, reading: Mapping[str, Any] | None = None,
                 **clocks: str | None) -> Again:  # fmt: skip
        """Screens the subjects of an earlier run again, now or at other clocks, and gives what is different.

        Args:
            run_id: the earlier run.
            subjects: the subjects as they are now, if they changed; matched to the earlier ones by their key, or, for
                those that have none, by what they say of themselves.
            record: keep the new run.
            told: is told how far the work is.
            mapping: as for `screen`.
            reading: as for `screen`.
            clocks: `as_of`, or any of `on`, `law_at`, `known_at`; now by default.

        With the same subjects and matcher the cost follows what has changed in law, lists and time.
        """
        from vacatur.screen.difference import Comparer
        from vacatur.screen.record import view_of

        run = self.run(run_id)
        records = self.records()
        asked = self.asked(records, None, None, **clocks)
        screener = self.screener(records, asked.view, asked.zone_name, asked.where, view_of(run).threshold)
        old = self._docket(run)
        comparer = Comparer(old, screener.docket, (run.matcher, matcher_version()))
        before = self.results(run_id)
        if subjects is None:
            return Again(before, *self._again(run, screener, comparer, told, record=record))
        with closing(self._source(subjects, mapping or {}, reading or {})) as source:
            after = self._finished(screener, source, run, told, record=record)
        pairs = (comparer.differences(was, now) for was, now in _matched(before, after))
        return Again(before, after, tuple(chain.from_iterable(pairs)))

    def lookback(self, subjects: Any, *, then: Mapping[str, str | None], now: Mapping[str, str | None],
                 threshold: float | None = None, told: Told = nobody, mapping: Mapping[str, str] | None = None,
                 reading: Mapping[str, Any] | None = None) -> Again:  # fmt: skip
        """Screens the same subjects under two views, and explains each difference; nothing is recorded.

        Args:
            subjects: as for `screen`, or the id of a run.
            then: the clocks of the first view, e.g. `{"as_of": "2021-03-12"}`.
            now: those of the second, e.g. `{"on": "2021-03-12"}` for the same day by today's law and knowledge.
            threshold: lowest score of a hit.
            told: is told how far the work is.
            mapping: as for `screen`.
            reading: as for `screen`.
        """
        from vacatur.match.score import DEFAULT_THRESHOLD
        from vacatur.screen.difference import Comparer

        given = subjects if isinstance(subjects, (str, os.PathLike)) else _twice(subjects)
        sides = []
        for clocks in (then, now):
            records = self.records()
            asked = self.asked(records, None, None, **clocks)
            least = threshold or DEFAULT_THRESHOLD
            screener = self.screener(records, asked.view, asked.zone_name, asked.where, least)
            with closing(self._run_source(given) or self._source(given, mapping or {}, reading or {})) as source:
                sides.append((screener, self._finished(screener, source, None, told, record=False)))
        (old, before), (new, after) = sides
        comparer = Comparer(old.docket, new.docket, (matcher_version(), matcher_version()))
        pairs = (_between(comparer, was, now) for was, now in zip(before.parts(), after.parts(), strict=True))
        return Again(before, after, tuple(chain.from_iterable(pairs)))

    def _run_source(self, subjects: Any) -> Source | None:
        """The subjects of an earlier run, where its id is given for them."""
        from vacatur.screen.record import is_run_id

        if not (isinstance(subjects, str) and is_run_id(subjects)):
            return None
        run, results = self.run(subjects), self.results(subjects)
        again = chain.from_iterable(part.asked() for part in results.parts())
        return Source(run.source, run.sha256, run.columns, run.reading, again, [], lambda: 0.0, lambda: None)

    def _finished(self, screener: Screener, source: Source, before: Run | None, told: Told, *, record: bool) -> Results:
        if not record:
            return unrecorded(screener, source, told)
        at = self._clock().isoformat()
        return self._recorded(screener, source, at, None, [], told, before=before.id if before is not None else "")

    def _again(self, run: Run, screener: Screener, comparer: Comparer, told: Told, *,
               record: bool) -> tuple[Results, tuple[Difference, ...]]:  # fmt: skip
        """The same subjects, part by part: only what has changed is searched for and asked of the law."""
        from vacatur.screen.record import run_id

        kept: list[Kept] = []
        made: list[Part] = []
        found: list[Difference] = []
        done = 0
        for was, now in self._new_parts(run, screener, comparer.old):
            found += _between(comparer, was, now)
            if record:
                kept.append(self.keep(now))
            else:
                made.append(now)
            done += len(now.rows)
            told(done, done / run.subjects)
        if not record:
            return unkept(screener, run.source, run.sha256, made), tuple(found)
        again = replace(
            run, id=run_id(run.sha256, run.columns, run.reading, screener, run.id), view=screener.view_text,
            basis=screener.records.basis.seq, ledger=screener.goodguys.ledger, snapshot=screener.snapshot,
            matcher=screener.searched["matcher"], hits=sum(one.hits for one in kept), parts=tuple(kept), before=run.id,
            by=author(), at=self._clock().isoformat(),
        )  # fmt: skip
        self.record_run(again, screener)
        return self.results(again.id), tuple(found)

    def _new_parts(self, run: Run, screener: Screener, old: Docket) -> Iterator[tuple[Part, Part]]:
        """The parts of a run, each with what screening it again gives."""
        from vacatur.screen.record import view_of
        from vacatur.screen.rescreen import Rescreener
        from vacatur.screen.run import snapshot

        then = view_of(run)
        # What a run found stands only where this program would find the same: by the same matcher and the same zones.
        held = snapshot(self.records(run.basis), then.threshold, self.goodguys_at(run.ledger))
        same = then.zone_name == screener.zone_name
        again = Rescreener(screener, old, same_zone=same) if held == run.snapshot else None
        for one in run.parts:
            part = self.part(one.sha256)
            if again is not None:
                yield part, again.part(part)
            else:
                yield part, screener.part(part.asked())


def _between(comparer: Comparer, old: Part, new: Part) -> Iterator[Difference]:
    """The differences between two screenings of the same subjects, in their order."""
    was_hit = {one.row: one for one in old.hit()}
    now_hit = {one.row: one for one in new.hit()}
    places = {row: place for place, row in enumerate(new.rows)}
    for row in sorted(was_hit.keys() | now_hit.keys()):
        was, now = was_hit.get(row) or old.result(places[row]), now_hit.get(row) or new.result(places[row])
        yield from comparer.differences(was, now)


def _matched(before: Results, after: Results) -> Iterator[tuple[Screened | None, Screened | None]]:
    """Pairs of the same subject, first those that are still there; by key, or by what they say of themselves."""
    old: dict[str, deque[Screened]] = defaultdict(deque)  # the same subject may stand there twice
    for one, _ in before:
        old[_key(one)].append(one)
    for one, _ in after:
        those = old[_key(one)]
        yield those.popleft() if those else None, one
    yield from ((gone, None) for those in old.values() for gone in those)


def _key(one: Screened) -> str:
    return str(one.query.get("key") or "") or one.subject.content


def _twice(subjects: Any) -> Any:
    """Subjects that can be gone through twice; a stream of a program's could be only once."""
    if hasattr(subjects, "__arrow_c_stream__"):
        import pyarrow as pa

        return pa.table(subjects)
    return list(subjects)
