"""Which party a person means by an id, a name, an ISIN, a ticker or a LEI."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from itertools import islice

from vacatur.errors import PartyAmbiguous, PartyUnknown
from vacatur.law.corpus import Corpus
from vacatur.match.identifiers import like_ticker
from vacatur.match.index import Index
from vacatur.match.names import Names
from vacatur.match.parties import index_of, schemes_of

_SURROGATE = re.compile(r"[\ud800-\udfff]")
MOST_TYPED = 1000
"""Longest text that is looked up as a party: no name is longer."""
NEAR = 0.1
"""Lowest score of a name that an error message offers."""


class Resolver:
    """Resolves what is typed against the parties of one basis; the index is made or opened on first use.

    Args:
        corpus: the parties.
        index: gives the index of these parties; by default it is made here.
    """

    def __init__(self, corpus: Corpus, index: Callable[[], Index] | None = None) -> None:
        self._corpus = corpus
        self._make = index or (lambda: index_of(corpus.parties.values()))

    @cached_property
    def index(self) -> Index:
        """The parties' names and identifiers, to be searched."""
        return self._make()

    @cached_property
    def names(self) -> Names:
        """Every name of the parties, to be found as it is written."""
        return Names(self._corpus.parties.values())

    def party(self, typed: str) -> str:
        """The one party meant: by id, else by identifier or exact (normalised) name, whichever party they name.

        A name that is only like one is never taken for it. Raises `PartyUnknown` with the nearest names, or
        `PartyAmbiguous` with the candidates.
        """
        if typed in self._corpus.parties:
            return typed
        if len(typed) > MOST_TYPED or _SURROGATE.search(typed):
            raise PartyUnknown(_shortened(typed), ())
        found = self.names.exactly(typed) | self._identified(typed)
        as_id = "-".join(typed.lower().replace("_", "-").split())
        if not found and as_id in self._corpus.parties:
            return as_id
        if not found:
            raise PartyUnknown(_shortened(typed), self._nearest(typed))
        one, *others = sorted(found)
        # Records of one party on several lists are one party, by whichever of them it is called.
        if set(others) - set(self._corpus.same_as(one)):
            raise PartyAmbiguous(typed, (one, *others))
        return one

    def _identified(self, typed: str) -> set[str]:
        """The parties that carry a bare value under any scheme."""
        schemes = [scheme for scheme in schemes_of(self.index) if scheme != "ticker" or like_ticker(typed)]
        return {party for scheme in schemes for party in self.index.find(scheme, typed)}

    def _nearest(self, typed: str, most: int = 5) -> tuple[str, ...]:
        """The names that come closest, one a party."""
        best: dict[str, str] = {}
        for hit in self.index.search(typed, NEAR):
            best.setdefault(hit.id, hit.name)
        return tuple(f"{name} ({party})" for party, name in islice(best.items(), most))


def _shortened(typed: str) -> str:
    return typed if len(typed) <= 80 else f"{typed[:80]}…"
