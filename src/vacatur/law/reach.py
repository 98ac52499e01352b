"""Whom a listing reaches beside the party that it names.

Each programme answers this for itself: NS-CMIC reaches only those named (OFAC FAQ 857); §805 reaches entities under
the control of a listed one; a blocked person's fifty percent rule reaches what blocked persons own by half or more in
aggregate, directly or through others; E.O. 13959 was read to reach close names (OFAC FAQs 858 and 864).

A listing reaches another party only for as long as the links last that lead there, and a share counts towards the half
only for as long as its holder is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from vacatur.law.corpus import Docket
from vacatur.law.fold import Fold
from vacatur.model.act import Act
from vacatur.model.extent import EVERYWHERE, Extent, union
from vacatur.model.moment import BEGINNING, FOREVER, start_of_day
from vacatur.model.party import Link
from vacatur.model.programme import Rule
from vacatur.model.spans import Spans
from vacatur.model.zones import zone

HALF = Decimal(50)


@dataclass(frozen=True, slots=True)
class Reached:
    """A listing that bears on a party, and how: `via` is empty for the party that it names; `when` is where the way
    to the party is open.
    """

    listing: Act
    via: tuple[str, ...]
    when: Extent


@dataclass(frozen=True, slots=True)
class _Way:
    """A way from a party up to a holder."""

    holder: str
    steps: tuple[str, ...]
    when: Extent

    def after(self, step: str, when: Extent) -> _Way:
        """The same way, begun one step further down."""
        return _Way(self.holder, (step, *self.steps), self.when & when)


@dataclass(frozen=True, slots=True)
class _Stake:
    """A share in a party. It counts where its holder is listed or itself owned by half; where the holder's listing is
    suspended it counts for that listing alone, not for those of the other holders.
    """

    share: Decimal
    in_force: Extent
    working: Extent
    ways: tuple[_Way, ...]


def bearing_on(docket: Docket, fold: Fold, party: str, rule: Rule) -> list[Reached]:
    """The listings of the rule's programme that bear on `party` under the rule: its own, and those that reach it."""
    own = [Reached(act, (), EVERYWHERE) for act in _listings(docket, party, rule)]
    ways = _Ways(docket, fold, rule).to(party)
    others = [Reached(act, way.steps, way.when) for way in ways for act in _listings(docket, way.holder, rule)]
    return own + others


def _listings(docket: Docket, party: str, rule: Rule) -> list[Act]:
    return [act for act in docket.listings(party) if act.programme == rule.programme
            and (not rule.groups or set(rule.groups) & set(act.groups))]  # fmt: skip


class _Ways:
    """Finds the ways by which one rule reaches parties."""

    def __init__(self, docket: Docket, fold: Fold, rule: Rule) -> None:
        self._docket, self._fold, self._rule = docket, fold, rule
        self._where = zone(docket.corpus.programmes[rule.programme].zone)

    def to(self, party: str) -> list[_Way]:
        """Every way to `party` that the rule's reach opens, nearest holder first."""
        match self._rule.reach:
            case "close-name":
                return [
                    _Way(link.to, (f"close name of {link.to}",), when)
                    for link, when in self._links(party, "close-name")
                ]
            case "control":
                return sorted(self._controllers(party, frozenset({party})), key=lambda way: len(way.steps))
            case "half":
                return list(self._owners(self._stakes(party, frozenset({party}))))
        return []

    def _controllers(self, party: str, seen: frozenset[str]) -> Iterator[_Way]:
        for link, when in self._links(party, "controlled-by"):
            if link.to not in seen:
                step = f"{party} is controlled by {link.to}"
                yield _Way(link.to, (step,), when)
                yield from (way.after(step, when) for way in self._controllers(link.to, seen | {link.to}))

    def _stakes(self, party: str, seen: frozenset[str]) -> list[_Stake]:
        return [
            self._stake(party, link, share, when, seen | {link.to})
            for link, when in self._links(party, "owned-by")
            if link.to not in seen and (share := _share(link)) is not None
        ]

    def _stake(self, party: str, link: Link, share: Decimal, when: Extent, seen: frozenset[str]) -> _Stake:
        above = self._stakes(link.to, seen)
        acts = _listings(self._docket, link.to, self._rule)
        in_force = union(self._fold.force(act) for act in acts) | _half((s.share, s.in_force) for s in above)
        working = union(self._fold.operative(act) for act in acts) | _half((s.share, s.working) for s in above)
        step = f"{party} is owned {link.share} % by {link.to}"
        ways = (_Way(link.to, (step,), when), *(way.after(step, when) for way in self._owners(above)))
        return _Stake(share, in_force & when, working & when, ways)

    def _owners(self, stakes: list[_Stake]) -> Iterator[_Way]:
        for own in stakes:
            half = _half((stake.share, stake.in_force if stake is own else stake.working) for stake in stakes)
            yield from (_Way(way.holder, way.steps, way.when & half) for way in own.ways if way.when & half)

    def _links(self, party: str, kind: str) -> Iterator[tuple[Link, Extent]]:
        record = self._docket.corpus.parties.get(party)
        return ((link, _lasting(link, self._where)) for link in (record.links if record else ()) if link.kind == kind)


def _half(stakes: Iterable[tuple[Decimal, Extent]]) -> Extent:
    """Where the shares that count come to half or more."""
    counted = list(stakes)
    return Extent(
        _reaching([(share, extent.sure) for share, extent in counted]),
        _reaching([(share, extent.maybe) for share, extent in counted]),
    )


def _reaching(stakes: list[tuple[Decimal, Spans]]) -> Spans:
    edges = sorted({edge for _, spans in stakes for pair in spans for edge in pair})
    return Spans.of(
        (start, end)
        for start, end in pairwise(edges)
        if sum((share for share, spans in stakes if start in spans), Decimal(0)) >= HALF
    )


def _lasting(link: Link, where: tzinfo) -> Extent:
    """Where a link holds: from the day on which it begins to the day on which it has ended."""
    start = start_of_day(date.fromisoformat(link.since), where) if link.since else BEGINNING
    end = start_of_day(date.fromisoformat(link.until), where) if link.until else FOREVER
    return Extent.certain(Spans.between(start, end))


def _share(link: Link) -> Decimal | None:
    try:
        return Decimal(link.share) if link.share else None
    except InvalidOperation:
        return None
