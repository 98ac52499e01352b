"""The data directory: archived documents, and a cache that is believed only when it is the ledger's own."""

import hashlib
from pathlib import Path

import msgspec
import pytest
from tests.conftest import NOW

from vacatur.app import App
from vacatur.errors import LedgerError
from vacatur.ledger.chain import Head
from vacatur.store.home import Home


def app(home: Path, book: Path) -> App:
    return App(home, lambda: NOW, book)


def answer(home: Path, book: Path) -> str:
    return app(home, book).ask("birch", "buy", as_of="2021-03-20").answer


@pytest.fixture
def filled(home: Path, book: Path) -> Path:
    """A data directory that has answered once; gives its cache file."""
    assert answer(home, book) == "prohibited"
    (cached,) = (home / "cache").iterdir()
    return cached


def test_a_second_question_is_answered_from_the_cache(filled: Path, home: Path, book: Path) -> None:
    shelf = msgspec.msgpack.decode(filled.read_bytes())
    for act in shelf["acts"]:
        act["target"] = act["target"].replace("birch@quay", "maple@quay")
    filled.write_bytes(msgspec.msgpack.encode(shelf))
    assert app(home, book).ask("birch", "buy", as_of="2021-03-20").law.rows == ()


@pytest.mark.parametrize("content", [b"", b"garbage", b"\x80", b"\x81\xa1a\x01", b"\xff" * 1000])
def test_a_corrupt_cache_is_not_used(content: bytes, filled: Path, home: Path, book: Path) -> None:
    filled.write_bytes(content)
    assert answer(home, book) == "prohibited"
    assert len(filled.read_bytes()) > len(content)


def test_a_cache_of_another_ledger_is_not_used(filled: Path, home: Path, book: Path, tmp_path: Path) -> None:
    changed = book / "acts" / "quay.yaml"
    changed.write_text(
        changed.read_text("utf-8").replace("party: birch,", "party: maple,").replace("/birch/", "/maple/")
    )
    assert answer(tmp_path / "other", book) == "permitted"
    (foreign,) = (tmp_path / "other" / "cache").iterdir()
    filled.write_bytes(foreign.read_bytes())
    changed.write_text(changed.read_text("utf-8").replace("party: maple,", "party: birch,"))
    assert answer(home, book) == "prohibited"


def test_a_cache_is_stale_when_the_book_changes(filled: Path, home: Path, book: Path) -> None:
    rules = book / "programmes" / "quay.yaml"
    rules.write_text(rules.read_text("utf-8").replace("listed + 60d", "listed + 90d"), "utf-8")
    assert answer(home, book) == "permitted"
    assert not filled.exists()


def test_a_cache_that_cannot_be_written_is_no_failure(home: Path, book: Path) -> None:
    home.mkdir()
    (home / "cache").write_text("a file where the directory should be")
    assert answer(home, book) == "prohibited"


def test_the_cache_may_be_deleted_at_any_time(filled: Path, home: Path, book: Path) -> None:
    filled.unlink()
    filled.parent.rmdir()
    assert answer(home, book) == "prohibited"
    assert filled.exists()


def test_peeking_finds_the_basis_without_the_decisions(filled: Path, home: Path, book: Path) -> None:
    basis = Home(home).peek()
    app(home, book).screen(["Birch"])
    assert Home(home).peek() == basis == app(home, book).entries.basis()
    assert app(home, book).entries.head() != basis


def test_there_is_nothing_to_peek_at_before_the_first_use(home: Path) -> None:
    assert Home(home).peek() is None
    assert not home.exists()


def test_a_document_is_kept_once_under_its_content(home: Path) -> None:
    name = Home(home).archive(b"the order")
    assert name == hashlib.sha256(b"the order").hexdigest()
    assert Home(home).archive(b"the order") == name
    assert Home(home).document(name).read_bytes() == b"the order"
    assert [path for path in (home / "documents").rglob("*") if path.is_file()] == [Home(home).document(name)]


def test_a_document_that_cannot_be_kept_is_an_error(home: Path) -> None:
    home.mkdir()
    (home / "documents").write_text("in the way")
    with pytest.raises(LedgerError, match="cannot be archived"):
        Home(home).archive(b"the order")


def test_a_cache_names_its_basis(filled: Path) -> None:
    shelf = msgspec.msgpack.decode(filled.read_bytes())
    assert filled.name.startswith(Head(shelf["basis_seq"], shelf["basis_hash"]).hash[:24])
