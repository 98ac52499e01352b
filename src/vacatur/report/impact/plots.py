"""The pictures of a study: every event on one line of prices, and for each event what prices did around it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from vacatur.report.charts.curve import Frame, Mark, Spot, curve
from vacatur.report.charts.figure import Table
from vacatur.report.charts.numbers import exact, per_cent, rounded
from vacatur.report.charts.plane import Tick, calendar, noon
from vacatur.report.dates import day, short
from vacatur.report.html import Html
from vacatur.report.impact.evidence import Evidence
from vacatur.report.impact.method import bands
from vacatur.report.impact.study import Day, Reaction


def price_line(evidence: Evidence) -> Html:
    """The party's closes and, dashed, the benchmark brought to the same first value; with every act that lies there."""
    first, last = _stretch(evidence)
    days = [one for one in evidence.study.market.days if first <= one <= last]
    title = f"Closes of {evidence.name}, with the acts by number"
    if len(days) < 2:
        return curve(title, "", [], Frame(0, 1, ()), empty="The two files have too few days in common for a line.")
    scale, ticks = calendar(first, last)
    closes = evidence.prices.closes
    line = [Spot(scale.raw(noon(one)), float(closes[one])) for one in days]
    start = closes[days[0]] / evidence.benchmark.closes[days[0]]
    beside = [Spot(scale.raw(noon(one)), float(evidence.benchmark.closes[one] * start)) for one in days]
    places = [(number, when) for number, when in _places(evidence) if first <= when <= last]
    marks = [_mark(evidence, number, scale.raw(noon(when))) for number, when in places]
    low, high = (pick(days, key=closes.__getitem__) for pick in (min, max))
    told = (
        f"From {exact(closes[first])} on {day(first)} to {exact(closes[last])} on {day(last)}; lowest "
        f"{exact(closes[low])} on {day(low)}, highest {exact(closes[high])} on {day(high)}. The benchmark is drawn "
        "from the same first value."
    )
    return curve(title, told, line, Frame(0, 1, ticks, height=300), beside=beside, marks=marks)


def reaction_plot(evidence: Evidence, one: Reaction) -> Html:
    """The abnormal return summed up day by day from the window's first day, with its band."""
    begin, end = evidence.study.window
    line = [_spot(each) for each in one.days]
    ticks = [Tick((at - begin + 0.5) / (end - begin + 1), _signed(at), at == 0) for at in _round(begin, end)]
    frame = Frame(begin - 0.5, end + 0.5, ticks, "%", zero=True)
    title = f"Abnormal return, summed up from day {_signed(begin)}, with its {bands()} band"
    told = (
        f"Day by day around {day(one.day)}, which is day 0. On day {_signed(end)} the sum is "
        f"{per_cent(one.whole.value)}, between {per_cent(one.whole.low)} and {per_cent(one.whole.high)}."
    )
    offsets = {each.day: each.offset for each in one.days}
    marks = [_mark(evidence, number, offsets[when]) for number, when in _places(evidence) if when in offsets]
    return curve(title, told, line, frame, marks=marks, table=_table(one))


def _table(one: Reaction) -> Table:
    heads = ("Day", "Date", "Return", "Benchmark", "Abnormal", "t", "Summed", "Low", "High")
    rows = [(_signed(each.offset), short(each.day), per_cent(each.actual), per_cent(each.benchmark),
             per_cent(each.abnormal.value), rounded(each.abnormal.t, 2, signed=True), per_cent(each.cumulative.value),
             per_cent(each.cumulative.low), per_cent(each.cumulative.high)) for each in one.days]  # fmt: skip
    return Table(heads, rows)


def _spot(one: Day) -> Spot:
    summed = one.cumulative
    words = f"day {_signed(one.offset)}, {short(one.day)}: {per_cent(summed.value)}"
    return Spot(one.offset, 100 * summed.value, 100 * summed.low, 100 * summed.high, words, summed.firm)


def _stretch(evidence: Evidence) -> tuple[date, date]:
    """From the first day on which a model is estimated to the last of any window; without either, all common days."""
    reactions, days = evidence.study.reactions, evidence.study.market.days
    if reactions:
        return min(one.estimated[0] for one in reactions), max(one.days[-1].day for one in reactions)
    return (days[0], days[-1]) if days else (date.min, date.min)


def _places(evidence: Evidence) -> list[tuple[str, date]]:
    """Every act with the trading day on which its mark stands; one whose trading day is not known has no place."""
    market = evidence.study.market
    found = [(event, one.day) for one in evidence.study.reactions for event in one.events]
    for event in (no.event for no in evidence.study.refused):
        at = market.at(event.first)
        if at == market.at(event.last) < len(market.days) and event.first >= market.days[0]:
            found.append((event, market.days[at]))
    return [(evidence.number(event), when) for event, when in found]


def _mark(evidence: Evidence, number: str, at: float) -> Mark:
    act, shape = evidence.acts[int(number) - 1]
    return Mark(at, number, shape, f"Act {number}: {act.title or act.kind}", f"#act-{number}")


def _signed(offset: int) -> str:
    return rounded(Decimal(offset), 0, signed=True)


def _round(begin: int, end: int) -> range:
    """The days that carry a tick: every one, fifth, tenth …, day 0 among them."""
    step = next((step for step in (1, 2, 5, 10, 20, 50) if (end - begin) / step <= 12), 100)
    return range(-(-begin // step) * step, end + 1, step)
