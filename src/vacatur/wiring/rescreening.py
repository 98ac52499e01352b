"""Screening again: after a change, or from another point of view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vacatur.match.parties import matcher_version
from vacatur.wiring.casework import Casework
from vacatur.wiring.held import author
from vacatur.wiring.screening import Source, Told, nobody

if TYPE_CHECKING:
    from vacatur.law.corpus import Docket
    from vacatur.model.run import Run
    from vacatur.screen.difference import Difference
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
        from vacatur.screen.record import view_of

        run = self.run(run_id)
        records = self.records()
        asked = self.asked(records, None, None, **clocks)
        screener = self.screener(records, asked.view, asked.zone_name, asked.where, view_of(run).threshold)
        old = self._docket(run)
        if subjects is not None:
            source = self._source(subjects, mapping or {}, reading or {})
            after = self._finished(screener, source, run, told, record=record)
        else:
            after = self._again(run, screener, old, told, record=record)
        before = self.results(run_id)
        found = tuple(self._differences(before, after, old, screener.docket, run.matcher, moved=subjects is not None))
        return Again(before, after, found)

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

        sides = []
        for clocks in (then, now):
            records = self.records()
            asked = self.asked(records, None, None, **clocks)
            least = threshold or DEFAULT_THRESHOLD
            screener = self.screener(records, asked.view, asked.zone_name, asked.where, least)
            source = self._run_source(subjects) or self._source(subjects, mapping or {}, reading or {})
            sides.append((screener, self._finished(screener, source, None, told, record=False)))
        (old, before), (new, after) = sides
        found = self._differences(before, after, old.docket, new.docket, matcher_version(), moved=False)
        return Again(before, after, tuple(found))

    def _run_source(self, subjects: Any) -> Source | None:
        """The subjects of an earlier run, where its id is given for them."""
        from vacatur.screen.subject import known_subject

        if not (isinstance(subjects, str) and subjects.startswith("r-")):
            return None
        run, results = self.run(subjects), self.results(subjects)
        again = (known_subject(query, row) for part in results.parts()
                 for row, query in zip(part.rows, part.subjects, strict=True))  # fmt: skip
        return Source(run.source, run.sha256, run.columns, again, [], lambda: 0.0)

    def _finished(self, screener: Screener, source: Source, before: Run | None, told: Told, *, record: bool) -> Results:
        from vacatur.wiring.screening import unrecorded

        if not record:
            return unrecorded(screener, source, told, self.entries.head().seq)
        at = self._clock().isoformat()
        return self._recorded(screener, source, at, None, [], told, before=before.id if before is not None else "")

    def _again(self, run: Run, screener: Screener, old: Docket, told: Told, *, record: bool) -> Results:
        """The same subjects: only what has changed is searched for and asked of the law."""
        from vacatur.screen.results import Results
        from vacatur.wiring.screening import terms_at

        made, done = [], 0
        for part in self._new_parts(run, screener, old):
            made.append(part)
            done += len(part.rows)
            told(done, done / run.subjects)
        if not record:
            terms = terms_at(screener, run.source, run.sha256, self.entries.head().seq)
            return Results(None, terms, [_given(part) for part in made], [len(part.rows) for part in made])
        self.record_run(self._next_run(run, screener, made), screener)
        from vacatur.screen.record import run_id

        return self.results(run_id(run.sha256, run.columns, screener, run.id))

    def _new_parts(self, run: Run, screener: Screener, old: Docket) -> Iterator[Part]:
        from vacatur.screen.record import view_of
        from vacatur.screen.rescreen import Rescreener
        from vacatur.screen.subject import known_subject

        same = view_of(run).zone_name == screener.zone_name
        again = Rescreener(screener, old, same_zone=same) if run.matcher == matcher_version() else None
        for one in run.parts:
            part = self.part(one.sha256)
            if again is not None:
                yield again.part(part)
            else:
                subjects = zip(part.rows, part.subjects, strict=True)
                yield screener.part([known_subject(query, row) for row, query in subjects])

    def _next_run(self, run: Run, screener: Screener, parts: list[Part]) -> Run:
        from vacatur.model.run import Part as Kept
        from vacatur.screen.part import packed
        from vacatur.screen.record import run_id

        kept = tuple(
            Kept(sha256=self._home.archive.keep(packed(part)), subjects=len(part.rows), hits=len(part.hits))
            for part in parts
        )
        return replace(
            run, id=run_id(run.sha256, run.columns, screener, run.id), view=screener.view_text,
            basis=screener.records.basis.seq, ledger=self.entries.head().seq, snapshot=screener.snapshot,
            matcher=screener.searched["matcher"], hits=sum(one.hits for one in kept), parts=kept, before=run.id,
            by=author(), at=self._clock().isoformat(),
        )  # fmt: skip

    def _differences(self, before: Results, after: Results, old: Docket, new: Docket, matcher: str, *,
                     moved: bool) -> Iterator[Difference]:  # fmt: skip
        from vacatur.screen.difference import Comparer

        comparer = Comparer(old, new, (matcher, matcher_version()))
        if moved:
            for was, now in _matched(before, after):
                yield from comparer.differences(was, now)
            return
        for old_part, new_part in zip(before.parts(), after.parts(), strict=True):
            was_hit = {one.row: one for one in old_part.hit()}
            now_hit = {one.row: one for one in new_part.hit()}
            places = {row: place for place, row in enumerate(new_part.rows)}
            for row in sorted(was_hit.keys() | now_hit.keys()):
                pair = (
                    was_hit.get(row) or old_part.result(places[row]),
                    now_hit.get(row) or new_part.result(places[row]),
                )
                yield from comparer.differences(*pair)


def _matched(before: Results, after: Results) -> Iterator[tuple[Screened | None, Screened | None]]:
    """Pairs of the same subject, first those that are still there; by key, or by what they say of themselves."""
    old = {_key(one): one for one, _ in before}
    for one, _ in after:
        yield old.pop(_key(one), None), one
    for gone in old.values():
        yield gone, None


def _key(one: Screened) -> str:
    return str(one.query.get("key") or "") or one.subject.content


def _given(part: Part) -> Any:
    return lambda: part
