"""Whom a difference between two views of the law can touch: only their answers need to be found again.

What is seen of the acts, the programmes and the parties is compared record by record; a change is followed to whatever
rests on it, up to the listings on which it works, to every party of a programme if it works on a rule, and along the
links by which a listing reaches others. Whoever is not named here has the same answer in both views, as long as the
moment of the conduct lies between the same two turns (see `law.answer.lasting`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from vacatur.law.corpus import Docket
from vacatur.law.formula import acts_in
from vacatur.model.act import Act
from vacatur.model.kinds import Op
from vacatur.model.party import REACHING
from vacatur.model.programme import Programme, Rule

Ties = dict[str, set[str]]
"""What rests on a node (an act, a rule, a programme or a dispute): the nodes whose state depends on it."""


@dataclass(frozen=True, slots=True)
class Touched:
    """`described`: parties that are new, gone or described otherwise; `law`: parties whose answers may differ."""

    described: frozenset[str]
    law: frozenset[str]


def touched(old: Docket, new: Docket) -> Touched:
    """The parties that the difference between two views can touch."""
    described = frozenset(_different(old.corpus.parties, new.corpus.parties))
    regimes = set(_different(_rules(old), _rules(new)))
    changed = {*_different(_visible(old), _visible(new)), *_of_the_hour(old, new), *_of_programmes(regimes, old, new)}
    nodes = _with_dependents(changed, old, new)
    reached = set(described)
    for docket in (old, new):
        regimes |= {name for node in nodes if (name := node.partition("#")[0]) in docket.corpus.programmes}
        listings = [act for node in nodes if (act := docket.get(node)) is not None and act.is_designation]
        reached |= {act.target.partition("@")[0] for act in listings}
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


def _of_the_hour(old: Docket, new: Docket) -> Iterator[str]:
    """The acts that may say something else although both views see them alike, because the legal order is asked at
    another moment: those of which it is not sure that they had been issued by then, and annulments that may not have
    worked yet, and then undo everything.
    """
    if old.view.law_at == new.view.law_at:
        return
    for docket in (old, new):
        for act in docket.acts():
            moves = act.effective is not None or act.until is not None or docket.on(act.id)
            if act.issued.latest > docket.view.law_at or (act.what.op is Op.ANNUL and moves):
                yield act.id


def _of_programmes(changed: Iterable[str], old: Docket, new: Docket) -> Iterator[str]:
    """What rests on programmes that changed, wherever it stands: their open points, and, in another zone, their acts,
    which may work on a listing of another programme.
    """
    for name in changed:
        both = [docket.corpus.programmes.get(name) for docket in (old, new)]
        yield from (dispute.id for one in both if one is not None for dispute in one.disputes)
        if len({one.zone for one in both if one is not None}) > 1:
            yield from (act.id for docket in (old, new) for act in docket.acts() if act.programme == name)


def _with_dependents(changed: Iterable[str], old: Docket, new: Docket) -> set[str]:
    """The nodes that changed, with all that rests on them, however indirectly."""
    ties: Ties = defaultdict(set)
    for docket in (old, new):
        _tie(docket, ties)
    found = set(changed)
    ahead = list(found)
    while ahead:
        node = ahead.pop()
        acts = [act for docket in (old, new) if (act := docket.get(node)) is not None]
        resting = ties.get(node, set()).union(*map(_works_on, acts))
        ahead += resting - found
        found |= resting
    return found


def _works_on(act: Act) -> set[str]:
    """What an act works on: its target, unless it is a listing, and the open point that it settles or raises."""
    settled = set() if act.settles is None else {_dispute(act.settles)}
    return settled if act.is_designation else {act.target, *settled}


def _tie(docket: Docket, ties: Ties) -> None:
    """Notes who rests on what: by formula, on a reading, or, for rules, by beginning and ending with an act."""
    for act in docket.acts():
        for name in acts_in((act.effective, act.until, act.starts)):
            ties[name].add(act.id)
        if act.reading is not None:
            ties[_dispute(act.reading)].add(act.id)
        if act.settles is not None and _dispute(act.settles).endswith("?"):
            ties[_dispute(act.settles)].add(_dispute(act.settles)[:-1])  # the point that this act raises by itself
    for programme in docket.corpus.programmes.values():
        for rule in programme.rules:
            for name in _under(rule):
                ties[name].add(programme.id)


def _under(rule: Rule) -> Iterator[str]:
    """The acts and the open point on which a rule rests."""
    yield from (name for name in (rule.since, rule.until) if name is not None)
    yield from acts_in((rule.starts, rule.ends, *(carveout.until for carveout in rule.unless)))
    if rule.reading is not None:
        yield _dispute(rule.reading)


def _dispute(reading: str) -> str:
    return reading.partition("#")[0]


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
