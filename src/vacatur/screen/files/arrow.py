"""Arrow tables: Parquet and Arrow files, and the tables that a program holds (pandas, polars, pyarrow …).

A value comes as the text that a person would write: 1810 and 1810.0 are `1810`, midnight is a day, a missing number is
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vacatur.errors import InputError
from vacatur.screen.files.lines import unreadable
from vacatur.screen.files.rows import LONG_CELL, MOST_FIELD, UNIT, Fault, Reject, Row, rejected, too_long
from vacatur.screen.files.values import number

BATCH = 4096
"""Rows that are made into texts at once."""
MOST_FOOTER = 100_000_000
"""Most bytes of a text, and most entries of a list, in what a Parquet file says of itself."""

_MIDNIGHT = re.compile(r" 00:00:00(?:\.0+)?(?:Z|\+00:?00)?\Z")
_NOT_TEXT = Fault("a value that is not text (bytes that are not UTF-8, or a nested value)", "Convert it to text first")
# What pyarrow raises on files that are damaged, or made to damage (ArrowException covers all but these).
_BROKEN = (pa.ArrowException, OSError, EOFError, ValueError, TypeError, KeyError, MemoryError, OverflowError)

# Types of text, and the types of the same bytes.
_TEXTS = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}

Column = list[str] | list[str | None]


class _Batches:
    """Rows out of record batches; `at` counts them."""

    def __init__(self, name: str, schema: Any, size: int) -> None:
        self._name = name
        self.columns = tuple(map(str, schema.names))
        self.size, self.at = size, 0

    def rows(self, wanted: Collection[int]) -> Iterator[Row | Reject]:
        """The rows; a value that is no text spoils its own row only."""
        try:
            for batch in self._batches([self.columns[place] for place in sorted(wanted)]):
                batch.validate()
                for start in range(0, batch.num_rows, BATCH):
                    yield from self._some(batch.slice(start, BATCH), wanted)
        except _BROKEN as bad:
            raise _unreadable(self._name, bad) from bad

    def close(self) -> None:
        """Lets go of the file."""

    def _batches(self, wanted: list[str]) -> Iterator[Any]:
        raise NotImplementedError

    def _some(self, batch: Any, wanted: Collection[int]) -> Iterator[Row | Reject]:
        held = {name: place for place, name in enumerate(batch.schema.names)}
        empty = [""] * batch.num_rows
        columns = [
            _texts(batch.column(held[name])) if place in wanted else empty for place, name in enumerate(self.columns)
        ]
        doubtful = any(_doubtful(column) for column in columns if column is not empty)
        for cells in zip(*columns, strict=True):
            self.at += 1
            if doubtful and None in cells:
                yield rejected(self.at, 0, _NOT_TEXT, _shown(cells))
            elif doubtful and too_long(cells):
                yield rejected(self.at, 0, LONG_CELL, _shown(cells))
            else:
                yield Row(self.at, 0, list(cells), "")


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
        try:
            self._file = pq.ParquetFile(
                path, buffer_size=1 << 20, pre_buffer=False, thrift_string_size_limit=MOST_FOOTER,
                thrift_container_size_limit=MOST_FOOTER, page_checksum_verification=True,
            )  # fmt: skip
            super().__init__(str(path), self._file.schema_arrow, self._file.metadata.num_rows)
        except _BROKEN as bad:
            raise _unreadable(str(path), bad) from bad

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close(force=True)

    def _batches(self, wanted: list[str]) -> Iterator[Any]:
        found: Iterator[Any] = self._file.iter_batches(batch_size=BATCH, columns=wanted, use_threads=False)
        return found


class ArrowFile(_Batches):
    """An Arrow IPC file (Feather is one) or stream, read batch by batch as it was written."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = pa.OSFile(str(path))
            self._reader = self._opened()
            super().__init__(str(path), self._reader.schema, 0)
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


def _texts(column: Any) -> Column:
    """A column's values as texts; none for a value that is not one."""
    kind, types = column.type, pa.types
    if isinstance(kind, pa.BaseExtensionType):
        return _texts(column.storage)
    _check(column)
    if types.is_dictionary(kind):
        return _texts(pc.take(column.dictionary, column.indices))
    if kind in _TEXTS:
        return _strings(column)
    if types.is_floating(kind):
        return ["" if value is None else number(value) for value in column.to_pylist()]
    if types.is_nested(kind) or kind in _TEXTS.values():
        return [_bytes_or_list(value) for value in column.to_pylist()]
    return [_MIDNIGHT.sub("", text) if text else "" for text in pc.cast(column, pa.string()).to_pylist()]


def _check(column: Any) -> None:
    """Raises for offsets and places that lie outside what they point into: a file says where in memory a value is. That
    a text is UTF-8 is not asked here, for one that is not spoils its own row only.
    """
    if pa.types.is_dictionary(column.type):
        _check(column.dictionary)
        column.indices.validate(full=True)
    else:
        (column.view(_TEXTS[column.type]) if column.type in _TEXTS else column).validate(full=True)


def _strings(column: Any) -> Column:
    try:
        return [value or "" for value in column.to_pylist()]
    except UnicodeDecodeError:
        return [_bytes_or_list(value) for value in column.view(_TEXTS[column.type]).to_pylist()]


def _bytes_or_list(value: object) -> str | None:
    """Bytes as the text that they are, a list of texts as one cell; none for anything else."""
    if value is None:
        return ""
    if isinstance(value, list):
        texts = [one for one in value if one is not None]
        return UNIT.join(texts) if all(isinstance(one, str) for one in texts) else None
    try:
        return value.decode() if isinstance(value, bytes) else None
    except UnicodeDecodeError:
        return None


def _doubtful(column: Column) -> bool:
    return None in column or max(map(len, cast(list[str], column)), default=0) > MOST_FIELD


def _shown(cells: tuple[str | None, ...]) -> str:
    return ",".join("\ufffd" if cell is None else cell[:MOST_FIELD] for cell in cells)


def _unreadable(name: str, bad: BaseException) -> InputError:
    if isinstance(bad, OSError) and bad.errno is not None:
        return unreadable(name, bad)
    said = str(bad.args[-1] if bad.args else "").strip().splitlines() or [type(bad).__name__]
    return InputError(
        f"cannot be read as a table: {said[0][:200]}", where=name,
        fix="Check that it is whole; of a table in memory, make each column of one type",
    )  # fmt: skip
