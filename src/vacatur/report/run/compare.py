"""Subject and party side by side: what each says, and whether that is the same, differs, or cannot be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vacatur.match.identifiers import forms
from vacatur.match.names import plain_name
from vacatur.match.score import beside
from vacatur.model.party import STRONG_SCHEMES, Party
from vacatur.report.given import several, values
from vacatur.report.html import Html, el
from vacatur.screen.found import Known, country, letter
from vacatur.screen.part import Query
from vacatur.screen.subject import IDENTIFIERS

SAME, DIFFERS, NOTHING = "same", "differs", "nothing to compare"
_SIGNS = {SAME: ("=", "mk"), DIFFERS: ("≠", "mk no"), NOTHING: ("·", "mk na")}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of both: `reading` is one of the three words, `how` says more where there is more to say."""

    name: str
    subject: tuple[str, ...]
    party: tuple[str, ...]
    reading: str
    how: str = ""


def fields(query: Query, hit: dict[str, Any], party: Party) -> list[Field]:
    """The fields of which at least one side says anything."""
    known = Known(party)
    others = [one.text for one in party.names if one.text != hit["name"]]
    found = [
        _name(values(query, "name"), hit["name"], others),
        _met("Also known as", values(query, "aliases"), others, plain_name),
        _kind(query, party),
        _countries(values(query, "country"), party, known),
        _birth(values(query, "birth_date"), _said(party, "birth-date"), known),
        _met("Gender", values(query, "gender"), _said(party, "gender"), letter),
        Field("Address", tuple(values(query, "address")), tuple(_said(party, "address")), NOTHING,
              "shown, not compared"),
        *_identifiers(query, party),
    ]  # fmt: skip
    return [one for one in found if one.subject or one.party]


def side_by_side(found: Sequence[Field]) -> Html:
    """The fields as a table that stays two columns on a phone."""
    head = el("tr", el("td"), *(el("th", name, scope="col") for name in ("Subject", "Party", "Reading")))
    return el("table", el("caption", "Subject and party side by side", class_="vh"), el("thead", head),
              el("tbody", *map(_row, found)), class_="cmp")  # fmt: skip


def _row(one: Field) -> Html:
    sign, kind = _SIGNS[one.reading]
    reading = el("span", el("span", sign, class_=kind, aria_hidden="true"), " ", one.how or one.reading)
    sides = (several(side) or el("span", "–", class_="qq") for side in (one.subject, one.party))
    return el("tr", el("th", one.name, scope="row"),
              *(el("td", el("span", cell), data_l=head)
                for head, cell in zip(("Subject", "Party", "Reading"), (*sides, reading), strict=True)))  # fmt: skip


def _met(name: str, ours: Sequence[str], theirs: Sequence[str], plainly: Callable[[str], str]) -> Field:
    """A field that is the same if any value of one side is one of the other's."""
    mine, other = ({one for value in side if (one := plainly(value))} for side in (ours, theirs))
    reading = NOTHING if not mine or not other else SAME if mine & other else DIFFERS
    return Field(name, tuple(ours), tuple(theirs), reading)


def _name(ours: Sequence[str], theirs: str, others: Sequence[str]) -> Field:
    field = _met("Name", ours, [theirs], plain_name)
    if field.reading == DIFFERS and _met("", ours, others, plain_name).reading == SAME:
        return Field("Name", field.subject, field.party, SAME, "same as another of its names")
    return field


def _kind(query: Query, party: Party) -> Field:
    theirs = [] if party.kind == "unknown" else [party.kind]
    ours = [kind for kind in values(query, "kind") if kind != "unknown"]
    return _met("Kind", ours, theirs, str)


def _countries(ours: Sequence[str], party: Party, known: Known) -> Field:
    theirs = [one for one in (party.country, *_said(party, "nationality"), *_said(party, "citizenship")) if one]
    mine = {code for one in ours if (code := country(one))}
    reading = NOTHING if not mine or not known.countries else SAME if mine & set(known.countries) else DIFFERS
    return Field("Country", tuple(ours), tuple(dict.fromkeys(theirs)), reading)


def _birth(ours: Sequence[str], theirs: Sequence[str], known: Known) -> Field:
    """Dates of birth: the pair that speaks least against the two being one."""
    if not ours or not known.birth_dates:
        return Field("Date of birth", tuple(ours), tuple(theirs), NOTHING)
    apart = [beside(None, (ours[0], one), None) for one in known.birth_dates]
    least = max(apart, key=lambda found: min((factor for _, factor in found), default=1000))
    return Field("Date of birth", tuple(ours), tuple(theirs), DIFFERS if least else SAME,
                 ", ".join(name for name, _ in least))  # fmt: skip


def _identifiers(query: Query, party: Party) -> Iterable[Field]:
    """Every scheme of the subject, and of the party's those that settle identity by themselves."""
    held: dict[str, list[str]] = {}
    for one in (*party.identifiers, *(known for security in party.securities for known in security.identifiers)):
        held.setdefault(one.scheme, []).append(one.value)
    for scheme in IDENTIFIERS:
        ours = values(query, scheme)
        theirs = list(dict.fromkeys(held.get(scheme, ())))
        if ours or (theirs and scheme in STRONG_SCHEMES):
            mine, other = ({form for value in side for form in forms(scheme, value)} for side in (ours, theirs))
            reading = NOTHING if not mine or not other else SAME if mine & other else DIFFERS
            yield Field(scheme.upper() if len(scheme) < 5 else scheme.capitalize(), tuple(ours), tuple(theirs), reading)


def _said(party: Party, kind: str) -> list[str]:
    return [one.value for one in party.particulars if one.kind == kind]
