"""One bar parted by what the law does to its parts: the states keep the textures that they have in the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from vacatur.report.charts.figure import figure, nothing, picture
from vacatur.report.charts.numbers import Number, exact, share_words
from vacatur.report.glyphs import tag
from vacatur.report.html import Html, el

STATES = {"proh": "prohibited", "sched": "scheduled", "disp": "disputed", "susp": "suspended", "lic": "licensed",
          "list": "listed", "perm": "free"}  # fmt: skip
"""Glyph of a state → how its part of the bar is drawn."""
LEAST = 0.02
"""The width that a part has at least, as a share of the bar: what is there can be seen."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the glyph of its state (a key of `STATES`), the words for it, and how much it is."""

    state: str
    label: str
    value: Number


def stack(title: str, parts: Sequence[Part], *, unit: str = "", empty: str = "Nothing.") -> Html:
    """The parts side by side in the order given, with a key that holds the exact numbers and their shares.

    Raises `ValueError` for a negative part, `KeyError` for a state that has no look.
    """
    whole = sum((Decimal(part.value) for part in parts), Decimal(0))
    if any(part.value < 0 for part in parts):
        raise ValueError(f"{title!r} has a negative part")
    if not whole:
        return nothing(title, empty)
    told = "; ".join(f"{part.label} {exact(part.value, unit)}, {share_words(part.value, whole)}" for part in parts)
    drawn, at = list[Html](), 0.0
    for part, width in zip(parts, _widths(parts, whole), strict=True):
        drawn.append(_part(part, at, width, unit))
        at += width
    return figure(title, el("div", picture(title, told, drawn, 24), _key(title, parts, whole, unit), class_="stacked"))


def _widths(parts: Sequence[Part], whole: Decimal) -> list[float]:
    """Shares of the bar; what is too thin to be seen is widened, and the others give way in proportion."""
    true = [float(part.value / whole) for part in parts]
    thin = [0 < share < LEAST for share in true]
    room = 1 - LEAST * sum(thin)
    wide = sum(share for share, small in zip(true, thin, strict=True) if not small)
    return [LEAST if small else share / wide * room for share, small in zip(true, thin, strict=True)]


def _part(part: Part, at: float, width: float, unit: str) -> Html:
    state, thick = STATES[part.state], {"x": f"{100 * at:.3f}%", "width": f"{100 * width:.3f}%"}
    over = "over" if state == "suspended" else None
    name = el("title", f"{part.label}: {exact(part.value, unit)}")
    rect = el("rect", y=1, height=22, class_=over, **thick) if width else None
    edge = el("line", x1=thick["x"], x2=thick["x"], y1=0, y2=24, class_="part") if at else None
    return el("g", el("g", name, rect, class_=f"b {state}"), edge)


def _key(title: str, parts: Sequence[Part], whole: Decimal, unit: str) -> Html:
    rows = [el("tr", el("th", tag(part.state, part.label), scope="row"),
               el("td", exact(part.value, unit), class_="num"),
               el("td", share_words(part.value, whole), class_="num q")) for part in parts]  # fmt: skip
    return el("table", el("caption", title, class_="vh"), el("tbody", *rows), class_="key")
