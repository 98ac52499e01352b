"""The book that ships: no problem in its records, and every one of its cases holds, each by its own name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from _pytest.mark import ParameterSet

from vacatur.app import BOOK, App
from vacatur.ledger.fields import Problem


def written() -> Iterator[ParameterSet]:
    """Every case of the book: its file and the lines on which it stands."""
    for path in sorted((BOOK / "cases").rglob("*.y*ml")):
        top = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        assert isinstance(top, yaml.MappingNode)
        for case in top.value[0][1].value:
            title = next(value.value for key, value in case.value if key.value == "title")
            lines = range(case.start_mark.line + 1, case.end_mark.line + 2)
            yield pytest.param(str(path.relative_to(BOOK)), lines, id=f"{path.stem}: {title}")


WRITTEN = list(written())


@pytest.fixture(scope="session")
def checked(shipped_home: Path) -> tuple[int, list[Problem]]:
    return App(shipped_home).check()


@pytest.mark.parametrize(("file", "lines"), WRITTEN)
def test_case(file: str, lines: range, checked: tuple[int, list[Problem]]) -> None:
    said = [problem.what for problem in checked[1] if problem.file == file and problem.line in lines]
    assert not said, "\n".join(said)


def test_the_book_has_no_problem(checked: tuple[int, list[Problem]]) -> None:
    assert [str(problem) for problem in checked[1]] == []


def test_every_case_was_run(checked: tuple[int, list[Problem]]) -> None:
    assert checked[0] == len(WRITTEN)


def test_every_file_of_the_book_is_read() -> None:
    known = {"programmes", "acts", "parties", "cases"}
    strays = [p for p in BOOK.rglob("*") if p.is_file() and p.suffix not in (".yaml", ".yml")]
    assert not [str(p.relative_to(BOOK)) for p in strays if "__pycache__" not in p.parts]
    assert {path.name for path in BOOK.iterdir() if path.is_dir()} - {"__pycache__"} == known
