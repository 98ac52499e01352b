"""Horizontal bars: a table whose rows draw their number, so that names of any length have room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vacatur.report.charts.figure import figure, nothing
from vacatur.report.charts.numbers import Number, exact
from vacatur.report.html import Html, el

LEAST = 0.008
"""The length that a bar has at least, as a share of the longest: what is there can be seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, how many, and what else there is to say of it."""

    label: str
    value: Number
    note: str = ""


def bars(title: str, rows: Sequence[Bar], heads: tuple[str, str], *, unit: str = "", empty: str = "Nothing.") -> Html:
    """Bars in the order given, from a common zero to the longest. `heads` name the two columns.

    Raises `ValueError` for a negative value: a length cannot show it.
    """
    if not rows:
        return nothing(title, empty)
    if any(row.value < 0 for row in rows):
        raise ValueError(f"{title!r} has a negative bar")
    most = max(row.value for row in rows)
    drawn = [_row(row, max(LEAST, float(row.value / most)) if row.value else 0.0, unit) for row in rows]
    head = el("tr", el("th", heads[0], scope="col"), el("th", heads[1], scope="col", class_="num"), el("td"))
    return figure(title, el("table", el("caption", title, class_="vh"), el("thead", head), el("tbody", *drawn),
                            class_="bars"))  # fmt: skip


AGES = (1, 7, 30, 90)
"""Days at which one bucket of ages ends and the next begins."""


def by_age(days: Iterable[int], edges: Sequence[int] = AGES) -> list[Bar]:
    """Ages in whole days, counted in buckets, youngest first; empty buckets are kept, so that a gap can be seen."""
    found = list(days)
    bounds = [0, *edges]
    counted = [Bar(_bucket(first, last), sum(first <= age < last for age in found))
               for first, last in zip(bounds, edges, strict=False)]  # fmt: skip
    return [*counted, Bar(f"{bounds[-1]} days or more", sum(age >= bounds[-1] for age in found))] if found else []


def _bucket(first: int, last: int) -> str:
    if last - first == 1:
        return "under a day" if first == 0 else f"{first} day" + ("" if first == 1 else "s")
    return f"{first} to {last - 1} days"


def _row(row: Bar, share: float, unit: str) -> Html:
    rect = el("rect", width=f"{100 * share:.3f}%", height=14) if share else None
    line = el(
        "svg", el("line", x1=0, x2=0, y1=-3, y2=17, class_="stem"), rect, class_="tl", height=14, aria_hidden="true"
    )
    note = el("small", row.note, class_="q") if row.note else None
    return el("tr", el("th", row.label, note, scope="row"), el("td", exact(row.value, unit), class_="num"),
              el("td", line, class_="bar"))  # fmt: skip
