"""An event study: each event's day, the model before it, and what prices did around it beyond that model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from vacatur.errors import AskError
from vacatur.report.dates import short
from vacatur.report.impact.events import Event
from vacatur.report.impact.market import Market, Series, market
from vacatur.report.impact.regression import Estimate, Model, abnormal

Window = tuple[int, int]
"""First and last day, counted in common trading days from the event's day, which is 0."""

LEAST, MOST = 30, 2000
"""How many days an estimation window has at least and at most."""
WIDEST = 250
"""How many days an event window has at most."""
LONG_GAP = 10
"""Calendar days between two trading days that a reader is told of: more than holidays explain."""
WAITED = 4
"""Calendar days from an act to its event's day that a reader is told of: more than a long weekend."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an event window: the returns of the party and of the benchmark, and the abnormal return of the day
    alone and summed up from the window's first day.
    """

    offset: int
    day: date
    actual: float
    benchmark: float
    abnormal: Estimate
    cumulative: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What prices did around one day. Acts of one trading day are one event: prices cannot tell them apart.

    `both` is the sum over day 0 and day +1 (None where the window ends before). `overlapping` are events whose windows
    share days with this one, and `beneath` those whose day lies in its estimation window: either can blur it. `waited`
    counts the calendar days from the act to the event's day, `gap` is the longest stretch without a common trading day.
    """

    events: tuple[Event, ...]
    day: date
    model: Model
    estimated: tuple[date, date]
    days: tuple[Day, ...]
    both: Estimate | None
    overlapping: tuple[Event, ...]
    beneath: tuple[Event, ...]
    waited: int
    gap: tuple[date, date]

    @property
    def on_day(self) -> Estimate:
        """The abnormal return of the event's day."""
        return next(one.abnormal for one in self.days if one.offset == 0)

    @property
    def whole(self) -> Estimate:
        """The abnormal return summed over the whole window."""
        return self.days[-1].cumulative


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that could not be studied: why, and what would mend it."""

    event: Event
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class Study:
    """What was found around each event, in order of time, and which events could not be studied."""

    market: Market
    window: Window
    estimation: Window
    reactions: tuple[Reaction, ...]
    refused: tuple[Refused, ...]


def study(prices: Series, benchmark: Series, events: Sequence[Event], *, window: Window = (-10, 10),
          estimation: Window = (-250, -11)) -> Study:  # fmt: skip
    """Studies each event by itself.

    Args:
        prices: closes of the party's security, by day.
        benchmark: closes of what stands for the market.
        events: what became public.
        window: the days on which abnormal returns are taken; holds day 0.
        estimation: the days before it from which the model is estimated.

    Raises:
        AskError: the windows cannot be used.
        VacaturError: the statistics library is not installed.
    """
    _checked(window, estimation)
    found = market(prices, benchmark)
    placed = [(one, found.at(one.first), found.at(one.last)) for one in events]
    refused = [no for one, first, last in placed if (no := _refusal(one, (first, last), found, window, estimation))]
    out = {no.event.key for no in refused}
    reactions: list[Reaction] = []
    for place in sorted({first for one, first, _ in placed if one.key not in out}):
        mine = tuple(one for one, first, _ in placed if first == place and one.key not in out)
        others = [(one, first, last) for one, first, last in placed if one not in mine]
        made = _reaction(mine, place, others, found, window, estimation)
        if made is not None:
            reactions.append(made)
        else:
            refused += [_flat(one, found, place, estimation) for one in mine]
    return Study(found, window, estimation, tuple(reactions), tuple(refused))


def _checked(window: Window, estimation: Window) -> None:
    (first, last), (begin, end) = window, estimation
    wrong = (
        "the window does not hold day 0" if not first <= 0 <= last
        else f"the window has more than {WIDEST} days" if last - first >= WIDEST
        else "the estimation window does not end before the window begins" if not begin <= end < first
        else f"the estimation window has fewer than {LEAST} days" if end - begin + 1 < LEAST
        else f"the estimation window has more than {MOST} days, or begins that long before" if begin < -MOST
        else ""
    )  # fmt: skip
    if wrong:
        raise AskError(wrong, fix="Give windows such as -10:10, and before it -250:-11")


def _refusal(one: Event, place: tuple[int, int], found: Market, window: Window, estimation: Window) -> Refused | None:
    """Why an event cannot be placed, or lacks the days that the windows ask for."""
    first, last = place
    days = found.days
    if not days:
        return Refused(one, "the two files have no day in common", "Give prices and a benchmark of the same days")
    if first != last:
        between = f"{short(one.first)} and {short(one.last)}"
        return Refused(one, f"it became public between {between}: no one trading day is known",
                       "Its day has to be established first")  # fmt: skip
    if first == len(days):
        return Refused(one, f"no trading day on or after {short(one.first)}: the common days end on {short(days[-1])}",
                       "Give prices that reach further")  # fmt: skip
    needed, there = -estimation[0], first - 1
    if there < needed:
        why = f"{max(0, there)} returns before {short(days[first])} where the estimation window needs {needed}"
        return Refused(one, f"{why}: the common days begin on {short(days[0])}",
                       "Give earlier prices, or a shorter --estimation")  # fmt: skip
    if first + window[1] >= len(days):
        why = f"{len(days) - 1 - first} trading days after {short(days[first])} where the window needs {window[1]}"
        return Refused(one, f"{why}: the common days end on {short(days[-1])}",
                       "Give later prices, or a shorter --window")  # fmt: skip
    return None


def _flat(one: Event, found: Market, place: int, estimation: Window) -> Refused:
    first, last = (short(found.days[place + offset]) for offset in estimation)
    why = "the benchmark does not move, the prices follow it without any error, or a return is out of all proportion"
    return Refused(one, f"no market model from {first} to {last}: {why}",
                   "Check that the files hold daily closes of two different things")  # fmt: skip


def _reaction(mine: tuple[Event, ...], place: int, others: Iterable[tuple[Event, int, int]], found: Market,
              window: Window, estimation: Window) -> Reaction | None:  # fmt: skip
    days = found.days
    before = slice(place + estimation[0], place + estimation[1] + 1)
    around = slice(place + window[0], place + window[1] + 1)
    length, zero = window[1] - window[0] + 1, -window[0]
    sums = [(n, n) for n in range(length)] + [(0, n) for n in range(length)] + [(zero, min(zero + 1, length - 1))]
    ours, theirs = ([*series[before], *series[around]] for series in (found.returns, found.benchmark))
    told = abnormal(ours, theirs, length, sums)
    if told is None:
        return None
    model, estimates = told
    rows = zip(range(place + window[0], place + window[1] + 1), estimates[:length], estimates[length:-1], strict=True)
    known = list(others)
    span = days[place + estimation[0] - 1 : place + window[1] + 1]
    return Reaction(
        events=mine, day=days[place], model=model, estimated=(days[before][0], days[before][-1]),
        days=tuple(Day(at - place, days[at], found.returns[at], found.benchmark[at], alone, summed)
                   for at, alone, summed in rows),
        both=estimates[-1] if window[1] > 0 else None,
        overlapping=tuple(_within(known, place, (window[0] - window[1], window[1] - window[0]))),
        beneath=tuple(_within(known, place, estimation)),
        waited=max((days[place] - one.first).days for one in mine),
        gap=max(pairwise(span), key=lambda pair: pair[1] - pair[0]),
    )  # fmt: skip


def _within(others: Iterable[tuple[Event, int, int]], place: int, stretch: Window) -> Iterable[Event]:
    """The events whose day may lie so many trading days from a place."""
    return (one for one, first, last in others if first <= place + stretch[1] and last >= place + stretch[0])
