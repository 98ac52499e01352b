"""How every test runs, and the ledgers they run on: a small invented law, and the book that ships."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from vacatur.app import BOOK, App

# The same examples on every run, so that a red build means a change and not a draw, and no deadline, because
# a busy machine is not a failure. To search for new examples: pytest --hypothesis-profile=search.
settings.register_profile("house", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("house")

QUAY = Path(__file__).parent / "quay"
"""The Quay Authority's list: what tests say of it does not change when real law is added to the book."""

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the ledger of whoever runs it."""
    monkeypatch.setenv("VACATUR_HOME", str(tmp_path / "nobody"))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the small book, to be changed at will."""
    return Path(shutil.copytree(QUAY, tmp_path / "book"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data directory that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def quay(home: Path, book: Path) -> App:
    """The app over the small book, on a day that stands still."""
    return App(home, lambda: NOW, book)


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the book that ships, its ledger built once; tests only ask of it."""
    home = tmp_path_factory.mktemp("shipped") / "home"
    App(home, lambda: NOW, BOOK).records()
    return home


@pytest.fixture
def shipped(shipped_home: Path) -> App:
    """The app over the book that ships."""
    return App(shipped_home, lambda: NOW, BOOK)
