"""Every store behind one protocol: a test that takes `store` runs on each of them."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, text
from tests.store.postgres import server

from vacatur.store.sql import SqlEntries

_SCHEMA = count(1)


@dataclass(frozen=True)
class Store:
    """One empty store, with a back door for what vacatur itself never does."""

    kind: str
    address: str
    """What `vacatur --home` takes: a directory, or a database's address."""

    def open(self) -> SqlEntries:
        """The store by its front door; every call connects anew, as another process would."""
        if self.kind == "sqlite":
            from vacatur.store.sqlite import open_sqlite

            return open_sqlite(Path(self.address) / "ledger.db")
        from vacatur.store.postgres import open_postgres

        return open_postgres(self.address)

    @property
    def url(self) -> str:
        """The store by SQLAlchemy's back door."""
        if self.kind == "sqlite":
            Path(self.address).mkdir(exist_ok=True)
            return f"sqlite:///{self.address}/ledger.db"
        return self.address.replace("postgresql:", "postgresql+psycopg:")

    def tamper(self, *statements: str, **values: Any) -> None:
        """Runs SQL past vacatur, as somebody with access to the database could."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), values)

    def value(self, query: str) -> Any:
        """One value, read past vacatur."""
        with create_engine(self.url, poolclass=NullPool).connect() as connection:
            return connection.execute(text(query)).scalar_one()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "sqlite":
        yield Store("sqlite", str(tmp_path / "home"))
        return
    yield in_schema(request.getfixturevalue("postgres"))
    gc.collect()  # a store keeps its connection until it is let go of, and a server has only so many


def in_schema(server_address: str) -> Store:
    """An empty store in a schema of its own."""
    schema = f"ledger{next(_SCHEMA)}"
    Store("postgres", server_address).tamper(f"create schema {schema}")
    return Store("postgres", f"{server_address}&options=-csearch_path%3D{schema}")
