"""The default store: one SQLite file in the data directory, in write-ahead mode.

Opening writes nothing unless the file is new or of an older schema. Every write takes the write lock at once
(`BEGIN IMMEDIATE`), so that a second writer waits instead of failing half-way; readers see the last committed state.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, NullPool, create_engine, event
from sqlalchemy.exc import DatabaseError

from vacatur.errors import LedgerError
from vacatur.store.migrate import migrate
from vacatur.store.sql import SqlEntries, cause

WAIT_MS = 20_000
"""How long a writer waits for another one."""

SWITCHES = 50
"""How often the switch of a new file to write-ahead mode is tried against others that open it too."""


def open_sqlite(path: Path) -> SqlEntries:
    """Opens (or creates) the ledger at `path`; raises `LedgerError` when it is not one."""
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        migrate(engine)
    except (DatabaseError, OSError) as bad:
        raise LedgerError(
            f"the ledger cannot be opened: {cause(bad)}",
            where=str(path),
            fix="Check the path and its permissions; move a damaged file aside and the ledger is built anew",
        ) from bad
    return SqlEntries(engine)


def _configure(connection: sqlite3.Connection, _: Any) -> None:
    connection.text_factory = lambda raw: raw.decode(errors="replace")  # text that is none is seen, and fails its hash
    connection.isolation_level = None  # SQLAlchemy's begin event below opens transactions, not the driver
    connection.execute(f"pragma busy_timeout = {WAIT_MS}")
    connection.execute("pragma synchronous = full")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Puts a new file into write-ahead mode; one that is in it already is left alone.

    The switch needs the file for itself, and SQLite refuses it at once, without waiting, while another opener reads or
    switches. Taking the write lock does wait; whoever had it before has then made the switch.
    """
    for _ in range(SWITCHES):
        try:
            if connection.execute("pragma journal_mode").fetchone()[0] == "wal":
                return
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as busy:
            if busy.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("begin immediate")
            connection.execute("rollback")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
