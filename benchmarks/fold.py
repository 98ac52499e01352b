"""Folds a synthetic corpus and prints what it took, as one line of JSON.

    python -m benchmarks.fold [ACTS]

`seconds` is the time to index the acts a view can see and to fold every one of them; `answered` goes on to the answer
for `buy` of a thousand of the parties.
"""

from __future__ import annotations

import json
import resource
import sys
from itertools import islice
from time import perf_counter, process_time

from benchmarks.synthetic import corpus, last_day

from vacatur.law.answer import answer
from vacatur.law.corpus import Docket
from vacatur.law.fold import Fold

ANSWERED = 1_000


def measure(acts: int) -> dict[str, float]:
    """Times in seconds, peak memory in MB (what this process held before folding is in `before_mb`)."""
    made = corpus(acts)
    before = _peak()
    start, busy = perf_counter(), process_time()
    docket = Docket(made, last_day())
    indexed = perf_counter()
    fold = Fold(docket, {})
    operative = sum(bool(fold.operative(act)) for act in docket.acts())
    folded, busy = perf_counter(), process_time() - busy
    answers = [answer(docket, party, "buy", "us-person").answer for party in islice(made.parties, ANSWERED)]
    return {
        "acts": len(made.acts),
        "operative": operative,
        "prohibited": answers.count("prohibited"),
        "seconds": folded - start,
        "cpu": busy,
        "indexing": indexed - start,
        "answered": perf_counter() - folded,
        "before_mb": before,
        "peak_mb": _peak(),
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
