"""The UN Security Council's Consolidated List: its XML, in which every year orders the elements of an entry anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.intake.leaves import leaves, local
from vacatur.intake.reading import File, elements, text_of
from vacatur.intake.scripts import script_of
from vacatur.intake.source import Printed, Source
from vacatur.intake.sources.un_sc_words import birth_date, document, texts_of, values, wordings
from vacatur.match.countries import alpha2, single
from vacatur.model.listed import Listed
from vacatur.model.party import Identifier, Name, Particular

if TYPE_CHECKING:
    from lxml.etree import _Element

ID = "un-sc"
_KINDS = {"INDIVIDUAL": "person", "ENTITY": "organisation"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_QUALITIES = {"low": "weak", "f.k.a.": "former"}
_PLAIN = {
    "TITLE": "title", "DESIGNATION": "position", "NATIONALITY": "nationality", "NATIONALITY2": "nationality",
    "GENDER": "gender", "UN_LIST_TYPE": "programme", "COMMENTS1": "remark",
}  # fmt: skip
_REMARKED = {"SUBMITTED_BY": "Submitted by", "SUBMITTED_ON": "Submitted on", "DELISTED_ON": "Delisted on"}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(files: Sequence[File]) -> Printed:
    """The one XML file of an edition."""
    if len(files) != 1:
        raise InputError(f"{len(files)} files where one is expected", where=ID, fix="Give one file of one edition")
    file = files[0]
    # lxml would put up with a file in another encoding as long as its bytes happen to be UTF-8 up to some element.
    text_of(file)
    published, entries, keys = "", [], set[str]()
    for element in elements(file, *_KINDS):
        published = published or _published(element, file)
        entry = _entry(element, f"{file.name}, line {element.sourceline}")
        if entry.key in keys:
            raise InputError(
                f"the reference number {entry.key} is there twice", where=f"{file.name}, line {element.sourceline}",
                why="An entry's number is what its history is kept under", fix="Fetch the file again",
            )  # fmt: skip
        keys.add(entry.key)
        entries.append(entry)
    if not entries:
        raise _other(file)
    return Printed(form="un-xml", published=published, count=None, entries=tuple(entries))


def _published(element: _Element, file: File) -> str:
    root = element.getroottree().getroot()
    if local(root) != "CONSOLIDATED_LIST":
        raise _other(file)
    stated = _ISO.match(root.get("dateGenerated") or "")
    return stated.group() if stated else ""


def _other(file: File) -> InputError:
    return InputError(
        "the file is not the UN Security Council's Consolidated List, or an empty one", where=file.name,
        why="It has no INDIVIDUAL and no ENTITY in a CONSOLIDATED_LIST", fix="Fetch it again",
    )  # fmt: skip


def _entry(element: _Element, where: str) -> Listed:
    """An entry under its permanent reference number, such as QDi.001.

    The number is what the committees and every later notice cite. DATAID is a number of the database behind the file:
    KPe.068 got another one between 2022 and 2024 without being listed anew.
    """
    key = " ".join(texts_of(element, "REFERENCE_NUMBER"))
    names = tuple(_names(element))
    if not key or not names:
        raise InputError(
            f"the entry has no {'name' if key else 'reference number'}", where=where, fix="Fetch the file again"
        )
    kind = _KINDS[local(element)]
    identifiers, particulars = _documents(element)
    return Listed(
        key=key, programme=ID, kind=kind, country=_country(element, kind), names=names,
        identifiers=(Identifier(scheme="un", value=key, country="", source=ID), *identifiers), securities=(),
        particulars=(*_particulars(element), *particulars), stated=tuple(_stated(element)), raw=leaves(element),
    )  # fmt: skip


def _names(element: _Element) -> Iterator[Name]:
    # `na` is the default that the schema gives to names that a person does not have.
    parts = [text for tag in _NAMES for text in texts_of(element, tag) if text != "na"]
    if parts:
        yield _name(" ".join(parts), "primary")
    for printed in texts_of(element, "NAME_ORIGINAL_SCRIPT"):
        yield from (_name(text, "native") for text in wordings(printed))
    for alias in element.iterchildren("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
        quality = " ".join(texts_of(alias, "QUALITY")).lower()
        for printed in texts_of(alias, "ALIAS_NAME"):
            for text in wordings(printed):
                native = quality not in _QUALITIES and script_of(text) not in ("Latn", "")
                yield _name(text, "native" if native else _QUALITIES.get(quality, "alias"))


def _name(text: str, kind: str) -> Name:
    return Name(text=text, kind=kind, script=script_of(text), source=ID)


def _country(element: _Element, kind: str) -> str:
    if kind == "person":
        return single(tuple(text for tag in ("NATIONALITY", "NATIONALITY2") for text in values(element, tag)))
    return single(tuple(text for each in element.iterchildren("ENTITY_ADDRESS") for text in texts_of(each, "COUNTRY")))


def _particulars(element: _Element) -> Iterator[Particular]:
    for child in element:
        yield from (Particular(kind=kind, value=value, source=ID) for kind, value in _said(child) if value)


def _said(child: _Element) -> Iterator[tuple[str, str]]:
    """What one element of an entry says, as kinds and values of particulars."""
    tag = local(child)
    if tag in _PLAIN:
        yield from ((_PLAIN[tag], text) for text in values(child.getparent(), tag, child))
    elif tag in _REMARKED:
        yield from (("remark", f"{_REMARKED[tag]}: {text}") for text in values(child.getparent(), tag, child))
    elif tag.endswith("_ADDRESS"):
        yield "address", _line(child, "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
    elif tag == "INDIVIDUAL_PLACE_OF_BIRTH":
        yield "birth-place", _line(child, "CITY", "STATE_PROVINCE", "COUNTRY")
    elif tag == "INDIVIDUAL_DATE_OF_BIRTH":
        yield from birth_date(child)
    elif tag.endswith("_ALIAS"):
        about = [text for part in child if local(part) not in ("QUALITY", "ALIAS_NAME") for text in texts_of(part, "")]
        if about:
            yield "remark", f"{' '.join(['Alias', *texts_of(child, 'ALIAS_NAME')])}: {'; '.join(about)}"


def _line(element: _Element, *tags: str) -> str:
    parts = [text for tag in tags for text in texts_of(element, tag)]
    notes = texts_of(element, "NOTE")
    return ", ".join(parts) + (f" ({'; '.join(notes)})" if parts and notes else "; ".join(notes))


def _documents(element: _Element) -> tuple[list[Identifier], list[Particular]]:
    identifiers, particulars = [], []
    for child in element.iterchildren("INDIVIDUAL_DOCUMENT"):
        scheme, value, country, remark = document(child)
        if scheme and value:
            identifiers.append(Identifier(scheme=scheme, value=value, country=alpha2(country), source=ID))
        if remark:
            particulars.append(Particular(kind="remark", value=remark, source=ID))
    return identifiers, particulars


def _stated(element: _Element) -> Iterator[tuple[str, str]]:
    listed = [text[:10] for text in texts_of(element, "LISTED_ON") if _ISO.match(text)]
    changed = [text[:10] for text in values(element, "LAST_DAY_UPDATED") if _ISO.match(text)]
    if listed:
        yield "listed", listed[0]
    if changed:
        yield "changed", max(changed)


SOURCE = Source(
    id=ID,
    title="United Nations Security Council Consolidated List",
    programmes=(ID,),
    urls=("https://scsanctions.un.org/resources/xml/en/consolidated.xml",),
    read=read,
)
