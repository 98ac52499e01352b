"""From listings and rules to what is forbidden: `prohibited = (bites ∩ force) − suspended − licensed`."""

from __future__ import annotations

from dataclasses import dataclass

from vacatur.law.corpus import Docket
from vacatur.law.fold import Conduct, Fold
from vacatur.law.formula import moment_of
from vacatur.law.reach import Reached, bearing_on
from vacatur.model.act import Act
from vacatur.model.extent import NOWHERE, Extent, union
from vacatur.model.kinds import Layer, bound
from vacatur.model.programme import Carveout, Programme, Rule
from vacatur.model.zones import zone


@dataclass(frozen=True, slots=True)
class Condition:
    """An exception or licence that bears on the conduct. `whole`: the conduct is permitted on this condition."""

    text: str
    extent: Extent
    whole: bool
    act: str | None


@dataclass(frozen=True, slots=True)
class Bite:
    """One rule meeting one listing for one party.

    `running` is where it would forbid if nothing held it; `suspended` and `conditions` say what holds it;
    `prohibited` is what remains.
    """

    rule: Rule
    reached: Reached
    conduct: Conduct
    running: Extent
    suspended: Extent
    holds: tuple[Act, ...]
    conditions: tuple[Condition, ...]

    @property
    def prohibited(self) -> Extent:
        """(bites ∩ force) − suspended − licensed."""
        return self.running - self.suspended - union(c.extent for c in self.conditions if c.whole)


def bites(docket: Docket, fold: Fold, party: str, programme: Programme, activity: str, actor: str) -> list[Bite]:
    """Every bite of a programme's rules for one activity of one actor on one party."""
    rules = [rule for rule in programme.rules if rule.activity == activity and bound(rule.actor, actor)]
    found = [_bite(fold, programme, rule, reached, Conduct(party, activity, actor, rule.id))
             for rule in rules for reached in bearing_on(docket, fold, party, rule)]  # fmt: skip
    return [bite for bite in found if bite.running]


def _bite(fold: Fold, programme: Programme, rule: Rule, reached: Reached, conduct: Conduct) -> Bite:
    listing = reached.listing
    where = zone(programme.zone)

    def when(formula: str | None) -> Extent:
        """From the formula's moment on; nowhere as long as the moment has not come."""
        moment = moment_of(formula, lambda name: fold.anchor(name, listing), where) if formula is not None else None
        return Extent.from_to(moment, None) if moment else NOWHERE

    running = (when(rule.starts) - when(rule.ends)) & fold.force(rule, conduct) & fold.force(listing, conduct)
    running &= reached.when
    targets = (listing.id, rule.id, rule.since, programme.id)
    holds = tuple(act for target in targets for act in fold.holding(target, Layer.EFFICACY, conduct))
    suspended = running & union(fold.operative(act, conduct) for act in holds)
    carved = [_carved(carveout, running - when(carveout.until)) for carveout in rule.unless
              if carveout.activity == conduct.activity]  # fmt: skip
    licences = [_licensed(act, running & fold.operative(act, conduct)) for target in targets
                for act in fold.holding(target, Layer.APPLICATION, conduct)]  # fmt: skip
    conditions = tuple(condition for condition in (*carved, *licences) if condition.extent)
    return Bite(rule, reached, conduct, running, suspended, holds, conditions)


def _carved(carveout: Carveout, extent: Extent) -> Condition:
    return Condition(carveout.condition, extent, carveout.whole, None)


def _licensed(act: Act, extent: Extent) -> Condition:
    text = act.scope.condition if act.scope is not None and act.scope.condition else act.title
    return Condition(text, extent, act.scope is None or act.scope.whole, act.id)
