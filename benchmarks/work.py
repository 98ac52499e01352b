"""Screening at work: a million customers from a file to a file, killed and resumed, and a hundred thousand again.

    python -m benchmarks.work --data DIR [--out FILE.md]

Customers are real and derived names, 3 % of them disguised names of the lists (`benchmarks.match.lists`). What is timed
are whole commands, from start to exit; memory is the most that the command's process held.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.editions import VACATUR, plain, unpacked
from benchmarks.machine import machine
from benchmarks.match.lists import Lists, read_queries

from vacatur.app import App

DAY = "2026-06-01"
MANY, SOME = 1_000_000, 100_000
LIMITS = {"screen": 60.0, "memory": 1500.0, "rescreen": 5.0}

Row = tuple[str, str, str, bool]


def customers(data: Path, path: Path, count: int) -> Path:
    """A file of customers: number, name and country."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("customer_id", "name", "country"))
        for number, query in enumerate(read_queries(Lists(data).queries(20_000, MANY), count), start=1):
            writer.writerow((f"C{number:07}", query.text, ("", "US", "DE", "RU", "CN")[number % 5]))
    return path


def filled(data: Path, folder: Path) -> tuple[Path, Path]:
    """A data directory with the three lists, and an SDN edition that is newer than the one it holds."""
    home = folder / "home"
    app = App(home)
    editions = unpacked(data, folder / "lists")
    series = [path for source, _, path in editions if source == "us-ofac-sdn"]
    csl = folder / "2022-05-16.csv"
    csl.write_bytes(plain(data / "lists" / "us-csl" / csl.name.replace(".csv", ".csv.zst")))
    last = max((path for source, _, path in editions if source == "us-ofac-cons"), key=lambda path: path.name)
    for source, path in (("us-ofac-sdn", series[-2]), ("us-ofac-cons", last), ("us-csl", csl)):
        for outcome in app.take(source, [path]):
            if outcome.state != "taken":
                raise SystemExit(f"{source}: {outcome.note}")
    return home, series[-1]


def run(home: Path, *command: str, until: Callable[[], bool] | None = None) -> tuple[float, float, str]:
    """Seconds, megabytes and standard error of a command; killed outright as soon as `until` says so."""
    began = perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([VACATUR, "--home", str(home), *command], stdout=subprocess.DEVNULL, stderr=said)
        while until is not None and process.poll() is None:
            if until():
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.02)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read()
    if until is None and process.returncode:
        raise SystemExit(f"{command} failed: {told}")
    return perf_counter() - began, usage.ru_maxrss / 1024, told


def half_done(home: Path, parts: int) -> Callable[[], bool]:
    """Whether an unfinished screening has done half of its parts."""

    def done() -> bool:
        journals = list((home / "unfinished").glob("*"))
        return bool(journals) and journals[0].read_bytes().count(b"\n") > parts // 2

    return done


def digest(path: Path) -> str:
    """The content id of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def many(home: Path, data: Path, folder: Path) -> list[Row]:
    """A million customers, in one go and killed halfway."""
    file = customers(data, folder / "customers.csv", MANY)
    whole, torn = folder / "whole.parquet", folder / "torn.parquet"
    command = ("screen", str(file), "--as-of", DAY, "--out")
    run(home, "screen", str(customers(data, folder / "few.csv", 100)), "--as-of", DAY, "--out", str(whole))
    runs = [run(home, *command, str(whole)) for _ in range(3)]
    seconds, memory = sorted(one[0] for one in runs)[1], max(one[1] for one in runs)
    parts = len(App(home).runs()[-1].parts)
    killed, _, _ = run(home, *command, str(torn), until=half_done(home, parts))
    resumed, _, _ = run(home, *command, str(torn))
    same = digest(whole) == digest(torn)
    return [
        (f"{MANY:,} customers, CSV to Parquet, the whole command", f"{seconds:.1f} s", "60 s", seconds < 60),
        ("peak memory of it", f"{memory:.0f} MB", "1,500 MB", memory < LIMITS["memory"]),
        (f"killed after {killed:.1f} s, resumed in {resumed:.1f} s", "same bytes" if same else "differs", "same", same),
        ("what was said", runs[0][2].strip().splitlines()[0], "", True),
    ]


def again(home: Path, newer: Path, data: Path, folder: Path) -> list[Row]:
    """A hundred thousand subjects screened again after one more edition; each time on a copy of the data directory."""
    file = customers(data, folder / "some.csv", SOME)
    run(home, "screen", str(file), "--as-of", DAY, "--out", str(folder / "before.parquet"))
    before = App(home).runs()[-1]
    imported, _, _ = run(home, "import", "us-ofac-sdn", str(newer))
    seconds, _, told = run(home, "rescreen", before.id, "--as-of", DAY)
    out, _, _ = run(home, "rescreen", before.id, "--as-of", DAY, "--out", str(folder / "again.parquet"))
    run(home, "screen", str(file), "--as-of", DAY, "--out", str(folder / "anew.parquet"))
    runs = {one.before: one for one in App(home).runs() if one.sha256 == before.sha256}
    same = [part.sha256 for part in runs[before.id].parts] == [
        part.sha256 for part in max(App(home).runs(), key=lambda one: one.at).parts
    ]
    return [
        (f"{SOME:,} subjects again after one new SDN edition, the whole command", f"{seconds:.2f} s", "5 s",
         seconds < LIMITS["rescreen"]),
        ("the same once more, and all results written to Parquet", f"{out:.2f} s", "", True),
        ("import of the edition before it", f"{imported:.2f} s", "", True),
        ("result against screening all of them anew", "same parts" if same else "differs", "same", same),
        ("what was said", told.strip().splitlines()[0], "", True),
    ]  # fmt: skip


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of real lists and names")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    told = ", ".join(f"{what} {how}" for what, how in machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home, newer = filled(given.data, folder)
        rows = [*many(home, given.data, folder), *again(home, newer, given.data, folder)]
    lines = ["# Screening at work", "", f"Measured on: {told}. Lists: SDN, Consolidated, CSL.", "",
             "| measure | figure | limit | held |", "|---|---|---|---|"]  # fmt: skip
    lines += [f"| {what} | {figure} | {limit} | {'yes' if held else '**no**'} |" for what, figure, limit, held in rows]
    print("\n".join(lines))
    if given.out:
        given.out.write_text("\n".join(lines) + "\n", "utf-8")
    sys.exit(0 if all(held for *_, held in rows) else 1)


if __name__ == "__main__":
    main()
