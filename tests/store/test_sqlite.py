"""The default store's file: odd places, files that are no ledger, and places that may not be written to."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import NOW, QUAY

from vacatur.app import App
from vacatur.cli import main
from vacatur.errors import LedgerError, Tampered

NOBODY = 65534


def asked(home: Path, book: Path = QUAY) -> str:
    return App(home, lambda: NOW, book).ask("alder", "buy", as_of="2021-03-20").answer


@contextmanager
def without_power() -> Iterator[None]:
    """As a user whom permissions bind: root is bound by none."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shut(home: Path, book: Path) -> Iterator[Path]:
    """A filled data directory that may be read and not written to, in a place that its reader can reach."""
    assert asked(home, book) == "permitted"
    App(home, lambda: NOW, book).screen(["Alder"])  # whatever is imported late is imported by now
    within = [parent for parent in home.parents if parent.stat().st_uid == os.geteuid() and len(parent.parts) > 2]
    modes = {path: path.stat().st_mode for path in [home, *within, *home.rglob("*"), *book.rglob("*")]}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield home
    for path, mode in modes.items():
        path.chmod(mode)


@pytest.mark.parametrize("name", ["a b", "50%", "a?b=c", "a#b", "ü 小米", "'quoted'", "a;b&c"])
def test_a_data_directory_may_have_any_name(name: str, tmp_path: Path) -> None:
    assert asked(tmp_path / name) == "permitted"
    assert asked(tmp_path / name) == "permitted"  # from the cache, by the other way into the file
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "ledger.db").stat().st_size > 0


@pytest.mark.parametrize(
    "content", [b"garbage", b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096, b"<html></html>" * 999]
)
def test_a_file_that_is_no_ledger_is_refused_and_left_alone(content: bytes, home: Path) -> None:
    home.mkdir()
    (home / "ledger.db").write_bytes(content)
    with pytest.raises(LedgerError, match=r"cannot be opened.*move a damaged file aside") as raised:
        asked(home)
    assert raised.value.where == str(home / "ledger.db")
    assert (home / "ledger.db").read_bytes() == content
    ran = CliRunner().invoke(main, ["--home", str(home), "ask", "xiaomi", "buy"])
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"Error: {home / 'ledger.db'}: the ledger cannot be opened: ")


def test_a_ledger_cut_short_is_an_error_of_one_kind(home: Path) -> None:
    asked(home)
    file = home / "ledger.db"
    whole = file.read_bytes()
    for kept in range(4096, len(whole) - 1, 4096):
        file.write_bytes(whole[:kept])
        with pytest.raises(LedgerError):
            App(home, lambda: NOW, QUAY).verify()


def test_text_that_is_no_unicode_is_named(home: Path) -> None:
    app = App(home, lambda: NOW, QUAY)
    app.ask("alder", "buy")
    with closing(sqlite3.connect(home / "ledger.db")) as connection, connection:
        connection.execute("update entries set body = cast(x'ff7b' as text) where seq = 9")
    with pytest.raises(Tampered, match="entry 9 "):
        app.verify()


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(LedgerError, match="cannot be opened"):
        asked(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_filled_home_that_may_only_be_read_still_answers(shut: Path, book: Path) -> None:
    with without_power():
        assert not os.access(shut, os.W_OK, effective_ids=True)
        assert asked(shut, book) == "permitted"


def test_recording_in_a_home_that_may_only_be_read_is_refused(shut: Path, book: Path) -> None:
    with without_power(), pytest.raises(LedgerError, match=r"read-only|readonly|unable to open"):
        App(shut, lambda: NOW, book).screen(["Alder Marine Corporation"])


def test_a_home_that_may_not_be_made_or_entered_is_refused(shut: Path, book: Path) -> None:
    with without_power(), pytest.raises(LedgerError, match="cannot be opened"):
        asked(shut / "new", book)
    shut.chmod(0)
    with without_power(), pytest.raises(LedgerError, match="cannot be opened"):
        asked(shut, book)


def test_entries_still_in_the_write_ahead_log_are_seen(home: Path) -> None:
    asked(home)
    with closing(sqlite3.connect(home / "ledger.db")) as reader:  # an open reader keeps the log from being folded in
        reader.execute("begin")
        reader.execute("select count(*) from entries").fetchone()
        (_, decision), *_ = App(home, lambda: NOW, QUAY).screen(["Alder Marine Corporation"])
        assert (home / "ledger.db-wal").stat().st_size > 0
        assert decision is not None
        assert App(home, lambda: NOW, QUAY).decision(decision).id == decision
