"""What every room of the app stands on: one ledger's records, who is meant by a text, and how something is recorded."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vacatur.errors import BookError, LedgerError, WordUnknown
from vacatur.law.clocks import view_of, zone_of
from vacatur.ledger.chain import Draft, Entries, Head, link
from vacatur.ledger.see import Records, Shelf, see
from vacatur.match.parties import matcher_version
from vacatur.match.resolve import Resolver
from vacatur.model.view import View
from vacatur.store.home import Home, fingerprint

if TYPE_CHECKING:
    from vacatur.intake.shelves import Shelves
    from vacatur.match.index import Index
    from vacatur.model.edition import Edition

ATTEMPTS = 20
"""How often a write is tried while other writers come first."""


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


class Held:
    """One ledger, as its rooms use it.

    Args:
        home: the data directory.
        clock: gives the present moment.
        book: the curated law to take in.
        database: the address of a database that holds the chain; by default it is a file in the data directory.
    """

    def __init__(self, home: Path, clock: Callable[[], datetime], book: Path, database: str | None) -> None:
        self._home, self._clock, self._book = Home(home, database), clock, book
        self._resolver: tuple[Head, Resolver] | None = None
        self._then: Records | None = None

    def records(self, basis: int | None = None) -> Records:
        """What the ledger holds: now, or at an earlier position of the chain."""
        if basis is None or basis == self._now.basis.seq:
            return self._now
        if self._then is None or self._then.basis.seq != basis:
            self._then = self._shelf(self.entries.at(basis)).records()
        return self._then

    def _shelf(self, basis: Head) -> Shelf:
        """The records at a basis, from the cache or made anew."""
        if (kept := self._home.cached(basis)) is not None:
            return kept
        shelf = self._observed(see(self.entries, basis))
        self._home.cache(shelf)
        return shelf

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
        return replace(shelf, programmes=tuple(known), parties=tuple(parties), acts=(*shelf.acts, *acts))

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
        basis = self._home.peek()
        if basis is None or not self._home.takes(basis, book):
            self._take_in_book()
            basis = self.entries.basis()
            self._home.took(basis, book)
        return self._shelf(basis).records()

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


def known(what: str, word: str, known: Iterable[str]) -> None:
    """Refuses a word that is none of those known; raises `WordUnknown` with the nearest."""
    words = tuple(known)
    if word not in words:
        raise WordUnknown(what, word, words)


def author() -> str:
    """Whoever runs this program, by the system's name for them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
