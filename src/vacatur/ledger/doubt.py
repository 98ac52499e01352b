"""What a problem in the book puts in doubt: cases that rest on it would fail for that reason alone, and are not run.

So one run of the checks reports the problems of records and the failing cases together, each mistake once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vacatur.ledger.fields import Problem
from vacatur.ledger.load import Loaded
from vacatur.model.party import Link


@dataclass(frozen=True, slots=True)
class Doubt:
    """The parties of whom, the programmes of which, and the lists on which nothing can be said for now.

    `everything` is true when a problem lies outside of every record: in a file that could not be read, for one.
    """

    everything: bool
    parties: frozenset[str]
    programmes: frozenset[str]
    lists: frozenset[str]

    def about(self, loaded: Loaded, party: str) -> bool:
        """Whether an answer about this party may rest on a record that has a problem."""
        if self.everything or party in self.parties:
            return True
        listed = {act.programme for act in loaded.acts.values() if act.target.startswith(f"{party}@")}
        return bool(listed & self.programmes) or any(link.to in self.parties for link in _links(loaded, party))

    def on_list(self, programme: str) -> bool:
        """Whether a roster of this programme may rest on one."""
        return self.everything or programme in self.programmes | self.lists


def doubt(loaded: Loaded, problems: Iterable[Problem]) -> Doubt:
    """What these problems put in doubt: each is laid to the record within which it stands."""
    parties, programmes, lists = set[str](), set[str](), set[str]()
    everything = False
    for problem in problems:
        found = _within(loaded, problem)
        everything = everything or not found
        for section, record_id in found:
            if section == "parties":
                parties.add(record_id)
            elif section == "programme":
                programmes.add(record_id)
            elif section == "acts":
                act = loaded.acts[record_id]
                parties |= act.concerns
                (lists if act.concerns else programmes).add(act.programme)
    return Doubt(everything, frozenset(parties), frozenset(programmes), frozenset(lists))


def _within(loaded: Loaded, problem: Problem) -> list[tuple[str, str]]:
    """The records in which a problem stands: the last ones that begin above it in its file."""
    above = [(fields.line, key) for key, fields in loaded.places.items()
             if fields.file == problem.file and fields.line <= problem.line]  # fmt: skip
    last = max((line for line, _ in above), default=0)
    return [key for line, key in above if line == last]


def _links(loaded: Loaded, party: str) -> Iterable[Link]:
    return loaded.parties[party].links if party in loaded.parties else ()
