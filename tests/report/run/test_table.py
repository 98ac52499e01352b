"""The alerts of a screening as CSV."""

import csv
import io
from pathlib import Path

import pytest
from tests.report.run.screened import Clock, file_of

from vacatur.app import App
from vacatur.report.run.table import COLUMNS


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(home: Path, book: Path, clock: Clock) -> App:
    return App(home, clock, book)


def rows(app: App, run: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(app.report_csv(run)), newline="")))


def test_a_row_for_each_alert_in_the_order_of_the_subjects(app: App, clock: Clock, tmp_path: Path) -> None:
    run = app.screen(file_of(tmp_path), as_of="2021-03-20").run
    assert run is not None
    app.decide(f"{run.id}.2", "escalated", by="A. Lee", reason="=cmd|' /C calc'!A0")
    clock.later(days=9)
    found = rows(app, run.id)
    assert tuple(found[0]) == COLUMNS
    assert {row["alert"] for row in found} == {alert.id for alert in app.alerts(run.id)}
    places = [int(row["decision"].rpartition(".")[2]) for row in found]
    assert places == sorted(places)
    dogwood = next(row for row in found if row["party"] == "dogwood")
    assert (dogwood["export"], dogwood["disposition"], dogwood["by"], dogwood["age_days"]) == (
        "prohibited", "escalated", "A. Lee", "9",
    )  # fmt: skip
    assert dogwood["reason"] == "'=cmd|' /C calc'!A0"
    assert "quay/dogwood/2021-03-01-designate" in dogwood["because"].split()
    assert all(row["disposition"] == "open" for row in found if row["party"] != "dogwood")


def test_no_cell_is_a_formula(app: App) -> None:
    results = app.screen([{"name": "=HYPERLINK(1)", "ticker": "01810.HK", "key": "@SUM(A1)"}])
    assert results.run is not None
    cells = [cell for row in csv.reader(io.StringIO("".join(app.report_csv(results)), newline="")) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_run_without_a_hit_has_a_header_alone(app: App) -> None:
    results = app.screen(["Zzyzx Works"])
    assert "".join(app.report_csv(results)) == ",".join(COLUMNS) + "\n"
