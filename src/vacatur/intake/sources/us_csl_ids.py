"""The `ids` of the Consolidated Screening List: identifiers, dates, genders and sanctions notes in one field.

Each is printed `IR, 2025-01-31, 2020-02-01, X123, Passport`: country, date of expiry, date of issue and number, all but
the number left out where there are none, and last what it is. Which scheme that is, the words decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from vacatur.model.party import Identifier, Particular, Security

_SHAPE = re.compile(r"(?:([A-Z]{2}), )?((?:\d{4}-\d{2}-\d{2}, )*)(.*)\Z", re.DOTALL)
_PART = re.compile(r"; (?!Sec\. )")
_EXACT = {
    "SWIFT/BIC": "bic", "ISIN": "isin", "Equity Ticker": "ticker", "MMSI": "mmsi", "D-U-N-S Number": "duns",
    "Unified Social Credit Code (USCC)": "uscc", "United Social Credit Code Certificate (USCCC)": "uscc",
    "Legal Entity Identifier (LEI)": "lei", "SSN": "national-id", "Numero de Identidad": "national-id",
    "Identification Number": "national-id", "CNP (Personal Numerical Code)": "national-id",
    "UAE Identification": "national-id", "C.R. No.": "reg", "Romanian C.R.": "reg", "Legal Entity Number": "reg",
    "Branch Unit Number": "reg", "Matricula Mercantil No": "reg", "Folio Mercantil No.": "reg", "RSIN": "tax",
    "License": "reg", "File Number": "reg", "Business Number": "reg",
}  # fmt: skip
_CONTAINING = (
    ("Passport", "passport"),
    ("Digital Currency Address", "wallet"),
    *((words, "tax") for words in (
        "Tax ", "tax ", "V.A.T.", "R.F.C.", "RFC", "NIT #", "RUC #", "RIF #", "FEIN", "Fiscal Code", "C.U.I.T.",
        "C.I.F.", "RTN", "(NUIT)",
    )),
    *((words, "national-id") for words in (
        "National ID", "National Foreign ID", "Personal ID", "Cedula", "C.U.R.P.", "D.N.I.", "N.I.E.", "C.U.I.",
        "Citizen's Card", "Kenyan ID", "Turkish Identification",
    )),
    *((words, "reg") for words in (
        "Registration Number", "Registration ID", "Registration Document", "Company Number", "Commercial Registry",
        "Trade License", "Tourism License", "Enterprise Number", "Chamber of Comm", "Incorporation Number",
        "Registered Charity", "Public Registration", "Registration System",
    )),
)  # fmt: skip
_RISKS = ("Secondary sanctions risk", "Additional Sanctions Information", "Transactions Prohibited For Persons")
_STATED = (("Listing Date (", "listed"), ("Effective Date (", "effective"), ("Purchase/Sales For Divestment", "divest"))


@dataclass(frozen=True, slots=True)
class Printed:
    """One of the ids: what it is, its value, its country, the dates with it, and all of it as printed."""

    what: str
    value: str
    country: str
    dated: bool
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """What the ids of an entry say; `registered` are countries of registration."""

    identifiers: tuple[Identifier, ...]
    securities: tuple[Security, ...]
    particulars: tuple[Particular, ...]
    stated: tuple[tuple[str, str], ...]
    registered: tuple[str, ...]


def printed(country: str, expires: str, issued: str, number: str, what: str) -> Printed:
    """One of the ids from a file that has its parts apart, written as the CSV file writes it."""
    text = ", ".join(filter(None, (country, expires, issued, number, what)))
    return Printed(what.strip(), number.strip(), country if len(country) == 2 else "", bool(expires or issued), text)


def split_ids(text: str) -> tuple[Printed, ...]:
    """The ids of a CSV cell."""
    return tuple(_printed(part.strip()) for part in _PART.split(text) if part.strip()) if text else ()


@lru_cache(maxsize=65536)
def _printed(text: str) -> Printed:
    head, _, what = text.rpartition(", ")
    country, dates, value = _shape(head)
    return Printed(what, value, country, bool(dates), text)


def _shape(head: str) -> tuple[str, str, str]:
    found = _SHAPE.match(head)
    return (found.group(1) or "", found.group(2), found.group(3).strip()) if found else ("", "", head)


@lru_cache(maxsize=4096)
def scheme_of(what: str) -> str:
    """The scheme of an identifier, empty for what is none, or of no scheme known here."""
    return _EXACT.get(what) or next((scheme for words, scheme in _CONTAINING if words in what), "")


def read_ids(ids: Iterable[Printed], source: str) -> Read:
    """What the ids of one entry say."""
    identifiers, particulars, registered = [], [], []
    for one in ids:
        if identifier := _identifier(one, source):
            identifiers.append(identifier)
        if kind := _particular(one, identifier):
            particulars.append(Particular(kind=kind, value=_said(one, kind), source=source))
        if one.what == "Nationality of Registration":
            registered.append(one.value)
    shares = tuple(_security(each) for each in identifiers if each.scheme == "isin")
    return Read(tuple(identifiers), shares, tuple(particulars), _stated(ids), tuple(registered))


def _identifier(one: Printed, source: str) -> Identifier | None:
    if one.what == "Vessel Registration Identification" and one.value.startswith("IMO "):
        return Identifier(scheme="imo", value=one.value.removeprefix("IMO ").strip(), country="", source=source)
    scheme = scheme_of(one.what)
    if not scheme or not one.value:
        return None
    return Identifier(scheme=scheme, value=one.value, country=one.country, source=source)


def _particular(one: Printed, identifier: Identifier | None) -> str:
    """As which particular an id is kept; empty when the identifier says all of it."""
    if one.what == "Gender":
        return "gender"
    if one.what.startswith(_RISKS):
        return "risk"
    told = identifier is not None and identifier.scheme != "wallet" and not one.dated
    return "" if told else "remark"


def _said(one: Printed, kind: str) -> str:
    return one.value if kind == "gender" else one.text


def _security(isin: Identifier) -> Security:
    return Security(id=isin.value, title="", identifiers=(isin,), venue="", since="", until="")


def _stated(ids: Iterable[Printed]) -> tuple[tuple[str, str], ...]:
    """The dates of an order that ids print; where directives give different ones, none of them is the entry's."""
    found: dict[str, set[str]] = {}
    for one in ids:
        for words, name in _STATED:
            if one.what.startswith(words) and (day := _iso(one.value)):
                found.setdefault(name, set()).add(day)
    return tuple((name, days.pop()) for name, days in found.items() if len(days) == 1)


def _iso(text: str) -> str:
    try:
        return datetime.strptime(text.strip(), "%d %b %Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return ""
