"""How the answer for one activity runs over time, at one view: since when it holds, and every later turn.

Everything is read from the extents of the answers, where what is sure and what only one reading says are kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vacatur.law.answer import DISPUTED, PERMITTED, PROHIBITED, Answer, Held, Row, answer, verdict
from vacatur.law.corpus import Corpus, Docket
from vacatur.model.extent import Extent, union
from vacatur.model.moment import FOREVER
from vacatur.model.spans import Spans
from vacatur.screen.part import strictest


@dataclass(frozen=True, slots=True)
class Turn:
    """An instant at which an answer changes, what it is from then on, and the zone of the authority that turns it."""

    at: datetime
    answer: str
    zone: str


@dataclass(frozen=True, slots=True)
class Course:
    """One activity with the securities of one issuer, at one view.

    `since`: from when on it has been forbidden without a break, on one reading at least; `surely_since`: on every one.
    `until`: when it stops being permitted, on one reading at least; `surely_until`: when it is forbidden on every one.
    `turns` are all later changes. `answers` hold the law behind it, one for each party that may be the issuer.
    """

    activity: str
    actor: str
    answer: str
    since: Turn | None
    surely_since: Turn | None
    until: Turn | None
    surely_until: Turn | None
    turns: tuple[Turn, ...]
    answers: tuple[Answer, ...]

    @property
    def rows(self) -> list[Row]:
        """The rows that decide: those that give the answer."""
        return [row for one in self.answers for row in one.rows if row.answer == self.answer]

    @property
    def because(self) -> tuple[str, ...]:
        """The acts that carry the answer."""
        return tuple(dict.fromkeys(act for row in self.rows for act in row.because))

    @property
    def readings(self) -> tuple[Held, ...]:
        """The readings of what is disputed, each with its answer."""
        return tuple(held for row in self.rows for held in row.readings)

    @property
    def conditions(self) -> tuple[str, ...]:
        """On what conditions it is permitted, or what softens the prohibition."""
        return tuple(dict.fromkeys(text for one in self.answers for row in one.rows for text in row.conditions))


def course(docket: Docket, parties: tuple[str, ...], activity: str, actor: str) -> Course:
    """The course of one activity with these parties, all of which may be the issuer: the strictest answer is told."""
    answers = tuple(answer(docket, party, activity, actor) for party in parties)
    extent = union(row.prohibited for one in answers for row in one.rows)
    on = docket.view.on
    starts = {"since": _began(extent.maybe, on), "surely_since": _began(extent.sure, on)}
    ends = {"until": _begins(extent.maybe, on), "surely_until": _begins(extent.sure, on)}
    turns = {name: None if at is None else Turn(at, verdict(extent, at), _zone(answers, at))
             for name, at in (starts | ends).items()}  # fmt: skip
    worst = strictest(one.answer for one in answers)
    return Course(activity=activity, actor=actor, answer=worst, turns=_turns(extent, answers, on), answers=answers,
                  **turns)  # fmt: skip


def _began(spans: Spans, on: datetime) -> datetime | None:
    return next((start for start, end in spans if start <= on < end), None)


def _begins(spans: Spans, on: datetime) -> datetime | None:
    """The first later start, where nothing runs now."""
    return None if on in spans else next((start for start, _ in spans if start > on), None)


def _turns(extent: Extent, answers: tuple[Answer, ...], on: datetime) -> tuple[Turn, ...]:
    found: list[Turn] = []
    said = verdict(extent, on)
    for edge in sorted(edge for edge in extent.edges() if on < edge < FOREVER):
        then = verdict(extent, edge)
        if then != said:
            found.append(Turn(edge, then, _zone(answers, edge)))
        said = then
    return tuple(found)


def _zone(answers: tuple[Answer, ...], at: datetime) -> str:
    return next((row.programme.zone for one in answers for row in one.rows if at in row.prohibited.edges()), "UTC")


@dataclass(frozen=True, slots=True)
class OutBy:
    """By when a position must be gone.

    `compels` says by what: `hold`, for then holding is forbidden; `sell`, where holding stays lawful and the last sale
    is allowed until then: what is kept can only be kept. `at` is the first day on any reading; `surely` on every one,
    None while one reading knows no such day. `because` are the acts that carry it.
    """

    at: Turn
    surely: Turn | None
    compels: str
    because: tuple[str, ...]


def out_by(docket: Docket, sell: Course, hold: Course) -> OutBy | None:
    """By when a position must be gone; None where no such day is known, or where it has passed.

    Selling that is only disputed sets no day: on one reading it stays open, and nobody is compelled.
    """
    if hold.answer == PROHIBITED:
        return None
    if (first := hold.until or hold.surely_until) is not None:
        ends = (sell.surely_until, hold.surely_until)
        last = min((turn for turn in ends if turn is not None), key=lambda turn: turn.at, default=None)
        at = min((turn for turn in (first, sell.surely_until) if turn is not None), key=lambda turn: turn.at)
        return OutBy(at, last, "hold", _carrying(docket, hold if at == first else sell, at.at))
    if sell.surely_until is not None:
        at = sell.until if _leads(sell) and sell.until is not None else sell.surely_until
        return OutBy(at, sell.surely_until, "sell", _carrying(docket, sell, at.at))
    return None


def _leads(sell: Course) -> bool:
    """Whether the time for which selling is disputed runs straight into the one for which it is forbidden."""
    assert sell.surely_until is not None
    before = [turn for turn in sell.turns if turn.at < sell.surely_until.at]
    return bool(before) and before[-1] == sell.until


def _carrying(docket: Docket, of: Course, at: datetime) -> tuple[str, ...]:
    """The acts that carry the answer of that moment."""
    then = docket.moved(at)
    rows = [row for one in of.answers for row in answer(then, one.party, of.activity, of.actor).rows]
    return tuple(dict.fromkeys(act for row in rows if row.answer in (PROHIBITED, DISPUTED) for act in row.because))


def untouched(activity: str, actor: str) -> Course:
    """The course for an issuer that no list knows."""
    return Course(activity, actor, PERMITTED, None, None, None, None, (), ())


def holders(corpus: Corpus, held: Held) -> tuple[str, ...]:
    """The acts by which somebody holds a reading: the order's own words, an authority's guidance, a court."""
    found = []
    for name in held.readings:
        dispute, _, chosen = name.partition("#")
        stated = corpus.dispute(dispute)
        found += [
            act for one in (stated.readings if stated is not None else ()) if one.id == chosen for act in one.acts
        ]
    return tuple(dict.fromkeys(found))
