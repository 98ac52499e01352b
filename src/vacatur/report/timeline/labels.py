"""Room for words: labels fly from poles at their marks, in at most four rows, and never cross.

From latest to earliest, a label takes the lowest row in which it crosses no pole and no pole crosses it. It flies
right; where it would leave the plot, or stand across the cursor, it may fly left. What finds no row gives up its words
and keeps its number, lightest effect first; numbers that still find none share a pole. The picture stretches, so a
layout is made for the narrowest plot in which it will be shown: with more room poles only move apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

ROWS = 4
GAP = 6
"""From a pole to its words, in pixels."""
TRIES = 800
"""How many spots are tried before words are given up."""
APART = 11
"""Marks closer than this step aside, in pixels."""
SHARED = 19
"""In narrow lanes marks closer than this share one number, in pixels."""

_NARROW, _WIDE, _CAPS = set("iIl.,:;'’|!()[] jtfr"), set("mwMW@%—…"), set("ABCDEFGHJKLNOPQRSTUVXYZ&§")


@dataclass(frozen=True, slots=True)
class Label:
    """What wants to be written at `x` (a share of the width): numbers, words, and how much its act weighs."""

    x: float
    numbers: tuple[str, ...]
    words: str
    weight: int

    @property
    def number(self) -> str:
        """Its number, or those that share it: `2–4`."""
        return ranges(self.numbers)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its row (0 is the lowest, nearest to the marks) and whether it flies left of its pole."""

    label: Label
    row: int
    left: bool

    def reach(self, plot: float) -> tuple[float, float]:
        """What it covers of a plot, in pixels from the left."""
        pole, width = self.label.x * plot, _width(self.label) + GAP
        return (pole - width, pole) if self.left else (pole, pole + width)


@lru_cache(maxsize=8192)
def text_width(words: str, size: float = 13) -> float:
    """About how wide words are, in pixels: on the generous side for every sans face a page may be shown in."""
    ems = sum(0.36 if c in _NARROW else 0.95 if c in _WIDE else 0.72 if c in _CAPS else 1.0 if c > "\u2e80" else 0.61
              for c in words)  # fmt: skip
    return ems * size


def place(labels: Sequence[Label], plot: float, cursor: float | None = None) -> list[Placed]:
    """Finds a row for each label, in order of time; `plot` is in pixels, `cursor` a share of it."""
    wanted = sorted(labels, key=lambda label: label.x)
    while wanted:
        search = _Search(plot, cursor)
        if (found := search.rows(wanted[::-1], [])) is not None:
            return found[::-1]
        wanted = _lighter(wanted, wanted[len(wanted) - 1 - search.deepest], plot)
    return []


def aside(xs: Sequence[float], plot: float, apart: float = APART) -> list[float]:
    """How far each mark steps from its place, in pixels: no two stand closer than `apart`, none leaves the plot."""
    groups: list[list[float]] = []
    for x in sorted(xs):
        groups.append([x * plot])
        while len(groups) > 1 and _first(groups[-1], plot, apart) - _last(groups[-2], plot, apart) < apart:
            groups[-2:] = [groups[-2] + groups[-1]]
    return [_first(group, plot, apart) + n * apart - true for group in groups for n, true in enumerate(group)]


def shared(labels: Sequence[Label], plot: float) -> list[tuple[float, str]]:
    """Numbers for narrow lanes: place (a share) and words such as `2–4`; near neighbours share one."""
    groups: list[list[Label]] = []
    for label in sorted(labels, key=lambda label: label.x):
        groups.append([label])
        while len(groups) > 1 and _too_near(groups[-2], groups[-1], plot):
            groups[-2:] = [groups[-2] + groups[-1]]
    return [(_mid(group), _numbers(group)) for group in groups]


def ranges(numbers: Sequence[str]) -> str:
    """`2, 3, 4, 7` as `2–4, 7`; letters likewise."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _next(runs[-1][-1]) == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


class _Search:
    """Tries spots from the latest label to the earliest, and goes back when a later label has left no room."""

    def __init__(self, plot: float, cursor: float | None) -> None:
        self._plot, self._cursor, self._left = plot, cursor, TRIES
        self.deepest = 0

    def rows(self, ahead: Sequence[Label], placed: list[Placed]) -> list[Placed] | None:
        """A spot for each label ahead, besides those placed; None when none was found."""
        if not ahead:
            return placed
        self.deepest = max(self.deepest, len(placed))
        for spot in self._spots(ahead[0]):
            self._left -= 1
            if self._left < 0:
                return None
            if _fits(spot, placed, self._plot) and (found := self.rows(ahead[1:], [*placed, spot])) is not None:
                return found
        return None

    def _spots(self, label: Label) -> list[Placed]:
        """Low rows first, but rather two rows higher, or to the left, than across the cursor."""
        spots = [Placed(label, row, left) for left in (False, True) for row in range(ROWS)]
        return sorted(spots, key=lambda spot: spot.row + spot.left + 2.5 * _across(spot, self._plot, self._cursor))


def _fits(spot: Placed, placed: list[Placed], plot: float) -> bool:
    start, end = spot.reach(plot)
    if start < 0 or end > plot:
        return False
    pole = spot.label.x * plot
    for other in placed:
        first, last = other.reach(plot)
        if spot.row == other.row and start < last and first < end:
            return False
        if start < other.label.x * plot < end and other.row >= spot.row:
            return False
        if first < pole < last and spot.row >= other.row:
            return False
        if pole == other.label.x * plot and spot.row == other.row:
            return False
    return True


def _across(spot: Placed, plot: float, cursor: float | None) -> bool:
    start, end = spot.reach(plot)
    return cursor is not None and start < cursor * plot < end


def _lighter(wanted: list[Label], stuck: Label, plot: float) -> list[Label]:
    """One step towards less: the lightest words near the label that found no row are given up. Before an act that
    changes something loses its words, and when no words are left, two bare numbers side by side share a pole.
    """
    near = [label for label in wanted if label.words and abs(label.x - stuck.x) * plot <= ROWS * 40 + _width(label)]
    drop = min(near, key=lambda label: (label.weight, -len(label.words), label.x), default=None)
    pairs = [(two.x - one.x, place) for place, (one, two) in enumerate(pairwise(wanted)) if not one.words + two.words]
    gap, place = min(pairs, default=(1.0, 0))
    if drop is not None and (drop.weight == 0 or gap * plot > SHARED):
        return [replace(label, words="") if label is drop else label for label in wanted]
    if not pairs:
        return [label for label in wanted if label is not stuck]
    pair = wanted[place : place + 2]
    merged = Label(_mid(pair), pair[0].numbers + pair[1].numbers, "", max(label.weight for label in pair))
    return [*wanted[:place], merged, *wanted[place + 2 :]]


def _width(label: Label) -> float:
    words = f"{label.number} {label.words}" if label.words else label.number
    return text_width(words)


def _numbers(group: list[Label]) -> str:
    return ranges([number for label in group for number in label.numbers])


def _first(group: list[float], plot: float, apart: float) -> float:
    """Where the first mark of a group stands: around the group's middle, inside the plot."""
    span = (len(group) - 1) * apart
    return max(0.0, min(sum(group) / len(group) - span / 2, plot - span))


def _last(group: list[float], plot: float, apart: float) -> float:
    return _first(group, plot, apart) + (len(group) - 1) * apart


def _mid(group: list[Label]) -> float:
    return (group[0].x + group[-1].x) / 2


def _too_near(one: list[Label], two: list[Label], plot: float) -> bool:
    if (two[0].x - one[-1].x) * plot < SHARED:
        return True
    widths = [text_width(_numbers(group), 12) for group in (one, two)]
    return (_mid(two) - _mid(one)) * plot < sum(widths) / 2 + 4


def _next(number: str) -> str:
    return str(int(number) + 1) if number.isdigit() else chr(ord(number[-1]) + 1)
