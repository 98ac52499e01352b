"""Remembered false positives: a person said that this subject is not that party, and nothing has changed since.

An entry speaks for one subject and for one party's listings as they stood. It lapses by itself when the subject says
anything else of itself, and when the listing is amended, ended, renewed or joined by another one: from the moment, on
the clocks of the question, from which that act is seen. A hit that an entry answers stays in the result, marked with
the entry's id; it is never dropped.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from vacatur.law.corpus import Docket
from vacatur.ledger.codec import canonical
from vacatur.model.act import Act
from vacatur.model.casework import GoodGuy
from vacatur.model.kinds import Op
from vacatur.screen.subject import Subject


class GoodGuys:
    """The entries that stood when a screening began."""

    def __init__(self, entries: Iterable[GoodGuy], ledger: int = 0) -> None:
        self.ledger = ledger
        """The position of the chain at which the list stood so."""
        standing = sorted((one for one in entries if not one.revoked), key=lambda one: one.id)
        self.content = hashlib.sha256(canonical(standing).encode()).hexdigest() if standing else ""
        """Content id of the list; empty for an empty one."""
        self._of: dict[str, list[GoodGuy]] = defaultdict(list)
        for one in standing:
            self._of[one.party].append(one)

    def silencing(self, subject: Subject, party: str, docket: Docket, day: str) -> GoodGuy | None:
        """The entry that answers a hit at a view, if one does; `day` is the legal day of its conduct (ISO)."""
        if not (candidates := self._of.get(party)):
            return None
        content, listing = subject.content, listing_id(docket, party)
        standing = (
            one for one in candidates
            if (one.subject, one.listing) == (content, listing) and (not one.until or day <= one.until)
        )  # fmt: skip
        return next(standing, None)


NOBODY = GoodGuys(())
"""No entries at all."""


def listing_id(docket: Docket, party: str) -> str:
    """The content id of a party's listings as a view sees them: its record, its designations and all acts on them that
    do anything.
    """
    acts = [act for listing in docket.listings(party) for act in _with_all_on(docket, listing)]
    records = sorted((party, *docket.corpus.same_as(party)))
    revisions = [(one, record.rev) for one in records if (record := docket.corpus.parties.get(one)) is not None]
    return hashlib.sha256(canonical([revisions, sorted((act.id, act.rev) for act in acts)]).encode()).hexdigest()


def _with_all_on(docket: Docket, listing: Act) -> Iterable[Act]:
    ahead, seen = [listing], set[str]()
    while ahead:
        act = ahead.pop()
        if act.id not in seen and act.what.op is not Op.NONE:
            seen.add(act.id)
            yield act
            ahead += docket.on(act.id)
