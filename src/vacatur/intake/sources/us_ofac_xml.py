"""SDN.XML and CONSOLIDATED.XML: the list as it was published from 2004 on, an element for each party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.intake.reading import File, elements
from vacatur.intake.source import Printed
from vacatur.intake.sources.us_ofac_entry import KINDS, Draft
from vacatur.intake.sources.us_ofac_remarks import ALIASES, take_remark
from vacatur.intake.sources.us_ofac_trees import leaves, local, once, text, under, us_date
from vacatur.model.listed import Listed

if TYPE_CHECKING:
    from lxml.etree import _Element

_VESSEL = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}


def read_xml(source: str, file: File) -> Printed:
    """An edition from its one file, which states its date and how many entries it has."""
    published, count = "", None
    entries: list[Listed] = []
    seen: set[str] = set()
    for element in elements(file, "publshInformation", "sdnEntry"):
        if local(element) == "sdnEntry":
            once(text(element, "uid"), seen, file, element.sourceline)
            entries.append(_entry(source, element))
        else:
            published = us_date(text(element, "Publish_Date"))
            stated = text(element, "Record_Count")
            count = int(stated) if stated.isdigit() else None
    if count is not None and count != len(entries):
        raise InputError(
            f"{len(entries)} entries where the file says {count}", where=file.name,
            why="Entries have been lost or added on the way", fix="Fetch it again",
        )  # fmt: skip
    return Printed(form="ofac-xml", published=published, count=count, entries=tuple(entries))


def _full(element: _Element) -> str:
    """A name as the flat files print it: surname first."""
    return ", ".join(filter(None, (text(element, "lastName"), text(element, "firstName"))))


def _entry(source: str, entry: _Element) -> Listed:
    draft = Draft(source, text(entry, "uid"), KINDS.get(text(entry, "sdnType").lower(), "unknown"))
    draft.call(_full(entry), "primary")
    draft.tags += [tag.text.strip() for tag in under(entry, "programList/program") if tag.text]
    draft.note("title", text(entry, "title"))
    for aka in under(entry, "akaList/aka"):
        kind = ALIASES.get(text(aka, "type")[:1].lower(), "alias")
        draft.call(_full(aka), "weak" if kind == "alias" and text(aka, "category") == "weak" else kind)
    for address in under(entry, "addressList/address"):
        _address(draft, address)
    _born(draft, entry)
    for one in under(entry, "idList/id"):
        dates = (("issued", text(one, "issueDate")), ("expires", text(one, "expirationDate")))
        more = " ".join(f"{word} {date}" for word, date in dates if date)
        draft.take(text(one, "idType"), text(one, "idNumber"), text(one, "idCountry"), more)
    for vessel in under(entry, "vesselInfo"):
        for one in vessel:
            draft.take(_VESSEL.get(local(one), local(one)), one.text or "")
    if remark := text(entry, "remarks"):
        take_remark(draft, remark)
    return draft.listed(tuple(leaves(entry)))


def _address(draft: Draft, address: _Element) -> None:
    street = ", ".join(filter(None, (text(address, f"address{number}") for number in (1, 2, 3))))
    place = " ".join(filter(None, (text(address, "stateOrProvince"), text(address, "postalCode"))))
    town = text(address, "city")
    # as the flat files join them: `London EC3N 1DY`, `Miami, FL 33101`
    joint = ", " if text(address, "stateOrProvince") else " "
    draft.reside([street, joint.join(filter(None, (town, place)))], text(address, "country"))


def _born(draft: Draft, entry: _Element) -> None:
    for label, path in (
        ("DOB", "dateOfBirthList/dateOfBirthItem/dateOfBirth"),
        ("POB", "placeOfBirthList/placeOfBirthItem/placeOfBirth"),
        ("nationality", "nationalityList/nationality/country"),
        ("citizen", "citizenshipList/citizenship/country"),
    ):
        for one in under(entry, path):
            if one.text:
                draft.take(label, one.text)
