"""What one view holds of one party under one programme: the law behind a lane, as extents of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vacatur.law.answer import Row, answer
from vacatur.law.corpus import Corpus, Docket
from vacatur.law.fold import Fold
from vacatur.law.prohibit import Bite, bites
from vacatur.law.readings import assignments, bearing
from vacatur.model.act import Act
from vacatur.model.extent import Extent, agreed, union
from vacatur.model.kinds import ACTIVITIES, Op, bound
from vacatur.model.moment import BEGINNING
from vacatur.model.programme import Programme, Rule
from vacatur.model.spans import NEVER, Interval, Spans

Pair = tuple[str, str]
"""An activity and the actor who is bound."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """One activity of one actor: its answer row (None when nothing bears on it), days running, and conditions."""

    row: Row | None
    runs: tuple[Interval, ...]
    conditions: tuple[tuple[Extent, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A party under a programme. `annulled` is where it was listed before an annulment undid that from the start;
    `observed` is true when the listing is known from list editions only; `held` suspends the whole listing.
    """

    programme: Programme
    listings: tuple[Act, ...]
    enders: tuple[Act, ...]
    listing: Extent
    held: Extent
    annulled: Spans
    observed: bool
    ruled: dict[Pair, Ruled]


def standing(docket: Docket, party: str, programme: Programme, pairs: Iterable[Pair]) -> Standing:
    """Reads a view: what `programme` says of `party`, for each activity and actor."""
    listings = [act for act in docket.listings(party) if act.programme == programme.id]
    folds = [Fold(docket, readings) for readings in assignments(docket, bearing(docket, party, programme))]
    force = agreed(union(fold.force(act) for act in listings) for fold in folds)
    held = agreed(union(fold.suspended(act.id, None) for act in listings) for fold in folds)
    undone = [_before_annulment(docket, act) for act in listings]
    return Standing(
        programme=programme,
        listings=tuple(listings),
        enders=tuple(
            act for listing in listings for act in docket.on(listing.id) if act.what.op in (Op.CLOSE, Op.ANNUL)
        ),
        listing=force,
        held=held,
        annulled=Spans.of(pair for spans in undone for pair in spans) - force.maybe,
        observed=bool(listings) and all(act.grade == "observed" for act in listings),
        ruled={pair: _ruled(docket, folds, party, programme, pair) for pair in pairs},
    )


def pairs_of(programme: Programme, listings: Sequence[Act], asked: Pair, also: Iterable[str] = ()) -> list[Pair]:
    """The activities and actors that the programme's rules know for listings of these groups (and `also` of others)."""
    groups = {group for act in listings for group in act.groups}.union(also)
    rules = [rule for rule in programme.rules if _meets(rule, groups)]
    found = {(rule.activity, asked[1] if rule.activity == asked[0] and bound(rule.actor, asked[1]) else rule.actor)
             for rule in rules}  # fmt: skip
    order = list(ACTIVITIES)
    return sorted(found, key=lambda pair: (order.index(pair[0]) if pair[0] in order else len(order), pair[1]))


def _meets(rule: Rule, groups: set[str]) -> bool:
    return not rule.groups or not groups.isdisjoint(rule.groups)


def _ruled(docket: Docket, folds: list[Fold], party: str, programme: Programme, pair: Pair) -> Ruled:
    rows = answer(docket, party, *pair, programmes=[programme.id]).rows
    found = [bite for fold in folds for bite in bites(docket, fold, party, programme, *pair)]
    runs = dict(sorted(run for bite in found if (run := _run(docket, bite)) is not None))
    conditions = {(c.extent, c.text) for bite in found for c in bite.conditions if c.whole}
    return Ruled(rows[0] if rows else None, tuple(runs.items()),
                 tuple(sorted(conditions, key=lambda c: (c[0].maybe.intervals, c[1]))))  # fmt: skip


def _run(docket: Docket, bite: Bite) -> Interval | None:
    """The days from the listing, or from the law that gave it effect, to the day on which the ban begins."""
    since = docket.get(bite.rule.since)
    begun = max(act.issued.earliest for act in (bite.reached.listing, since) if act is not None)
    starts = bite.running.maybe.intervals[0][0]
    return (begun, starts) if begun < starts and not bite.reached.via else None


def _before_annulment(docket: Docket, listing: Act) -> Spans:
    """Where the listing stood until an annulment undid it from the beginning; nothing when none did."""
    undoing = [act for act in docket.on(listing.id) if act.what.op is Op.ANNUL and act.effect != "ex-nunc"]
    if not undoing:
        return NEVER
    until = min(act.issued.earliest for act in undoing)
    acts = {listing.id: listing}
    ahead = [listing.id]
    while ahead:
        new = [act for act in docket.on(ahead.pop()) if act.id not in acts and act not in undoing]
        acts |= {act.id: act for act in new}
        ahead += [act.id for act in new]
    before = Docket(Corpus(docket.corpus.programmes, acts, docket.corpus.parties), docket.view)
    return Fold(before, {}).force(listing).maybe & Spans.between(BEGINNING, until)
