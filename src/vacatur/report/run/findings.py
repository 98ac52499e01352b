"""Everything that the report of a screening says, gathered in one walk over its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vacatur.law.corpus import Docket
from vacatur.ledger.see import Records
from vacatur.model.casework import GoodGuy
from vacatur.screen.alerts import Alert, Steps, alerts, by_consequence
from vacatur.screen.part import Screened, strictest
from vacatur.screen.record import Asked
from vacatur.screen.results import Results

LATER = "later"
"""The consequence of an alert under which nothing is forbidden yet, but will be by what is known."""

GROUPS = {
    "prohibited": "If true: forbidden",
    "disputed": "If true: disputed",
    "unknown": "If true: not answered",
    LATER: "If true: forbidden later",
    "permitted": "If true: nothing forbidden on that day",
}
"""Consequences of an alert, gravest first, and their headings."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one page shows: beyond it stand counts, and where the rest is to be found.

    `full` alerts are shown with everything, `rows` more in a table, `parties` without a picture in another one; the law
    on parties is drawn up to `law` characters of markup. `muted` and `rejects` count rows.
    """

    full: int = 100
    rows: int = 1000
    parties: int = 500
    law: int = 2_000_000
    muted: int = 200
    rejects: int = 50


@dataclass(frozen=True, slots=True)
class Muted:
    """A hit that a good-guy entry answers."""

    row: int
    screened: Screened
    hit: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Findings:
    """A screening with what people made of it.

    `alerts` stand gravest first; `raised` says since when each of them is known, by its id. `muted` are the first of
    `muted_count` muted hits, `goodguys` the entries of the good-guy list by id, as they stand now. `with_hits` and
    `barred` count subjects; `searched` and `late` are those of `Part`.
    """

    results: Results
    asked: Asked
    records: Records
    docket: Docket
    now: datetime
    limits: Limits
    alerts: tuple[Alert, ...]
    raised: Mapping[str, datetime]
    muted: tuple[Muted, ...]
    muted_count: int
    goodguys: Mapping[str, GoodGuy]
    with_hits: int
    barred: int
    searched: Mapping[str, Any]
    late: Mapping[str, str]

    def age(self, alert: Alert) -> int:
        """The age of an alert in whole days."""
        return age(self.raised[alert.id], self.now)


def age(raised: datetime, now: datetime) -> int:
    """Whole days from one instant to another; never below zero."""
    return max(0, (now - raised).days)


def consequence(alert: Alert) -> str:
    """What follows if an alert is true: a key of `GROUPS`."""
    worst = strictest(alert.answers.values())
    changes = (hit["next_change"]["answer"] for hit in alert.hits if hit["next_change"])
    return LATER if worst == "permitted" and any(said != "permitted" for said in changes) else worst


@dataclass(frozen=True, slots=True)
class Desk:
    """What people know of alerts: by whom and when those of this screening were raised, what was made of each, since
    when it is known where an earlier screening raised it first, and what is remembered.
    """

    raised: tuple[str, str]
    steps: Steps
    first: Mapping[str, datetime]
    goodguys: Mapping[str, GoodGuy]


def gather(results: Results, asked: Asked, records: Records, desk: Desk, now: datetime, limits: Limits) -> Findings:
    """Walks over the parts of a screening once; what is kept is bounded by the hits and not by the subjects."""
    docket = Docket(records.corpus, asked.view)
    found: list[Alert] = []
    muted: list[Muted] = []
    silent = with_hits = barred = 0
    searched: Mapping[str, Any] = {}
    late: Mapping[str, str] = {}
    for part in results.parts():
        searched, late = part.searched, part.late
        for one in part.hit():
            new = list(raised_by(one, results, docket, desk))
            found += new
            with_hits += bool(new)
            barred += "prohibited" in one.answers.values()
            those = [Muted(one.row, one, hit) for hit in one.hits if "muted" in hit]
            silent += len(those)
            muted += those[: max(0, limits.muted - len(muted))]
    order = list(GROUPS)
    ordered = sorted(by_consequence(found), key=lambda alert: order.index(consequence(alert)))
    return Findings(
        results, asked, records, docket, now, limits, tuple(ordered), since(ordered, desk), tuple(muted), silent,
        desk.goodguys, with_hits, barred, searched, late,
    )  # fmt: skip


def raised_by(one: Screened, results: Results, docket: Docket, desk: Desk) -> Iterator[Alert]:
    """The alerts of one subject."""
    decision = f"{results.run.id}.{one.row}" if results.run is not None else ""
    return alerts(one, decision, desk.raised, docket, desk.steps)


def since(found: Iterable[Alert], desk: Desk) -> dict[str, datetime]:
    """Since when alerts are known, by id."""
    here = datetime.fromisoformat(desk.raised[1])
    return {alert.id: desk.first.get(alert.id, here) for alert in found}
