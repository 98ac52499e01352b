"""The UK Sanctions List as XML: a `Designation` for each, lists within it for what can be several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.intake.gather import iso
from vacatur.intake.reading import File, elements
from vacatur.intake.source import Printed
from vacatur.intake.sources.uk_sanctions_entry import Designation
from vacatur.intake.table import Record, plain
from vacatur.intake.tree import leaves, local
from vacatur.model.listed import Listed

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements whose leaves belong together; every other leaf stands for itself.
_TOGETHER = ("Name", "NonLatinName", "Address", "Passport", "NationalIdentifier", "Location")
# Says again, measure by measure, what SanctionsImposed says.
_REPEATS = "SanctionsImposedIndicators"


def read(file: File) -> Printed:
    """The designations of a `Designations` file."""
    published, entries = "", dict[str, Listed]()
    for element in elements(file, "DateGenerated", "Designation"):
        if local(element) == "DateGenerated":
            published = iso(element.text)
            continue
        key = next(((child.text or "").strip() for child in element if local(child) == "UniqueID"), "")
        if not key or key in entries:
            raise InputError(
                f"Unique ID {key} appears twice" if key else "a designation without a Unique ID",
                where=f"{file.name}, line {element.sourceline}", fix="Fetch it again",
            )  # fmt: skip
        designation = Designation(key)
        for record in _records(element):
            designation.take(record)
        designation.gathered.raw.extend(leaves(element))
        entries[key] = designation.listed()
    return Printed(form="uk-xml", published=published, count=None, entries=tuple(entries.values()))


def _records(element: _Element) -> Iterator[Record]:
    for child in element:
        if local(child) == _REPEATS:
            continue
        if local(child) in _TOGETHER and len(child):
            yield {plain(local(leaf)): text for leaf in child.iter() if (text := (leaf.text or "").strip())}
        elif len(child):
            yield from _records(child)
        elif text := (child.text or "").strip():
            yield {plain(local(child)): text}
