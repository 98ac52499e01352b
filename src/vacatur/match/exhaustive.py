"""The exhaustive scorer: every name of the ledger against the query, by a well-kept library, simple and slow.

It stays as the oracle in tests when a faster engine takes its place. The score is rapidfuzz's token-sort ratio of the
normalised names (0 to 1, in ten-thousandths): the share of letters that need no edit once the words are sorted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vacatur._core import normalise
from vacatur.model.party import Party

VERSION = "exhaustive-1"
DEFAULT_THRESHOLD = 0.85


@dataclass(frozen=True, slots=True)
class Hit:
    """A party that answers to a query: the best of its names, the score, and on what evidence."""

    party: str
    name: str
    score: float
    evidence: str


@lru_cache(maxsize=65536)
def plain_name(text: str) -> str:
    """A name as it is compared: normalised, lower-cased, without brackets' contents' punctuation."""
    return normalise(text)


class Names:
    """Every name of a set of parties."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._names = [(plain_name(name.text), party.id, name.text) for party in parties for name in party.names]

    def search(self, query: str, threshold: float) -> list[Hit]:
        """The parties whose best name scores at least `threshold`, best first; ties by party id."""
        from rapidfuzz import fuzz, process

        wanted = plain_name(query)
        if not wanted:
            return []
        texts = [plain for plain, _, _ in self._names]
        scored = process.extract(wanted, texts, scorer=fuzz.token_sort_ratio, score_cutoff=threshold * 100, limit=None)
        best: dict[str, Hit] = {}
        for _, ratio, place in scored:
            _, party, name = self._names[place]
            score = round(ratio / 100, 4)
            if score >= threshold and (party not in best or best[party].score < score):
                best[party] = Hit(party, name, score, "name")
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.party))

    def exactly(self, query: str) -> set[str]:
        """The parties that carry this very name, once normalised; none for a text without letters or digits."""
        wanted = plain_name(query)
        return {party for plain, party, _ in self._names if plain == wanted} if wanted else set()

    def nearest(self, query: str, most: int = 5) -> tuple[str, ...]:
        """The names that come closest, for an error message."""
        return tuple(dict.fromkeys(f"{hit.name} ({hit.party})" for hit in self.search(query, 0.5)[:most]))
