"""The only place where the parts are wired together, and the only one that reads the clock.

The command line, the Python API and (later) the web are thin doors over `App`.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vacatur.errors import AskError, BookError, InputError, LedgerError, WordUnknown
from vacatur.law.answer import Answer, ask, usual_actor
from vacatur.law.clocks import view_of, zone_of
from vacatur.ledger.chain import Draft, Entries, Head, link, opened
from vacatur.ledger.codec import encode
from vacatur.ledger.see import Records, Shelf, see
from vacatur.ledger.snapshot import snapshot_id
from vacatur.match.parties import matcher_version
from vacatur.match.resolve import Resolver
from vacatur.match.score import DEFAULT_THRESHOLD
from vacatur.model.kinds import ACTIVITIES, ACTORS
from vacatur.model.view import View
from vacatur.store.home import Home, fingerprint

if TYPE_CHECKING:
    from vacatur.intake.desk import Outcome
    from vacatur.intake.fresh import Freshness
    from vacatur.intake.reading import File
    from vacatur.intake.shelves import Shelves
    from vacatur.intake.source import Source
    from vacatur.intake.take import Taken
    from vacatur.ledger.fields import Problem
    from vacatur.ledger.history import History
    from vacatur.ledger.roster import Change, Entry
    from vacatur.match.index import Index
    from vacatur.model.decision import Decision
    from vacatur.model.edition import Edition
    from vacatur.screen.run import Screened
    from vacatur.screen.subject import Subject

    Subjects = Iterable[str | Subject] | str | os.PathLike[str]

ATTEMPTS = 5
"""How often a write is tried while other writers come first."""

BOOK = Path(__file__).parent / "book"
"""The curated law that ships with this version."""


def system_clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as understood: the party, the view, and the zone in which bare dates were read."""

    party: str
    view: View
    zone_name: str
    where: tzinfo

    @property
    def day(self) -> str:
        """The day up to which editions count: that of the conduct, or of what was known if that is earlier."""
        return min(self.view.on, self.view.known_at).astimezone(self.where).date().isoformat()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with everything needed to show it: `answer` is one of prohibited, permitted, disputed, unknown."""

    asked: Asked
    law: Answer
    records: Records
    snapshot: str

    @property
    def answer(self) -> str:
        """The answer in one word."""
        return self.law.answer

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON of `vacatur ask --format json`, as plain data."""
        from vacatur.ledger.wire import answer_json

        return answer_json(self.law, self.records.corpus, self.records.documents, self.snapshot, self.asked.where)


class App:
    """One ledger and all that can be asked of it.

    Args:
        home: the data directory.
        database: the address of a database that holds the chain; by default it is a file in the data directory.
        clock: gives the present moment; tests give their own.
        book: the curated law to take in.
    """

    def __init__(self, home: Path, clock: Callable[[], datetime] = system_clock, book: Path = BOOK, *,
                 database: str | None = None) -> None:  # fmt: skip
        self._home, self._clock, self._book = Home(home, database), clock, book
        self._resolver: tuple[Head, Resolver] | None = None
        self._taken: list[Edition] | None = None

    @staticmethod
    def at(home: str | os.PathLike[str] | None) -> App:
        """The app on a data directory: the one given, `VACATUR_HOME`, or the platform's.

        A database address (`postgresql://…`) in its place keeps the chain there, and documents and cache in the
        platform's directory.
        """
        chosen = os.fspath(home or os.environ.get("VACATUR_HOME") or "")
        database = chosen if chosen.startswith("postgresql://") else None
        if database is not None or not chosen:
            from platformdirs import user_data_path

            chosen = str(user_data_path("vacatur", appauthor=False))
        return App(Path(chosen), database=database)

    # -- questions

    def ask(self, party: str, activity: str, *, actor: str | None = None, programme: str | None = None,
            strict: bool = False, basis: int | None = None, **clocks: str | None) -> Reply:  # fmt: skip
        """May this actor do this with this party?

        Args:
            party: an id, a name, an ISIN, a ticker or a LEI.
            activity: buy, sell, hold, deal, export, contract …
            actor: who acts; by default whom the activity's rules bind.
            programme: consult this programme only.
            strict: answer *unknown* for days after the last one followed.
            basis: a position in the chain; by default all that is recorded.
            clocks: `as_of`, or any of `on`, `law_at`, `known_at`: a date (its last instant) or an instant.

        Raises:
            PartyUnknown, PartyAmbiguous, WordUnknown, DateError: the question cannot be understood.
        """
        records = self.records(basis)
        _known("activity", activity, ACTIVITIES)
        if actor is not None:
            _known("actor", actor, ACTORS)
        if programme is not None:
            _known("programme", programme, records.corpus.programmes)
        asked = self.asked(records, party, programme, **clocks)
        chosen = actor or usual_actor(records.corpus, asked.view, asked.party, activity)
        only = None if programme is None else [programme]
        law = ask(records.corpus, asked.view, asked.party, activity, chosen, only, strict)
        return Reply(asked, law, records, snapshot_id(records.basis, matcher_version()))

    def show(self, party: str, *, activity: str = "buy", basis: int | None = None, **clocks: str | None) -> str:
        """The party's page: a self-contained HTML document with its timeline."""
        from vacatur.report.party import party_page

        _known("activity", activity, ACTIVITIES)
        records = self.records(basis)
        asked = self.asked(records, party, None, **clocks)
        return party_page(
            records.corpus, asked.view, asked.party, activity, ACTIVITIES[activity][0],
            documents=records.documents, snapshot=snapshot_id(records.basis, matcher_version()),
            basis=records.basis.seq, now=self._clock(), zone_name=asked.zone_name,
        )  # fmt: skip

    def roster(self, programme: str, *, basis: int | None = None, **clocks: str | None) -> list[Entry]:
        """The list as it stood."""
        from vacatur.ledger.roster import roster

        records = self.records(basis)
        _known("programme", programme, records.corpus.programmes)
        asked = self.asked(records, None, programme, **clocks)
        found = roster(records.corpus, asked.view, programme)
        if (history := self._history(records, programme)) is None:
            return found
        from vacatur.intake.printed import as_printed

        return as_printed(found, history, asked.day)

    def changes(self, programme: str, start: str, end: str) -> list[Change]:
        """What changed on a list between two days, each as then known, with the acts that explain it."""
        from vacatur.ledger.roster import changes

        records = self.records()
        _known("programme", programme, records.corpus.programmes)
        before, after = (self.asked(records, None, programme, as_of=day) for day in (start, end))
        if (history := self._history(records, programme)) is None:
            return changes(records.corpus, before.view, after.view, programme)
        from vacatur.intake.printed import differences

        return differences(history, records.corpus.acts.values(), programme, before.day, after.day)

    # -- lists

    def take(self, source: str, paths: Iterable[Path], *, published: str | None = None, accepted: str = "",
             dry_run: bool = False) -> Iterator[Outcome]:  # fmt: skip
        """Takes editions of an official list into the ledger, each in a transaction of its own, in any order.

        Args:
            source: the list, e.g. `us-ofac-sdn`.
            paths: the files; those whose names carry the same date are one edition.
            published: the day on which the edition was published, where neither the files nor their names say.
            accepted: why an edition is taken that the guards refuse.
            dry_run: only show what would change.

        Gives what became of each edition. One that cannot be taken is `refused`, with the reason; the others go on.
        """
        from vacatur.intake.desk import refused
        from vacatur.intake.registry import source_of
        from vacatur.intake.take import batches, taken

        reads = source_of(source)
        for day, files in batches(paths):
            try:
                edition = taken(reads, files, day, published, lambda: self._last_files(source))
                yield self.admit(reads, edition, accepted, dry_run)
            except InputError as bad:
                yield refused(source, published or day, str(bad))
        self.shelves.keep_all()

    def admit(self, source: Source, edition: Taken, accepted: str, dry_run: bool) -> Outcome:
        """Takes one edition that has been read; raises `InputError` for what the guards refuse."""
        from vacatur.intake.desk import compared, known, recorded, with_entries

        held = [one for one in self._editions() if one.source == source.id]
        history = self.shelves.history(source.id, held)
        outcome = compared(source.id, history, edition, accepted)
        if dry_run:
            return replace(outcome, state="dry-run")
        record = recorded(source.id, edition, held, self._home.archive.keep, accepted, _author())
        if record is None:
            return known(outcome)
        self._append(lambda _: [Draft("edition", record.id, 1, encode(record))], source.id)
        with_entries(history, record, edition.printed.entries)
        self._editions().append(record)
        self.__dict__.pop("_now", None)
        return outcome

    def update(self, sources: Iterable[str] = (), *, place: str | None = None, accepted: str = "",
               dry_run: bool = False) -> Iterator[Outcome]:  # fmt: skip
        """Fetches the newest edition of some official lists (of all that have an address) and takes them in.

        Args:
            sources: their ids.
            place: a mirror's address or a folder that holds files of the official names.
            accepted: why editions are taken that the guards refuse.
            dry_run: only show what would change.
        """
        from time import monotonic, sleep

        from vacatur.intake.fetch import Patience
        from vacatur.intake.registry import SOURCES, source_of
        from vacatur.intake.update import updated

        chosen = [source_of(name) for name in sources] or [one for one in SOURCES.values() if one.urls]
        feeds = self._home.feeds()
        try:
            yield from updated(
                chosen, feeds, lambda source, edition: self.admit(source, edition, accepted, dry_run),
                lambda source: max((one.published for one in self._editions() if one.source == source), default=""),
                place, self._clock(), Patience(monotonic, sleep),
            )  # fmt: skip
        finally:
            self._home.keep_feeds(feeds)
            self.shelves.keep_all()

    def source_files(self, programme: str, *, basis: int | None = None, **clocks: str | None) -> list[File]:
        """The official files of the edition that was the last one at a view, byte for byte."""
        from vacatur.intake.printed import edition_of_day

        records = self.records(basis)
        _known("programme", programme, records.corpus.programmes)
        asked = self.asked(records, None, programme, **clocks)
        return self.shelves.files(edition_of_day(records.editions, programme, asked.day))

    def _history(self, records: Records, programme: str) -> History | None:
        """The editions from which a programme's listings are taken, if there are any."""
        from vacatur.intake.printed import carrying

        editions = carrying(records.editions, programme)
        return self.shelves.history(editions[0].source, editions) if editions else None

    def sources(self) -> list[Freshness]:
        """Every source, with what the ledger holds of it and how old that is."""
        from vacatur.intake.fresh import freshness
        from vacatur.intake.registry import SOURCES

        return freshness(SOURCES.values(), self._editions(), self._home.feeds(), self._clock())

    def _last_files(self, source: str) -> list[File]:
        held = [one for one in self._editions() if one.source == source]
        last = max(held, key=lambda one: one.published, default=None)
        return self.shelves.files(last) if last is not None else []

    def _editions(self) -> list[Edition]:
        """The editions that the ledger holds; read once, for this process adds to them itself."""
        if self._taken is None:
            current = self.entries.current(self.entries.head().seq, ("edition",))
            self._taken = [opened(entry) for entry in current]
        return self._taken

    # -- screening and decisions

    def screen(self, subjects: Subjects, *, threshold: float = DEFAULT_THRESHOLD, record: bool = True,
               **clocks: str | None) -> list[tuple[Screened, str | None]]:  # fmt: skip
        """Screens texts, subjects or a CSV file; gives each result with the id of its decision record.

        Raises `InputError` for a file that cannot be taken; nothing is then recorded.
        """
        from vacatur.screen.decide import decisions, drafts
        from vacatur.screen.run import Screener
        from vacatur.screen.subject import from_csv, from_list

        if not 0 < threshold <= 1:
            raise AskError(f"a threshold of {threshold} finds nothing or everything", fix="Use more than 0, at most 1")
        taken = from_csv(Path(subjects)) if isinstance(subjects, (str, os.PathLike)) else from_list(subjects)
        records = self.records()
        asked = self.asked(records, None, None, **clocks)
        index = self.resolver(records).index
        screener = Screener(records, index, asked.view, asked.zone_name, asked.where, threshold)
        screened = list(screener.screen(taken))
        if not record:
            return [(one, None) for one in screened]
        made = decisions(screener, records.basis.seq, screened, _author(), self._clock())
        self._append(lambda _: drafts(made), "user")
        return [(one, decision.id) for one, decision in zip(screened, made, strict=True)]

    def decide(self, decision_id: str, disposition: str, *, by: str, reason: str) -> Decision:
        """Records what a person made of a decision: true match, false positive, escalated or cleared."""
        from vacatur.screen.decide import dispose

        self._append(lambda _: [dispose(self._revisions(decision_id), disposition, by, reason, self._clock())], "user")
        return self.decision(decision_id)

    def decision(self, decision_id: str) -> Decision:
        """A decision as it stands now."""
        from vacatur.ledger.codec import decode

        found: Decision = decode("decision", self._revisions(decision_id)[-1].body)
        return found

    def replay(self, decision_id: str) -> str:
        """Recomputes a decision from its basis; returns its result, equal byte for byte, or raises `ReplayDiffers`."""
        from vacatur.screen.decide import replay

        decision = self.decision(decision_id)
        records = self.records(decision.basis)
        return replay(decision, records, self.resolver(records).index)

    def verify(self) -> Head:
        """Walks the whole chain; returns its head, or raises `Tampered` naming the entry that does not hold."""
        from vacatur.ledger.chain import verify

        return verify(self.entries.walk())

    def check(self) -> tuple[int, list[Problem]]:
        """The book's own checks: how many cases were run, and every problem found."""
        from vacatur.ledger.cases import run_cases
        from vacatur.ledger.check import check, corpus_of
        from vacatur.ledger.doubt import doubt
        from vacatur.ledger.load import load

        loaded = load(self._book)
        problems = check(loaded)
        doubted = doubt(loaded, problems)
        count, failed = run_cases(
            self._book, corpus_of(loaded), lambda party, list_: doubted.about(loaded, party) or doubted.on_list(list_)
        )
        return count, sorted(problems + failed)

    # -- the ledger

    def records(self, basis: int | None = None) -> Records:
        """What the ledger holds: now, or at an earlier position of the chain."""
        return self._now if basis is None else self._observed(see(self.entries, self.entries.at(basis))).records()

    def _observed(self, shelf: Shelf) -> Shelf:
        """The records with what the editions among them show."""
        if not shelf.editions:
            return shelf
        from vacatur.intake.observe import followed, observe

        by_source: dict[str, list[Edition]] = {}
        for edition in shelf.editions:
            by_source.setdefault(edition.source, []).append(edition)
        histories = [self.shelves.history(source, editions) for source, editions in sorted(by_source.items())]
        programmes = {programme.id: programme for programme in shelf.programmes}
        parties, acts = observe(histories, programmes, shelf.parties, shelf.acts)
        known = followed(histories, shelf.programmes, shelf.acts)
        return replace(shelf, programmes=tuple(known), parties=(*shelf.parties, *parties), acts=(*shelf.acts, *acts))

    @cached_property
    def shelves(self) -> Shelves:
        """The lists' editions, as histories."""
        from vacatur.intake.registry import SOURCES
        from vacatur.intake.shelves import Shelves

        return Shelves(SOURCES, self._home)

    def resolver(self, records: Records) -> Resolver:
        """Who is meant, among the parties of these records; the last one asked for is kept at hand."""
        if self._resolver is None or self._resolver[0] != records.basis:
            self._resolver = (records.basis, Resolver(records.corpus, lambda: self._index(records)))
        return self._resolver[1]

    def asked(self, records: Records, party: str | None, programme: str | None, **clocks: str | None) -> Asked:
        """A question's party and clocks, understood."""
        found = self.resolver(records).party(party) if party is not None else ""
        zone_name, where = zone_of(records.corpus, (found,), programme)
        return Asked(found, view_of(self._clock(), where, **clocks), zone_name, where)

    @property
    def entries(self) -> Entries:
        """The chain itself, entry by entry; opened (and on first use created) when it is needed."""
        return self._home.entries

    def _index(self, records: Records) -> Index:
        """The index of all names and identifiers; only the present one is kept on disk."""
        parties = records.corpus.parties.values()
        return self._home.index(records.basis, matcher_version(), parties, keep=records.basis == self._now.basis)

    @cached_property
    def _now(self) -> Records:
        book = fingerprint(self._book)
        head = self._home.peek()
        if head is not None and (shelf := self._home.cached(head, book)) is not None:
            return shelf.records()
        self._take_in_book()
        shelf = self._observed(see(self.entries, self.entries.basis()))
        self._home.cache(shelf, book)
        return shelf.records()

    def _take_in_book(self) -> None:
        """Appends what the shipped book changed since it was last taken in, in one transaction."""
        from vacatur.ledger.chain import LAW, revisions
        from vacatur.ledger.check import check
        from vacatur.ledger.load import load

        loaded = load(self._book)
        if problems := check(loaded):
            raise BookError(tuple(map(str, problems)))
        groups: tuple[Mapping[str, object], ...] = (loaded.programmes, loaded.documents, loaded.parties, loaded.acts)
        records = [record for group in groups for record in group.values()]

        def changed(head: Head) -> list[Draft]:
            held = [entry for entry in self.entries.current(head.seq, LAW) if entry.origin == "book"]
            return revisions(held, records)

        self._append(changed, "book")

    def _append(self, drafts: Callable[[Head], list[Draft]], origin: str) -> None:
        """Appends what `drafts` makes of the chain's head. If another writer comes first, it is made anew on what that
        one left: nobody has to run a command twice because a colleague ran one.
        """
        tries = 0
        while made := drafts(head := self.entries.head()):
            try:
                self.entries.append(link(made, head, origin, self._clock()), head)
                break
            except LedgerError:
                tries += 1
                if tries == ATTEMPTS or self.entries.head() == head:
                    raise

    def _revisions(self, decision_id: str) -> list[Any]:
        found = self.entries.latest("decision", decision_id)
        if not found:
            raise LedgerError(
                f"no decision {decision_id!r} is recorded here", fix="Take the id from a screening's output"
            )
        return found


def _known(what: str, word: str, known: Iterable[str]) -> None:
    words = tuple(known)
    if word not in words:
        raise WordUnknown(what, word, words)


def _author() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
