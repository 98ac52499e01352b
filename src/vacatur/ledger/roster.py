"""A list as it stood: the parties whose listing is in force, and what changed between two days."""

from __future__ import annotations

from dataclasses import dataclass

from vacatur.law.corpus import Corpus, Docket
from vacatur.law.fold import Fold
from vacatur.law.readings import assignments, bearing
from vacatur.model.act import Act
from vacatur.model.extent import agreed
from vacatur.model.kinds import Op
from vacatur.model.view import View


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a roster. `listed` is None where it is not settled; `suspended` likewise."""

    source_id: str
    name: str
    kind: str
    listed: bool | None
    suspended: bool | None
    since: str
    party: str
    programme: str
    act: str


def roster(corpus: Corpus, view: View, programme: str) -> list[Entry]:
    """Every entry of a programme that is, or may be, in force at the view, by party."""
    docket = Docket(corpus, view)
    entries = []
    # Most parties share the same open points, mostly none: the law is folded once for each set of them.
    folded: dict[tuple[str, ...], list[Fold]] = {}
    for party in sorted(docket.listed_parties()):
        listings = [act for act in docket.own_listings(party) if act.programme == programme]
        if listings:
            disputes = tuple(bearing(docket, party, corpus.programmes[programme]))
            if disputes not in folded:
                folded[disputes] = [Fold(docket, readings) for readings in assignments(docket, disputes)]
            folds = folded[disputes]
            entries += [entry for act in listings if (entry := _entry(corpus, view, folds, act)) is not None]
    return entries


def _entry(corpus: Corpus, view: View, folds: list[Fold], act: Act) -> Entry | None:
    listed = agreed(fold.force(act) for fold in folds).at(view.on)
    if listed is False:
        return None
    party = act.target.partition("@")[0]
    record = corpus.parties.get(party)
    return Entry(
        programme=act.programme,
        party=party,
        name=act.listed_as or (record.name if record else party),
        kind=record.kind if record else "unknown",
        source_id=act.number,
        listed=listed,
        suspended=agreed(fold.suspended(act.id, None) for fold in folds).at(view.on),
        since=act.issued.text,
        act=act.id,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two rosters: added, removed or changed, and the acts between that explain it.

    Of what was changed, `field` says what it is, `was` and `now` what it said before and says after.
    """

    what: str
    party: str
    name: str
    field: str
    was: str
    now: str
    acts: tuple[str, ...]


def changes(corpus: Corpus, before: View, after: View, programme: str) -> list[Change]:
    """What changed in a programme from one view to another, each with the acts that explain it."""
    old = {entry.act: entry for entry in roster(corpus, before, programme)}
    new = {entry.act: entry for entry in roster(corpus, after, programme)}
    docket = Docket(corpus, after)
    found = [_change(docket, before, old.get(act), new.get(act)) for act in sorted(old.keys() | new.keys())]
    return sorted((change for change in found if change is not None), key=lambda change: (change.what, change.party))


def _change(docket: Docket, before: View, old: Entry | None, new: Entry | None) -> Change | None:
    entry = new or old
    if entry is None or old == new:
        return None
    if old is None:
        return Change("added", entry.party, entry.name, "since", "", entry.since, (entry.act,))
    acting = [
        act
        for act in docket.on(entry.act)
        if act.issued.latest > before.law_at or act.published.latest > before.known_at
    ]
    reasons = tuple(act.id for act in acting if act.what.op not in (Op.NONE, Op.DESCRIBE))
    if new is None:
        return Change("removed", entry.party, entry.name, "since", entry.since, "", reasons)
    state = "listed" if old.listed != new.listed else "suspended"
    was, now = (_word(entry.listed if state == "listed" else entry.suspended) for entry in (old, new))
    return Change("changed", entry.party, entry.name, state, was, now, reasons)


def _word(state: bool | None) -> str:
    return {True: "yes", False: "no", None: "not settled"}[state]
