"""Rows of an OpenDocument spreadsheet, read as a stream.

A cell or row says how often it is repeated, so that a kilobyte can stand for a billion cells: empty repeats are counted
and not made, and what is made has limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.intake.reading import MOST_FIELD, File, elements, unzipped
from vacatur.intake.tree import local

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 300_000_000
"""Largest spreadsheet that is read, unpacked; the UK's is seven megabytes."""
MOST_COLUMNS = 1_000
"""Furthest column in which anything may stand."""
MOST_SAME = 100
"""How often a row that says something may be repeated."""


def rows(file: File) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of all sheets that say something, with their numbers, without the empty cells at their ends."""
    number, row = 0, _Row(file)
    for element in elements(_content(file), "table-cell", "covered-table-cell", "table-row", "table"):
        name = local(element)
        if name == "table":
            number = 0
        elif name == "table-row":
            times = _repeats(element, "number-rows-repeated", file)
            if row.cells and times > MOST_SAME:
                raise _hostile(file, f"row {number + 1} is repeated {times} times")
            for again in range(times if row.cells else 0):
                yield number + 1 + again, tuple(row.cells)
            number, row = number + times, _Row(file)
        else:
            row.add(_text(element), _repeats(element, "number-columns-repeated", file))


class _Row:
    """The cells of a row up to the last that says something."""

    def __init__(self, file: File) -> None:
        self.cells: list[str] = []
        self._empty, self._file = 0, file

    def add(self, text: str, times: int) -> None:
        """A cell, so many times."""
        if not text:
            self._empty += times
            return
        if len(self.cells) + self._empty + times > MOST_COLUMNS:
            raise _hostile(self._file, f"a row of more than {MOST_COLUMNS} cells")
        self.cells += [""] * self._empty + [text] * times
        self._empty = 0


def _content(file: File) -> File:
    found = [member for member in unzipped(file, MOST_BYTES) if member.name.endswith("/content.xml")]
    if not found:
        raise InputError("the archive holds no spreadsheet", where=file.name, fix="Fetch it again")
    # Embedded objects have a content.xml of their own; the sheet's is the largest.
    return max(found, key=lambda member: len(member.content))


def _repeats(element: _Element, attribute: str, file: File) -> int:
    said = next((str(value) for name, value in element.attrib.items() if str(name).endswith("}" + attribute)), "1")
    if not said.isdecimal() or len(said) > 9 or int(said) == 0:
        raise _hostile(file, f"a repetition of {said[:40]!r} times")
    return int(said)


def _text(cell: _Element) -> str:
    """The cell's paragraphs as lines; its comments are not part of it."""
    lines = ["".join(_inner(child)) for child in cell if local(child) == "p"]
    text = "\n".join(lines).strip()
    if len(text) > MOST_FIELD:
        raise InputError(f"a cell of more than {MOST_FIELD} characters", fix="Fetch it again")
    return text


def _inner(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name in ("s", "tab"):
            yield " "
        elif name == "line-break":
            yield "\n"
        elif name != "annotation":
            yield from _inner(child)
        yield child.tail or ""


def _hostile(file: File, what: str) -> InputError:
    return InputError(what, where=file.name, why="No list has that, and it could exhaust memory", fix="Fetch it again")
