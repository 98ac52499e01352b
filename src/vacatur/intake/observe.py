"""From all editions of a ledger to what the law is computed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from vacatur.ledger.history import History
from vacatur.ledger.observed import observed
from vacatur.match.identifiers import forms
from vacatur.model.act import Act
from vacatur.model.party import STRONG_SCHEMES, Link, Party
from vacatur.model.programme import Programme

LIST_SCHEMES = ("ofac", "un", "eu", "uk", "ofsi", "ca")
"""The numbers that lists give their own entries: whoever repeats one means the same party."""
MOST_LINKED = 50
"""Parties of one identifier that are linked; more of them share no identity but a mistake."""


def observe(histories: Iterable[History], programmes: Mapping[str, Programme], parties: Iterable[Party],
            acts: Iterable[Act]) -> tuple[list[Party], list[Act]]:  # fmt: skip
    """All parties, those of the book and those that editions add, linked by strong identifiers; and the acts added.

    A programme that several sources carry is taken from the one that carries the fewest: the list itself before a
    collection of lists. What is documented in the book takes the place of what is only observed.
    """
    held = list(histories)
    book, law = list(parties), list(acts)
    carried = {history.source: _programmes(history) for history in held}
    new_parties: list[Party] = []
    new_acts: list[Act] = []
    for history in held:
        nearer = [names for source, names in carried.items() if source != history.source
                  and (len(names), source) < (len(carried[history.source]), history.source)]  # fmt: skip
        found = observed(history, dict(programmes), frozenset().union(*nearer))
        new_parties += found.parties
        new_acts += found.acts
    same = _same(book, new_parties)
    documented = {act.target for act in law if act.is_designation}
    told = {act.id for act in new_acts if act.is_designation and _documented(act, same, documented)}
    new_acts = [act for act in new_acts if act.id not in told and act.target not in told]
    listed = {act.target.partition("@")[0] for act in new_acts if act.is_designation}
    known = listed | {party.id for party in book}
    every = (*book, *(party for party in new_parties if party.id in listed))
    return [_linked(party, same, known) for party in every], new_acts


def followed(histories: Iterable[History], programmes: Iterable[Programme], acts: Iterable[Act]) -> list[Programme]:
    """The programmes, followed as far as their editions are: before the first and after the last one nobody knows who
    was on the list, however well its rules are known. A list whose listings the book documents is followed as it says.
    """
    documented = {act.programme for act in acts if act.is_designation and act.grade != "observed"}
    bounds: dict[str, tuple[int, str, str]] = {}
    for history in histories:
        carried = _programmes(history)
        bound = (len(carried), history.editions[0][0], history.editions[-1][0])
        for name in carried:
            bounds[name] = min(bound, bounds.get(name, bound))
    return [
        replace(
            one, coverage="complete", followed_from=max(one.followed_from, bounds[one.id][1]),
            followed_until=min(one.followed_until, bounds[one.id][2]),
        ) if one.id in bounds and one.id not in documented else one
        for one in programmes
    ]  # fmt: skip


def _programmes(history: History) -> frozenset[str]:
    return frozenset(entry.programme for entry in history.wordings.values())


def _same(book: Iterable[Party], new: Iterable[Party]) -> dict[str, set[str]]:
    """Which parties carry an identifier that settles identity: by party, the others."""
    carriers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for party in (*book, *new):
        for one in (*party.identifiers, *(i for security in party.securities for i in security.identifiers)):
            if one.scheme.partition("-")[0] in STRONG_SCHEMES or one.scheme in LIST_SCHEMES:
                for form in forms(one.scheme, one.value):
                    carriers[one.scheme, form].add(party.id)
    same: dict[str, set[str]] = defaultdict(set)
    for together in carriers.values():
        if 1 < len(together) <= MOST_LINKED:
            for party_id in together:
                same[party_id] |= together - {party_id}
    return same


def _documented(act: Act, same: Mapping[str, set[str]], documented: set[str]) -> bool:
    party, _, programme = act.target.partition("@")
    return any(f"{one}@{programme}" in documented for one in same.get(party, ()))


def _linked(party: Party, same: Mapping[str, set[str]], known: set[str]) -> Party:
    stated = {link.to for link in party.links if link.kind == "same-as"}
    others = sorted(one for one in same.get(party.id, ()) if one in known and one not in stated)
    links = tuple(Link(kind="same-as", to=one, share="", since="", until="", source="identifier") for one in others)
    return replace(party, links=(*party.links, *links)) if links else party
