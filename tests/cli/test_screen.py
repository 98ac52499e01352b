"""Screening by the command line: the table, CSV and JSON Lines, and the decisions that they name."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, refused

from vacatur.cli.screening import screen
from vacatur.match.score import DEFAULT_THRESHOLD

CUSTOMERS = """name,isin,ticker,lei,country
Aldder Marine Corporation,,,,KY
,KYQUAY000016,,,
Somebody Else,,01810.HK,,
Dogwood Drones,,,,
=HYPERLINK("http://x"),,,,
@SUM(A1),,,,
Nobody At All,,,QUAY00ALDER0MARINE45,
"""


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS, "utf-8")
    return path


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_table_has_a_line_for_every_hit_and_every_clean_subject(customers: Path, run: Run) -> None:
    result = run("screen", customers, "--as-of", "2021-03-20")
    assert result.exit_code == 0
    said = result.stdout.splitlines()
    assert [line.split()[0] for line in said[1:-1]] == ["1", "2", "3", "4", "5", "6", "7"]
    assert said[-1] == "7 subjects screened: 5 with hits, 1 with something prohibited"
    assert "no hit" in said[5]


def test_csv_has_a_row_for_every_hit_and_every_clean_subject(customers: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "found.csv"
    result = run("screen", customers, "--as-of", "2021-03-20", "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "7 subjects screened" in result.stderr
    with out.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["row"], row["party"]) for row in found] == [
        ("1", "alder"), ("2", "alder"), ("3", "alder"), ("4", "dogwood"), ("5", ""), ("6", ""), ("7", "alder"),
    ]  # fmt: skip
    assert [found[n]["evidence"] for n in (0, 1, 2, 6)] == [
        "name", "isin KYQUAY000016", "ticker 01810.HK", "lei QUAY00ALDER0MARINE45",
    ]  # fmt: skip
    dogwood = found[3]
    assert (dogwood["buy"], dogwood["export"], dogwood["hold"]) == ("permitted", "prohibited", "permitted")
    assert dogwood["next_change"] == "2021-04-30T09:30:00-04:00"
    assert dogwood["next_answer"] == "buy prohibited"
    assert "quay/dogwood/2021-03-01-designate" in dogwood["because"]
    assert all(row["decision"].startswith("r-") for row in found)


def test_no_cell_is_a_formula(customers: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "found.csv"
    run("screen", customers, "--out", out)
    with out.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert '\'=HYPERLINK("http://x")' in cells
    assert "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_json_lines_on_standard_output_are_those_of_the_file(customers: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "found.jsonl"
    run("screen", customers, "--as-of", "2021-03-20", "--out", out)
    printed = run("screen", customers, "--as-of", "2021-03-20", "--format", "json")
    written = lines(out.read_text("utf-8"))
    again = lines(printed.stdout)
    assert again == written  # the same question on the same basis is the same run
    first = written[0]
    assert first["row"] == 1
    assert first["name"] == "Aldder Marine Corporation"
    assert set(first["answers"]) == {"buy", "sell", "hold", "deal", "export", "contract"}
    assert 0.7 <= first["hits"][0]["score"] < 1
    assert first["hits"][0]["explanation"][0].startswith("aldder ~ alder: ")
    assert written[4]["name"] == '=HYPERLINK("http://x")'


def test_the_command_and_the_engine_have_one_threshold() -> None:
    (option,) = [one for one in screen.params if one.name == "threshold"]
    assert option.default == DEFAULT_THRESHOLD


def test_the_threshold_is_respected(customers: Path, run: Run) -> None:
    strict = lines(run("screen", customers, "--threshold", "1.0", "--format", "json").stdout)
    assert strict[0]["hits"] == []
    assert strict[1]["hits"][0]["party"] == "alder"


def test_the_file_is_replaced_whole_and_keeps_its_permissions(customers: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "found.csv"
    out.write_text("old\n" * 10_000)
    out.chmod(0o640)
    run("screen", customers, "--out", out)
    assert "old\n" not in out.read_text("utf-8")
    assert out.stat().st_mode & 0o777 == 0o640
    assert not list(tmp_path.glob(".*"))


def test_a_link_is_written_through_and_a_device_is_never_replaced(customers: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "found.csv")
    run("screen", customers, "--out", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "found.csv").read_text("utf-8").startswith("row,name")
    run("show", "alder", "--format", "json", "--out", "/dev/null")
    assert Path("/dev/null").is_char_device()


def test_a_decision_is_decided_on_replayed_and_verified(customers: Path, run: Run) -> None:
    decision = lines(run("screen", customers, "--as-of", "2021-03-20", "--format", "json").stdout)[3]["decision"]
    told = run("decide", decision, "true match", "--by", "A. Lee", "--reason", "same registration number")
    assert told.exit_code == 0
    assert told.stdout.startswith(f"{decision}/dogwood: true match, by A. Lee, 2026-09-01T12:00:")
    replayed = run("replay", decision)
    assert (replayed.exit_code, replayed.stderr) == (0, "replayed: identical\n")
    assert json.loads(replayed.stdout)["hits"][0]["party"] == "dogwood"
    assert re.fullmatch(r"\d+ entries hold; head [0-9a-f]{64}\n", run("verify").stdout)


def test_a_basis_shows_the_ledger_before_a_decision(customers: Path, run: Run) -> None:
    run("screen", customers)
    refused(run("ask", "alder", "buy", "--basis", "1", "--as-of", "2021-03-20"), "no party is known here as 'alder'")
