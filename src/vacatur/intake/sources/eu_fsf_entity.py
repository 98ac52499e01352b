"""A sanctioned entity of the EU's file from its parts, under the XML schema's names; the CSV files have the same."""

from __future__ import annotations

from collections.abc import Mapping

from vacatur.intake.gather import Gathered, iso, only, script_of, tidy
from vacatur.match.countries import alpha2
from vacatur.model.listed import Listed

Part = Mapping[str, str]

_SCHEMES = {
    "passport": "passport", "diplopassport": "passport", "id": "national-id", "ssn": "national-id", "regnumber": "reg",
    "tradelic": "reg", "fiscalcode": "tax", "taxid": "tax", "imo": "imo", "swiftbic": "bic", "bic": "bic", "lei": "lei",
}  # fmt: skip
_FLAGS = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
_GENDERS = {"M": "male", "F": "female"}
_YES = ("true", "1")


class Entity:
    """One entity while its parts come in.

    Its key is the logical id: the schema requires it, both formats carry it, and it is kept from the previous database.
    The EU reference number, which is what people quote, is optional and missing on some entries.
    """

    def __init__(self, logical_id: str) -> None:
        self.gathered = Gathered("eu-fsf", logical_id)
        self.reference = ""
        self._names: list[tuple[str, bool]] = []
        self._citizen: set[str] = set()
        self._seated: set[str] = set()
        self._own: set[tuple[str, str]] = set()
        self._cited: set[str] = set()
        self._designated = ""

    def head(self, part: Part) -> None:
        """What is said of the entity as a whole."""
        gathered = self.gathered
        types = {part.get("classificationCode", ""), part.get("code", "")}
        gathered.kind = (
            "person" if types & {"P", "person"} else "organisation" if types & {"E", "enterprise"} else "unknown"
        )
        self.reference = self.reference or part.get("euReferenceNumber", "").strip()
        self._designated = self._designated or iso(part.get("designationDate"))
        gathered.identifier("eu", self.reference)
        gathered.identifier("un", part.get("unitedNationId"))
        gathered.remark("Designation date", part.get("designationDate"))
        gathered.remark("Designation details", part.get("designationDetails"))
        gathered.remark("Delisting date", part.get("delistingDate"))
        gathered.remark("", part.get("remark"))

    def regulation(self, part: Part) -> None:
        """The regulation under which the entity stands."""
        self.gathered.particular("programme", part.get("programme"))
        self._own.add((iso(part.get("publicationDate")), iso(part.get("entryIntoForceDate"))))
        said = [part.get("numberTitle", ""), part.get("publicationDate", ""), part.get("publicationUrl", "")]
        self.gathered.remark("Regulation", ", ".join(filter(None, said)))
        self.gathered.remark("Regulation", part.get("remark"))

    def detail(self, group: str, part: Part) -> None:
        """A name, address, birth, citizenship or identification."""
        take = {
            "nameAlias": self._name, "address": self._address, "birthdate": self._birth,
            "citizenship": self._citizenship, "identification": self._identification,
        }[group]  # fmt: skip
        take(part)
        if cited := iso(part.get("publicationDate")):
            self._cited.add(cited)
        self.gathered.remark("", part.get("remark"))

    def listed(self) -> Listed:
        """The entry, once every part is in."""
        gathered = self.gathered
        gathered.identifier("eu", self.reference or gathered.key)
        strong = [text for text, is_strong in self._names if is_strong] or [text for text, _ in self._names]
        if strong:
            gathered.promote(next((text for text in strong if script_of(text) == "Latn"), strong[0]))
        gathered.country = only(self._citizen if gathered.kind == "person" else self._seated)
        self._state()
        return gathered.listed("eu-fsf")

    def _state(self) -> None:
        """The regulation's day is the listing's when it is the only one, no detail rests on an earlier one, and it is
        the day of designation where one is printed: an amendment of an old entry prints the amendment's day.
        """
        if len(self._own) != 1:
            return
        published, force = next(iter(self._own))
        if self._designated in ("", published) and all(cited >= published for cited in self._cited):
            self.gathered.state("listed", published)
            self.gathered.state("effective", force)

    def _name(self, part: Part) -> None:
        gathered = self.gathered
        text = tidy(part.get("wholeName")) or tidy(
            " ".join(part.get(f"{at}Name", "") for at in ("first", "middle", "last"))
        )
        strong = part.get("strong", "true") in _YES
        if text:
            gathered.name(text, "alias" if strong else "weak")
            self._names.append((text, strong))
            if language := part.get("nameLanguage", "").strip():
                gathered.remark(f"Name in {language}", text)
        gathered.particular("title", part.get("title"))
        gathered.particular("position", part.get("function"))
        gathered.particular("gender", _GENDERS.get(part.get("gender", ""), ""))

    def _address(self, part: Part) -> None:
        country, code = _country(part)
        lines = (part.get("number"), part.get("street"), _box(part), part.get("zipCode"), part.get("city"),
                 part.get("region"), part.get("place"), country)  # fmt: skip
        self.gathered.particular("address", _line(*lines))
        self.gathered.remark("Contact", part.get("contactInfo"))
        if code:
            self._seated.add(code)

    def _birth(self, part: Part) -> None:
        self.gathered.particular("birth-date", _birth_date(part))
        place = (part.get("place"), part.get("city"), part.get("zipCode"), part.get("region"), _country(part)[0])
        self.gathered.particular("birth-place", _line(*place))

    def _citizenship(self, part: Part) -> None:
        country, code = _country(part)
        self.gathered.particular("citizenship", _line(country, part.get("region")))
        self.gathered.remark("Citizenship acquired", part.get("acquisitionDate"))
        self.gathered.remark("Citizenship lost", part.get("disenfranchisementDate"))
        # A citizenship that was lost is not the person's country.
        if code and not part.get("disenfranchisementDate"):
            self._citizen.add(code)

    def _identification(self, part: Part) -> None:
        number = tidy(part.get("number")) or tidy(part.get("latinNumber"))
        typed, said = part.get("identificationTypeCode", ""), part.get("identificationTypeDescription", "")
        scheme = _SCHEMES.get(typed)
        if scheme and number:
            self.gathered.identifier(scheme, number, _country(part)[1])
        more = {
            name: part.get(name, "") for name in ("issuedBy", "issueDate", "validFrom", "validTo", "nameOnDocument")
        }
        more |= {name: "yes" for name in _FLAGS if part.get(name) in _YES}
        more |= {"latinNumber": part["latinNumber"]} if part.get("latinNumber", number) != number else {}
        notes = [f"{name} {value}" for name, value in more.items() if value]
        if notes or not scheme or not number:
            self.gathered.remark(said or typed or "Identification", _line(number, _country(part)[0], *notes))


def _country(part: Part) -> tuple[str, str]:
    """A country as printed, and its code; the file prints 00 and UNKNOWN for none."""
    code = part.get("countryIso2Code", "").strip()
    text = part.get("countryDescription", "").strip() or ("" if code == "00" else code)
    return ("" if text == "UNKNOWN" else text), alpha2(code)


def _box(part: Part) -> str:
    box = part.get("poBox", "").strip()
    return f"P.O. Box {box}" if box else ""


def _line(*parts: str | None) -> str:
    return ", ".join(text for part in parts if (text := tidy(part)))


def _birth_date(part: Part) -> str:
    """The date as far as it is known; `circa`, ranges and other calendars in words."""
    text = part.get("birthdate", "").strip() or _from_numbers(part)
    if (first := part.get("yearRangeFrom", "")) and not text:
        text = f"{first} to {part['yearRangeTo']}" if part.get("yearRangeTo") else f"from {first}"
    elif (last := part.get("yearRangeTo", "")) and not text:
        text = f"until {last}"
    if not text or text == "N/A":
        return ""
    calendar = part.get("calendarType", "GREGORIAN") or "GREGORIAN"
    text = text if calendar == "GREGORIAN" else f"{text} ({calendar.lower()} calendar)"
    return f"circa {text}" if part.get("circa") in _YES else text


def _from_numbers(part: Part) -> str:
    year, month, day = (part.get(name, "").strip() for name in ("year", "monthOfYear", "dayOfMonth"))
    if not year.isdigit():
        return ""
    known = [year.zfill(4)]
    if month.isdigit():
        known += [month.zfill(2)] + ([day.zfill(2)] if day.isdigit() else [])
    return "-".join(known)
