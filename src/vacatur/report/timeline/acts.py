"""Which acts a party's page shows, numbered oldest first; the same acts stand in the list and in the picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vacatur.law.answer import answer
from vacatur.law.corpus import Corpus, Docket
from vacatur.model.act import Act
from vacatur.model.kinds import ACTIVITIES, CONSEQUENCES, Layer, Op
from vacatur.model.programme import Rule
from vacatur.model.view import View


@dataclass(frozen=True, slots=True)
class Shown:
    """An act on the page. Legal acts have numbers, consequences letters; `later` acts lie outside the view."""

    number: str
    act: Act
    later: bool

    @property
    def consequence(self) -> bool:
        """Whether it is a consequence (a market, an index), which changes nothing in law."""
        return self.act.kind in CONSEQUENCES

    @property
    def anchor(self) -> str:
        """The id of its place in the list."""
        return f"act-{self.number}"


def shown(then: Docket, today: Docket, party: str, rules: Iterable[Rule], cited: Iterable[str]) -> list[Shown]:
    """Every act on the party, on what lists it, and on the rules that bear on it, seen from today or from the view.

    `cited` are acts that an answer rests on: they are always among them.
    """
    roots = [act.id for docket in (then, today) for act in docket.listings(party)] + list(cited)
    found = {act.id for docket in (then, today) for act in _upon(docket, roots)} | set(cited)
    for rule in rules:
        found |= {act.id for docket in (then, today) for act in _upon_rule(docket, rule) if _meant(act, party)}
    found |= {act.id for act in today.acts() if party in act.concerns}
    acts = sorted((act for name in found if (act := today.get(name) or then.get(name)) is not None),
                  key=lambda act: (act.issued.earliest, _first_things_first(act), act.id))  # fmt: skip
    legal = [act for act in acts if act.kind not in CONSEQUENCES]
    others = [act for act in acts if act.kind in CONSEQUENCES]
    numbered = [(str(n), act) for n, act in enumerate(legal, 1)] + [(letters(n), act) for n, act in enumerate(others)]
    return [Shown(number, act, then.get(act.id) is None) for number, act in numbered]


def acts_about(corpus: Corpus, view: View, party: str) -> list[Act]:
    """The acts that a view sees on a party, on what lists it and on the rules that bear on it, oldest first."""
    docket = Docket(corpus, view)
    rows = [row for activity, (actor, _) in ACTIVITIES.items() for row in answer(docket, party, activity, actor).rows]
    groups = {group for act in docket.listings(party) for group in act.groups}
    rules = [rule for programme in {row.programme.id: row.programme for row in rows}.values()
             for rule in programme.rules if not rule.groups or groups & set(rule.groups)]  # fmt: skip
    cited = {name for row in rows for name in row.because}
    return sorted((one.act for one in shown(docket, docket, party, rules, cited)),
                  key=lambda act: (act.issued.earliest, act.id))  # fmt: skip


def letters(place: int) -> str:
    """`a`, `b` … `z`, `aa`, `ab` …"""
    return (letters(place // 26 - 1) if place > 25 else "") + chr(ord("a") + place % 26)


def weight(act: Act) -> int:
    """How much an act changes, for choosing what may lose its words: 3 the listing itself, 0 nothing."""
    if act.what.op in (Op.NONE, Op.DESCRIBE):
        return 0
    if act.what.layer is Layer.APPLICATION or act.what.op is Op.SETTLE:
        return 1
    return 3 if act.party is not None else 2


def _upon(docket: Docket, roots: Iterable[str]) -> Iterable[Act]:
    """The acts at the roots and all that act on them, however indirectly."""
    ahead, seen = [name for name in roots if docket.get(name) is not None], set[str]()
    while ahead:
        name = ahead.pop()
        if name in seen or (act := docket.get(name)) is None:
            continue
        seen.add(name)
        yield act
        ahead += [other.id for other in docket.on(name)]


def _upon_rule(docket: Docket, rule: Rule) -> Iterable[Act]:
    """The acts that made the rule law or ended it, and those that suspend, license or change it or its programme."""
    yield from (act for name in (rule.since, rule.until) if name is not None and (act := docket.get(name)) is not None)
    for target in (rule.id, rule.since):
        yield from (act for act in docket.on(target) if act.what.op is not Op.NONE)
    halting = (Op.SUSPEND, Op.CLOSE, Op.ANNUL)
    yield from (act for act in docket.on(rule.programme) if act.what.op in halting)


def _meant(act: Act, party: str) -> bool:
    scope = act.scope
    return scope is None or ((not scope.parties or party in scope.parties) and party not in scope.excluded)


def _first_things_first(act: Act) -> int:
    """On one day, what opens stands before what follows from it."""
    return 0 if act.what.op is Op.OPEN and not act.is_designation else 1 if act.is_designation else 2
