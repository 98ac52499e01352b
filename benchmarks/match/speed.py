"""How fast, how large, how lossless: one run, the peers on the same lists and queries beside it.

    python -m benchmarks.match.speed --data DIR --peers PYTHON [--sizes 20000 200000 1000000 3000000] [--out FOLDER]

PYTHON is the interpreter of an environment made from `peers.txt`. Each figure is taken in a process of its own
(`worker`), pinned to as many cores as it may use; short ones are medians of several runs. Writes match.json,
match.md and match.svg.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.match import sources
from benchmarks.match.lists import SIZES, Lists
from benchmarks.match.pages import page
from benchmarks.match.picture import plot
from benchmarks.match.report import machine

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = 1_000_000
LEXICON = ROOT / "src" / "vacatur" / "match" / "lexicon.bin"
LOSSLESS = {5_000: 300, 20_000: 2_000, 200_000: 500, 1_000_000: 100, 3_000_000: 40}
BY_HAND = 5_000
PEER_THRESHOLD = 0.7  # what logic-v2 is run at by its makers' service

Figures = dict[str, Any]


class Plan(NamedTuple):
    """What is measured with how much patience."""

    engine: str
    sizes: list[int]
    queries: int
    customers: int
    peer_queries: int
    repeat: int
    threads: list[int]


class Bench:
    """Runs the workers and gathers what they say."""

    def __init__(self, plan: Plan, lists: Lists, peers: Path | None) -> None:
        self.plan, self.lists, self.peers = plan, lists, peers

    def worker(self, task: str, size: int, **given: object) -> Figures:
        """One measurement."""
        threads = str(given.get("threads", 1))
        told = {"engine": self.plan.engine, "list": self.lists.list_of(size), "index": self.index(size), **given}
        command = [sys.executable, "-m", "benchmarks.match.worker", task]
        command += [part for name, value in told.items() for part in (f"--{name}", str(value))]
        path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        print(f"{size:>9,} {task} {given.get('threads', '')}", file=sys.stderr, flush=True)
        done = subprocess.run(
            command,
            check=True,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "RAYON_NUM_THREADS": threads, "PYTHONPATH": path},
        )
        figures: Figures = json.loads(done.stdout)
        return with_rates(figures)

    def index(self, size: int) -> Path:
        """Where the index of a list is saved."""
        return self.lists.folder / f"{self.plan.engine}-{size}.index"

    def queries(self, size: int) -> Path:
        """The queries for a list: customers, enough for every batch."""
        plan = self.plan
        return self.lists.queries(size, max(plan.customers, plan.queries * plan.repeat, plan.peer_queries * 2))

    def often(self, times: int, size: int, **given: object) -> Figures:
        """The last batch, measured in one process after another: what each began with is the same."""
        runs = [self.worker("batch", size, **given) for _ in range(times)]
        first = statistics.median(run["first"] for run in runs)
        return with_rates({**runs[-1], "seconds": [run["seconds"][-1] for run in runs], "first": first})

    def size(self, size: int) -> Figures:
        """All of one list."""
        plan, most = self.plan, max(self.plan.threads)
        asked, many = self.queries(size), size > 500_000
        found: Figures = {
            "build": self.worker("build", size, threads=most, repeat=min(plan.repeat, 3) if many else plan.repeat),
            "open": self.worker("open", size, repeat=max(plan.repeat, 3)),
            "single": self.worker("single", size, queries=asked, count=min(plan.queries, 15_000)),
        }
        for threads in plan.threads:
            told: Figures = {"queries": asked, "count": plan.queries, "threads": threads, "repeat": plan.repeat}
            found[f"batch_{threads}"] = self.worker("batch", size, **told)
        if plan.customers and size == max(plan.sizes):
            told = {"queries": asked, "count": plan.customers, "threads": most, "arrow": 1}
            found["customers"] = self.often(min(plan.repeat, 3), size, **told)
        return found

    def one_kind(self, size: int) -> Figures:
        """The same list as if all its names were of unknown kind: read once, searched once, a batch on one thread."""
        saved = self.lists.folder / f"{self.plan.engine}-one-kind-{size}.index"
        self.worker("build", size, index=saved, kind="other", threads=max(self.plan.threads))
        told: Figures = {"queries": self.queries(size), "count": self.plan.queries, "repeat": self.plan.repeat}
        return self.worker("batch", size, index=saved, **told)

    def lossless(self) -> dict[str, Figures]:
        """How often a search of a list answers otherwise than brute force; not timed."""
        return {str(size): self.oracle(size) for size in self.plan.sizes if size in LOSSLESS}

    def oracle(self, size: int) -> Figures:
        """The same of one list: by the core's example `oracle`, which reads every listed name once and not for each
        query, or for a short list by the index's own brute force.
        """
        if size <= BY_HAND or self.plan.engine != "vacatur":
            told: Figures = {"queries": self.queries(size), "count": LOSSLESS[size]}
            return self.worker("lossless", size, **told, threads=max(self.plan.threads))
        print(f"{size:>9,} oracle", file=sys.stderr, flush=True)
        command = ["cargo", "run", "--quiet", "--locked", "--release", "--example", "oracle", "--"]
        told_of = [LEXICON, self.lists.list_of(size), self.queries(size), LOSSLESS[size]]
        done = subprocess.run([*command, *map(str, told_of)], check=True, stdout=subprocess.PIPE, cwd=ROOT / "rust")
        figures: Figures = json.loads(done.stdout)
        return figures

    def others(self, size: int) -> Figures:
        """The peers on one list, and the engine on the very same queries."""
        asked, count, found = self.queries(size), self.plan.peer_queries, Figures()
        count = count if size <= 20_000 else count // 4
        for threads in self.plan.threads:
            told: Figures = {"queries": asked, "count": count, "threads": threads}
            found[f"rapidfuzz_{threads}"] = self.worker("cdist", size, **told, repeat=3)
            found[f"engine_{threads}"] = self.often(self.plan.repeat, size, **told, repeat=2)
        if self.peers and size <= 20_000:
            script = Path(__file__).with_name("peer_nomenklatura.py")
            command = [str(self.peers), str(script), str(self.lists.list_of(size)), str(asked), str(count)]
            print(f"{size:>9,} nomenklatura", file=sys.stderr, flush=True)
            done = subprocess.run([*command, str(PEER_THRESHOLD)], check=True, stdout=subprocess.PIPE)
            found["nomenklatura"] = json.loads(done.stdout)
        return found

    def run(self, note: str) -> Figures:
        """Everything, as it is written to match.json."""
        sizes = {str(size): self.size(size) for size in self.plan.sizes}
        one_kind = {str(size): self.one_kind(size) for size in self.plan.sizes[:1]}
        peers = {str(size): self.others(size) for size in self.plan.sizes if size <= 200_000}
        for size, held in self.lossless().items():
            sizes[size]["lossless"] = held
        return {
            "date": time.strftime("%Y-%m-%d"),
            "note": note,
            "machine": machine()._asdict(),
            "engine": self.plan.engine,
            "lists": self.lists.origin,
            "plan": self.plan._asdict(),
            "sizes": sizes,
            "one_kind": one_kind,
            "peers": peers,
        }


def with_rates(figures: Figures) -> Figures:
    """With the median of the seconds, and what it comes to."""
    if "seconds" in figures:
        figures["median"] = statistics.median(figures["seconds"])
        if "queries" in figures:
            figures["per_second"] = figures["queries"] / figures["median"]
            figures["first_per_second"] = figures["queries"] / figures["first"] if "first" in figures else None
    return figures


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="the folder of real names (or VACATUR_DATA)")
    parser.add_argument("--cache", type=Path, help="where lists and indexes are kept")
    parser.add_argument("--engine", default="vacatur", choices=["vacatur", "rapidfuzz"])
    parser.add_argument("--peers", type=Path, help="the Python of an environment made from peers.txt")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--peer-queries", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--note", default="", help="said beside the figures, as «preliminary»")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results")
    given = parser.parse_args()
    plan = Plan(
        given.engine, given.sizes, given.queries, given.customers, given.peer_queries, given.repeat, given.threads
    )
    lists = Lists(sources.folder(given.data), given.cache)
    figures = Bench(plan, lists, given.peers).run(given.note)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "match.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    accuracy = given.out / "accuracy.json"
    lines = page(figures, json.loads(accuracy.read_text("utf-8")) if accuracy.exists() else {})
    (given.out / "match.md").write_text("\n".join(lines) + "\n", "utf-8")
    plot(figures, given.out / "match.svg")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
