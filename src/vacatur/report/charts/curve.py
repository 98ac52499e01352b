"""A line of estimates or prices: with a confidence band where there is one, and the events on it as marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from vacatur.report.charts.figure import Table, figure, nothing, picture, point
from vacatur.report.charts.numbers import brief
from vacatur.report.charts.plane import FOOT, Plane, Tick, foot, heights, levels, path, pole, spanning, spot
from vacatur.report.html import Html, el
from vacatur.report.timeline.labels import Label, aside, shared
from vacatur.report.timeline.marks import SHAPES
from vacatur.report.timeline.wording import SIZES

RAIL = 24
"""Where the marks stand, in pixels from the top; their numbers stand above them."""
MOST = 1200
"""A line of more points than this is drawn by the lowest and highest of each stretch, so that no spike is lost."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the line: its place, its value, the band around it if there is one, and words for it.

    `firm` points are filled, others hollow, where points are drawn at all.
    """

    at: float
    value: float
    low: float | None = None
    high: float | None = None
    words: str = ""
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An event: where it stands, its number, the shape that says what it did (a key of `marks.SHAPES`), its name,
    and the place on the page that it leads to.
    """

    at: float
    number: str
    shape: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """How a curve is framed: the stretch of places shown, their ticks, the unit of its values, and how high it is."""

    left: float
    right: float
    ticks: Sequence[Tick]
    unit: str = ""
    height: int = 240
    zero: bool = False
    """Whether zero belongs to the picture, and heights say on which side of it they are."""


def curve(title: str, told: str, line: Sequence[Spot], frame: Frame, *, beside: Sequence[Spot] = (),
          marks: Sequence[Mark] = (), table: Table | None = None, empty: str = "Nothing.") -> Html:  # fmt: skip
    """The line, its band, a second dashed line `beside` it for comparison, and the marks.

    `told` describes the picture to those who do not see it. Points stand from left to right.
    """
    if not line:
        return nothing(title, empty)
    values = [Decimal(repr(value)) for one in (*line, *beside) for value in (one.value, one.low, one.high)
              if value is not None]  # fmt: skip
    low, high = spanning([*values, Decimal(0)] if frame.zero else values)
    top = RAIL + 14 if marks else 10
    plane = Plane(frame.left, frame.right, low, high, top, frame.height)
    words = {value: _height(value, frame) for value in levels(plane)}
    poles = [pole(plane, mark.at, RAIL + 8) for mark in marks]
    lines = path(plane, frame.height, *_lines(line, beside))
    drawn = [*heights(plane, words), *foot(plane, frame.ticks), *poles, lines, *_points(plane, line),
             *_marks(plane, marks)]  # fmt: skip
    return figure(title, picture(title, told, drawn, frame.height + FOOT, linked=bool(marks)), table)


def thinned(line: Sequence[Spot], most: int = MOST) -> Sequence[Spot]:
    """The line with at most about `most` points: of each stretch the lowest and the highest, in their order."""
    if len(line) <= most:
        return line
    size = -(-2 * len(line) // most)
    kept: dict[float, Spot] = {line[0].at: line[0]}
    for start in range(0, len(line), size):
        stretch = line[start : start + size]
        ends = (min(stretch, key=lambda one: one.value), max(stretch, key=lambda one: one.value))
        kept |= {one.at: one for one in sorted(ends, key=lambda one: one.at)}
    return [*kept.values(), *([line[-1]] if line[-1].at not in kept else [])]


def _height(value: Decimal, frame: Frame) -> str:
    sign = "+" if frame.zero and value > 0 else ""
    return f"{sign}{brief(value)}" + (f"\N{NO-BREAK SPACE}{frame.unit}" if frame.unit else "")


def _lines(line: Sequence[Spot], beside: Sequence[Spot]) -> list[tuple[str, list[tuple[float, float]]]]:
    found = [("beside", [(one.at, one.value) for one in thinned(beside)])] if beside else []
    banded = [(one.at, one.low, one.high) for one in line if one.low is not None and one.high is not None]
    if banded:
        around = [(at, high) for at, _, high in banded] + [(at, low) for at, low, _ in reversed(banded)]
        found.append(("band", around))
    return [*found, ("line", [(one.at, one.value) for one in thinned(line)])]


def _points(plane: Plane, line: Sequence[Spot]) -> list[Html]:
    """A dot for each point of a line that has a band: filled where the band leaves zero out, hollow elsewhere."""
    return [spot(plane, one.at, plane.y(one.value),
                 el("circle", el("title", one.words), r=3.2, class_="pt firm" if one.firm else "pt"))
            for one in line if one.low is not None]  # fmt: skip


def _marks(plane: Plane, marks: Sequence[Mark]) -> list[Html]:
    """The marks on their rail, each a link; near neighbours step aside and may share a number."""
    ordered = sorted(marks, key=lambda mark: mark.at)
    xs = [plane.share(mark.at) for mark in ordered]
    moved = {name: aside(xs, width) for name, width in SIZES}
    drawn = [_mark(mark, x, f"--n:{moved[''][n]:.1f}px;--w:{moved['wide'][n]:.1f}px;--r:{moved['roomy'][n]:.1f}px")
             for n, (mark, x) in enumerate(zip(ordered, xs, strict=True))]  # fmt: skip
    labels = [Label(x, (mark.number,), "", 0) for mark, x in zip(ordered, xs, strict=True)]
    numbers = [el("g", *(el("text", words, x=f"{100 * x:.3f}%", y=RAIL - 11, text_anchor="middle", class_="nm")
                         for x, words in shared(labels, width)), class_=name or "narrow", aria_hidden="true")
               for name, width in SIZES]  # fmt: skip
    return [*numbers, *drawn]


def _mark(mark: Mark, x: float, steps: str) -> Html:
    shape = el("g", el("circle", r=12, class_="hit"), SHAPES[mark.shape], class_="step", style=steps)
    return el("a", point(100 * x, RAIL, el("title", mark.name), shape), href=mark.href, aria_label=mark.name)
