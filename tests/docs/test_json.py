"""The fields that the JSON page promises are the fields that commands print: each of them, and no other."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docs.transcripts import HOUSE
from tests.cli.conftest import invoke

EXAMPLES = HOUSE / "examples"
PAGE = (HOUSE / "docs" / "reference" / "json.md").read_text("utf-8")

Record = dict[str, Any]


@pytest.fixture(autouse=True)
def _ledger(shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the book that ships, to write into."""
    monkeypatch.setenv("VACATUR_HOME", str(shutil.copytree(shipped_home, tmp_path / "home")))


def printed(*arguments: str | Path) -> list[Any]:
    """The documents that a command prints, one a line or one in all."""
    result = invoke(*arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return list(documents(result.stdout))


def documents(text: str) -> Iterator[Any]:
    """The documents that stand in a text, one after another."""
    while text:
        found, end = json.JSONDecoder().raw_decode(text)
        yield found
        text = text[end:].lstrip()


def held(records: list[Record], section: str, table: str = "") -> None:
    """Holds records to the fields in the first column of a section's table, that below the line `table`.

    Each is there in some record at least. No record has another, unless a line of the table says that there are more.
    """
    part = re.search(rf"^## {section}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert part is not None
    rows = re.search(r"^\|---\|---\|\n((?:\|.*\n)+)", part[1][part[1].index(table) :], re.MULTILINE)
    assert rows is not None
    cells = [row.split("|")[1] for row in rows[1].splitlines()]
    always = {name for cell in cells if "…" not in cell for name in re.findall(r"`(\w+)`", cell)}
    given = {name for record in records for name in record}
    assert always <= given
    assert any("…" in cell for cell in cells) or given <= always


def test_an_answer_has_the_fields_that_are_promised() -> None:
    (answer,) = printed("ask", "xiaomi", "buy", "--as-of", "2021-03-20")
    held([answer], "ask")
    held(answer["programmes"], "ask", "A row of `programmes`:")
    held([act for row in answer["programmes"] for act in row["because"]], "ask", "An act in `because`:")


def test_a_screened_row_and_its_hits_have_the_fields_that_are_promised() -> None:
    asked = ("screen", EXAMPLES / "portfolio.csv", "--as-of", "2021-03-20")
    (first, *_) = printed(*asked)
    remembered = ("false positive", "--by", "B. Wu", "--reason", "another company", "--remember")
    assert invoke("decide", first["decision"], *remembered).exit_code == 0
    rows = printed(*asked)
    held(rows, "screen")
    held([hit for row in rows for hit in row["hits"]], "screen", "A hit:")


def test_a_portfolio_and_its_positions_have_the_fields_that_are_promised() -> None:
    (portfolio,) = printed("portfolio", EXAMPLES / "portfolio.csv", "--as-of", "2021-03-20")
    held([portfolio], "portfolio")
    held(portfolio["positions"], "portfolio", "A position:")


def test_an_event_study_and_its_events_have_the_fields_that_are_promised(tmp_path: Path) -> None:
    script = shutil.copy(EXAMPLES / "prices.py", tmp_path)
    subprocess.run([sys.executable, script], check=True)
    files = ("--prices", tmp_path / "out" / "prices.csv", "--benchmark", tmp_path / "out" / "market.csv")
    (study,) = printed("impact", "xiaomi", *files, "--close", "16:00 Asia/Hong_Kong", "--as-of", "2021-12-31")
    held([study], "impact")
    held(study["events"], "impact", "A row of `events`:")
