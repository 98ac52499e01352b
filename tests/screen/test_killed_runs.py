"""A screening that is killed at any moment goes on where it was, and the file is the same, byte for byte."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import NOW, QUAY
from tests.nursery import Nursery, ended, opened

from vacatur.app import App

KILLS = 12
SUBJECTS = 4000

# Children of one process that has everything loaded; a timer of the kernel's ends each at its own moment, and nothing
# of Python runs after it. Parts are small, so that there are many moments between two of them.
NURSERY = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import vacatur.screen.run
vacatur.screen.run.CHUNK = 100
from vacatur.app import App
import vacatur.cli.screened, vacatur.screen.files.table, vacatur.store.sqlite, pyarrow.parquet
home, book, file = map(Path, sys.argv[1:4])
for line in sys.stdin:
    out, after = line.split()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if float(after):
            signal.setitimer(signal.ITIMER_REAL, float(after))
        app = App(home, lambda: datetime(2026, 9, 1, 12, tzinfo=UTC), book)
        from vacatur.cli.files import whole
        with whole(Path(out)) as target:
            vacatur.cli.screened.write_results(target, app.screen(file, as_of="2021-03-20"), Path(out).suffix)
        os._exit(0)
    print("killed" if os.WIFSIGNALED(os.waitpid(child, 0)[1]) else "ended", flush=True)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Customers, some of them on the list, some of whom cannot be screened."""
    rows = ["id,name,birth_date"]
    for number in range(SUBJECTS):
        name = ("Alder Marine", "Birch Telecom", "???")[number % 97] if number % 97 < 3 else f"Person {number * 7919}"
        rows.append(f"{number},{name},{'' if number % 50 else '1970-02-31'}")
    path = tmp_path / "customers.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


@pytest.fixture
def nursery(home: Path, file: Path) -> Iterator[Nursery]:
    """The process whose children screen."""
    with opened(NURSERY, home, QUAY, file) as process:
        yield process


def app(home: Path) -> App:
    return App(home, lambda: NOW, QUAY)


@pytest.mark.parametrize("form", [".parquet", ".csv", ".jsonl"])
def test_a_killed_run_goes_on_and_gives_the_same_file(nursery: Nursery, home: Path, tmp_path: Path, form: str) -> None:
    whole, torn = tmp_path / f"whole{form}", tmp_path / f"torn{form}"
    assert ended(nursery, whole, 0) == "ended"
    chance = random.Random(f"killed {form}")
    how = ""
    for _ in range(KILLS):
        how = ended(nursery, torn, 0.05 + 0.3 * chance.random())
        if how == "ended":
            break
        assert not torn.exists()
        app(home).verify()
    while how != "ended":
        how = ended(nursery, torn, 0)
    assert torn.read_bytes() == whole.read_bytes()
    (run,) = app(home).runs()
    assert run.subjects + run.rejected == SUBJECTS
    left = [path.name for path in (home / "unfinished").iterdir()]
    assert [name for name in left if not name.startswith("tmp")] == []  # what a kill tore is nobody's journal


def test_what_was_done_before_the_kill_is_not_searched_again(
    home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vacatur.screen.run.CHUNK", 500)
    searched: list[int] = []

    def stopping(done: int, _share: float) -> None:
        searched.append(done)
        if done >= SUBJECTS // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        app(home).screen(file, as_of="2021-03-20", told=stopping)
    asked = 0
    from vacatur.screen.run import Screener

    plain = Screener._part

    def counted(*given: object) -> object:
        nonlocal asked
        asked += 1
        return plain(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Screener, "_part", counted)
    results = app(home).screen(file, as_of="2021-03-20")
    parts = len(list(results.parts()))
    assert asked == parts - len(searched)
    assert results.rejected + len(results) == SUBJECTS
