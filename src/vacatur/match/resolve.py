"""Which party a person means by an id, a name, an ISIN, a ticker or a LEI."""

from __future__ import annotations

from functools import cached_property

from vacatur.errors import PartyAmbiguous, PartyUnknown
from vacatur.law.corpus import Corpus
from vacatur.match.exhaustive import Names
from vacatur.match.identifiers import Identifiers


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
        """The one party meant: by id, then by identifier, then by exact (normalised) name.

        Raises `PartyUnknown` with the nearest names, or `PartyAmbiguous` with the candidates.
        """
        as_id = "-".join(typed.strip().lower().replace("_", "-").split())
        if as_id in self._corpus.parties:
            return as_id
        found = set().union(*(parties for _, parties in self.identifiers.schemes_of(typed))) if typed.strip() else set()
        found = found or self.names.exactly(typed)
        if not found:
            raise PartyUnknown(typed, self.names.nearest(typed))
        if len(found) > 1:
            raise PartyAmbiguous(typed, tuple(sorted(found)))
        return found.pop()
