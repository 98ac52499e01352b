"""Canada's autonomous sanctions (Special Economic Measures Act and JVCFOA): one XML list under many regulations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.intake.leaves import leaves, local
from vacatur.intake.reading import File, elements, text_of
from vacatur.intake.scripts import script_of
from vacatur.intake.source import Printed, Source
from vacatur.model.listed import Listed
from vacatur.model.party import Identifier, Name, Particular

if TYPE_CHECKING:
    from lxml.etree import _Element

ID = "ca-sema"
_FOLDER = (
    "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales"
    "/sanctions"
)
_PLAIN = {"Title": "title", "DateOfBirth": "birth-date", "Country": "programme"}
_TAKEN = frozenset([*_PLAIN, "Entity", "LastName", "GivenName", "Aliases", "DateOfListing", "ShipIMONumber"])
_RENAMED = {
    "EntityOrShip": "Entity", "TitleOrShip": "Title", "TitleOrShipType": "Title",
    "DateOfBirthOrShipBuildDate": "DateOfBirth",
}  # fmt: skip
# A comma before one of these parts a firm's name from its legal form, not one alias from the next.
_ALIAS = re.compile(r"[,;] (?!(?:ltd|inc|llc|co|corp|limited|s\.?a|gmbh|jsc|pjsc|plc)\b)", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(files: Sequence[File]) -> Printed:
    """The one XML file of an edition."""
    if len(files) != 1:
        raise InputError(f"{len(files)} files where one is expected", where=ID, fix="Give one file of one edition")
    file = files[0]
    text_of(file)  # for the encoding
    entries, keys = [], set[str]()
    for element in elements(file, "record"):
        if local(element.getroottree().getroot()) != "data-set":
            raise _other(file)
        where = f"{file.name}, line {element.sourceline}"
        entry = _entry(element, where)
        if entry.key in keys:
            raise InputError(
                f"the item {entry.key} is there twice", where=where,
                why="An entry's item is what its history is kept under", fix="Fetch the file again",
            )  # fmt: skip
        keys.add(entry.key)
        entries.append(entry)
    if not entries:
        raise _other(file)
    return Printed(form="ca-xml", published="", count=None, entries=tuple(entries))


def _other(file: File) -> InputError:
    return InputError(
        "the file is not Canada's list of autonomous sanctions, or an empty one", where=file.name,
        why="It has no record in a data-set", fix="Fetch it again",
    )  # fmt: skip


def _fields(element: _Element) -> dict[str, str]:
    """The fields of a record by their English names of 2020: later editions add the French, or ships."""
    fields: dict[str, str] = {}
    for child in element:
        tag = local(child).partition("-")[0]
        if text := " ".join((child.text or "").split()):
            fields[_RENAMED.get(tag, tag)] = text
    return fields


def _key(fields: Mapping[str, str]) -> str:
    """Regulation, schedule and item, as the law itself cites an entry: a repealed item's number is not given again.

    The regulation is its English name's first words (the list writes `Syria / Syrie`), or its abbreviation.
    """
    regulation = fields.get("Country", "")
    short = re.search(r"\(([A-Z]{4,})\)", regulation)
    words = short.group(1) if short else regulation.partition("/")[0]
    schedule = fields.get("Schedule", "")
    parts = (words, "" if schedule == "N/A" else schedule, fields.get("Item", ""))
    return "/".join(re.sub(r"\W+", "-", part.casefold()).strip("-") or "-" for part in parts)


def _entry(element: _Element, where: str) -> Listed:
    fields = _fields(element)
    names = tuple(_names(fields))
    if not names or "Item" not in fields:
        raise InputError("the entry has no name or no item number", where=where, fix="Fetch the file again")
    key = _key(fields)
    ship = fields.get("ShipIMONumber", "")
    imo = (Identifier(scheme="imo", value=ship, country="", source=ID),) if ship else ()
    kind = "vessel" if ship else "organisation" if "Entity" in fields else "person"
    listed = _ISO.match(fields.get("DateOfListing", ""))
    return Listed(
        # The country printed is that of the regulation, not of the party.
        key=key, programme=ID, kind=kind, country="", names=names,
        identifiers=(Identifier(scheme="ca", value=key, country="", source=ID), *imo), securities=(),
        particulars=tuple(_particulars(fields, kind)), stated=(("listed", listed.group()),) if listed else (),
        raw=leaves(element),
    )  # fmt: skip


def _names(fields: Mapping[str, str]) -> Iterator[Name]:
    person = " ".join(filter(None, (fields.get("GivenName"), fields.get("LastName"))))
    if name := fields.get("Entity") or person:
        yield Name(text=name, kind="primary", script=script_of(name), source=ID)
    for alias in filter(None, _ALIAS.split(fields.get("Aliases", ""))):
        # Of many persons only another spelling of the given name is printed: `Aleksei` for Alexey Ivanov.
        weak = "Entity" not in fields and " " not in alias
        yield Name(text=alias, kind="weak" if weak else "alias", script=script_of(alias), source=ID)


def _particulars(fields: Mapping[str, str], kind: str) -> Iterator[Particular]:
    for field, text in fields.items():
        if field == "DateOfBirth" and kind == "vessel":
            yield Particular(kind="remark", value=f"Built: {text}", source=ID)
        elif field in _PLAIN:
            as_kind = "vessel-type" if kind == "vessel" and field == "Title" else _PLAIN[field]
            yield Particular(kind=as_kind, value=text, source=ID)
        elif field not in _TAKEN:
            yield Particular(kind="remark", value=f"{field}: {text}", source=ID)


SOURCE = Source(
    id=ID,
    title="Consolidated Canadian Autonomous Sanctions List",
    programmes=(ID,),
    urls=(_FOLDER + "/sema-lmes.xml",),
    read=read,
)
