"""The answer to one question: may this actor do this with this party, at this view, and how do we know?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vacatur.law.because import because
from vacatur.law.corpus import Corpus, Docket
from vacatur.law.fold import Fold, Readings
from vacatur.law.prohibit import Bite, bites
from vacatur.law.readings import above_of
from vacatur.law.standing import Standing, standing
from vacatur.model.act import Act
from vacatur.model.extent import Extent, agreed, union
from vacatur.model.kinds import ACTIVITIES, bound
from vacatur.model.moment import BEGINNING, FOREVER, end_of_day, read_moment
from vacatur.model.programme import Programme
from vacatur.model.view import View
from vacatur.model.zones import zone

FOLDED = "law-1"
"""Raised when the same acts, rules and links give other answers than before."""

PROHIBITED, PERMITTED, DISPUTED, UNKNOWN = "prohibited", "permitted", "disputed", "unknown"


@dataclass(frozen=True, slots=True)
class Held:
    """One reading of the open points and the answer it gives."""

    says: tuple[str, ...]
    readings: tuple[str, ...]
    answer: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The answer under one programme.

    `listed`, `suspended` are None where not settled. `running` is what would be forbidden if nothing held it (for the
    picture), `prohibited` what is. `readings` is empty unless they differ on this day. `reached_via` says how a listing
    of another party reaches this one.
    """

    programme: Programme
    listed: bool | None
    suspended: bool | None
    annulled: bool
    answer: str
    prohibited: Extent
    running: Extent
    suspension: Extent
    listing: Extent
    conditions: tuple[str, ...]
    because: tuple[str, ...]
    readings: tuple[Held, ...]
    reached_via: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer over all programmes consulted; `next_change` is the first later moment with another answer."""

    party: str
    activity: str
    actor: str
    view: View
    answer: str
    rows: tuple[Row, ...]
    next_change: tuple[datetime, str] | None
    followed_until: str
    warnings: tuple[str, ...]


def ask(corpus: Corpus, view: View, party: str, activity: str, actor: str, programmes: Iterable[str] | None = None,
        strict: bool = False) -> Answer:  # fmt: skip
    """Answers one question. `programmes` limits what is consulted; `strict` turns days not followed into *unknown*."""
    return answer(Docket(corpus, view), party, activity, actor, programmes, strict)


def usual_actor(corpus: Corpus, view: View, party: str, activity: str) -> str:
    """Whom the activity's rules bind where nobody says who acts, at a view."""
    return actor_bound(Docket(corpus, view), party, activity)


def actor_bound(docket: Docket, party: str, activity: str) -> str:
    """Whom the activity's rules bind where nobody says who acts: mostly one actor; where none of the lists that name
    the party binds that one, the first whom they do bind.
    """
    usual, corpus = ACTIVITIES[activity][0], docket.corpus
    listing = dict.fromkeys(act.programme for act in docket.listings(party))
    binding = [rule.actor for name in listing for rule in corpus.programmes[name].rules if rule.activity == activity]
    return usual if not binding or any(bound(actor, usual) for actor in binding) else binding[0]


def answer(docket: Docket, party: str, activity: str, actor: str, programmes: Iterable[str] | None = None,
           strict: bool = False) -> Answer:  # fmt: skip
    """As `ask`, on a docket that is used for many questions of one view."""
    corpus, view = docket.corpus, docket.view
    consulted = [
        corpus.programmes[name] for name in (programmes if programmes is not None else sorted(corpus.programmes))
    ]
    known = _rows(docket, party)
    rows = [
        row for programme in consulted if programme.id in known.concerned
        and (row := known.row(programme, activity, actor, strict)) is not None
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.listing.maybe.intervals[:1] or ((FOREVER, FOREVER),), row.programme.id))
    said = {row.answer for row in rows}
    warnings = [warning for row in rows for warning in row.warnings]
    if strict or not rows:
        listing = {row.programme.id for row in rows}
        silent = [programme for programme in consulted if programme.id not in listing]
        unfollowed = [late(programme, view) for programme in silent if _forbids(programme, activity, actor)]
        warnings += [warning for warning in unfollowed if warning]
        said |= {UNKNOWN} if strict and any(unfollowed) else set()
    worst = next((verdict for verdict in (PROHIBITED, DISPUTED, UNKNOWN) if verdict in said), PERMITTED)
    prohibited = union(row.prohibited for row in rows)
    limits = [row.programme for row in rows] if rows else consulted
    followed = min((programme.followed_until for programme in limits), default="")
    change = _next(prohibited, view.on)
    return Answer(party, activity, actor, view, worst, tuple(rows), change, followed, tuple(dict.fromkeys(warnings)))


def _concerned(docket: Docket, party: str) -> set[str]:
    """The programmes that list the party or another from which their reach might come: no other has a row."""
    return {act.programme for one in (party, *above_of(docket, party)) for act in docket.listings(one)}


def verdict(prohibited: Extent, at: datetime) -> str:
    """The three-valued answer of an extent at an instant."""
    return {True: PROHIBITED, None: DISPUTED, False: PERMITTED}[prohibited.at(at)]


class Rows:
    """The rows of one party at one view: what does not depend on the activity is found once for all of them."""

    def __init__(self, docket: Docket, party: str) -> None:
        self.party = party
        self.concerned = _concerned(docket, party)
        self._docket = docket
        self._standings: dict[str, Standing] = {}
        self._quiet: dict[tuple[str, bool], Row | None] = {}

    def turns(self) -> set[datetime]:
        """Every instant at which anything of the rows found so far may change."""
        return {turn for stands in self._standings.values() for turn in stands.all_turns()}

    def row(self, programme: Programme, activity: str, actor: str, strict: bool) -> Row | None:
        """The answer under one programme; None where it does not concern the party."""
        if programme.id not in self._standings:
            self._standings[programme.id] = standing(self._docket, self.party, programme)
        stands = self._standings[programme.id]
        if _forbids(programme, activity, actor):
            return _row(stands, activity, actor, strict)
        quiet = (programme.id, strict)  # no rule on it: the row is the same, whatever the activity
        if quiet not in self._quiet:
            self._quiet[quiet] = _row(stands, activity, actor, strict)
        return self._quiet[quiet]


def lasting(docket: Docket, party: str) -> tuple[datetime, datetime]:
    """For how long all that was just asked about a party stays as it is, if no other act is seen: `[from, to)` around
    the view's moment of conduct.
    """
    turns = _rows(docket, party).turns()
    on = docket.view.on
    return max((one for one in turns if one <= on), default=BEGINNING), min(
        (one for one in turns if one > on), default=FOREVER
    )


def _rows(docket: Docket, party: str) -> Rows:
    """The rows of the party that this docket was last asked about, or of another one from now on."""
    if docket.asked_last is None or docket.asked_last.party != party:
        docket.asked_last = Rows(docket, party)
    return docket.asked_last


def _row(stands: Standing, activity: str, actor: str, strict: bool) -> Row | None:
    docket, party, programme = stands.docket, stands.party, stands.programme
    listings, disputes, folds, force = list(stands.listings), stands.disputes, stands.folds, stands.force
    bitten = [bites(docket, fold, party, programme, activity, actor) for _, fold in folds]
    for found in bitten:
        stands.note(found)
    if not listings and not any(bitten):
        return None
    on = docket.view.on
    extents = [union(bite.prohibited for bite in found) for found in bitten]
    prohibited = agreed(extents)
    held = agreed(_held(fold, listings, found) for (_, fold), found in zip(folds, bitten, strict=True))
    verdicts = [verdict(extent, on) for extent in extents]
    reasons = [because(docket, fold, listings, found, on) for (_, fold), found in zip(folds, bitten, strict=True)]
    settlers = [act for name in disputes if (act := docket.settled_by(name)) is not None]
    settled = [act.id for act in settlers if not act.concerns or party in act.concerns]
    readings = tuple(
        _reading(docket, assumed, said, why) for (assumed, _), said, why in zip(folds, verdicts, reasons, strict=True)
    )
    answered, warnings = _followed(
        programme, docket.view, verdict(prohibited, on), _forbids(programme, activity, actor), strict
    )
    return Row(
        programme=programme,
        listed=force.at(on),
        suspended=(force & held).at(on),
        annulled=bool(listings) and not force,
        answer=answered,
        prohibited=prohibited,
        running=agreed(union(bite.running for bite in found) for found in bitten),
        suspension=held,
        listing=force,
        conditions=_conditions(bitten, on),
        because=tuple(dict.fromkeys([why for reason in reasons for why in reason] + settled)),
        readings=_distinct(readings),
        reached_via=_via(bitten, on),
        warnings=warnings,
    )


def _held(fold: Fold, listings: list[Act], found: list[Bite]) -> Extent:
    """Where the listing is suspended as a whole, or for the conduct asked about if no other rule forbids it."""
    conduct = union(bite.suspended for bite in found) - union(bite.prohibited for bite in found)
    return union([*(fold.suspended(act.id, None) for act in listings), conduct])


def _conditions(bitten: list[list[Bite]], on: datetime) -> tuple[str, ...]:
    """The conditions that bear on that day; none where the prohibition that they soften is itself held."""
    texts = [c.text for found in bitten for bite in found for c in bite.conditions
             if (c.extent - bite.suspended).at(on) is not False]  # fmt: skip
    return tuple(dict.fromkeys(texts))


def _via(bitten: list[list[Bite]], on: datetime) -> tuple[str, ...]:
    open_ways = [bite.reached for found in bitten for bite in found if bite.reached.when.at(on) is not False]
    return tuple(dict.fromkeys(step for reached in open_ways for step in reached.via))


def _reading(docket: Docket, assumed: Readings, said: str, why: tuple[str, ...]) -> Held:
    names, says = [], []
    for dispute_id, reading_id in assumed.items():
        dispute = docket.corpus.dispute(dispute_id)
        if dispute is None or docket.settled_by(dispute_id) is not None:
            continue
        names.append(f"{dispute_id}#{reading_id}")
        says += [reading.says for reading in dispute.readings if reading.id == reading_id]
    return Held(tuple(says), tuple(names), said, why)


def _distinct(readings: tuple[Held, ...]) -> tuple[Held, ...]:
    """The readings, when they lead to different answers, without the open points that make no difference."""
    if len({held.answer for held in readings}) < 2:
        return ()
    matters = [name for name in readings[0].readings if _turns(readings, name.partition("#")[0])]
    keep = {name.partition("#")[0] for name in matters}
    shorter: dict[tuple[str, ...], Held] = {}
    for held in readings:
        kept = [(n, s) for n, s in zip(held.readings, held.says, strict=True) if n.partition("#")[0] in keep]
        names = tuple(name for name, _ in kept)
        shorter.setdefault(names, Held(tuple(says for _, says in kept), names, held.answer, held.because))
    return tuple(shorter.values())


def _turns(readings: tuple[Held, ...], dispute: str) -> bool:
    """Whether changing the reading of one dispute alone can change the answer."""
    others: dict[tuple[str, ...], set[str]] = {}
    for held in readings:
        rest = tuple(name for name in held.readings if name.partition("#")[0] != dispute)
        others.setdefault(rest, set()).add(held.answer)
    return any(len(answers) > 1 for answers in others.values())


def _followed(programme: Programme, view: View, said: str, rules: bool, strict: bool) -> tuple[str, tuple[str, ...]]:
    """The answer as far as the programme was followed, with a warning where it was not.

    A programme without a rule on what is asked (`rules` false) cannot make the answer unknown.
    """
    where = zone(programme.zone)
    if rules and view.on < read_moment(programme.followed_from, where).earliest:
        begins = f"The ledger begins on {programme.followed_from} for {programme.id}; earlier days are not answered."
        return UNKNOWN, (begins,)
    warning = late(programme, view)
    return (UNKNOWN if warning and strict and rules else said), ((warning,) if warning else ())


def late(programme: Programme, view: View) -> str:
    """The warning for a day after the last one on which the programme was followed; empty otherwise."""
    where = zone(programme.zone)
    last = end_of_day(read_moment(programme.followed_until, where).latest.astimezone(where).date(), where)
    if view.on <= last:
        return ""
    return f"{programme.id} was followed until {programme.followed_until}; nothing after that day is known here."


def _forbids(programme: Programme, activity: str, actor: str) -> bool:
    return any(rule.activity == activity and bound(rule.actor, actor) for rule in programme.rules)


def _next(prohibited: Extent, on: datetime) -> tuple[datetime, str] | None:
    now = verdict(prohibited, on)
    later = ((edge, verdict(prohibited, edge)) for edge in sorted(prohibited.edges()) if on < edge < FOREVER)
    return next(((edge, said) for edge, said in later if said != now), None)
