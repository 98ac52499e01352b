"""`vacatur portfolio` as a user meets it: what it prints, what it writes, and how it leaves."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docs.transcripts import HOUSE
from tests.cli.conftest import Run, refused

EXAMPLE = HOUSE / "examples" / "portfolio.csv"
BAD = """position,name,isin,quantity,value,currency
1,=cmd|'/c calc'!A1,,5,1,USD
2,Xiaomi Corp.,KYG9830T1067,5,1,USD
3,Xiaomi Corp.,KYG9830T1068,5,1,USD
4,Birch,,-5,1,USD
"""


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(BAD, "utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_begins_with_the_sentence_and_ends_with_the_view(real: Run) -> None:
    result = real("portfolio", EXAMPLE, "--as-of", "2021-03-20")
    assert (result.exit_code, result.stderr) == (0, "")
    said = result.stdout.splitlines()
    assert said[0] == "■ 4 of 7 positions are barred"
    assert "8 May 2021, in 49 days: 1 position" in result.stdout
    assert "us-ccmc/xiaomi/2021-03-12-enjoin" in result.stdout
    assert said[-2] == "You ask about 20 March 2021, under the law as it stood then, as known then."
    assert said[-1].startswith("snapshot ")


def test_json_holds_every_position_with_its_acts(real: Run) -> None:
    result = real("portfolio", EXAMPLE, "--as-of", "2021-03-20", "--format", "json")
    found: dict[str, Any] = json.loads(result.stdout)
    smic = found["positions"][2]
    assert (smic["state"], smic["buy"]["since"], smic["out_by"]["at"]) == (
        "barred", "2021-02-01T09:30:00-05:00", "2021-12-03T23:59:00-05:00")  # fmt: skip
    assert (smic["value"], smic["quantity"]) == ("18425000.00", "5500000")
    told = {act for one in found["positions"] for act in one["because"]}
    assert told <= found["acts"].keys()
    assert sum(Decimal(one["value"]) for one in found["totals"] if one["currency"] == "USD") == Decimal("89226500.00")
    assert found["calendar"][0]["in_days"] == 49
    assert found["view"]["on"] == "2021-03-20T23:59:59.999999-04:00"
    assert {"us-ccmc", "us-bis-entity-list"} <= {one["programme"] for one in found["lists"]["searched"]}


def test_csv_has_a_row_for_every_position_clean_ones_too(real: Run, tmp_path: Path) -> None:
    out = tmp_path / "found.csv"
    result = real("portfolio", EXAMPLE, "--as-of", "2021-03-20", "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "7 positions assessed: 4 barred: sell only; 1 soon barred; 1 listed, suspended; 1 clean\n"
    found = rows(out.read_text("utf-8"))
    assert [row["state"] for row in found] == ["suspended", "soon", "barred", "barred", "barred", "barred", "clean"]
    assert found[5]["certain"] == "no"
    assert found[5]["barred_surely_since"] == "2021-03-15T10:30:00-04:00"


def test_no_cell_of_an_export_is_a_formula(real: Run, bad: Path, tmp_path: Path) -> None:
    out, rejects = tmp_path / "found.csv", tmp_path / "rejects.csv"
    result = real("portfolio", bad, "--as-of", "2021-03-20", "--out", out, "--rejects", rejects)
    assert result.exit_code == 2
    for path in (out, rejects):
        cells = [cell for row in csv.reader(io.StringIO(path.read_text("utf-8"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert rows(out.read_text("utf-8"))[0]["name"] == "'=cmd|'/c calc'!A1"


def test_rejects_are_told_and_the_good_rows_assessed(real: Run, bad: Path, tmp_path: Path) -> None:
    result = real("portfolio", bad, "--as-of", "2021-03-20")
    assert result.exit_code == 2
    assert f"{bad}, row 3 (line 4): 'KYG9830T1068' is not an ISIN: its check digit fails." in result.stderr
    assert "row 4 (line 5): the quantity '-5' is negative" in result.stderr
    assert "Xiaomi Corp." in result.stdout
    out = tmp_path / "found.json"
    result = real("portfolio", bad, "--as-of", "2021-03-20", "--out", out)
    beside = tmp_path / "found.rejects.csv"
    assert f"see {beside} for the rows that could not be assessed" in result.stderr
    assert [row["row"] for row in rows(beside.read_text("utf-8"))] == ["3", "4"]
    assert json.loads(out.read_text("utf-8"))["file"]["rejected"] == 2


@pytest.mark.parametrize(
    ("day", "gate", "code"),
    [
        ("2021-03-20", "prohibited", 3), ("2021-06-15", "prohibited", 0), ("2021-06-15", "disputed", 0),
        ("2021-06-15", "listed", 3), ("2021-01-12", "disputed", 3), ("2021-01-12", "prohibited", 3),
        ("2020-06-01", "listed", 3),
    ],
)  # fmt: skip
def test_a_gate_for_pipelines(real: Run, day: str, gate: str, code: int) -> None:
    assert real("portfolio", EXAMPLE, "--as-of", day, "--fail-on", gate).exit_code == code


def test_what_a_gate_found_comes_before_what_is_to_be_mended(real: Run, tmp_path: Path) -> None:
    path = tmp_path / "held.csv"
    path.write_text("name,isin,value,currency\nSMIC,KYG8020E1199,1,USD\nX,KYG8020E1198,1,USD\n", "utf-8")
    arguments = ("portfolio", path, "--as-of", "2021-03-20")
    assert real(*arguments, "--fail-on", "prohibited").exit_code == 3
    assert real(*arguments).exit_code == 2


def test_the_page_is_written_whole_or_not_at_all(real: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert real("portfolio", EXAMPLE, "--as-of", "2021-03-20", "--out", out).exit_code == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")
    refused(real("portfolio", tmp_path / "none.csv", "--out", out), "none.csv")
    assert out.read_text("utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_basis_is_answered_from_the_ledger_as_it_was(real: Run) -> None:
    now = json.loads(real("portfolio", EXAMPLE, "--as-of", "2021-03-20", "--format", "json").stdout)
    then = json.loads(
        real("portfolio", EXAMPLE, "--as-of", "2021-03-20", "--format", "json", "--basis", now["basis"]).stdout
    )
    assert now == then


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--horizon", "soon"], "'soon' is not a horizon"), (["--actor", "martian"], "actor 'martian' is not known"),
        (["--as-of", "2021-13-01"], "is not a date"), (["--map", "name=Kunde"], "no column is headed 'Kunde'"),
        (["--as-of", "2021-03-20", "--on", "2021-03-21"], "sets all three clocks"),
        (["--encoding", "utf-17"], "utf-17"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_understood_says_how_to_mend_it(real: Run, options: list[str], words: str) -> None:
    refused(real("portfolio", EXAMPLE, *options), words)


@pytest.mark.parametrize("options", [["--out", "x.pdf"], ["--map", "name"], ["--fail-on", "hit"], ["--threshold", "0"]])
def test_options_are_checked_before_anything_is_read(real: Run, options: list[str]) -> None:
    assert real("portfolio", "nowhere.csv", *options).exit_code == 2
