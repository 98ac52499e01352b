"""Screens synthetic names against the book in a new home and prints what it took, as one line of JSON.

    python -m benchmarks.screening [NAMES]

Every tenth name is one of the book's, written a little differently; the others are made of common company words.
`first` answers before anything is recorded; `recorded` writes a decision for every name.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
from time import perf_counter, process_time

import vacatur

WORDS = "Alpine Atlas Beacon Cedar Coastal Delta Eastern Falcon Granite Harbour Iris Juniper Keystone Lakeside"
TRADES = "Foods Freight Glass Holdings Instruments Logistics Machinery Optics Paper Shipping Textiles Tools"
FORMS = "AG|Co., Ltd|Corp.|GmbH|Inc.|Ltd|PLC|S.A.|SE"


def names(count: int, known: list[str]) -> list[str]:
    """Names of companies, every tenth of them known; the same ones on every run."""
    draw = random.Random(20210125)  # noqa: S311 -- a fixed list, no secret
    words, trades, forms = WORDS.split(), TRADES.split(), FORMS.split("|")
    return [
        draw.choice(known).upper()
        if place % 10 == 0
        else f"{draw.choice(words)} {draw.choice(words)} {draw.choice(trades)} {draw.choice(forms)}"
        for place in range(count)
    ]


def measure(count: int) -> dict[str, float]:
    """Times in seconds and peak memory in MB."""
    with tempfile.TemporaryDirectory() as home:
        app = vacatur.open(home)
        known = [party.name for party in app.records().corpus.parties.values()]
        subjects = names(count, known)
        begin, begun = perf_counter(), process_time()
        screened = app.screen(subjects, as_of="2021-06-01", record=False)
        found, busy = perf_counter(), process_time()
        app.screen(subjects, as_of="2021-06-01")
        recorded, ended = perf_counter(), process_time()
    return {
        "names": count,
        "parties": len(known),
        "hits": sum(bool(one.hits) for one, _ in screened),
        "seconds": found - begin,
        "cpu": busy - begun,
        "recorded": recorded - found,
        "recorded_cpu": ended - busy,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)))
