"""The index of a ledger's parties: every name of each with its kind, and every identifier, its securities' too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vacatur.match.index import Index
from vacatur.match.score import EVIDENCE, engine
from vacatur.model.party import Party

FILED = "parties-1"
"""What is put into the index, and in which forms; raised when that changes."""

_ADDRESS = ".address"
"""The scheme under which an index carries its own address; no source has one that begins with a point."""


def matcher_version() -> str:
    """Everything in this program that a match depends on: formula, lexicon, forms of identifiers, other evidence."""
    return f"{engine().version}+{FILED}+{EVIDENCE}"


def index_of(parties: Iterable[Party], address: str = "") -> Index:
    """An index of all names and identifiers; it carries the address under which it is to be kept."""
    held = list(parties)
    named = [(party.id, name.text, party.kind) for party in held for name in party.names]
    identified = [(party, scheme, value) for one in held for party, scheme, value in _identifiers(one)]
    return Index.build(
        [party for party, _, _ in named],
        [name for _, name, _ in named],
        [kind for _, _, kind in named],
        identifiers=[*identified, *([("", _ADDRESS, address)] if address else ())],
    )


def carries(index: Index, address: str) -> bool:
    """Whether an index is the one that was made for this address, and not another in its place."""
    return bool(index.find(_ADDRESS, address))


def schemes_of(index: Index) -> list[str]:
    """The schemes of the parties' identifiers."""
    return [scheme for scheme in index.schemes if scheme != _ADDRESS]


def _identifiers(party: Party) -> Iterator[tuple[str, str, str]]:
    for one in (*party.identifiers, *(one for security in party.securities for one in security.identifiers)):
        yield party.id, one.scheme, one.value
