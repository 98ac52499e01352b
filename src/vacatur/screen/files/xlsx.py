"""Workbooks (XLSX, ECMA-376): the rows of one sheet, as the values that were last shown; no formula is evaluated."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.screen.files.parts import BROKEN, Parts, hostile, local, unreadable
from vacatur.screen.files.rows import LONG_CELL, Fault, Reject, Row, rejected, too_long
from vacatur.screen.files.xlsx_cells import Cell, Cells, column_of_cell, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_COLUMNS = 16_384
"""Furthest column in which anything may stand (XFD)."""
MOST_SHARED = 200_000_000
"""Largest table of shared texts, unpacked; it is held in memory."""


class Workbook:
    """One sheet of a workbook: the one that is named, else the only one that holds anything.

    Its first row that is not empty is the header. `line` is a row's number in the sheet. Raises `InputError`.
    """

    def __init__(self, path: Path, sheet: str | None) -> None:
        self._parts = Parts(path)
        try:
            self._sheet, self.name = self._chosen(sheet)
            self._found = self._rows()
            header = next(self._found, (1, {}))[1]
            self.columns = tuple(self._title(header.get(place, "")) for place in range(max(header, default=-1) + 1))
            self.size = self._parts.size(self._sheet)
        except BROKEN as bad:
            self.close()
            raise unreadable(str(path), bad) from bad
        except InputError:
            self.close()
            raise

    @property
    def at(self) -> int:
        """Bytes of the sheet that have been read."""
        return self._parts.at

    def close(self) -> None:
        """Lets go of the file."""
        self._parts.close()

    def rows(self, wanted: Collection[int]) -> Iterator[Row | Reject]:
        """The rows; an empty one is none."""
        row = 0
        try:
            for line, held in self._found:
                row += 1
                cells = [held.get(place, "") for place in range(len(self.columns))]
                texts = [cell if isinstance(cell, str) else "\ufffd" for cell in cells]
                fault = self._fault(cells, held, wanted)
                yield Row(row, line, texts, "") if fault is None else rejected(row, line, fault, ",".join(texts))
        except BROKEN as bad:
            raise unreadable(self._parts.where, bad) from bad

    def _fault(self, cells: list[Cell], held: dict[int, Cell], wanted: Collection[int]) -> Fault | None:
        if max(held) >= len(cells):
            return Fault("a cell stands beyond the last column of the header", "Give its column a title, or empty it")
        faults = [cell for place, cell in enumerate(cells) if isinstance(cell, Fault) and place in wanted]
        if faults:
            return faults[0]
        return LONG_CELL if too_long(cell for cell in cells if isinstance(cell, str)) else None

    def _title(self, cell: Cell) -> str:
        if isinstance(cell, Fault):
            raise InputError(f"its header cannot be read: {cell.why}", where=self.name, fix=cell.fix)
        return cell.strip()

    def _rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows that say anything, each with its number and its cells by place."""
        cells, number = Cells(*self._styles(), self._shared()), 0
        for row in self._parts.elements(self._sheet, "row"):
            said = row.get("r", "")
            number = int(said) if said.isdecimal() and len(said) < 10 else number + 1
            held, place = dict[int, Cell](), -1
            for element in row:
                place = column_of_cell(element.get("r", ""), place + 1)
                if not 0 <= place < MOST_COLUMNS:
                    raise hostile(self.name, f"a cell in row {number} that is further right than sheets have columns")
                if (cell := cells.read(element)) != "":
                    held[place] = cell
            if held:
                yield number, held

    def _chosen(self, sheet: str | None) -> tuple[str, str]:
        """The sheet's part, and the name under which errors speak of it."""
        self._book = next((one.part for one in self._parts.relations("").values() if one.kind == "officeDocument"), "")
        self._related = self._parts.relations(self._book)
        self._epoch_1904 = False
        sheets: dict[str, tuple[str, bool]] = {}
        for element in self._parts.elements(self._book, "workbookPr", "sheet"):
            if local(element) == "workbookPr":
                self._epoch_1904 = element.get("date1904", "0") in ("1", "true")
            elif (part := self._worksheet(element)) != "":
                sheets[element.get("name", "")] = part, element.get("state", "visible") == "visible"
        name = self._name(sheets, sheet)
        return sheets[name][0], f"{self._parts.where}, sheet {name[:60]!r}"

    def _worksheet(self, sheet: _Element) -> str:
        ids = [value for name, value in sheet.attrib.items() if str(name).endswith("}id")]
        related = self._related.get(str(ids[0])) if ids else None
        return related.part if related is not None and related.kind == "worksheet" else ""

    def _name(self, sheets: dict[str, tuple[str, bool]], asked: str | None) -> str:
        where, named = self._parts.where, ", ".join(name[:60] for name in sheets)[:500]
        if asked is not None:
            if asked not in sheets:
                raise InputError(f"no sheet {asked[:60]!r}", where=where, fix=f"Its sheets are {named}")
            return asked
        shown = [name for name, (_, visible) in sheets.items() if visible]
        holding = [name for name in shown if len(shown) == 1 or self._holds(sheets[name][0])]
        if len(holding) == 1:
            return holding[0]
        if not holding:
            raise InputError("no sheet of it holds anything", where=where, fix=f"Its sheets are {named}")
        raise InputError(
            f"{len(holding)} of its sheets hold something", where=where, why="Those not read would not be screened",
            fix=f"Name one with --sheet, run after run: {', '.join(name[:60] for name in holding)[:500]}",
        )  # fmt: skip

    def _holds(self, part: str) -> bool:
        return any(len(cell) for row in self._parts.elements(part, "row") for cell in row)

    def _styles(self) -> tuple[list[str], dict[str, str], bool]:
        """The number format of each style of cells, the formats that the workbook defines, and the epoch."""
        styles, formats = list[str](), dict[str, str]()
        for part in self._of_kind("styles"):
            for element in self._parts.elements(part, "numFmt", "xf"):
                parent = element.getparent()
                if local(element) == "numFmt":
                    formats[element.get("numFmtId", "")] = element.get("formatCode", "")
                elif parent is not None and local(parent) == "cellXfs":
                    styles.append(element.get("numFmtId", "0"))
        return styles, formats, self._epoch_1904

    def _shared(self) -> list[str]:
        found: list[str] = []
        for part in self._of_kind("sharedStrings"):
            if self._parts.size(part) > MOST_SHARED:
                raise hostile(self._parts.where, f"shared texts of more than {MOST_SHARED} bytes")
            found += map(text_of, self._parts.elements(part, "si"))
        return found

    def _of_kind(self, kind: str) -> list[str]:
        return [one.part for one in self._related.values() if one.kind == kind and self._parts.has(one.part)]
