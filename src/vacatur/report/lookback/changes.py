"""Everything that the report of two screenings says: both results, both views, and what is different."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from vacatur.ledger.see import Records
from vacatur.model.act import Act
from vacatur.model.document import Document
from vacatur.report.timeline.acts import Shown, in_order
from vacatur.screen.difference import DECIDED, LAW, LEARNED, MATCHER, SUBJECT, Difference
from vacatur.screen.record import Asked
from vacatur.screen.results import Results

CAUSES = {
    LAW: "an act was issued, or a span began or ended, between the two views",
    LEARNED: "an act issued before was published, read or recorded only later",
    MATCHER: "the same lists, and another score",
    SUBJECT: "the subject says something else of itself, or is there on one side only",
    DECIDED: "a false positive was remembered, or that was revoked",
}
"""Causes of a difference and what each means, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one page shows: `full` differences with everything, `rows` more in a table, `acts` with their words."""

    full: int = 200
    rows: int = 1000
    acts: int = 300


@dataclass(frozen=True, slots=True)
class Half:
    """One of two screenings: its results, its view, and what the ledger held at its basis."""

    results: Results
    asked: Asked
    records: Records


@dataclass(frozen=True)
class Changes:
    """Two screenings of the same subjects, `before` and `after`, and what is different, in the order of the causes."""

    before: Half
    after: Half
    found: Sequence[Difference]
    now: datetime
    limits: Limits

    @cached_property
    def ordered(self) -> list[Difference]:
        """The differences by cause, each cause in the order of the subjects."""
        order = list(CAUSES)
        return sorted(self.found, key=lambda one: order.index(one.cause))

    @property
    def full(self) -> list[Difference]:
        """Those that are shown with everything."""
        return self.ordered[: self.limits.full]

    @cached_property
    def acts(self) -> dict[str, Shown]:
        """The acts behind the differences that are shown in full, by id, numbered oldest first."""
        held = [act for one in self.full for between in one.acts if (act := self.act(between.act)) is not None]
        distinct = sorted({act.id: act for act in held}.values(), key=in_order)[: self.limits.acts]
        return {act.id: Shown(str(number), act, False) for number, act in enumerate(distinct, 1)}

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents of both sides."""
        return {**self.before.records.documents, **self.after.records.documents}

    def act(self, name: str) -> Act | None:
        """An act as the later basis holds it, or the earlier one."""
        return self.after.records.corpus.acts.get(name) or self.before.records.corpus.acts.get(name)

    def zone_of(self, act: Act) -> str:
        """The zone in which an act's programme counts its days."""
        programme = self.after.records.corpus.programmes.get(act.programme)
        return programme.zone if programme is not None else "UTC"
