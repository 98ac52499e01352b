"""An import that is killed at any moment leaves a ledger that holds all of an edition or none of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import NOW, QUAY
from tests.intake.dock import DOCK, edition
from tests.nursery import Nursery, ended, opened

from vacatur.app import App
from vacatur.intake import registry

KILLS = 50
EDITIONS = 8

# Children of one process that has everything loaded; a timer of the kernel's ends each at its own moment, and nothing
# of Python runs after it.
NURSERY = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from tests.intake.dock import DOCK
from vacatur.app import App
from vacatur.intake import registry
import vacatur.intake.desk, vacatur.intake.take, vacatur.store.sqlite
registry.SOURCES["dock"] = DOCK
home, book, folder = map(Path, sys.argv[1:4])
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if float(line):
            signal.setitimer(signal.ITIMER_REAL, float(line))
        app = App(home, lambda: datetime(2026, 9, 1, 12, tzinfo=UTC), book)
        for outcome in app.take("dock", sorted(folder.glob("*.csv"))):
            pass
        os._exit(0)
    print("killed" if os.WIFSIGNALED(os.waitpid(child, 0)[1]) else "ended", flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Editions of a list of which each changes a little."""
    files = tmp_path / "editions"
    files.mkdir()
    for number in range(EDITIONS):
        rows = [f"{key},person,PERSON Number {key * 7919}" for key in range(number, number + 300)]
        edition(files, f"2021-03-{number + 1:02}", *rows)
    return files


@pytest.fixture
def nursery(home: Path, folder: Path) -> Iterator[Nursery]:
    """The process whose children import."""
    with opened(NURSERY, home, QUAY, folder) as process:
        yield process


def test_a_killed_import_leaves_whole_editions_and_the_next_one_completes_it(
    nursery: Nursery, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.SOURCES, "dock", DOCK)
    chance, ends = random.Random(1914), []
    for number in range(KILLS):
        ends.append(ended(nursery, chance.uniform(0.001, 0.02 + 0.006 * number)))
        app = App(home, lambda: NOW, QUAY)
        app.verify()
        held = app.records().editions
        for one in held:
            (file,) = app.source_files("quay", as_of=one.published)
            assert file.content == (folder / f"{one.published}.csv").read_bytes()
            listed = [entry for entry in app.roster("quay", as_of=one.published) if entry.party.startswith("dock")]
            assert len(listed) == one.entries
    assert ends.count("killed") > KILLS // 4
    assert ended(nursery, 0) == "ended"
    assert len(App(home, lambda: NOW, QUAY).records().editions) == EDITIONS
