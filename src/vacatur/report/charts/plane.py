"""Where values stand on a chart with two axes, and the axes themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from vacatur.model.moment import start_of_day
from vacatur.report.charts.figure import point
from vacatur.report.charts.numbers import ticks
from vacatur.report.html import Html, el
from vacatur.report.timeline.labels import text_width
from vacatur.report.timeline.scale import Scale
from vacatur.report.timeline.wording import SIZES

STRETCH = 1000
"""Paths are drawn on so many units of width and stretched with the window; their strokes are not."""
AREAS = ("band", "under")
"""Classes of paths that are areas."""
FOOT = 26
"""Room for the words under the plot, in pixels."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the horizontal axis, as a share of its width, with its word; weighty words are kept first."""

    share: float
    words: str
    weighty: bool = False


@dataclass(frozen=True, slots=True)
class Plane:
    """The stretch of values shown: x from `left` to `right`, y from `low` to `high` between two heights in pixels."""

    left: float
    right: float
    low: Decimal
    high: Decimal
    top: int
    bottom: int

    def share(self, x: float) -> float:
        """Where x stands, as a share of the width."""
        return (x - self.left) / (self.right - self.left)

    def x(self, x: float) -> str:
        """Where x stands, in per cent of the width."""
        return f"{100 * self.share(x):.3f}%"

    def y(self, value: float | Decimal) -> float:
        """Where a value stands, in pixels from the top."""
        part = float((Decimal(value) - self.low) / (self.high - self.low))
        return round(self.bottom - part * (self.bottom - self.top), 2)


def spanning(values: Iterable[Decimal], room: Decimal = Decimal("0.06")) -> tuple[Decimal, Decimal]:
    """The lowest and highest value to show: all of these, with a little room, and never an empty stretch."""
    known = list(values)
    low, high = min(known), max(known)
    space = (high - low) * room or max(abs(high) * room, Decimal("0.01"))
    return low - space, high + space


def heights(plane: Plane, words: dict[Decimal, str]) -> list[Html]:
    """The grid lines of the vertical axis with their words at the left."""
    found: list[Html] = []
    for value, said in words.items():
        y = plane.y(value)
        found.append(el("line", x1="0%", x2="100%", y1=y, y2=y, class_="base" if value else "zero"))
        found.append(el("text", said, x=0, dx=-8, y=y + 4, text_anchor="end", class_="sm"))
    return found


def levels(plane: Plane, most: int = 5) -> list[Decimal]:
    """The values at which grid lines stand."""
    return ticks(plane.low, plane.high, most)


def foot(plane: Plane, found: Sequence[Tick]) -> list[Html]:
    """The horizontal axis: a tick for each place, and words where they have room at the width at hand."""
    y = plane.bottom
    lines = [el("line", x1=_pc(tick), x2=_pc(tick), y1=y, y2=y + 5, class_="tick") for tick in found]
    words = [el("g", *(_word(tick, y + 20) for tick in fitting(found, width)), class_=name or "narrow")
             for name, width in SIZES]  # fmt: skip
    return [*lines, *words]


def fitting(found: Sequence[Tick], width: float) -> list[Tick]:
    """The ticks whose words do not meet on an axis of so many pixels: weighty ones first, then from left to right."""
    kept: list[Tick] = []
    for tick in sorted(found, key=lambda tick: (not tick.weighty, tick.share)):
        start, end = _reach(tick, width)
        if all(end + 8 <= first or last + 8 <= start for first, last in (_reach(other, width) for other in kept)):
            kept.append(tick)
    return sorted(kept, key=lambda tick: tick.share)


def path(plane: Plane, height: int, *lines: tuple[str, Sequence[tuple[float, float]]]) -> Html:
    """Lines as paths, each with its class; those of the classes in `AREAS` are closed."""
    drawn = []
    for kind, points in lines:
        spots = "L".join(f"{STRETCH * plane.share(x):.1f} {plane.y(value)}" for x, value in points)
        drawn.append(el("path", d=f"M{spots}{'Z' if kind in AREAS else ''}", class_=kind))
    return el("svg", *drawn, x=0, y=0, width="100%", height=height, viewBox=f"0 0 {STRETCH} {height}",
              preserveAspectRatio="none", overflow="visible")  # fmt: skip


def pole(plane: Plane, x: float, top: float, kind: str = "pole") -> Html:
    """An upright line from a height down to the axis."""
    return el("line", x1=plane.x(x), x2=plane.x(x), y1=top, y2=plane.bottom, class_=kind)


def spot(plane: Plane, x: float, y: float, *parts: Html | None, class_: str | None = None) -> Html:
    """Something drawn in pixels around a place on the plane."""
    return point(100 * plane.share(x), y, *parts, class_=class_)


def calendar(first: date, last: date) -> tuple[Scale, list[Tick]]:
    """Days as places on an axis, with the ticks of the timeline. The axis knows days only, so any zone will do."""
    scale = Scale(noon(first), noon(last), UTC)
    return scale, [Tick(scale.raw(tick.at), tick.words, tick.yearly) for tick in scale.ticks()
                   if scale.holds(tick.at)]  # fmt: skip


def noon(day: date) -> datetime:
    """The place of a day on a calendar's axis."""
    return start_of_day(day, UTC)


def _reach(tick: Tick, width: float) -> tuple[float, float]:
    x, long = tick.share * width, text_width(tick.words, 12)
    return {"start": (x, x + long), "end": (x - long, x), "middle": (x - long / 2, x + long / 2)}[_anchor(tick)]


def _word(tick: Tick, y: int) -> Html:
    return el("text", tick.words, x=_pc(tick), y=y, text_anchor=_anchor(tick), class_="sm")


def _anchor(tick: Tick) -> str:
    return "start" if tick.share < 0.02 else "end" if tick.share > 0.98 else "middle"


def _pc(tick: Tick) -> str:
    return f"{100 * tick.share:.3f}%"
