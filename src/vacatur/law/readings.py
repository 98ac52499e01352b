"""Open points of law, read every way at once.

Where authorities left a point open, the law is folded once for each combination of readings. What all of them say is
the answer; where they differ the answer is *disputed* and every reading is kept. A point that an act has settled, seen
from the view, is read that one way, for the past too.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from vacatur.errors import LawError
from vacatur.law.corpus import Docket, own_dispute
from vacatur.law.fold import Readings
from vacatur.model.act import Act
from vacatur.model.party import REACHING
from vacatur.model.programme import Dispute, Programme

MOST_OPEN = 8
"""Open disputes that may meet in one question: each doubles the work, and no real listing comes near."""


def bearing(docket: Docket, party: str, programme: Programme) -> list[str]:
    """The disputes that can bear on a party under a programme: of its rules, and of the acts behind its listings."""
    listings = [act.id for act in docket.listings(party) if act.programme == programme.id]
    above = above_of(docket, party)
    holders = [act.id for holder in above for act in docket.listings(holder) if act.programme == programme.id]
    groups = {group for node in (*listings, *holders) if (act := docket.get(node)) for group in act.groups}
    found = set(_of_rules(docket, programme, frozenset(groups)))
    found |= {_dispute(reading) for act in _closure(docket, [*listings, *holders]) for reading in _readings(act)}
    return sorted(found)


def _of_rules(docket: Docket, programme: Programme, groups: frozenset[str]) -> frozenset[str]:
    """The disputes of a programme's rules and of the acts behind them: the same for all listings of these groups."""
    key = (programme.id, groups)
    if (known := docket.remembered.get(key)) is not None:
        return known
    rules = [rule for rule in programme.rules if not rule.groups or groups & set(rule.groups)]
    roots = [node for rule in rules for node in (rule.id, rule.since, rule.until) if node is not None]
    named = [rule.reading for rule in rules if rule.reading is not None]
    named += [reading for act in _closure(docket, [programme.id, *roots]) for reading in _readings(act)]
    docket.remembered[key] = frozenset(map(_dispute, named))
    return docket.remembered[key]


def _dispute(reading: str) -> str:
    return reading.partition("#")[0]


def assignments(docket: Docket, disputes: Iterable[str]) -> list[Readings]:
    """Every combination of readings that the view leaves open; one, when nothing is open."""
    choices: list[list[tuple[str, str]]] = []
    for dispute in disputes:
        if (settling := docket.settled_by(dispute)) is not None and settling.settles is not None:
            choices.append([(dispute, settling.settles.partition("#")[2])])
        else:
            choices.append([(dispute, reading.id) for reading in _stated(docket, dispute).readings])
    if sum(len(choice) > 1 for choice in choices) > MOST_OPEN:
        raise LawError(
            f"more than {MOST_OPEN} open disputes bear on one question", fix="Settle or merge disputes in the book"
        )
    return [dict(combination) for combination in product(*choices)]


def above_of(docket: Docket, party: str) -> list[str]:
    """Every other party whose listing might reach this one, by links that can carry a rule's reach."""
    ahead, seen = [party], {party: None}
    while ahead:
        record = docket.corpus.parties.get(ahead.pop())
        for link in record.links if record is not None else ():
            if link.kind in REACHING and link.to not in seen:
                seen[link.to] = None
                ahead.append(link.to)
    return [other for other in seen if other != party]


def _stated(docket: Docket, dispute: str) -> Dispute:
    stated = docket.corpus.dispute(dispute)
    if stated is None:
        raise LawError(f"dispute {dispute!r} is not stated in any programme", fix="State it under `disputes:`")
    return stated


def _closure(docket: Docket, roots: Iterable[str]) -> Iterable[Act]:
    """The acts at the roots and all acts that act on them, however indirectly."""
    ahead, seen = list(roots), set[str]()
    while ahead:
        node = ahead.pop()
        if node in seen:
            continue
        seen.add(node)
        if (act := docket.get(node)) is not None:
            yield act
        ahead += [act.id for act in docket.on(node)]


def _readings(act: Act) -> list[str]:
    own = own_dispute(act)
    return [reading for reading in (act.reading, f"{own.id}#" if own else None) if reading is not None]
