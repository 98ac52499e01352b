"""The EU's file as CSV: a row for each name, address, birth, identification and citizenship of an entity.

There are two dialects: the present one, whose columns are named after the XML schema, and the one of before, whose
columns are named in short.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain

from vacatur.errors import InputError
from vacatur.intake.gather import iso
from vacatur.intake.reading import File, csv_rows
from vacatur.intake.sniff import encoding, refusal, whole_lines
from vacatur.intake.source import Printed
from vacatur.intake.sources.eu_fsf_entity import Entity, Part

WANTED = "the EU's financial sanctions file"
_OLD_GROUPS = {
    "naal": "nameAlias", "addr": "address", "birt": "birthdate", "iden": "identification", "citi": "citizenship",
    "leba": "regulation",
}  # fmt: skip
_OLD = {
    "numtitle": "numberTitle", "publication_date": "publicationDate", "url": "publicationUrl", "lastname": "lastName",
    "firstname": "firstName", "middlename": "middleName", "wholename": "wholeName", "language": "nameLanguage",
    "logical_id": "logicalId", "zipcode": "zipCode", "country": "countryIso2Code", "other": "contactInfo",
    "date": "birthdate",
}  # fmt: skip
_OLD_ENTITY = {
    "subject_type": ("entity", "classificationCode"), "programme": ("regulation", "programme"),
    "entity_remark": ("entity", "remark"), "eu_ref_num": ("entity", "euReferenceNumber"),
}  # fmt: skip
_NEW_GROUPS = {
    "NameAlias": "nameAlias", "Address": "address", "BirthDate": "birthdate", "Identification": "identification",
    "Citizenship": "citizenship",
}  # fmt: skip
_NEW = {
    "Day": "dayOfMonth", "Month": "monthOfYear", "BirthDate": "birthdate", "TypeCode": "identificationTypeCode",
    "TypeDescription": "identificationTypeDescription", "IssuedDate": "issueDate",
    "EU_ReferenceNumber": "euReferenceNumber", "SubjectType": "code",
    "SubjectType_ClassificationCode": "classificationCode",
}  # fmt: skip
# As in "AD001095 (passport-National passport) (issued 1999)".
_DOCUMENT = re.compile(r"(?P<number>.*?)\s*\((?P<code>[a-z]+)-(?P<said>[^)]*)\)\s*(?P<rest>.*)\Z", re.DOTALL)

Plan = tuple[tuple[int, str, str], ...]


def read(file: File) -> Printed:
    """The entities of the rows."""
    rows = _rows(file)
    _, header = next(rows, (0, ("",)))
    head = [cell.strip() for cell in header]
    at = next((i for i, name in enumerate(head) if name.lower() in ("entity_logical_id", "entity_logicalid")), 0)
    if not at or not (head[0].startswith("Date_file") or head[0].lower() == "filegenerationdate"):
        raise refusal(file, WANTED)
    whole_lines(file)
    plan = _plan(head)
    published, entities, last = "", dict[str, Entity](), ""
    for line, row in rows:
        if len(row) != len(head):
            raise _bad(file, line, f"{len(row)} fields where {len(head)} are expected")
        key, published = row[at].strip(), published or iso(row[0])
        if not key.isdigit():
            raise _bad(file, line, f"{key!r} is not a logical id")
        # All rows of an entity stand together: one that comes back is there twice.
        if key != last and key in entities:
            raise _bad(file, line, f"logical id {key} appears twice")
        entity, last = entities.setdefault(key, Entity(key)), key
        _take(entity, _parts(plan, row), file, line)
        entity.gathered.raw.append(("rows", row))
    listed = tuple(entity.listed() for entity in entities.values())
    return Printed(form="eu-csv", published=published, count=None, entries=listed)


def _bad(file: File, line: int, what: str) -> InputError:
    return InputError(
        what, where=f"{file.name}, line {line}", why="The file was cut off, joined, or its columns have changed",
        fix="Fetch it again and compare",
    )  # fmt: skip


def _rows(file: File) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows by their semicolons.

    Copies are about in which a spreadsheet program took the file for comma separated: every line is one quoted cell,
    with a tab where a comma stood and more tabs after its end. Such lines are read as what they were.
    """
    rows = csv_rows(file, encoding=encoding(file), delimiter=";")
    first = next(rows, None)
    if first is None:
        return
    wrapped = len(first[1]) == 1 and ";" in first[1][0]
    for line, row in chain((first,), rows):
        if not wrapped:
            yield line, row
            continue
        try:
            for inner in csv.reader([row[0]], delimiter=";", strict=True):
                yield line, tuple(inner)
        except csv.Error as bad:
            raise _bad(file, line, f"not readable as CSV: {bad}") from bad


def _plan(head: list[str]) -> Plan:
    """Where each column's value goes: its index, the group it belongs to, and its name there."""
    old = head[0].startswith("Date_file")
    found = ((i, (_old if old else _new)(name)) for i, name in enumerate(head))
    return tuple((i, *place) for i, place in found if place is not None)


def _old(name: str) -> tuple[str, str] | None:
    name = name.lower()
    if name in _OLD_ENTITY:
        return _OLD_ENTITY[name]
    group, _, rest = name.partition("_")
    if group not in _OLD_GROUPS:
        return None
    rest = rest.removeprefix("leba_")
    return _OLD_GROUPS[group], _OLD.get(rest, rest)


def _new(name: str) -> tuple[str, str] | None:
    group, _, rest = name.partition("_")
    if group == "Entity":
        inner = rest.removeprefix("Regulation_")
        place = "entity" if inner == rest else "regulation"
    elif group in _NEW_GROUPS:
        inner, place = rest.removeprefix("Regulation_"), _NEW_GROUPS[group]
    else:
        return None
    return place, _NEW.get(inner, inner[:1].lower() + inner[1:])


def _parts(plan: Plan, row: tuple[str, ...]) -> dict[str, dict[str, str]]:
    parts: dict[str, dict[str, str]] = {}
    for i, group, name in plan:
        # The tabs are the commas of a wrapped line, the two signs \n are the file's own mark of a line's end.
        if value := row[i].rstrip("\t").replace("\t", ",").replace("\\n", "\n").strip():
            parts.setdefault(group, {})[name] = value
    return parts


def _take(entity: Entity, parts: dict[str, dict[str, str]], file: File, line: int) -> None:
    head = parts.pop("entity", {})
    reference = head.get("euReferenceNumber", "")
    if entity.reference and reference and reference != entity.reference:
        raise _bad(file, line, f"logical id {entity.gathered.key} is {entity.reference} and also {reference}")
    entity.head(head)
    entity.regulation(parts.pop("regulation", {}))
    for group, part in parts.items():
        if set(part) - {"logicalId"}:
            entity.detail(group, _document(part) if group == "identification" else part)


def _document(part: dict[str, str]) -> Part:
    """An identification whose number, kind and remarks are in one cell, taken apart."""
    # The pattern looks back and forth; no number is nearly as long.
    found = _DOCUMENT.match(part.get("number", "")[:1000])
    if "identificationTypeCode" in part or not found:
        return part
    more = {"identificationTypeCode": found["code"], "identificationTypeDescription": found["said"]}
    rest = found["rest"].strip()
    return {**part, **more, "number": found["number"], "remark": f"{found['number']}: {rest}" if rest else ""}
