"""The data directory: the ledger, archived documents by content, and a cache that can be deleted at any time.

Questions are mostly asked of an unchanged ledger. For them the store's last position is read straight from the file
(importing the database toolkit would cost more than the answer) and the records come from a cache that is named by
that position's hash and by the shipped book's; whenever either differs, the cache is not used. Beside them stands the
index of the parties' names, under an address made of that position's hash and the matcher's version.
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

FORM = b"law-2\n"
"""Raised when records or editions are turned into law otherwise than before: what was cached is then made anew."""
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

    def cached(self, basis: Head, book: str) -> Shelf | None:
        """The records at a basis, if they were cached with the book of this fingerprint taken in."""
        try:
            shelf = _decoder().decode(zlib.decompress(self._cache_file(basis, book).read_bytes()))
        except (OSError, zlib.error, msgspec.MsgspecError):
            return None
        return shelf if shelf.basis_hash == basis.hash else None

    def cache(self, shelf: Shelf, book: str) -> None:
        """Keeps records for the next question; replaces what was kept. A cache that cannot be written is none."""
        basis = Head(shelf.basis_seq, shelf.basis_hash)
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
            write_whole(self._cache_file(basis, book), zlib.compress(msgspec.msgpack.encode(shelf), 1))
            for old in self._cache.glob("*.law"):
                if old != self._cache_file(basis, book):
                    old.unlink(missing_ok=True)
        except OSError:
            return

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
            for old in (*self._cache.glob("*.index"), *self._cache.glob("*.partial")):
                if old != path:
                    old.unlink(missing_ok=True)
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

    def _cache_file(self, basis: Head, book: str) -> Path:
        return self._cache / f"{basis.hash[:24]}-{book[:24]}.law"


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
