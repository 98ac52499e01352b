"""The chain in a relational database, by SQLAlchemy Core: one writer at a time, readers never blocked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, exists, func, select, union_all
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from vacatur.errors import LedgerError
from vacatur.ledger.chain import GENESIS, LAW, Entry, Head
from vacatur.store.tables import entries

BATCH = 5000
"""Entries that are read or written at once."""

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""Signs that no database keeps as text, and so no id has."""


class SqlEntries:
    """The `Entries` protocol over an engine whose schema is current."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def head(self) -> Head:
        """The last entry's position and hash."""
        with self._reading() as connection:
            return _head(connection)

    def basis(self) -> Head:
        """The last entry that the law depends on."""
        lasts = union_all(
            *(select(func.max(entries.c.seq).label("seq")).where(entries.c.type == t) for t in LAW)
        ).subquery()
        last = select(func.max(lasts.c.seq)).scalar_subquery()
        with self._reading() as connection:
            row = connection.execute(select(entries.c.seq, entries.c.hash).where(entries.c.seq == last)).one_or_none()
        return Head(row.seq, row.hash) if row is not None else Head(0, GENESIS)

    def at(self, seq: int) -> Head:
        """The head as it was at a position."""
        with self._reading() as connection:
            row = connection.execute(select(entries.c.hash).where(entries.c.seq == seq)).one_or_none()
        if row is None:
            raise LedgerError(f"the ledger has no entry {seq}", fix="Use a basis that an answer or decision names")
        return Head(seq, row.hash)

    def current(self, basis: int, types: tuple[str, ...]) -> Iterator[Entry]:
        """The latest revision of every record at a basis, in chain order."""
        later = entries.alias()
        newer = later.c.type == entries.c.type, later.c.id == entries.c.id, later.c.rev > entries.c.rev
        superseded = exists().where(*newer, later.c.seq <= basis)
        return self._rows(select(entries).where(entries.c.seq <= basis, entries.c.type.in_(types), ~superseded))

    def latest(self, type_: str, record_id: str) -> list[Entry]:
        """All revisions of one record, oldest first."""
        if _NO_TEXT.search(record_id):
            return []
        wanted = select(entries).where(entries.c.type == type_, entries.c.id == record_id)
        return list(self._rows(wanted))

    def of_type(self, type_: str) -> Iterator[Entry]:
        """All revisions of all records of a type, in chain order."""
        return self._rows(select(entries).where(entries.c.type == type_))

    def walk(self) -> Iterator[Entry]:
        """Every entry in order."""
        return self._rows(select(entries))

    def append(self, new: Iterable[Entry], after: Head) -> None:
        """Adds entries after `after`, all or none."""
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                if _head(connection) != after:
                    raise LedgerError("another writer came first", why="Nothing was written", fix="Run it again")
                rows = ({slot: getattr(entry, slot) for slot in Entry.__slots__} for entry in new)
                while batch := list(islice(rows, BATCH)):
                    connection.execute(entries.insert(), batch)
        except IntegrityError as bad:
            raise LedgerError(
                "another writer recorded the same revision first", why="Nothing was written", fix="Run it again"
            ) from bad
        except SQLAlchemyError as bad:
            raise LedgerError(f"the ledger could not be written: {cause(bad)}", why="Nothing was written") from bad

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as bad:
            raise LedgerError(
                f"the ledger cannot be read: {cause(bad)}",
                where=self._engine.url.render_as_string(hide_password=True),
                fix="Restore the store from a backup, or move it aside and it is built anew from the book",
            ) from bad

    def _rows(self, query: Select[Any]) -> Iterator[Entry]:
        """Entries in chain order, batch by batch: no connection stays open while the caller thinks about one, and the
        batches fit together because entries are only ever added at the end.
        """
        rest = query.order_by(entries.c.seq).limit(BATCH)
        while batch := self._batch(rest):
            yield from batch
            rest = query.where(entries.c.seq > batch[-1].seq).order_by(entries.c.seq).limit(BATCH)

    def _batch(self, query: Select[Any]) -> list[Entry]:
        with self._reading() as connection:
            return [_entry(row) for row in connection.execute(query)]


def cause(bad: Exception) -> str:
    """What the database itself said, in one line, without the statement and its parameters."""
    return " ".join(str(getattr(bad, "orig", None) or bad).split())


def _head(connection: Connection) -> Head:
    query = select(entries.c.seq, entries.c.hash).order_by(entries.c.seq.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return Head(row.seq, row.hash) if row is not None else Head(0, GENESIS)


def _entry(row: Row[Any]) -> Entry:
    # A store that was meddled with may give text where bytes were put; its hash will not hold, and says so.
    body = row.body if isinstance(row.body, bytes) else str(row.body).encode()
    return Entry(row.seq, row.type, row.id, row.rev, row.origin, row.recorded, body, row.prev, row.hash)
