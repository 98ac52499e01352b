"""Two price series on the days that both have, and the returns from each such day to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

Series = Mapping[date, Decimal]


@dataclass(frozen=True, slots=True)
class Market:
    """The common trading days in order, with the simple return up to each from the one before (none up to the first).

    `dropped` counts, for the prices and for the benchmark, days between the first and the last common day that the
    other series lacks; the return after such a day runs over both.
    """

    days: tuple[date, ...]
    returns: tuple[float, ...]
    benchmark: tuple[float, ...]
    dropped: tuple[int, int]

    def at(self, day: date) -> int:
        """The place of the first common trading day on or after `day`; `len(days)` when there is none."""
        return bisect_left(self.days, day)


def market(prices: Series, benchmark: Series) -> Market:
    """The two series aligned. Prices are divided exactly and only then become floating-point returns."""
    days = tuple(sorted(prices.keys() & benchmark.keys()))
    dropped = (_between(prices, days), _between(benchmark, days))
    return Market(days, _returns(prices, days), _returns(benchmark, days), dropped)


def _returns(series: Series, days: tuple[date, ...]) -> tuple[float, ...]:
    return (float("nan"), *(float(series[after] / series[before] - 1) for before, after in pairwise(days)))


def _between(series: Series, days: tuple[date, ...]) -> int:
    """How many days of a series are not common, between the first and the last that are."""
    return sum(days[0] <= day <= days[-1] for day in series) - len(days) if days else 0
