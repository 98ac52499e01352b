"""Subjects: whom a user asks about, as read from their file or passed in by their program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vacatur.errors import InputError
from vacatur.match.checkdigits import valid_isin, valid_lei
from vacatur.match.identifiers import plain
from vacatur.match.names import plain_name

COLUMNS = ("name", "isin", "ticker", "lei", "country")
IDENTIFIERS = ("isin", "ticker", "lei")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
MOST_BYTES = 512_000_000
MOST_FIELD = 100_000
"""Longest cell taken, in characters: a name that is longer is not a name."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject; `row` counts data rows from 1. Empty fields are not known."""

    row: int
    name: str
    isin: str
    ticker: str
    lei: str
    country: str

    def query(self) -> dict[str, str]:
        """What is known of the subject, as recorded in its decision."""
        return {column: value for column in COLUMNS if (value := getattr(self, column))}


def from_list(given: Iterable[object]) -> list[Subject]:
    """Subjects from a program's list, in its order: bare texts (what is a valid ISIN or LEI is taken as one, all else
    as a name) and `Subject`s. Raises `InputError` naming the row that is neither, or that says nothing.
    """
    found = []
    for row, one in enumerate(given, start=1):
        if isinstance(one, str):
            subject = _from_text(row, one)
        elif isinstance(one, Subject):
            subject = replace(one, row=row)
        else:
            raise InputError(
                f"{type(one).__name__} cannot be screened", where=f"row {row}", fix="Give texts or Subjects"
            )
        found.append(_checked(subject, f"row {row}"))
    return found


def _from_text(row: int, text: str) -> Subject:
    code = plain(text)
    isin, lei = code if valid_isin(code) else "", code if valid_lei(code) else ""
    return Subject(row, "" if isin or lei else text.strip(), isin, "", lei, "")


def from_csv(path: Path) -> list[Subject]:
    """Subjects from a CSV file with a header row and any of the columns name, isin, ticker, lei, country.

    Other columns are left alone. Raises `InputError` naming file, row and remedy; nothing is half-read.
    """
    return list(_rows(path, _text(path)))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as bad:
        why = bad.strerror if isinstance(bad, OSError) else str(bad)
        raise InputError(f"cannot be read: {why}", where=str(path), fix="Check path and permissions") from bad
    if len(raw) > MOST_BYTES:
        raise InputError(f"the file is larger than {MOST_BYTES} bytes", where=str(path), fix="Split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        row = raw.count(b"\n", 0, bad.start) + 1
        raise InputError(
            f"byte {bad.start} (0x{raw[bad.start]:02x}) is not UTF-8",
            where=f"{path}, line {row}",
            why="A name read in the wrong encoding would be screened as another name",
            fix="Save the whole file as UTF-8",
        ) from bad
    if "\0" in text:
        raise InputError(
            "the file holds NUL bytes", where=f"{path}, line {text.count(chr(10), 0, text.index(chr(0))) + 1}",
            why="It is not a CSV file, or it was cut off while being written", fix="Export it again as CSV in UTF-8",
        )  # fmt: skip
    return text


def _rows(path: Path, text: str) -> Iterator[Subject]:
    csv.field_size_limit(MOST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        places = _places(path, header)
        for row, cells in enumerate(reader, start=1):
            if cells:
                yield _subject(path, row, reader.line_num, header, cells, places)
    except csv.Error as bad:
        raise InputError(
            f"not readable as CSV: {bad}",
            where=f"{path}, line {reader.line_num}",
            fix="Check its quotes and separators",
        ) from bad


def _places(path: Path, header: list[str]) -> dict[str, int]:
    if not any(header):
        raise InputError(
            "the file, or its first line, is empty",
            where=f"{path}, line 1",
            fix=f"Give it a header with any of: {', '.join(COLUMNS)}",
        )
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise InputError(
            f"column {', '.join(twice)} stands twice in the header",
            where=f"{path}, line 1",
            why="It is not clear which one to screen",
            fix="Rename or remove one of them",
        )
    places = {column: header.index(column) for column in COLUMNS if column in header}
    if not set(places) - {"country"}:
        raise InputError(
            f"no column to screen among: {', '.join(header)[:200]}",
            where=f"{path}, line 1",
            fix=f"Name at least one column: {', '.join(('name', *IDENTIFIERS))}",
        )
    return places


def _subject(path: Path, row: int, line: int, header: list[str], cells: list[str], places: dict[str, int]) -> Subject:
    where = f"{path}, row {row} (line {line})"
    if len(cells) != len(header):
        raise InputError(
            f"{len(cells)} cells where the header has {len(header)}",
            where=where,
            why="Its values may stand in the wrong columns",
            fix="Quote cells that hold commas, or complete the row",
        )
    values = {column: cells[place].strip() for column, place in places.items()}
    return _checked(Subject(row, *(values.get(column, "") for column in COLUMNS)), where)


def _checked(subject: Subject, where: str) -> Subject:
    """The subject, if it can be screened: what says nothing would come out clean, which is not a finding."""
    if _SURROGATE.search("".join(subject.query().values())):
        raise InputError("it holds bytes that were not Unicode", where=where, fix="Read it in its own encoding")
    if not any((plain_name(subject.name), plain(subject.isin), plain(subject.ticker), plain(subject.lei))):
        raise InputError(
            "nothing to screen in this row", where=where, fix="Fill in a name or an identifier, or remove it"
        )
    if subject.isin and not valid_isin(plain(subject.isin)):
        raise InputError(f"{subject.isin!r} is not an ISIN: its check digit fails", where=where, fix="Correct the ISIN")
    if subject.lei and not valid_lei(plain(subject.lei)):
        raise InputError(f"{subject.lei!r} is not a LEI: its check digits fail", where=where, fix="Correct the LEI")
    return subject
