"""Parties of whom the law says the same, but for their names: an edition lists thousands of them alike.

A party has a *shape* when nothing bears on it but its own designations: no act acts on them, no link leads to or from
another record, and no act names it besides. All that is answered of it then follows from what its designations say, and
another party whose designations say the same has the same answers, carried by its own designations.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from vacatur.law.corpus import Docket
from vacatur.model.act import Act


@dataclass(frozen=True, slots=True)
class Shape:
    """What is alike (`key`), and the designations by which it is carried, in the order of the key."""

    key: Hashable
    listings: tuple[str, ...]


class Shapes:
    """The shapes of the parties at one view."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket
        self._named = {party for act in docket.acts() for party in _names(act)}

    def of(self, party: str) -> Shape | None:
        """The party's shape; None for one on whom anything else bears, or who has none of its own."""
        record = self._docket.corpus.parties.get(party)
        if record is None or record.links or party in self._named:
            return None
        acts = self._docket.own_listings(party)
        programmes = [act.programme for act in acts]
        if len(set(programmes)) < len(acts) or any(_open(act) or self._docket.on(act.id) for act in acts):
            return None
        return Shape(tuple(map(_said, acts)), tuple(act.id for act in acts))


def _names(act: Act) -> tuple[str, ...]:
    """The parties whom an act singles out; a plain designation singles out nobody beside its own."""
    scope = (*act.scope.parties, *act.scope.excluded) if act.scope is not None else ()
    return (*scope, *act.parties, *(act.concerns if act.settles is not None else ()))


def _said(act: Act) -> Hashable:
    """All of a designation on which an answer can depend: its moments as they are known, not as they are written."""
    return (
        act.programme, act.issued.earliest, act.issued.latest, act.published.earliest, act.published.latest,
        act.effective, act.until, act.starts, act.scope, act.groups,
    )  # fmt: skip


def _open(act: Act) -> bool:
    """Whether a designation raises a question of its own."""
    return any(one is not None for one in (act.effect, act.disputed, act.reading, act.settles))
