"""A target of OFSI's consolidated list from its rows: one for each combination of name, date of birth and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vacatur.intake.gather import Gathered, born, iso, only, tidy
from vacatur.intake.table import Record
from vacatur.match.countries import alpha2
from vacatur.model.listed import Listed

_KINDS = {"individual": "person", "entity": "organisation", "ship": "vessel"}
_NAME = ("name1", "name2", "name3", "name4", "name5", "name6")
_LINES = (*(f"address{i}" for i in range(1, 7)), "postzipcode", "country")
_KIND_OF_NAME = {"prime alias": "primary", "primary name": "primary", "fka": "former"}
_WEAK = re.compile(r"low|weak", re.IGNORECASE)

# "(1) G827238 (Tunisian) (2) ..." and "(a) 9003213 issued in Iran (b) ..." print several documents in one cell.
_MARK = re.compile(r"(?:(?<=\s)|\A)\(?(?:\d{1,2}|[a-j])\)\s*")
_DOCUMENT = re.compile(
    r"(?:[A-Za-z’' -]*?\b(?:passport|identification|identity|id|ni)?\s*(?:card\s*)?(?:number|no\b\.?)\s*:?\s*)?"
    r"(?P<value>[A-Z]{0,4}[-/ ]?\d[\w/.-]*\w(?: \d{3,})*|[A-Z]{1,4}\d+)(?=[\s.,(]|\Z)\s*(?:\((?P<who>[A-Za-z -]+)\))?",
    re.IGNORECASE,
)
# A reference of the UN: QDi.006, KPe.018, and before 2014 QI.A.86.03.
_UN = re.compile(r"UN\s?Ref(?:erence)?\b[\s.:]*(?P<ref>[A-Z]{2}[a-z]?\.(?:[A-Z]\.)?\d{1,3}(?:\.\d\d)?)", re.IGNORECASE)
# At the beginning the number is the ship's own; further on it may be that of a ship which a company owns.
_IMO = re.compile(r"\W*IMO(?:\s+number)?\s*:?\s*(?P<imo>\d{7})\b", re.IGNORECASE)
_MMSI = re.compile(r"\bMMSI\s*:?\s*(\d{9})\b")
# Since 2022 the other information is "(Gender):Male (Website):www.example.org".
_LABEL = re.compile(r"\((?P<label>[A-Z][^():]{1,60})\)\s*:")
_LABELLED = {
    "uk sanctions list ref": ("uk", ""), "un ref": ("un", ""), "imo number": ("imo", ""),
    "business registration number": ("reg", ""), "business reg no": ("reg", ""), "gender": ("", "gender"),
    "type of ship": ("", "vessel-type"), "tonnage of ship": ("", "tonnage"),
    "current owner/operator": ("", "owner"), "current believed flag of ship": ("", "flag"),
    "parent company": ("", "linked-to"), "subsidiaries": ("", "linked-to"),
}  # fmt: skip
# As much of a cell as is searched for numbers: the pattern looks back and forth; the longest real cell is half of it.
_MOST = 2_000
_REFERENCE = re.compile(r"[\w./-]+(?: \d+)*")
_REMARKS = {
    "passportdetails": "Passport details", "ninumber": "NI number",
    "nationalidentificationdetails": "National identification details",
}  # fmt: skip


class Target:
    """One target while its rows come in; its key is the Group ID, which OFSI keeps for good."""

    def __init__(self, group_id: str) -> None:
        self.gathered = Gathered("uk-ofsi", group_id)
        self.gathered.identifier("ofsi", group_id)
        self._since: dict[str, str] = {}
        self._heard: set[str] = set()
        self._citizen: set[str] = set()
        self._seated: set[str] = set()

    def take(self, record: Record) -> None:
        """What one row says."""
        gathered = self.gathered
        gathered.kind = _KINDS.get(record.get("grouptype", "").casefold(), "unknown")
        self._names(record)
        for kind in ("title", "position", "nationality"):
            gathered.particular(kind, record.get(kind))
        gathered.particular("programme", record.get("regime"))
        gathered.particular("birth-date", born(record.get("dob")))
        self._places(record)
        self._papers(record)
        self._other(record.get("otherinformation", ""))
        self._dates(record)

    def listed(self) -> Listed:
        """The entry, once every row is in."""
        gathered = self.gathered
        if len(self._since) > 1:
            for regime, day in self._since.items():
                gathered.remark("Listed on", f"{day} ({regime})")
        # A target of two regimes has been on the list since the first of them.
        gathered.state("listed", min(filter(None, self._since.values()), default=""))
        gathered.country = only(self._citizen if gathered.kind == "person" else self._seated)
        return gathered.listed("uk-ofsi")

    def _names(self, record: Record) -> None:
        typed = _KIND_OF_NAME.get(record.get("aliastype", "").casefold(), "alias")
        weak = typed == "alias" and _WEAK.search(record.get("aliasquality", ""))
        # Name 6 is the family name, or the whole name of what has none.
        self.gathered.name(" ".join(record[part] for part in _NAME if part in record), "weak" if weak else typed)
        if native := tidy(record.get("namenonlatinscript")):
            self.gathered.name(native, "alias")
            if language := record.get("nonlatinscriptlanguage"):
                self.gathered.remark(f"Name in {language}", native)

    def _dates(self, record: Record) -> None:
        regime, day = record.get("regime", ""), iso(record.get("listedon"))
        self._since[regime] = min(filter(None, (self._since.get(regime), day)), default="")
        self.gathered.state("changed", iso(record.get("lastupdated")))
        self.gathered.remark("UK Sanctions List date designated", record.get("uksanctionslistdatedesignated"))

    def _places(self, record: Record) -> None:
        self.gathered.particular("address", ", ".join(tidy(record[line]) for line in _LINES if line in record))
        born_in = [tidy(record[part]) for part in ("townofbirth", "countryofbirth") if part in record]
        self.gathered.particular("birth-place", ", ".join(born_in))
        if "nationality" in record:
            self._citizen.add(alpha2(record["nationality"]))
        if "country" in record:
            self._seated.add(alpha2(record["country"]))

    def _papers(self, record: Record) -> None:
        """Numbers that have a column of their own, else those that can be told in the text, which is kept whole."""
        for scheme, own, text in (
            ("passport", "passportnumber", "passportdetails"),
            ("national-id", "nationalidentificationnumber", "ninumber"),
        ):
            found = ((record[own], ""),) if own in record else documents(tidy(record.get(text, "")[:_MOST]))
            for value, country in found:
                self.gathered.identifier(scheme, value, country)
        for field, label in _REMARKS.items():
            self.gathered.remark(label, record.get(field))

    def _other(self, text: str) -> None:
        # Every row of a target repeats it.
        if not text or text in self._heard:
            return
        self._heard.add(text)
        self.gathered.remark("Other information", text)
        for found in _UN.finditer(text):
            self.gathered.identifier("un", found["ref"].rstrip("."))
        if ship := _IMO.match(text):
            self.gathered.identifier("imo", ship["imo"])
            for number in _MMSI.findall(text):
                self.gathered.identifier("mmsi", number)
            self.gathered.kind = "vessel" if self.gathered.kind == "organisation" else self.gathered.kind
        for label, value in _labelled(text):
            scheme, kind = _LABELLED.get(label.casefold(), ("", ""))
            if scheme and (number := _REFERENCE.match(value)):
                self.gathered.identifier(scheme, number[0].rstrip("."))
            elif kind:
                self.gathered.particular(kind, f"{label}: {value}" if kind == "linked-to" else value)


@lru_cache(maxsize=8192)
def documents(text: str) -> tuple[tuple[str, str], ...]:
    """The numbers of documents in a cell, each with the country that follows it in brackets, where one can be told."""
    pieces = [piece.strip() for piece in _MARK.split(text) if piece.strip()]
    found = [match for piece in pieces if (match := _DOCUMENT.match(piece))]
    return tuple((match["value"].rstrip("."), alpha2(match["who"] or "")) for match in found)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    marks = list(_LABEL.finditer(text))
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        yield mark["label"].strip(), text[mark.end() : after.start() if after else None].strip(" .")
