"""An index of names and identifiers: exactly what comparing with every name would find, without doing so.

Segments are immutable, memory-mapped and shared by processes. An update adds a small segment and marks what it
replaces. Each name and identifier may carry the time for which its record holds, so that a question as of a date is
filtered inside the search.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vacatur._core import Segment
from vacatur.errors import InputError
from vacatur.match.hits import NAME, Hit, Texts, buffers_of, lists_of, table_of
from vacatur.match.identifiers import forms
from vacatur.match.score import DEFAULT_THRESHOLD, KINDS, MILLION, Comparison, compare, engine, kind_number

if TYPE_CHECKING:
    import pyarrow as pa

    from vacatur._core import Column

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = (1 << 63) - 1
_REMEDY = "Build it again"

Validity = tuple[datetime | None, datetime | None]
"""The time for which a record holds, `[from, to)`; None for an open end."""

Identified = tuple[str, str, str] | tuple[str, str, str, Validity]
"""Whose, scheme, value and, where it does not hold for ever, validity of an identifier."""

Asked = str | Sequence[str | None] | None
"""The kind of all queries, or of each; a query of a kind meets names of that kind and of unknown kind, others all."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """A segment and the ids that later layers replaced."""

    segment: Segment
    gone: frozenset[str] = field(default=frozenset())


class Index:
    """A searchable list of names and identifiers; make one with `build` or `open`."""

    def __init__(self, layers: tuple[_Layer, ...]) -> None:
        self._layers = layers

    @staticmethod
    def build(ids: Sequence[str], names: Sequence[str], kinds: str | Sequence[str] = "other",
              valid: Sequence[Validity] | None = None, identifiers: Iterable[Identified] = ()) -> Index:  # fmt: skip
        """Builds an index in memory.

        Args:
            ids: whose name each one is; an id may have any number of names.
            names: the names.
            kinds: person, organisation, vessel or other: one for all, or one each.
            valid: the time for which each record holds, `[from, to)`; None for an open end.
            identifiers: id, scheme, value and, if you like, validity of each; brought to their schemes' normal forms.

        Raises `InputError` when the lengths differ or a text holds lone surrogates.
        """
        each = _Numbers()
        numbers = bytes([kind_number(kinds)]) * len(names) if isinstance(kinds, str) else bytes(map(each, kinds))
        spans = None if valid is None else list(map(_span, valid))
        try:
            marks = list(_marks(identifiers, ids, names, numbers))
            return Index((_Layer(engine().build(list(ids), list(names), numbers, spans, marks)),))
        except ValueError as bad:
            raise InputError(f"no index can be built: {bad}") from bad

    @staticmethod
    def open(path: str | Path, *, verify: bool = False) -> Index:
        """Opens an index that `save` or `write` left; files are mapped, not read.

        `verify` checks every byte and offset of them first. Raises `InputError` for a file that is foreign, of another
        version, cut short or damaged.
        """
        path = Path(path)
        try:
            if path.is_file():
                return Index((_Layer(engine().open(str(path), verify)),))
            manifest = json.loads((path / "manifest.json").read_text("utf-8"))
            layers = [(str(layer["file"]), frozenset(map(str, layer["gone"]))) for layer in manifest["layers"]]
            opened = [_Layer(engine().open(str(path / Path(name).name), verify), gone) for name, gone in layers]
        except (OSError, ValueError, KeyError, TypeError) as bad:
            raise InputError(f"not an index that can be used: {bad}", where=str(path), fix=_REMEDY) from bad
        return Index(tuple(opened))

    def save(self, path: str | Path) -> None:
        """Writes the index to a directory, the manifest last: a reader sees the old index or the new."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        layers = []
        for layer in self._layers:
            name = f"{layer.segment.checksum:016x}.segment"
            if not _holds(path / name, layer.segment):
                layer.segment.save(str(path / name))
            layers.append({"file": name, "gone": sorted(layer.gone)})
        with tempfile.NamedTemporaryFile("w", dir=path, suffix=".partial", encoding="utf-8", delete=False) as partial:
            partial.write(json.dumps({"layers": layers, "engine": engine().version}))
        Path(partial.name).replace(path / "manifest.json")

    def write(self, path: str | Path) -> None:
        """Writes an index that was never updated as one file: whole, or not at all, whoever else writes it."""
        if len(self._layers) != 1:
            raise InputError("an updated index is more than one file", where=str(path), fix="Save it to a directory")
        self._layers[0].segment.save(str(path))

    def updated(self, ids: Sequence[str], names: Sequence[str], kinds: str | Sequence[str] = "other",
                valid: Sequence[Validity] | None = None, identifiers: Iterable[Identified] = (), *,
                removed: Iterable[str] = ()) -> Index:  # fmt: skip
        """The index with these ids replaced (all of their names and identifiers) and others removed.

        The rest is shared, not copied.
        """
        identifiers = list(identifiers)
        gone = frozenset(ids) | frozenset(removed) | {one[0] for one in identifiers}
        older = tuple(_Layer(layer.segment, layer.gone | gone) for layer in self._layers)
        return Index(older + Index.build(ids, names, kinds, valid, identifiers)._layers)

    def search(self, query: str, threshold: float = DEFAULT_THRESHOLD, *, limit: int | None = None,
               kind: str | None = None, at: datetime | None = None, identifiers: Iterable[tuple[str, str]] = (),
               exhaustive: bool = False) -> list[Hit]:  # fmt: skip
        """The names that score at least `threshold` against a query, best first.

        Args:
            query: a name.
            threshold: lowest score, above 0 and at most 1.
            limit: most hits to give.
            kind: look among names of this kind and of unknown kind only.
            at: only records that hold at this instant.
            identifiers: scheme and value of what else is known of the query; parties that carry one come first, of
                whatever kind they are, and again where a name of theirs is a hit too.
            exhaustive: compare with every name instead of searching: slower, with the same result.
        """
        number = None if kind is None else kind_number(kind)
        moment = None if at is None else _micros(at, 0)
        known = [hit for scheme, value in identifiers for hit in self._carriers(scheme, value, moment)]
        found = []
        try:
            for layer in self._layers:
                hits = layer.segment.search(query, _millionths(threshold), number, moment, exhaustive)
                found += [Hit(i, name, n / MILLION, KINDS[k], NAME) for i, name, n, k in hits if i not in layer.gone]
        except ValueError as bad:
            raise InputError(f"the query cannot be searched: {bad}") from bad
        if len(self._layers) > 1:
            found.sort(key=lambda hit: -hit.score)
        return [*known, *found][:limit]

    def brute_force(self, query: str, threshold: float = DEFAULT_THRESHOLD, **terms: Any) -> list[Hit]:
        """`search` by comparing with every name: the oracle."""
        return self.search(query, threshold, exhaustive=True, **terms)

    def find(self, scheme: str, value: str, *, at: datetime | None = None) -> list[str]:
        """The ids that carry this identifier, however it is written, at an instant or at any time."""
        moment = None if at is None else _micros(at, 0)
        return sorted({hit.id for hit in self._carriers(scheme, value, moment)})

    @property
    def schemes(self) -> list[str]:
        """The schemes of all identifiers held."""
        return sorted({scheme for layer in self._layers for scheme in layer.segment.schemes})

    def search_many(self, queries: Sequence[str] | pa.Array, threshold: float = DEFAULT_THRESHOLD, *,
                    kind: Asked = None, at: datetime | None = None, threads: int = 0) -> pa.Table:  # fmt: skip
        """Searches many names on all cores; an Arrow table of `query` (row number), `id`, `name`, `score`, `kind`.

        `kind` is what all queries are of, or one for each, with None for one that may be of any. An Arrow column of
        texts is read where it lies; a null in it is a name without a word, and finds nothing. Rows are in the order of
        the queries, each query's hits best first.
        """
        import pyarrow as pa

        texts = buffers_of(queries) if isinstance(queries, pa.Array | pa.ChunkedArray) else list(queries)
        tables = []
        for layer, columns in self._columns(texts, threshold, kind, at, threads):
            table = table_of(columns)
            if layer.gone:
                table = table.filter(pa.array([one not in layer.gone for one in table.column("id").to_pylist()]))
            tables.append(table)
        found = pa.concat_tables(tables)
        return found if len(tables) == 1 else found.sort_by([("query", "ascending"), ("score", "descending")])

    def search_each(self, queries: Sequence[str], threshold: float = DEFAULT_THRESHOLD, *, kind: Asked = None,
                    at: datetime | None = None, threads: int = 0) -> list[list[Hit]]:  # fmt: skip
        """`search_many` for those who want no table: the hits of each query, best first."""
        found: list[list[Hit]] = [[] for _ in queries]
        for layer, columns in self._columns(list(queries), threshold, kind, at, threads):
            for row, hits in enumerate(lists_of(columns, len(queries))):
                found[row] += [hit for hit in hits if hit.id not in layer.gone] if layer.gone else hits
        if len(self._layers) > 1:
            for hits in found:
                hits.sort(key=lambda hit: -hit.score)
        return found

    def explain(self, query: str, hit: Hit, kind: str | None = None) -> Comparison:
        """Why a hit on a name scores as it does, by the kind of that name unless another is given."""
        if hit.evidence != NAME:
            raise InputError(f"this hit rests on {hit.evidence}, not on its name", fix="Its evidence says all of it")
        return compare(query, hit.name, kind=kind or hit.kind)

    def __len__(self) -> int:
        return sum(len(layer.segment) for layer in self._layers)

    @property
    def size(self) -> int:
        """Bytes of all segments."""
        return sum(layer.segment.size for layer in self._layers)

    def _carriers(self, scheme: str, value: str, at: int | None) -> list[Hit]:
        """A hit for each party that carries an identifier."""
        evidence, found = f"{scheme} {value}", dict[str, Hit]()
        try:
            for layer in self._layers:
                for form in forms(scheme.lower(), value):
                    for one, name, kind in layer.segment.find(scheme.lower(), form, at):
                        if one not in layer.gone:
                            found.setdefault(one, Hit(one, name, 1.0, KINDS[kind], evidence))
        except ValueError as bad:
            raise InputError(f"the identifier cannot be searched: {bad}") from bad
        return list(found.values())

    def _columns(self, queries: list[str] | Texts, threshold: float, kind: Asked, at: datetime | None,
                 threads: int) -> Iterator[tuple[_Layer, list[Column]]]:  # fmt: skip
        number = None if kind is None else kind_number(kind) if isinstance(kind, str) else bytes(map(_Numbers(), kind))
        moment, least = None if at is None else _micros(at, 0), _millionths(threshold)
        for layer in self._layers:
            try:
                yield layer, layer.segment.search_many(queries, least, number, moment, False, threads)
            except ValueError as bad:
                raise InputError(f"the queries cannot be searched: {bad}") from bad


class _Numbers(dict[str | None, int]):
    """Kinds' numbers, each looked up once; the one after the last is no kind's."""

    def __missing__(self, kind: str | None) -> int:
        return self.setdefault(kind, len(KINDS) if kind is None else kind_number(kind))

    def __call__(self, kind: str | None) -> int:
        return self[kind]


def _marks(identifiers: Iterable[Identified], ids: Sequence[str], names: Sequence[str],
           kinds: bytes) -> Iterator[tuple[str, str, int, str, str, tuple[int, int]]]:  # fmt: skip
    """Identifiers as the core takes them: each in all its forms, with its party's first name and that one's kind."""
    held = list(identifiers)
    wanted = {one[0] for one in held}
    first: dict[str, tuple[str, int]] = {}
    for one, name, kind in zip(ids, names, kinds, strict=False) if wanted else ():
        if one in wanted:
            first.setdefault(one, (name, kind))
    for one, scheme, value, *valid in held:
        name, kind = first.get(one, ("", KINDS.index("other")))
        span = _span(valid[0]) if valid else (-_LAST, _LAST)
        for form in forms(scheme.lower(), value):
            yield one, name, kind, scheme.lower(), form, span


def _holds(path: Path, segment: Segment) -> bool:
    """Whether a file is this very segment, undamaged: layers that an update left as they were are not written again."""
    try:
        return path.exists() and engine().open(str(path), True).checksum == segment.checksum
    except (OSError, ValueError):
        return False


def _millionths(threshold: float) -> int:
    if not 0 < threshold <= 1:
        raise InputError(f"threshold {threshold} is not above 0 and at most 1", fix="Give a score, e.g. 0.7")
    return round(threshold * MILLION)


def _span(valid: Validity) -> tuple[int, int]:
    return _micros(valid[0], -_LAST), _micros(valid[1], _LAST)


def _micros(instant: datetime | None, absent: int) -> int:
    if instant is None:
        return absent
    span = instant - _EPOCH
    return (span.days * 86_400 + span.seconds) * MILLION + span.microseconds
