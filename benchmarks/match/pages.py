"""The page of a run of `speed`."""

from collections.abc import Iterator
from typing import Any

from benchmarks.match.aims import reached
from benchmarks.match.report import Machine, count, table

Figures = dict[str, Any]


def page(figures: Figures, accuracy: Figures) -> list[str]:
    """The Markdown of a run, with what another run said of accuracy."""
    intro = (
        f"{figures['date']}. {Machine(**figures['machine'])}. Lists: {figures['lists']}; queries: 97 % names that are "
        "on no list, 3 % disguised listed names; raw strings in, every hit at the default threshold out."
    )
    return [
        f"# The matching engine: speed ({figures['engine']})",
        *("", intro),
        *(["", figures["note"]] if figures["note"] else []),
        *("", "## Against the aims", ""),
        *table(["aim", "figure", "reached"], reached(figures, accuracy)),
        *("", "## The engine", ""),
        *engine_lines(figures),
        *("", "## Lossless", ""),
        *table(
            ["names", "queries", "hits", "queries with another answer than brute force"],
            [
                [count(int(size)), held["lossless"]["queries"], held["lossless"]["hits"], held["lossless"]["differ"]]
                for size, held in figures["sizes"].items()
                if "lossless" in held
            ],
        ),
        *("", "## Against others, same list and queries", ""),
        *table(["names", "matcher", "threads", "queries/s", "engine on the same", "ratio"], list(rivals(figures))),
        "",
        *notes(figures),
    ]


def engine_lines(figures: Figures) -> list[str]:
    """Its own tables, and what they mean."""
    plan, sizes = figures["plan"], figures["sizes"]
    threads, single = plan["threads"], next(iter(sizes.values()))["single"]
    head = ["names", "build", "bytes a name", "open", "one query p50", "p99"]
    head += [f"{which} batch, {each} thread{'s' * (each > 1)}" for each in threads for which in ("first", "later")]
    legend = (
        f"Build: on {max(threads)} cores, and saved. One query: from Python, one after the other, "
        f"{single['queries']:,} queries after {single['warming']:,} others. Batch: {plan['queries']:,} queries, Python "
        "strings in, a table of hits out, queries a second: the first batch of a process, and the median of the "
        f"{plan['repeat'] - 1} after it, each of other queries, when words are known that came before. Each figure is "
        "of a process of its own, pinned to as many cores as it has threads."
    )
    customers = (line for size, held in sizes.items() if "customers" in held for line in ("", customer(size, held)))
    one_kind = (line for size, held in figures.get("one_kind", {}).items() for line in ("", of_one_kind(size, held)))
    rows = [size_row(int(size), held, threads) for size, held in sizes.items()]
    return [*table(head, rows), "", legend, *customers, *one_kind]


def of_one_kind(size: str, held: Figures) -> str:
    """What a list costs whose names are all of one kind."""
    return (
        f"The same {count(int(size))} names listed as of unknown kind, so that a query is read and searched once "
        f"and not for each kind: {count(held['first_per_second'])} queries a second on one thread in the first batch, "
        f"{count(held['per_second'])} in later ones."
    )


def customer(size: str, held: Figures) -> str:
    """How long all customers took."""
    run = held["customers"]
    return (
        f"{count(run['queries'])} customers, an Arrow column, against {count(int(size))} names on two cores: "
        f"{run['median']:.1f} s (median of {len(run['seconds'])} processes), {run['hits']:,} hits; at most "
        f"{run['peak_mb']:,} MB resident, {run['own_mb']:,} MB of them the process's own in the end, the rest mapped "
        "from the index file."
    )


def size_row(size: int, held: Figures, threads: list[int]) -> list[str]:
    """One list's row."""
    return [
        count(size),
        f"{held['build']['median']:.2f} s",
        f"{held['build']['bytes_per_name']:.0f}",
        f"{held['open']['median'] * 1000:.1f} ms",
        f"{held['single']['p50_us']:.0f} µs",
        f"{held['single']['p99_us']:.0f} µs",
        *(count(held[f"batch_{each}"][f"{which}per_second"]) for each in threads for which in ("first_", "")),
    ]


def rivals(figures: Figures) -> Iterator[list[str]]:
    """Each peer's row, on each list."""
    most = max(figures["plan"]["threads"])
    for size, held in figures["peers"].items():
        for threads in figures["plan"]["threads"]:
            own, other = (held[f"{who}_{threads}"]["per_second"] for who in ("engine", "rapidfuzz"))
            yield [count(int(size)), "rapidfuzz cdist", str(threads), count(other), count(own), times(own / other)]
        if "nomenklatura" in held:
            other = held["nomenklatura"]["queries_per_second"]
            name = f"nomenklatura {held['nomenklatura']['version']}, index + logic-v2"
            for threads in figures["plan"]["threads"]:
                own, used = held[f"engine_{threads}"]["per_second"], f"{most} (engine {threads})"
                yield [count(int(size)), name, used, count(other), count(own), times(own / other)]


def times(ratio: float) -> str:
    """How many times as fast."""
    return f"{ratio:,.0f} ×" if ratio >= 10 else f"{ratio:.1f} ×"


def notes(figures: Figures) -> list[str]:
    """What else the peer's run showed."""
    first = [
        f"{count(held[f'engine_{threads}']['first_per_second'])} ({count(int(size))} names, {threads} threads)"
        for size, held in figures["peers"].items()
        for threads in figures["plan"]["threads"]
    ]
    began = (
        "Engine and nomenklatura answered as many other queries before; rapidfuzz remembers nothing. Of those, the "
        f"engine answered so many a second: {', '.join(first)}."
    )
    return ([began, ""] if first else []) + [
        "nomenklatura on {names:,} names: build {build_seconds:.1f} s, {rss_mb:.0f} MB; {queries:,} queries: blocking "
        "{blocking_seconds:.1f} s, comparing {comparing_seconds:.1f} s; {planted} disguised names among them: in the "
        "candidates {recall_of_index:.1%}, found {recall:.1%}.".format(**held["nomenklatura"])
        for held in figures["peers"].values()
        if "nomenklatura" in held
    ]
