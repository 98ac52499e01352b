"""The page and the picture of a run of `speed`."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.match.report import Machine, count, table

Figures = dict[str, Any]


def page(figures: Figures) -> list[str]:
    """The Markdown of a run."""
    threads, most = figures["plan"]["threads"], max(figures["plan"]["threads"])
    head = ["names", "build", "bytes a name", "open", "one query p50", "p99"]
    head += [f"batch, {each} thread{'s' * (each > 1)}" for each in threads]
    customers = figures["plan"]["customers"]
    head += [f"{count(customers)} customers, {most} threads", "memory"] if customers else []
    intro = (
        f"{figures['date']}. {Machine(**figures['machine'])}. Lists: {figures['lists']}; queries: 97 % names that are "
        "on no list, 3 % disguised listed names; raw strings in, every hit at the default threshold out."
    )
    legend = (
        f"Batch: queries a second, median of {figures['plan']['repeat']} runs over {figures['plan']['queries']:,} "
        "queries. Memory: the most that the process with all customers held, and in brackets its own part, without "
        "what it maps from the index file."
    )
    return [
        f"# The matching engine: speed ({figures['engine']})",
        "",
        intro,
        *(["", f"**{figures['note']}**"] if figures["note"] else []),
        "",
        *table(head, [size_row(int(size), held, threads, customers) for size, held in figures["sizes"].items()]),
        "",
        legend,
        "",
        "## Lossless",
        "",
        *table(
            ["names", "queries", "hits", "queries with another answer than brute force"],
            [
                [count(int(size)), held["lossless"]["queries"], held["lossless"]["hits"], held["lossless"]["differ"]]
                for size, held in figures["sizes"].items()
                if "lossless" in held
            ],
        ),
        "",
        "## Against others, same list and queries",
        "",
        *table(["names", "matcher", "threads", "queries/s", "engine on the same", "ratio"], list(rivals(figures))),
        "",
        *notes(figures),
    ]


def size_row(size: int, held: Figures, threads: list[int], customers: int) -> list[str]:
    """One list's row."""
    row = [
        count(size),
        f"{held['build']['median']:.2f} s",
        f"{held['build']['bytes_per_name']:.0f}",
        f"{held['open']['median'] * 1000:.1f} ms",
        f"{held['single']['p50_us']:.0f} µs",
        f"{held['single']['p99_us']:.0f} µs",
        *(count(held[f"batch_{each}"]["per_second"]) for each in threads),
    ]
    if customers:
        row += [f"{held['customers']['median']:.1f} s", "{peak_mb} MB ({own_mb})".format(**held["customers"])]
    return row


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
    return [
        "nomenklatura on {names:,} names: build {build_seconds:.1f} s, {rss_mb:.0f} MB; {queries:,} queries: blocking "
        "{blocking_seconds:.1f} s, comparing {comparing_seconds:.1f} s; {planted} disguised names among them: in the "
        "candidates {recall_of_index:.1%}, found {recall:.1%}.".format(**held["nomenklatura"])
        for held in figures["peers"].values()
        if "nomenklatura" in held
    ]


def plot(figures: Figures, path: Path) -> None:
    """Queries a second over the size of the list, everything on logarithmic axes."""
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "vacatur"
    pyplot = importlib.import_module("matplotlib.pyplot")
    picture, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    for threads, colour in zip(figures["plan"]["threads"], ["#1f4e79", "#2e86c1", "#85c1e9"], strict=False):
        name = f"{figures['engine']}, {threads} thread{'s' * (threads > 1)}"
        points = {int(size): held[f"batch_{threads}"]["per_second"] for size, held in figures["sizes"].items()}
        line(axes, points, name, colour, below=threads == 1)
    most = max(figures["plan"]["threads"])
    peers = figures["peers"]
    rapid = {int(size): held[f"rapidfuzz_{most}"]["per_second"] for size, held in peers.items()}
    line(axes, rapid, f"rapidfuzz cdist, {most} threads", "#b9770e")
    slow = {int(s): held["nomenklatura"]["queries_per_second"] for s, held in peers.items() if "nomenklatura" in held}
    line(axes, slow, "nomenklatura index + logic-v2", "#922b21")
    axes.set(xscale="log", yscale="log", xlabel="names on the list", ylabel="queries a second")
    sizes = [int(size) for size in figures["sizes"]]
    axes.set_xticks(sizes, [count(size) for size in sizes])
    axes.set_xticks([], minor=True)
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.15, y=0.15)
    axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, 1.15), ncols=2)
    picture.savefig(path, metadata={"Date": None})


def line(axes: Any, points: dict[int, float], name: str, colour: str, below: bool = False) -> None:
    """One matcher's line, its values written above or below its points."""
    if points:
        axes.plot(list(points), list(points.values()), marker="o", color=colour, label=name)
        for size, value in points.items():
            axes.annotate(
                count(value),
                (size, value),
                (0, -15 if below else 7),
                textcoords="offset points",
                ha="center",
                fontsize=8,
            )
