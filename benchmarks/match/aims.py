"""What the engine was asked to reach, and whether it did: one row an aim."""

from collections.abc import Iterator
from operator import ge, gt, le, lt
from typing import Any

from benchmarks.match.report import count

Figures = dict[str, Any]
Row = list[str]
THROUGHPUT = {"3000000": 30_000, "20000": 250_000}
"""Names on the list, and queries a second and core."""

HOLDS = {"≥": ge, ">": gt, "≤": le, "<": lt}


def reached(figures: Figures, accuracy: Figures) -> list[Row]:
    """All aims of which a run says something."""
    return [*speed(figures), *lossless(figures), *rival(figures), *(right(accuracy) if accuracy else ())]


def row(aim: str, value: float, sign: str, limit: float, shown: str) -> Row:
    """An aim, its figure, and whether it is reached."""
    return [aim, shown, "yes" if HOLDS[sign](value, limit) else "**no**"]


def speed(figures: Figures) -> Iterator[Row]:
    """Time and room."""
    for size, least in THROUGHPUT.items():
        if held := figures["sizes"].get(size):
            value, most = held["batch_1"]["per_second"], max(figures["plan"]["threads"])
            both = held[f"batch_{most}"]["per_second"]
            aim = f"{count(int(size))} names: ≥ {least:,} queries a second and core"
            first = held["batch_1"]["first_per_second"]
            shown = f"{value:,.0f}; on {most} cores {both:,.0f}; in a process's first batch {first:,.0f}"
            yield row(aim, value, "≥", least, shown)
    for size, held in figures.get("one_kind", {}).items():
        value, least = held["per_second"], THROUGHPUT["20000"]
        shown = f"{value:,.0f}; in a process's first batch {held['first_per_second']:,.0f}"
        yield row(f"{count(int(size))} names of one kind: the same", value, "≥", least, shown)
    if held := figures["sizes"].get("3000000"):
        yield from largest(held)


def largest(held: Figures) -> Iterator[Row]:
    """What is asked of the list of three million."""
    if run := held.get("customers"):
        aim = f"{count(run['queries'])} customers, 3M names, two cores: "
        yield row(aim + "< 20 s", run["median"], "<", 20, f"{run['median']:.1f} s")
        yield row(aim + "< 2 GB resident", run["peak_mb"], "<", 2048, f"{run['peak_mb']:,} MB")
    p50, p99 = held["single"]["p50_us"], held["single"]["p99_us"]
    yield row("one query at 3M: p50 < 0.1 ms", p50, "<", 100, f"{p50 / 1000:.4f} ms")
    yield row("one query at 3M: p99 < 1 ms", p99, "<", 1000, f"{p99 / 1000:.3f} ms")
    built, room, opened = held["build"]["median"], held["build"]["bytes_per_name"], held["open"]["median"] * 1000
    yield row("build of 3M on two cores: < 45 s", built, "<", 45, f"{built:.1f} s")
    yield row("3M: ≤ 300 bytes a name", room, "≤", 300, f"{room:.0f}")
    yield row("open 3M: < 20 ms", opened, "<", 20, f"{opened:.1f} ms")


def lossless(figures: Figures) -> Iterator[Row]:
    """Recall against brute force."""
    for size, least in (("20000", 2_000), ("200000", 500)):
        if held := figures["sizes"].get(size, {}).get("lossless"):
            aim = f"{count(int(size))}: what brute force finds, ≥ {least:,} queries"
            good = held["queries"] >= least and not held["differ"]
            yield row(aim, good, "≥", 1, f"{held['differ']} of {held['queries']:,} differ")


def rival(figures: Figures) -> Iterator[Row]:
    """How many times the peer's speed; the peer has all cores of the run, and so it is judged."""
    for size, held in figures["peers"].items():
        if "nomenklatura" in held:
            other = held["nomenklatura"]["queries_per_second"]
            ratios = [held[f"engine_{each}"]["per_second"] / other for each in figures["plan"]["threads"]]
            shown = ", ".join(
                f"{ratio:,.0f} × on {each}" for ratio, each in zip(ratios, figures["plan"]["threads"], strict=True)
            )
            aim = f"{count(int(size))}: ≥ 1,000 × nomenklatura, same list, queries and cores"
            yield row(aim, ratios[-1], "≥", 1000, f"{shown} threads")


def right(found: Figures) -> Iterator[Row]:
    """Accuracy: all pairs, and the half that nothing was tuned on."""
    for half, title in (("all", "both halves"), ("test", "the test half")):
        value = found["name_pairs"][half]["f1"]
        yield row(f"labelled name pairs, {title}: F1 ≥ .85", value, "≥", 0.85, f"{value:.3f}")
    for measure, least in (("recall", 0.97), ("precision", 0.99)):
        value, test = (found["un_nearest"][half][measure] for half in ("all", "test"))
        aim = f"treated United Nations names, nearest others: {measure} ≥ {least}"
        yield row(aim, min(value, test), "≥", least, f"{value:.3f} (test half {test:.3f})")
    for title, held in found["search"].items():
        yield row(f"{title}: ≤ 3 % of strangers alert", held["alerts"], "≤", 0.03, f"{held['alerts']:.2%}")
        recall = held["recall"]["all classes"]
        low = [f"{how} {value:.3f}" for how, value in held["recall"].items() if value < 0.95 and how != "all classes"]
        shown = f"{recall:.3f}" + (f"; below it {', '.join(low)}" if low else "")
        yield row(f"{title}: recall of disguised names ≥ .95", recall, "≥", 0.95, shown)
