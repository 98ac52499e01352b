"""Names as they are written: one form for every way of typing a name, and who carries exactly this one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from vacatur._core import normalise, normalise_many
from vacatur.model.party import Party

_PLAINLY = re.compile("[A-Za-z0-9]")


@lru_cache(maxsize=65536)
def plain_name(text: str) -> str:
    """A name without what typesetting, typing and copying do to it: case, spaces, points, invisible signs."""
    return normalise(text)


def says_anything(text: str) -> bool:
    """Whether a name has letters or digits, of any script."""
    return _PLAINLY.search(text) is not None or normalise(text) != ""


class Names:
    """Every name of a set of parties, to be found by its plain form."""

    def __init__(self, parties: Iterable[Party]) -> None:
        named = [(party.id, name.text) for party in parties for name in party.names]
        self._carriers: dict[str, set[str]] = defaultdict(set)
        for (party, _), plain in zip(named, normalise_many([text for _, text in named]), strict=True):
            self._carriers[plain].add(party)

    def exactly(self, query: str) -> set[str]:
        """The parties that carry this very name; none for a text without letters or digits."""
        wanted = plain_name(query)
        return set(self._carriers.get(wanted, ())) if wanted else set()
