"""A set of half-open intervals of time: the currency in which the law is computed.

The algebra is the ordinary one of sets: `|` union, `&` intersection, `-` difference. Intervals are kept sorted,
disjoint and merged, so equality is equality of sets. All instants are aware UTC datetimes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from vacatur.model.moment import BEGINNING, FOREVER

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Spans:
    """Half-open intervals `[start, end)`, sorted, disjoint, never empty and never touching."""

    intervals: tuple[Interval, ...]

    @staticmethod
    def of(intervals: Iterable[Interval]) -> Spans:
        """Any intervals, brought into normal form; empty and reversed ones vanish."""
        merged: list[Interval] = []
        for start, end in sorted(pair for pair in intervals if pair[0] < pair[1]):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return Spans(tuple(merged))

    @staticmethod
    def between(start: datetime, end: datetime) -> Spans:
        """The single interval `[start, end)`, or nothing when it is empty."""
        return Spans(((start, end),)) if start < end else NEVER

    @staticmethod
    def since(start: datetime) -> Spans:
        """From `start` on, without end."""
        return Spans(((start, FOREVER),))

    def __bool__(self) -> bool:
        return bool(self.intervals)

    def __iter__(self) -> Iterator[Interval]:
        return iter(self.intervals)

    def __contains__(self, instant: datetime) -> bool:
        return any(start <= instant < end for start, end in self.intervals)

    def __or__(self, other: Spans) -> Spans:
        if not other.intervals or self is other:
            return self
        if not self.intervals:
            return other
        return Spans.of(self.intervals + other.intervals)

    def __and__(self, other: Spans) -> Spans:
        if not self.intervals or not other.intervals:
            return NEVER
        found: list[Interval] = []
        mine, theirs = 0, 0
        while mine < len(self.intervals) and theirs < len(other.intervals):
            (a, b), (c, d) = self.intervals[mine], other.intervals[theirs]
            if max(a, c) < min(b, d):
                found.append((max(a, c), min(b, d)))
            if b <= d:
                mine += 1
            else:
                theirs += 1
        return Spans(tuple(found))

    def __sub__(self, other: Spans) -> Spans:
        if not self.intervals or not other.intervals:
            return self
        return Spans(tuple(piece for mine in self.intervals for piece in _without(mine, other.intervals)))

    def __invert__(self) -> Spans:
        return ALWAYS - self


def _without(mine: Interval, taken: tuple[Interval, ...]) -> Iterator[Interval]:
    """What is left of one interval when sorted ones are taken out of it."""
    start, end = mine
    for taken_from, taken_to in taken:
        if end <= taken_from:
            break
        if start < taken_to:
            if start < taken_from:
                yield start, taken_from
            start = taken_to
    if start < end:
        yield start, end


NEVER = Spans(())
ALWAYS = Spans(((BEGINNING, FOREVER),))
