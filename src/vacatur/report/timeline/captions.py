"""The picture in words, for those who do not see it: a sentence for each lane, a name for each stretch, a state now."""

from __future__ import annotations

from datetime import datetime

from vacatur.law.answer import DISPUTED, PERMITTED, PROHIBITED, Row, verdict
from vacatur.model.kinds import Op
from vacatur.model.moment import BEGINNING
from vacatur.report.dates import count, days_between, instant
from vacatur.report.timeline.lanes import Lane, Track
from vacatur.report.timeline.law import Pair, Standing
from vacatur.report.timeline.spans import Span, State, licensed
from vacatur.report.vocabulary import VERDICTS, deed, verb

STATES = {State.RUN: "days running", State.LISTED: "listed", State.INFERRED: "listed, inferred from list editions",
          State.EXPECTED: "listed, as far as this view can tell", State.ANNULLED: "listed until it was set aside",
          State.PROHIBITED: "prohibited", State.SCHEDULED: "will be prohibited", State.LICENSED: "permitted",
          State.SUSPENDED: "suspended", State.WOULD: "would have been prohibited, but suspended",
          State.DISPUTED: "disputed", State.UNSEEN: "end not established"}  # fmt: skip


def span_title(span: Span, track: Track | None, zone_name: str) -> str:
    """`buying: prohibited, 2 August 2021 to 3 June 2022 (305 days)`."""
    what = f"{track.label}: " if track is not None and track.pair is not None else ""
    words = f", {span.words}" if span.state is State.LICENSED else ""
    later = "; came later than this view" if span.later else ""
    return f"{what}{STATES[span.state]}{words}, {_between(span.start, span.end, zone_name, span.open)}{later}"


def lane_sentence(lane: Lane) -> str:
    """One sentence that says what the lane shows."""
    if lane.programme is None:
        return "Consequences: " + "; ".join(act.act.title for act in lane.acts) + "."
    zone_name = lane.programme.zone
    parts = [f"{STATES[span.state]} {_between(span.start, span.end, zone_name, span.open)}"
             for span in (*lane.tracks[0].spans, *lane.held)]  # fmt: skip
    for track in lane.tracks[1:]:
        parts += [span_title(span, track, zone_name) for span in track.spans if span.state is not State.RUN] or [
            f"{track.label}: {track.note or 'never forbidden'}"
        ]
    return f"{lane.programme.short}: {'; '.join(parts) or 'never listed'}."


def state_at(lane: Lane, on: datetime, asked: Pair) -> tuple[str, str]:
    """Glyph and words for a lane at the moment asked about: by the activity asked about, else by the weightiest."""
    law = lane.law
    if law is None:
        return "none", ""
    if asked in law.ruled and (row := law.ruled[asked].row) is not None:
        told = _activity(row, on)
        return told if told is not None else _entry(law, on)
    told_of = [(told, pair) for pair, ruled in law.ruled.items()
               if ruled.row is not None and (told := _activity(ruled.row, on)) is not None]  # fmt: skip
    order = ("proh", "disp", "susp", "lic", "sched")
    if not told_of:
        return _entry(law, on)
    (name, words), pair = min(told_of, key=lambda item: order.index(item[0][0]))
    return name, f"{words} ({deed(pair[0]).track})"


def _activity(row: Row, on: datetime) -> tuple[str, str] | None:
    """What the law says of an activity on a day, if it says more than that there is an entry."""
    said = verdict(row.prohibited, on)
    if said in (PROHIBITED, DISPUTED):
        return ("proh" if said == PROHIBITED else "disp"), VERDICTS[said]
    if row.suspended or (row.running.at(on) and row.suspension.at(on)):
        return "susp", "Suspended"
    if said == PERMITTED and on in licensed(row):
        return "lic", "On a condition"
    if row.listed and any(start > on for start, _ in row.prohibited.sure):
        return "sched", "Ban not begun"
    return None


def _entry(law: Standing, on: datetime) -> tuple[str, str]:
    at = law.listing.at(on)
    if at is not False:
        return ("list", "Listed") if at else ("disp", "Listing disputed")
    if law.annulled:
        return "none", "Set aside"
    if any(end <= on for _, end in law.listing.maybe):
        enders = [act for act in law.enders if act.issued.earliest <= on]
        return "none", verb(enders[-1].kind).capitalize() if enders and enders[-1].what.op is not Op.NONE else "Ended"
    return "none", "Not yet listed" if law.listing else "Not listed"


def _between(start: datetime, end: datetime, zone_name: str, unended: bool) -> str:
    if start == BEGINNING:
        return f"until {instant(end, zone_name)}"
    if unended:
        return f"since {instant(start, zone_name)}"
    length = count(days_between(start, end, zone_name))
    return f"{instant(start, zone_name)} to {instant(end, zone_name)} ({length})"
