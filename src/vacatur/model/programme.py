"""A programme: one list or regime, the rules that give a listing its effect, and the points it leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from vacatur.model.act import Quote

COVERAGE = ("complete", "partial")
REACHES = ("named", "control", "half", "close-name")
"""Whom a rule reaches beside the named party: nobody, those it controls, those it owns by half, close names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carveout:
    """An exception written into a rule. `whole`: the activity as asked is permitted on this condition;
    otherwise the condition is only named. `until` is a formula, None for an exception without end.
    """

    activity: str
    condition: str
    until: str | None
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One prohibition: who may not do what, from when to when, since and until which act.

    `starts` and `ends` are formulas over the listing's anchors; `groups` limits the rule to listings of these groups
    (empty: all); `reach` widens it beyond the named party; `reading` lets it stand on one reading only.
    """

    id: str
    authority: str
    activity: str
    actor: str
    object: str
    groups: tuple[str, ...]
    reach: str
    starts: str
    ends: str | None
    unless: tuple[Carveout, ...]
    since: str
    until: str | None
    reading: str | None
    document: str | None
    quote: Quote

    @property
    def programme(self) -> str:
        """The programme to which the rule belongs."""
        return self.id.partition("#")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One of the ways in which an open point can be read, and who holds it."""

    id: str
    says: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A point that authorities left open; no reading ranks before another until an act settles it."""

    id: str
    question: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One regime, with what this ledger knows of it.

    `coverage` says whether every party of the list is in the ledger; `followed_from` and `followed_until` (dates)
    bound the time for which the ledger can answer. `display` holds the words for people: short title, remarks on what
    is *not* forbidden.
    """

    id: str
    rev: int
    title: str
    short: str
    issuer: str
    zone: str
    coverage: str
    followed_from: str
    followed_until: str
    remark: str
    sources: tuple[str, ...]
    rules: tuple[Rule, ...]
    disputes: tuple[Dispute, ...]
