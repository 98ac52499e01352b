"""Bringing a database to the newest schema, in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from vacatur.errors import LedgerError

NEWEST = "0001"
"""The newest migration; a test holds it against the files in `migrations/versions`."""


def migrate(engine: Engine) -> None:
    """Upgrades the schema if it is older, in one write transaction; refuses one that is newer than this program."""
    with engine.connect() as connection:
        if _current(connection):
            return
    from alembic import command
    from alembic.config import Config

    with engine.execution_options(writes=True).begin() as connection:
        if not _current(connection):  # another process may have come first
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _current(connection: Connection) -> bool:
    """Whether the schema is the newest; raises when it is newer than this program."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = str(connection.execute(text("select version_num from alembic_version")).scalar_one_or_none() or "")
    if found > NEWEST:
        raise LedgerError(
            f"the store has schema {found}, this program knows {NEWEST}",
            why="A newer vacatur wrote it; reading it with older rules could hide records",
            fix="Use the newer program",
        )
    return found == NEWEST
