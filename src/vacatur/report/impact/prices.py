"""Daily prices from a file that may hold anything: good rows are used, bad ones reported with line and reason.

One physical line is one row, so that an unclosed quotation mark spoils its own line and no other. Dates are written
2021-03-20, since a numeric day and month could be swapped, and prices are plain decimals, read exactly.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from vacatur.errors import InputError

DATES = ("date", "trading day", "trading date", "trade date", "day", "timestamp", "datetime", "time")
CLOSES = ("adj close", "adjusted close", "adjclose", "close adj", "close", "closing price", "close price", "px last",
          "last", "price", "index", "level", "value")  # fmt: skip
"""Names of columns, the preferred first: a close adjusted for dividends and splits makes truer returns."""
LONGEST, MOST_LINES, MOST_BYTES = 4096, 200_000, 64 * 1024 * 1024
"""Bytes of a line, lines of a file and bytes of a file: more than any series of daily prices has."""
MOST_TOLD = 100
"""So many rejected rows are kept with their reason; all are counted."""

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ]00:00(:00(\.0{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?\Z")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\Z")
_PRICE = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?\Z")


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not used: its line in the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Prices:
    """Daily closes as a file gives them, in order of time. `rows` and `rejected` count the file's rows below its head.

    `sha256` is that of the whole file, so that a page can be checked against what it was made from; `later` counts the
    days that were left out because they lie after the view.
    """

    file: str
    sha256: str
    columns: tuple[str, str]
    closes: Mapping[date, Decimal]
    rows: int
    rejects: tuple[Reject, ...]
    rejected: int
    in_order: bool
    later: int

    def until(self, last: date) -> Prices:
        """The same prices without the days after `last`: a past view does not know them."""
        kept = {day: close for day, close in self.closes.items() if day <= last}
        return replace(self, closes=kept, later=self.later + len(self.closes) - len(kept))


def read_prices(path: Path) -> Prices:
    """Reads a CSV file with a head (comma, semicolon or tab) that names a column of dates and one of closes.

    Two rows that give one day different prices are both rejected: neither can be preferred. Raises `InputError` for a
    file that is no such table, or has no price that can be used.
    """
    try:
        if not path.is_file():
            raise InputError("is not a file", where=str(path), fix="Name a CSV file with a date and a close per row")
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                f"is larger than {MOST_BYTES >> 20} MiB", where=str(path), why="Daily prices never are",
                fix="Give a file with one row a day",
            )  # fmt: skip
        with path.open("rb") as file:
            return _read(path, file)
    except OSError as bad:
        raise InputError(f"cannot be read: {bad.strerror or bad}", where=str(path), fix="Check the path") from bad


def _read(path: Path, file: BinaryIO) -> Prices:
    digest = hashlib.sha256()
    lines = _lines(file, digest.update)
    table = _Table(path, *next(lines, (1, b"")))
    for number, line in lines:
        if number > MOST_LINES:
            raise InputError(
                f"has more than {MOST_LINES:,} lines", where=str(path), why="Daily prices never have",
                fix="Give a file with one row a day",
            )  # fmt: skip
        table.take(number, line)
    return table.prices(digest.hexdigest())


def _lines(file: BinaryIO, seen: Callable[[bytes], object]) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, by number; one that is too long is None, and never held in memory whole."""
    number = 0
    while line := file.readline(LONGEST + 1):
        seen(line)
        number += 1
        if len(line) <= LONGEST:
            if line.strip():
                yield number, line
            continue
        while not line.endswith(b"\n") and (line := file.readline(1 << 16)):
            seen(line)
        yield number, None


class _Table:
    """The rows as they come: what is known of each day, and what was wrong."""

    def __init__(self, path: Path, number: int, line: bytes | None) -> None:
        self._path = path
        self._delimiter, self._head = self._columns(number, line)
        self._at = [self._column(DATES, "a date"), self._column(CLOSES, "a close")]
        self._found: dict[date, tuple[int, Decimal]] = {}
        self._torn: dict[date, int] = {}
        self._rejects: list[Reject] = []
        self._rows = self._rejected = 0
        self._last, self._in_order = date.min, True

    def take(self, number: int, line: bytes | None) -> None:
        """One row: kept, or rejected with its reason."""
        self._rows += 1
        read = self._row(line)
        if isinstance(read, str):
            self._reject(number, read)
            return
        day, close = read
        self._in_order &= day >= self._last
        self._last = day
        if day in self._torn:
            self._reject(number, f"{day} has another price on line {self._torn[day]}, and neither can be preferred")
        elif day not in self._found:
            self._found[day] = (number, close)
        elif self._found[day][1] == close:
            self._reject(number, f"{day} stands on line {self._found[day][0]} already, with the same price")
        else:
            first, _ = self._found.pop(day)
            self._torn[day] = first
            for one, other in ((first, number), (number, first)):
                self._reject(one, f"{day} has another price on line {other}, and neither can be preferred")

    def prices(self, sha256: str) -> Prices:
        """All of it, in order of time."""
        if not self._found:
            first = f"line {self._rejects[0].line}: {self._rejects[0].reason}" if self._rejects else "it has no rows"
            raise InputError(
                "no price in it can be used", where=str(self._path), why=first[:1].upper() + first[1:],
                fix="Write one row a day: a date such as 2021-03-20, and a close such as 27.15",
            )  # fmt: skip
        closes = {day: self._found[day][1] for day in sorted(self._found)}
        names = (self._head[self._at[0]], self._head[self._at[1]])
        rejects = tuple(sorted(self._rejects, key=lambda one: one.line))
        return Prices(self._path.name, sha256, names, closes, self._rows, rejects, self._rejected, self._in_order, 0)

    def _reject(self, line: int, reason: str) -> None:
        self._rejected += 1
        if len(self._rejects) < MOST_TOLD:
            self._rejects.append(Reject(line, reason))

    def _columns(self, number: int, line: bytes | None) -> tuple[str, list[str]]:
        try:
            head = (line or b"").decode("utf-8-sig").rstrip("\r\n")
            delimiter = max(",;\t", key=head.count)
            (cells,) = csv.reader([head], delimiter=delimiter, strict=True) if head else [[]]
        except (UnicodeDecodeError, csv.Error) as bad:
            raise InputError(
                f"its head cannot be read: {bad}", where=f"{self._path}:{number}", fix="Save it as CSV in UTF-8"
            ) from bad
        return delimiter, [cell.strip() for cell in cells]

    def _column(self, names: tuple[str, ...], what: str) -> int:
        known = [re.sub(r"[\W_]+", " ", cell).strip().casefold() for cell in self._head]
        name = next((name for name in names if name in known), None)
        if name is None or known.count(name) > 1:
            raise InputError(
                f"has no column for {what}" if name is None else f"has {known.count(name)} columns called {name!r}",
                where=str(self._path),
                why=f"Its head is {', '.join(map(repr, self._head[:12]))[:300] or 'empty'}",
                fix=f"Call one column {names[0] if what == 'a date' else 'close'!r}",
            )
        return known.index(name)

    def _row(self, line: bytes | None) -> tuple[date, Decimal] | str:
        """The day and the close of a row, or why there are none."""
        if line is None:
            return f"longer than {LONGEST:,} bytes"
        try:
            (cells,) = csv.reader([line.decode("utf-8").rstrip("\r\n")], delimiter=self._delimiter, strict=True)
        except UnicodeDecodeError:
            return "not UTF-8"
        except csv.Error as bad:
            return f"not a row of CSV: {bad}"
        if len(cells) != len(self._head):
            return f"{len(cells)} cell{'' if len(cells) == 1 else 's'} where the head has {len(self._head)}"
        day, close = (cells[at].strip() for at in self._at)
        read = _day(day)
        return _close(close, read) if read is not None else f"{_cut(day)} is not a date such as 2021-03-20"


def _day(text: str) -> date | None:
    found, compact = _DAY.match(text), _COMPACT.match(text)
    written = found[1] if found else "-".join(compact.groups()) if compact else ""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 1800 <= day.year <= 2200 else None


def _close(text: str, day: date) -> tuple[date, Decimal] | str:
    if not text:
        return f"{day} has no price"
    if not _PRICE.match(text.removeprefix("-")):
        return f"{_cut(text)} is not a plain decimal such as 1234.50"
    price = Decimal(text)
    return (day, price) if price > 0 else f"a price of {_cut(text)} is not above zero"


def _cut(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
