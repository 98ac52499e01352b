"""Spans under incomplete knowledge: where something holds for sure, and where it may hold.

`sure` is always inside `maybe`; what lies between is *disputed* or not established. Subtracting something that
only may hold takes it away from what is sure and leaves it in what may be: doubt never disappears by arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, reduce

from vacatur.model.moment import FOREVER, Moment
from vacatur.model.spans import ALWAYS, NEVER, Interval, Spans


@dataclass(frozen=True, slots=True)
class Extent:
    """Two span sets, `sure` ⊆ `maybe`; on each instant the extent is true, unknown or false."""

    sure: Spans
    maybe: Spans

    @staticmethod
    def certain(spans: Spans) -> Extent:
        """An extent without any doubt."""
        return Extent(spans, spans)

    @staticmethod
    def from_to(start: Moment, end: Moment | None) -> Extent:
        """From one moment to another; where they are uncertain, so is the extent."""
        last, first = (FOREVER, FOREVER) if end is None else (end.latest, end.earliest)
        if start.exact and first == last:
            return _between(start.earliest, last)
        return Extent(Spans.between(start.latest, first), Spans.between(start.earliest, last))

    @property
    def doubt(self) -> Spans:
        """Where the extent is neither sure nor excluded."""
        return self.maybe - self.sure

    @property
    def _settled(self) -> bool:
        """Whether there is no doubt; seen by identity, for it only spares work."""
        return self.sure is self.maybe

    def at(self, instant: datetime) -> bool | None:
        """True, False, or None when it is not settled at `instant`."""
        if instant in self.sure:
            return True
        return None if instant in self.maybe else False

    def edges(self) -> set[datetime]:
        """Every instant at which the state changes."""
        return {edge for spans in (self.sure, self.maybe) for pair in spans for edge in pair}

    def pieces(self) -> list[tuple[datetime, datetime, bool]]:
        """The extent as `(start, end, certain)` in order of time."""
        found: list[tuple[Interval, bool]] = [(pair, True) for pair in self.sure]
        found += [(pair, False) for pair in self.doubt]
        return [(start, end, certain) for (start, end), certain in sorted(found)]

    def __bool__(self) -> bool:
        return bool(self.maybe)

    def __or__(self, other: Extent) -> Extent:
        if not other.maybe or not self.maybe:
            return self if self.maybe else other
        sure = self.sure | other.sure
        return Extent(sure, sure if self._settled and other._settled else self.maybe | other.maybe)

    def __and__(self, other: Extent) -> Extent:
        sure = self.sure & other.sure
        return Extent(sure, sure if self._settled and other._settled else self.maybe & other.maybe)

    def __sub__(self, other: Extent) -> Extent:
        if not other.maybe:
            return self
        sure = self.sure - other.maybe
        return Extent(sure, sure if self._settled and other._settled else self.maybe - other.sure)

    def doubted(self) -> Extent:
        """The same extent with nothing sure about it."""
        return Extent(NEVER, self.maybe)


@lru_cache(maxsize=65536)
def _between(start: datetime, end: datetime) -> Extent:
    """The extent that is certain from `start` to `end`; kept, for many acts begin and end on the same days."""
    return Extent.certain(Spans.between(start, end))


def union(extents: Iterable[Extent]) -> Extent:
    """Union of any number of extents; nothing for none."""
    return reduce(Extent.__or__, extents, NOWHERE)


def agreed(readings: Iterable[Extent]) -> Extent:
    """What all readings say together: sure where every reading is sure, possible where any is."""
    found = list(readings)
    if len(found) == 1:
        return found[0]
    sure = reduce(Spans.__and__, (extent.sure for extent in found), ALWAYS) if found else NEVER
    return Extent(sure, union(found).maybe)


NOWHERE = Extent(NEVER, NEVER)
EVERYWHERE = Extent(ALWAYS, ALWAYS)
