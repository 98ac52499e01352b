"""Workbooks: real ones as openpyxl and pandas write them, and ones that nobody writes without ill will."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.styles import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.screen.files.opened import rejects, rows, screened

from vacatur.errors import InputError
from vacatur.screen.files import parts, xlsx
from vacatur.screen.files.rows import MOST_FIELD, Row
from vacatur.screen.files.table import open_table
from vacatur.screen.files.xlsx_cells import Cells
from vacatur.screen.subject import Subject


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.xlsx"


def saved(path: Path, *table: list[Any], **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in table:
        sheet.append(row)
    for name, content in sheets.items():
        further = book.create_sheet(name)
        for row in content:
            further.append(row)
    book.save(path)
    return path


def cells(path: Path, sheet: str | None = None) -> list[list[str]]:
    return [row.cells for row in rows(path, sheet=sheet) if isinstance(row, Row)]


def test_values_are_the_texts_that_people_see(path: Path) -> None:
    saved(
        path, ["Name", "Date of Birth", "ticker", "share", "ok", "at"],
        ["Alder", dt.date(1970, 5, 17), 1810, 0.5, True, dt.datetime(1970, 5, 17, 12, 30)],  # noqa: DTZ001
        ["桤木 & <Sons>\nLtd", "1970", 1810.0, -1e20, False, dt.date(1900, 1, 1)],
    )  # fmt: skip
    assert cells(path) == [
        ["Alder", "1970-05-17", "1810", "0.5", "true", "1970-05-17T12:30:00"],
        ["桤木 & <Sons>\nLtd", "1970", "1810", "-1e+20", "false", "1900-01-01"],
    ]
    first = screened(path)[0]
    assert isinstance(first, Subject)
    assert (first.birth_date, first.identifiers) == ("1970-05-17", (("ticker", "1810"),))


def test_what_pandas_writes_is_read(path: Path) -> None:
    pd.DataFrame({"name": ["Alder", "Birch"], "dob": [pd.Timestamp("1970-05-17"), None]}).to_excel(path)
    assert cells(path) == [["0", "Alder", "1970-05-17"], ["1", "Birch", ""]]


def test_empty_rows_are_none_and_a_row_is_known_by_its_number_in_the_sheet(path: Path) -> None:
    saved(path, [None], ["Name", None, "lei"], ["Alder"], [None, None], ["Birch", "x"])
    found = rows(path)
    assert [(row.row, row.line) for row in found] == [(1, 3), (2, 5)]
    assert cells(path) == [["Alder", "", ""], ["Birch", "x", ""]]


def test_a_formula_is_taken_by_its_value_and_rejected_without_one(path: Path) -> None:
    saved(path, ["Name"], ["=A3"], ["Birch"])
    assert rejects(rows(path)) == [(1, 2, "a formula whose value the file does not hold")]
    valued = sheet_of("<c t='str'><f>A3</f><v>Birch</v></c>", "<c><f>1+1</f><v>2</v></c>", "<c t='str'><f>B1</f></c>")
    assert cells(valued(path)) == [["Birch"], ["2"]]


def test_an_error_in_a_cell_is_rejected_where_it_matters(path: Path) -> None:
    saved(path, ["Name", "price"], ["#N/A", 1], ["Birch", "#DIV/0!"])
    assert rejects(screened(path)) == [(1, 2, "a cell holds an error: '#N/A'")]


def test_a_cell_without_a_title_above_it_is_rejected(path: Path) -> None:
    saved(path, ["Name", "lei"], ["Alder", None, "lost"], ["Birch"])
    assert rejects(rows(path)) == [(1, 2, "a cell stands beyond the last column of the header")]


def test_the_sheet_is_the_only_one_that_holds_anything_or_the_one_named(path: Path) -> None:
    saved(path, ["name"], ["Alder"], empty=[])
    assert cells(path) == [["Alder"]]
    saved(path, ["name"], ["Alder"], other=[["name"], ["Birch"]])
    with pytest.raises(InputError, match="2 of its sheets hold something") as raised:
        open_table(path)
    assert raised.value.fix == "Name one with --sheet, run after run: Sheet, other"
    assert cells(path, "other") == [["Birch"]]
    with pytest.raises(InputError, match="no sheet 'third'"):
        open_table(path, sheet="third")
    with pytest.raises(InputError, match="no sheet of it holds anything"):
        open_table(saved(path, [], other=[]))


def test_dates_are_told_by_their_format_as_openpyxl_does() -> None:
    for code in ("General", "0.00", "0.00E+00", "@", "#,##0.00", "yyyy-mm-dd", "d/m/yy h:mm", "[h]:mm:ss",
                 "mmm-yy", '"year" 0', "[$-407]d. mmmm yyyy", "[Red]0", "#,##0\\ [$€-407]", "_-* #,##0_-",
                 "h:mm AM/PM"):  # fmt: skip
        assert bool(Cells(["200"], {"200": code}, False, [])._dates) == is_date_format(code), code


def test_days_may_be_counted_from_1904(path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append(["name", "dob"])
    sheet.append(["Alder", dt.date(1970, 5, 17)])
    book.save(path)
    assert cells(path) == [["Alder", "1970-05-17"]]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "_rels/.rels": f"<Relationships><Relationship Id='a' Type='{RELATED}/officeDocument' Target='/xl/book.xml'/>"
    "</Relationships>",
    "xl/book.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{RELATED}'><sheets><sheet name='One' r:id='s'/></sheets>"
    "</workbook>",
    "xl/_rels/book.xml.rels": f"<Relationships><Relationship Id='s' Type='{RELATED}/worksheet' Target='one.xml'/>"
    f"<Relationship Id='t' Type='{RELATED}/sharedStrings' Target='shared.xml'/></Relationships>",
    "xl/shared.xml": f"<sst xmlns='{MAIN}'><si><t>Alder</t></si>"
    "<si><r><t>Bir</t></r><r><t>ch</t></r><rPh><t>x</t></rPh></si><si><t>Al_x0041_der_x005F_</t></si></sst>",
}


def made_of(path: Path, sheet: str, **other: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, "xl/one.xml": f"<worksheet xmlns='{MAIN}'>{sheet}</worksheet>", **other}.items():
            archive.writestr(name, content)
    return path


def sheet_of(*cells: str) -> Callable[[Path], Path]:
    below = "".join(f"<row>{cell}</row>" for cell in cells)
    head = "<row><c t='inlineStr'><is><t>name</t></is></c></row>"
    return lambda path: made_of(path, f"<sheetData>{head}{below}</sheetData>")


def test_shared_texts_are_whole_without_their_pronunciation_and_signs_unescaped(path: Path) -> None:
    made = sheet_of("<c t='s'><v>0</v></c>", "<c t='s'><v>1</v></c>", "<c t='s'><v>2</v></c>")
    assert cells(made(path)) == [["Alder"], ["Birch"], ["AlAder_"]]


def test_rows_that_are_out_of_order_far_apart_or_said_twice_are_all_taken(path: Path) -> None:
    cell = "<c t='s'><v>0</v></c>"
    made_of(path, f"<sheetData><row r='9'>{cell}</row><row r='999999999'>{cell}</row><row r='3'>{cell}</row>"
                  f"<row r='3'>{cell}</row><row>{cell}</row></sheetData>")  # fmt: skip
    assert [row.line for row in rows(path)] == [999999999, 3, 3, 4]


# A cell that no spreadsheet program writes, and words of the reason for its reject.
ODD = {
    "a shared text that is not there": ("<c t='s'><v>7</v></c>", "not there: '7'"),
    "a shared text of no number": ("<c t='s'><v>-1</v></c>", "not there: '-1'"),
    "no number": ("<c><v>1 or 2</v></c>", "a number that is none"),
    "a number that takes minutes": (f"<c><v>{'9' * 10_000}</v></c>", "a number that is none"),
    "a type that is none": ("<c t='zzz'><v>1</v></c>", "an error"),
    "a huge text": (f"<c t='inlineStr'><is><t>{'x' * (MOST_FIELD + 1)}</t></is></c>", "a cell is longer"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_cell_costs_its_row_only(name: str, path: Path) -> None:
    cell, said = ODD[name]
    found = rows(sheet_of(cell, "<c t='s'><v>1</v></c>")(path))
    ((row, line, why),) = rejects(found)
    assert (row, line) == (1, 2)
    assert said in why
    assert isinstance(found[1], Row)


ENTITY = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>"
HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "entities": (lambda path: made_of(path, "", **{"xl/one.xml": f"{ENTITY}<worksheet xmlns='{MAIN}'>&a;</worksheet>"}),
                 "a document type"),
    "entities in UTF-16": (lambda path: made_of(path, "", **{"xl/one.xml": f"{ENTITY}<worksheet/>".encode("utf-16")}),  # type: ignore[arg-type]
                           "another encoding"),
    "a bomb": (lambda path: made_of(path, "<sheetData><row>" + "<c/>" * 5_000_000 + "</row></sheetData>"),
               "unpacks to"),
    "a column too far": (sheet_of("<c r='XFE2' t='s'><v>0</v></c>"), "further right"),
    "a place that is none": (sheet_of("<c r='12' t='s'><v>0</v></c>"), "further right"),
    "cut off": (lambda path: made_of(path, "<sheetData><row><c"), "not readable as XLSX"),
    "no sheet": (lambda path: made_of(path, "", **{"xl/book.xml": f"<workbook xmlns='{MAIN}'/>"}), "no sheet"),
    "no workbook": (lambda path: made_of(path, "", **{"_rels/.rels": "<Relationships/>"}), "not readable as XLSX"),
    "no part": (lambda path: made_of(path, "", **{"xl/book.xml": PARTS["xl/book.xml"].replace("'s'", "'t'")}),
                "no sheet"),
    "nothing": (lambda path: made_of(path, "<sheetData/>"), "no header"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_workbook_is_refused(name: str, path: Path) -> None:
    make, said = HOSTILE[name]
    make(path)
    with pytest.raises(InputError, match=said) as raised:
        rows(path)
    assert raised.value.where.startswith(str(path))
    assert raised.value.fix


def test_what_does_not_end_is_not_held(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_BETWEEN", 100_000)
    made_of(path, "<cols>" + "<col min='1'/>" * 20_000 + "</cols><sheetData/>")
    with pytest.raises(InputError, match="without anything in them"):
        rows(path)


def test_shared_texts_have_a_bound(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_SHARED", 10)
    with pytest.raises(InputError, match="shared texts of more than 10 bytes"):
        rows(sheet_of()(path))


def test_an_archive_of_countless_files_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_PARTS", 3)
    with pytest.raises(InputError, match="more than 3 files"):
        rows(sheet_of()(path))


def test_a_file_that_is_no_archive_is_refused(path: Path) -> None:
    for content in (b"", b"name\nAlder\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        path.write_bytes(content)
        with pytest.raises(InputError, match="not readable as XLSX"):
            rows(path)


def test_how_far_a_sheet_is_read_can_be_told(path: Path) -> None:
    saved(path, ["name"], *([f"Alder {n}"] for n in range(20_000)))
    with open_table(path) as table:
        seen = [table.at for _ in table]
        assert 0 < seen[0] < table.size == table.at
        assert seen == sorted(seen)
