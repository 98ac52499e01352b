"""What stands in a workbook's cells (ECMA-376, part 1, 18.3.1.4): texts, numbers, days, and what cannot be read."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from vacatur.screen.files.parts import space
from vacatur.screen.files.rows import Fault
from vacatur.screen.files.values import number

if TYPE_CHECKING:
    from lxml.etree import _Element

Cell = str | Fault
"""A cell's text, or why it has none."""

_PLACE = re.compile(r"([A-Z]{1,3})[0-9]{1,9}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?\Z")
_WHOLE = re.compile(r"-?[0-9]{1,30}\Z")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Formats that need no definition (18.8.30), those of East Asian editions among them.
_DATES = frozenset(map(str, [*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)]))
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DAYS = 2_958_466
"""The day after 9999-12-31, as spreadsheets count days."""
# Days of the calendar, of no zone.
_FROM_1904, _FROM_1900, _FROM_MARCH_1900 = map(datetime.fromisoformat, ("1904-01-01", "1899-12-31", "1899-12-30"))
_FORMULA = Fault(
    "a formula whose value the file does not hold", "Open it in a spreadsheet program and save it, or as CSV"
)


class Cells:
    """Reads cells by their types and styles.

    Args:
        styles: the id of the number format of each style.
        formats: the codes of the formats that the workbook defines, by id.
        epoch_1904: whether days are counted from 1904, as old programs for the Macintosh did.
        shared: the texts that cells share.
    """

    def __init__(self, styles: list[str], formats: dict[str, str], epoch_1904: bool, shared: list[str]) -> None:
        self._dates = {str(place) for place, one in enumerate(styles) if _is_date(one, formats.get(one))}
        self._epoch_1904, self._shared = epoch_1904, shared

    def read(self, cell: _Element) -> Cell:
        """A cell's value as text, empty for none."""
        within = space(cell)
        kind, value = cell.get("t", "n"), cell.findtext(f"{within}v")
        if kind == "inlineStr":
            inline = cell.find(f"{within}is")
            return "" if inline is None else text_of(inline)
        if value is None or (value == "" and kind != "str"):
            return _FORMULA if cell.find(f"{within}f") is not None and kind != "str" else ""
        return self._valued(kind, value, cell.get("s", "0"))

    def _valued(self, kind: str, value: str, style: str) -> Cell:
        match kind:
            case "s":
                place = int(value) if value.isdecimal() and len(value) < 10 else -1
                known = 0 <= place < len(self._shared)
                return self._shared[place] if known else _fault(f"a reference to a text that is not there: {value!r}")
            case "n":
                return self._number(value, style)
            case "b":
                return "true" if value == "1" else "false"
            case "str":
                return _unescaped(value)
            case "d":
                return value
            case _:
                return _fault(f"an error: {value[:40]!r}")

    def _number(self, value: str, style: str) -> Cell:
        if not _NUMBER.match(value):
            return _fault(f"a number that is none: {value[:40]!r}")
        if style in self._dates:
            return _day(float(value), self._epoch_1904)
        return value if _WHOLE.match(value) else number(float(value))


def column_of_cell(place: str, following: int) -> int:
    """The column of a cell such as `AB12`, counted from 0; one that does not say stands after the one before it."""
    if not place:
        return following
    found = _PLACE.match(place)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - 64
    return column - 1


def text_of(element: _Element) -> str:
    """The text of a shared or inline text: all its runs, without what is noted of their pronunciation."""
    within = space(element)
    runs = [*element.findall(f"{within}t"), *element.findall(f"{within}r/{within}t")]
    return _unescaped("".join(run.text or "" for run in runs))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _is_date(number_format: str, code: str | None) -> bool:
    if code is None:
        return number_format in _DATES
    return any(letter in "dmyhs" for letter in _LITERAL.sub("", code.partition(";")[0]).lower())


def _day(serial: float, epoch_1904: bool) -> Cell:
    """A day as it is counted in spreadsheets: from 1900, whose 29 February they believe in, or from 1904."""
    if not 0 <= serial < _DAYS - (1462 if epoch_1904 else 0):
        return _fault(f"a day that is none: {serial}")
    first = _FROM_1904 if epoch_1904 else _FROM_MARCH_1900 if serial >= 60 else _FROM_1900
    found = first + timedelta(seconds=round(serial * 86_400))
    return found.date().isoformat() if not serial % 1 else found.isoformat()


def _fault(what: str) -> Fault:
    return Fault(f"a cell holds {what}", "Correct it in a spreadsheet program and save it again")
