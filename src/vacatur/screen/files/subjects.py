"""From rows to subjects: every row comes out once, as a subject or as a reject that says where, why and what to do."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from itertools import islice

from vacatur.errors import InputError, WordUnknown
from vacatur.screen.files.columns import Understood
from vacatur.screen.files.headers import PARTS
from vacatur.screen.files.rows import UNIT, Fault, Reject, rejected
from vacatur.screen.files.table import Table
from vacatur.screen.files.values import ORDERS, iso_date, kind
from vacatur.screen.subject import COLUMNS, SEVERAL, Subject, stated

_SINGLE = frozenset(COLUMNS) - SEVERAL


def subjects(table: Table, understood: Understood, *, latest: str, dates: str = "iso") -> Iterator[Subject | Reject]:
    """The subjects of a table, in its order.

    Args:
        table: an opened table, of which nothing was read yet.
        understood: what its columns are.
        latest: the last day on which anybody can have been born (ISO); empty for no bound.
        dates: how dates such as 03/04/1970 are read: `dmy`, `mdy`, or `iso` for not at all.

    A key that an earlier row has makes a reject: of each key 8 bytes are remembered, so that two keys of a thousand
    million are mistaken for one with a chance of one in forty.

    Raises `InputError`, also after some rows, for a packed, columnar or spreadsheet file that turns out to be damaged.
    """
    if dates not in ORDERS:
        raise WordUnknown("order of dates", dates, ORDERS)
    table.only(place for place, _ in understood.meant)
    read = _Read(understood, dates)
    return _made(table, read, latest)


def preview(table: Table, understood: Understood, *, latest: str, dates: str = "iso", count: int = 5) -> (
    list[Subject | Reject]
):  # fmt: skip
    """The first rows as they are understood; the table must be opened again for what is to be screened."""
    return list(islice(subjects(table, understood, latest=latest, dates=dates), count))


def _made(table: Table, read: _Read, latest: str) -> Iterator[Subject | Reject]:
    known: dict[bytes, int] = {}
    for item in table:
        if isinstance(item, Reject):
            yield item
            continue
        row, line, cells, text = item
        try:
            made = stated(*read(cells), row=row, where="", latest=latest)
            if made.key and (first := known.setdefault(_digest(made.key), row)) != row:
                raise _twice(made.key, first)
        except InputError as bad:
            yield rejected(row, line, Fault(bad.what, bad.fix), text or _as_text(cells))
        else:
            yield made


class _Read:
    """Reads a row's cells as a subject's, by column: those of which there is one, and those of which several."""

    def __init__(self, understood: Understood, order: str) -> None:
        readers: dict[str, Callable[[str], str]] = {"birth_date": lambda cell: iso_date(cell, order), "kind": kind}
        meant = understood.meant
        self._one = [(place, column, readers.get(column)) for place, column in meant if column in _SINGLE]
        self._several = [(place, column, column != "address") for place, column in meant if column in SEVERAL]
        self._parts = [place for part in PARTS for place in understood.places(part)]

    def __call__(self, cells: list[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        one: dict[str, str] = {}
        several: dict[str, tuple[str, ...]] = {}
        for place, column, read in self._one:
            if cell := cells[place].strip():
                if UNIT in cell:
                    raise InputError(f"several values where one {column} is wanted", fix="Put others into `aliases`")
                one[column] = read(cell) if read is not None else cell
        for place, column, parted in self._several:
            if cell := cells[place].strip():
                signs = UNIT in cell or (parted and (";" in cell or "|" in cell))
                values = _values(cell) if signs else (cell,)
                several[column] = several[column] + values if column in several else values
        name = " ".join(part for place in self._parts if (part := cells[place].strip())) if self._parts else ""
        if name and one.setdefault("name", name) != name:  # a further name beside another
            several["aliases"] = (*several.get("aliases", ()), name)
        return one, several


def _values(cell: str) -> tuple[str, ...]:
    """The values in a cell: those of a list as they are, else parted by semicolons and bars."""
    parts = cell.split(UNIT) if UNIT in cell else cell.replace("|", ";").split(";")
    return tuple(text for part in parts if (text := part.strip()))


def _digest(key: str) -> bytes:
    return hashlib.blake2s(key.encode("utf-8", "replace"), digest_size=8).digest()


def _twice(key: str, first: int) -> InputError:
    return InputError(
        f"key {key[:100]!r} stands in row {first} already", fix="Give each subject its own, or remove one of them"
    )


def _as_text(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
