"""Subjects: whom a user asks about, and what is known beside the name.

A subject is built from cells, a text for each of the `COLUMNS`, whether they come from a file, a table or a program;
`query` gives the same cells back, and is what a decision records.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from vacatur.errors import InputError
from vacatur.ledger.codec import canonical
from vacatur.match.checkdigits import CHECKS, valid_isin, valid_lei
from vacatur.match.countries import alpha2_or_given
from vacatur.match.identifiers import normal, plain
from vacatur.match.names import says_anything
from vacatur.model.party import PARTY_KINDS

IDENTIFIERS = (
    "isin", "ticker", "lei", "figi", "cusip", "imo", "bic", "cik", "uscc", "reg", "passport", "tax", "wallet",
)  # fmt: skip
"""Schemes of identifiers that a subject may carry, in the order in which they are looked up."""

COLUMNS = ("key", "name", "aliases", "kind", "birth_date", "gender", "country", "address", "mic", *IDENTIFIERS)
"""What a subject may say of itself; `key` is the user's own number for it, `mic` the market of its ticker."""

SEVERAL = frozenset({"aliases", "country", "address", *IDENTIFIERS})
"""Columns that may hold several values."""

Cells = Mapping[str, str | Sequence[str]]
"""Texts by column."""

_SINGLE = frozenset(COLUMNS) - SEVERAL
_SCHEMES = frozenset(IDENTIFIERS)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_EARLIEST_YEAR = 1800
# A gender in another word than the lists' would count as another gender: what is not understood is not known.
_GENDERS = {
    "m": "male", "male": "male", "man": "male", "f": "female", "female": "female", "woman": "female",
}  # fmt: skip


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One subject; `row` counts data rows from 1. What is empty is not known.

    `birth_date` is `YYYY[-MM[-DD]]`; `countries` are ISO 3166 codes where they could be understood, else as given;
    `identifiers` are pairs of scheme and value, as given.
    """

    row: int
    key: str
    names: tuple[str, ...]
    kind: str
    birth_date: str
    gender: str
    countries: tuple[str, ...]
    addresses: tuple[str, ...]
    mic: str
    identifiers: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The first name; empty for a subject known by its identifiers alone."""
        return self.names[0] if self.names else ""

    def query(self) -> dict[str, str | list[str]]:
        """What is known of the subject, by column: a text, or a list where there are several."""
        known: dict[str, str | list[str]] = {"key": self.key, "name": self.name}
        if len(self.names) > 1:
            known["aliases"] = _together(self.names[1:])
        known |= {"kind": self.kind, "birth_date": self.birth_date, "gender": self.gender}
        if self.countries:
            known["country"] = _together(self.countries)
        if self.addresses:
            known["address"] = _together(self.addresses)
        known["mic"] = self.mic
        for scheme in dict.fromkeys(scheme for scheme, _ in self.identifiers) if self.identifiers else ():
            known[scheme] = _together(tuple(value for of, value in self.identifiers if of == scheme))
        return {column: value for column, value in known.items() if value}

    @property
    def content(self) -> str:
        """The content id of what is known of the subject, the user's number for it too: two of one name are two."""
        return hashlib.sha256(canonical(self.query()).encode()).hexdigest()


def _together(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def subject(cells: Cells, *, row: int = 0, where: str = "", latest: str = "") -> Subject:
    """The subject that cells describe.

    Args:
        cells: texts by column (see `COLUMNS`); several values as a sequence.
        row: its data row, counted from 1.
        where: file and row, for errors.
        latest: the last day on which anybody can have been born (ISO); empty for no bound.

    Raises `InputError` for what cannot be screened: an empty row, a failing check digit, an impossible date.
    """
    text: dict[str, str] = {}
    many: dict[str, tuple[str, ...]] = {}
    for column, value in cells.items():
        if column in SEVERAL:
            many[column] = _several(value, where)
        elif column in _SINGLE:
            text[column] = value.strip() if isinstance(value, str) else _refuse(value, where)
        else:
            raise InputError(f"no column {column}", where=where, fix=f"Use {', '.join(COLUMNS)}")
    return stated(text, many, row=row, where=where, latest=latest)


def stated(one: dict[str, str], several: dict[str, tuple[str, ...]], *, row: int, where: str, latest: str) -> Subject:
    """The subject of texts that are trimmed, and of which none among several is empty: what `subject` makes of cells,
    for those who read millions of them. Raises what `subject` raises.
    """
    text, values = one.get, several.get
    name, others = text("name", ""), values("aliases", ())
    schemes = () if _SCHEMES.isdisjoint(several) else [scheme for scheme in IDENTIFIERS if scheme in several]
    made = Subject(
        row=row, key=text("key", ""), names=(name, *others) if name else others, kind=text("kind", "").lower(),
        birth_date=text("birth_date", ""), gender=_GENDERS.get(text("gender", "").lower(), ""),
        countries=tuple(dict.fromkeys(map(alpha2_or_given, several["country"]))) if "country" in several else (),
        addresses=values("address", ()), mic=text("mic", "").upper(),
        identifiers=tuple([(scheme, value) for scheme in schemes for value in several[scheme]]) if schemes else (),
    )  # fmt: skip
    _check(made, where, latest)
    return made


def known_subject(query: Cells, row: int) -> Subject:
    """The subject of a query that was recorded: it was checked then, and is not checked again."""
    names = (query["name"],) if "name" in query else ()
    return Subject(
        row=row, key=_text(query, "key"), names=(*map(str, names), *_texts(query, "aliases")),
        kind=_text(query, "kind"), birth_date=_text(query, "birth_date"), gender=_text(query, "gender"),
        countries=_texts(query, "country"), addresses=_texts(query, "address"), mic=_text(query, "mic"),
        identifiers=tuple((scheme, value) for scheme in IDENTIFIERS if scheme in query
                          for value in _texts(query, scheme)),
    )  # fmt: skip


def _text(query: Cells, column: str) -> str:
    value = query.get(column, "")
    return value if isinstance(value, str) else ""


def _texts(query: Cells, column: str) -> tuple[str, ...]:
    value = query.get(column, ())
    return ((value,) if value else ()) if isinstance(value, str) else tuple(value)


def from_list(given: Iterable[object]) -> list[Subject]:
    """Subjects from a program's list, in its order: bare texts (what is a valid ISIN or LEI is taken as one, what is
    one only without its spaces as a name too, all else as a name), mappings of cells and `Subject`s. Raises
    `InputError` naming the row that is none of them, or that says nothing.
    """
    return [_given(row, one) for row, one in enumerate(given, start=1)]


def _given(row: int, one: object) -> Subject:
    where = f"row {row}"
    if isinstance(one, str):
        return subject(_from_text(one), row=row, where=where)
    if isinstance(one, Mapping):
        return subject(one, row=row, where=where)
    if isinstance(one, Subject):
        return subject(one.query(), row=row, where=where)  # in the form in which it is recorded and screened again
    raise InputError(f"{type(one).__name__} cannot be screened", where=where, fix="Give texts, mappings or Subjects")


def _from_text(text: str) -> Cells:
    code = plain(text)
    scheme = "isin" if valid_isin(code) else "lei" if valid_lei(code) else ""
    if not scheme:
        return {"name": text}
    # One in ten names of twelve letters and digits, the last a digit, is an ISIN without its spaces: it is both.
    return {scheme: code} if code == text.strip().upper() else {scheme: code, "name": text}


def _refuse(value: object, where: str) -> str:
    raise InputError(
        f"one text is wanted, not {type(value).__name__}", where=where, fix="Put further names into `aliases`"
    )


def _several(value: str | Sequence[str], where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        text = value.strip()
        return (text,) if text else ()
    if not all(isinstance(one, str) for one in value):
        raise InputError("all values must be texts", where=where, fix="Convert them first")
    return tuple(text for one in value if (text := one.strip()))


def _check(made: Subject, where: str, latest: str) -> None:
    """Refuses what cannot be screened: what says nothing would come out clean, which is not a finding."""
    said = False
    for name in made.names:
        plainly = name.isascii()
        if not plainly and _SURROGATE.search(name):
            raise _not_unicode(where)
        said = said or (plainly and name[:1].isalnum()) or says_anything(name)
    for text in (made.key, *made.countries, *made.addresses):
        if not text.isascii() and _SURROGATE.search(text):
            raise _not_unicode(where)
    if not said and not any(normal(*one) for one in made.identifiers):
        raise InputError(
            "nothing to screen in this row", where=where, fix="Fill in a name or an identifier, or remove it"
        )
    for scheme, value in made.identifiers:
        check = CHECKS.get(scheme)
        if check is not None and not check(normal(scheme, value)):
            raise InputError(f"{value[:100]!r} is {_no(scheme)}", where=where, fix=f"Correct the {scheme.upper()}")
    if made.kind and made.kind not in PARTY_KINDS:
        raise InputError(f"kind {made.kind[:40]!r} is not known", where=where, fix=f"Use {', '.join(PARTY_KINDS)}")
    born = made.birth_date
    if born and (len(born) > len("YYYY-MM-DD") or not is_date(born) or (latest and born > latest)):
        raise InputError(f"{born[:40]!r} cannot be a date of birth", where=where, fix="Write it as YYYY-MM-DD")


def _not_unicode(where: str) -> InputError:
    return InputError("it holds bytes that were not Unicode", where=where, fix="Read it in its own encoding")


def _no(scheme: str) -> str:
    if scheme == "bic":
        return "not a BIC: it has another shape"
    article = "an" if scheme in ("isin", "imo") else "a"
    return f"not {article} {scheme.upper()}: its check digit{'s fail' if scheme == 'lei' else ' fails'}"


@lru_cache(maxsize=65536)
def is_date(text: str) -> bool:
    """Whether a text is a date of birth that somebody can have: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    found = _DATE.match(text)
    try:
        return found is not None and date(*(int(part or 1) for part in found.groups())).year >= _EARLIEST_YEAR
    except ValueError:
        return False
