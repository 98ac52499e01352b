"""Totals of value. Nothing is converted: each currency is added up by itself, exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal, Inexact

from vacatur.screen.portfolio.holding import Holding
from vacatur.screen.portfolio.states import STATES

_EXACT = Context(prec=64, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class Total:
    """The positions of one state in one currency; those without a stated value have the currency `` and value 0.

    `by_name`: how much of the value hangs on a name alone.
    """

    state: str
    currency: str
    value: Decimal
    by_name: Decimal
    positions: int


def totals(holdings: Iterable[Holding]) -> tuple[Total, ...]:
    """By state, gravest first, and within it by currency."""
    groups: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for one in holdings:
        groups[one.state, one.position.currency].append(one)
    order = list(STATES)
    return tuple(
        Total(state, currency, added(those), added(one for one in those if one.by_name), len(those))
        for (state, currency), those in sorted(groups.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )


def added(holdings: Iterable[Holding]) -> Decimal:
    """The values of positions of one currency, added up."""
    total = Decimal(0)
    for one in holdings:
        if one.position.value is not None:
            total = _EXACT.add(total, one.position.value)
    return total


@dataclass(frozen=True, slots=True)
class Due:
    """An instant by which positions must be gone, and what is still to be sold until then."""

    at: datetime
    zone: str
    left: Decimal


def still_to_sell(holdings: Iterable[Holding], currency: str) -> list[Due]:
    """What is still to be sold of a currency until each instant by which something must be gone, in order of time, if
    nothing is sold before its last day; the first is the whole.
    """
    due: dict[tuple[datetime, str], list[Holding]] = defaultdict(list)
    for one in holdings:
        if one.law.out_by is not None and one.position.currency == currency and one.position.value is not None:
            due[one.law.out_by.at.at, one.law.out_by.at.zone].append(one)
    left = added(one for those in due.values() for one in those)
    found = []
    for (at, zone_name), those in sorted(due.items(), key=lambda item: item[0]):
        found.append(Due(at, zone_name, left))
        left = _EXACT.subtract(left, added(those))
    return found
