"""The results of a screening, in order, however many there are: parts are read when they are looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from vacatur.model.run import Run, Terms
from vacatur.screen.part import NOTHING, Part, Screened
from vacatur.screen.tables import columns_of, table_of

if TYPE_CHECKING:
    import pyarrow as pa

Result = tuple[Screened, str | None]
"""A subject's result, and the id of its decision; None where nothing was recorded."""


class Results(Sequence[Result]):
    """All results of a screening; `run` is its record, None where nothing was recorded, and `terms` what it rests on.

    `rejected` counts the rows that could not be screened, and `rejects` is the list of them, as CSV.
    """

    def __init__(self, run: Run | None, terms: Terms, parts: Sequence[Callable[[], Part]], sizes: Sequence[int],
                 rejected: int = 0, rejects: bytes = b"") -> None:  # fmt: skip
        self.run, self.terms, self.rejected, self.rejects = run, terms, rejected, rejects
        self._parts, self._ends = parts, list(accumulate(sizes))

    def parts(self) -> Iterator[Part]:
        """The parts, one after the other."""
        return (read() for read in self._parts)

    def hit(self) -> Iterator[Result]:
        """The results for the subjects with a hit, muted ones among them."""
        return ((one, self._id(one)) for part in self.parts() for one in part.hit())

    def tables(self) -> Iterator[pa.Table]:
        """The results as Arrow tables, part by part: a row for each hit, one for each clean subject."""
        columns = columns_of(self._columns())
        parts = self.parts() if self._parts else iter((NOTHING,))
        return (table_of(part, columns, self.run.id if self.run is not None else "") for part in parts)

    def table(self) -> pa.Table:
        """The results as one Arrow table."""
        import pyarrow as pa

        return pa.concat_tables(self.tables())

    def counts(self) -> tuple[int, int, int]:
        """How many subjects have hits, something prohibited, and muted hits."""
        hits = barred = muted = 0
        for part in self.parts():
            for one in part.hit():
                silenced = sum("muted" in hit for hit in one.hits)
                hits += silenced < len(one.hits)
                muted += silenced > 0
                barred += "prohibited" in one.answers.values()
        return hits, barred, muted

    def found(self, what: str) -> bool:
        """Whether any subject has a hit that is not muted (`hit`), or with one something that is `disputed` or worse,
        or `prohibited`.
        """
        worse = {"hit": (), "disputed": ("disputed", "prohibited"), "prohibited": ("prohibited",)}[what]
        for one, _ in self.hit():
            if not worse and any("muted" not in hit for hit in one.hits):
                return True
            if set(worse) & set(one.answers.values()):
                return True
        return False

    def _columns(self) -> set[str]:
        if self.run is not None and self.run.columns:
            return {column for _, column in self.run.columns}
        return {column for part in self.parts() for query in part.subjects for column in query}

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Result]:
        return ((one, self._id(one)) for part in self.parts() for one in part.results())

    @overload
    def __getitem__(self, place: int) -> Result: ...
    @overload
    def __getitem__(self, place: slice) -> list[Result]: ...
    def __getitem__(self, place: int | slice) -> Result | list[Result]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        at = place + len(self) if place < 0 else place
        if not 0 <= at < len(self):
            raise IndexError(f"there are {len(self)} results")
        number = bisect_right(self._ends, at)
        one = self._parts[number]().result(at - (self._ends[number - 1] if number else 0))
        return one, self._id(one)

    def _id(self, one: Screened) -> str | None:
        return f"{self.run.id}.{one.row}" if self.run is not None else None
