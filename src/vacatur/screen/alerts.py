"""Alerts: the hits of one subject on one party, for a person to judge, and what people made of them.

An alert is the same for as long as its facts are: the subject says the same of itself, and the party's listings stand
as they stood. A later run that finds the same raises no new one; a listing that was amended raises a new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vacatur.errors import LedgerError, WordUnknown
from vacatur.law.corpus import Docket
from vacatur.ledger.codec import canonical
from vacatur.model.casework import CLEARING, DISPOSITIONS, Attachment, Disposition, GoodGuy
from vacatur.screen.goodguys import listing_id
from vacatur.screen.part import SCREENED, Query, Screened, strictest


@dataclass(frozen=True, slots=True)
class Alert:
    """One subject and one party that it may be: `party` stands for all records that are linked as the same.

    `listing` is the content id of the party's listings as the run's view saw them, `listings` that of each record that
    was hit. `raised_by` had the subject screened; `steps` are the dispositions so far, oldest first.
    """

    id: str
    decision: str
    party: str
    listing: str
    listings: dict[str, str]
    subject: str
    query: Query
    hits: tuple[dict[str, Any], ...]
    raised_by: str
    raised_at: str
    steps: tuple[Disposition, ...]

    @property
    def answers(self) -> dict[str, str]:
        """The strictest answer for each activity, if the subject is the party."""
        return {one: strictest(hit["answers"][one] for hit in self.hits) for one in SCREENED}

    @property
    def state(self) -> str:
        """The last disposition; `open` where there is none."""
        return self.steps[-1].disposition if self.steps else "open"

    @property
    def score(self) -> float:
        """The best score among the hits."""
        return max(float(hit["score"]) for hit in self.hits)

    @property
    def name(self) -> str:
        """The party's name, by which it was hit best."""
        return str(max(self.hits, key=lambda hit: float(hit["score"]))["name"])


Steps = Callable[[str], Sequence[Disposition]]
"""Gives what was made of an alert so far."""


def alerts(screened: Screened, decision: str, raised: tuple[str, str], docket: Docket, steps: Steps) -> Iterator[Alert]:
    """The alerts of one subject, strictest first; `raised` says by whom and when. Muted hits raise none."""
    hits = [hit for hit in screened.hits if "muted" not in hit]
    if not hits:
        return
    groups: dict[str, list[dict[str, Any]]] = {}
    for hit in hits:
        groups.setdefault(group_of(docket, hit["party"]), []).append(hit)
    content = screened.subject.content
    for party, those in groups.items():
        listing = listing_id(docket, party)
        listings = {hit["party"]: listing_id(docket, hit["party"]) for hit in those}
        one = alert_id(content, party, listing)
        yield Alert(one, decision, party, listing, listings, content, screened.query, tuple(those), *raised,
                    tuple(steps(one)))  # fmt: skip


def group_of(docket: Docket, party: str) -> str:
    """One id for all records that are linked as the same party."""
    return min((party, *docket.corpus.same_as(party)))


def alert_id(subject: str, party: str, listing: str) -> str:
    """The content id of an alert's facts."""
    return "a-" + hashlib.sha256(canonical([subject, party, listing]).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of alerts: the disposition, by whom, why, with what else, and whether to remember it."""

    disposition: str
    by: str
    reason: str
    note: str
    attachments: tuple[Attachment, ...]
    remember: bool
    until: str


def judged(alert: Alert, said: Said, at: datetime, *, four_eyes: bool, screeners: Iterable[str] = ()) -> Disposition:
    """The next step of an alert; raises for a word that is no disposition, a missing reason, or the same two eyes.

    `screeners` had the subject screened in earlier runs of the same subjects: under four eyes they raised it too.
    """
    if said.disposition not in DISPOSITIONS:
        raise WordUnknown("disposition", said.disposition, DISPOSITIONS)
    by, reason = said.by.strip(), said.reason.strip()
    if not by or not reason:
        raise LedgerError("a disposition needs an author and a reason", fix="Give --by and --reason")
    if said.remember and said.disposition != "false positive":
        raise LedgerError(
            f"only a false positive can be remembered, not {said.disposition!r}", fix="Leave out --remember"
        )
    if four_eyes and said.disposition in CLEARING and _plain(by) in _raisers(alert, screeners):
        raise LedgerError(
            f"{by} raised the alert {alert.decision}/{alert.party} and may not clear it",
            why="The desk is set to four eyes", fix="Let another person decide, or escalate it",
        )  # fmt: skip
    return Disposition(
        id=alert.id, rev=len(alert.steps) + 1, decision=alert.decision, party=alert.party,
        disposition=said.disposition, reason=reason, note=said.note.strip(), attachments=said.attachments, by=by,
        at=at.isoformat(),
    )  # fmt: skip


def remembered(alert: Alert, step: Disposition, until: str, rev: int) -> list[GoodGuy]:
    """The good-guy entries of a false positive, one for each record of the party that was hit."""
    name = alert.query.get("name", "")
    return [
        GoodGuy(
            id=f"g-{alert.id[2:]}-{party}", rev=rev, subject=alert.subject, name=name if isinstance(name, str) else "",
            party=party, listing=listing, alert=f"{alert.decision}/{alert.party}", until=until, revoked=False,
            reason=step.reason, by=step.by, at=step.at,
        )
        for party, listing in alert.listings.items()
    ]  # fmt: skip


def by_consequence(found: Iterable[Alert]) -> list[Alert]:
    """Alerts in the order in which a desk looks at them: by what the law forbids if it is true, then by score."""
    order = ("prohibited", "disputed", "unknown", "permitted")
    return sorted(found, key=lambda one: (order.index(strictest(one.answers.values())), -one.score, one.id))


def _raisers(alert: Alert, screeners: Iterable[str]) -> set[str]:
    """Who may not clear an alert: whoever raised it, and whoever escalated it."""
    return {
        *map(_plain, (alert.raised_by, *screeners)),
        *(_plain(step.by) for step in alert.steps if step.disposition == "escalated"),
    }


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
