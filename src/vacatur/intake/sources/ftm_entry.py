"""A party of a FollowTheMoney file: what its schema makes it, and where its properties go."""

from __future__ import annotations

from vacatur.intake.gather import Gathered, iso, only, script_of, tidy
from vacatur.intake.sources.ftm_around import Around, raw
from vacatur.intake.sources.ftm_lines import Thing
from vacatur.match.countries import alpha2
from vacatur.model.listed import Listed
from vacatur.model.party import Identifier, Security

# A LegalEntity may be a person or an organisation; FollowTheMoney uses it where the source does not say which.
KINDS = {
    "Person": "person", "Organization": "organisation", "Company": "organisation", "PublicBody": "organisation",
    "LegalEntity": "unknown", "Vessel": "vessel", "Airplane": "aircraft", "CryptoWallet": "wallet",
    "Vehicle": "unknown",
}  # fmt: skip
"""Schemata whose entities are entries."""

_NAMES = {"name": "alias", "alias": "alias", "weakAlias": "weak", "previousName": "former", "abbreviation": "weak"}
# Scheme and country; a country of "" is that of the party.
_IDENTIFIERS = {
    "imoNumber": ("imo", ""), "mmsi": ("mmsi", ""), "leiCode": ("lei", ""), "swiftBic": ("bic", ""),
    "innCode": ("tax", "RU"), "ogrnCode": ("reg", "RU"), "okpoCode": ("okpo", "RU"), "kppCode": ("kpp", "RU"),
    "bikCode": ("bik", "RU"), "taxNumber": ("tax", ""), "vatCode": ("tax", ""), "registrationNumber": ("reg", ""),
    "idNumber": ("national-id", ""), "socialSecurityNumber": ("national-id", ""), "passportNumber": ("passport", ""),
    "uscCode": ("uscc", "CN"), "cikCode": ("cik", "US"), "dunsCode": ("duns", ""), "uniqueEntityId": ("uei", ""),
    "permId": ("permid", ""), "publicKey": ("wallet", ""), "ticker": ("ticker", ""), "wikidataId": ("wikidata", ""),
    "serialNumber": ("serial", ""), "npiCode": ("npi", "US"), "cageCode": ("cage", "US"),
}  # fmt: skip
_PARTICULARS = {
    "birthDate": "birth-date", "birthPlace": "birth-place", "nationality": "nationality", "citizenship": "citizenship",
    "gender": "gender", "title": "title", "position": "position", "address": "address", "flag": "flag",
    "tonnage": "tonnage", "grossRegisteredTonnage": "tonnage", "callSign": "call-sign", "topics": "risk",
    "program": "programme", "programId": "programme", "notes": "remark",
}  # fmt: skip
# Properties that say the country, the most telling first.
_COUNTRIES = {
    "person": (("nationality", "citizenship"), ("country",)),
    "organisation": (("jurisdiction",), ("mainCountry",), ("country",)),
    "vessel": (("flag",), ("country",)),
    "aircraft": (("country",),),
    "unknown": (("jurisdiction",), ("nationality", "citizenship"), ("country",)),
    "wallet": (("country",),),
}
# Said through what they point at, or parts of a name that is there whole.
_ELSEWHERE = frozenset((
    "addressEntity", "isin", "isinCode", "firstName", "secondName", "middleName", "lastName", "fatherName",
    "motherName",
))  # fmt: skip


def entry(thing: Thing, around: Around) -> Listed:
    """The entry of a party. Its key is the id, which changes when OpenSanctions merges; `referents` are former ids."""
    gathered = Gathered("ftm", thing.id)
    gathered.kind = KINDS[thing.schema]
    gathered.country = _country(thing, gathered.kind)
    gathered.identifier("ftm", thing.id)
    _names(gathered, thing)
    for name, values in thing.properties.items():
        for value in values:
            _property(gathered, name, value)
    gathered.raw.extend(raw(thing))
    around.add(gathered, thing)
    for holder in thing.all("holder"):
        gathered.particular("linked-to", f"held by: {around.captions.get(holder, holder)}")
    gathered.state("changed", iso(thing.last_change))
    return gathered.listed("ftm")


def _names(gathered: Gathered, thing: Thing) -> None:
    """The caption is the name that the file puts first; a wallet has none but its address."""
    names = [tidy(name) for name in thing.all("name")]
    caption = tidy(thing.caption)
    latin = next((name for name in names if script_of(name) == "Latn"), "")
    wallet = thing.one("publicKey") if gathered.kind == "wallet" else ""
    primary = (caption if caption in names else "") or latin or next(iter(names), "") or wallet or caption
    gathered.name(primary, "primary")
    for name, kind in _NAMES.items():
        for value in thing.all(name):
            gathered.name(value, kind)


def _country(thing: Thing, kind: str) -> str:
    for names in _COUNTRIES[kind]:
        if values := thing.all(*names):
            return only(alpha2(value.upper()) for value in values)
    return ""


def _property(gathered: Gathered, name: str, value: str) -> None:
    if name in _NAMES or name in _ELSEWHERE or name == "holder":
        if name in ("isin", "isinCode"):
            gathered.security(_isin(value, gathered.source))
    elif name in _IDENTIFIERS:
        scheme, country = _IDENTIFIERS[name]
        of_party = gathered.country if scheme in ("tax", "reg", "national-id", "passport") else ""
        gathered.identifier(scheme, value, country or of_party)
    elif name == "type" and gathered.kind == "vessel":
        gathered.particular("vessel-type", value)
    elif name in _PARTICULARS:
        gathered.particular(_PARTICULARS[name], value)
    else:
        gathered.remark(name, value)


def _isin(value: str, source: str) -> Security:
    isin = Identifier(scheme="isin", value=value, country="", source=source)
    return Security(id=value, title="", identifiers=(isin,), venue="", since="", until="")
