"""Decisions: what was screened, on which basis, what came out, and what a person made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from vacatur.errors import LedgerError, ReplayDiffers, WordUnknown
from vacatur.ledger.chain import Draft, Entry, opened
from vacatur.ledger.codec import canonical, encode
from vacatur.ledger.see import Records
from vacatur.match.index import Index
from vacatur.match.parties import matcher_version
from vacatur.model.decision import DISPOSITIONS, Decision
from vacatur.model.view import View
from vacatur.model.zones import zone
from vacatur.screen.run import Screened, Screener
from vacatur.screen.subject import COLUMNS, Subject


def decisions(screener: Screener, basis: int, screened: Iterable[Screened], by: str, at: datetime) -> list[Decision]:
    """A decision for every result, clean ones too: that a search found nothing is a finding."""
    found = []
    for one in screened:
        query, result = canonical(one.subject.query()), canonical(one.result)
        seed = f"{query}\n{screener.view_text}\n{screener.snapshot}\n{at.isoformat()}\n{one.subject.row}"
        decision = Decision(
            id="d-" + hashlib.sha256(seed.encode()).hexdigest()[:16],
            query=query,
            view=screener.view_text,
            basis=basis,
            snapshot=screener.snapshot,
            result=result,
            disposition=None,
            by=by,
            at=at.isoformat(),
            reason="",
        )
        found.append(decision)
    return found


def drafts(made: Iterable[Decision]) -> list[Draft]:
    """First revisions of decisions, ready for the chain."""
    return [Draft("decision", decision.id, 1, encode(decision)) for decision in made]


def dispose(revisions: list[Entry], disposition: str, by: str, reason: str, at: datetime) -> Draft:
    """The next revision of a decision: a person's disposition, which never changes what was found."""
    if disposition not in DISPOSITIONS:
        raise WordUnknown("disposition", disposition, DISPOSITIONS)
    if not reason.strip() or not by.strip():
        raise LedgerError("a disposition needs an author and a reason", fix="Give --by and --reason")
    decision: Decision = opened(revisions[-1])
    new = replace(decision, disposition=disposition, by=by.strip(), at=at.isoformat(), reason=reason.strip())
    return Draft("decision", decision.id, revisions[-1].rev + 1, encode(new))


def replay(decision: Decision, records: Records, index: Index) -> str:
    """Recomputes a decision from its own basis and the index of its parties; returns the result, or raises
    `ReplayDiffers`: with another matcher than the one that decided, it says so.
    """
    clocks = msgspec.json.decode(decision.view, type=dict[str, str | float])
    where = zone(str(clocks["zone"]))
    view = View(*(datetime.fromisoformat(str(clocks[name])).astimezone(UTC) for name in ("on", "law_at", "known_at")))
    screener = Screener(records, index, view, str(clocks["zone"]), where, float(clocks["threshold"]))
    query = msgspec.json.decode(decision.query, type=dict[str, str])
    subject = Subject(0, *(query.get(column, "") for column in COLUMNS))
    result = canonical(next(screener.screen([subject])).result)
    if (screener.snapshot, screener.view_text, result) != (decision.snapshot, decision.view, decision.result):
        raise ReplayDiffers(
            f"decision {decision.id} comes out differently",
            where=f"basis {decision.basis}",
            why=_difference(decision, result, screener.snapshot),
            fix=_remedy(decision),
        )
    return result


def _matcher_of(decision: Decision) -> str:
    """The matcher that found a decision's hits; the first one did not say."""
    searched = msgspec.json.decode(decision.result, type=dict[str, object]).get("searched")
    return str(searched.get("matcher", "exhaustive-1")) if isinstance(searched, dict) else ""


def _difference(decision: Decision, new: str, snapshot: str) -> str:
    old, matcher = decision.result, _matcher_of(decision)
    if matcher != matcher_version():
        return f"The matcher has changed since: {matcher} decided, this program has {matcher_version()}"
    place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    said = f"recorded …{old[max(0, place - 40) : place + 40]}… now …{new[max(0, place - 40) : place + 40]}…"
    return said if old != new else f"snapshot {decision.snapshot[:12]} recorded, {snapshot[:12]} now"


def _remedy(decision: Decision) -> str:
    if _matcher_of(decision) != matcher_version():
        return "Replay it with the version of vacatur that decided, or screen the subject again with this one"
    return "Run `vacatur verify`; if the ledger holds, this program's rules differ from those that decided"
