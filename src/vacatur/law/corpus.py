"""What the law is computed from: the records of the ledger at one basis, and the part of them a view can see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from vacatur.model.act import Act
from vacatur.model.kinds import Op
from vacatur.model.party import Party
from vacatur.model.programme import Dispute, Programme, Reading, Rule
from vacatur.model.view import View

if TYPE_CHECKING:
    from vacatur.law.answer import Rows


@dataclass(frozen=True, slots=True)
class Corpus:
    """Programmes, acts and parties by id, as one basis of the ledger holds them."""

    programmes: Mapping[str, Programme]
    acts: Mapping[str, Act]
    parties: Mapping[str, Party]

    def rule(self, rule_id: str) -> Rule | None:
        """The rule called `programme#rule`."""
        programme = self.programmes.get(rule_id.partition("#")[0])
        return next((rule for rule in programme.rules if rule.id == rule_id), None) if programme else None

    def same_as(self, party: str) -> tuple[str, ...]:
        """The other records of a party: those that a strong identifier or a reviewed decision links to it."""
        record = self.parties.get(party)
        if record is None:
            return ()
        return tuple(link.to for link in record.links if link.kind == "same-as" and link.to != party)

    def dispute(self, dispute_id: str) -> Dispute | None:
        """A dispute that a programme states, or one that an act itself raises (its id ends in `?`)."""
        if dispute_id.endswith("?"):
            act = self.acts.get(dispute_id[:-1])
            return own_dispute(act) if act else None
        programme = self.programmes.get(dispute_id.partition("/")[0])
        return next((d for d in programme.disputes if d.id == dispute_id), None) if programme else None


def own_dispute(act: Act) -> Dispute | None:
    """The dispute that an act raises by itself: whether it operates, or how far back its annulment works."""
    if act.disputed is not None:
        says = ("the act operates", "the act does not operate")
        return _dispute(act, f"{act.title or act.kind}: {act.disputed}", ("operates", "does-not"), says)
    if act.effect == "unknown":
        says = ("it undoes its target from the beginning", "it ends its target from then on")
        return _dispute(act, f"{act.title or act.kind}: how far back it works", ("ex-tunc", "ex-nunc"), says)
    return None


def _dispute(act: Act, question: str, ids: tuple[str, str], says: tuple[str, str]) -> Dispute:
    readings = tuple(Reading(id=i, says=s, acts=(act.id,)) for i, s in zip(ids, says, strict=True))
    return Dispute(id=f"{act.id}?", question=question, readings=readings)


class Docket:
    """The acts that a view can see, found by what they target and by whom they list.

    An act is visible when it was issued by `law_at` and public by `known_at`. Where only a range of dates is known,
    it is visible from the first day on which it may have been issued, and from the last on which it was published.
    """

    def __init__(self, corpus: Corpus, view: View) -> None:
        self.corpus, self.view = corpus, view
        self.remembered: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
        """Disputes that bear on a programme's rules, by programme and groups: found once for a whole roster."""
        self.asked_last: Rows | None = None
        """What was found for the last party asked about: it is mostly asked about for several activities."""
        self._visible: dict[str, Act] = {}
        self._on: dict[str, list[Act]] = defaultdict(list)
        self._listings: dict[str, list[Act]] = defaultdict(list)
        settling: list[Act] = []
        for act in sorted(corpus.acts.values(), key=lambda act: (act.issued.earliest, act.id)):
            if act.issued.earliest > view.law_at or act.published.latest > view.known_at:
                continue
            self._visible[act.id] = act
            if act.is_designation:
                self._listings[act.target.partition("@")[0]].append(act)
            else:
                self._on[act.target].append(act)
            if act.settles is not None:
                settling.append(act)
        self._settled_by = {_dispute_id(act.settles): act for act in settling if act.settles and self._stands(act)}

    def moved(self, on: datetime) -> Docket:
        """The same acts, asked about conduct at another moment: what a view can see does not depend on it."""
        other = copy(self)
        other.view, other.asked_last = replace(self.view, on=on), None
        return other

    def get(self, act_id: str) -> Act | None:
        """The act, if the view can see it."""
        return self._visible.get(act_id)

    def acts(self) -> Iterable[Act]:
        """Every visible act, oldest first."""
        return self._visible.values()

    def on(self, target: str) -> list[Act]:
        """The visible acts that target this act, rule or programme, oldest first."""
        return self._on.get(target, [])

    def own_listings(self, party: str) -> list[Act]:
        """The visible designations that name this very party, oldest first."""
        return self._listings.get(party, [])

    def listings(self, party: str) -> list[Act]:
        """The visible designations of a party, under whichever of its records, oldest first."""
        found = self.own_listings(party)
        if not (others := self.corpus.same_as(party)):
            return found
        return sorted([*found, *(act for other in others for act in self.own_listings(other))],
                      key=lambda act: (act.issued.earliest, act.id))  # fmt: skip

    def listed_parties(self) -> Iterable[str]:
        """Every party with a visible designation."""
        return self._listings.keys()

    def settled_by(self, dispute: str) -> Act | None:
        """The act that ends a dispute, seen from this view."""
        return self._settled_by.get(dispute)

    def _stands(self, act: Act) -> bool:
        return not any(other.what.op in (Op.CLOSE, Op.ANNUL) for other in self.on(act.id))


def _dispute_id(reading: str) -> str:
    return reading.partition("#")[0]
