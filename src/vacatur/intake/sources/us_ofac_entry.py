"""An OFAC entry as it is gathered from one format or another, so that all of them come out alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from vacatur.errors import InputError
from vacatur.intake.sources.us_ofac_labels import COIN, DATED, DATES, PARTICULARS, SCHEMES, plain
from vacatur.match.checkdigits import valid_lei
from vacatur.match.countries import named
from vacatur.model.listed import Listed
from vacatur.model.party import Identifier, Name, Particular, Security

SDN, CONSOLIDATED = "us-ofac-sdn", "us-ofac-cons"
KINDS = {
    "individual": "person",
    "entity": "organisation",
    "-0-": "organisation",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
"""What a party is, by OFAC's word for it; flat files leave it out for organisations."""
STATED = ("listed", "effective", "divest", "changed")
_MONTHS = {name: f"{number:02}" for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_DATE = re.compile(r"(?:(?:(\d{1,2}) )?([A-Za-z]{3}) )?(\d{4})\Z")
_NUMBER = re.compile(
    r"(?P<value>.+?)(?: \((?P<country>[^()]+(?:\([^()]*\))?)\))?(?P<more>,? (?:issued|expires) .+)?\Z", re.DOTALL
)
_LISTS = (
    ("us-ns-cmic", re.compile(r"(NS-)?CMIC")),
    ("us-ofac-ssi", re.compile(r"UKRAINE-EO13662\Z|SSI")),
    ("us-ofac-fse", re.compile(r"FSE")),
    ("us-ofac-plc", re.compile(r"NS-PLC")),
    ("us-ofac-capta", re.compile(r"561|CAPTA|HIFPAA|NS-CAPTA")),
    ("us-ofac-mbs", re.compile(r"NS-MBS|RUSSIA-EO14024|CAATSA - RUSSIA|BURMA-EO14014|ILLICIT-DRUGS-EO14059")),
)
PROGRAMMES = (*(programme for programme, _ in _LISTS), CONSOLIDATED)
"""The lists that the Consolidated file carries."""


def iso_date(printed: str) -> str:
    """A date such as `10 Dec 1948`, `Dec 1948` or `1948` in ISO form; anything else (`circa 1951`) as printed."""
    found = _DATE.match(printed.strip())
    if found is None or (found[2] and found[2].lower() not in _MONTHS):
        return printed.strip()
    day, month, year = found.groups()
    return "-".join((year, *((_MONTHS[month.lower()],) if month else ()), *((f"{int(day):02}",) if day else ())))


def _parts(value: str) -> tuple[str, str, str]:
    """A number that is printed with its country and dates (`123 (Cuba) issued 1999`), and these two."""
    found = _NUMBER.match(value)
    if found is None:
        return value, "", ""
    number, country = found["value"], found["country"] or ""
    if country and not named(country) and country != "undetermined":
        number, country = f"{number} ({country})", ""  # brackets may also belong to the number
    return number, country, found["more"] or ""


def programme_of(source: str, tags: list[str], words: str) -> str:
    """The list to which an entry belongs, by its programme tags; an entry of several lists is filed under the first.

    Executive Order 14024 puts parties on two lists by one tag; its Directive 2 is the one about correspondent accounts.
    """
    if source == SDN:
        return SDN
    for programme, tag in _LISTS:
        if any(map(tag.match, tags)) or (programme == "us-ofac-capta" and "EO 14024 Directive 2" in words):
            return programme
    return CONSOLIDATED


@lru_cache(maxsize=16_384)  # a few thousand phrases make up most remarks
def _particular(kind: str, value: str, source: str) -> Particular:
    return Particular(kind=kind, value=value, source=source)


@dataclass(slots=True)
class Draft:
    """An entry in the making; `listed` is what it comes to."""

    source: str
    key: str
    kind: str
    names: list[Name] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    particulars: list[Particular] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    dates: dict[str, list[str]] = field(default_factory=dict)
    countries: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.identify("ofac", self.key)

    def call(self, text: str, kind: str, script: str = "") -> None:
        """Adds a name; one that is printed twice is kept once."""
        name = Name(text=text.strip(), kind=kind, script=script, source=self.source)
        if name.text and name not in self.names:
            self.names.append(name)

    def identify(self, scheme: str, value: str, country: str = "") -> None:
        """Adds an identifier."""
        one = Identifier(scheme=scheme, value=value, country=country, source=self.source)
        if one not in self.identifiers:
            self.identifiers.append(one)

    def note(self, kind: str, value: str) -> None:
        """Adds a particular."""
        one = _particular(kind, value.strip(), self.source)
        if one.value and one not in self.particulars:
            self.particulars.append(one)

    def locate(self, why: str, country: str) -> None:
        """Takes down a country that is printed, with what it is the country of."""
        if code := named(country):
            self.countries.setdefault(why, []).append(code)

    def reside(self, lines: list[str], country: str) -> None:
        """Adds an address of these parts."""
        parts = [part.strip() for part in (*lines, country)]
        self.note("address", ", ".join(filter(None, parts)))
        self.locate("address", country)

    def take(self, label: str, value: str, country: str = "", more: str = "") -> None:
        """Takes one thing that is printed under a label; `more` are dates of issue and the like.

        What finds no place of its own is kept as a remark, in the words of the list.
        """
        word, value = plain(label), value.strip()
        if word in SCHEMES and not (country or more):
            value, country, more = _parts(value)
        whole = " ".join(filter(None, (label.strip(), value, f"({country})" if country else "", more.strip())))
        if word in SCHEMES:
            self._number(SCHEMES[word], value, country)
            if more.strip() or (country and not named(country)):
                self.note("remark", whole)
        elif word in PARTICULARS:
            self._particular(word, value)
        elif coin := COIN.match(word):
            self.identify(f"wallet-{coin[1]}", value)
        elif dated := DATED.match(word):
            whole = whole.replace("):", ")")
            self.dates.setdefault(DATES[dated[1]], []).append(iso_date(value))
            if dated[2] != "cmic":  # the name of the measure, of which an entry may have several, has no other place
                self.note("remark", whole)
        else:
            self.note("remark", whole)

    def _number(self, scheme: str, value: str, country: str) -> None:
        if scheme == "id":
            scheme = "national-id" if self.kind == "person" else "reg"
        elif scheme == "imo" and not re.search(r"\d{7}\b", value):
            scheme = "reg"
        elif scheme == "reg" and valid_lei(value):
            scheme = "lei"
        if scheme == "imo":
            value = value.removeprefix("IMO").strip()
        if scheme == "reg":
            self.locate("registration", country)
        self.identify(scheme, value, named(country))

    def _particular(self, word: str, value: str) -> None:
        kind = PARTICULARS[word]
        if kind in ("nationality", "citizenship", "flag"):
            self.locate("nationality of registration" if "registration" in word else kind, value)
        if kind == "birth-date":
            value = iso_date(value)
        if kind == "tonnage":  # flat files print thousands apart, XML does not
            value = value.replace(",", "") + (" GRT" if "gross" in word else "")
        if "other" in word:
            value = f"{value} (other)"
        self.note(kind, value)

    def country(self) -> str:
        """The one country that is clearly the party's, or nothing."""
        asked = {
            "person": ("nationality", "citizenship"),
            "vessel": ("flag",),
            "organisation": ("nationality of registration", "nationality", "address", "registration"),
        }
        for why in asked.get(self.kind, ()):
            found = set(self.countries.get(why, ()))
            if found:
                return found.pop() if len(found) == 1 else ""
        return ""

    def listed(self, raw: tuple[tuple[str, tuple[str, ...]], ...]) -> Listed:
        """The entry, once everything is taken down."""
        if not any(name.kind == "primary" for name in self.names):
            raise InputError(
                f"entry {self.key} has no name", why="A party without a name cannot be screened", fix="Fetch it again"
            )
        words = " ".join(one.value for one in self.particulars if one.kind == "remark")
        for tag in self.tags:
            self.note("programme", tag)
        return Listed(
            key=self.key,
            programme=programme_of(self.source, self.tags, words),
            kind=self.kind,
            country=self.country(),
            names=tuple(self.names),
            identifiers=tuple(self.identifiers),
            securities=_securities(self.identifiers),
            particulars=tuple(self.particulars),
            # Of several measures against one party, the first; the others stand in the remarks.
            stated=tuple((name, min(self.dates[name])) for name in STATED if name in self.dates),
            raw=raw,
        )


def _securities(identifiers: list[Identifier]) -> tuple[Security, ...]:
    """The securities of an issuer: its ISINs, or its tickers where it has none: pairs are not printed."""
    numbers = [one for one in identifiers if one.scheme == "isin"]
    found = numbers or [one for one in identifiers if one.scheme == "ticker"]
    return tuple(
        Security(
            id=one.value if numbers else "@".join(one.value.split()), title="", identifiers=(one,), venue="", since="",
            until="",
        )
        for one in found
    )  # fmt: skip
