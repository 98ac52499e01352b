"""Whoever changes the ledger past vacatur is found out, and the entry is named."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import NOW, QUAY
from tests.store.conftest import Store

from vacatur.app import App
from vacatur.errors import LedgerError, Tampered
from vacatur.ledger.chain import seal

DELIST = "quay/fir/2022-06-01-delist"


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Callable[[], App]:
    """Makes the app on a store that has taken in the small book; each call is another process's."""
    database = store.address if store.kind == "postgres" else None
    home = tmp_path / "home"

    def made() -> App:
        return App(home, lambda: NOW, QUAY, database=database)

    made().ask("alder", "buy")
    return made


def seq_of(app: App, record_id: str) -> int:
    return next(entry.seq for entry in app.entries.walk() if entry.id == record_id)


def test_a_ledger_nobody_touched_holds(app: Callable[[], App]) -> None:
    assert app().verify() == app().entries.head()


@pytest.mark.parametrize("statement", [
    "update entries set body = replace(cast(body as text), '2022-06-01', '2023-06-01') where id = :id",
    "update entries set id = 'quay/fir/2022-06-02-delist' where id = :id",
    "update entries set rev = 2 where id = :id",
    "update entries set origin = 'user' where id = :id",
    "update entries set recorded = '2020-01-01T00:00:00+00:00' where id = :id",
    "update entries set type = 'document' where id = :id",
])  # fmt: skip
def test_a_changed_act_is_named(statement: str, app: Callable[[], App], store: Store) -> None:
    if store.kind == "postgres":
        statement = statement.replace(
            "replace(cast(body as text), '2022-06-01', '2023-06-01')",
            "convert_to(replace(convert_from(body, 'UTF8'), '2022-06-01', '2023-06-01'), 'UTF8')",
        )
    seq = seq_of(app(), DELIST)
    store.tamper(statement, id=DELIST)
    with pytest.raises(Tampered, match=f"entry {seq} ") as raised:
        app().verify()
    assert raised.value.seq == seq
    assert "quay/fir/2022-06" in raised.value.record


def test_a_changed_act_that_is_sealed_anew_gives_itself_away_in_the_next(app: Callable[[], App], store: Store) -> None:
    entry = next(entry for entry in app().entries.walk() if entry.id == DELIST)
    forged = entry.body.replace(b"2022-06-01", b"2023-06-01")
    resealed = seal(replace(entry, body=forged))
    store.tamper("update entries set body = :body, hash = :hash where id = :id", body=forged, hash=resealed, id=DELIST)
    with pytest.raises(Tampered) as raised:
        app().verify()
    assert raised.value.seq == entry.seq + 1


def test_an_act_taken_out_is_missed(app: Callable[[], App], store: Store) -> None:
    seq = seq_of(app(), DELIST)
    store.tamper("delete from entries where id = :id", id=DELIST)
    with pytest.raises(Tampered, match=f"entry {seq} .gone; the next is {seq + 1}"):
        app().verify()


def test_an_act_taken_out_with_the_gap_closed_is_found(app: Callable[[], App], store: Store) -> None:
    seq = seq_of(app(), DELIST)
    store.tamper(
        "delete from entries where id = :id", "update entries set seq = -seq where seq > :seq",
        "update entries set seq = -seq - 1 where seq < 0", id=DELIST, seq=seq,
    )  # fmt: skip
    with pytest.raises(Tampered) as raised:
        app().verify()
    assert raised.value.seq == seq


def test_an_act_put_in_is_found(app: Callable[[], App], store: Store) -> None:
    seq = app().entries.head().seq
    store.tamper(
        "insert into entries select seq + 1, type, :id, 1, origin, recorded, body, hash, hash from entries"
        " where seq = :seq",
        seq=seq,
        id="quay/maple/2021-01-14-designate",
    )
    with pytest.raises(Tampered, match="quay/maple/2021-01-14-designate"):
        app().verify()


def test_two_acts_in_each_others_place_are_found(app: Callable[[], App], store: Store) -> None:
    seq = seq_of(app(), DELIST)
    store.tamper(
        "update entries set seq = -1 where seq = :seq", "update entries set seq = :seq where seq = :seq + 1",
        "update entries set seq = :seq + 1 where seq = -1", seq=seq,
    )  # fmt: skip
    with pytest.raises(Tampered) as raised:
        app().verify()
    assert raised.value.seq == seq


def test_bytes_that_are_no_record_are_named(app: Callable[[], App], store: Store, tmp_path: Path) -> None:
    seq = seq_of(app(), DELIST)
    store.tamper("update entries set body = :body where id = :id", body=b"{not a record", id=DELIST)
    for cached in (tmp_path / "home" / "cache").iterdir():
        cached.unlink()
    with pytest.raises(Tampered, match=f"entry {seq} "):
        app().ask("fir", "buy")


def test_a_record_of_another_version_is_not_called_tampered_with(app: Callable[[], App], store: Store) -> None:
    entry = next(entry for entry in app().entries.walk() if entry.id == DELIST)
    body = b'{"from":"later"}'
    sealed = seal(replace(entry, body=body))
    store.tamper("update entries set body = :body, hash = :hash where id = :id", body=body, hash=sealed, id=DELIST)
    with pytest.raises(LedgerError, match="another version of vacatur wrote it") as raised:
        app().records(entry.seq)
    assert not isinstance(raised.value, Tampered)
