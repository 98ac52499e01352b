"""The three clocks that every question carries.

A vacatur rewrites the past *in law*; a notice read late rewrites the past *in knowledge*. They never share an axis:
`on` is the moment of the conduct, `law_at` the legal order as it stood, `known_at` what the public could know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class View:
    """One point of view on the ledger; three aware instants in UTC."""

    on: datetime
    law_at: datetime
    known_at: datetime

    def __post_init__(self) -> None:
        for clock in (self.on, self.law_at, self.known_at):
            if clock.tzinfo is None:
                raise ValueError("a view needs aware instants: a naive one has no place in a legal day")

    @staticmethod
    def as_of(instant: datetime) -> View:
        """As then in force and as then knowable: all three clocks at one instant."""
        return View(instant, instant, instant)
