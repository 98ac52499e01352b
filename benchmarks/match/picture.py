"""The picture of a run of `speed`."""

import importlib
from pathlib import Path
from typing import Any

from benchmarks.match.report import count

Figures = dict[str, Any]


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
