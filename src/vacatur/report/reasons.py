"""Why the answer under one programme is what it is, in one line; the strongest reason speaks for the whole answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from vacatur.law.answer import DISPUTED, PERMITTED, PROHIBITED, UNKNOWN, Answer, Row
from vacatur.law.corpus import Corpus
from vacatur.model.act import Act
from vacatur.model.extent import Extent
from vacatur.model.kinds import Layer, Op
from vacatur.model.spans import Interval
from vacatur.model.zones import zone
from vacatur.report.dates import act_day, instant, local
from vacatur.report.vocabulary import capital, deed, verb


@dataclass(frozen=True, slots=True)
class Case:
    """One row of an answer with what its reason is told from."""

    row: Row
    answer: Answer
    corpus: Corpus

    @property
    def on(self) -> datetime:
        """The moment of the conduct."""
        return self.answer.view.on

    @property
    def zone(self) -> str:
        """The zone in which the programme counts its days."""
        return self.row.programme.zone

    def day(self, when: datetime) -> str:
        """A moment in words."""
        return instant(when, self.zone)

    def holds(self) -> list[Act]:
        """The acts that suspend what the answer rests on."""
        acts = [self.corpus.acts[name] for name in self.row.because if name in self.corpus.acts]
        return [act for act in acts if act.what.op is Op.SUSPEND and act.what.layer is Layer.EFFICACY]

    def listings(self) -> list[Act]:
        """The party's own designations under this programme, as far as the answer rests on them."""
        acts = [self.corpus.acts[name] for name in self.row.because if name in self.corpus.acts]
        return [act for act in acts if act.is_designation and act.target.partition("@")[0] == self.answer.party]


def reasons(case: Case) -> tuple[int, str]:
    """How strongly the row speaks (0 is strongest among rows of one verdict), and its sentence."""
    telling: dict[str, Callable[[Case], tuple[int, str]]] = {
        PROHIBITED: _prohibited, DISPUTED: _disputed, UNKNOWN: _unknown, PERMITTED: _permitted}  # fmt: skip
    return telling[case.row.answer](case)


def stretch(extent: Extent, on: datetime) -> Interval | None:
    """The piece of an extent in which a moment lies, sure or not."""
    return next(((start, end) for start, end in extent.maybe if start <= on < end), None)


def since(row: Row, on: datetime, *, hour_of: bool = False) -> str:
    """Since when it is forbidden on a day; where readings differ by when it began, both."""
    start, _ = next(piece for piece in row.prohibited.sure if piece[0] <= on < piece[1])
    first = (stretch(row.prohibited, on) or (start, start))[0]
    words = instant(first, row.programme.zone, hour_of=hour_of)
    if first == start:
        return words
    later = instant(start, row.programme.zone)
    later = later.rpartition(", ")[2] if start - first < timedelta(days=1) else later
    return f"{words} (on one reading only from {later})"


def _prohibited(case: Case) -> tuple[int, str]:
    start = next(start for start, end in case.row.prohibited.sure if start <= case.on < end)
    when, view = since(case.row, case.on, hour_of=True), case.answer.view
    if start <= min(view.law_at, view.known_at):
        return 0, f"Since {when}, under the {case.row.programme.short}."
    law, known = (local(clock, zone(case.zone)).date() for clock in (view.law_at, view.known_at))
    clock = "on the law as it stood at" if law <= known else "as known at"
    return 1, f"From {when}, {clock} {case.day(min(view.law_at, view.known_at))}."


def _disputed(case: Case) -> tuple[int, str]:
    if not case.row.readings:
        return 1, f"Under the {case.row.programme.short}, whether it applied on this day is not established."
    said = {verdict: [" and ".join(held.says) for held in case.row.readings if held.answer == verdict]
            for verdict in dict.fromkeys(held.answer for held in case.row.readings)}  # fmt: skip
    ways = ("one reading", "another", "a third", "a fourth")
    parts = [f"{verdict} on {way} ({'; or '.join(dict.fromkeys(says))})"
             for (verdict, says), way in zip(said.items(), ways, strict=False)]  # fmt: skip
    return 0, capital("; ".join(parts)) + "."


def _unknown(case: Case) -> tuple[int, str]:
    return 0, next(iter(case.row.warnings), "The ledger does not answer for this day.")


def _permitted(case: Case) -> tuple[int, str]:
    row, on = case.row, case.on
    doing = deed(case.answer.activity).gerund
    start = next((start for start, _ in row.prohibited.maybe if start > on), None)
    if (held := stretch(row.suspension, on)) is not None and (row.suspended or row.running.at(on)):
        whole = any(act.target in {one.id for one in case.listings()} for act in case.holds())
        listed = (
            "Listed, but suspended"
            if whole
            else f"{'Listed; the' if row.listed else 'The'} ban on {doing} is suspended"
        )
        return 0, f"{listed} since {case.day(held[0])}."
    if row.running.at(on) and row.conditions:
        until = f", until {case.day(start)}" if start is not None else ""
        return 1, f"Only on a condition: {'; '.join(row.conditions).rstrip('.')}{until}."
    if start is not None:
        return 2, f"{'Listed; ' if row.listed else ''}{doing} is forbidden only from {case.day(start)}."
    if row.listed is not False:
        return (3, _open_listing(case)) if row.listed is None else (4, _listed_only(case, doing))
    return _not_listed(case)


def _open_listing(case: Case) -> str:
    ended = _ender(case)
    what = f" ({ended.title}, {act_day(ended, case.zone)})" if ended is not None else ""
    return f"Whether it was listed on that day is open{what}; the answer is the same on both readings."


def _listed_only(case: Case, doing: str) -> str:
    past = [end for _, end in case.row.running.maybe if end <= case.on]
    if past:
        return f"Listed on the {case.row.programme.short}; its ban on {doing} ended on {case.day(max(past))}."
    if not case.row.programme.rules:
        return f"Listed on the {case.row.programme.short}, of which no rule is known here."
    return f"Listed on the {case.row.programme.short}, which does not forbid {doing}."


def _not_listed(case: Case) -> tuple[int, str]:
    if (ended := _ender(case)) is not None:
        day = act_day(ended, case.zone)
        how = f"delisted on {day}" if ended.kind == "delist" else f"the designation was {verb(ended.kind)} on {day}"
        return 5, f"Not listed: {how}."
    if (start := next((start for start, _ in case.row.listing.maybe if start > case.on), None)) is not None:
        return 7, f"Not listed on that day; listed later, on {case.day(start)}."
    if case.row.reached_via:
        return 6, f"Not listed itself, and not reached on that day ({'; '.join(case.row.reached_via)})."
    return 8, "Not listed on that day."


def _ender(case: Case) -> Act | None:
    own = {act.id for act in case.listings()}
    acts = [case.corpus.acts[name] for name in case.row.because if name in case.corpus.acts]
    ended = [act for act in acts if act.target in own and act.what.op in (Op.CLOSE, Op.ANNUL)]
    return max(ended, key=lambda act: act.issued.latest, default=None)
