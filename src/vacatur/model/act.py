"""An act: one thing that an authority, a court, a party or a market did, and how we know.

Acts act on acts. A designation targets `party@programme`; every other kind targets an act id, a rule
(`programme#rule`) or a programme. Ids read as the law reads: `us-ccmc/xiaomi/2021-03-12-enjoin`.
"""

from __future__ import annotations

from dataclasses import dataclass

from vacatur.model.kinds import KINDS, Kind
from vacatur.model.moment import Moment

GRADES = ("documented", "observed", "reported")
"""Evidence: primary text or official data seen; inferred from list editions; told by others."""

EFFECTS = ("ex-tunc", "ex-nunc", "unknown")
"""How far back an annulment works: from the beginning, from now on, or the words are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What the evidence says. `ours` is true for a statement in our words (never shown as a quotation);
    otherwise `text` is verbatim, at `[start, end)` of the archived document where that is held.
    """

    text: str
    ours: bool
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an act is limited to; an empty field does not limit.

    `whole` is false for an authorisation that covers only part of the activity asked about: it is then named as a
    condition and does not turn the answer.
    """

    activities: tuple[str, ...]
    actors: tuple[str, ...]
    rules: tuple[str, ...]
    parties: tuple[str, ...]
    excluded: tuple[str, ...]
    condition: str
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One legal (or market) act.

    `issued` is when the authority spoke, `published` when the world could know. `effective` and `until` are formulas
    (see `law.formula`) for a start other than `issued` and for a term. `reading` (`dispute#reading`) makes the act
    operate on that reading only; `settles` names the reading that the act establishes; `disputed` says why the act's
    own operation is contested. `starts` moves the start of the target's effect (an extended deadline). `groups` sorts
    designations for rules that treat them differently. `parties` are those whom the act concerns beside its target.
    """

    id: str
    rev: int
    kind: str
    target: str
    title: str
    issued: Moment
    published: Moment
    effective: str | None
    until: str | None
    starts: str | None
    issuer: str
    authority: str
    grounds: tuple[str, ...]
    docket: str
    document: str | None
    quote: Quote | None
    sources: tuple[str, ...]
    grade: str
    effect: str | None
    disputed: str | None
    reading: str | None
    settles: str | None
    scope: Scope | None
    groups: tuple[str, ...]
    parties: tuple[str, ...]
    listed_as: str
    number: str
    successor: str | None
    note: str
    recorded_by: str

    @property
    def programme(self) -> str:
        """The programme in whose book the act stands: the first segment of its id."""
        return self.id.partition("/")[0]

    @property
    def party(self) -> str | None:
        """The party that the act's id names, if it names one."""
        segments = self.id.split("/")
        return segments[1] if len(segments) > 2 else None

    @property
    def what(self) -> Kind:
        """The row of the kinds table."""
        return KINDS[self.kind]

    @property
    def is_designation(self) -> bool:
        """Whether the act creates a listing."""
        return "@" in self.target

    @property
    def concerns(self) -> frozenset[str]:
        """Every party whom the act names, by id or beside its target."""
        own = self.party
        return frozenset(self.parties) | ({own} if own is not None else frozenset())
