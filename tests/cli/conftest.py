"""The command line as a user meets it: arguments in, standard output, standard error and an exit code out."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import NOW

from vacatur.app import App
from vacatur.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(home: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over the small book; every look at the clock is a second after the last."""
    seconds = count()
    monkeypatch.setattr(App, "at", lambda _: App(home, lambda: NOW + timedelta(seconds=next(seconds)), book))
    return invoke


@pytest.fixture
def real(shipped_home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over the book that ships."""
    monkeypatch.setenv("VACATUR_HOME", str(shipped_home))
    return invoke


def invoke(*arguments: str | Path) -> Result:
    """A command's result; an exception that is not an exit is the test's failure, as it would be a user's traceback."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(result: Result, *words: str) -> None:
    """Holds a result to what bad input must give: an error on standard error that says these words, and exit code 2."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith(("Error: ", "Usage: "))
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr
