"""The one connection that a store in PostgreSQL keeps: opened again when lost, never shared, closed in the end."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.store.conftest import Store, in_schema
from tests.store.test_entries import sealed

from vacatur.errors import LedgerError
from vacatur.ledger.chain import GENESIS, Entry, Head
from vacatur.store.sql import SqlEntries


@pytest.fixture
def behind(postgres: str) -> Iterator[Store]:
    """An empty store, by the back door."""
    yield in_schema(postgres)
    gc.collect()


@pytest.fixture
def kept(behind: Store) -> Store:
    """The same store by the front door: its connections have a name."""
    return Store("postgres", f"{behind.address}&application_name=kept")


def connections(behind: Store) -> set[int]:
    """The server's processes for the connections that came in by the front door."""
    query = "select string_agg(pid::text, ' ') from pg_stat_activity where application_name = 'kept'"
    return set(map(int, (behind.value(query) or "").split()))


def cut(behind: Store) -> None:
    """Ends them, as a server that is started again does, and waits until they are gone."""
    behind.value(
        "select bool_and(pg_terminate_backend(pid, 5000)) from pg_stat_activity where application_name = 'kept'"
    )


def gone(behind: Store) -> bool:
    """Whether all are closed; the server notices a moment after."""
    return any(not connections(behind) for _ in range(200))


def test_many_questions_use_one_connection(kept: Store, behind: Store) -> None:
    opened = kept.open()
    first = connections(behind)
    for _ in range(20):
        assert opened.head() == Head(0, GENESIS)
        assert list(opened.walk()) == []
    assert connections(behind) == first
    assert len(first) == 1


def test_a_lost_connection_is_opened_again(kept: Store, behind: Store) -> None:
    opened = kept.open()
    opened.append(sealed(Head(0, GENESIS), "a", "b"), Head(0, GENESIS))
    before = connections(behind)
    cut(behind)
    assert opened.head().seq == 2
    assert connections(behind).isdisjoint(before)


def test_a_connection_that_is_lost_amid_a_write_leaves_nothing_written(kept: Store, behind: Store) -> None:
    opened, start = kept.open(), Head(0, GENESIS)
    new = sealed(start, "a", "b")

    def failing() -> Iterator[Entry]:
        yield new[0]
        cut(behind)
        yield new[1]

    with pytest.raises(LedgerError, match=r"could not be written.*Nothing was written"):
        opened.append(failing(), start)
    assert opened.head() == start
    opened.append(new, start)
    assert opened.head().seq == 2


def test_a_write_that_fails_leaves_its_lock_to_others(kept: Store) -> None:
    first, second, start = kept.open(), kept.open(), Head(0, GENESIS)
    new = sealed(start, "a")
    first.append(new, start)
    with pytest.raises(LedgerError, match="came first"):
        first.append(new, start)
    second.append(sealed(second.head(), "b"), second.head())
    assert first.head().seq == 2


def test_a_store_that_is_let_go_of_closes_its_connection(kept: Store, behind: Store) -> None:
    opened: SqlEntries | None = kept.open()
    assert opened is not None
    assert connections(behind)
    del opened
    gc.collect()
    assert gone(behind)


def test_a_store_that_cannot_be_opened_leaves_no_connection(kept: Store, behind: Store) -> None:
    kept.open()
    gc.collect()
    behind.tamper("update alembic_version set version_num = '9999'")
    with pytest.raises(LedgerError, match="Use the newer program"):
        kept.open()
    assert gone(behind)


def test_threads_of_one_store_do_not_mix(kept: Store) -> None:
    opened = kept.open()
    opened.append(sealed(Head(0, GENESIS), *map(str, range(50))), Head(0, GENESIS))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [entry.seq for entry in opened.walk()], range(20)))
    assert found == [list(range(1, 51))] * 20


FORK = """
import os, sys
from vacatur.store.postgres import open_postgres
opened = open_postgres(sys.argv[1])
before = opened.head()
child = os.fork()
if child == 0:
    with opened._engine.connect() as connection:
        print(connection.connection.dbapi_connection.info.backend_pid, opened.head() == before, flush=True)
    sys.exit()
status = os.waitpid(child, 0)[1]
with opened._engine.connect() as connection:
    print(connection.connection.dbapi_connection.info.backend_pid, opened.head() == before, status)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked off here")
def test_a_process_that_is_forked_off_uses_a_connection_of_its_own(kept: Store) -> None:
    command = [sys.executable, "-c", FORK, kept.address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    child, parent = done.stdout.splitlines()
    assert child.split()[1] == "True"
    assert parent.split()[1:] == ["True", "0"]
    assert child.split()[0] != parent.split()[0]
    assert done.stderr == ""
