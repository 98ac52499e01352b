"""Files that nobody should write: each is refused in a line, at once, and takes no other file with it."""

from pathlib import Path

import pytest

from vacatur.app import App
from vacatur.ledger.fields import MOST_BYTES, Problem, read_yaml

LAUGHS = "a0: &a0 [ha,ha,ha,ha,ha,ha,ha,ha,ha]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
)
BAD = {
    "empty": (b"", 1, "not a mapping"),
    "only a comment": (b"# nothing\n", 1, "not a mapping"),
    "a list": (b"- acts\n", 1, "not a mapping"),
    "too large": (b"#" * (MOST_BYTES + 1), 1, "larger than"),
    "Latin-1": ("parties:\n  - id: caf\u00e9\n".encode("latin-1"), 2, "byte 20 is not UTF-8"),
    "UTF-16": ("parties: []\n".encode("utf-16"), 1, "byte 0 is not UTF-8"),
    "a billion laughs": (LAUGHS.encode(), 1, "beyond reading"),
    "a value that holds itself": (b"acts: &a [*a]\n", 1, "beyond reading"),
    "a hundred thousand brackets": (b"acts: " + b"[" * 100_000, 1, "nested deeper"),
    "a hundred thousand braces": (b"acts: " + b"{a: " * 100_000, 1, "nested deeper"),
    "a hundred thousand dashes": (b"- " * 100_000, 1, "nested deeper"),
    "a quote left open": (b"acts:\n  - id: 'x\n", 3, "not readable as YAML"),
    "a tab for indentation": (b"acts:\n\t- id: x\n", 2, "not readable as YAML"),
    "a control character": (b"acts: \x1b[31m\n", 1, "control characters are not allowed"),
    "two documents": (b"acts: []\n---\nacts: []\n", 2, "another document"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_one_problem(name: str, tmp_path: Path) -> None:
    content, line, said = BAD[name]
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    problems: list[Problem] = []
    assert read_yaml(path, "bad.yaml", problems) is None
    last = problems[-1]
    assert (last.file, last.line) == ("bad.yaml", line)
    assert said in last.what
    assert last.fix


def test_a_directory_and_a_missing_file_are_problems(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_yaml(tmp_path, "here", problems) is None
    assert read_yaml(tmp_path / "gone", "gone", problems) is None
    assert [problem.what for problem in problems] == [
        "not readable: Is a directory",
        "not readable: No such file or directory",
    ]


def test_every_alias_is_named_with_its_line_and_its_value_still_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("one: &x text\ntwo: *x\nthree: *x\n")
    problems: list[Problem] = []
    top = read_yaml(path, "a.yaml", problems)
    assert [(problem.line, problem.what[:8]) for problem in problems] == [(2, "alias *x"), (3, "alias *x")]
    assert top is not None
    assert top.text("two") == "text"


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_beside_the_book_is_reported_beside_other_problems(name: str, book: Path, home: Path) -> None:
    (book / "acts" / "bad.yaml").write_bytes(BAD[name][0])
    acts = book / "acts" / "quay.yaml"
    acts.write_text(acts.read_text("utf-8").replace("kind: vacate\n", "kind: vacat\n"), "utf-8")
    files = {problem.file for problem in App(home, book=book).check()[1]}
    assert files == {"acts/bad.yaml", "acts/quay.yaml"}


def test_a_section_of_the_wrong_shape_is_a_problem_at_its_line(book: Path, home: Path) -> None:
    (book / "acts" / "bad.yaml").write_text("documents: text\nacts:\n  - text\nparties: {id: x}\nsongs: []\n")
    assert [(p.line, p.what) for p in App(home, book=book).check()[1]] == [
        (1, "documents is not a list"),
        (3, "an entry of acts is not a mapping"),
        (4, "parties is not a list"),
        (5, "unknown key 'songs'"),
    ]
