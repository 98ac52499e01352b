"""The schema: made on first use, brought up to date, and left alone when a later program made it."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from tests.store.conftest import Store

from vacatur.errors import LedgerError
from vacatur.store import migrate
from vacatur.store.tables import metadata

SCRIPTS = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))


def test_the_newest_migration_is_the_head_of_the_scripts() -> None:
    assert SCRIPTS.get_heads() == [migrate.NEWEST]


def test_migrations_are_numbered_so_that_later_ones_compare_greater() -> None:
    revisions = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]


def test_migrations_end_at_the_tables_that_the_code_uses(store: Store) -> None:
    store.open()
    engine = create_engine(store.url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_opening_again_writes_nothing(store: Store) -> None:
    store.open()
    store.tamper("create table witness (n integer)", "insert into witness values (1)")
    store.open()
    assert store.value("select n from witness") == 1
    assert store.value("select version_num from alembic_version") == migrate.NEWEST


def test_a_newer_schema_is_refused_and_left_alone(store: Store) -> None:
    store.open()
    store.tamper("update alembic_version set version_num = '0999'")
    with pytest.raises(LedgerError, match=r"schema 0999, this program knows .*A newer vacatur wrote it.*newer program"):
        store.open()
    assert store.value("select version_num from alembic_version") == "0999"


def test_a_database_with_such_tables_of_its_own_is_refused_and_left_alone(store: Store) -> None:
    store.tamper("create table entries (mine integer)", "insert into entries values (7)")
    with pytest.raises(LedgerError, match="already exists"):
        store.open()
    assert store.value("select mine from entries") == 7
