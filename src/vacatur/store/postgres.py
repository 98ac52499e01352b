"""The chain in PostgreSQL, for ledgers that several machines share.

Everything but the lock is as in the default store. A writer takes one advisory lock for its transaction, so that a
second one waits instead of failing half-way; readers take none, and see the last committed state.
"""

from __future__ import annotations

from sqlalchemy import Connection, NullPool, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from vacatur.errors import LedgerError
from vacatur.store.migrate import migrate
from vacatur.store.sql import SqlEntries, cause
from vacatur.store.sqlite import WAIT_MS

WRITER = 0x76616361747572
"""The advisory lock of whoever writes (the letters of `vacatur`)."""


def open_postgres(address: str) -> SqlEntries:
    """Opens (or creates) the ledger at `postgresql://user@host/database`; raises `LedgerError` when it cannot."""
    shown = "the database's address"  # never the address itself before its password can be hidden
    try:
        url = make_url(address)
        shown = url.render_as_string(hide_password=True)
        engine = create_engine(url.set(drivername="postgresql+psycopg"), poolclass=NullPool)
        event.listen(engine, "begin", _begin)
        migrate(engine)
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
    return SqlEntries(engine)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"set local lock_timeout = {WAIT_MS}")
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITER})")
