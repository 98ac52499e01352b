"""The picture of a run of `speed`."""

import importlib
from pathlib import Path
from typing import Any

from benchmarks.match.aims import THROUGHPUT as AIMS
from benchmarks.match.report import count

DECADES = [100, 1_000, 10_000, 100_000, 1_000_000]
Figures = dict[str, Any]


def plot(figures: Figures, path: Path) -> None:
    """Queries a second over the size of the list, everything on logarithmic axes."""
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "vacatur"
    pyplot = importlib.import_module("matplotlib.pyplot")
    picture, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    picture.get_layout_engine().set(w_pad=0.15, h_pad=0.1)
    drawn(axes, figures)
    sizes = [int(size) for size in figures["sizes"]]
    axes.set(xscale="log", yscale="log", xlabel="names on the list", ylabel="queries a second")
    axes.set_xticks(sizes, [count(size) for size in sizes])
    axes.set_xticks([], minor=True)
    axes.set_yticks(DECADES, [count(each) for each in DECADES])
    axes.set_yticks([], minor=True)
    axes.set_ylim(DECADES[0] / 2, DECADES[-1])
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.1)
    picture.legend(frameon=False, loc="outside upper center", ncols=3, fontsize=9)
    picture.savefig(path, metadata={"Date": None})


def drawn(axes: Any, figures: Figures) -> None:
    """The matchers' lines, and what was aimed at."""
    threads, peers = figures["plan"]["threads"], figures["peers"]
    for each, colour in zip(threads, ["#1f4e79", "#2e86c1", "#85c1e9"], strict=False):
        name = f"{figures['engine']}, {each} thread{'s' * (each > 1)}"
        points = {int(size): held[f"batch_{each}"]["per_second"] for size, held in figures["sizes"].items()}
        line(axes, points, name, colour, below=each == 1)
    aims = {int(size): least for size, least in AIMS.items() if size in figures["sizes"]}
    axes.plot(list(aims), list(aims.values()), "D", color="#1f4e79", fillstyle="none", label="aim, 1 thread")
    most = max(threads)
    rapid = {int(size): held[f"rapidfuzz_{most}"]["per_second"] for size, held in peers.items()}
    line(axes, rapid, f"rapidfuzz cdist, {most} threads", "#b9770e")
    slow = {int(s): held["nomenklatura"]["queries_per_second"] for s, held in peers.items() if "nomenklatura" in held}
    line(axes, slow, "nomenklatura index + logic-v2", "#922b21")


def line(axes: Any, points: dict[int, float], name: str, colour: str, below: bool = False) -> None:
    """One matcher's line, its values written above or below its points."""
    if points:
        axes.plot(list(points), list(points.values()), marker="o", color=colour, label=name)
        for size, value in points.items():
            axes.annotate(
                count(value),
                (size, value),
                (-4, -14) if below else (5, 5),
                textcoords="offset points",
                ha="right" if below else "left",
                fontsize=8,
            )
