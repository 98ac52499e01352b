"""Dates that the law states by formula: "the 60th day after listing, 9:30 a.m. eastern standard time".

The whole grammar::

    formula = term | min(formula, formula, …) | max(formula, formula, …)
    term    = anchor [(+|-) N (d|bd|m|y)]… [@ HH:MM ZONE]
    anchor  = listed | issued | published | effective | lifted | 2021-01-11 | act id
    ZONE    = an IANA zone or a fixed offset

Days, months and years are counted on legal days in the authority's zone (or the zone named after `@`); `bd` skips
Saturdays and Sundays only. An anchor that has not happened has no moment, and neither has a formula resting on it:
the act is then pronounced but not yet operative. Nothing is ever evaluated as code.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from vacatur.model.moment import BEGINNING, FOREVER, Moment, read_moment
from vacatur.model.zones import zone

ANCHORS = ("listed", "issued", "published", "effective", "lifted")
Anchors = Callable[[str], Moment | None]

_TERM = re.compile(
    r"(?P<anchor>\d{4}-\d{2}-\d{2}|[a-z][\w#@-]*(?:/[\w#@-]+)*?)"
    r"(?P<offsets>(?:\s*[+-]\s*\d{1,4}(?:d|bd|m|y))*)"
    r"(?:\s*@\s*(?P<clock>\d{2}:\d{2})\s+(?P<zone>\S+))?\s*\Z"
)
_OFFSET = re.compile(r"([+-])\s*(\d{1,4})(d|bd|m|y)")


@dataclass(frozen=True, slots=True)
class Term:
    """An anchor, counted offsets, and the local clock time at which the day is meant."""

    anchor: str
    offsets: tuple[tuple[int, str], ...]
    clock: time | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The earliest (`min`) or the latest (`max`) of several formulas."""

    pick: str
    among: tuple[Formula, ...]


Formula = Term | Choice


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Reads a formula; raises `ValueError` saying what is wrong."""
    text = text.strip()
    if text[:4] in ("min(", "max("):
        if not text.endswith(")"):
            raise ValueError(f"{text!r} lacks its closing parenthesis")
        return Choice(text[:3], tuple(parse(part) for part in _split(text[4:-1])))
    if (term := _TERM.match(text)) is None:
        raise ValueError(f"{text!r} is not a formula: write anchor ± N(d|bd|m|y) @ HH:MM ZONE, e.g. listed + 60d")
    if term["zone"]:
        zone(term["zone"])
    offsets = tuple((int(sign + count), unit) for sign, count, unit in _OFFSET.findall(term["offsets"]))
    clock = time.fromisoformat(term["clock"]) if term["clock"] else None
    return Term(term["anchor"], offsets, clock, term["zone"])


def _split(inner: str) -> list[str]:
    """Splits at the commas that stand outside parentheses."""
    parts, depth = [""], 0
    for letter in inner:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def evaluate(formula: Formula, anchors: Anchors, where: tzinfo) -> Moment | None:
    """The moment a formula names, or None when one of its anchors has not happened.

    `where` is the authority's zone. `max` waits for all of its parts; `min` takes the first that has happened.
    """
    if isinstance(formula, Term):
        anchor = _anchor(formula.anchor, anchors, where)
        return None if anchor is None else _move(formula, anchor, where)
    found = [evaluate(part, anchors, where) for part in formula.among]
    happened = [moment for moment in found if moment is not None]
    if not happened or (formula.pick == "max" and len(happened) < len(found)):
        return None
    pick = min if formula.pick == "min" else max
    earliest, latest = pick(m.earliest for m in happened), pick(m.latest for m in happened)
    return Moment(earliest, latest, pick(happened, key=lambda m: m.earliest).text)


def moment_of(text: str, anchors: Anchors, where: tzinfo) -> Moment | None:
    """`parse` and `evaluate` in one step."""
    return evaluate(parse(text), anchors, where)


def named_acts(formula: Formula) -> frozenset[str]:
    """The act ids that a formula is anchored to."""
    if isinstance(formula, Choice):
        return frozenset().union(*(named_acts(part) for part in formula.among))
    known = formula.anchor in ANCHORS or formula.anchor[0].isdigit()
    return frozenset() if known else frozenset({formula.anchor})


def acts_in(formulas: Iterable[str | None]) -> Iterator[str]:
    """The act ids to which any of these formulas is anchored; where there is no formula stands None."""
    for formula in formulas:
        if formula is not None and "/" in formula:  # every act's id has one, and most formulas are dates
            yield from named_acts(parse(formula))


def _anchor(name: str, anchors: Anchors, where: tzinfo) -> Moment | None:
    return read_moment(name, where) if name[0].isdigit() else anchors(name)


def _move(term: Term, anchor: Moment, where: tzinfo) -> Moment:
    if not term.offsets and term.clock is None:
        return anchor
    local = zone(term.zone) if term.zone else where

    def move(instant: datetime) -> datetime:
        if instant in (BEGINNING, FOREVER):
            return instant  # an end that is not known, as of what stood on a list's first edition
        day = instant.astimezone(where).date()
        for count, unit in term.offsets:
            day = _count(day, count, unit)
        return datetime.combine(day, term.clock or time(0), tzinfo=local).astimezone(UTC)

    return anchor.shifted(move, "" if term.clock is None else "T")


def _count(day: date, count: int, unit: str) -> date:
    if unit == "d":
        return day + timedelta(days=count)
    if unit == "bd":
        step = timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while day.weekday() > 4:
                day += step
        return day
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
