"""How the answer for one activity runs over time, at one view: since when it holds, and every later turn.

Everything is read from the extents of the answers, where what is sure and what only one reading says are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from vacatur.law.answer import PERMITTED, PROHIBITED, Answer, Held, Row, answer, verdict
from vacatur.law.corpus import Corpus, Docket
from vacatur.model.extent import Extent, union
from vacatur.model.moment import FOREVER
from vacatur.model.spans import Spans
from vacatur.screen.part import strictest


@dataclass(frozen=True, slots=True)
class Turn:
    """An instant at which an answer changes, what it is from then on, and the zone of the authority that turns it.

    `because` are the acts that carry the new answer, `readings` those of it where it is disputed; both are empty for a
    turn that lies behind, of which the answer of the day tells.
    """

    at: datetime
    answer: str
    zone: str
    because: tuple[str, ...]
    readings: tuple[Held, ...]


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
    turns = {at: _turn(docket, answers, extent, at) for at in _edges(extent, on)}
    began = {"since": _began(extent.maybe, on), "surely_since": _began(extent.sure, on)}
    past = {name: None if at is None else Turn(at, verdict(extent, at), _zone(answers, at), (), ())
            for name, at in began.items()}  # fmt: skip
    return Course(
        activity=activity, actor=actor, answer=strictest(one.answer for one in answers), **past,
        until=turns.get(_begins(extent.maybe, on)), surely_until=turns.get(_begins(extent.sure, on)),
        turns=tuple(turns.values()), answers=answers,
    )  # fmt: skip


def _began(spans: Spans, on: datetime) -> datetime | None:
    return next((start for start, end in spans if start <= on < end), None)


def _begins(spans: Spans, on: datetime) -> datetime:
    """The first later start, where nothing runs now; never, without one."""
    return FOREVER if on in spans else next((start for start, _ in spans if start > on), FOREVER)


def _edges(extent: Extent, on: datetime) -> Iterator[datetime]:
    """The later instants at which the answer changes."""
    said = verdict(extent, on)
    for edge in sorted(edge for edge in extent.edges() if on < edge < FOREVER):
        if (then := verdict(extent, edge)) != said:
            yield edge
        said = then


def _turn(docket: Docket, answers: tuple[Answer, ...], extent: Extent, at: datetime) -> Turn:
    """A later turn, with what carries it: the same question asked about that moment, on the law of this view."""
    then, said = docket.moved(at), verdict(extent, at)
    rows = [row for one in answers for row in answer(then, one.party, one.activity, one.actor).rows]
    carrying = [row for row in rows if row.answer == said and (said != PERMITTED or at in row.prohibited.edges())]
    because = tuple(dict.fromkeys(act for row in carrying for act in row.because))
    readings = tuple(held for row in carrying for held in row.readings)
    return Turn(at, said, _zone(answers, at), because, readings)


def _zone(answers: tuple[Answer, ...], at: datetime) -> str:
    return next((row.programme.zone for one in answers for row in one.rows if at in row.prohibited.edges()), "UTC")


@dataclass(frozen=True, slots=True)
class OutBy:
    """By when a position must be gone.

    `compels` says by what: `hold`, for then holding is forbidden; `sell`, where holding stays lawful and the last sale
    is allowed until then: what is kept can only be kept. `at` is the first day on any reading; `surely` on every one,
    None while one reading knows no such day.
    """

    at: Turn
    surely: Turn | None
    compels: str

    @property
    def because(self) -> tuple[str, ...]:
        """The acts that carry it."""
        return self.at.because


def out_by(sell: Course, hold: Course) -> OutBy | None:
    """By when a position must be gone; None where no such day is known, or where it has passed.

    Selling that is only disputed sets no day: on one reading it stays open, and nobody is compelled.
    """
    if hold.answer == PROHIBITED:
        return None
    if (first := hold.until or hold.surely_until) is not None:
        ends = (sell.surely_until, hold.surely_until)
        last = min((turn for turn in ends if turn is not None), key=lambda turn: turn.at, default=None)
        at = min((turn for turn in (first, sell.surely_until) if turn is not None), key=lambda turn: turn.at)
        return OutBy(at, last, "hold")
    if sell.surely_until is not None:
        at = sell.until if _leads(sell) and sell.until is not None else sell.surely_until
        return OutBy(at, sell.surely_until, "sell")
    return None


def _leads(sell: Course) -> bool:
    """Whether the time for which selling is disputed runs straight into the one for which it is forbidden."""
    assert sell.surely_until is not None
    before = [turn for turn in sell.turns if turn.at < sell.surely_until.at]
    return bool(before) and before[-1] == sell.until


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
