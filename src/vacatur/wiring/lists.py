"""Official lists: taking their editions in, and giving them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.ledger.chain import Draft, Head, opened
from vacatur.ledger.codec import encode
from vacatur.store.home import fingerprint
from vacatur.wiring.held import Held, author, known

if TYPE_CHECKING:
    from vacatur.intake.desk import Outcome
    from vacatur.intake.fresh import Freshness
    from vacatur.intake.reading import File
    from vacatur.intake.source import Source
    from vacatur.intake.take import Taken
    from vacatur.model.edition import Edition


class Lists(Held):
    """The room of the official lists."""

    _taken: list[Edition] | None = None

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
        self._settle()

    def admit(self, source: Source, edition: Taken, accepted: str, dry_run: bool) -> Outcome:
        """Takes one edition that has been read; raises `InputError` for what the guards refuse."""
        from vacatur.intake.desk import compared, known, recorded, with_entries

        held = [one for one in self._editions() if one.source == source.id]
        history = self.shelves.history(source.id, held)
        outcome = compared(source.id, history, edition, accepted)
        if dry_run:
            return replace(outcome, state="dry-run")
        record = recorded(source.id, edition, held, self._home.archive.keep, accepted, author())
        if record is None:
            return known(outcome)
        self._append_edition(Draft("edition", record.id, 1, encode(record)), source.id)
        with_entries(history, record, edition.printed.entries)
        self._editions().append(record)
        self.__dict__.pop("_now", None)
        return outcome

    def _settle(self) -> None:
        """Keeps what was read, and makes the law of the new editions ready while they are at hand: the next question
        would have to do it otherwise. A ledger that has not taken in its book yet is left to its first question.
        """
        self.shelves.keep_all()
        if self._home.takes(self.entries.basis(), fingerprint(self._book)):
            self.records()

    def _append_edition(self, draft: Draft, origin: str) -> None:
        """Chains an edition. A book that is taken in before it is taken in after it too, and need not be read again."""
        book, taken = fingerprint(self._book), False

        def drafts(_: Head) -> list[Draft]:
            nonlocal taken
            taken = self._home.takes(self.entries.basis(), book)
            return [draft]

        self._append(drafts, origin)
        if taken:
            entry = self.entries.latest(draft.type, draft.id)[-1]
            self._home.took(Head(entry.seq, entry.hash), book)

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
            self._settle()

    def source_files(self, programme: str, *, basis: int | None = None, **clocks: str | None) -> list[File]:
        """The official files of the edition that was the last one at a view, byte for byte."""
        from vacatur.intake.printed import edition_of_day

        records = self.records(basis)
        known("programme", programme, records.corpus.programmes)
        asked = self.asked(records, None, programme, **clocks)
        return self.shelves.files(edition_of_day(records.editions, programme, asked.day))

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
