"""The axis: a tick for every unit of time, words where they have room, and the moment asked about as a flag."""

from __future__ import annotations

from vacatur.report.dates import local, short
from vacatur.report.html import Html, el
from vacatur.report.timeline.labels import text_width
from vacatur.report.timeline.lanes import Timeline
from vacatur.report.timeline.scale import Scale, Tick
from vacatur.report.timeline.wording import SIZES

GAP = 8
"""Between two words of the axis, in pixels."""


def axis(picture: Timeline) -> Html:
    """The row above the lanes."""
    scale = picture.scale
    low = 66 if scale.holds(picture.on) else 38
    ticks = scale.ticks()
    lines = [el("line", x1=_pc(scale, tick), x2=_pc(scale, tick), y1=low - 8, y2=low, class_="tick") for tick in ticks]
    words = [el("g", *(_word(scale, tick, width, low - 14) for tick in told(ticks, scale, width)),
                class_=name or "narrow") for name, width in SIZES]  # fmt: skip
    svg = el("svg", *lines, *words, class_="tl", height=low, aria_hidden="true")
    plot = el("div", svg, _flag(picture), class_="plot")
    return el("div", el("div", class_="lane-h"), el("div", class_="caps"), plot, class_="lane axis")


def told(ticks: list[Tick], scale: Scale, plot: float) -> list[Tick]:
    """The ticks whose words have room on a plot of this width: years first, then from left to right."""
    taken: list[tuple[float, float]] = []
    found: list[Tick] = []
    for tick in sorted(ticks, key=lambda tick: (not tick.yearly, tick.at)):
        start, end = _reach(tick, scale, plot)
        if all(end + GAP <= first or last + GAP <= start for first, last in taken):
            taken.append((start, end))
            found.append(tick)
    return sorted(found, key=lambda tick: tick.at)


def _reach(tick: Tick, scale: Scale, plot: float) -> tuple[float, float]:
    x, width = scale.raw(tick.at) * plot, text_width(tick.words, 12)
    return (x, x + width) if _first(tick, scale) else (x - width / 2, x + width / 2)


def _word(scale: Scale, tick: Tick, plot: float, y: int) -> Html | None:
    if scale.raw(tick.at) * plot + text_width(tick.words, 12) / 2 > plot + 20:
        return None
    anchor = "start" if _first(tick, scale) else "middle"
    return el("text", tick.words, x=_pc(scale, tick), y=y, text_anchor=anchor, class_="sm")


def _first(tick: Tick, scale: Scale) -> bool:
    """Whether a tick stands so near to the left edge that its word has to begin there."""
    return scale.raw(tick.at) < 0.02


def _flag(picture: Timeline) -> Html | None:
    if not picture.scale.holds(picture.on):
        return None
    share = picture.scale.raw(picture.on)
    on, now = (local(clock, picture.scale.where).date() for clock in (picture.on, picture.now))
    words = short(on) + (", today" if on == now else "")
    return el("span", words, class_="flag", style=f"left:{share * 100:.3f}%;transform:translateX({-share * 100:.1f}%)")


def _pc(scale: Scale, tick: Tick) -> str:
    return f"{scale.pct(tick.at):.3f}%"
