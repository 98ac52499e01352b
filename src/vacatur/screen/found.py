"""Whom a subject may be: its identifiers first, then its names, lowered by what stands beside them.

Every factor is named and only ever lowers a score, so the search by names alone has lost nothing; an identifier that
is the same says all, whatever the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from vacatur.match.hits import NAME, Hit
from vacatur.match.identifiers import forms, normal
from vacatur.match.index import Index
from vacatur.match.score import Both, beside, compare
from vacatur.model.party import Party
from vacatur.screen.subject import Subject, is_date

UNIQUE = ("lei", "imo")
"""Schemes under which one party has one value: two that differ speak against each other."""


@dataclass(frozen=True, slots=True)
class Found:
    """A party that a subject may be.

    `evidence` names the identifier that matched, or `name` and what lowered its score; `explanation` says, a line each,
    which words met and with what weight, and adds up to the score.
    """

    party: str
    name: str
    score: float
    evidence: str
    explanation: tuple[str, ...]


Named = tuple[str, Hit]
"""A name of the subject, and a hit of it."""


class Known:
    """What lists print of a party beside its names, as it can be compared."""

    def __init__(self, party: Party) -> None:
        self.party = party

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Codes of the countries with which lists connect the party; an empty one for each that is only in words."""
        said = filter(None, (self.party.country, *self._said("nationality"), *self._said("citizenship")))
        return tuple(dict.fromkeys(map(country, said)))

    @cached_property
    def birth_dates(self) -> tuple[str, ...]:
        """The dates of birth; none where any of them is only in words ("circa 1962"), which could be any near it."""
        said = self._said("birth-date")
        return said if all(map(is_date, said)) else ()

    @cached_property
    def gender(self) -> str:
        """`m` or `f`, where lists agree."""
        said = {letter(text) for text in self._said("gender")}
        return said.pop() if len(said) == 1 else ""

    def _said(self, kind: str) -> tuple[str, ...]:
        return tuple(one.value for one in self.party.particulars if one.kind == kind)


class Finder:
    """Finds whom subjects may be, among the parties of one basis."""

    def __init__(self, index: Index, parties: Mapping[str, Party], threshold: float) -> None:
        self._index, self._parties, self._threshold = index, parties, threshold
        self._known: dict[str, Known] = {}

    def found(self, subject: Subject, named: Iterable[Named]) -> list[Found]:
        """The parties that a subject may be, best first, each once; `named` are the hits of its names."""
        identified = self._identified(subject)
        best: dict[str, Named] = {}
        for name, hit in sorted(named, key=lambda one: -one[1].score):
            best.setdefault(hit.id, (name, hit))
        compared = [self._compared(subject, *one) for party, one in best.items() if party not in identified]
        both = [*identified.values(), *(one for one in compared if one.score >= self._threshold)]
        return sorted(both, key=lambda one: (-one.score, one.evidence.startswith(NAME), one.party))

    def _identified(self, subject: Subject) -> dict[str, Found]:
        held: dict[str, Found] = {}
        for scheme, value in subject.identifiers:
            for one in self._index.find(scheme, value):
                party = self._parties[one]
                if scheme != "ticker" or not subject.mic or trades_at(party, value, subject.mic):
                    held.setdefault(one, Found(one, party.name, 1.0, f"{scheme} {value}", ()))
        return held

    def _compared(self, subject: Subject, name: str, hit: Hit) -> Found:
        known = self._known.get(hit.id) or self._known.setdefault(hit.id, Known(self._parties[hit.id]))
        made = compare(
            name, hit.name, kind=hit.kind,
            country=_kindest(tuple(map(country, subject.countries)), known.countries),
            birth_date=_nearest(subject.birth_date, known.birth_dates),
            gender=(letter(subject.gender), known.gender),
            identifier=_differing(subject, known.party),
        )  # fmt: skip
        evidence = ", ".join((NAME, *(factor for factor, _ in made.evidence)))
        return Found(hit.id, hit.name, made.score, evidence, tuple(made.explain().splitlines()))


def country(given: str) -> str:
    """A country's code (ISO 3166, two letters); what is written in another way is not compared, and says nothing."""
    code = given.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def letter(gender: str) -> str:
    """`m` or `f`; empty for anything else."""
    first = gender.strip().lower()[:1]
    return first if first in ("m", "f") else ""


def trades_at(party: Party, ticker: str, mic: str) -> bool:
    """Whether a party has a security of this ticker at a market, or at one that is not known."""
    wanted = set(forms("ticker", ticker))
    venues = [("", one) for one in party.identifiers]  # what is printed without a security is of no known market
    venues += [(security.venue, one) for security in party.securities for one in security.identifiers]
    return any(
        venue in ("", mic) and one.scheme == "ticker" and wanted & set(forms("ticker", one.value))
        for venue, one in venues
    )


def _kindest(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Both | None:
    """Countries that are the same if any are, else the first of each; nothing where a side is not understood."""
    if same := next((code for code in ours if code and code in theirs), ""):
        return same, same
    return (ours[0], theirs[0]) if ours and theirs and all((*ours, *theirs)) else None


def _nearest(ours: str, theirs: tuple[str, ...]) -> Both | None:
    """The pair of dates that speaks least against the two being one."""
    pairs: list[Both] = list(product((ours,), theirs)) if ours else []
    return min(pairs, key=lambda pair: -_weight(pair), default=None)


def _weight(dates: Both) -> int:
    return min((factor for _, factor in beside(None, dates, None)), default=1000)


def _differing(subject: Subject, party: Party) -> Both | None:
    """Values of a scheme that knows one for each party, where the two have none in common."""
    for scheme in UNIQUE:
        ours = {normal(scheme, value) for of, value in subject.identifiers if of == scheme}
        theirs = {normal(scheme, one.value) for one in party.identifiers if one.scheme == scheme}
        if ours and theirs and not ours & theirs:
            return min(ours), min(theirs)
    return None
