"""What the law does to a position, in one word: the groups in which portfolios are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vacatur.law.answer import DISPUTED, PROHIBITED, UNKNOWN, Row
from vacatur.screen.portfolio.course import Course

ACTIVITIES = ("buy", "sell", "hold")
"""What can be done with a position."""


@dataclass(frozen=True, slots=True)
class State:
    """A group of positions: its words, what they mean, and whether something in it is forbidden on the day."""

    id: str
    title: str
    meaning: str
    bars: bool


STATES: dict[str, State] = {
    state.id: state
    for state in (
        State("unlawful", "Must not be held", "Holding is forbidden on this day.", bars=True),
        State("locked", "Barred: may only be kept", "Neither buying nor selling is allowed; holding is.", bars=True),
        State("barred", "Barred: sell only", "Buying is forbidden; what is held may be sold.", bars=True),
        State(
            "soon", "Soon barred", "Listed; nothing is forbidden yet, and from a known day on something is.", bars=False
        ),
        State("disputed", "Disputed", "Two readings, two answers. Both are kept; neither is preferred.", bars=False),
        State("unknown", "Not answered", "The ledger does not answer for this day.", bars=False),
        State("suspended", "Listed, suspended", "On a list whose effect is held; nothing is forbidden.", bars=False),
        State("listed", "Listed, nothing forbidden", "On a list that forbids nothing of this on this day.", bars=False),
        State(
            "possible", "Possibly listed", "Only a name comes near a listed party's; nothing is decided.", bars=False
        ),
        State("unlisted", "Not listed on this day", "On a list before, or later; not on this day.", bars=False),
        State("clean", "Clean", "Searched, and nothing found.", bars=False),
    )
}
"""The states in the order in which they are told, gravest first."""


def state_of(courses: Mapping[str, Course]) -> str:
    """The state of a position, from what may be done with it now and later; the gravest that holds."""
    answers = {activity: courses[activity].answer for activity in ACTIVITIES}
    later = {turn.answer for course in courses.values() for turn in course.turns}
    holds = {
        "unlawful": answers["hold"] == PROHIBITED,
        "locked": answers["sell"] == PROHIBITED,
        "barred": answers["buy"] == PROHIBITED,
        "disputed": DISPUTED in answers.values() or (DISPUTED in later and PROHIBITED not in later),
        "soon": PROHIBITED in later,
        "unknown": UNKNOWN in answers.values(),
    }
    rows = [row for course in courses.values() for answer in course.answers for row in answer.rows]
    return next((state for state, said in holds.items() if said), None) or _quiet(rows)


def _quiet(rows: Sequence[Row]) -> str:
    """The state where nothing is forbidden, now or later."""
    if any(row.suspended is not False for row in rows):
        return "suspended"
    if any(row.listed is not False or row.reached_via for row in rows):
        return "listed"
    return "unlisted" if rows else "clean"
