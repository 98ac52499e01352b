"""A position with everything the law says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vacatur.screen.part import strictest
from vacatur.screen.portfolio.course import Course, OutBy
from vacatur.screen.portfolio.issuers import Issuer
from vacatur.screen.portfolio.position import Position
from vacatur.screen.portfolio.states import ACTIVITIES


@dataclass(frozen=True, slots=True)
class Law:
    """What the law says of the securities of some parties: the course of each activity, and by when to be out."""

    state: str
    courses: Mapping[str, Course]
    out_by: OutBy | None

    @property
    def answers(self) -> dict[str, str]:
        """The answer on the day, by activity."""
        return {activity: self.courses[activity].answer for activity in ACTIVITIES}

    @property
    def because(self) -> tuple[str, ...]:
        """The acts that carry the answers."""
        return tuple(dict.fromkeys(act for course in self.courses.values() for act in course.because))

    @property
    def reached_via(self) -> tuple[str, ...]:
        """How a listing of another party reaches this one, where the programme's own rule does."""
        rows = [row for one in self.courses.values() for answer in one.answers for row in answer.rows]
        return tuple(dict.fromkeys(step for row in rows for step in row.reached_via))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know of the lists that say so."""
        answers = [answer for one in self.courses.values() for answer in one.answers]
        return tuple(dict.fromkeys(text for answer in answers for text in answer.warnings))


@dataclass(frozen=True, slots=True)
class Holding:
    """One position: who may be its issuer, and the law of those who decide.

    `state` is one of `STATES`. `deciding` are taken for the issuer; `possible` are others whose name comes near, each
    with the law if it were the issuer.
    """

    position: Position
    state: str
    law: Law
    deciding: tuple[Issuer, ...]
    possible: tuple[tuple[Issuer, Law], ...]

    @property
    def certain(self) -> bool:
        """Whether an identifier says who issued it; else it is a name, or nobody was found."""
        return any(one.certain for one in self.deciding)

    @property
    def by_name(self) -> bool:
        """Whether the law told is that of a party for which a name alone speaks."""
        return bool(self.deciding) and not self.certain

    @property
    def gravest(self) -> dict[str, str]:
        """The strictest answer by activity; of those whose name comes near too, where nobody is certain."""
        laws = [self.law, *(law for _, law in self.possible if not self.certain)]
        return {activity: strictest(law.answers[activity] for law in laws) for activity in ACTIVITIES}
