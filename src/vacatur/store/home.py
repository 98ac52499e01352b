"""The data directory: the ledger, archived documents by content, and a cache that can be deleted at any time.

Questions are mostly asked of an unchanged ledger. For them the store's last position is read straight from the file
(importing the database toolkit would cost more than the answer) and the records come from a cache that is named by
that position's hash; which book is taken in there is remembered too, and whenever it differs, it is read anew. Beside
them stands the index of the parties' names, under an address made of that position's hash and the matcher's version.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path

import msgspec

from vacatur.errors import InputError
from vacatur.intake.update import Feed
from vacatur.ledger.chain import LAW, Entries, Head
from vacatur.ledger.see import Shelf
from vacatur.match.index import Index
from vacatur.match.parties import carries, index_of
from vacatur.model.party import Party
from vacatur.store.archive import Archive, write_whole
from vacatur.store.journal import Journal

FORM = b"law-3\n"
"""Raised when records or editions are turned into law otherwise than before: what was cached is then made anew."""
KEPT = 4
"""Bases of which the law and the index of names are kept."""

_LOG = logging.getLogger(__name__)
_LAST_OF = "select max(seq) from entries where type = ?"
_AT = "select seq, hash from entries where seq = ?"


class Home:
    """One data directory; where `database` is an address, the chain is kept there and all else here."""

    def __init__(self, path: Path, database: str | None = None) -> None:
        self.path = path
        self.ledger = path / "ledger.db"
        self._cache, self._database = path / "cache", database

    @cached_property
    def entries(self) -> Entries:
        """The chain, opened when it is needed and created on first use."""
        if self._database is not None:
            from vacatur.store.postgres import open_postgres

            return open_postgres(self._database)
        from vacatur.store.sqlite import open_sqlite

        return open_sqlite(self.ledger)

    def peek(self) -> Head | None:
        """The law's last position, a file being read without opening the store; None when there is none yet."""
        if self._database is not None:
            return self.entries.basis()
        try:
            return self._peek("mode=ro")
        except sqlite3.Error:
            # A directory that may not be written to cannot hold the index that write-ahead mode keeps beside the file;
            # with no writer about, the file alone is the ledger. What else is wrong, opening the store in full says.
            with suppress(sqlite3.Error):
                return None if self._writing() else self._peek("immutable=1")
            return None

    def _peek(self, mode: str) -> Head | None:
        with closing(sqlite3.connect(f"{self.ledger.absolute().as_uri()}?{mode}", uri=True)) as connection:
            lasts = [connection.execute(_LAST_OF, (name,)).fetchone()[0] for name in LAW]
            row = connection.execute(_AT, (max((seq for seq in lasts if seq is not None), default=0),)).fetchone()
        return Head(*row) if row is not None else None

    def _writing(self) -> bool:
        """Whether there may be entries that are not in the file itself yet."""
        return os.path.lexists(f"{self.ledger}-wal")

    def cached(self, basis: Head) -> Shelf | None:
        """The records at a basis, if they were cached."""
        try:
            shelf = _decoder().decode(zlib.decompress(self._cache_file(basis).read_bytes()))
        except (OSError, zlib.error, msgspec.MsgspecError):
            return None
        return shelf if shelf.basis_hash == basis.hash else None

    def cache(self, shelf: Shelf) -> None:
        """Keeps records for the next question, with a few kept before. A cache that cannot be written is none."""
        path = self._cache_file(Head(shelf.basis_seq, shelf.basis_hash))
        self.retain(path.name, zlib.compress(msgspec.msgpack.encode(shelf), 1))
        self._forget("*.law", path)

    def takes(self, basis: Head, book: str) -> bool:
        """Whether the book of this fingerprint is known to be taken in at a basis."""
        return self.recall("book") == f"{basis.hash}\n{book}".encode()

    def took(self, basis: Head, book: str) -> None:
        """Remembers that it is."""
        self.retain("book", f"{basis.hash}\n{book}".encode())

    def index(self, basis: Head, matcher: str, parties: Iterable[Party], *, keep: bool) -> Index:
        """The index of the parties at a basis: the one kept for this matcher, else made anew, and kept if wanted.

        A kept file that is damaged, foreign or another's is made again; that is logged and no more, for nothing is
        lost by it. Every byte is checked before it is used: a search must not stumble over it halfway.
        """
        address = hashlib.sha256(f"{basis.hash}\n{matcher}".encode()).hexdigest()
        path = self._cache / f"{address[:32]}.index"
        if (kept := _opened(path, address)) is not None:
            return kept
        made = index_of(parties, address)
        if keep:
            self._keep(made, path)
        return made

    def _keep(self, index: Index, path: Path) -> None:
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
            index.write(path)
            self._forget("*.index", path)
            self._forget("*.partial", path)
        except OSError as bad:
            _LOG.info("the index of names cannot be kept: %s", bad)

    @cached_property
    def archive(self) -> Archive:
        """The documents' bytes, by content."""
        return Archive(self.path / "documents")

    def read(self, name: str) -> bytes:
        """The bytes of an archived document."""
        return self.archive.read(name)

    def feeds(self) -> dict[str, Feed]:
        """What is remembered of the lists' addresses; what cannot be read is forgotten, and fetched anew."""
        try:
            return msgspec.json.decode((self.path / "feeds.json").read_bytes(), type=dict[str, Feed])
        except (OSError, msgspec.MsgspecError):
            return {}

    def keep_feeds(self, feeds: dict[str, Feed]) -> None:
        """Remembers them for the next update."""
        self.path.mkdir(parents=True, exist_ok=True)
        write_whole(self.path / "feeds.json", msgspec.json.format(msgspec.json.encode(feeds), indent=1))

    def journal(self, question: str) -> Journal:
        """The journal of a screening that may be unfinished."""
        return Journal(self.path / "unfinished" / question)

    def recall(self, name: str) -> bytes | None:
        """What was kept in the cache under a name, if it is still there."""
        try:
            return (self._cache / name).read_bytes()
        except OSError:
            return None

    def retain(self, name: str, content: bytes) -> None:
        """Keeps something in the cache that can be made again; a cache that cannot be written is none."""
        with suppress(OSError):
            self._cache.mkdir(parents=True, exist_ok=True)
            write_whole(self._cache / name, content)

    def _cache_file(self, basis: Head) -> Path:
        return self._cache / f"{basis.hash[:32]}-{hashlib.sha256(FORM).hexdigest()[:8]}.law"

    def _forget(self, pattern: str, newest: Path) -> None:
        """Removes all but the last few of a kind: the law of a recent run's basis is asked for again."""
        with suppress(OSError):
            others = sorted((old for old in self._cache.glob(pattern) if old != newest), key=_age)
            for old in others[: -(KEPT - 1)]:
                old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _opened(path: Path, address: str) -> Index | None:
    if not path.exists():
        return None
    try:
        found = Index.open(path, verify=True)
    except InputError as bad:
        _LOG.info("%s; it is made again", bad.what)
        return None
    if not carries(found, address):
        _LOG.info("the index of names at %s is of another ledger or program; it is made again", path)
        return None
    return found


def _decoder() -> msgspec.msgpack.Decoder[Shelf]:
    return msgspec.msgpack.Decoder(Shelf)


def fingerprint(book: Path) -> str:
    """Content id of a book directory: its files' names and bytes, and how this program reads them and the editions."""
    digest = hashlib.sha256(FORM)
    for path in sorted(book.rglob("*.y*ml")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(book)}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()
