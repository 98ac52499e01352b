"""The chain in PostgreSQL, for ledgers that several machines share.

Everything but the lock is as in the default store. A writer takes one advisory lock for its transaction, so that a
second one waits instead of failing half-way; readers take none, and see the last committed state.

A store keeps one connection: opening one costs more than most questions. It is asked whether it still lives before each
use and opened again if not, never used by a process that was forked off, and closed when the store is let go of.
"""

from __future__ import annotations

import os
import weakref

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from vacatur.errors import LedgerError
from vacatur.store.migrate import migrate
from vacatur.store.sql import SqlEntries, cause
from vacatur.store.sqlite import WAIT_MS

WRITER = 0x76616361747572
"""The advisory lock of whoever writes (the letters of `vacatur`)."""


_open: weakref.WeakSet[Engine] = weakref.WeakSet()


def open_postgres(address: str) -> SqlEntries:
    """Opens (or creates) the ledger at `postgresql://user@host/database`; raises `LedgerError` when it cannot."""
    shown = "the database's address"  # never the address itself before its password can be hidden
    try:
        url = make_url(address)
        shown = url.render_as_string(hide_password=True)
        return _opened(url)
    except ModuleNotFoundError as missing:
        raise LedgerError(
            "the driver for PostgreSQL is not installed", where=shown, fix="pip install 'vacatur[postgres]'"
        ) from missing
    except (SQLAlchemyError, ValueError) as bad:
        raise LedgerError(
            f"the ledger cannot be opened: {cause(bad)}",
            where=shown,
            fix="Check that the server runs, that the database exists, and that you may write to it",
        ) from bad


def _opened(url: URL) -> SqlEntries:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), poolclass=QueuePool, pool_size=1, max_overflow=-1, pool_pre_ping=True,
        connect_args={"prepare_threshold": None},  # a pooler in between may change the connection
    )  # fmt: skip
    event.listen(engine, "begin", _begin)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    _open.add(engine)
    store = SqlEntries(engine)
    weakref.finalize(store, engine.dispose)
    return store


def _leave_to_parent() -> None:
    """In a process that was forked off: forgets the connections, which are its parent's, without closing them;
    nor does the driver close what another process opened.
    """
    for engine in _open:
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"set local lock_timeout = {WAIT_MS}")
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITER})")
