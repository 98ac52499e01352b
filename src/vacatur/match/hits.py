"""Hits: what a search gives back, single, in lists or as a table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.match.score import KINDS

if TYPE_CHECKING:
    import pyarrow as pa

    from vacatur._core import Column

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


def lists_of(columns: list[Column], queries: int) -> list[list[Hit]]:
    """A batch's columns as hits, a list for each query."""
    found: list[list[Hit]] = [[] for _ in range(queries)]
    rows, scores = memoryview(columns[0]).cast("I"), memoryview(columns[1]).cast("d")
    ids, names = _texts(columns[2], columns[3]), _texts(columns[4], columns[5])
    for row, score, one, name, kind in zip(rows, scores, ids, names, memoryview(columns[6]), strict=True):
        found[row].append(Hit(one, name, score, KINDS[kind], NAME))
    return found


def _texts(ends: Column, texts: Column) -> list[str]:
    at, whole = memoryview(ends).cast("I").tolist(), bytes(texts)
    return [whole[start:end].decode() for start, end in pairwise(at)]


Texts = tuple[memoryview, memoryview]
"""Texts as the core reads them where they lie: where each ends, and the bytes of all."""


def buffers_of(column: pa.Array | pa.ChunkedArray) -> Texts:
    """An Arrow column of texts as the core reads it; what is null is empty.

    Raises `InputError` for a column of anything else, or of more than 2 GiB.
    """
    import pyarrow as pa

    try:
        if not any(told(column.type) for told in (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)):
            raise InputError(f"a column of {column.type} is no column of names", fix="Cast it to string")
        whole = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
        plain = whole.cast(pa.string()).fill_null("")
    except pa.ArrowInvalid as bad:
        raise InputError(f"the column cannot be read: {bad}", fix="Search it in parts of at most 2 GiB") from bad
    _, ends, data = plain.buffers()
    at = plain.offset
    return memoryview(ends).cast("i")[at : at + len(plain) + 1], memoryview(data or b"").cast("B")


def table_of(columns: list[Column]) -> pa.Table:
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
