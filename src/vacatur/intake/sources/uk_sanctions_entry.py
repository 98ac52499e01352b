"""A designation of the UK Sanctions List from its records: rows of CSV and ODS files, groups of elements of XML."""

from __future__ import annotations

import re

from vacatur.intake.gather import Gathered, born, iso, only, tidy
from vacatur.intake.table import Record
from vacatur.match.countries import alpha2
from vacatur.model.listed import Listed

_KINDS = {"individual": "person", "entity": "organisation", "ship": "vessel"}
_NAME = ("name6", "name1", "name2", "name3", "name4", "name5")
_LINES = tuple(f"addressline{i}" for i in range(1, 7))
_WEAK = re.compile(r"low|weak", re.IGNORECASE)
_NUMBER = re.compile(r"(?=.*\d)[\w./-]+(?: [\w./-]+){0,2}\Z")
_PARTICULARS = {
    "title": "title", "regimename": "programme", "position": "position", "gender": "gender",
    "currentowneroperators": "owner", "currentowneroperator": "owner", "currentbelievedflagofship": "flag",
    "typeofship": "vessel-type", "tonnageofship": "tonnage", "nationalityies": "nationality",
    "nationality": "nationality",
}  # fmt: skip
_IDENTIFIERS = {"ofsigroupid": "ofsi", "unreferencenumber": "un", "imonumber": "imo"}
_DATES = {"datedesignated": "listed", "lastupdated": "changed"}
_TYPES = ("designationtype", "individualentityship", "type")
_TAKEN = frozenset((
    *_NAME, *_LINES, *_DATES, *_TYPES, "uniqueid", "name", "nametype", "aliasstrength", "namenonlatinscript",
    "nonlatinscripttype", "nonlatinscriptlanguage", "addresspostalcode", "addresscountry", "dob", "townofbirth",
    "countryofbirth",
    "passportnumber", "passportadditionalinformation", "nationalidentifiernumber",
    "nationalidentifieradditionalinformation",
))  # fmt: skip
_LABELS = {
    "designationsource": "Designation source", "sanctionsimposed": "Sanctions imposed",
    "otherinformation": "Other information", "ukstatementofreasons": "UK statement of reasons",
    "phonenumber": "Phone number", "website": "Website", "emailaddress": "Email address",
    "typeofentity": "Type of entity", "previousowneroperators": "Previous owner/operator",
    "previousowneroperator": "Previous owner/operator", "previousflags": "Previous flag",
    "previousflag": "Previous flag",    "lengthofship": "Length of ship", "yearbuilt": "Year built",
    "hullidentificationnumberhin": "Hull identification number",
    "hullidentificationnumber": "Hull identification number",
    "businessregistrationnumbers": "Business registration number",
    "businessregistrationnumber": "Business registration number",
}  # fmt: skip
_LINKS = {"parentcompany": "Parent company", "subsidiaries": "Subsidiary", "subsidiary": "Subsidiary"}


class Designation:
    """One designation while its records come in; its key is the Unique ID, which every format carries."""

    def __init__(self, unique_id: str) -> None:
        self.gathered = Gathered("uk-sanctions", unique_id)
        self.gathered.identifier("uk", unique_id)
        self._citizen: set[str] = set()
        self._seated: set[str] = set()
        self._flag: set[str] = set()

    def take(self, record: Record) -> None:
        """What one record says."""
        self._names(record)
        self._dates(record)
        self._papers(record)
        self._places(record)
        for field, value in record.items():
            self._field(field, value)

    def listed(self) -> Listed:
        """The entry, once every record is in."""
        gathered = self.gathered
        by_kind = {"person": self._citizen, "organisation": self._seated, "vessel": self._flag}
        gathered.country = only(by_kind.get(gathered.kind, ()))
        return gathered.listed("uk-sanctions")

    def _names(self, record: Record) -> None:
        # Family name first, as the list itself writes a name in one piece (the Name column of the ODS file).
        text = record.get("name") or " ".join(record[part] for part in _NAME if part in record)
        typed = record.get("nametype", "primary name").casefold()
        kind = (
            "primary"
            if typed == "primary name"
            else "weak"
            if _WEAK.search(record.get("aliasstrength", ""))
            else "alias"
        )
        self.gathered.name(text, kind)
        if native := tidy(record.get("namenonlatinscript")):
            self.gathered.name(native, "alias")
            language = record.get("nonlatinscriptlanguage", "")
            self.gathered.remark(f"Name in {language}" if language else "", native if language else "")

    def _dates(self, record: Record) -> None:
        for field, name in _DATES.items():
            if field in record:
                day = iso(record[field])
                self.gathered.state(name, day)
                if not day:
                    self.gathered.remark("Designated" if name == "listed" else "Last updated", record[field])
        self.gathered.particular("birth-date", born(record.get("dob")))

    def _papers(self, record: Record) -> None:
        for scheme, field, label in (
            ("passport", "passport", "Passport"), ("national-id", "nationalidentifier", "National identifier"),
        ):  # fmt: skip
            number, more = record.get(f"{field}number", ""), record.get(f"{field}additionalinformation", "")
            if number:
                country = alpha2(re.sub(r"\bpassport\b", "", more, flags=re.IGNORECASE))
                self.gathered.identifier(scheme, number, country)
            if more:
                self.gathered.remark(label, f"{number}: {more}" if number else more)

    def _places(self, record: Record) -> None:
        country = record.get("addresscountry", "")
        lines = [*(record.get(line, "") for line in _LINES), record.get("addresspostalcode", ""), country]
        self.gathered.particular("address", ", ".join(filter(None, map(tidy, lines))))
        if country:
            self._seated.add(alpha2(country))
        born_in = (record.get("townofbirth", ""), record.get("countryofbirth", ""))
        self.gathered.particular("birth-place", ", ".join(filter(None, map(tidy, born_in))))

    def _field(self, field: str, value: str) -> None:
        gathered = self.gathered
        if kind := _PARTICULARS.get(field):
            gathered.particular(kind, value)
            if kind in ("nationality", "flag"):
                (self._citizen if kind == "nationality" else self._flag).add(alpha2(value))
        elif scheme := _IDENTIFIERS.get(field):
            gathered.identifier(scheme, value)
        elif field.startswith("businessregistrationnumber") and _NUMBER.match(value):
            gathered.identifier("reg", value)
        elif field in _LINKS:
            gathered.particular("linked-to", f"{_LINKS[field]}: {value}")
        elif field in _TYPES:
            gathered.kind = _KINDS.get(value.casefold(), "unknown")
        elif field not in _TAKEN:
            gathered.remark(_LABELS.get(field, field), value)
