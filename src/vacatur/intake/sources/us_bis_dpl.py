"""The Denied Persons List of the US Bureau of Industry and Security: tab-separated text, one row for each address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vacatur.errors import InputError
from vacatur.intake.keys import first_notice, name_key, numbered
from vacatur.intake.reading import File, csv_rows
from vacatur.intake.scripts import script_of
from vacatur.intake.source import Printed, Source
from vacatur.match.countries import alpha2
from vacatur.model.listed import Listed
from vacatur.model.party import Name, Particular

ID = "us-bis-dpl"
_COLUMNS = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
)  # fmt: skip
_REMARKED = {
    "Expiration_Date": "Expires", "Standard_Order": "Standard order", "Action": "Action",
    "FR_Citation": "Federal Register",
}  # fmt: skip
_US = re.compile(r"(\d{2})/(\d{2})/(\d{4})\Z")
_ISO = re.compile(r"(\d{4})-\d{2}-\d{2}\Z")
_LATEST = 2100
"""A date of the list's own book-keeping after this year is a slip of the pen: the file has updates of the year 3017."""


def read(files: Sequence[File]) -> Printed:
    """The one text file of an edition."""
    if len(files) != 1:
        raise InputError(f"{len(files)} files where one is expected", where=ID, fix="Give one file of one edition")
    file = files[0]
    rows = csv_rows(file, delimiter="\t")
    _, header = next(rows, (0, ()))
    found = [_fields(file, line, row) for line, row in rows] if header == _COLUMNS else []
    if not found:
        raise InputError(
            "the file is not the Denied Persons List, or an empty one", where=file.name,
            why=f"Its columns should be {', '.join(_COLUMNS)}, with entries below", fix="Fetch it again",
        )  # fmt: skip
    # No number is printed, and the effective date of a temporary order moves with every renewal: see `intake.keys`.
    keys = numbered([
        (name_key(ID, fields["Name"]), first_notice(fields["FR_Citation"]), tuple(fields.values())) for fields in found
    ])  # fmt: skip
    entries = tuple(map(_entry, keys, found))
    return Printed(form="us-bis-dpl-txt", published="", count=None, entries=entries)


def _fields(file: File, line: int, row: tuple[str, ...]) -> dict[str, str]:
    where = f"{file.name}, line {line}"
    if len(row) != len(_COLUMNS):
        raise InputError(
            f"{len(row)} fields where {len(_COLUMNS)} are expected", where=where,
            why="The file was cut off, or its columns have changed", fix="Fetch it again and compare",
        )  # fmt: skip
    fields = dict(zip(_COLUMNS, row, strict=True))
    if not fields["Name"].strip():
        raise InputError("the entry has no name", where=where, fix="Fetch the file again")
    return fields


def _entry(key: str, fields: dict[str, str]) -> Listed:
    name = fields["Name"].strip()
    return Listed(
        key=key, programme=ID, kind="unknown", country=alpha2(fields["Country"]),
        names=(Name(text=name, kind="primary", script=script_of(name), source=ID),), identifiers=(), securities=(),
        particulars=tuple(_particulars(fields)), stated=tuple(_stated(fields)), raw=(("dpl", tuple(fields.values())),),
    )  # fmt: skip


def _particulars(fields: dict[str, str]) -> Iterator[Particular]:
    parts = (fields[column].strip() for column in ("Street_Address", "City", "State", "Postal_Code", "Country"))
    if address := ", ".join(filter(None, parts)):
        yield Particular(kind="address", value=address, source=ID)
    for column, label in _REMARKED.items():
        if text := fields[column].strip():
            yield Particular(kind="remark", value=f"{label}: {_iso(text) or text}", source=ID)
    for column in ("Effective_Date", "Last_Update"):
        if (text := fields[column].strip()) and not _iso(text):
            yield Particular(kind="remark", value=f"{column.replace('_', ' ').capitalize()}: {text}", source=ID)


def _stated(fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, column in (("listed", "Effective_Date"), ("changed", "Last_Update")):
        if day := _iso(fields[column].strip()):
            yield name, day


def _iso(text: str) -> str:
    """A date as ISO; empty for what is none, or none that can be."""
    if found := _US.match(text):
        month, day, year = found.groups()
        text = f"{year}-{month}-{day}"
    found = _ISO.match(text)
    return text if found and int(found.group(1)) <= _LATEST else ""


SOURCE = Source(
    id=ID,
    title="US BIS Denied Persons List",
    programmes=(ID,),
    urls=("https://www.bis.doc.gov/dpl/dpl.txt",),
    read=read,
)
