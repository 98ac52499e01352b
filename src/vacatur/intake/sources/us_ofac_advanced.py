"""Advanced XML: the list in the United Nations' model of sanctions, in which most words are numbers into tables."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vacatur.intake.reading import File, elements
from vacatur.intake.source import Printed
from vacatur.intake.sources.us_ofac_enhanced import SCRIPTS, call_in, lines_of
from vacatur.intake.sources.us_ofac_entry import KINDS, SDN, Draft
from vacatur.intake.sources.us_ofac_labels import plain
from vacatur.intake.sources.us_ofac_remarks import ALIASES, take_remark
from vacatur.intake.sources.us_ofac_trees import leaves, local, once, text, under

if TYPE_CHECKING:
    from lxml.etree import _Element

Raw = list[tuple[str, tuple[str, ...]]]
_TAGS = (
    "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship",
    "SanctionsEntry",
)  # fmt: skip
_SDN_LIST = "SDN List"
_CITIZEN = ("nationality country", "citizenship country", "nationality of registration", "vessel flag")


@dataclass(slots=True)
class _Tables:
    """What numbers stand for, and what was read so far."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    locations: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    documents: dict[str, list[tuple[tuple[str, str, str, str], Raw]]] = field(default_factory=dict)

    def word(self, kind: str, number: str | None) -> str:
        """What a number stands for in one of the tables."""
        return self.words.get((kind, number or ""), "")


@dataclass(slots=True)
class _Party:
    draft: Draft
    raw: Raw
    lists: set[str] = field(default_factory=set)


def read_advanced(source: str, file: File) -> Printed:
    """An edition from its one file. It states its date, but no number of entries.

    A whole file has an entry on a list for every party and a party for every entry; of an excerpt, where one or the
    other is missing, the form says so.
    """
    tables, parties, seen = _Tables(), dict[str, _Party](), set[str]()
    published, orphans = "", False
    for element in elements(file, *_TAGS):
        match local(element):
            case "DateOfIssue":
                published = _day(element, last=False)
            case "ReferenceValueSets":
                _words(tables, element)
            case "Location":
                _location(tables, element)
            case "IDRegDocument":
                _document(tables, element)
            case "DistinctParty":
                key = once(element.get("FixedRef", ""), seen, file, element.sourceline)
                parties[key] = _party(source, key, element, tables)
            case "ProfileRelationship":
                _relation(parties, element)
            case _:
                orphans |= _sanctioned(source, parties, element, tables)
    ours = [one for one in parties.values() if not one.lists or _ours(source, one.lists)]
    partial = orphans or not all(one.lists for one in parties.values())
    return Printed(
        form=f"ofac-advanced-xml{'-subset' if partial else ''}", published=published, count=None,
        entries=tuple(one.draft.listed(tuple(one.raw)) for one in ours),
    )  # fmt: skip


def _ours(source: str, lists: set[str]) -> bool:
    return _SDN_LIST in lists if source == SDN else bool(lists - {_SDN_LIST})


def _words(tables: _Tables, sets: _Element) -> None:
    for table in sets:
        for one in table:
            tables.words[local(one), one.get("ID", "")] = (one.text or "").strip()


def _location(tables: _Tables, location: _Element) -> None:
    parts = {
        tables.word("LocPartType", part.get("LocPartTypeID")): text(part, "LocationPartValue/Value")
        for part in under(location, "LocationPart")
    }
    country = next((one.get("CountryID") for one in under(location, "LocationCountry")), None)
    area = next((one.get("AreaCodeID") for one in under(location, "LocationAreaCode")), None)
    known = {kind: value for kind, value in parts.items() if kind != "Unknown"}
    lines = [*lines_of(known), parts.get("Unknown", "")]
    name = tables.word("Country", country) or ("" if country else tables.word("AreaCode", area))
    tables.locations[location.get("ID", "")] = lines, name


def _document(tables: _Tables, document: _Element) -> None:
    dates = (
        (tables.word("IDRegDocDateType", one.get("IDRegDocDateTypeID")), _period(one))
        for one in under(document, "DocumentDate")
    )
    said = {"Issue Date": "issued", "Expiration Date": "expires"}
    more = " ".join(f"{said.get(word, word)} {date}" for word, date in dates)
    if authority := text(document, "IssuingAuthority"):
        more = f"{more} by {authority}".strip()
    found = (
        tables.word("IDRegDocType", document.get("IDRegDocTypeID")), text(document, "IDRegistrationNo"),
        tables.word("Country", document.get("IssuedBy-CountryID")), more,
    )  # fmt: skip
    raw = list(leaves(document, "IDRegDocument/"))
    tables.documents.setdefault(document.get("IdentityID", ""), []).append((found, raw))


def _party(source: str, key: str, party: _Element, tables: _Tables) -> _Party:
    draft, raw = Draft(source, key, "unknown"), list(leaves(party, "DistinctParty/"))
    for profile in under(party, "Profile"):
        subtype = profile.get("PartySubTypeID", "")
        draft.kind = KINDS.get(tables.word("PartySubType", subtype).lower(), _KINDS.get(subtype, "unknown"))
        for identity in under(profile, "Identity"):
            _names(draft, identity, tables)
            for (label, number, country, more), rows in tables.documents.pop(identity.get("ID", ""), ()):
                draft.take(label, number, country, more)
                raw += rows
        for feature in under(profile, "Feature"):
            _feature(draft, feature, tables)
    if remark := text(party, "Comment") or text(party, "Profile/Comment"):
        take_remark(draft, remark)
    draft.names.sort(key=lambda name: name.kind != "primary")
    return _Party(draft, raw)


# The subtypes of organisations and persons are both called `Unknown`.
_KINDS = {"3": "organisation", "4": "person"}


def _names(draft: Draft, identity: _Element, tables: _Tables) -> None:
    groups = {
        one.get("ID", ""): tables.word("NamePartType", one.get("NamePartTypeID"))
        for one in under(identity, "NamePartGroups/MasterNamePartGroup/NamePartGroup")
    }
    for alias in under(identity, "Alias"):
        kind = "primary" if alias.get("Primary") == "true" else (
            ALIASES.get(tables.word("AliasType", alias.get("AliasTypeID"))[:1].lower(), "alias"))  # fmt: skip
        if kind == "alias" and alias.get("LowQuality") == "true":
            kind = "weak"
        # The first writing of a primary name is the one that the other formats print (status 1); else, that in Latin.
        written = [_written(name, groups, tables) for name in under(alias, "DocumentedName")]
        written.sort(key=lambda one: (one[2] != "1", one[1] not in ("", "Latn")))
        for place, (name, script, _) in enumerate(written):
            call_in(draft, name, kind, script, first=place == 0)


def _written(name: _Element, groups: dict[str, str], tables: _Tables) -> tuple[str, str, str]:
    parts = [
        ((one.text or "").strip(), groups.get(one.get("NamePartGroupID", ""), ""), one.get("ScriptID"))
        for one in under(name, "DocumentedNamePart/NamePartValue")
    ]
    script = next((SCRIPTS.get(tables.word("Script", number), "") for _, _, number in parts), "")
    return _full(parts), script, name.get("DocNameStatusID", "")


_FIRST = ("First Name", "Middle Name", "Patronymic", "Matronymic", "Nickname")


def _full(parts: list[tuple[str, str, str | None]]) -> str:
    """A name as the flat files print it: surname first, and in capitals."""
    first = " ".join(part for kind in _FIRST for part, own, _ in parts if own == kind)
    last = " ".join(part.upper() for part, own, _ in parts if own not in _FIRST)
    return ", ".join(filter(None, (last, first)))


def _feature(draft: Draft, feature: _Element, tables: _Tables) -> None:
    label = tables.word("FeatureType", feature.get("FeatureTypeID"))
    for version in under(feature, "FeatureVersion"):
        for place in under(version, "VersionLocation"):
            lines, country = tables.locations.get(place.get("LocationID", ""), ([], ""))
            if plain(label) in _CITIZEN:
                draft.take(label, country)
            elif plain(label) == "place of birth":
                draft.take(label, ", ".join(filter(None, (*lines, country))))
            else:
                draft.reside(lines, country)
        for detail in under(version, "VersionDetail"):
            value = (detail.text or "").strip() or tables.word("DetailReference", detail.get("DetailReferenceID"))
            if value:
                draft.take(label, value)
        if period := _period(version):
            draft.take(label, period)
        draft.note("remark", text(version, "Comment"))


def _period(element: _Element) -> str:
    """The time in a `DatePeriod` as it would be printed: a day, a month or a year, or from one to another."""
    for period in under(element, "DatePeriod"):
        begin = next(under(period, "Start/From"), None)
        end = next(under(period, "End/To"), None)
        if begin is None or end is None:
            return ""
        first, last = _day(begin, last=False), _day(end, last=True)
        about = "circa " if next(under(period, "Start"), begin).get("Approximate") == "true" else ""
        return about + _span(first, last)
    return ""


def _span(first: str, last: str) -> str:
    if first == last:
        return first
    if first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4]
    if first[:7] == last[:7] and first.endswith("-01") and int(last[8:]) >= 28:
        return first[:7]
    short = [day[:4] if day.endswith(end) else day for day, end in ((first, "-01-01"), (last, "-12-31"))]
    return " to ".join(short)


def _day(date: _Element, *, last: bool) -> str:
    year, month, day = (text(date, part) for part in ("Year", "Month", "Day"))
    if not year.isdigit():
        return ""
    month = month if month.isdigit() else "12" if last else "1"
    if not day.isdigit():
        day = str(calendar.monthrange(int(year), int(month))[1]) if last else "1"
    return f"{int(year):04}-{int(month):02}-{int(day):02}"


def _relation(parties: dict[str, _Party], relation: _Element) -> None:
    """A link, from the party that was listed for it to the other: in a file's order, both are known by now."""
    one = parties.get(relation.get("From-ProfileID", ""))
    other = parties.get(relation.get("To-ProfileID", ""))
    if one is not None:
        named = next((name.text for name in other.draft.names), "") if other else ""
        one.draft.note("linked-to", named or f"OFAC {relation.get('To-ProfileID', '')}")
        one.raw += leaves(relation, "ProfileRelationship/")


def _sanctioned(source: str, parties: dict[str, _Party], entry: _Element, tables: _Tables) -> bool:
    """Adds to its party an entry on a list; true where that party is not in the file."""
    party = parties.get(entry.get("ProfileID", ""))
    if party is None:
        return True
    name = tables.word("List", entry.get("ListID"))
    party.lists.add(name)
    party.raw += leaves(entry, "SanctionsEntry/")
    for measure in under(entry, "SanctionsMeasure"):
        tag = text(measure, "Comment")
        named = tables.word("SanctionsType", measure.get("SanctionsTypeID")) == "Program"
        if named and tag and tag not in party.draft.tags:
            party.draft.tags.append(tag)
    if (name == _SDN_LIST) == (source == SDN):
        for date in under(entry, "EntryEvent/Date"):
            if day := _day(date, last=False):
                party.draft.dates.setdefault("listed", []).append(day)
    return False
