"""Measures what a user waits for, and prints it as a table against the limits that the project sets itself.

    python -m benchmarks.ask [--runs N] [--out FILE.md]

Everything runs in processes of its own, so that no measure warms another and peak memory is that of the work alone.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from benchmarks.machine import machine

ASK = (str(Path(sys.executable).with_name("vacatur")), "ask", "xiaomi", "buy", "--as-of", "2021-03-20")
LIMITS = {"ask": 0.4, "import": 0.15, "fold": 2.0, "store": 20.0}


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall and processor time in seconds, peak resident memory in MB, what it printed."""

    seconds: float
    cpu: float
    peak_mb: float
    printed: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    median: str
    p90: str
    cpu: str
    peak: str
    limit: str
    held: bool


def run(arguments: tuple[str, ...], home: Path | None = None) -> Run:
    """Runs this Python with arguments and waits for it; raises when it fails."""
    environment = compiled() if home is None else {**compiled(), "VACATUR_HOME": str(home)}
    begin = perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed)


@cache
def compiled() -> dict[str, str]:
    """An environment in which modules are compiled once, as an installation does, and not into the source tree."""
    bytecode = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, bytecode, ignore_errors=True)
    kept = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": bytecode}


def asking(runs: int) -> list[Line]:
    """`vacatur ask` as a whole process: the first on a new home, then warm; and the store that it leaves."""
    with tempfile.TemporaryDirectory() as home:
        run(ASK, Path(home))  # compiles
    cold = []
    for _ in range(max(3, runs // 5)):
        with tempfile.TemporaryDirectory() as home:
            cold.append(run(ASK, Path(home)))
    with tempfile.TemporaryDirectory() as home:
        run(ASK, Path(home))
        warm = [run(ASK, Path(home)) for _ in range(runs)]
        megabytes = sum(file.stat().st_size for file in Path(home).rglob("*") if file.is_file()) / 1e6
    held = megabytes < LIMITS["store"]
    return [
        timed("`vacatur ask`, warm, whole process", warm, LIMITS["ask"]),
        timed("`vacatur ask`, first use (takes the book in)", cold, None),
        Line("data directory with the book", f"{megabytes:.1f} MB", "", "", "", f"{LIMITS['store']:.0f} MB", held),
    ]


def importing(runs: int) -> Line:
    """`import vacatur`, over and above a Python that imports nothing."""
    pairs = [(run(("-c", "import vacatur")), run(("-c", "pass"))) for _ in range(runs)]
    more = [
        Run(max(0.0, full.seconds - bare.seconds), max(0.0, full.cpu - bare.cpu), full.peak_mb, "")
        for full, bare in pairs
    ]
    return timed("`import vacatur`, beyond bare Python", more, LIMITS["import"])


def folding(runs: int) -> Line:
    """100,000 acts: index what a view sees, fold every act."""
    found = [json.loads(run(("-m", "benchmarks.fold", "100000")).printed) for _ in range(max(5, runs // 3))]
    folded = [Run(one["seconds"], one["cpu"], one["peak_mb"], "") for one in found]
    return timed(f"index and fold {found[0]['acts']:,} acts", folded, LIMITS["fold"])


def screening(runs: int) -> list[Line]:
    """1,000 names against the book, found only and with a decision recorded for each."""
    found = [json.loads(run(("-m", "benchmarks.screening", "1000")).printed) for _ in range(max(3, runs // 5))]
    against = f"{found[0]['names']:,} names against {found[0]['parties']} parties"
    return [
        timed(f"screen {against}", [Run(o["seconds"], o["cpu"], o["peak_mb"], "") for o in found], None),
        timed(
            "the same, a decision recorded for each",
            [Run(o["recorded"], o["recorded_cpu"], o["peak_mb"], "") for o in found],
            None,
        ),
    ]


def timed(what: str, runs: list[Run], limit: float | None) -> Line:
    """A line from several runs: median, 90th percentile, highest peak; a limit is held by the median."""
    seconds = sorted(one.seconds for one in runs)
    median, p90 = statistics.median(seconds), seconds[min(len(seconds) - 1, round(0.9 * (len(seconds) - 1)))]
    peak = f"{max(one.peak_mb for one in runs):.0f} MB"
    said = "" if limit is None else f"{limit:g} s"
    held = limit is None or median < limit
    cpu = f"{statistics.median(one.cpu for one in runs):.3f} s"
    return Line(f"{what} ({len(runs)} runs)", f"{median:.3f} s", f"{p90:.3f} s", cpu, peak, said, held)


def report(lines: list[Line], described: list[tuple[str, str]]) -> str:
    """The machine and the table, as Markdown."""
    head = [f"- {what}: {said}" for what, said in described]
    rows = [
        f"| {line.what} | {line.median} | {line.p90} | {line.cpu} | {line.peak} | {line.limit}"
        f" | {'' if not line.limit else 'yes' if line.held else '**no**'} |"
        for line in lines
    ]
    table = ["| what | median | p90 | processor | peak memory | limit | held |", "|---|---|---|---|---|---|---|", *rows]
    return "\n".join([*head, "", *table, ""])


def main() -> int:
    """Runs all measures; exit code 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description="Measures what a user waits for.")
    parser.add_argument("--runs", type=int, default=15, help="runs of each short measure (default 15)")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    described = machine()
    lines = [*asking(options.runs), importing(options.runs), folding(options.runs), *screening(options.runs)]
    text = report(lines, described)
    print(text)
    if options.out is not None:
        options.out.write_text(f"# Measured with `python -m benchmarks.ask`\n\n{text}", "utf-8")
    return 0 if all(line.held for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
