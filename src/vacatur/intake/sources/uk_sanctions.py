"""The UK Sanctions List of the Foreign, Commonwealth & Development Office: ODS, CSV and XML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vacatur.errors import InputError
from vacatur.intake import sheet, sniff
from vacatur.intake.reading import File, csv_rows
from vacatur.intake.source import Printed, Source
from vacatur.intake.sources import uk_sanctions_xml
from vacatur.intake.sources.uk_sanctions_entry import Designation
from vacatur.intake.table import Row, Table, table

_WANTED = "the UK Sanctions List"
_NEEDED = ("uniqueid", "regimename")
_KEY = re.compile(r"[A-Z]{2,6}\d+\Z")


def read(files: Sequence[File]) -> Printed:
    """The edition in one file."""
    if len(files) != 1:
        raise InputError(f"{len(files)} files for one edition", fix=f"Give the one file of {_WANTED}")
    file = files[0]
    kind = sniff.kind(file)
    if kind == "xml" and sniff.root(file) == "Designations":
        edition = uk_sanctions_xml.read(file)
    elif kind == "zip":
        edition = _of_table("uk-ods", file, table(file, sheet.rows(file), _NEEDED, _WANTED, padded=True))
    elif kind == "text":
        rows = csv_rows(file, encoding=sniff.encoding(file))
        edition = _of_table("uk-csv", file, table(file, rows, _NEEDED, _WANTED))
    else:
        raise sniff.refusal(file, _WANTED)
    if not edition.entries:
        raise InputError(
            "the file holds no entries", where=file.name, why="The list is never empty", fix="Fetch it again"
        )
    return edition


def _of_table(form: str, file: File, found: Table) -> Printed:
    """The designations of a table: a row for each, or a row for each name, address and so on of each."""
    several = "nametype" in found.titles
    entries, last = dict[str, Designation](), ""
    for row in found.rows:
        key = row.record.get("uniqueid", "")
        if not _KEY.match(key):
            raise _bad(file, row, f"{key!r} is not a Unique ID")
        # Where a designation has several rows they stand together; one that comes back with an old row is double.
        if key in entries and (not several or (key != last and ("rows", row.cells) in entries[key].gathered.raw)):
            raise _bad(file, row, f"Unique ID {key} appears twice")
        entry, last = entries.setdefault(key, Designation(key)), key
        entry.take(row.record)
        entry.gathered.raw.append(("rows", row.cells))
    listed = tuple(entry.listed() for entry in entries.values())
    return Printed(form=form, published=found.published, count=None, entries=listed)


def _bad(file: File, row: Row, what: str) -> InputError:
    return InputError(
        what, where=f"{file.name}, line {row.line}", why="The file was joined, cut or changed", fix="Fetch it again"
    )


SOURCE = Source(
    id="uk-sanctions",
    title="UK Sanctions List",
    programmes=("uk-sanctions",),
    urls=("https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml",),
    read=read,
)
