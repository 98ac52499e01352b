"""What the header of a column means, by convention: the words that people write over their columns.

Case, accents, spaces and punctuation do not matter. A word stands here when it can hardly mean anything else: `account`
or `type` are left to be said by the user.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MOST = 200
PARTS = ("first_name", "middle_name", "last_name")
"""Columns that together make a name, in this order."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "key": ("id", "customer id", "customer number", "customer no", "client id", "client number", "client no",
            "party id", "entity id", "subject id", "record id", "unique id", "uid",
            "Kundennummer", "Kunden-Nr", "Kunden-ID", "numéro client", "identifiant", "número de cliente"),
    "name": ("full name", "customer name", "client name", "entity name", "party name", "legal name", "company",
             "company name", "organisation", "organisation name", "organization", "organization name", "counterparty",
             "counterparty name", "account holder", "beneficiary", "beneficiary name", "vessel name", "ship name",
             "issuer", "issuer name", "vollständiger Name", "Firma", "Firmenname", "Unternehmen", "Kundenname", "nom",
             "nom complet", "raison sociale", "dénomination sociale", "société", "entreprise", "nom du client",
             "nombre", "nombre completo", "razón social", "denominación social", "empresa", "nombre del cliente"),
    "first_name": ("first names", "given name", "given names", "forename", "forenames", "Vorname", "Vornamen",
                   "prénom", "prénoms", "nombres", "primer nombre"),
    "middle_name": ("middle names", "second name", "patronymic", "zweiter Vorname", "deuxième prénom",
                    "segundo nombre"),
    "last_name": ("surname", "family name", "Nachname", "Familienname", "nom de famille", "apellido", "apellidos"),
    "aliases": ("alias", "aka", "also known as", "other name", "other names", "alternative name", "alternative names",
                "former name", "former names", "previous name", "previous names", "trade name", "trading name", "dba",
                "doing business as", "native name", "local name", "weitere Namen", "auch bekannt als",
                "früherer Name", "autres noms", "nom commercial", "otros nombres", "nombre comercial"),
    "kind": ("entity type", "party type", "party kind", "subject type", "entity kind"),
    "birth_date": ("dob", "date of birth", "birthdate", "birthday", "born", "year of birth", "birth year",
                   "Geburtsdatum", "Geburtstag", "geboren", "geboren am", "date de naissance", "né(e) le",
                   "fecha de nacimiento"),
    "gender": ("sex", "Geschlecht", "sexe", "genre", "sexo", "género"),
    "country": ("countries", "country code", "iso country", "nationality", "nationalities", "citizenship",
                "citizenships", "country of residence", "residence country", "country of citizenship",
                "country of nationality", "country of incorporation", "incorporation country",
                "country of registration", "country of domicile", "domicile country", "jurisdiction", "flag",
                "flag state", "Land", "Ländercode", "Nationalität", "Staatsangehörigkeit", "Staatsbürgerschaft",
                "Wohnsitzland", "Sitzland", "pays", "code pays", "nationalité", "pays de résidence", "país",
                "código de país", "nacionalidad", "país de residencia"),
    "address": ("addresses", "full address", "registered address", "residential address", "business address",
                "home address", "postal address", "Adresse", "Anschrift", "Wohnadresse", "adresse complète",
                "dirección", "domicilio"),
    "mic": ("exchange", "exchange mic", "market", "market identifier code", "venue", "Börse", "Handelsplatz",
            "place de cotation", "bolsa"),
    "isin": ("isin code", "security isin", "ISIN-Nummer", "code isin", "código isin"),
    "ticker": ("symbol", "ticker symbol", "stock symbol", "trading symbol", "stock code", "bloomberg ticker",
               "Börsenkürzel"),
    "lei": ("lei code", "legal entity identifier", "code lei", "código lei"),
    "figi": ("bbgid", "openfigi"),
    "cusip": ("cusip number",),
    "imo": ("imo number", "imo no", "imo ship number", "vessel imo", "IMO-Nummer", "numéro imo", "número imo"),
    "bic": ("bic code", "swift", "swift code", "swift bic", "bic swift", "code swift", "código swift"),
    "cik": ("cik number", "cik code", "sec cik", "central index key"),
    "uscc": ("unified social credit code", "social credit code", "统一社会信用代码"),
    "reg": ("registration number", "registration no", "reg no", "reg number", "company number", "company no",
            "company registration number", "business registration number", "incorporation number", "registry number",
            "Handelsregisternummer", "Registernummer", "Registrierungsnummer", "HRB", "numéro d'immatriculation",
            "SIREN", "RCS", "número de registro", "número de registro mercantil"),
    "passport": ("passport number", "passport no", "Reisepass", "Reisepassnummer", "Passnummer", "passeport",
                 "numéro de passeport", "pasaporte", "número de pasaporte"),
    "tax": ("tax id", "tax no", "tax number", "tin", "tax identification number", "taxpayer id", "ein", "vat",
            "vat id", "vat no", "vat number", "Steuernummer", "Steuer-ID", "USt-IdNr", "Umsatzsteuer-ID",
            "numéro fiscal", "numéro de TVA", "NIF", "RFC", "CUIT", "número fiscal"),
    "wallet": ("wallet address", "crypto address", "crypto wallet", "blockchain address", "btc address",
               "eth address"),
}  # fmt: skip
"""By column, what else it is called in English, German, French and Spanish, apart from its own name."""


def plain_header(header: str) -> str:
    """A header by its letters and digits, without case and accents: `Date of Birth` and `date_of_birth` are one."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", header[:_MOST]).casefold()))


_MEANT = {plain_header(word): column for column, words in SYNONYMS.items() for word in (column, *words)}


def column_of(header: str) -> str:
    """The column that a header means, one of `PARTS` among them; empty for none."""
    return _meant(header[:_MOST])


@lru_cache(maxsize=4096)
def _meant(header: str) -> str:
    return _MEANT.get(plain_header(header), "")
