"""The pictures of a portfolio: value by what the law does to it, and value still to sell; each currency by itself."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import zip_longest

from vacatur.model.zones import zone
from vacatur.report.charts.stack import Part, stack
from vacatur.report.charts.steps import Step, steps
from vacatur.report.dates import local
from vacatur.report.html import Html, el
from vacatur.report.portfolio.wording import GLYPHS, view_day
from vacatur.screen.portfolio.assess import Portfolio
from vacatur.screen.portfolio.states import STATES
from vacatur.screen.portfolio.totals import still_to_sell

MOST = 4
"""Currencies that get a picture of their own; the others stand in the table of totals."""

_SHAPES = {"warn": "list", "none": "list"}
"""States without a texture of their own look like a listing: the words beside them say which they are."""


def currencies(portfolio: Portfolio) -> list[str]:
    """The currencies of a portfolio, those of most positions first."""
    known = Counter(one.position.currency for one in portfolio.holdings if one.position.currency)
    return sorted(known, key=lambda code: (-known[code], code))


def value_bars(portfolio: Portfolio) -> Html:
    """One bar for each currency, parted by state."""
    drawn = []
    for code in currencies(portfolio)[:MOST]:
        parts = [Part(_SHAPES.get(GLYPHS[one.state], GLYPHS[one.state]), STATES[one.state].title, one.value)
                 for one in portfolio.totals if one.currency == code and one.value]  # fmt: skip
        drawn.append(stack(f"{code} by what the law does", parts, unit=code, empty=f"No value is stated in {code}."))
    return el("div", *drawn, class_="bars-of")


def sale_steps(portfolio: Portfolio) -> list[Html]:
    """For each currency what has still to be sold, if nothing is sold before its last day."""
    drawn = []
    for code in currencies(portfolio)[:MOST]:
        found = _steps(portfolio, code)
        if len(found) > 1:
            last = found[-1].on
            room = max((last - found[0].on) // 16, timedelta(days=7))
            drawn.append(steps(f"{code} still to sell, if nothing is sold before its last day", found, last + room))
    return drawn


def _steps(portfolio: Portfolio, code: str) -> list[Step]:
    """What is left from the day of the view on, and after each day by which something must be gone."""
    due = still_to_sell(portfolio.holdings, code)
    if not due:
        return []
    left = {view_day(portfolio): due[0].left}
    for one, later in zip_longest(due, due[1:]):
        left[local(one.at, zone(one.zone)).date()] = later.left if later is not None else Decimal(0)
    return [Step(on, value) for on, value in sorted(left.items())]
