"""The data directory: archived documents, and a cache that is believed only when it is the ledger's own."""

import hashlib
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.conftest import NOW

from vacatur.app import App
from vacatur.errors import LedgerError
from vacatur.ledger.chain import Head
from vacatur.match.index import Index
from vacatur.store.home import KEPT, Home


def app(home: Path, book: Path) -> App:
    return App(home, lambda: NOW, book)


def answer(home: Path, book: Path) -> str:
    return app(home, book).ask("birch", "buy", as_of="2021-03-20").answer


@pytest.fixture
def filled(home: Path, book: Path) -> Path:
    """A data directory that has answered once; gives the file of its cached records."""
    assert answer(home, book) == "prohibited"
    (cached,) = (home / "cache").glob("*.law")
    return cached


def kinds(home: Path) -> list[str]:
    """What kinds of files are in the cache, how often."""
    return sorted(path.suffix or path.name for path in (home / "cache").iterdir())


def revise(book: Path, name: str) -> None:
    """A book that calls Elm otherwise: another basis."""
    parties = book / "parties" / "trees.yaml"
    text = parties.read_text("utf-8")
    old = text.split("id: elm", 1)[1].split("text: ", 1)[1].split(",", 1)[0]
    parties.write_text(text.replace(old, name), "utf-8")


def test_a_second_question_is_answered_from_the_cache(filled: Path, home: Path, book: Path) -> None:
    shelf = msgspec.msgpack.decode(zlib.decompress(filled.read_bytes()))
    for act in shelf["acts"]:
        act["target"] = act["target"].replace("birch@quay", "maple@quay")
    filled.write_bytes(zlib.compress(msgspec.msgpack.encode(shelf)))
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
    (foreign,) = (tmp_path / "other" / "cache").glob("*.law")
    filled.write_bytes(foreign.read_bytes())
    changed.write_text(changed.read_text("utf-8").replace("party: maple,", "party: birch,"))
    assert answer(home, book) == "prohibited"


def test_a_cache_is_stale_when_the_book_changes(filled: Path, home: Path, book: Path) -> None:
    rules = book / "programmes" / "quay.yaml"
    rules.write_text(rules.read_text("utf-8").replace("listed + 60d", "listed + 90d"), "utf-8")
    assert answer(home, book) == "permitted"
    assert kinds(home) == [".law", ".law", "book"], "the law of an earlier basis is at hand for its runs"


def test_the_law_of_the_last_few_bases_is_kept_and_no_more(filled: Path, home: Path, book: Path) -> None:
    for number in range(KEPT + 2):
        if filled.exists():
            os.utime(filled, (0, 0))
        revise(book, f"Elm {number}")
        assert screened(app(home, book)) == ["birch", "alder"]
    assert kinds(home) == [".index"] * KEPT + [".law"] * KEPT + ["book"]
    assert not filled.exists()


def test_a_remembered_book_of_another_basis_is_taken_in_again(filled: Path, home: Path, book: Path) -> None:
    remembered = home / "cache" / "book"
    assert remembered.read_text().startswith(Home(home).peek().hash)  # type: ignore[union-attr]
    for content in (b"", b"garbage", b"\xff" * 9, remembered.read_bytes()[::-1]):
        remembered.write_bytes(content)
        assert answer(home, book) == "prohibited"
        assert remembered.read_text().startswith(Home(home).peek().hash)  # type: ignore[union-attr]
    assert app(home, book).verify() == app(home, book).entries.head()


def test_a_basis_that_is_asked_for_again_comes_from_the_cache(
    filled: Path, home: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((_, decision),) = app(home, book).screen(["Elm Energy"])
    revise(book, "Elm Power")
    later = app(home, book)
    assert later.records().basis.hash[:32] not in filled.name
    monkeypatch.setattr("vacatur.wiring.held.see", lambda *_: pytest.fail("the records are read from the chain"))
    assert later.replay(str(decision)) == later.decision(str(decision)).result


def test_a_cache_that_cannot_be_written_is_no_failure(home: Path, book: Path) -> None:
    home.mkdir()
    (home / "cache").write_text("a file where the directory should be")
    assert answer(home, book) == "prohibited"


def test_the_cache_may_be_deleted_at_any_time(filled: Path, home: Path, book: Path) -> None:
    shutil.rmtree(filled.parent)
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
    name = Home(home).archive.keep(b"the order")
    assert name == hashlib.sha256(b"the order").hexdigest()
    assert Home(home).archive.keep(b"the order") == name
    assert Home(home).read(name) == b"the order"
    assert [path.name for path in (home / "documents").rglob("*") if path.is_file()] == [name]


def test_a_document_that_cannot_be_kept_is_an_error(home: Path) -> None:
    home.mkdir()
    (home / "documents").write_text("in the way")
    with pytest.raises(LedgerError, match="cannot be archived"):
        Home(home).archive.keep(b"the order")


def test_a_cache_names_its_basis(filled: Path) -> None:
    shelf = msgspec.msgpack.decode(zlib.decompress(filled.read_bytes()))
    assert filled.name.startswith(Head(shelf["basis_seq"], shelf["basis_hash"]).hash[:24])


# -- the index of names, kept beside the records


def screened(app_: App) -> list[str]:
    return [one.hits[0]["party"] for one, _ in app_.screen(["Birch Telecom Ltd", "KYQUAY000016"], record=False)]


@pytest.fixture
def kept(home: Path, book: Path) -> Path:
    """A data directory that has screened once; gives its kept index."""
    assert screened(app(home, book)) == ["birch", "alder"]
    (found,) = (home / "cache").glob("*.index")
    return found


def test_the_index_of_names_is_kept_and_used_again(
    kept: Path, home: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("vacatur.store.home.index_of")
    assert screened(app(home, book)) == ["birch", "alder"]


@pytest.mark.parametrize("damage", [
    lambda whole: b"", lambda whole: b"garbage", lambda whole: whole[:-64], lambda whole: b"\xff" * len(whole),
    lambda whole: whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:],
], ids=["empty", "foreign", "cut short", "overwritten", "one bit"])  # fmt: skip
def test_a_damaged_index_is_made_again_and_that_is_logged(
    damage: Callable[[bytes], bytes], kept: Path, home: Path, book: Path,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    whole = kept.read_bytes()
    kept.write_bytes(damage(whole))
    with caplog.at_level("INFO"):
        assert screened(app(home, book)) == ["birch", "alder"]
    assert "it is made again" in caplog.text
    assert kept.read_bytes() == whole
    assert capfd.readouterr() == ("", "")


def test_an_index_of_another_ledger_is_not_used(kept: Path, home: Path, book: Path) -> None:
    whole = kept.read_bytes()
    Index.build(["nobody"], ["Birch Telecom Ltd"], "organisation").write(kept)
    assert screened(app(home, book)) == ["birch", "alder"]
    assert kept.read_bytes() == whole


def test_the_index_of_a_ledger_that_moved_on_is_used_for_its_runs(
    kept: Path, home: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((_, decision),) = app(home, book).screen(["Elm Energy"])
    revise(book, "Elm Power")
    assert screened(app(home, book)) == ["birch", "alder"]
    assert kept.exists()
    assert kinds(home) == [".index", ".index", ".law", ".law", "book"]
    monkeypatch.delattr("vacatur.store.home.index_of")
    assert app(home, book).replay(str(decision))


def test_an_earlier_basis_does_not_take_the_place_of_the_present_one(kept: Path, home: Path, book: Path) -> None:
    before = app(home, book)
    (decision,) = [made for _, made in before.screen(["Elm Energy"]) if made]
    revise(book, "Elm Power")
    later = app(home, book)
    assert screened(later) == ["birch", "alder"]
    kept.unlink()
    present = list((home / "cache").glob("*.index"))
    assert later.replay(decision)
    assert list((home / "cache").glob("*.index")) == present


def test_an_index_that_cannot_be_kept_is_no_failure(home: Path, book: Path) -> None:
    home.mkdir()
    (home / "cache").write_text("a file where the directory should be")
    assert screened(app(home, book)) == ["birch", "alder"]


def test_processes_that_begin_at_once_find_the_same_and_leave_one_index(filled: Path, home: Path, book: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from vacatur.app import App\n"
        "app = App(Path(sys.argv[1]), book=Path(sys.argv[2]))\n"
        "print(app.screen(['Birch Telecom Ltd'], record=False)[0][0].hits[0]['party'])"
    )
    command = [sys.executable, "-c", code, str(home), str(book)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
    assert [process.communicate() for process in started] == [(b"birch\n", b"")] * 6
    assert kinds(home) == [".index", ".law", "book"]
