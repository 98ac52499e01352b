"""Everything that an event study around a party's acts rests on, and what it found: one record for every output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vacatur.model.act import Act
from vacatur.model.view import View
from vacatur.report.dates import count, short
from vacatur.report.impact.events import Close, Event
from vacatur.report.impact.prices import Prices
from vacatur.report.impact.study import LONG_GAP, WAITED, Reaction, Study
from vacatur.report.timeline.labels import ranges


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A study with its question: the party, the view, the files, the acts in the order of their numbers (from 1) with
    the mark that each carries, the zones in which their days are counted, and what it can be checked against.
    """

    party: str
    name: str
    view: View
    now: datetime
    zone_name: str
    close: Close
    prices: Prices
    benchmark: Prices
    acts: tuple[tuple[Act, str], ...]
    zones: Mapping[str, str]
    study: Study
    computed_by: str
    snapshot: str
    basis: int

    def number(self, event: Event) -> str:
        """The number of an event's act."""
        return next(str(n) for n, (act, _) in enumerate(self.acts, 1) if act.id == event.key)

    def numbers(self, events: tuple[Event, ...]) -> str:
        """The numbers of several: `2–4, 7`."""
        return ranges(sorted((self.number(one) for one in events), key=int))

    def act(self, event: Event) -> tuple[Act, str]:
        """An event's act, and its mark."""
        return self.acts[int(self.number(event)) - 1]

    def zone_of(self, act: Act) -> str:
        """The zone of an act's authority."""
        return self.zones[act.id]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data, for JSON."""
        from vacatur.report.impact.data import evidence_json

        return evidence_json(self)

    def to_html(self) -> str:
        """All of it as one self-contained page."""
        from vacatur.report.impact.page import impact_page

        return impact_page(self)


def remarks(evidence: Evidence, one: Reaction) -> list[str]:
    """What may blur a finding, in words."""
    said: list[str] = []
    if one.overlapping:
        said.append(f"Its window shares days with that of {_acts(evidence, one.overlapping)}.")
    if one.beneath:
        said.append(f"Its model is estimated over days of other acts: {_acts(evidence, one.beneath)}.")
    if one.waited > WAITED:
        said.append(f"The first trading day came {count(one.waited)} after the act.")
    if (one.gap[1] - one.gap[0]).days > LONG_GAP:
        before, after = (short(day) for day in one.gap)
        said.append(f"No common trading day between {before} and {after}: one return runs over all of it.")
    return said


def file_remarks(prices: Prices) -> list[str]:
    """What happened to a file's rows, in words."""
    said = [f"{len(prices.closes):,} of {prices.rows:,} rows used"]
    if prices.rejected:
        said.append(f"{prices.rejected:,} rejected")
    if prices.later:
        said.append(f"{prices.later:,} later than the view left out")
    if not prices.in_order:
        said.append("rows were out of order and have been sorted")
    return said


def dropped_words(study: Study) -> str:
    """How many days were lost to the alignment of the two series."""
    ours, theirs = study.market.dropped
    lost = f"{count(ours)} of the prices and {theirs:,} of the benchmark dropped, which the other file lacks"
    return f"{len(study.market.days):,} common trading days; " + (lost if ours or theirs else "none dropped")


def _acts(evidence: Evidence, events: tuple[Event, ...]) -> str:
    return f"act{'' if len(events) == 1 else 's'} {evidence.numbers(events)}"
