"""Takes in every edition at hand in random order, and asks for each back: what comes out must be what went in.

    python -m benchmarks.editions --data DIR [--out FILE.md]

What a file holds is told here by means of its own (the first columns of a CSV, identifiers found by pattern), never by
the sources that are measured.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import resource
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.machine import machine

from vacatur.app import App
from vacatur.intake.desk import Outcome

SERIES = "us-ofac-sdn/sdn_csv_2021-05-22_2023-06.tar.zst"
LIMITS = {"import": 300.0, "memory": 1000.0, "edition": 10.0, "roster": 1.5, "store": 8.0}
VACATUR = str(Path(sys.executable).with_name("vacatur"))


def plain(packed: Path) -> bytes:
    """What a compressed file holds."""
    command = ["zstd", "-dcq", "--long=27", str(packed)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def unpacked(data: Path, folder: Path) -> list[tuple[str, str, Path]]:
    """Every edition as source, day and file."""
    raw = subprocess.run(
        ["zstd", "-dcq", "--long=27", str(data / "lists" / SERIES)], check=True, stdout=subprocess.PIPE
    )
    with tarfile.open(fileobj=io.BytesIO(raw.stdout)) as archive:
        archive.extractall(folder / "us-ofac-sdn", filter="data")
    found = [("us-ofac-sdn", path.stem, path) for path in sorted((folder / "us-ofac-sdn").glob("*.csv"))]
    for source, pattern in (("un-sc", "un-sc/*.xml.zst"), ("us-ofac-cons", "us-ofac-cons/*.xml.zst"),
                            ("uk-ofsi", "uk/*.csv.zst")):  # fmt: skip
        (folder / source).mkdir(exist_ok=True)
        for packed in sorted((data / "lists").glob(pattern)):
            path = folder / source / packed.name.removesuffix(".zst")
            path.write_bytes(plain(packed))
            found.append((source, path.name[:10], path))
    return found


def sdn_ids(content: bytes) -> list[str]:
    """The numbers of a flat file's rows, one an entry."""
    rows = csv.reader(io.StringIO(content.removesuffix(b"\x1a").decode("utf-8"), newline=""))
    return [row[0] for row in rows if len(row) > 1]


def found(pattern: bytes) -> Callable[[bytes], list[str]]:
    """What a pattern finds in a file, each once."""
    return lambda content: sorted({one.decode() for one in re.findall(pattern, content)})


def ofsi_ids(content: bytes) -> list[str]:
    """The group numbers, each once."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
    return sorted({row[-1] for row in rows[2:] if row})


TOLD: dict[str, tuple[tuple[str, ...], Callable[[bytes], list[str]]]] = {
    "us-ofac-sdn": (("us-ofac-sdn",), sdn_ids),
    "us-ofac-cons": (("us-ofac-ssi", "us-ofac-fse", "us-ofac-plc", "us-ofac-capta", "us-ofac-mbs", "us-ofac-cons"),
                     found(rb"<sdnEntry>\s*<uid>(\d+)</uid>")),
    "un-sc": (("un-sc",), found(rb"<REFERENCE_NUMBER>([^<]+)</REFERENCE_NUMBER>")),
    "uk-ofsi": (("uk-ofsi",), ofsi_ids),
}  # fmt: skip
"""How each source's entries are told from outside, and the programmes among whose rosters they are."""


def differing(app: App, editions: list[tuple[str, str, Path]]) -> Iterator[str]:
    """The editions whose roster or whose file does not come back."""
    for source, day, path in editions:
        content = path.read_bytes()
        programmes, told = TOLD[source]
        listed = [one.source_id for name in programmes for one in app.roster(name, as_of=day)]
        wanted = {one.strip() for one in told(content)}
        # The documented NS-CMIC listings of the book stand for those of the Consolidated list.
        missing = wanted - set(listed) if source != "us-ofac-cons" else set()
        if missing or set(listed) - wanted or len(listed) != len(set(listed)):
            yield f"{source} {day}: {len(wanted)} in the file, {len(listed)} listed, {sorted(missing)[:3]} missing"
        (file,) = app.source_files(programmes[-1], as_of=day)
        if file.content != content:
            yield f"{source} {day}: the file did not come back"


def size(folder: Path) -> int:
    """Bytes of all files of a directory."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def timed(*command: str) -> float:
    """Seconds that a command takes, from start to exit."""
    began = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - began


def others(app: App, editions: list[tuple[str, str, Path]]) -> Iterator[Outcome]:
    """Takes the editions of the other sources. Years lie between them, and the oldest of the UN's is pseudonymised:
    what the guards refuse for their differences is taken on our word; what cannot be read is not.
    """
    for source in ("un-sc", "us-ofac-cons", "uk-ofsi"):
        paths = [path for name, _, path in editions if name == source]
        yield from app.take(source, paths, accepted="years lie between these editions")


def measured(data: Path, folder: Path) -> tuple[list[tuple[str, str, str, bool]], list[str]]:
    """The rows of the table, and every edition that did not come back."""
    home = folder / "home"
    app = App(home)
    editions = unpacked(data, folder / "lists")
    series = [path for source, _, path in editions if source == "us-ofac-sdn"]
    last = series.pop()
    order = random.Random(205)  # noqa: S311 -- the same order in every run
    order.shuffle(series)
    began = perf_counter()
    states = [outcome.state for outcome in app.take("us-ofac-sdn", series)]
    seconds, peak = perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    one = timed(VACATUR, "--home", str(home), "import", "us-ofac-sdn", str(last))
    store = size(home)
    ask = [VACATUR, "--home", str(home), "roster", "us-ofac-sdn", "--as-of"]
    timed(*ask, "2022-03-01")
    roster = statistics.median(timed(*ask, day) for day in ("2021-06-30", "2022-03-01", "2022-12-31", "2023-06-29"))
    app = App(home)
    refused = [f"{one.source} {one.published}: {one.note}" for one in others(app, editions) if one.state != "taken"]
    taken = {(one.source, one.published) for one in app.records().editions}
    problems = list(differing(app, [one for one in editions if one[:2] in taken]))
    times = store / last.stat().st_size
    rows = [
        (f"import of {len(series)} editions in random order", f"{seconds:.0f} s", "300 s", seconds < LIMITS["import"]),
        ("peak memory of it", f"{peak:.0f} MB", "1,000 MB", peak < LIMITS["memory"]),
        ("one more edition, the whole command", f"{one:.1f} s", "10 s", one < LIMITS["edition"]),
        ("roster of a day, the whole command", f"{roster:.2f} s", "1.5 s", roster < LIMITS["roster"]),
        ("store with all of them, by the last file's size", f"{times:.1f} ×", "8 ×", times < LIMITS["store"]),
        ("editions whose roster and file came back", f"{len(taken) - len(problems)} of {len(taken)}", "all",
         not problems and states.count("taken") == len(series)),
    ]  # fmt: skip
    return rows, [*problems, *refused]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of real lists")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows, problems = measured(given.data, Path(name))
    told = ", ".join(f"{what} {how}" for what, how in machine())
    lines = ["# Editions of official lists", "", f"Measured on: {told}.", "", "| measure | figure | limit | held |",
             "|---|---|---|---|"]  # fmt: skip
    lines += [f"| {what} | {figure} | {limit} | {'yes' if held else '**no**'} |" for what, figure, limit, held in rows]
    lines += ["", *(f"- {problem}" for problem in problems)]
    print("\n".join(lines))
    if given.out:
        given.out.write_text("\n".join(lines).rstrip() + "\n", "utf-8")
    sys.exit(0 if all(held for *_, held in rows) else 1)


if __name__ == "__main__":
    main()
