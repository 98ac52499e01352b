"""Steps over time: an amount that holds until a day and is another from then on, such as what has still to be sold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from vacatur.report.charts.figure import Table, figure, nothing, picture
from vacatur.report.charts.numbers import Number, brief, exact
from vacatur.report.charts.plane import FOOT, Plane, calendar, foot, heights, levels, noon, path
from vacatur.report.dates import day, short
from vacatur.report.html import Html, el
from vacatur.report.timeline.labels import text_width
from vacatur.report.timeline.scale import Scale
from vacatur.report.timeline.wording import SIZES

TOP, BOTTOM = 26, 286
"""Where the highest step and the axis stand, in pixels."""


@dataclass(frozen=True, slots=True)
class Step:
    """From `on` the amount is `value`, until the next step; `note` says what happens on that day."""

    on: date
    value: Number
    note: str = ""


def steps(title: str, found: Sequence[Step], until: date, *, unit: str = "", empty: str = "Nothing.") -> Html:
    """The amount from the first step's day to `until`. Steps after `until` are in the table, and not in the picture.

    Raises `ValueError` for a negative amount, or for days that do not follow each other.
    """
    if not any(step.value for step in found):
        return nothing(title, empty)
    if any(step.value < 0 for step in found) or any(one.on >= two.on for one, two in pairwise(found)):
        raise ValueError(f"{title!r} needs amounts from zero on, and days in order")
    shown = [step for step in found if step.on < until]
    if not shown:
        raise ValueError(f"{title!r} begins after {until}")
    most = Decimal(max(step.value for step in shown))
    plane = Plane(0, 1, Decimal(0), most or Decimal(1), TOP, BOTTOM)
    scale, days = calendar(shown[0].on, until)
    words = {value: brief(value) for value in levels(plane)}
    edge = _stairs(shown, scale)
    area = path(plane, BOTTOM, ("under", [(0.0, 0.0), *edge, (1.0, 0.0)]), ("edge", edge))
    drawn = [*heights(plane, words), *foot(plane, days), area, *_labels(shown, scale, plane, unit)]
    rows = [(day(step.on), exact(step.value, unit), step.note) for step in found]
    said = "; ".join(f"{exact(step.value, unit)} from {day(step.on)}" for step in found)
    table = Table(("From", "Amount", "What happens"), rows)
    return figure(title, picture(title, f"{said}.", drawn, BOTTOM + FOOT), table)


def _stairs(found: Sequence[Step], scale: Scale) -> list[tuple[float, float]]:
    """The upper edge: level from each step's day to the next, then up or down."""
    ends = [*(scale.raw(noon(step.on)) for step in found[1:]), 1.0]
    return [(x, float(step.value)) for step, end in zip(found, ends, strict=True)
            for x in (scale.raw(noon(step.on)), end)]  # fmt: skip


def _labels(found: Sequence[Step], scale: Scale, plane: Plane, unit: str) -> list[Html]:
    """The first amount, and at each fall its day and how much, where words have room at the width at hand."""
    first = el("text", exact(found[0].value, unit), x="0%", dx=4, y=plane.y(Decimal(found[0].value)) - 8, class_="nm")
    groups = []
    for name, width in SIZES:
        taken: list[tuple[float, float, float]] = []
        words: list[Html] = []
        for one, two in pairwise(found):
            x, y = scale.pct(noon(two.on)), (plane.y(Decimal(one.value)) + plane.y(Decimal(two.value))) / 2
            said = f"{short(two.on, year=False)} {exact(two.value - one.value)}"
            start, end = x / 100 * width - 8 - text_width(said), x / 100 * width
            if start >= 0 and all(end <= left or right <= start or abs(y - at) >= 15 for left, right, at in taken):
                taken.append((start, end, y))
                words.append(el("text", said, x=f"{x:.3f}%", dx=-8, y=y + 4, text_anchor="end"))
        groups.append(el("g", *words, class_=name or "narrow"))
    return [first, *groups]
