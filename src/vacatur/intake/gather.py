"""An entry while it is gathered: lists spread one party over many rows, and say the same thing in several of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from vacatur.model.listed import Listed
from vacatur.model.party import PARTICULARS, Identifier, Name, Particular, Security

_SCRIPTS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "BOPOMOFO": "Hani", "CJK": "Hani", "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "GREEK": "Grek", "GUJARATI": "Gujr",
    "GURMUKHI": "Guru", "HANGUL": "Hang", "HEBREW": "Hebr", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "KHMER": "Khmr",
    "LAO": "Laoo", "LATIN": "Latn", "MONGOLIAN": "Mong", "MYANMAR": "Mymr", "SINHALA": "Sinh", "SYRIAC": "Syrc",
    "TAMIL": "Taml", "TELUGU": "Telu", "THAANA": "Thaa", "THAI": "Thai", "TIBETAN": "Tibt",
}  # fmt: skip
_ISO = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T|Z|[+-]\d\d:\d\d|\Z)")
_DAY = re.compile(r"(\d{1,2})[/ .-](\d{1,2}|[A-Za-z]{3,9})[/ .-](\d{4})\Z")
_BORN = re.compile(r"(\d\d|dd)[/-](\d\d|mm)[/-](\d{4}|yyyy)\Z")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STATED = ("listed", "effective", "divest", "changed")


@lru_cache(maxsize=65536)
def script_of(text: str) -> str:
    """The ISO 15924 code of the script in which most letters of a text are written; Latn when it has no letters."""
    if text.isascii():
        return "Latn"
    first = (unicodedata.name(sign, "").partition(" ")[0] for sign in text if sign.isalpha())
    found = Counter(_SCRIPTS[word] for word in first if word in _SCRIPTS)
    # Japanese mixes its own syllables with Chinese characters: the syllables tell.
    return "Jpan" if found["Jpan"] else found.most_common(1)[0][0] if found else "Latn"


def tidy(text: str | None) -> str:
    """A printed text with its outer white space cut and its inner white space as single spaces."""
    return " ".join((text or "").split())


class Gathered:
    """One entry's parts in the order in which they come; what is said twice is kept once."""

    def __init__(self, source: str, key: str) -> None:
        self.source, self.key = source, key
        self.kind, self.country = "unknown", ""
        self._names: dict[tuple[str, str], str] = {}
        self._identifiers: dict[Identifier, None] = {}
        self._securities: dict[str, Security] = {}
        self._particulars: dict[Particular, None] = {}
        self._stated: dict[str, set[str]] = {}
        self.raw: list[tuple[str, tuple[str, ...]]] = []

    def name(self, text: str | None, kind: str, script: str = "") -> None:
        """A name; one in another script than Latin is a native one, unless it is weak or former."""
        if text := tidy(text):
            script = script or script_of(text)
            if kind == "alias" and script != "Latn":
                kind = "native"
            self._names.setdefault((text, script), kind)

    def promote(self, text: str) -> None:
        """Makes a name that was gathered the primary one."""
        for at in self._names:
            if at[0] == text:
                self._names[at] = "primary"
                return

    def identifier(self, scheme: str, value: str | None, country: str = "") -> None:
        """An identifier, as printed."""
        if value := tidy(value):
            self._identifiers[Identifier(scheme=scheme, value=value, country=country, source=self.source)] = None

    def security(self, security: Security) -> None:
        """A security that the party has issued."""
        self._securities.setdefault(security.id, security)

    def particular(self, kind: str, value: str | None) -> None:
        """Something else that is printed of the party."""
        assert kind in PARTICULARS, kind
        if value := (value or "").strip():
            self._particulars[Particular(kind=kind, value=value, source=self.source)] = None

    def remark(self, label: str, value: str | None) -> None:
        """What no field takes, under the list's own label."""
        if value := (value or "").strip():
            self.particular("remark", f"{label}: {value}" if label else value)

    def state(self, name: str, iso: str) -> None:
        """A date that the entry prints; when it prints several under one name, none of them is the date."""
        if iso:
            self._stated.setdefault(name, set()).add(iso)

    def stated(self, name: str) -> frozenset[str]:
        """The dates printed under this name."""
        return frozenset(self._stated.get(name, ()))

    def listed(self, programme: str) -> Listed:
        """The entry; an entry for which no name is printed is known by its key."""
        return Listed(
            key=self.key, programme=programme, kind=self.kind, country=self.country, names=self._ranked(),
            identifiers=tuple(self._identifiers), securities=tuple(self._securities.values()),
            particulars=tuple(self._particulars), raw=tuple(self.raw),
            stated=tuple((name, date) for name in _STATED if (date := only(self._stated.get(name, ())))),
        )  # fmt: skip

    def _ranked(self) -> tuple[Name, ...]:
        names = [Name(text=t, kind=k, script=s, source=self.source) for (t, s), k in self._names.items()]
        if not names:
            return (Name(text=self.key, kind="primary", script="Latn", source=self.source),)
        first = next((name for name in names if name.kind == "primary"), names[0])
        rest = (name for name in names if name is not first)
        return (_as(first, "primary"), *(_as(name, "alias") if name.kind == "primary" else name for name in rest))


def _as(name: Name, kind: str) -> Name:
    return Name(text=name.text, kind=kind, script=name.script, source=name.source)


def only(values: Iterable[str]) -> str:
    """The one value that is said, if only one is."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def iso(printed: str | None) -> str:
    """A day as lists print it (`2018-04-13`, `13/04/2018`, `13-Apr-2018`, `13-04-2018`) as an ISO date, else empty."""
    text = (printed or "").strip()
    if _ISO.match(text):
        return text[:10]
    if not (found := _DAY.match(text)):
        return ""
    day, month, year = found.groups()
    number = (
        _MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in _MONTHS else int(month) if month.isdigit() else 0
    )
    return f"{year}-{number:02}-{int(day):02}" if 1 <= number <= 12 and 1 <= int(day) <= 31 else ""


def born(printed: str | None) -> str:
    """A date of birth as far as it is known: `13/04/1970`, `00/04/1970`, `dd/mm/1970`; anything else as printed."""
    text = (printed or "").strip()
    if not (found := _BORN.match(text)):
        return iso(text) or text
    day, month, year = ("" if part.strip("0dmy") == "" else part for part in found.groups())
    if not year or (month and int(month) > 12) or (day and int(day) > 31):
        return text
    known = [year, month, day] if month and day else [year, month] if month else [year]
    return "-".join(known)
