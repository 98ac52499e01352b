"""Whose security it is: by an identifier exactly, by a name possibly, and never one for the other.

A security's identifier settles its issuer; so does a ticker together with its market. A name, or a ticker alone, makes
a party *possible*. An equal name (and a ticker alone) is taken for the issuer where no identifier says better, and is
marked; a name that only comes near decides nothing, and is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vacatur.law.corpus import Corpus
from vacatur.match.hits import Hit
from vacatur.match.identifiers import forms
from vacatur.match.index import Index
from vacatur.model.party import Party
from vacatur.screen.found import Finder, Found, Named
from vacatur.screen.portfolio.position import Position

KIND = "organisation"
"""Issuers are organisations: names of persons and ships are not looked among."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """A party that may have issued the security; `records` are all its records, the one that was found first.

    `name` is the party's, `matched` the one of its names that met the position's; `evidence` is the identifier, or
    `name` and what lowered its score. `certain`: an identifier says so.
    """

    party: str
    records: tuple[str, ...]
    name: str
    matched: str
    score: float
    evidence: str
    certain: bool

    @property
    def near(self) -> bool:
        """Whether only a name that comes near speaks for it."""
        return not self.certain and self.score < 1


Issuers = tuple[Issuer, ...]


def issuers(positions: Sequence[Position], index: Index, corpus: Corpus, threshold: float) -> list[Issuers]:
    """For each position the parties that may be its issuer, best first, linked records as one."""
    finder = Finder(index, corpus.parties, threshold)
    named = _named(positions, index, threshold)
    return [_merged(position, finder.found(position.subject, named.get(place, ())), corpus)
            for place, position in enumerate(positions)]  # fmt: skip


def deciding(found: Iterable[Issuer]) -> Issuers:
    """Those whose law is the position's: the certain ones, else those of an equal name or ticker, else nobody."""
    known = tuple(found)
    return tuple(one for one in known if one.certain) or tuple(one for one in known if not one.near)


def _named(positions: Sequence[Position], index: Index, threshold: float) -> Mapping[int, list[Named]]:
    asked = [(place, name) for place, one in enumerate(positions) for name in one.subject.names]
    hits: list[list[Hit]] = index.search_each([name for _, name in asked], threshold, kind=KIND) if asked else []
    found: dict[int, list[Named]] = {}
    for (place, name), those in zip(asked, hits, strict=True):
        found.setdefault(place, []).extend((name, hit) for hit in those)
    return found


def _merged(position: Position, found: Iterable[Found], corpus: Corpus) -> Issuers:
    """One issuer for all records of a party: a certain one speaks for them, else the best."""
    made: dict[frozenset[str], Issuer] = {}
    for one in found:
        records = (one.party, *corpus.same_as(one.party))
        party = corpus.parties[one.party]
        certain = _certain(position, one, party)
        issuer = Issuer(one.party, records, party.name, one.name, one.score, one.evidence, certain)
        known = made.get(frozenset(records))
        if known is None or (certain and not known.certain):
            made[frozenset(records)] = issuer
    return tuple(sorted(made.values(), key=lambda one: (not one.certain, -one.score, one.party)))


def _certain(position: Position, found: Found, party: Party) -> bool:
    """Whether an identifier that means one security or issuer says so: a ticker does, at its market."""
    scheme, _, value = found.evidence.partition(" ")
    if scheme == "name" or found.evidence.startswith("name,"):
        return False
    if scheme != "ticker":
        return True
    wanted, mic = set(forms("ticker", value)), position.subject.mic
    return bool(mic) and any(
        one.scheme == "ticker" and wanted & set(forms("ticker", one.value))
        for security in party.securities if security.venue == mic for one in security.identifiers
    )  # fmt: skip
