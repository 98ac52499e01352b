"""Hits: what a search gives back, single, in lists or as a table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vacatur.match.score import KINDS

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "name"
"""The evidence of a hit that rests on a name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A party found: whose, by which of its names, and how alike (0 to 1).

    `kind` is what the list says the name is of, under which it was compared. `evidence` is `name`, or the identifier
    that matched: `lei 5493001KJTIIGC8Y1R12`, with a score of 1 and the party's first name.
    """

    id: str
    name: str
    score: float
    kind: str
    evidence: str


def lists_of(columns: list[bytes], queries: int) -> list[list[Hit]]:
    """A batch's columns as hits, a list for each query."""
    found: list[list[Hit]] = [[] for _ in range(queries)]
    rows, scores = memoryview(columns[0]).cast("I"), memoryview(columns[1]).cast("d")
    ids, names = _texts(columns[2], columns[3]), _texts(columns[4], columns[5])
    for row, score, one, name, kind in zip(rows, scores, ids, names, columns[6], strict=True):
        found[row].append(Hit(one, name, score, KINDS[kind], NAME))
    return found


def _texts(ends: bytes, texts: bytes) -> list[str]:
    at = memoryview(ends).cast("I").tolist()
    return [texts[start:end].decode() for start, end in pairwise(at)]


def table_of(columns: list[bytes]) -> pa.Table:
    """A batch's columns as an Arrow table; the texts are not copied."""
    import pyarrow as pa

    query, score, id_ends, ids, name_ends, names, kinds = (pa.py_buffer(column) for column in columns)
    count = len(columns[0]) // 4
    kind = pa.Array.from_buffers(pa.int8(), count, [None, kinds])
    return pa.table(
        {
            "query": pa.Array.from_buffers(pa.uint32(), count, [None, query]),
            "id": pa.Array.from_buffers(pa.string(), count, [None, id_ends, ids]),
            "name": pa.Array.from_buffers(pa.string(), count, [None, name_ends, names]),
            "score": pa.Array.from_buffers(pa.float64(), count, [None, score]),
            "kind": pa.DictionaryArray.from_arrays(kind, pa.array(KINDS)),
        }
    )
