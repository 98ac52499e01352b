"""`vacatur report`, and the pages of `screen`, `rescreen` and `lookback`, as a user meets them."""

import csv
from pathlib import Path

import pytest
from tests.cli.conftest import Run, refused
from tests.report.run.screened import file_of, sound


@pytest.fixture
def screened(run: Run, tmp_path: Path) -> str:
    """The id of a run."""
    out = tmp_path / "found.csv"
    run("screen", file_of(tmp_path), "--as-of", "2021-03-20", "--out", out)
    with out.open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["decision"].partition(".")[0]


def test_a_report_is_a_page(run: Run, screened: str, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    result = run("report", screened, "--out", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert "Screening of customers.csv" in sound(out.read_text("utf-8")).all("h1")[0].words


def test_a_report_is_a_table(run: Run, screened: str, tmp_path: Path) -> None:
    out = tmp_path / "report.csv"
    assert run("report", screened, "--out", out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["decision"].partition(".")[0] for row in rows} == {screened}
    assert {row["disposition"] for row in rows} == {"open"}


def test_a_screening_can_be_written_as_a_page(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "found.html"
    run("screen", file_of(tmp_path), "--as-of", "2021-03-20", "--out", out)
    assert sound(out.read_text("utf-8")).all("article", "alert")


def test_a_rescreening_and_a_look_back_can_be_written_as_pages(run: Run, screened: str, tmp_path: Path) -> None:
    out = tmp_path / "again.html"
    result = run("rescreen", screened, "--as-of", "2021-05-01", "--out", out)
    assert (result.exit_code, "differences" in result.stderr) == (0, True)
    assert "What is different for customers.csv" in sound(out.read_text("utf-8")).all("h1")[0].words
    printed = run("lookback", screened, "--as-of", "2021-01-20", "--against", "2021-03-20", "--format", "html")
    back = tmp_path / "back.html"
    written = run("lookback", screened, "--as-of", "2021-01-20", "--against", "2021-03-20", "--out", back)
    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert sound(printed.stdout).all("h1")[0].words == sound(back.read_text("utf-8")).all("h1")[0].words


def test_bad_calls_are_refused_and_write_nothing(run: Run, screened: str, tmp_path: Path) -> None:
    refused(run("report", "r-0000000000000000", "--out", tmp_path / "no.html"), "no run", "Take the id")
    refused(run("report", screened, "--out", tmp_path / "no.pdf"), ".html or .csv")
    refused(run("rescreen", screened, "--out", tmp_path / "no.pdf"), ".html")
    refused(run("lookback", screened, "--as-of", "2021-01-20", "--out", tmp_path / "no.csv"), ".html")
    refused(run("report", screened, "--out", tmp_path / "nowhere" / "no.html"), "cannot be written")
    assert not list(tmp_path.glob("no*"))
