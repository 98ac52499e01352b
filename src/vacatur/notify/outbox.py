"""The outbox: what has been said to whom, and what is still to be said, in one SQLite file of the data directory.

The standard library's driver is used as it is. The outbox belongs to one machine, has one table and is no part of the
ledger, so that neither another database nor migrations are called for, and queueing a notice need not load a toolkit.
Every write is one transaction, on disk before it returns. A notice leaves the state `due` only when a sink has taken or
refused it: whatever is killed, it is still due.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from vacatur.errors import LedgerError
from vacatur.notify.notice import Notice, body_of
from vacatur.notify.sink import Queued

WAIT = 20.0
"""Seconds for which one process waits while another writes or delivers."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TABLE = """
create table if not exists notices (
    seq integer primary key autoincrement,
    sink text not null,
    id text not null,
    state text not null check (state in ('due', 'delivered', 'failed')),
    body blob not null,
    tries integer not null,
    next_try integer not null,
    note text not null,
    settled integer,
    unique (sink, id)
);
create index if not exists notices_due on notices (sink, state, next_try);
"""
_SHOWN = "select sink, id, state, body, tries, next_try, note from notices"


class Outbox:
    """The queue of one data directory, made on first use; `wait` is in seconds."""

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        self._path, self._wait = path, wait

    def put(self, notices: Iterable[Notice], sinks: Iterable[str]) -> int:
        """Queues every notice for every sink, all or none; one that a sink has or had already stays as it is there.

        Returns how many were new.
        """
        names = list(sinks)
        rows = ((sink, one.id, body) for one in notices for body in [body_of(one)] for sink in names)
        with self._writing() as connection:
            before = connection.total_changes
            connection.executemany(
                "insert into notices (sink, id, state, body, tries, next_try, note) values (?, ?, 'due', ?, 0, 0, '') "
                "on conflict (sink, id) do nothing", rows,
            )  # fmt: skip
            return connection.total_changes - before

    def due(self, sink: str, now: datetime, most: int) -> list[Queued]:
        """What is to be tried now, in the order in which it was put; at most so many."""
        where = "where sink = ? and state = 'due' and next_try <= ? order by seq limit ?"
        return self._read(where, sink, _ticks(now), most)

    def delivered(self, sink: str, ids: Iterable[str], now: datetime) -> None:
        """Notes that the sink has taken these; they stay delivered for good."""
        rows = [(_ticks(now), sink, id_) for id_ in ids]
        with self._writing() as connection:
            connection.executemany(
                "update notices set state = 'delivered', note = '', settled = ? "
                "where sink = ? and id = ? and state = 'due'", rows,
            )  # fmt: skip

    def failed(self, sink: str, id_: str, note: str, next_try: datetime | None) -> None:
        """Notes a try that failed, and when the next one may be; with none, the notice is kept as failed, in sight."""
        state, after = ("failed", 0) if next_try is None else ("due", _ticks(next_try))
        with self._writing() as connection:
            connection.execute(
                "update notices set state = ?, note = ?, next_try = ?, tries = tries + 1 "
                "where sink = ? and id = ? and state = 'due'", (state, note, after, sink, id_),
            )  # fmt: skip

    def again(self, sink: str) -> int:
        """Makes all that failed at a sink due once more, as if never tried; returns how many."""
        with self._writing() as connection:
            return connection.execute(
                "update notices set state = 'due', tries = 0, next_try = 0 where sink = ? and state = 'failed'", (sink,)
            ).rowcount

    def shown(self, state: str, most: int = 1000) -> list[Queued]:
        """The first notices in a state, for every sink; those for a sink that is no longer set up too."""
        return self._read("where state = ? order by seq limit ?", state, most)

    def tally(self) -> dict[tuple[str, str], int]:
        """How many notices there are, by sink and state."""
        with self._open() as connection:
            rows = connection.execute("select sink, state, count(*) from notices group by sink, state").fetchall()
        return {(sink, state): count for sink, state, count in rows}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other processes from delivering meanwhile; the system lets go of it when this one is killed.

        Raises `LedgerError` when another one is still at it after the wait.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = self._path.with_suffix(".lock")
        try:
            connection = sqlite3.connect(lock, timeout=self._wait, isolation_level=None)
            with closing(connection):
                connection.execute("begin exclusive")
                yield
        except sqlite3.Error as bad:
            raise LedgerError(
                f"another process is delivering, or the lock cannot be had: {bad}", where=str(lock),
                why="Two at once would say the same thing twice", fix="Run it again when the other one is done",
            ) from bad  # fmt: skip

    def _read(self, where: str, *values: Any) -> list[Queued]:
        with self._open() as connection:
            return [_queued(row) for row in connection.execute(f"{_SHOWN} {where}", values)]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as connection:
            connection.execute("begin immediate")
            yield connection
            connection.execute("commit")  # on any error it is never reached, and closing undoes what was done

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=self._wait, isolation_level=None)) as connection:
                connection.execute("pragma synchronous = full")
                if not connection.execute("select 1 from sqlite_master where name = 'notices_due'").fetchone():
                    connection.executescript(_TABLE)
                yield connection
        except (sqlite3.Error, OSError) as bad:
            raise LedgerError(
                f"the outbox cannot be used: {bad}", where=str(self._path), why="Nothing was changed in it",
                fix="Check its permissions and the room on the disk; restore a damaged one from a backup",
            ) from bad  # fmt: skip


def _queued(row: tuple[Any, ...]) -> Queued:
    sink, id_, state, body, tries, next_try, note = row
    at = _EPOCH + timedelta(microseconds=next_try)
    return Queued(sink=sink, id=id_, state=state, body=body, tries=tries, next_try=at, note=note)


def _ticks(moment: datetime) -> int:
    """Microseconds since 1970: exact, and in order."""
    return (moment - _EPOCH) // timedelta(microseconds=1)
