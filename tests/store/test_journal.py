"""The journal of a run: what was done is not done again, whatever stood in the way of the rest."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW, QUAY

from vacatur.app import App
from vacatur.errors import LedgerError
from vacatur.model.run import Part
from vacatur.screen.subject import Subject, from_list
from vacatur.store.home import Home
from vacatur.store.journal import Begun, Journal
from vacatur.wiring.screening import Source

BEGUN = Begun((NOW, NOW, NOW), NOW.isoformat())
LATER = Begun((NOW.replace(hour=20),) * 3, "later")
PARTS = [Part(sha256=letter * 64, subjects=2, hits=number) for number, letter in enumerate("abc")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "unfinished" / "question"


def written(path: Path, parts: int = 3) -> bytes:
    """A journal that was left unfinished; gives its bytes."""
    journal = Journal(path)
    assert journal.begin(BEGUN) == (BEGUN, [])
    for place, part in enumerate(PARTS[:parts]):
        journal.done(place, part)
    return path.read_bytes()


def left(path: Path) -> tuple[Begun, list[Part]]:
    """What a second attempt finds."""
    return Journal(path).begin(LATER)


def test_a_second_attempt_goes_on_by_the_clocks_of_the_first(path: Path) -> None:
    written(path)
    assert left(path) == (BEGUN, PARTS)
    assert left(path) == (BEGUN, PARTS), "looking changes nothing"


def test_a_finished_journal_is_gone_and_may_be_gone_already(path: Path) -> None:
    written(path)
    for _ in range(2):
        journal = Journal(path)
        journal.begin(LATER)
        path.unlink()
        journal.finish()
        assert not path.exists()
    assert left(path) == (LATER, [])


def test_what_is_done_after_another_has_finished_leaves_no_journal(path: Path) -> None:
    journal = Journal(path)
    journal.begin(BEGUN)
    Journal(path).finish()
    journal.done(0, PARTS[0])
    assert not path.exists()


def test_a_line_that_was_torn_is_done_again_and_does_not_run_into_the_next(path: Path) -> None:
    whole = written(path)
    lines = whole.splitlines(keepends=True)
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        complete = whole[:end].count(b"\n")
        wanted = (BEGUN, PARTS[: complete - 1]) if complete else (LATER, [])
        assert left(path) == wanted, end
        journal = Journal(path)
        journal.begin(LATER)
        journal.done(len(wanted[1]), PARTS[0])
        assert left(path)[1] == [*wanted[1], PARTS[0]]
    assert len(lines) == 4


@pytest.mark.parametrize("first", [
    b"", b"garbage", b"{}", b"null", b"\xff\xfe", b'{"view":["x","y","z"],"at":""}', b'{"view":["2021-01-01T00:00:00"',
    b'{"view":["2021-01-01T00:00:00","2021-01-01T00:00:00","2021-01-01T00:00:00"],"at":""}', b"[" * 100_000,
])  # fmt: skip
def test_a_journal_that_does_not_say_how_it_was_begun_is_begun_anew(first: bytes, path: Path) -> None:
    whole = written(path)
    path.write_bytes(first + b"\n" + whole.partition(b"\n")[2])
    assert left(path) == (LATER, [])


@pytest.mark.parametrize("bad", [b"garbage", b"{}", b'{"place":1}', b"\xff", b'{"place":1,"part":{"sha256":7}}', b""])
def test_a_line_in_the_midst_that_is_none_ends_what_is_done(bad: bytes, path: Path) -> None:
    lines = written(path).splitlines()
    path.write_bytes(b"\n".join([*lines[:2], bad, *lines[2:], b""]))
    assert left(path) == (BEGUN, PARTS[:1])


def test_two_that_screen_the_same_at_once_may_write_between_each_others_lines(path: Path) -> None:
    one, other = Journal(path), Journal(path)
    one.begin(BEGUN)
    other.begin(LATER)
    for place, part in enumerate(PARTS):
        one.done(place, part)
        other.done(place, part)
    assert left(path) == (BEGUN, PARTS)


def test_parts_after_one_that_is_missing_are_not_taken_for_it(path: Path) -> None:
    lines = written(path).splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1] + lines[3])
    assert left(path) == (BEGUN, PARTS[:1])


def test_a_journal_that_cannot_be_written_is_an_error(path: Path) -> None:
    path.mkdir(parents=True)
    for write in (lambda: Journal(path).begin(BEGUN), lambda: Journal(path).done(0, PARTS[0])):
        with pytest.raises(LedgerError, match="journal cannot be written"):
            write()


# -- a run that is killed


class Desk(App):
    """An app whose subjects come with columns, as those of a file do; `fails_at` is the row at which it stops."""

    fails_at = 0
    read: list[int]

    def _source(self, given: Any, mapping: Any, reading: Any) -> Source:
        self.read = []

        def subjects() -> Iterator[Subject]:
            for one in from_list(given):
                if one.row == self.fails_at:
                    raise KeyboardInterrupt
                self.read.append(one.row)
                yield one

        said = tuple(reading.items())
        return Source("customers.csv", "0" * 64, (("name", "Kunde"),), said, subjects(), [], lambda: 0.5, lambda: None)


NAMES = [name for number in range(4) for name in ("Alder Marine", "Nobody At All", f"Elm Energy {number}")]


@pytest.fixture
def chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two subjects."""
    monkeypatch.setattr("vacatur.screen.run.CHUNK", 2)


def desk(home: Path, fails_at: int = 0, now: datetime = NOW) -> Desk:
    made = Desk(home, lambda: now, QUAY)
    made.fails_at = fails_at
    return made


def unfinished(home: Path) -> list[Path]:
    return sorted((home / "unfinished").glob("*")) if (home / "unfinished").exists() else []


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the subjects of the parts that are searched."""
    from vacatur.screen.run import Screener

    made: list[int] = []
    named = Screener.named

    def counting(self: Screener, queries: Any, index: Any) -> Any:
        made.append(len(queries))
        return named(self, queries, index)

    monkeypatch.setattr(Screener, "named", counting)
    return made


@pytest.mark.usefixtures("chunks")
def test_a_killed_run_goes_on_where_it_was_and_finds_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = desk(tmp_path / "other").screen(NAMES).run
    with pytest.raises(KeyboardInterrupt):
        desk(home, fails_at=8).screen(NAMES)
    assert len(unfinished(home)) == 1
    assert desk(home).runs() == []
    screened = counted(monkeypatch)
    run = desk(home, now=NOW.replace(hour=23)).screen(NAMES).run
    assert screened == [2, 2, 2, 2], "two of six parts were done, a third was begun"
    assert whole is not None
    assert run == whole
    assert unfinished(home) == []


@pytest.mark.usefixtures("chunks")
@pytest.mark.parametrize("change", ["threshold", "clock", "reading", "day", "good guy", "chunk"])
def test_another_question_begins_anew(change: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = f"{desk(home).screen(['Elm Energy']).run.id}.1"  # type: ignore[union-attr]
    with pytest.raises(KeyboardInterrupt):
        desk(home, fails_at=8).screen(NAMES, as_of="2021-03-20")
    screened = counted(monkeypatch)
    asked: dict[str, Any] = {"as_of": "2021-03-20"}
    now = NOW
    if change == "threshold":
        asked["threshold"] = 0.8
    elif change == "clock":
        asked["as_of"] = "2021-03-21"
    elif change == "reading":
        asked["reading"] = {"dates": "dmy"}
    elif change == "day":
        now = NOW.replace(day=2)
    elif change == "chunk":
        monkeypatch.setattr("vacatur.screen.run.CHUNK", 3)
    else:
        desk(home).decide(earlier, "false positive", by="A. Lee", reason="x", remember=True)
    run = desk(home, now=now).screen(NAMES, **asked).run
    assert sum(screened) == len(NAMES)
    assert run is not None
    assert run.subjects == len(NAMES)


@pytest.mark.usefixtures("chunks")
def test_what_the_archive_lost_is_screened_again(home: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        desk(home, fails_at=8).screen(NAMES)
    done = Journal(unfinished(home)[0]).begin(BEGUN)[1]
    assert len(done) == 2
    lost = next((home / "documents").rglob(done[1].sha256))
    lost.unlink()
    with pytest.raises(KeyboardInterrupt):
        desk(home, fails_at=12).screen(NAMES)
    app = desk(home)
    run = app.screen(NAMES).run
    assert run is not None
    assert app.replay(run.id).startswith("12 subjects")
    assert lost.exists()


def test_two_ways_of_reading_one_file_are_two_runs(home: Path) -> None:
    first, second = (desk(home).screen(NAMES, reading=way).run for way in ({"sheet": "A"}, {"sheet": "B"}))
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert (first.reading, second.reading) == ((("sheet", "A"),), (("sheet", "B"),))


CHILD = """
import os, signal, sys
from pathlib import Path
import vacatur.screen.run
vacatur.screen.run.CHUNK = 2
from tests.store.test_journal import NAMES, desk
def told(done, share):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
desk(Path(sys.argv[1])).screen(NAMES, told=told)
"""


@pytest.mark.usefixtures("chunks")
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_process_that_was_killed_outright_left_what_it_had_done(home: Path, tmp_path: Path) -> None:
    whole = desk(tmp_path / "other").screen(NAMES).run
    for done in (4, 10, 10):
        command = [sys.executable, "-c", CHILD, str(home), str(done)]
        child = subprocess.run(command, check=False, capture_output=True, env={**os.environ, "PYTHONWARNINGS": "error"})
        assert child.returncode == -signal.SIGKILL, child.stderr
        begun, parts = Journal(unfinished(home)[0]).begin(BEGUN)
        assert (len(parts), begun.view[0].astimezone(UTC)) == (done // 2, NOW)
    assert desk(home).screen(NAMES).run == whole


def test_the_journal_of_a_question_lies_in_the_data_directory(home: Path) -> None:
    Home(home).journal("question").begin(BEGUN)
    assert (home / "unfinished" / "question").exists()
