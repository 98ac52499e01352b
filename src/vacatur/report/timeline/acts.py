"""Which acts a party's page shows, numbered oldest first; the same acts stand in the list and in the picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vacatur.law.answer import answer
from vacatur.law.corpus import Corpus, Docket
from vacatur.law.fold import Fold
from vacatur.law.reach import bearing_on
from vacatur.model.act import Act
from vacatur.model.kinds import ACTIVITIES, CONSEQUENCES, Layer, Op
from vacatur.model.programme import Programme, Rule
from vacatur.model.view import View


@dataclass(frozen=True, slots=True)
class Shown:
    """An act on the page. Legal acts have numbers, consequences letters; `later` acts lie outside the view. `of` tells
    the acts of several parties on one page apart.
    """

    number: str
    act: Act
    later: bool
    of: str = ""

    @property
    def consequence(self) -> bool:
        """Whether it is a consequence (a market, an index), which changes nothing in law."""
        return self.act.kind in CONSEQUENCES

    @property
    def anchor(self) -> str:
        """The id of its place in the list."""
        return f"act-{self.of}{self.number}"


def shown(then: Docket, today: Docket, party: str, rules: Iterable[Rule], cited: Iterable[str],
          of: str = "") -> list[Shown]:  # fmt: skip
    """Every act on the party, on what lists it, and on the rules that bear on it, seen from today or from the view.

    `cited` are acts that an answer rests on: they are always among them. `of` goes into their anchors.
    """
    roots = [act.id for docket in (then, today) for act in docket.listings(party)] + list(cited)
    found = {act.id for docket in (then, today) for act in _upon(docket, roots)} | set(cited)
    bearing = list(rules)
    for rule in bearing:
        found |= {act.id for docket in (then, today) for act in _upon_rule(docket, rule) if _meant(act, party, bearing)}
    found |= {act.id for act in today.acts() if party in act.concerns}
    acts = sorted((act for name in found if (act := today.get(name) or then.get(name)) is not None),
                  key=in_order)  # fmt: skip
    legal = [act for act in acts if act.kind not in CONSEQUENCES]
    others = [act for act in acts if act.kind in CONSEQUENCES]
    numbered = [(str(n), act) for n, act in enumerate(legal, 1)] + [(letters(n), act) for n, act in enumerate(others)]
    return [Shown(number, act, then.get(act.id) is None, of) for number, act in numbered]


def acts_about(corpus: Corpus, view: View, party: str) -> list[Act]:
    """The acts that a view sees on a party, on what lists it and on the rules that bear on it, oldest first."""
    docket = Docket(corpus, view)
    rows = [row for activity, (actor, _) in ACTIVITIES.items() for row in answer(docket, party, activity, actor).rows]
    programmes = {row.programme.id: row.programme for row in rows}
    rules = [rule for one in programmes.values() for rule in rules_on([docket], party, one)]
    cited = {name for row in rows for name in row.because}
    return sorted((one.act for one in shown(docket, docket, party, rules, cited)),
                  key=in_order)  # fmt: skip


def rules_on(dockets: Iterable[Docket], party: str, programme: Programme) -> list[Rule]:
    """The rules of a programme that meet a listing of the party, or one that reaches it."""
    folds = [(docket, Fold(docket, {})) for docket in dockets]
    return [rule for rule in programme.rules if any(bearing_on(docket, fold, party, rule) for docket, fold in folds)]


def letters(place: int) -> str:
    """`a`, `b` … `z`, `aa`, `ab` …"""
    return (letters(place // 26 - 1) if place > 25 else "") + chr(ord("a") + place % 26)


def weight(act: Act) -> int:
    """How much an act changes, for choosing what may lose its words: 3 the listing itself, 0 nothing."""
    if act.what.op in (Op.NONE, Op.DESCRIBE):
        return 0
    if act.what.layer is Layer.APPLICATION or act.what.op is Op.SETTLE:
        return 1
    if act.what.op is Op.OPEN:
        return 3 if opens_listing(act) else 2
    return 3 if act.party is not None else 2


def opens_listing(act: Act) -> bool:
    """Whether an act puts a listing in force or keeps it there, rather than making or moving a rule."""
    return act.is_designation or act.kind in ("maintain", "revive")


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
    changing = (Op.OPEN, Op.SUSPEND, Op.CLOSE, Op.ANNUL)
    for target in (rule.id, rule.since, rule.programme):
        yield from (act for act in docket.on(target)
                    if act.what.op in (changing if target != rule.programme else changing[1:]))  # fmt: skip


def _meant(act: Act, party: str, rules: Iterable[Rule]) -> bool:
    """Whether an act of limited scope reaches this party under one of these rules."""
    scope = act.scope
    if scope is None:
        return True
    ids, actors = {rule.id for rule in rules}, {rule.actor for rule in rules}
    return (
        (not scope.parties or party in scope.parties)
        and party not in scope.excluded
        and (not scope.rules or not ids.isdisjoint(scope.rules))
        and (not scope.actors or not actors.isdisjoint(scope.actors))
    )


def in_order(act: Act) -> tuple[datetime, int, str]:
    """The order of acts on a page: by date; on one day, what opens stands before what follows from it."""
    place = 0 if act.what.op is Op.OPEN and not act.is_designation else 1 if act.is_designation else 2
    return act.issued.earliest, place, act.id
