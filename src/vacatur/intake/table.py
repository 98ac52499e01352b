"""Tables whose columns are found by their titles, below a line or two that say what the file is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vacatur.errors import InputError
from vacatur.intake.gather import iso
from vacatur.intake.reading import File
from vacatur.intake.sniff import refusal

Record = Mapping[str, str]
Rows = Iterable[tuple[int, tuple[str, ...]]]

_DATE = re.compile(r"(\d{1,2}[/-](?:\d{1,2}|[A-Za-z]{3,9})[/-]\d{4})\s*\Z")
_ABOVE = 5


def plain(title: str) -> str:
    """A column's title or an element's name by its letters and digits: `Name 6` and `Name6` are one."""
    return "".join(filter(str.isalnum, title)).casefold()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, what is said by column, and its cells as they are."""

    line: int
    record: Record
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a file, and the day that is printed above it."""

    published: str
    titles: tuple[str, ...]
    rows: Iterator[Row]


def table(file: File, rows: Rows, needed: tuple[str, ...], wanted: str, *, padded: bool = False) -> Table:
    """The table whose header has the `needed` titles; `padded` when rows may leave out empty cells at their end."""
    source, published = iter(rows), ""
    for _, (_, cells) in zip(range(_ABOVE), source, strict=False):
        titles = tuple(plain(cell) for cell in cells)
        if set(needed) <= set(titles):
            _once(file, titles)
            return Table(published, titles, _records(file, titles, source, padded))
        said = [found[1] for cell in cells if (found := _DATE.search(cell.strip()))]
        published = published or (iso(said[0]) if said else "")
    raise refusal(file, wanted)


def _once(file: File, titles: tuple[str, ...]) -> None:
    """Two columns of one title would hide one another."""
    twice = {title for title in titles if title and titles.count(title) > 1}
    if twice:
        raise InputError(
            f"columns that appear twice: {', '.join(sorted(twice))}", where=file.name, fix="Fetch it again"
        )


def _records(file: File, titles: tuple[str, ...], rows: Rows, padded: bool) -> Iterator[Row]:
    for line, cells in rows:
        whole = cells + ("",) * (len(titles) - len(cells)) if padded else cells
        if len(whole) != len(titles):
            raise InputError(
                f"{len(whole)} fields where {len(titles)} are expected", where=f"{file.name}, line {line}",
                why="The file was cut off, or its columns have changed", fix="Fetch it again and compare",
            )  # fmt: skip
        record = {title: cell.strip() for title, cell in zip(titles, whole, strict=True) if cell.strip()}
        yield Row(line, record, whole)
