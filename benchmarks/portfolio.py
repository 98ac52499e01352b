"""Assesses an invented portfolio in a process of its own and prints what it took, as one line of JSON.

    python -m benchmarks.portfolio [POSITIONS] [--home DIR]

Every tenth position is a security or a name of a party of the ledger, the others are made of common company words.
`assessed` is the file read and every position answered for buying, selling and holding, with its turns; `page`, `json`
and `csv` are what is made of that. Without `--home` the ledger is a new one that holds the book alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.screening import names

import vacatur
from vacatur.model.party import Party
from vacatur.screen.portfolio.plain import rows

DAY = "2021-06-15"
"""A day on which dates lie ahead for many companies of the book."""


def write(file: Path, count: int, parties: list[Party]) -> None:
    """A file of positions: the same one on every run over the same ledger."""
    draw = random.Random(20210603)  # noqa: S311 -- a fixed list, no secret
    isins = [one.value for party in parties for security in party.securities for one in security.identifiers
             if one.scheme == "isin"]  # fmt: skip
    known = [party.name for party in parties]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["position", "name", "isin", "quantity", "value", "currency"])
        for place, name in enumerate(names(count, known), start=1):
            code = draw.choice(isins) if place % 20 == 1 and isins else ""
            value, currency = f"{draw.randrange(10**9) / 100:.2f}", draw.choice(("USD", "USD", "HKD", "CNY", "CHF"))
            writer.writerow([place, name, code, draw.randrange(10**6), value, currency])


def measure(count: int, home: str) -> dict[str, float]:
    """Times in seconds and peak memory in MB."""
    app = vacatur.open(home)
    records = app.records()
    app.resolver(records).index.search("warm")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "portfolio.csv"
        write(file, count, list(records.corpus.parties.values()))
        begin, begun = perf_counter(), process_time()
        found = app.portfolio(file, as_of=DAY, horizon="1y")
        assessed, busy = perf_counter(), process_time()
    page = app.portfolio_page(found)
    drawn = perf_counter()
    text = json.dumps(found.to_dict())
    told = perf_counter()
    flat = list(rows(found))
    ended = perf_counter()
    return {
        "positions": len(flat), "parties": len(records.corpus.parties), "acts": len(records.corpus.acts),
        "touched": sum(one.state != "clean" for one in found.holdings), "dates": len(found.calendar),
        "assessed": assessed - begin, "assessed_cpu": busy - begun, "page": drawn - assessed,
        "page_mb": len(page) / 1e6,
        "json": told - drawn, "json_mb": len(text) / 1e6, "csv": ended - told,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def main() -> None:
    """Measures, and prints."""
    parser = argparse.ArgumentParser(description="Assesses an invented portfolio and prints what it took.")
    parser.add_argument("positions", nargs="?", type=int, default=10_000)
    parser.add_argument("--home", help="a data directory that holds official lists; by default a new one")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        measured = measure(asked.positions, asked.home or fresh)
    print(json.dumps({name: round(value, 3) for name, value in measured.items()}))


if __name__ == "__main__":
    main()
