"""Everything that a party's page says, computed once, before a word of markup is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vacatur.law.answer import Answer, answer
from vacatur.law.corpus import Corpus, Docket
from vacatur.model.kinds import ACTIVITIES
from vacatur.model.programme import Programme
from vacatur.model.view import View
from vacatur.report.subject import part_about
from vacatur.report.timeline.acts import Shown, rules_on, shown
from vacatur.report.timeline.lanes import Timeline, lanes, timeline
from vacatur.report.timeline.law import Pair, pairs_of, standing


@dataclass(frozen=True, slots=True)
class Dossier:
    """One question about one party with all that stands around it. `table` answers every activity that the rules of
    its lists know; `elsewhere` are the programmes consulted that never had to do with the party.
    """

    corpus: Corpus
    view: View
    now: datetime
    zone_name: str
    party: str
    answer: Answer
    as_of: Answer
    hindsight: Answer
    current: Answer
    table: tuple[Answer, ...]
    acts: tuple[Shown, ...]
    timeline: Timeline | None
    elsewhere: tuple[Programme, ...]

    @property
    def seen(self) -> datetime:
        """Where the knowledge of the view ends: nothing is known after today."""
        return min(self.view.law_at, self.view.known_at, self.now)

    def number(self, act_id: str) -> Shown | None:
        """The place of an act on the page."""
        return next((one for one in self.acts if one.act.id == act_id), None)


def compile_dossier(corpus: Corpus, view: View, party: str, asked: Pair, now: datetime, zone_name: str,
                    of: str = "") -> Dossier:  # fmt: skip
    """Answers the question and all that goes with it. What came later is read from today's docket, apart. `of` tells
    the acts of several parties on one page apart.
    """
    corpus = part_about(corpus, party)
    then, today = Docket(corpus, view), Docket(corpus, View(view.on, max(now, view.law_at), max(now, view.known_at)))
    dockets = (then, Docket(corpus, View.as_of(view.on)), today, Docket(corpus, View.as_of(now)))
    asked_at, as_of, hindsight, current = (answer(docket, party, *asked) for docket in dockets)
    near = [programme for programme in corpus.programmes.values() if _near(then, today, party, programme, asked)]
    pairs = {programme.id: _pairs(then, today, party, programme, asked) for programme in near}
    standings = [[standing(docket, party, one, pairs[one.id]) for one in near] for docket in (then, today)]
    met = {one.id for one in near if _met(then, party, one, pairs[one.id])}
    everything = _in_order({pair for name, found in pairs.items() if name in met for pair in found}, asked)
    table = tuple(answer(then, party, *pair) for pair in everything)
    cited = {act for one in (asked_at, *table) for row in one.rows for act in row.because}
    rules = [rule for one in near for rule in rules_on((then, today), party, one)]
    acts = shown(then, today, party, rules, cited, of)
    seen = min(view.law_at, view.known_at, now)
    found = lanes(standings[0], standings[1], acts, seen, now)
    drawn = timeline(found, view.on, seen, now, asked, zone_name) if found else None
    elsewhere = tuple(one for one in corpus.programmes.values() if one not in near)
    return Dossier(corpus, view, now, zone_name, party, asked_at, as_of, hindsight, current, table, tuple(acts), drawn,
                   elsewhere)  # fmt: skip


def _near(then: Docket, today: Docket, party: str, programme: Programme, asked: Pair) -> bool:
    """Whether a programme has had to do with the party: lists it, reaches it, or holds an act on it."""
    if any(act.programme == programme.id and (party in act.concerns or act.target.partition("@")[0] == party)
           for act in today.acts()):  # fmt: skip
        return True
    return any(_bites(docket, party, programme, pair) for docket in (then, today)
               for pair in {(rule.activity, rule.actor) for rule in programme.rules} | {asked})  # fmt: skip


def _pairs(then: Docket, today: Docket, party: str, programme: Programme, asked: Pair) -> list[Pair]:
    listings = [act for docket in (then, today) for act in docket.listings(party) if act.programme == programme.id]
    known = pairs_of(programme, listings, asked) if listings else []
    reaching = [pair for pair in _every(programme, asked) if pair not in known and not listings
                and any(_bites(docket, party, programme, pair) for docket in (then, today))]  # fmt: skip
    return [*known, *reaching]


def _every(programme: Programme, asked: Pair) -> list[Pair]:
    groups = {group for rule in programme.rules for group in rule.groups}
    return pairs_of(programme, (), asked, groups)


def _met(then: Docket, party: str, programme: Programme, pairs: list[Pair]) -> bool:
    """Whether the view itself knows of the programme having to do with the party."""
    return any(_bites(then, party, programme, pair) for pair in pairs)


def _bites(docket: Docket, party: str, programme: Programme, pair: Pair) -> bool:
    return bool(answer(docket, party, *pair, programmes=[programme.id]).rows)


def _in_order(pairs: set[Pair], asked: Pair) -> list[Pair]:
    """Every activity and actor once, in the order of the vocabulary, with the one asked about among them."""
    order = list(ACTIVITIES)
    return sorted(pairs | {asked}, key=lambda pair: (order.index(pair[0]) if pair[0] in order else len(order), pair[1]))
