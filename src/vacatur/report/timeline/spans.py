"""From the law of a view to the stretches that a track shows: what holds, what is expected, and what came later.

`seen` is the earlier of *law at* and *known at*. Left of it stands the law of the view; right of it only what that law
foresees, and, flagged `later`, what really came. The two are never drawn alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vacatur.law.answer import Row
from vacatur.model.extent import Extent
from vacatur.model.moment import BEGINNING, FOREVER
from vacatur.model.spans import Spans
from vacatur.model.zones import zone
from vacatur.report.dates import count, days_between, local, short
from vacatur.report.timeline.law import Ruled, Standing


class State(StrEnum):
    """What a stretch shows, in the order in which stretches are drawn."""

    RUN = "run"  # days running until a ban begins
    LISTED = "listed"
    INFERRED = "inferred"  # listed, as list editions let infer
    EXPECTED = "expected"  # listed after the view, as far as the view can tell
    ANNULLED = "annulled"  # was listed until an annulment undid it from the start
    PROHIBITED = "prohibited"
    SCHEDULED = "scheduled"  # will be prohibited, by acts that the view knows
    LICENSED = "licensed"  # permitted on a condition only
    SUSPENDED = "suspended"
    WOULD = "would"  # would have been prohibited, were it not suspended
    DISPUTED = "disputed"
    UNSEEN = "unseen"  # an end that is not established


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one state. `head` and `tail` say whether an end is real or only where the drawing was cut."""

    state: State
    start: datetime
    end: datetime
    later: bool
    words: str
    head: bool = True
    tail: bool = True

    @property
    def open(self) -> bool:
        """Whether no end is known."""
        return self.end == FOREVER


@dataclass(frozen=True, slots=True)
class Cut:
    """How a view divides time: `seen` is where its knowledge ends; `later` marks the law of today, from there on."""

    seen: datetime
    now: datetime
    later: bool
    zone_name: str

    @property
    def window(self) -> Spans:
        """The time for which this law is drawn as it holds."""
        return Spans.between(self.seen, self.now) if self.later else Spans.between(BEGINNING, self.seen)

    @property
    def ahead(self) -> Spans:
        """The time after it, which this law can only foresee."""
        return Spans.between(self.now if self.later else self.seen, FOREVER)

    def spans(self, state: State, extent: Spans, within: Spans, words: str = "") -> Iterator[Span]:
        """The stretches of `extent` inside `within`, knowing which ends were cut."""
        for start, end in extent:
            for first, last in Spans.between(start, end) & within:
                yield Span(state, first, last, self.later, words, head=first == start, tail=last == end)

    def day(self, instant: datetime) -> str:
        """A day as words in a bar: `2 Aug 2021`."""
        return short(local(instant, zone(self.zone_name)).date())


def listed(law: Standing, cut: Cut) -> list[Span]:
    """The listed track: in force, annulled, disputed, or with an end that nobody has seen."""
    state = State.INFERRED if law.observed else State.LISTED
    found = [*cut.spans(state, law.listing.sure, cut.window), *cut.spans(State.EXPECTED, law.listing.sure, cut.ahead)]
    found += cut.spans(State.ANNULLED, law.annulled, cut.window, "set aside from the start")
    loose = {end for _, end in law.listing.sure} & {start for start, _ in law.listing.doubt} if _vague_end(law) else ()
    for start, end in law.listing.doubt:
        unseen = start in loose
        doubt = Spans.between(start, end)
        found += cut.spans(State.UNSEEN if unseen else State.DISPUTED, doubt, cut.window,
                           "end not seen" if unseen else "disputed")  # fmt: skip
    return found


def held(law: Standing, cut: Cut) -> list[Span]:
    """Where the whole listing is suspended: drawn over the listed track and all activities."""
    shown = law.held.sure & (law.listing.maybe | law.annulled)
    return list(cut.spans(State.SUSPENDED, shown, cut.window, "suspended"))


def forbidden(law: Standing, ruled: Ruled, cut: Cut) -> list[Span]:
    """An activity's track."""
    found: list[Span] = []
    for start, end in ruled.runs:
        days = count(days_between(start, end, cut.zone_name))
        found += cut.spans(State.RUN, Spans.between(start, end), _drawn(cut), days)
    if (row := ruled.row) is None:
        return found
    for start, end in row.prohibited.sure:
        whole = Spans.between(start, end)
        words = f"prohibited since {cut.day(start)}" if cut.seen < end else "prohibited"
        found += cut.spans(State.PROHIBITED, whole, cut.window, words)
        if not cut.later or start >= cut.now:
            ahead = f"from {cut.day(start)}" if start >= cut.seen else ""
            found += cut.spans(State.SCHEDULED, whole, cut.ahead, ahead)
    found += cut.spans(State.DISPUTED, row.prohibited.doubt, _drawn(cut), "disputed")
    found += cut.spans(State.WOULD, would_have_been(row), cut.window, "would have been prohibited")
    found += cut.spans(State.SUSPENDED, (row.suspension.sure - law.held.sure) & row.running.maybe, cut.window,
                       "suspended")  # fmt: skip
    for extent, words in _licensed(row, ruled.conditions):
        found += cut.spans(State.LICENSED, extent, _drawn(cut), words)
    return found


def would_have_been(row: Row) -> Spans:
    """Bites ∩ force ∩ suspended: the only counterfactual that is ever drawn."""
    return (row.running.maybe & row.suspension.sure) - row.prohibited.maybe


def licensed(row: Row) -> Spans:
    """Where a ban runs, is not suspended, and yet does not prohibit: a condition takes the conduct out."""
    return row.running.sure - row.suspension.maybe - row.prohibited.maybe


def _licensed(row: Row, conditions: Iterable[tuple[Extent, str]]) -> Iterator[tuple[Spans, str]]:
    free = licensed(row)
    for extent, text in conditions:
        if mine := free & extent.maybe:
            yield mine, "only to divest" if "divest" in text else "only by licence"
            free -= extent.maybe
    if free:
        yield free, "only on a condition"


def _drawn(cut: Cut) -> Spans:
    """Where the law of the view may be drawn at all: everywhere, but what came later only from `seen` on."""
    return Spans.between(cut.seen if cut.later else BEGINNING, FOREVER)


def _vague_end(law: Standing) -> bool:
    """Whether an act that ended a listing is not known to the day."""
    return any(not act.issued.exact for act in law.enders)
