"""Which party a person means by an id, a name, an ISIN, a ticker or a LEI."""

from __future__ import annotations

import re
from functools import cached_property

from vacatur.errors import PartyAmbiguous, PartyUnknown
from vacatur.law.corpus import Corpus
from vacatur.match.exhaustive import Names
from vacatur.match.identifiers import Identifiers

_SURROGATE = re.compile(r"[\ud800-\udfff]")
MOST_TYPED = 1000
"""Longest text that is looked up as a party: no name is longer."""


class Resolver:
    """Resolves what is typed against the parties of one basis; indexes are built on first use."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def identifiers(self) -> Identifiers:
        """Every identifier of the parties."""
        return Identifiers(self._corpus.parties.values())

    @cached_property
    def names(self) -> Names:
        """Every name of the parties."""
        return Names(self._corpus.parties.values())

    def party(self, typed: str) -> str:
        """The one party meant: by id, else by identifier or exact (normalised) name, whichever party they name.

        Raises `PartyUnknown` with the nearest names, or `PartyAmbiguous` with the candidates.
        """
        if typed in self._corpus.parties:
            return typed
        if len(typed) > MOST_TYPED or _SURROGATE.search(typed):
            raise PartyUnknown(_shortened(typed), ())
        found = self.names.exactly(typed).union(*(parties for _, parties in self.identifiers.schemes_of(typed)))
        as_id = "-".join(typed.lower().replace("_", "-").split())
        if not found and as_id in self._corpus.parties:
            return as_id
        if not found:
            raise PartyUnknown(_shortened(typed), self.names.nearest(typed))
        if len(found) > 1:
            raise PartyAmbiguous(typed, tuple(sorted(found)))
        return found.pop()


def _shortened(typed: str) -> str:
    return typed if len(typed) <= 80 else f"{typed[:80]}…"
