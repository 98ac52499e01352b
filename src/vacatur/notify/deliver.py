"""Delivery: what is due goes to its sinks, in order, each once; what cannot go now waits longer from try to try."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from vacatur.notify.outbox import Outbox
from vacatur.notify.sink import Queued, Sink, Verdict

FIRST_PAUSE = timedelta(seconds=30)
"""Before the second try; each later pause is twice as long, up to the longest."""
LONGEST_PAUSE = timedelta(hours=4)
MOST_ASKED = timedelta(days=1)
"""The longest pause that a receiver may ask for."""
MOST_TRIES = 30
"""After which a notice is kept as failed: three and a half days, so that a long weekend loses nothing."""
MOST_MISSED = 3
"""Tries in a row that may fail before a sink is left alone until the next delivery: one that is down costs no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of one notice at one sink: `delivered`, still `due` (from `next_try` on), or `failed` for good."""

    sink: str
    id: str
    state: Literal["due", "delivered", "failed"]
    note: str
    next_try: datetime | None


def deliver(outbox: Outbox, sinks: Iterable[Sink], now: Callable[[], datetime]) -> list[Delivery]:
    """Tries whatever is due, once; what was tried is told, in order.

    `now` gives the present moment: signatures carry it, and a delivery may take long enough for them to grow old.
    Raises `LedgerError` when another process is delivering or the outbox cannot be used.
    """
    with outbox.alone():
        began = now()
        return [told for sink in sinks for told in _through(outbox, sink, began, now)]


def _through(outbox: Outbox, sink: Sink, began: datetime, now: Callable[[], datetime]) -> Iterator[Delivery]:
    missed = 0
    while missed < MOST_MISSED and (batch := outbox.due(sink.name, began, sink.most)):
        at = max(now(), began)
        verdicts = sink.send(batch, at)
        told = [_told(*each, at) for each in zip(batch, verdicts, strict=True)]
        outbox.delivered(sink.name, [one.id for one in told if one.state == "delivered"], at)
        for one in told:
            if one.state != "delivered":
                outbox.failed(sink.name, one.id, one.note, one.next_try)
        missed = missed + 1 if all(verdict.state == "later" for verdict in verdicts) else 0
        yield from told


def _told(queued: Queued, verdict: Verdict, at: datetime) -> Delivery:
    if verdict.state == "delivered":
        return Delivery(sink=queued.sink, id=queued.id, state="delivered", note="", next_try=None)
    if verdict.state == "refused" or queued.tries + 1 >= MOST_TRIES:
        note = verdict.note if verdict.state == "refused" else f"given up after {MOST_TRIES} tries: {verdict.note}"
        return Delivery(sink=queued.sink, id=queued.id, state="failed", note=note, next_try=None)
    after = at + _pause(queued.tries, verdict.wait)
    return Delivery(sink=queued.sink, id=queued.id, state="due", note=verdict.note, next_try=after)


def _pause(tries: int, asked: timedelta | None) -> timedelta:
    """The pause after so many failed tries before this one; longer where the receiver asks for it, within a bound."""
    own = min(FIRST_PAUSE * (1 << min(tries, 20)), LONGEST_PAUSE)
    return max(own, min(asked, MOST_ASKED)) if asked is not None else own
