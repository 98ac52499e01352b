"""One measurement in a process of its own, so that memory and threads are its own; prints one line of JSON.

Started by `speed`, one task each: build, open, single, batch, lossless, cdist.
"""

import argparse
import gc
import json
import os
import platform
import re
import shutil
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import cast

from benchmarks.match.engine import Engine, Found, Index, engine, sorted_tokens
from benchmarks.match.lists import Query, read, read_list, read_queries

WARMING = 5_000
PIECE = 100_000

Figures = dict[str, object]
Batch = Sequence[str]
"""Python strings; also an Arrow column, which has as much of a sequence as is used here."""


def memory() -> Figures:
    """Megabytes of this process: the most it held, what it holds for itself, and what it maps from files."""
    status = Path("/proc/self/status")
    said = dict(re.findall(r"(\w+):\s+(\d+) kB", status.read_text("utf-8"))) if status.exists() else {}
    wanted = {"peak_mb": "VmHWM", "own_mb": "RssAnon", "mapped_mb": "RssFile"}
    return {name: round(int(said.get(key, 0)) / 1024) for name, key in wanted.items()}


def build(machine: Engine, listed: Path, saved: Path, repeat: int, kind: str | None) -> Figures:
    """Build an index from raw strings and save it: of the names' own kinds, or all of the one that is given."""
    ids, texts, kinds = (list(column) for column in zip(*read_list(listed), strict=True))
    kinds = [kind] * len(kinds) if kind else kinds
    before, seconds = memory(), []
    for _ in range(repeat):
        gc.collect()
        shutil.rmtree(saved, ignore_errors=True)  # what is there already would not be written again
        start = time.perf_counter()
        index = machine.build(ids, texts, kinds)
        index.save(saved)
        seconds.append(time.perf_counter() - start)
        del index
    size = sum(file.stat().st_size for file in [saved, *saved.rglob("*")] if file.is_file())
    held = {"input_mb": before["own_mb"], **memory()}
    return {"names": len(ids), "seconds": seconds, "bytes": size, "bytes_per_name": size / len(ids), **held}


def opened(machine: Engine, saved: Path, repeat: int) -> Figures:
    """Open a saved index, again and again."""
    before, seconds = memory(), []
    for _ in range(repeat):
        start = time.perf_counter()
        index = machine.open(saved)
        seconds.append(time.perf_counter() - start)
        del index
    return {"seconds": seconds, "python_mb": before["own_mb"], **memory()}


def single(machine: Engine, index: Index, asked: Sequence[str]) -> Figures:
    """One query after the other, from Python: the time of each in microseconds, after others that warmed the memory."""
    warming = min(WARMING, len(asked) // 3)
    for text in asked[:warming]:
        index.search(text, machine.threshold)
    taken = []
    for text in asked[warming:]:
        start = time.perf_counter()
        index.search(text, machine.threshold)
        taken.append((time.perf_counter() - start) * 1e6)
    taken.sort()
    parts = {f"p{part}_us": taken[min(len(taken) - 1, len(taken) * part // 100)] for part in (50, 90, 99, 100)}
    return {"queries": len(taken), "warming": warming, **parts}


def batch(machine: Engine, index: Index, batches: Sequence[Batch]) -> Figures:
    """Batches of queries, each of others than those before: seconds of each, raw strings in and a table of hits out.

    What a process learned in the first it knows in the later ones, so the first stands apart where there are others.
    """
    seconds, hits = [], 0
    index.count_many(batches[-1][:10], machine.threshold)  # the first call imports what makes the table
    for asked in batches:
        start = time.perf_counter()
        hits = index.count_many(asked, machine.threshold)
        seconds.append(time.perf_counter() - start)
    first, later = seconds[0], seconds[1:] or seconds
    return {"queries": len(batches[-1]), "hits": hits, "first": first, "seconds": later, **memory()}


def lossless(machine: Engine, index: Index, asked: Sequence[str]) -> Figures:
    """Whether searching, alone and in a batch, answers exactly what scoring every name answers."""
    met: dict[int, list[Found]] = {}
    for row, hit in index.search_many(asked, machine.threshold):
        met.setdefault(row, []).append(hit)
    differ, hits = [], 0
    for row, text in enumerate(asked):
        truth = sorted(index.brute_force(text, machine.threshold))
        hits += len(truth)
        alone, many = sorted(index.search(text, machine.threshold)), sorted(met.get(row, ()))
        if not truth == alone == many:
            differ.append(text)
    return {"queries": len(asked), "hits": hits, "differ": len(differ), "examples": differ[:20]}


def column(asked: Path, count: int) -> Batch:
    """So many queries as an Arrow column, read piece by piece: what a table of customers would be."""
    import pyarrow as pa

    texts = (row[0] for row in islice(read(asked), count))
    pieces = iter(lambda: pa.array(list(islice(texts, PIECE)), pa.string()), pa.array([], pa.string()))
    return cast(Batch, pa.chunked_array(list(pieces), pa.string()))


def parted(asked: Sequence[str], size: int) -> list[Batch]:
    """Batches of one size, the first of the file last: those are what the peers answer."""
    return [asked[at : at + size] for at in range(0, len(asked), size)][::-1]


def halved(asked: Sequence[Query], count: int) -> list[str]:
    """So many queries, half of them disguised names where there are so many: they have more to lose."""
    planted = [query.text for query in asked if query.entry][: count // 2]
    return planted + [query.text for query in asked if not query.entry][: count - len(planted)]


def cdist(listed: Path, asked: Sequence[str], threads: int, repeat: int) -> Figures:
    """Every query against every name by rapidfuzz's quickest way: edit distance over sorted tokens, a cut at .8."""
    from rapidfuzz import fuzz, process

    names = [sorted_tokens(name.text) for name in read_list(listed)]
    seconds, hits = [], 0
    for _ in range(repeat):
        start, hits = time.perf_counter(), 0
        for at in range(0, len(asked), 100):
            plain = [sorted_tokens(text) for text in asked[at : at + 100]]
            scores = process.cdist(plain, names, scorer=fuzz.ratio, score_cutoff=80, workers=threads)
            hits += int((scores > 0).sum())
        seconds.append(time.perf_counter() - start)
    return {"queries": len(asked), "hits": hits, "seconds": seconds, **memory()}


def main() -> None:
    """Do the task and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=["build", "open", "single", "batch", "lossless", "cdist"])
    parser.add_argument("--engine", default="vacatur")
    parser.add_argument("--list", type=Path, required=True)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--count", type=int)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--kind", help="build: all names are of this kind")
    parser.add_argument("--arrow", type=int, default=0, help="batch: 1 for queries as an Arrow column")
    given = parser.parse_args()
    if platform.system() == "Linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.threads])
    print(json.dumps(task(given)))


def task(given: argparse.Namespace) -> Figures:
    """What was measured."""
    if given.task == "cdist":
        asked = [query.text for query in read_queries(given.queries, given.count)]
        return cdist(given.list, asked, given.threads, given.repeat)
    machine = engine(given.engine)
    if given.task == "build":
        return build(machine, given.list, given.index, given.repeat, given.kind)
    if given.task == "open":
        return opened(machine, given.index, given.repeat)
    return searched(given, machine, machine.open(given.index))


def searched(given: argparse.Namespace, machine: Engine, index: Index) -> Figures:
    """What was measured of an index that is there already."""
    if given.task == "batch" and given.arrow:
        return batch(machine, index, [column(given.queries, given.count)])
    wanted = {"lossless": None, "batch": given.count * given.repeat}.get(given.task, given.count)
    queries = read_queries(given.queries, wanted)
    if given.task == "lossless":
        return lossless(machine, index, halved(queries, given.count))
    asked = [query.text for query in queries]
    if given.task == "single":
        return single(machine, index, asked)
    return batch(machine, index, parted(asked, given.count))


if __name__ == "__main__":
    main()
