"""CSV and its kin (RFC 4180): a header, then rows of cells parted by one sign; quoted cells may run over lines.

A row over several lines is taken only when it is whole. Else its first line is rejected by itself and reading goes on
at the next one, so that a quote left open costs a line and not the rest of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator

from vacatur.errors import InputError
from vacatur.screen.files.lines import Bytes, Line, lines
from vacatur.screen.files.rows import LONG_CELL, MOST_FIELD, MOST_ROW, Fault, Reject, Row, rejected, too_long

MOST_LINES = 100
"""Over how many lines a row may run."""
DELIMITERS = (",", ";", "\t", "|")
"""The signs that are tried where none is asked for: the one that makes the most columns of the header."""

# What `Row(…)` calls, without the detour; it is called a million times.
_new = tuple.__new__
_OPEN = Fault("a quote is left open, or stands within a cell", "Close it; write a quote within a quoted cell twice")


class Delimited:
    """A delimited file in an encoding that Python knows. Raises `InputError` for a header that cannot be read."""

    def __init__(self, source: Bytes, encoding: str, delimiter: str | None) -> None:
        self._source, self.size = source, source.size
        self._lines = _Lines(lines(source, encoding))
        first = next(self._lines.further, (1, "", None))
        _check_header(first, source.where, encoding)
        self._delimiter = delimiter or _likely(first[1])
        self._quoted = _Quoted(self._lines, self._delimiter)
        cells = self._cells(first, 0)
        if cells is None:
            raise InputError(_OPEN.why, where=f"{source.where}, line 1", fix=_OPEN.fix)
        self.columns = tuple(cell.strip() for cell in cells)

    @property
    def at(self) -> int:
        """Bytes read."""
        return self._source.at

    def close(self) -> None:
        """Lets go of the file."""
        self._source.close()

    def rows(self, wanted: Collection[int]) -> Iterator[Row | Reject]:  # noqa: ARG002 - parting a row costs the same
        """The rows; an empty line is none."""
        row, width, delimiter, given_back = 0, len(self.columns), self._delimiter, self._lines.back
        for following in self._lines.further:
            line = following
            while True:
                number, text, fault = line
                if fault is not None or '"' in text:
                    row += 1
                    yield self._with_quotes(row, line, width)
                elif bare := text.rstrip("\r\n"):
                    row += 1
                    cells = bare.split(delimiter)
                    if len(cells) != width or len(text) > MOST_FIELD:
                        yield _row(row, number, cells, text, width)
                    else:
                        yield _new(Row, (row, number, cells, text))
                if not given_back:
                    break
                line = given_back.pop()

    def _with_quotes(self, row: int, line: Line, width: int) -> Row | Reject:
        number, text, fault = line
        if fault is not None:
            return rejected(row, number, fault, text)
        cells = self._quoted.read(line, width)
        if cells is None:
            return rejected(row, number, LONG_CELL if len(text) > MOST_FIELD else _OPEN, text)
        return _row(row, number, cells, self._quoted.text, width)

    def _cells(self, line: Line, width: int) -> list[str] | None:
        text = line[1]
        return self._quoted.read(line, width) if '"' in text else text.rstrip("\r\n").split(self._delimiter)


class _Lines:
    """Lines one after another, those that were given `back` (the next one last) before any `further` ones."""

    def __init__(self, further: Iterator[Line]) -> None:
        self.further = further
        self.back: list[Line] = []

    def give_back(self, lines: list[Line]) -> None:
        """Lines that come again next, in their order."""
        self.back.extend(reversed(lines))

    def next(self) -> Line:
        """The next line; raises `StopIteration` at the end."""
        return self.back.pop() if self.back else next(self.further)


class _Quoted:
    """Reads rows that hold quotes; the csv module asks for a further line of the row for as long as one is open."""

    def __init__(self, further: _Lines, delimiter: str) -> None:
        self._further = further
        self._taken: list[Line] = []
        self._length, self._begun = 0, False
        self._reader = csv.reader(self, delimiter=delimiter, strict=True)
        self._delimiter = delimiter

    def read(self, first: Line, width: int) -> list[str] | None:
        """The cells of the row that begins with this line; none if it is not whole, and its further lines given back.

        `width` is how many cells a row must have; 0 for any number.
        """
        self._taken, self._length, self._begun = [first], len(first[1]), False
        try:
            cells: list[str] | None = next(self._reader)
        except csv.Error:
            cells = None
        if len(self._taken) > 1 and (cells is None or (width and not self._whole(cells, width))):
            self._further.give_back(self._taken[1:])
            return None
        return cells

    @property
    def text(self) -> str:
        """The row as it stands."""
        return self._taken[0][1] if len(self._taken) == 1 else "".join(line[1] for line in self._taken)

    def _whole(self, cells: list[str], width: int) -> bool:
        """Whether these are one row's cells: a cell whose every inner line is itself a row swallowed those rows."""
        inner = [line[1] for line in self._taken[1:-1]]
        swallowed = bool(inner) and width > 1 and all(text.count(self._delimiter) == width - 1 for text in inner)
        return len(cells) == width and not swallowed

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self._begun:
            self._begun = True
            return self._taken[0][1]
        if len(self._taken) == MOST_LINES or self._length > MOST_ROW:
            raise StopIteration
        line = self._further.next()
        if line[2] is not None:
            self._further.give_back([line])
            raise StopIteration
        self._taken.append(line)
        self._length += len(line[1])
        return line[1]


def _row(row: int, number: int, cells: list[str], text: str, width: int) -> Row | Reject:
    if len(cells) != width:
        return rejected(row, number, _ragged(len(cells), width), text)
    if len(text) > MOST_FIELD and too_long(cells):
        return rejected(row, number, LONG_CELL, text)
    return Row(row, number, cells, text)


def _check_header(line: Line, where: str, encoding: str) -> None:
    _, text, fault = line
    if fault is not None:
        fix = "Name the encoding that the file is in, such as utf-16 or cp1252, or save it as UTF-8"
        raise InputError(
            f"its header cannot be read as {encoding.upper()}: {fault.why}", where=f"{where}, line 1",
            why="Names read in a wrong encoding are other names", fix=fix,
        )  # fmt: skip
    if not text.strip():
        raise InputError(
            "the file, or its first line, is empty",
            where=f"{where}, line 1",
            fix="Give it a header with a `name` column",
        )


def _likely(header: str) -> str:
    def columns(delimiter: str) -> int:
        try:
            return len(next(csv.reader((header,), delimiter=delimiter)))
        except csv.Error:
            return 0

    return max(DELIMITERS, key=columns)


def _ragged(found: int, width: int) -> Fault:
    return Fault(
        f"{found} cells where the header has {width}: values may stand in the wrong columns",
        "Quote cells that hold the delimiter, or complete the row",
    )
