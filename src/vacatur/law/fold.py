"""The fold: from acts that act on acts to the spans in which each of them operates.

Every act, rule and listing is a node with a span of its own. The acts that target it open it further, close it,
suspend it or annul it, each only for as long as it operates itself, which is the same question asked again. So a stay
of an injunction lets the ban bite again, a reversal of a vacatur restores the listing for the past too, and nothing
needs a special case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vacatur.errors import LawError
from vacatur.law.corpus import Docket
from vacatur.law.formula import moment_of
from vacatur.model.act import Act, Scope
from vacatur.model.extent import NOWHERE, Extent, union
from vacatur.model.kinds import Layer, Op
from vacatur.model.moment import BEGINNING, Moment
from vacatur.model.programme import Rule
from vacatur.model.spans import Spans
from vacatur.model.zones import zone


@dataclass(frozen=True, slots=True)
class Conduct:
    """What is asked about: who does what to whom under which rule. Acts of limited scope apply only where it fits."""

    party: str
    activity: str
    actor: str
    rule: str

    def within(self, scope: Scope | None) -> bool:
        """Whether an act limited to `scope` reaches this conduct."""
        return scope is None or (
            (not scope.activities or self.activity in scope.activities)
            and (not scope.actors or self.actor in scope.actors)
            and (not scope.rules or self.rule in scope.rules)
            and (not scope.parties or self.party in scope.parties)
            and self.party not in scope.excluded
        )


Readings = Mapping[str, str]
"""The reading assumed for each open dispute: dispute id → reading id."""


class Fold:
    """The state of the law at one view, on one reading of every open dispute.

    Results are remembered; ask as often as you like. Without a `Conduct`, acts of limited scope are left out: what
    remains is the state of the whole entry.
    """

    def __init__(self, docket: Docket, readings: Readings) -> None:
        self._docket, self._readings = docket, readings
        self._law_at = docket.view.law_at
        self._done: dict[tuple[str, Conduct | None], Extent] = {}
        self._open: set[tuple[str, Conduct | None]] = set()

    def edges(self) -> set[datetime]:
        """Every instant at which anything changes that was asked so far."""
        return {edge for extent in self._done.values() for edge in extent.edges()}

    def on_this_reading(self, reading: str | None) -> bool:
        """Whether something that rests on `dispute#reading` (or on none) stands on the readings assumed."""
        if reading is None:
            return True
        dispute, _, wanted = reading.partition("#")
        return self._readings.get(dispute) == wanted

    def operative(self, act: Act, conduct: Conduct | None = None) -> Extent:
        """Where an act does its work: in force and not suspended."""
        force = self.force(act, conduct)
        if not force or not self._docket.on(act.id):
            return force
        key = (f"{act.id} at work", conduct)
        if (done := self._done.get(key)) is not None:
            return done
        self._enter(key, act.id)
        self._done[key] = force - self.suspended(act.id, conduct)
        self._open.discard(key)
        return self._done[key]

    def force(self, node: Act | Rule, conduct: Conduct | None = None) -> Extent:
        """Where an act, a listing or a rule is in force, suspended or not."""
        acting = self._docket.on(node.id)
        key = (node.id, conduct if acting else None)
        if (done := self._done.get(key)) is not None:
            return done
        self._enter(key, node.id)
        own = self._own(node, conduct)
        changers = [act for act in acting if act.what.layer is Layer.FORCE and self._stands(act)]
        self._done[key] = self._changed(own, changers, conduct) if changers else own
        self._open.discard(key)
        return self._done[key]

    def suspended(self, target: str, conduct: Conduct | None) -> Extent:
        """Where the efficacy of an act, rule or programme is held by acts that reach this conduct."""
        return union(self.operative(act, conduct) for act in self.holding(target, Layer.EFFICACY, conduct))

    def holding(self, target: str, layer: Layer, conduct: Conduct | None) -> list[Act]:
        """The acts that suspend a target on a layer, or license it, as far as their scope fits the conduct."""
        return [act for act in self._docket.on(target) if act.what.op is Op.SUSPEND and act.what.layer is layer
                and self._stands(act) and self._fits(act, conduct)]  # fmt: skip

    def anchor(self, name: str, act: Act) -> Moment | None:
        """The moment that a formula's anchor names for a listing or act; None when it has not happened."""
        match name:
            case "issued" | "listed":
                return act.issued
            case "published":
                return act.published
            case "effective":
                return self._start(act)
            case "lifted":
                return self._lifted(act)
        other = self._docket.get(name)
        return other.issued if other is not None and self.operative(other) else None

    def _enter(self, key: tuple[str, Conduct | None], node: str) -> None:
        if key in self._open:
            raise LawError(f"{node} depends on itself", why="Acts that target each other in a circle have no state")
        self._open.add(key)

    def _fits(self, act: Act, conduct: Conduct | None) -> bool:
        if conduct is not None:
            return conduct.within(act.scope)
        return act.scope is None or not (act.scope.activities or act.scope.actors or act.scope.rules)

    def _stands(self, act: Act) -> bool:
        return self.on_this_reading(act.reading) and (
            act.disputed is None or self._readings.get(f"{act.id}?") == "operates"
        )

    def _own(self, node: Act | Rule, conduct: Conduct | None) -> Extent:
        if isinstance(node, Rule):
            return self._rule_span(node, conduct)
        start = self._start(node)
        if start is None or not self._stands(node):
            return NOWHERE
        span = Extent.from_to(start, self._term(node))
        return span.doubted() if node.issued.latest > self._law_at else span

    def _start(self, act: Act) -> Moment | None:
        if act.effective is None:
            return act.issued
        where = zone(self._docket.corpus.programmes[act.programme].zone)
        return moment_of(
            act.effective, lambda name: act.issued if name == "effective" else self.anchor(name, act), where
        )

    def _term(self, act: Act) -> Moment | None:
        if act.until is None:
            return None
        where = zone(self._docket.corpus.programmes[act.programme].zone)
        return moment_of(act.until, lambda name: self.anchor(name, act), where)

    def _lifted(self, act: Act) -> Moment | None:
        ends = [end for hold in self.holding(act.id, Layer.EFFICACY, None) for end in self._docket.on(hold.id)
                if end.what.op in (Op.CLOSE, Op.ANNUL) and self.operative(end)]  # fmt: skip
        return max((end.issued for end in ends), key=lambda moment: moment.earliest, default=None)

    def _rule_span(self, rule: Rule, conduct: Conduct | None) -> Extent:
        since = self._docket.get(rule.since)
        if since is None or not self.on_this_reading(rule.reading):
            return NOWHERE
        span = self.force(since, conduct)
        until = self._docket.get(rule.until) if rule.until is not None else None
        return span - self.operative(until, conduct) if until is not None else span

    def _changed(self, own: Extent, changers: list[Act], conduct: Conduct | None) -> Extent:
        """Annulments undo the node's own span; terms, ends and returns then follow in order of time."""
        extent = own
        for act in changers:
            if act.what.op is Op.ANNUL:
                extent = self._annulled(extent, act, conduct)
        for act in changers:
            if act.what.op is Op.ANNUL or not self._fits(act, conduct):
                continue
            span = self.operative(act, conduct)
            if act.what.op is Op.CLOSE:
                extent -= span
            elif act.starts is None:
                extent |= span
            elif span:
                extent -= Extent.certain(Spans.between(BEGINNING, self._moved_start(act)))
        return extent

    def _moved_start(self, act: Act) -> datetime:
        where = zone(self._docket.corpus.programmes[act.programme].zone)
        moment = moment_of(act.starts or "issued", lambda name: self.anchor(name, act), where)
        return BEGINNING if moment is None else moment.latest

    def _annulled(self, extent: Extent, act: Act, conduct: Conduct | None) -> Extent:
        span = self.operative(act, conduct)
        effect = self._readings.get(f"{act.id}?") if act.effect == "unknown" else act.effect
        if effect == "ex-tunc":
            undone = span.at(self._law_at)
            if undone is not False:
                return NOWHERE if undone else extent.doubted()
        return extent - span
