"""The EU's file as XML, schema version 1.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.intake.gather import iso
from vacatur.intake.reading import File, elements
from vacatur.intake.source import Printed
from vacatur.intake.sources.eu_fsf_entity import Entity
from vacatur.intake.tree import local
from vacatur.model.listed import Listed

if TYPE_CHECKING:
    from lxml.etree import _Element

_DETAILS = ("nameAlias", "address", "birthdate", "citizenship", "identification")


def read(file: File) -> Printed:
    """The entities of an `export`."""
    published, entries = "", dict[str, Listed]()
    for element in elements(file, "sanctionEntity"):
        published = published or iso(element.getroottree().getroot().get("generationDate"))
        key = (element.get("logicalId") or "").strip()
        if not key or key in entries:
            raise InputError(
                f"logical id {key} appears twice" if key else "a sanctioned entity without a logical id",
                where=f"{file.name}, line {element.sourceline}", fix="Fetch it again",
            )  # fmt: skip
        entries[key] = _entity(key, element)
    return Printed(form="eu-xml", published=published, count=None, entries=tuple(entries.values()))


def _entity(key: str, element: _Element) -> Listed:
    entity = Entity(key)
    children = [(local(child), child) for child in element]
    subject = next((_part(child) for name, child in children if name == "subjectType"), {})
    entity.head({**subject, **_part(element)})
    for name, child in children:
        if name == "regulation":
            entity.regulation(_part(child))
        elif name in _DETAILS:
            summary = next((_part(inner) for inner in child if local(inner) == "regulationSummary"), {})
            entity.detail(name, {**_part(child), "publicationDate": summary.get("publicationDate", "")})
    entity.gathered.raw.extend(_raw(element, ()))
    return entity.listed()


def _part(element: _Element) -> dict[str, str]:
    """An element's attributes, with its remarks, contacts and additional information as texts."""
    part = {str(name): str(value) for name, value in element.attrib.items()}
    remarks, contacts = [], []
    for child in element:
        name = local(child)
        if name == "remark":
            remarks.append((child.text or "").strip())
        elif name == "publicationUrl":
            part[name] = (child.text or "").strip()
        elif name == "contactInfo":
            contacts.append(f"{child.get('key')}: {child.get('value')}")
        elif name == "additionalInformation":
            remarks.append(f"{child.get('key')}: {child.get('value')}")
        elif name == "corrigendum":
            remarks.append(f"Corrigendum: {child.get('numberTitle')}, {child.get('publicationDate')}")
    return part | {"remark": "\n".join(filter(None, remarks)), "contactInfo": "; ".join(contacts)}


def _raw(element: _Element, above: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Every element that says something, by its path: its attributes and then its text."""
    path = (*above, local(element))
    said = [f"{name}={value}" for name, value in element.attrib.items()]
    if text := (element.text or "").strip():
        said.append(text)
    own = [("/".join(path), tuple(said))] if said else []
    return own + [row for child in element for row in _raw(child, path)]
