"""An index of names: exactly what comparing with every name would find, without comparing with every name.

Segments are immutable, memory-mapped and shared by processes. An update adds a small segment and marks what it
replaces; `merged` makes one segment again. Each name may carry the time for which its record holds, so that a question
as of a date is filtered inside the search.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vacatur._core import Segment
from vacatur.errors import InputError
from vacatur.match.score import DEFAULT_THRESHOLD, MILLION, Comparison, compare, engine, kind_number

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = (1 << 63) - 1

Validity = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: whose, which, and how alike (0 to 1)."""

    id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class _Layer:
    """A segment and the ids that later layers replaced."""

    segment: Segment
    gone: frozenset[str] = field(default=frozenset())


class Index:
    """A searchable list of names; make one with `build` or `open`."""

    def __init__(self, layers: tuple[_Layer, ...]) -> None:
        self._layers = layers

    @staticmethod
    def build(ids: Sequence[str], names: Sequence[str], kinds: str | Sequence[str] = "other",
              valid: Sequence[Validity] | None = None) -> Index:  # fmt: skip
        """Builds an index in memory.

        Args:
            ids: whose name each one is; an id may have any number of names.
            names: the names.
            kinds: person, organisation, vessel or other: one for all, or one each.
            valid: the time for which each record holds, `[from, to)`; None for an open end.

        Raises `InputError` when the lengths differ or a text holds lone surrogates.
        """
        one = bytes([kind_number(kinds)]) * len(names) if isinstance(kinds, str) else None
        numbers = one if one is not None else bytes(map(_numbers(), kinds))
        spans = None if valid is None else [(_micros(start, -_LAST), _micros(end, _LAST)) for start, end in valid]
        try:
            return Index((_Layer(engine().build(list(ids), list(names), numbers, spans)),))
        except ValueError as bad:
            raise InputError(f"no index can be built: {bad}") from bad

    @staticmethod
    def open(path: str | Path, *, verify: bool = False) -> Index:
        """Opens an index; files are mapped, not read. `verify` checks every byte and offset of them first.

        Raises `InputError` for a file that is foreign, of another version, cut short or damaged.
        """
        path = Path(path)
        try:
            manifest = json.loads((path / "manifest.json").read_text("utf-8"))
            layers = [(str(layer["file"]), frozenset(map(str, layer["gone"]))) for layer in manifest["layers"]]
            opened = [_Layer(engine().open(str(path / Path(name).name), verify), gone) for name, gone in layers]
        except (OSError, ValueError, KeyError, TypeError) as bad:
            raise InputError(f"not an index that can be used: {bad}", where=str(path), fix="Build it again") from bad
        return Index(tuple(opened))

    def save(self, path: str | Path) -> None:
        """Writes the index to a directory, the manifest last: a reader sees the old index or the new."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        layers = []
        for layer in self._layers:
            name = f"{layer.segment.checksum:016x}.segment"
            if not (path / name).exists():
                layer.segment.save(str(path / name))
            layers.append({"file": name, "gone": sorted(layer.gone)})
        partial = path / "manifest.partial"
        partial.write_text(json.dumps({"layers": layers, "engine": engine().version}), "utf-8")
        partial.replace(path / "manifest.json")

    def updated(self, ids: Sequence[str], names: Sequence[str], kinds: str | Sequence[str] = "other",
                valid: Sequence[Validity] | None = None, *, removed: Iterable[str] = ()) -> Index:  # fmt: skip
        """The index with these ids replaced (all of their names) and others removed; the rest is shared, not copied."""
        gone = frozenset(ids) | frozenset(removed)
        older = tuple(_Layer(layer.segment, layer.gone | gone) for layer in self._layers)
        return Index(older + Index.build(ids, names, kinds, valid)._layers)

    def search(self, query: str, threshold: float = DEFAULT_THRESHOLD, *, limit: int | None = None,
               kind: str | None = None, at: datetime | None = None, exhaustive: bool = False) -> list[Hit]:  # fmt: skip
        """The names that score at least `threshold` against a query, best first.

        Args:
            query: a name.
            threshold: lowest score, above 0 and at most 1.
            limit: most hits to give.
            kind: look among names of this kind and of unknown kind only.
            at: only records that hold at this instant.
            exhaustive: compare with every name instead of searching: slower, with the same result.
        """
        number = None if kind is None else kind_number(kind)
        moment = None if at is None else _micros(at, 0)
        found = []
        try:
            for layer in self._layers:
                hits = layer.segment.search(query, _millionths(threshold), number, moment, exhaustive)
                found += [Hit(i, name, score / MILLION) for i, name, score in hits if i not in layer.gone]
        except ValueError as bad:
            raise InputError(f"the query cannot be searched: {bad}") from bad
        if len(self._layers) > 1:
            found.sort(key=lambda hit: -hit.score)
        return found[:limit]

    def brute_force(self, query: str, threshold: float = DEFAULT_THRESHOLD, **terms: Any) -> list[Hit]:
        """`search` by comparing with every name: the oracle."""
        return self.search(query, threshold, exhaustive=True, **terms)

    def search_many(self, queries: Sequence[str] | pa.Array, threshold: float = DEFAULT_THRESHOLD, *,
                    kind: str | None = None, at: datetime | None = None, threads: int = 0) -> pa.Table:  # fmt: skip
        """Searches many names on all cores; an Arrow table of `query` (row number), `id`, `name`, `score`.

        Rows are in the order of the queries, each query's hits best first.
        """
        import pyarrow as pa

        texts = queries.to_pylist() if hasattr(queries, "to_pylist") else list(queries)
        number = None if kind is None else kind_number(kind)
        moment = None if at is None else _micros(at, 0)
        tables = []
        for layer in self._layers:
            try:
                columns = layer.segment.search_many(texts, _millionths(threshold), number, moment, False, threads)
            except ValueError as bad:
                raise InputError(f"the queries cannot be searched: {bad}") from bad
            table = _table(columns)
            if layer.gone:
                table = table.filter(pa.array([one not in layer.gone for one in table.column("id").to_pylist()]))
            tables.append(table)
        found = pa.concat_tables(tables)
        return found if len(tables) == 1 else found.sort_by([("query", "ascending"), ("score", "descending")])

    def explain(self, query: str, hit: Hit, kind: str = "other") -> Comparison:
        """Why a hit scores as it does."""
        return compare(query, hit.name, kind=kind)

    def __len__(self) -> int:
        return sum(len(layer.segment) for layer in self._layers)

    @property
    def size(self) -> int:
        """Bytes of all segments."""
        return sum(layer.segment.size for layer in self._layers)


def _numbers() -> Any:
    known: dict[str, int] = {}
    return lambda kind: known[kind] if kind in known else known.setdefault(kind, kind_number(kind))


def _millionths(threshold: float) -> int:
    if not 0 < threshold <= 1:
        raise InputError(f"threshold {threshold} is not above 0 and at most 1", fix="Give a score, e.g. 0.7")
    return round(threshold * MILLION)


def _micros(instant: datetime | None, absent: int) -> int:
    if instant is None:
        return absent
    span = instant - _EPOCH
    return (span.days * 86_400 + span.seconds) * MILLION + span.microseconds


def _table(columns: list[bytes]) -> pa.Table:
    import pyarrow as pa

    query, score, id_ends, ids, name_ends, names = (pa.py_buffer(column) for column in columns)
    count = len(columns[0]) // 4
    return pa.table(
        {
            "query": pa.Array.from_buffers(pa.uint32(), count, [None, query]),
            "id": pa.Array.from_buffers(pa.string(), count, [None, id_ends, ids]),
            "name": pa.Array.from_buffers(pa.string(), count, [None, name_ends, names]),
            "score": pa.Array.from_buffers(pa.float64(), count, [None, score]),
        }
    )
