"""The whole way from a ledger and two files to the evidence, on an invented market."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.report.impact.days import invented, written

from vacatur.app import App
from vacatur.report.impact.evidence import Evidence

JUMPS = {date(2021, 1, 14): -0.10, date(2021, 3, 12): 0.09}


def files(folder: Path) -> tuple[Path, Path]:
    """A company that falls on 14 January and rises on 12 March 2021, and its market."""
    prices, benchmark = invented(jumps=JUMPS)
    return written(folder / "prices.csv", prices), written(folder / "market.csv", benchmark)


def asked(app: App, folder: Path, party: str = "alder", **options: Any) -> Evidence:
    """The evidence on a party of the small book."""
    return app.impact(party, *files(folder), **options)
