"""Subjects: whom a user asks about, and what is known beside the name.

A subject is built from cells, a text for each of the `COLUMNS`, whether they come from a file, a table or a program;
`query` gives the same cells back, and is what a decision records.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vacatur.errors import InputError
from vacatur.ledger.codec import canonical
from vacatur.match.checkdigits import CHECKS, valid_isin, valid_lei
from vacatur.match.identifiers import normal, plain
from vacatur.match.names import plain_name
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

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_EARLIEST_YEAR = 1800


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
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
        first, *others = self.names or ("",)
        several: dict[str, list[str]] = {
            "aliases": others, "country": list(self.countries), "address": list(self.addresses),
        }  # fmt: skip
        for scheme, value in self.identifiers:
            several.setdefault(scheme, []).append(value)
        cells: dict[str, str | list[str]] = {
            "key": self.key, "name": first, "kind": self.kind, "birth_date": self.birth_date, "gender": self.gender,
            "mic": self.mic, **{column: values[0] if len(values) == 1 else values
                                for column, values in several.items() if values},
        }  # fmt: skip
        return {column: cells[column] for column in COLUMNS if cells.get(column)}

    @property
    def content(self) -> str:
        """The content id of what is known of the subject; its row and the user's number for it are left out."""
        known = {column: value for column, value in self.query().items() if column != "key"}
        return hashlib.sha256(canonical(known).encode()).hexdigest()


def subject(cells: Cells, *, row: int = 0, where: str = "", latest: str = "") -> Subject:
    """The subject that cells describe.

    Args:
        cells: texts by column (see `COLUMNS`); several values as a sequence.
        row: its data row, counted from 1.
        where: file and row, for errors.
        latest: the last day on which anybody can have been born (ISO); empty for no bound.

    Raises `InputError` for what cannot be screened: an empty row, a failing check digit, an impossible date.
    """
    if unknown := cells.keys() - set(COLUMNS):
        raise InputError(f"no column {', '.join(sorted(unknown))}", where=where, fix=f"Use {', '.join(COLUMNS)}")
    text = {column: _one(cells.get(column, "")) for column in ("key", "name", "kind", "birth_date", "gender", "mic")}
    many = {column: _several(cells[column]) for column in SEVERAL if column in cells}
    name = (text["name"],) if text["name"] else ()
    made = Subject(
        row=row, key=text["key"], names=name + many.get("aliases", ()), kind=text["kind"].lower(),
        birth_date=text["birth_date"], gender=text["gender"].lower(), countries=many.get("country", ()),
        addresses=many.get("address", ()), mic=text["mic"].upper(),
        identifiers=tuple((scheme, value) for scheme in IDENTIFIERS for value in many.get(scheme, ())),
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
    """Subjects from a program's list, in its order: bare texts (what is a valid ISIN or LEI is taken as one, all else
    as a name), mappings of cells and `Subject`s. Raises `InputError` naming the row that is none of them, or that says
    nothing.
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
    scheme = "isin" if valid_isin(code) else "lei" if valid_lei(code) else "name"
    return {scheme: text if scheme == "name" else code}


def _one(value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        raise InputError(f"one text is wanted, not {type(value).__name__}", fix="Put further names into `aliases`")
    return value.strip()


def _several(value: str | Sequence[str]) -> tuple[str, ...]:
    values = (value,) if isinstance(value, str) else tuple(value)
    if not all(isinstance(one, str) for one in values):
        raise InputError("all values must be texts", fix="Convert them first")
    return tuple(text for one in values if (text := one.strip()))


def _check(made: Subject, where: str, latest: str) -> None:
    """Refuses what cannot be screened: what says nothing would come out clean, which is not a finding."""
    said = (*made.names, made.key, *made.countries, *made.addresses, *(value for _, value in made.identifiers))
    if any(map(_SURROGATE.search, said)):
        raise InputError("it holds bytes that were not Unicode", where=where, fix="Read it in its own encoding")
    if not any(map(plain_name, made.names)) and not any(normal(*one) for one in made.identifiers):
        raise InputError(
            "nothing to screen in this row", where=where, fix="Fill in a name or an identifier, or remove it"
        )
    for scheme, value in made.identifiers:
        check = CHECKS.get(scheme)
        if check is not None and not check(normal(scheme, value)):
            raise InputError(f"{value!r} is {_no(scheme)}", where=where, fix=f"Correct the {scheme.upper()}")
    if made.kind and made.kind not in PARTY_KINDS:
        raise InputError(f"kind {made.kind!r} is not known", where=where, fix=f"Use {', '.join(PARTY_KINDS)}")
    if made.birth_date:
        _check_date(made.birth_date, where, latest)


def _no(scheme: str) -> str:
    if scheme == "bic":
        return "not a BIC: it has another shape"
    article = "an" if scheme == "isin" else "a"
    return f"not {article} {scheme.upper()}: its check digit{'s fail' if scheme == 'lei' else ' fails'}"


def is_date(text: str) -> bool:
    """Whether a text is a date of birth that somebody can have: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    found = _DATE.match(text)
    try:
        return found is not None and date(*(int(part or 1) for part in found.groups())).year >= _EARLIEST_YEAR
    except ValueError:
        return False


def _check_date(text: str, where: str, latest: str) -> None:
    if not is_date(text) or (latest and text > latest):
        raise InputError(f"{text[:40]!r} cannot be a date of birth", where=where, fix="Write it as YYYY-MM-DD")
