"""A part of a run: some subjects in order, whom each of them may be, and what the law says of those parties.

It is kept as canonical JSON, each party's law once, and is the record of the clean subjects too. `results` puts it
together again: for each subject what `vacatur screen` shows, and what a decision holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from vacatur.errors import LedgerError
from vacatur.ledger.codec import canonical
from vacatur.screen.subject import COLUMNS, Subject, known_subject

SCREENED = ("buy", "sell", "hold", "deal", "export", "contract")
"""The activities answered for every hit."""

_WORST = ("prohibited", "disputed", "unknown", "permitted")

Query = dict[str, str | list[str]]
"""What is known of a subject, by column."""


@dataclass(frozen=True, slots=True)
class Screened:
    """The result for one subject: plain data (`result`), canonical and ready to be recorded and replayed.

    `query` is what is known of the subject, by column; `row` its data row.
    """

    row: int
    query: Query
    result: dict[str, Any]

    @property
    def known(self) -> Query:
        """What is known of the subject, in the order in which people read it."""
        return {column: self.query[column] for column in COLUMNS if column in self.query}

    @property
    def subject(self) -> Subject:
        """The subject."""
        return known_subject(self.query, self.row)

    @property
    def hits(self) -> list[dict[str, Any]]:
        """The hits, best first; those that a good-guy entry answers carry its id as `muted`."""
        return list(self.result["hits"])

    @property
    def answers(self) -> dict[str, str]:
        """The answer for each activity over all hits that are not muted: the strictest."""
        return dict(self.result["answers"])


class Part(msgspec.Struct, dict=True):
    """The content of a part.

    `hits` are pairs of a subject's place in the part and its hits, each without the law; `law` is what the law says of
    each party that was hit, and until when it stays so; `late` warns of each programme that was not followed up to the
    day of the view; `searched` says among how many parties, from which score on and by which matcher.
    """

    rows: list[int]
    subjects: list[Query]
    hits: list[tuple[int, list[dict[str, Any]]]]
    law: dict[str, dict[str, Any]]
    late: dict[str, str]
    searched: dict[str, Any]

    @cached_property
    def clean(self) -> dict[str, Any]:
        """The result for a subject without a hit."""
        return self._result([])

    def asked(self) -> list[Subject]:
        """The subjects, to be screened again."""
        return [known_subject(query, row) for row, query in zip(self.rows, self.subjects, strict=True)]

    def results(self) -> Iterator[Screened]:
        """The results in the order of the subjects."""
        found = dict(self.hits)
        for place, (row, query) in enumerate(zip(self.rows, self.subjects, strict=True)):
            hits = found.get(place)
            yield Screened(row, query, self._result(hits) if hits else self.clean)

    def hit(self) -> Iterator[Screened]:
        """The results for the subjects with a hit, muted ones among them."""
        return (Screened(self.rows[at], self.subjects[at], self._result(hits)) for at, hits in self.hits)

    def result(self, place: int) -> Screened:
        """The result for the subject at a place in the part."""
        found = next((hits for at, hits in self.hits if at == place), [])
        return Screened(self.rows[place], self.subjects[place], self._result(found))

    def _law(self, party: str) -> dict[str, Any]:
        """What the law says of a party, with the warnings of the programmes that list it, or of all if none does."""
        said = self.law[party]
        late = [self.late[one] for one in said["programmes"] or self.late if one in self.late]
        return {**said, "warnings": [*said["warnings"], *late]}

    def _result(self, found: list[dict[str, Any]]) -> dict[str, Any]:
        hits = [{**hit, **self._law(hit["party"])} for hit in found]
        counted = [hit for hit in hits if "muted" not in hit]
        changes = sorted(hit["next_change"]["at"] for hit in counted if hit["next_change"])
        return {
            "answers": {activity: strictest(hit["answers"][activity] for hit in counted) for activity in SCREENED},
            "hits": hits,
            "next_change": changes[0] if changes else None,
            "searched": self.searched,
        }


NOTHING = Part(rows=[], subjects=[], hits=[], law={}, late={}, searched={})
"""A part without subjects."""


def strictest(answers: Iterable[str]) -> str:
    """The strictest of some answers; *permitted* for none."""
    return min(answers, key=_WORST.index, default="permitted")


def packed(part: Part) -> bytes:
    """A part as it is archived."""
    return canonical(part).encode()


def unpacked(content: bytes, where: str) -> Part:
    """The part that was archived; raises `LedgerError` for bytes that are none."""
    try:
        part = _DECODER.decode(content)
        places = [at for at, _ in part.hits]
        whole = places == sorted(set(places) & set(range(len(part.rows)))) and len(part.rows) == len(part.subjects)
        if not whole or any(hit.get("party") not in part.law for _, those in part.hits for hit in those):
            raise msgspec.ValidationError("its subjects, rows and hits do not fit together")
    except msgspec.MsgspecError as bad:
        raise LedgerError(f"the archived part {where[:16]} cannot be read: {bad}", fix="Use the newer program") from bad
    return part


_DECODER = msgspec.json.Decoder(Part)
