"""The effects table: what the law does to whom, as rows that any engine can join on without knowing the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from vacatur.law.answer import answer
from vacatur.law.corpus import Docket
from vacatur.model.kinds import ACTIVITIES

SECURITIES = ("buy", "sell", "hold")
"""The activities that concern an issuer's securities rather than the party itself."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A prohibition over `[start, end)` (UTC); `security` is None where the activity is not about securities."""

    party: str
    security: str | None
    programme: str
    activity: str
    actor: str
    start: datetime
    end: datetime
    certain: bool
    because: tuple[str, ...]


def effects(docket: Docket, parties: Iterator[str] | None = None) -> Iterator[Effect]:
    """Every prohibition in the law of the view, for the parties given or for all that are listed, in a fixed order."""
    for party in sorted(parties if parties is not None else docket.listed_parties()):
        record = docket.corpus.parties.get(party)
        issued: list[str | None] = [security.id for security in record.securities] if record else []
        for activity, (actor, _) in ACTIVITIES.items():
            for row in answer(docket, party, activity, actor).rows:
                for start, end, certain in row.prohibited.pieces():
                    for security in issued if issued and activity in SECURITIES else [None]:
                        yield Effect(
                            party, security, row.programme.id, activity, actor, start, end, certain, row.because
                        )
