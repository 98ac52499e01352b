"""Names that mean harm: nothing that a file says is obeyed by the terminal, by rich's markup, or by a spreadsheet."""

import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from tests.cli.conftest import Run

from vacatur.cli.console import brief, safe_json, shown, visible
from vacatur.screen.files.harmless import harmless

NASTY = {
    "colour": "\x1b[31mAlder\x1b[0m",
    "title": "\x1b]0;owned\x07Alder",
    "one-byte escape": "\x9b31mAlder",
    "clear the screen": "Alder\x1b[2J\x1b[H",
    "back over it": "Alder\b\b\b\b\bMaple",
    "delete": "Alder\x7f",
    "turned around": "Alder \u202egnp.exe",
    "isolates": "\u2066Alder\u2069",
    "paragraph": "Alder\u2029Maple",
    "two lines": "Alder\nMarine",
    "carriage return": "Alder\rMaple",
    "tab": "Alder\tMaple",
    "markup": "[red]Alder[/red]",
    "closing markup": "Alder[/]",
    "broken markup": "[bold Alder\\",
    "link": "[link=file:///etc/passwd]Alder[/link]",
    "emoji": ":skull: Alder",
}


def printed(text: str) -> str:
    out = io.StringIO()
    Console(file=out, width=200, emoji=False, highlight=False).print(text)
    return out.getvalue()


def obeyed(text: str) -> list[str]:
    """The characters of an output, its line ends apart, that a terminal obeys instead of showing."""
    return [
        letter for letter in text if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp", "Cs")
    ]


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_reaches_no_terminal_raw(name: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('name\n"' + NASTY[name].replace('"', '""') + '"\nDogwood Drones\n', "utf-8", newline="")
    table = run("screen", path, "--as-of", "2021-03-20")
    assert table.exit_code == 0
    assert obeyed(table.stdout) == []
    assert "Alder" in table.stdout
    asjson = run("screen", path, "--as-of", "2021-03-20", "--format", "json")
    assert obeyed(asjson.stdout) == []
    assert json.loads(asjson.stdout.splitlines()[0])["name"] == NASTY[name].strip()


@pytest.mark.parametrize("name", ["markup", "closing markup", "broken markup", "link", "emoji"])
def test_markup_is_shown_as_it_is_written(name: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"name\n{NASTY[name]}\n", "utf-8")
    assert NASTY[name] in run("screen", path).stdout


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_party_is_not_repeated_raw(name: str, run: Run) -> None:
    result = run("ask", NASTY[name] + " zzz", "buy")
    assert result.exit_code == 2
    assert obeyed(result.stderr) == []


def test_nasty_headers_and_file_names_are_not_repeated_raw(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31min.csv"
    path.write_text("\x1b]0;owned\x07header,\u202eother\nx,y\n", "utf-8")
    result = run("screen", path)
    assert result.exit_code == 2
    assert obeyed(result.stderr) == []
    assert "\\x1b[31min.csv" in result.stderr


def test_a_name_of_a_hundred_thousand_letters_is_shown_in_part_and_kept_whole(run: Run, tmp_path: Path) -> None:
    name, path, out = "Alder " * 16_000, tmp_path / "in.csv", tmp_path / "out.jsonl"
    path.write_text(f"name\n{name}\nDogwood Drones\n", "utf-8")
    assert len(run("screen", path).stdout) < 2000
    run("screen", path, "--out", out)
    assert json.loads(out.read_text("utf-8").splitlines()[0])["name"] == name.strip()


def test_an_argument_of_a_hundred_thousand_letters_is_answered_briefly(run: Run) -> None:
    result = run("ask", "Alder " * 16_000, "buy")
    assert result.exit_code == 2
    assert len(result.stderr) < 500


@given(st.text())
def test_whatever_is_shown_is_shown_as_it_is_and_obeyed_by_nobody(text: str) -> None:
    out = printed(shown(text))
    assert [letter for letter in obeyed(out) if letter in "\x1b\x9b\x07\r\b\x7f\u202e\u2028"] == []
    assert "\n" not in shown(text)
    assert visible(visible(text)) == visible(text)


@given(st.text("[]/abc :=#", max_size=30))
def test_no_text_is_read_as_markup(text: str) -> None:
    assert printed(shown(text) + "[bold].[/]").rstrip("\n") == f"{text}."


@given(st.text(min_size=400))
def test_what_is_brief_is_bounded(text: str) -> None:
    assert len(brief(text)) < 6 * 300 + 300


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_safe_json_means_the_same(text: str) -> None:
    plain = json.dumps({"text": text}, ensure_ascii=False)
    assert json.loads(safe_json(plain)) == json.loads(plain)


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert harmless(text).lstrip("'") == text.lstrip("'")
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
