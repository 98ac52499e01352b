"""Whom a subject may be: its identifiers first, then its name, lowered by what stands beside the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vacatur.match.hits import NAME, Hit
from vacatur.match.index import Index
from vacatur.match.score import compare
from vacatur.model.party import Party
from vacatur.screen.subject import IDENTIFIERS, Subject


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


def found(
    subject: Subject, named: Iterable[Hit], index: Index, parties: Mapping[str, Party], threshold: float
) -> list[Found]:
    """The parties that a subject may be, best first, each once; `named` are the hits of its name, best first."""
    known = _identified(subject, index, parties)
    best: dict[str, Hit] = {}
    for hit in named:
        best.setdefault(hit.id, hit)
    compared = [_compared(subject, hit, parties[hit.id]) for hit in best.values() if hit.id not in known]
    both = [*known.values(), *(one for one in compared if one.score >= threshold)]
    return sorted(both, key=lambda one: (-one.score, one.evidence.startswith(NAME), one.party))


def _identified(subject: Subject, index: Index, parties: Mapping[str, Party]) -> dict[str, Found]:
    held: dict[str, Found] = {}
    for scheme in IDENTIFIERS:
        value = getattr(subject, scheme)
        for party in index.find(scheme, value) if value else ():
            held.setdefault(party, Found(party, parties[party].name, 1.0, f"{scheme} {value}", ()))
    return held


def _compared(subject: Subject, hit: Hit, party: Party) -> Found:
    """A hit on a name with what is known beside it: factors only lower a score, so the search has lost nothing."""
    countries = (_country(subject.country), _country(party.country))
    made = compare(subject.name, hit.name, kind=hit.kind, country=countries)
    evidence = ", ".join((NAME, *(name for name, _ in made.evidence)))
    return Found(party.id, hit.name, made.score, evidence, tuple(made.explain().splitlines()))


def _country(given: str) -> str:
    """A country's code (ISO 3166, two letters); what is written in another way is not compared, and says nothing."""
    code = given.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""
