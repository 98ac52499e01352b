"""The whole harness on a small scale, in seconds: does every part still run and add up?

    python -m benchmarks.match.smoke [--engine rapidfuzz]

Invented names only, so it needs no data; the figures mean nothing, except that no disguise may be answered otherwise
by search than by brute force.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.match.accuracy import Count, judge
from benchmarks.match.calibrate import Seen, knots, value
from benchmarks.match.engine import engine
from benchmarks.match.labelled import Pair
from benchmarks.match.lists import Lists, read_list, read_queries
from benchmarks.match.speed import Bench, Plan

SIZE = 5_000


class Smoke(NamedTuple):
    """What a small run found."""

    speed: dict[str, Any]
    disguised: Count
    knots: list[tuple[int, int]]


def smoke(name: str, folder: Path) -> Smoke:
    """A small run of an engine, its files in a folder."""
    lists = Lists(None, folder)
    plan = Plan(name, [SIZE], queries=400, customers=2_000, peer_queries=0, repeat=1, threads=[1])
    bench = Bench(plan, lists, None)
    speed = {**bench.size(SIZE), "one_kind": bench.one_kind(SIZE), "lossless": bench.lossless()[str(SIZE)]}
    machine = engine(name)
    names = {each.id: each for each in read_list(lists.list_of(SIZE))}
    planted = [query for query in read_queries(lists.queries(SIZE, plan.customers)) if query.entry]
    keys = sorted(names)
    pairs = [
        Pair(query.text, names[key].text, same, names[key].kind, "", query.how, "")
        for query, other in zip(planted, keys, strict=False)
        for key, same in ((query.entry, True), (other, other == query.entry))
    ]
    judged = judge(machine, pairs)
    curve = knots([Seen(round(1000 * each.score), each.pair.same, 1.0) for each in judged])
    assert [value(curve, raw) for raw in (0, 1000)] == [0, 1000]
    return Smoke(speed, Count.of((each.pair.same, each.said) for each in judged), curve)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="vacatur", choices=["vacatur", "rapidfuzz"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = smoke(given.engine, Path(folder))
    print(json.dumps(found.speed, indent=1))
    print(found.disguised, found.knots)


if __name__ == "__main__":
    main()
