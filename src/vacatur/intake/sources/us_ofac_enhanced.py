"""Enhanced XML: every list of OFAC in one schema, whole, or the part of it that somebody asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.intake.reading import File, elements
from vacatur.intake.source import Printed
from vacatur.intake.sources.us_ofac_entry import KINDS, SDN, Draft
from vacatur.intake.sources.us_ofac_remarks import ALIASES, take_remark
from vacatur.intake.sources.us_ofac_trees import leaves, local, once, text, under
from vacatur.model.listed import Listed

if TYPE_CHECKING:
    from lxml.etree import _Element

SCRIPTS = {
    "Latin": "Latn", "Arabic": "Arab", "Armenian": "Armn", "Chinese Simplified": "Hans", "Chinese Traditional": "Hant",
    "Cyrillic": "Cyrl", "Georgian": "Geor", "Greek": "Grek", "Hebrew": "Hebr", "Japanese": "Jpan", "Korean": "Kore",
    "Burmese": "Mymr", "Devanagari": "Deva", "Thai": "Thai", "Tamil": "Taml", "Khmer": "Khmr", "Ethiopic": "Ethi",
}  # fmt: skip
"""ISO 15924 codes by OFAC's names of scripts."""
_SDN_LIST = "SDN List"


def read_enhanced(source: str, file: File) -> Printed:
    """An edition from its one file; entries of other lists in it are no entries of this one.

    The file states for which day, but not how many entries it has. What somebody selected by programme, type or
    country says so in its filters, and is told by its form: as an edition it would clear everybody else.
    """
    published, form = "", "ofac-enhanced-xml"
    entries: list[Listed] = []
    seen: set[str] = set()
    strangers = 0
    for element in elements(file, "publicationInfo", "entity"):
        if local(element) == "publicationInfo":
            published = text(element, "dataAsOf")[:10]
            if any(local(one) != "sanctionsLists" for filters in under(element, "filters") for one in filters):
                form = "ofac-enhanced-xml-subset"
            continue
        once(element.get("id", ""), seen, file, element.sourceline)
        if on_list(source, element):
            entries.append(entry_of(source, element))
        else:
            strangers += 1
    if strangers and not entries:
        raise InputError(
            "another list's file", where=file.name, why=f"None of its {strangers} entries is on {source}",
            fix="Give it to the source that it comes from",
        )  # fmt: skip
    return Printed(form=form, published=published, count=None, entries=tuple(entries))


def on_list(source: str, entity: _Element) -> bool:
    """Whether an entity is on the source's list; one may be on several."""
    lists = {(one.text or "").strip() for one in under(entity, "sanctionsLists/sanctionsList")}
    return _SDN_LIST in lists if source == SDN else bool(lists - {_SDN_LIST})


def entry_of(source: str, entity: _Element) -> Listed:
    """An entity as an entry; its id is the number that the other formats print."""
    draft = Draft(source, entity.get("id", ""), KINDS.get(text(entity, "generalInfo/entityType").lower(), "unknown"))
    draft.tags += [tag.text.strip() for tag in under(entity, "sanctionsPrograms/sanctionsProgram") if tag.text]
    for name in under(entity, "names/name"):
        _name(draft, name)
    draft.names.sort(key=lambda name: name.kind != "primary")
    draft.note("title", text(entity, "generalInfo/title"))
    for address in under(entity, "addresses/address"):
        _address(draft, address)
    for feature in under(entity, "features/feature"):
        draft.take(text(feature, "type"), text(feature, "value"))
        draft.note("remark", text(feature, "comments"))
    for document in under(entity, "identityDocuments/identityDocument"):
        _document(draft, document)
    if remark := text(entity, "generalInfo/remarks"):
        take_remark(draft, remark)
    for relation in under(entity, "relationships/relationship"):
        draft.note("linked-to", text(relation, "relatedEntity"))
    _listing_date(draft, entity)
    return draft.listed(tuple(leaves(entity)))


def _listing_date(draft: Draft, entity: _Element) -> None:
    """The day of publication on the list, where the entry prints no date of listing of its own."""
    if "listed" in draft.dates:
        return
    for one in under(entity, "sanctionsLists/sanctionsList"):
        ours = ((one.text or "").strip() == _SDN_LIST) == (draft.source == SDN)
        if ours and (date := one.get("datePublished", "")[:10]):
            draft.dates.setdefault("listed", []).append(date)


def _name(draft: Draft, name: _Element) -> None:
    kind = "primary" if text(name, "isPrimary") == "true" else ALIASES.get(text(name, "aliasType")[:1].lower(), "alias")
    if kind == "alias" and text(name, "isLowQuality") == "true":
        kind = "weak"
    for one in under(name, "translations/translation"):
        first = text(one, "isPrimary") == "true"
        script = SCRIPTS.get(text(one, "script"), "")
        call_in(draft, text(one, "formattedFullName"), kind, script, first)


def call_in(draft: Draft, name: str, kind: str, script: str, first: bool) -> None:
    """Adds a name in a script: what is not the first writing of it is a native form, or in Latin letters an alias."""
    native = script not in ("", "Latn")
    if not first:
        kind = "native" if native else "alias" if kind == "primary" else kind
    draft.call(name, kind, script if native else "")


def _address(draft: Draft, address: _Element) -> None:
    country = text(address, "country")
    for one in under(address, "translations/translation"):
        parts = {text(part, "type"): text(part, "value") for part in under(one, "addressParts/addressPart")}
        draft.reside(lines_of(parts), country)
    if next(under(address, "translations/translation"), None) is None:
        draft.reside([], country)


def lines_of(parts: dict[str, str]) -> list[str]:
    """The parts of an address, joined as the flat files print them."""
    street = ", ".join(filter(None, (parts.get(f"ADDRESS{number}", "") for number in (1, 2, 3))))
    state = parts.get("STATE/PROVINCE", "")
    place = " ".join(filter(None, (state, parts.get("POSTAL CODE", ""))))
    town = (", " if state else " ").join(filter(None, (parts.get("CITY", ""), place)))
    return [street, town, f"Region: {parts['REGION']}" if "REGION" in parts else ""]


def _document(draft: Draft, document: _Element) -> None:
    found = ((word, text(document, f"{tag}/fromDateBegin")) for word, tag in
             (("issued", "issueDate"), ("expires", "expirationDate")))  # fmt: skip
    more = " ".join(f"{word} {date}" for word, date in found if date)
    authority = text(document, "issuingAuthority")
    more = f"{more} by {authority}".strip() if authority else more
    if text(document, "isValid") == "false":
        more = f"{more} (not valid)".strip()
    draft.take(text(document, "type"), text(document, "documentNumber"), text(document, "issuingCountry"), more)
    draft.note("remark", text(document, "comments"))
