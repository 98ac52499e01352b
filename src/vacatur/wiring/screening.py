"""Screening: subjects in, results and their record out, and both again years later."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from vacatur.errors import AskError, InputError, LedgerError
from vacatur.ledger.chain import Draft, opened
from vacatur.ledger.codec import canonical, encode
from vacatur.match.score import DEFAULT_THRESHOLD
from vacatur.model.view import View
from vacatur.wiring.held import Held, author

if TYPE_CHECKING:
    from vacatur.ledger.see import Records
    from vacatur.model.decision import Decision
    from vacatur.model.run import Part as Kept
    from vacatur.model.run import Run
    from vacatur.screen.files.columns import Understood
    from vacatur.screen.files.rows import Reject
    from vacatur.screen.goodguys import GoodGuys
    from vacatur.screen.part import Part, Screened
    from vacatur.screen.results import Results
    from vacatur.screen.run import Screener
    from vacatur.screen.subject import Subject
    from vacatur.store.journal import Journal

MOST_REJECTS = 100_000
"""Rows of a file that may be rejected before the whole file is refused: it is then not what it was taken for."""

Told = Callable[[int, float], None]
"""Is told how many subjects are done, and what part of the file that is (0 to 1)."""


def nobody(_done: int, _share: float) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where subjects come from: its name, the content id of all it holds, as what its columns are understood, and how
    else it is read, where the user says so.

    `subjects` gives them, and puts rows that cannot be screened into `rejects`; `share` says how far it has come,
    `close` lets go of the file.
    """

    name: str
    sha256: str
    columns: tuple[tuple[str, str], ...]
    reading: tuple[tuple[str, str], ...]
    subjects: Iterable[Subject]
    rejects: list[Reject]
    share: Callable[[], float]
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What is understood of a file: its columns, and its first rows as subjects or rejects."""

    columns: Understood
    rows: list[Subject | Reject]


class Screening(Held):
    """The room of screening."""

    _last: tuple[str, Part] | None = None

    def screen(self, subjects: Any, *, threshold: float = DEFAULT_THRESHOLD, record: bool = True,
               mapping: Mapping[str, str] | None = None, told: Told = nobody, reading: Mapping[str, Any] | None = None,
               **clocks: str | None) -> Results:  # fmt: skip
        """Screens subjects at a view and records what was found, for the clean ones too.

        Args:
            subjects: the path of a file (CSV, TSV, JSON Lines, Parquet, Arrow, XLSX); a table of pandas, polars or
                Arrow; or a list of texts, mappings of columns and `Subject`s.
            threshold: lowest score of a hit.
            record: keep a record that can be replayed.
            mapping: column → header, where headers are not understood by themselves.
            told: is told how far the work is.
            reading: how a file is read: `form`, `encoding`, `delimiter`, `sheet`, `dates`.
            clocks: `as_of`, or any of `on`, `law_at`, `known_at`.

        A row of a list that cannot be screened raises `InputError`; such rows of files and tables are rejects. A file
        that was killed halfway goes on where it was when it is asked for again, on the same day and the same law.
        """
        if not 0 < threshold <= 1:
            raise AskError(f"a threshold of {threshold} finds nothing or everything", fix="Use more than 0, at most 1")
        with closing(self._source(subjects, mapping or {}, reading or {})) as source:
            records, goodguys = self.records(), self.goodguys_at()
            asked = self.asked(records, None, None, **clocks)
            begun, journal, done = (asked.view, self._clock().isoformat()), None, list[Any]()
            if record and source.columns:
                journal = self._journal(source, records, threshold, goodguys, sorted(clocks.items()), begun[1][:10])
                begun, done = _resumed(journal, *begun)
            screener = self.screener(records, begun[0], asked.zone_name, asked.where, threshold, goodguys)
            if not record:
                return unrecorded(screener, source, told)
            return self._recorded(screener, source, begun[1], journal, done, told)

    def _journal(self, source: Source, records: Records, threshold: float, goodguys: GoodGuys, *asked: Any) -> Journal:
        """The journal of a question: another reading of the file, another law or matcher is another one."""
        from vacatur.screen.run import snapshot

        held = snapshot(records, threshold, goodguys)
        question = [source.sha256, source.columns, source.reading, held, *asked]
        return self._home.journal(hashlib.sha256(canonical(question).encode()).hexdigest()[:32])

    def screener(self, records: Records, view: View, zone_name: str, where: Any, threshold: float,
                 goodguys: GoodGuys | None = None) -> Screener:  # fmt: skip
        """A screener at a view of some records, with a good-guy list: as it stands now, unless one is given."""
        from vacatur.screen.run import Screener

        resolver = self.resolver(records)
        return Screener(
            records, lambda: resolver.index, view, zone_name, where, threshold, goodguys or self.goodguys_at()
        )

    def goodguys_at(self, ledger: int | None = None) -> GoodGuys:
        """The good-guy list as it stands, or as it stood at a position of the chain."""
        from vacatur.screen.goodguys import GoodGuys

        at = self.entries.head().seq if ledger is None else ledger
        return GoodGuys((opened(entry) for entry in self.entries.current(at, ("goodguy",))), at)

    def run(self, run_id: str) -> Run:
        """The record of a run, as it was last screened."""
        found = self.entries.latest("run", run_id)
        if not found:
            raise LedgerError(f"no run {run_id[:60]!r} is recorded here", fix="Take the id from a screening's output")
        run: Run = opened(found[-1])
        return run

    def runs(self) -> list[Run]:
        """Every run, oldest first."""
        return [opened(entry) for entry in self.entries.current(self.entries.head().seq, ("run",))]

    def results(self, run_id: str) -> Results:
        """What a run found."""
        from vacatur.model.run import terms_of
        from vacatur.screen.results import Results

        run = self.run(run_id)
        reads = [partial(self.part, one.sha256) for one in run.parts]
        rejects = self._home.read(run.rejects) if run.rejects else b""
        return Results(run, terms_of(run), reads, [one.subjects for one in run.parts], run.rejected, rejects)

    def part(self, sha256: str) -> Part:
        """An archived part of a run; the last one is kept at hand: rows are mostly asked for one after the other."""
        from vacatur.screen.part import unpacked

        if self._last is None or self._last[0] != sha256:
            self._last = (sha256, unpacked(self._home.read(sha256), sha256))
        return self._last[1]

    def decision(self, decision_id: str) -> Decision:
        """What was found for one subject of a run."""
        from vacatur.screen.record import decision_of, split_id

        run_id, row = split_id(decision_id)
        run = self.run(run_id)
        return decision_of(run, self.screened(run, row))

    def screened(self, run: Run, row: int) -> Screened:
        """The result of one row of a run: as many rows before it were rejected as there are, at most."""
        ends = list(accumulate(one.subjects for one in run.parts))
        for one, end in zip(run.parts, ends, strict=True):
            if end < row - run.rejected or end - one.subjects >= row:
                continue
            part = self.part(one.sha256)
            if part.rows and part.rows[0] <= row <= part.rows[-1] and row in part.rows:
                return part.result(part.rows.index(row))
        raise LedgerError(f"run {run.id} screened no row {row}", fix=f"It has {run.subjects} subjects")

    def replay(self, asked: str, told: Callable[[int], None] = lambda _: None) -> str:
        """Recomputes a decision, or a whole run, from its own basis.

        Returns the decision's result, equal byte for byte (of a run, how much is equal); raises `ReplayDiffers`.
        """
        from vacatur.screen.record import replayed, replayed_run, view_of

        decision = self.decision(asked) if "." in asked else None
        run = self.run(asked.partition(".")[0])
        then = view_of(run)
        records = self.records(run.basis)
        goodguys = self.goodguys_at(run.ledger)
        screener = self.screener(records, then.view, then.zone_name, then.where, then.threshold, goodguys)
        if decision is not None:
            return replayed(decision, screener)
        replayed_run(run, self.part, screener, told)
        return f"{run.subjects} subjects, {run.hits} hits, {len(run.parts)} parts"

    def _source(self, given: Any, mapping: Mapping[str, str], reading: Mapping[str, Any]) -> Source:
        from vacatur.screen.subject import from_list

        if isinstance(given, (str, os.PathLike)) or hasattr(given, "__arrow_c_stream__"):
            return self._table(given, mapping, dict(reading))
        taken = from_list(given)
        content = hashlib.sha256(canonical([one.query() for one in taken]).encode()).hexdigest()
        return Source("a list", content, (), (), taken, [], lambda: 0.0, lambda: None)

    def preview(self, given: Any, *, mapping: Mapping[str, str] | None = None,
                reading: Mapping[str, Any] | None = None) -> Preview:  # fmt: skip
        """As what the columns of a file or table are understood, and its first rows."""
        from vacatur.screen.files.columns import understand
        from vacatur.screen.files.subjects import preview
        from vacatur.screen.files.table import open_table

        options, dates = _reading(reading)
        with open_table(given, **options) as table:
            columns = understand(table.columns, mapping, where=table.name)
            return Preview(columns, preview(table, columns, latest=self._today(), dates=dates))

    def _table(self, given: Any, mapping: Mapping[str, str], reading: Mapping[str, Any]) -> Source:
        from vacatur.screen.files.columns import understand
        from vacatur.screen.files.rows import Reject
        from vacatur.screen.files.subjects import subjects
        from vacatur.screen.files.table import open_table

        options, dates = _reading(reading)
        said = tuple((name, str(value)) for name, value in sorted(reading.items()) if value)
        held, sha256 = _hashed(given)
        table = open_table(held, **options)
        try:
            columns = understand(table.columns, mapping, where=table.name)
        except InputError:
            table.close()
            raise
        rejects: list[Reject] = []

        def kept() -> Iterator[Subject]:
            for one in subjects(table, columns, latest=self._today(), dates=dates):
                if not isinstance(one, Reject):
                    yield one
                    continue
                rejects.append(one)
                if len(rejects) > MOST_REJECTS:
                    raise InputError(
                        f"more than {MOST_REJECTS} rows cannot be screened; the first: {rejects[0].why}",
                        where=f"{table.name}, row {rejects[0].row} (line {rejects[0].line})", fix=rejects[0].fix,
                    )  # fmt: skip

        def share() -> float:
            return table.at / table.size if table.size else 0.0

        return Source(PurePath(table.name).name, sha256, columns.columns, said, kept(), rejects, share, table.close)

    def _today(self) -> str:
        return self._clock().date().isoformat()

    def _recorded(self, screener: Screener, source: Source, at: str, journal: Journal | None, done: list[Any],
                  told: Told, before: str = "") -> Results:  # fmt: skip
        from vacatur.model.run import Run
        from vacatur.screen.record import run_id
        from vacatur.screen.run import CHUNK

        parts: list[Kept] = []
        chunks = _chunks(source.subjects, CHUNK)
        for known in done:  # what an earlier attempt has done is read past, for its rejects, and not searched again
            chunk = next(chunks, [])
            if not self._stands(known, len(chunk)):
                chunks = chain([chunk], chunks)
                break
            parts.append(known)
            told(sum(one.subjects for one in parts), source.share())
        for part in screener.parts(chunks):
            parts.append(self.keep(part))
            if journal is not None:
                journal.done(len(parts) - 1, parts[-1])
            told(sum(one.subjects for one in parts), source.share())
        rejects = _rejects(source.rejects)
        run = Run(
            id=run_id(source.sha256, source.columns, source.reading, screener, before), rev=1, source=source.name,
            sha256=source.sha256, columns=source.columns, reading=source.reading, view=screener.view_text,
            basis=screener.records.basis.seq, ledger=screener.goodguys.ledger, snapshot=screener.snapshot,
            matcher=screener.searched["matcher"], subjects=sum(one.subjects for one in parts),
            hits=sum(one.hits for one in parts), rejected=len(source.rejects), parts=tuple(parts),
            rejects=self._home.archive.keep(rejects) if rejects else "", before=before, by=author(), at=at,
        )  # fmt: skip
        self.record_run(run, screener)
        if journal is not None:
            journal.finish()
        return self.results(run.id)

    def _stands(self, done: Kept, subjects: int) -> bool:
        """Whether a part that an earlier attempt left is of so many subjects and still in the archive."""
        return done.subjects == subjects and self._home.archive.holds(done.sha256)

    def keep(self, part: Part) -> Kept:
        """Archives a part."""
        from vacatur.model.run import Part as Kept
        from vacatur.screen.part import packed

        sha256 = self._home.archive.keep(packed(part))
        return Kept(sha256=sha256, subjects=len(part.rows), hits=len(part.hits))

    def record_run(self, run: Run, screener: Screener) -> None:
        """Chains a run; screened again, it is the next revision of the same record."""
        from dataclasses import replace

        self._home.archive.keep(screener.depends)

        def next_of(_: Any) -> list[Draft]:
            rev = len(self.entries.latest("run", run.id)) + 1
            return [Draft("run", run.id, rev, encode(replace(run, rev=rev)))]

        self._append(next_of, "user")


def _reading(reading: Mapping[str, Any] | None) -> tuple[dict[str, Any], str]:
    """How a file is opened, and in which order its dates are written."""
    options = dict(reading or {})
    return options, options.pop("dates", None) or "iso"


def _hashed(given: Any) -> tuple[Any, str]:
    """A file or table that can be read once more, and the content id of all it holds."""
    digest = hashlib.sha256()
    if not isinstance(given, (str, os.PathLike)):
        import pyarrow as pa

        table = pa.table(given)
        digest.update(table.schema.serialize())
        for batch in table.to_batches():
            digest.update(batch.serialize())
        return table, digest.hexdigest()
    try:
        with Path(given).open("rb") as file:
            return given, hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return given, ""  # opening it will say why it cannot be read


def _resumed(journal: Journal, view: View, at: str) -> tuple[tuple[View, str], list[Any]]:
    from vacatur.store.journal import Begun

    begun, parts = journal.begin(Begun((view.on, view.law_at, view.known_at), at))
    return (View(*begun.view), begun.at), parts


def _chunks(subjects: Iterable[Subject], size: int) -> Iterator[list[Subject]]:
    waiting = iter(subjects)
    while chunk := list(islice(waiting, size)):
        yield chunk


def _rejects(rejects: Sequence[Reject]) -> bytes:
    if not rejects:
        return b""
    from vacatur.screen.files.rejects import rejects_csv

    return "".join(rejects_csv(rejects)).encode()


def unkept(screener: Screener, name: str, sha256: str, parts: list[Part], rejects: Sequence[Reject] = ()) -> Results:
    """Results of which no record is made, with what they rest on; `name` and `sha256` are the subjects' source."""
    from vacatur.model.run import Terms
    from vacatur.screen.results import Results

    terms = Terms(
        source=name, sha256=sha256, view=screener.view_text, basis=screener.records.basis.seq,
        ledger=screener.goodguys.ledger, snapshot=screener.snapshot, matcher=screener.searched["matcher"],
    )  # fmt: skip
    reads = [partial(_given, part) for part in parts]
    return Results(None, terms, reads, [len(part.rows) for part in parts], len(rejects), _rejects(rejects))


def unrecorded(screener: Screener, source: Source, told: Told) -> Results:
    """The results for all subjects of a source, of which no record is made."""
    from vacatur.screen.run import CHUNK

    parts, count = [], 0
    for part in screener.parts(_chunks(source.subjects, CHUNK)):
        parts.append(part)
        count += len(part.rows)
        told(count, source.share())
    return unkept(screener, source.name, source.sha256, parts, source.rejects)


def _given(part: Part) -> Part:
    return part
