"""OFAC's words for what it prints of a party: the same in remarks, identity documents and features of every format."""

from __future__ import annotations

import re
from functools import lru_cache

_SCHEMES = {
    "passport": "Passport|Diplomatic Passport|Travel Document Number|Stateless Person Passport|Refugee ID Card",
    "tax": "Tax ID No.|Tax ID Number|V.A.T. Number|US FEIN|NIT #|RUC #|RIF #|R.F.C.|C.U.I.T.|C.U.I.P.|RTN|C.I.F."
    "|Italian Fiscal Code|Fiscal Code|NIE|VAT Number|RUT|R.U.T.|C.N.P.J.",
    "national-id": "National ID No.|Cedula No.|Personal ID Card|D.N.I.|C.U.R.P.|C.U.I.|SSN|LE Number|Kenyan ID No."
    "|National Foreign ID Number|Turkish Identification Number|Turkish Identificiation Number|Citizen's Card Number"
    "|Numero de Identidad|Residency Number|Cedula de Residencia|Cedula Number|I.F.E."
    "|Cartilla de Servicio Militar Nacional"
    "|Credencial electoral|Electoral Registry No.|Tarjeta de Identidad|Tazkira National ID Card|Afghan National ID"
    "|Bosnian Personal ID No.|Moroccan Personal ID No.|Malaysian Identity Card|Interpol: Red Notice. File No."
    "|Birth Certificate Number|Driver's License No.|Immigration No.|VisaNumberID|Serial No.|Iraqi National ID",
    "reg": "Registration Number|Registration ID|Business Registration Number|Business Registration Document #"
    "|Company Number|UK Company Number|Commercial Registry Number|Commercial Register No.|Government Gazette Number"
    "|C.R. No."
    "|Matricula Mercantil No|Matricula Mercantil No.|Folio Mercantil No.|Chamber of Commerce Number|Trade License No."
    "|Public Registration Number|Enterprise Number|Certificate of Incorporation Number|Business Number"
    "|Registered Charity No."
    "|Central Registration System Number|Organization Code|File Number|License|Economic Register Number (CBLS)"
    "|Branch Unit Number|Istanbul Chamber of Comm. No.|Dubai Chamber of Commerce Membership No.|Romanian C.R."
    "|Romanian Tax Registration|Registered Company Number|Corporate Number|Unique Identifier|Legal Entity Number"
    "|Commercial Registration Number",
    "id": "Identification Number|Unique Identification Number|Identification No.|ID No.|Personal Identification Number",
    "uscc": "Unified Social Credit Code (USCC)|Unified Social Credit Code"
    "|United Social Credit Code Certificate (USCCC)",
    "imo": "Vessel Registration Identification|Vessel Registration Identification IMO",
    "mmsi": "MMSI",
    "bic": "SWIFT/BIC",
    "lei": "Legal Entity Identifier|LEI",
    "isin": "ISIN",
    "ticker": "Equity Ticker",
    "duns": "D-U-N-S Number|DUNS Number",
    "cik": "CIK",
    "bik": "BIK (RU)",
    "website": "Website",
    "email": "Email Address|Email",
    "phone": "Phone Number",
    "tail": "Aircraft Tail Number",
    "msn": "Aircraft Manufacturer's Serial Number (MSN)",
    "aircraft-number": "Aircraft Construction Number (also called L/N or S/N or F/N)|Aircraft Serial Identification",
    "mode-s": "Aircraft Mode S Transponder Code",
}
_PARTICULARS = {
    "birth-date": "DOB|Birthdate|Date of Birth",
    "birth-place": "POB|Place of Birth",
    "nationality": "nationality|Nationality Country|Nationality of Registration",
    "citizenship": "citizen|Citizenship Country",
    "gender": "Gender",
    "position": "Position",
    "title": "Title",
    "linked-to": "Linked To",
    "risk": "Secondary sanctions risk|Additional Sanctions Information",
    "flag": "Vessel Flag|Flag",
    "vessel-type": "Vessel Type|Other Vessel Type",
    "call-sign": "Vessel Call Sign|Other Vessel Call Sign",
    "owner": "Vessel Owner",
    "tonnage": "Vessel Tonnage|Vessel Gross Tonnage|Vessel Gross Registered Tonnage",
}


def _by_label(words: dict[str, str]) -> dict[str, str]:
    return {label.casefold(): kind for kind, labels in words.items() for label in labels.split("|")}


SCHEMES = _by_label(_SCHEMES)
"""The scheme of an identifier by its label in small letters; `id` is a person's national one, else a register's."""
PARTICULARS = _by_label(_PARTICULARS)
"""The kind of a particular by its label in small letters."""
COIN = re.compile(r"digital currency address - (\w+)\Z")
"""The label of a wallet, which names the currency."""
DATED = re.compile(r"(listing|effective|purchase/sales for divestment) date \((.+)\)\Z")
"""The label of a date of a listing, and the measure to which the date belongs."""
DATES = {"listing": "listed", "effective": "effective", "purchase/sales for divestment": "divest"}

_KNOWN = "|".join(re.escape(label) for label in sorted({*SCHEMES, *PARTICULARS}, key=len, reverse=True))
_LABELLED = re.compile(
    rf"(?:alt\. )?((?:{_KNOWN})(?=[\s:])|digital currency address - \w+|[a-z/ ]+ date \([^)]+\))[\s:-]*(.+)",
    re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=1024)
def plain(label: str) -> str:
    """A label in small letters, without the marks after it and with a plain apostrophe."""
    return label.replace("’", "'").strip().rstrip(":- ").casefold()


@lru_cache(maxsize=16_384)
def parted(phrase: str) -> tuple[str, str]:
    """A phrase of a remark as label and value; the label is empty where none is known."""
    found = _LABELLED.match(phrase)
    return (found[1], found[2]) if found else ("", phrase)
