"""What all charts share: a caption, the picture with a name and a description, and the exact numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vacatur.report.html import Html, el, join


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart: the first column names the row, the others are numbers."""

    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def figure(title: str, picture: Html, table: Table | None = None) -> Html:
    """A chart with its caption; the table can be opened beneath it."""
    numbers = el("details", el("summary", "The numbers"), table_of(title, table)) if table is not None else None
    return el("figure", el("figcaption", title), picture, numbers, class_="chart")


def nothing(title: str, words: str) -> Html:
    """A chart without data says what there is none of."""
    return el("figure", el("figcaption", title), el("p", words, class_="nil"), class_="chart")


def picture(title: str, told: str, parts: Sequence[Html | None], height: float, *, linked: bool = False) -> Html:
    """An SVG with its name and description. A picture with links inside is a group, so that they can be reached."""
    svg = el("svg", el("title", title), el("desc", told), *parts, class_="tl", height=height,
             role="group" if linked else "img")  # fmt: skip
    return el("div", svg, class_="plot")


def table_of(caption: str, table: Table) -> Html:
    """A table of numbers. Its caption is heard, and not seen: the chart has one already."""
    head = el("tr", *(el("th", name, scope="col", class_=_kind(at)) for at, name in enumerate(table.heads)))
    rows = [el("tr", el("th", row[0], scope="row"), *(el("td", cell, class_="num") for cell in row[1:]))
            for row in table.rows]  # fmt: skip
    drawn = el("table", el("caption", caption, class_="vh"), el("thead", head), el("tbody", *rows))
    return el("div", drawn, class_="wide-table", tabindex="0", role="region", aria_label=caption)


def point(x: float, y: float, *parts: Html | None, class_: str | None = None) -> Html:
    """Something drawn in pixels around a place: `x` in per cent, `y` in pixels."""
    return el("svg", join(parts), x=f"{x:.3f}%", y=y, width=1, height=1, overflow="visible", class_=class_)


def _kind(column: int) -> str | None:
    return "num" if column else None
