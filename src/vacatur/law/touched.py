"""Whom a difference between two views of the law can touch: only their answers need to be found again.

What is seen of the acts, the programmes and the parties is compared record by record; a change is followed to the
listings on which it works, to every party of a programme if it works on a rule, and along the links by which a listing
reaches others. Whoever is not named here has the same answer in both views, as long as the moment of the conduct lies
between the same two turns (see `law.answer.lasting`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from vacatur.law.corpus import Docket
from vacatur.model.act import Act
from vacatur.model.party import REACHING
from vacatur.model.programme import Programme


@dataclass(frozen=True, slots=True)
class Touched:
    """`described`: parties that are new, gone or described otherwise; `law`: parties whose answers may differ."""

    described: frozenset[str]
    law: frozenset[str]


def touched(old: Docket, new: Docket) -> Touched:
    """The parties that the difference between two views can touch."""
    described = frozenset(_different(old.corpus.parties, new.corpus.parties))
    acts = _with_dependents(set(_different(_visible(old), _visible(new))), old, new)
    reached = set(described)
    regimes = set(_different(_rules(old), _rules(new)))
    for act in acts:
        for docket in (old, new):
            parties, programmes = _roots(docket, act)
            reached |= parties
            regimes |= programmes
    for docket in (old, new):
        reached |= {party for party in docket.listed_parties() if regimes and _listed_in(docket, party, regimes)}
    return Touched(described, frozenset(_along_links(reached, old, new)))


def _different(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    """The ids of records that are not the same on both sides."""
    yield from (name for name, record in old.items() if name not in new or new[name] != record)
    yield from (name for name in new if name not in old)


def _visible(docket: Docket) -> dict[str, object]:
    return {act.id: act for act in docket.acts()}


def _rules(docket: Docket) -> dict[str, object]:
    """The programmes as far as answers depend on them: until when they were followed only warns."""
    return {name: _plain(programme) for name, programme in docket.corpus.programmes.items()}


def _plain(programme: Programme) -> Programme:
    return replace(programme, rev=0, followed_until="", remark="", title="", short="", sources=())


def _with_dependents(changed: set[str], old: Docket, new: Docket) -> set[str]:
    """The changed acts with those whose formulas name them."""
    found = set(changed)
    while True:
        more = {act.id for docket in (old, new) for act in docket.acts() if act.id not in found and _names(act, found)}
        if not more:
            return found
        found |= more


def _names(act: Act, changed: set[str]) -> bool:
    formulas = [formula for formula in (act.effective, act.until, act.starts) if formula is not None and "/" in formula]
    return any(one in formula for formula in formulas for one in changed)


def _roots(docket: Docket, act_id: str) -> tuple[set[str], set[str]]:
    """The parties whose listings an act works on, however indirectly, or the programmes, if it works on their rules."""
    node, seen = act_id, set[str]()
    while node not in seen:
        seen.add(node)
        act = docket.get(node)
        if act is None:
            programme = node.partition("#")[0]
            return (set(), {programme}) if programme in docket.corpus.programmes else (set(), set())
        if act.is_designation:
            return {act.target.partition("@")[0]}, set()
        if _readings(act) or _behind_rules(docket, act):
            return set(act.concerns), {act.programme, *(one.partition("/")[0] for one in _readings(act))}
        node = act.target
    return set(), set()


def _readings(act: Act) -> list[str]:
    return [one for one in (act.settles, act.reading) if one is not None]


def _behind_rules(docket: Docket, act: Act) -> bool:
    """Whether any rule rests on the act: begins or ends with it, or names it in a formula."""
    for programme in docket.corpus.programmes.values():
        for rule in programme.rules:
            if act.id in (rule.since, rule.until) or act.id in rule.starts or (rule.ends and act.id in rule.ends):
                return True
    return False


def _listed_in(docket: Docket, party: str, regimes: set[str]) -> bool:
    return any(act.programme in regimes for act in docket.own_listings(party))


def _along_links(parties: Iterable[str], old: Docket, new: Docket) -> set[str]:
    """The parties with all that can be reached from them, and all records linked as the same."""
    below: dict[str, set[str]] = defaultdict(set)
    for docket in (old, new):
        for party in docket.corpus.parties.values():
            for link in party.links:
                if link.kind in REACHING or link.kind == "same-as":
                    below[link.to].add(party.id)
                if link.kind == "same-as":
                    below[party.id].add(link.to)
    found, ahead = set(parties), list(parties)
    while ahead:
        for other in below.get(ahead.pop(), ()):
            if other not in found:
                found.add(other)
                ahead.append(other)
    return found
