"""The chain, the same on every store: all or nothing, one writer at a time, readers never blocked."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.store.conftest import Store

from vacatur.errors import LedgerError
from vacatur.ledger.chain import GENESIS, Draft, Entry, Head, link, verify

WHEN = datetime(2026, 9, 1, tzinfo=UTC)


def sealed(head: Head, *names: str, type_: str = "act", rev: int = 1) -> list[Entry]:
    return list(link([Draft(type_, name, rev, f'"{name} {rev}"'.encode()) for name in names], head, "book", WHEN))


def test_an_empty_store_stands_at_the_beginning(store: Store) -> None:
    entries = store.open()
    assert entries.head() == entries.basis() == Head(0, GENESIS)
    assert list(entries.walk()) == []
    assert entries.latest("act", "a") == []


def test_what_is_appended_is_read_back_in_order_by_others(store: Store) -> None:
    new = sealed(Head(0, GENESIS), "a", "b", "c")
    store.open().append(new, Head(0, GENESIS))
    other = store.open()
    assert list(other.walk()) == new
    assert other.head() == other.at(3) == Head(3, new[2].hash)
    assert verify(other.walk()) == other.head()


def test_bytes_of_every_value_come_back_as_they_were(store: Store) -> None:
    body = bytes(range(256)) + "小米 — “Xiaomi” 🚢".encode()
    new = list(link([Draft("act", "小米/2021", 1, body)], Head(0, GENESIS), "book", WHEN))
    store.open().append(new, Head(0, GENESIS))
    assert next(store.open().walk()) == new[0]


def test_decisions_do_not_move_the_basis(store: Store) -> None:
    entries = store.open()
    entries.append(sealed(entries.head(), "a", "b"), entries.head())
    basis = entries.basis()
    entries.append(sealed(entries.head(), "d-1", type_="decision"), entries.head())
    assert entries.basis() == basis == entries.at(2)
    assert entries.head().seq == 3


def test_the_latest_revisions_are_those_of_the_basis(store: Store) -> None:
    entries = store.open()
    entries.append(sealed(entries.head(), "a", "b"), entries.head())
    entries.append(sealed(entries.head(), "a", rev=2), entries.head())
    assert [(e.id, e.rev) for e in entries.current(2, ("act",))] == [("a", 1), ("b", 1)]
    assert [(e.id, e.rev) for e in entries.current(3, ("act",))] == [("b", 1), ("a", 2)]
    assert [e.rev for e in entries.latest("act", "a")] == [1, 2]
    assert list(entries.current(3, ("party",))) == []


def test_a_position_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(LedgerError, match="the ledger has no entry 7"):
        store.open().at(7)


def test_many_entries_go_in_and_come_out_whole(store: Store) -> None:
    entries = store.open()
    new = sealed(entries.head(), *(f"a{n}" for n in range(12_000)))  # more than two batches
    entries.append(new, entries.head())
    assert verify(entries.walk()) == Head(12_000, new[-1].hash)


def test_an_append_that_breaks_off_leaves_nothing(store: Store) -> None:
    entries = store.open()
    entries.append(sealed(entries.head(), "a"), entries.head())
    head = entries.head()

    def broken() -> Iterator[Entry]:
        yield from sealed(head, *(f"b{n}" for n in range(6000)))
        raise RuntimeError("the source fails")

    with pytest.raises(RuntimeError, match="the source fails"):
        entries.append(broken(), head)
    assert store.open().head() == head


def test_the_same_revision_twice_is_refused_whole(store: Store) -> None:
    entries = store.open()
    entries.append(sealed(entries.head(), "a"), entries.head())
    head = entries.head()
    with pytest.raises(LedgerError, match=r"the same revision first.*Nothing was written") as raised:
        entries.append(sealed(head, "b", "a"), head)
    assert "INSERT" not in str(raised.value)
    assert store.open().head() == head


def test_a_writer_that_lost_the_race_is_told_and_writes_nothing(store: Store) -> None:
    first, second = store.open(), store.open()
    head = second.head()
    first.append(sealed(head, "a"), head)
    with pytest.raises(LedgerError, match=r"another writer came first\. Nothing was written\. Run it again"):
        second.append(sealed(head, "b"), head)
    assert [entry.id for entry in second.walk()] == ["a"]


def test_readers_are_not_blocked_and_see_nothing_of_an_open_write(store: Store) -> None:
    entries = store.open()
    entries.append(sealed(entries.head(), "a"), entries.head())
    head, seen = entries.head(), []

    def slowly() -> Iterator[Entry]:
        for number, entry in enumerate(sealed(head, *(f"b{n}" for n in range(6000)))):
            if number == 5500:  # the first batch is written and the lock is held
                other = store.open()
                seen.append((other.head(), len(list(other.walk()))))
            yield entry

    entries.append(slowly(), head)
    assert seen == [(head, 1)]
    assert store.open().head().seq == 6001


def test_a_second_writer_waits_for_the_first(store: Store) -> None:
    entries, other = store.open(), store.open()
    head, order = entries.head(), list[str]()

    def second() -> None:
        with pytest.raises(LedgerError, match="another writer came first"):
            other.append(sealed(head, "b"), head)
        order.append("second")

    waiting = threading.Thread(target=second)

    def slowly() -> Iterator[Entry]:
        waiting.start()
        waiting.join(0.2)  # it cannot come through: the lock is held
        order.append("first" if waiting.is_alive() else "overtaken")
        yield from sealed(head, "a")

    entries.append(slowly(), head)
    waiting.join(30)
    assert order == ["first", "second"]
    assert [entry.id for entry in entries.walk()] == ["a"]


def test_the_first_openers_do_not_get_in_each_others_way(store: Store) -> None:
    heads, failed = list[Head](), list[Exception]()
    gate = threading.Barrier(6)

    def first() -> None:
        gate.wait()
        try:
            heads.append(store.open().head())
        except Exception as bad:  # noqa: BLE001 -- shown by the assert below
            failed.append(bad)

    threads = [threading.Thread(target=first) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert heads == [Head(0, GENESIS)] * 6
