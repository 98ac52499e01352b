"""Arrow tables: Parquet and Arrow files, and the tables that a program holds (pandas, polars, pyarrow …).

A value comes as the text that a person would write: 1810 and 1810.0 are `1810`, midnight is a day, a missing number is
nothing.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vacatur.errors import InputError
from vacatur.screen.files.arrow_room import check_room
from vacatur.screen.files.arrow_weight import BYTES, is_text, weight
from vacatur.screen.files.lines import unreadable
from vacatur.screen.files.parquet_room import MOST_FOOTER, check_footer, plan
from vacatur.screen.files.rows import (
    LONG_CELL,
    LONG_ROW,
    MOST_FIELD,
    MOST_RATIO,
    SMALL,
    UNIT,
    Fault,
    Reject,
    Row,
    rejected,
    too_long,
    too_packed,
)
from vacatur.screen.files.values import number

BATCH = 4096
"""Rows that are made into texts at once, at most."""
MOST_AT_ONCE = 16_000_000
"""Bytes that are made into texts at once, at most: a row with more is longer than any is taken."""
FREE_ROWS = 10_000_000
"""Up to how many rows it is not asked whether a file has a byte for each: rows of nothing take none."""
MOST_ENTRIES = 100_000
"""Most entries of a list in what a Parquet file says of itself."""

_MIDNIGHT = re.compile(r" 00:00:00(?:\.0+)?(?:Z|\+00:?00)?\Z")
_NOT_TEXT = Fault("a value that is not text (bytes that are not UTF-8, or a nested value)", "Convert it to text first")
# What pyarrow raises on files that are damaged, or made to damage (ArrowException covers all but these).
_BROKEN = (pa.ArrowException, OSError, EOFError, ValueError, TypeError, LookupError, MemoryError, OverflowError,
           struct.error)  # fmt: skip

Column = list[str] | list[str | None]


class _Batches:
    """Rows out of record batches; `at` counts them. What is in them is bounded by the bytes that they have on disk."""

    def __init__(self, name: str, schema: Any, size: int, disk: float = math.inf) -> None:
        self._name = name
        self._most_rows, self._most_text = max(FREE_ROWS, disk), max(SMALL, disk * MOST_RATIO)
        self._text = 0
        self.columns = tuple(map(str, schema.names))
        self.size, self.at = size, 0

    def rows(self, wanted: Collection[int]) -> Iterator[Row | Reject]:
        """The rows; a value that is no text spoils its own row only."""
        try:
            for batch in self._batches([self.columns[place] for place in sorted(wanted)]):
                if self.at + batch.num_rows > self._most_rows:
                    raise _too_many(self._name)
                batch.validate()
                held = {name: place for place, name in enumerate(batch.schema.names)}
                columns = {place: _stored(batch.column(held[self.columns[place]])) for place in wanted}
                for start in range(0, batch.num_rows, BATCH):
                    count = min(BATCH, batch.num_rows - start)
                    yield from self._some({place: one.slice(start, count) for place, one in columns.items()}, count)
        except _BROKEN as bad:
            raise _unreadable(self._name, bad) from bad

    def close(self) -> None:
        """Lets go of the file."""

    def _batches(self, wanted: list[str]) -> Iterator[Any]:
        raise NotImplementedError

    def _some(self, stored: Mapping[int, Any], count: int) -> Iterator[Row | Reject]:
        """As many rows, of columns by place."""
        if (text := sum(map(weight, stored.values()))) > MOST_AT_ONCE:
            yield from self._heavy(stored, count)
            return
        self._text += text
        if self._text > self._most_text:
            raise too_packed(self._name)
        empty = [""] * count
        columns = [_texts(stored[place]) if place in stored else empty for place in range(len(self.columns))]
        doubtful = any(_doubtful(column) for column in columns if column is not empty)
        for cells in zip(*columns, strict=True):
            self.at += 1
            if doubtful and None in cells:
                yield rejected(self.at, 0, _NOT_TEXT, _shown(cells))
            elif doubtful and too_long(cells):
                yield rejected(self.at, 0, LONG_CELL, _shown(cells))
            else:
                yield Row(self.at, 0, list(cells), "")

    def _heavy(self, stored: Mapping[int, Any], count: int) -> Iterator[Row | Reject]:
        """Rows that together are too long to be made into texts: half by half, down to the one that is."""
        if count == 1:
            self.at += 1
            yield rejected(self.at, 0, LONG_ROW, "")
            return
        half = count // 2
        for start, length in ((0, half), (half, count - half)):
            yield from self._some({place: one.slice(start, length) for place, one in stored.items()}, length)


class Given(_Batches):
    """A table that a program holds and that speaks Arrow (`__arrow_c_stream__`)."""

    def __init__(self, table: Any) -> None:
        name = type(table).__name__
        try:
            self._reader = pa.RecordBatchReader.from_stream(table)
        except _BROKEN as bad:
            raise _unreadable(name, bad) from bad
        super().__init__(name, self._reader.schema, len(table) if hasattr(table, "__len__") else 0)

    def _batches(self, wanted: list[str]) -> Iterator[Any]:  # noqa: ARG002 - they are in memory already
        return iter(self._reader)


class ParquetFile(_Batches):
    """A Parquet file, read page by page."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            check_footer(path)
            self._file = self._opened()
            rows = self._file.metadata.num_rows
            super().__init__(str(path), self._file.schema_arrow, rows, path.stat().st_size)
        except _BROKEN as bad:
            raise _unreadable(str(path), bad) from bad

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close(force=True)

    def _opened(self, **how: Any) -> Any:
        return pq.ParquetFile(
            self._path, buffer_size=1 << 20, pre_buffer=False, thrift_string_size_limit=MOST_FOOTER,
            thrift_container_size_limit=MOST_ENTRIES, page_checksum_verification=True, **how,
        )  # fmt: skip

    def _batches(self, wanted: list[str]) -> Iterator[Any]:
        metadata = self._file.metadata
        planned = plan(self._path, metadata, wanted, BATCH)
        places = [path for path in _texts_of(metadata) if path not in planned.written_out]
        self._file.close(force=True)
        self._file = self._opened(metadata=metadata, read_dictionary=places)
        for group, rows in enumerate(planned.rows):
            yield from self._file.iter_batches(rows, row_groups=[group], columns=wanted, use_threads=False)


class ArrowFile(_Batches):
    """An Arrow IPC file (Feather is one) or stream, read batch by batch as it was written."""

    def __init__(self, path: Path) -> None:
        try:
            check_room(path)
            self._file = pa.OSFile(str(path))
            self._reader = self._opened()
            super().__init__(str(path), self._reader.schema, 0, path.stat().st_size)
        except _BROKEN as bad:
            raise _unreadable(str(path), bad) from bad

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def _opened(self) -> Any:
        is_file = self._file.read(6) == b"ARROW1"
        self._file.seek(0)
        return pa.ipc.open_file(self._file) if is_file else pa.ipc.open_stream(self._file)

    def _batches(self, wanted: list[str]) -> Iterator[Any]:  # noqa: ARG002 - a batch is read whole
        if isinstance(self._reader, pa.RecordBatchFileReader):
            for number in range(self._reader.num_record_batches):
                yield self._reader.get_batch(number)
        else:
            yield from self._reader


def _stored(column: Any) -> Any:
    """A column as it is stored, checked: a file says where in memory a value is, and may say a place outside of what it
    points into. That a text is UTF-8 is not asked here, for one that is not spoils its own row only.
    """
    while isinstance(column.type, pa.BaseExtensionType):
        column = column.storage
    kind, types = column.type, pa.types
    if types.is_dictionary(kind):
        _stored(column.dictionary)
        column.indices.validate(full=True)
    elif (types.is_list(kind) or types.is_large_list(kind)) and len(column):
        places = pa.ListArray if types.is_list(kind) else pa.LargeListArray
        places.from_arrays(column.offsets, pa.nulls(len(column.values))).validate(full=True)
        _stored(column.values)
    else:
        (column.view(BYTES[kind]) if kind in BYTES else column).validate(full=True)
    return column


def _texts(column: Any) -> Column:
    """A column's values as texts; none for a value that is not one."""
    kind, types = column.type, pa.types
    if not is_text(kind):
        return ["" if valid is False else None for valid in column.is_valid().to_pylist()]
    if types.is_dictionary(kind):
        return _texts(pc.take(column.dictionary, column.indices))
    if kind in BYTES:
        return _strings(column)
    if types.is_nested(kind):
        return _lists(column)
    if kind in BYTES.values():
        return [_decoded(value) for value in column.to_pylist()]
    return _plain(column)


def _plain(column: Any) -> Column:
    """Numbers, days and the like."""
    if pa.types.is_floating(column.type):
        return ["" if value is None else number(value) for value in column.to_pylist()]
    return [_MIDNIGHT.sub("", text) if text else "" for text in pc.cast(column, pa.string()).to_pylist()]


def _strings(column: Any) -> Column:
    try:
        return [value or "" for value in column.to_pylist()]
    except UnicodeDecodeError:
        return [_decoded(value) for value in column.view(BYTES[column.type]).to_pylist()]


def _lists(column: Any) -> Column:
    """Each list of texts as one cell."""
    texts = iter(_texts(column.flatten()))
    lists = (list(islice(texts, length or 0)) for length in pc.list_value_length(column).to_pylist())
    return [None if None in those else UNIT.join(filter(None, those)) for those in lists]


def _decoded(value: bytes | None) -> str | None:
    """Bytes as the text that they are; none if they are none."""
    try:
        return value.decode() if value is not None else ""
    except UnicodeDecodeError:
        return None


def _doubtful(column: Column) -> bool:
    return None in column or max(map(len, cast(list[str], column)), default=0) > MOST_FIELD


def _shown(cells: tuple[str | None, ...]) -> str:
    return ",".join("\ufffd" if cell is None else cell[:MOST_FIELD] for cell in cells)


def _texts_of(metadata: Any) -> list[str]:
    """The paths of a Parquet file's columns of texts."""
    columns = (metadata.schema.column(place) for place in range(metadata.num_columns))
    return [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]


def _too_many(name: str) -> InputError:
    return InputError(
        "it has more rows than bytes", where=name, why="No table does; such files are made to exhaust machines",
        fix="Export it again, with a name in each row",
    )  # fmt: skip


def _unreadable(name: str, bad: BaseException) -> InputError:
    if isinstance(bad, OSError) and bad.errno is not None:
        return unreadable(name, bad)
    said = str(bad.args[-1] if bad.args else "").strip().splitlines() or [type(bad).__name__]
    return InputError(
        f"cannot be read as a table: {said[0][:200]}", where=name,
        fix="Check that it is whole; of a table in memory, make each column of one type",
    )  # fmt: skip
