"""The room that a Parquet file takes when it is read, counted from the headers of its pages before any is unpacked.

What the footer says of sizes is not what is unpacked by; the header of each page is, and it leads the page, not packed.
Format: https://parquet.apache.org/docs/file-format/ (headers are in Thrift's compact protocol)
"""

from __future__ import annotations

import base64
import os
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from vacatur.errors import InputError
from vacatur.screen.files.arrow_room import check_schema
from vacatur.screen.files.rows import MOST_RATIO, SMALL, too_packed
from vacatur.screen.files.thrift import Fields, structure

MOST_GROUP = 500_000_000
"""Most bytes that are held of a group of rows while some of them are read."""
MOST_FOOTER = 10_000_000
"""Most bytes of a footer: it says something of every column in every group of rows."""
MOST_HEADER = 16_000_000
"""Most bytes of a page's header, which may hold the page's least and greatest value."""

_ARROW_SCHEMA = b"ARROW:schema"
_USUAL_HEADER = 1 << 12
_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3
_DELTA_BYTES = 7
_AS_PLACES = (0, 2, 8)
"""How texts are encoded that can be read as places in a dictionary: plainly, and as such places."""
_COPIES = 4
"""How often a dictionary is in memory at once: unpacked, read, and made into that of the column."""
_VALUE = 16
"""Bytes of a value that is no text, or of what is kept about one."""


class Page(NamedTuple):
    """A page as its header tells it: kind, bytes unpacked, values, and how they are encoded."""

    kind: int
    size: int
    values: int
    encoding: int


@dataclass(slots=True)
class Chunk:
    """What the pages of one column in one group of rows come to, in bytes and values; `places` as long as its texts can
    be read as places in a dictionary, `delta` if they are told by how each differs from the last one.
    """

    repeated: bool
    width: int
    dictionary: int = 0
    largest: int = 0
    size: int = 0
    values: int = 0
    places: bool = True
    delta: bool = False

    def add(self, page: Page) -> None:
        """Counts a page."""
        if page.kind == _DICTIONARY:
            self.dictionary = max(self.dictionary, page.size)
            return
        self.largest, self.size = max(self.largest, page.size), self.size + page.size
        self.values += page.values
        self.places &= page.encoding in _AS_PLACES
        self.delta |= page.encoding == _DELTA_BYTES

    def room(self, rows: int) -> int:
        """The most bytes that so many rows of it take: a row of lists may have all values, a value may be all of its
        page, and where they share bytes every one may be that.
        """
        values = self.values if self.repeated else min(rows, self.values)
        texts = values * self.largest if self.delta else min(self.size, (values + 1) * self.largest)
        shared = 0 if self.places else values * self.dictionary
        written = texts + shared + values * max(_VALUE, self.width)
        return _COPIES * self.dictionary + 2 * (self.largest + written)


class Plan(NamedTuple):
    """How many rows of each group can be read at once, and which columns (by path) hold no places in a dictionary."""

    rows: list[int]
    written_out: set[str]


def check_footer(path: Path) -> None:
    """Raises `ValueError` for a file whose footer is larger than any is, or holds an Arrow schema that comes to more
    than any does.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        file.seek(max(0, size - 8))
        (length,) = struct.unpack("<I", file.read(4))
        if length > MOST_FOOTER:
            raise ValueError(f"a footer of {length} bytes, where {MOST_FOOTER} are most")
        file.seek(max(0, size - 8 - length))
        footer = file.read(length)
    for entry in footer.split(_ARROW_SCHEMA)[1:]:
        value = structure(entry)[0].binaries
        if list(value) != [1]:
            raise ValueError("an Arrow schema that is not where it is usual")
        check_schema(base64.b64decode(value[1], validate=True))


def plan(path: Path, metadata: Any, columns: Collection[str], most: int) -> Plan:
    """How a file can be read, at most so many rows at once.

    Raises `InputError` for a group of which not one row can, and for a file that unpacks to more than any table does;
    `ValueError` or `IndexError` for one whose structure is broken.
    """
    leaves = [place for place in range(metadata.num_columns) if _within(metadata.schema.column(place).path, columns)]
    found, packed, unpacked = Plan([], set()), 0, 0
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        for number in range(metadata.num_row_groups):
            group, chunks = metadata.row_group(number), list[Chunk]()
            for place in leaves:
                column, leaf = group.column(place), metadata.schema.column(place)
                packed += column.total_compressed_size
                if column.total_compressed_size < 0 or packed > size:
                    raise ValueError("columns that lie upon each other")
                chunks.append(_chunk(file, column, leaf))
                if not chunks[-1].places:
                    found.written_out.add(leaf.path)
                unpacked += chunks[-1].size + chunks[-1].dictionary
                if unpacked > max(SMALL, size * MOST_RATIO):
                    raise too_packed(str(path))
            found.rows.append(_fitting(chunks, most, f"{path}, row group {number + 1}"))
    return found


def _fitting(chunks: Collection[Chunk], most: int, where: str) -> int:
    rows = most
    while rows and sum(chunk.room(rows) for chunk in chunks) > MOST_GROUP:
        rows //= 2
    if rows == 0:
        raise InputError(
            f"one row may take more than {MOST_GROUP:,} bytes unpacked", where=where,
            why="Pages are unpacked as a whole, and files are made so to exhaust machines",
            fix="Write it with smaller pages and groups, such as of 65,536 rows",
        )  # fmt: skip
    return rows


def _within(path: str, columns: Collection[str]) -> bool:
    return any(path == column or path.startswith(f"{column}.") for column in columns)


def _chunk(file: IO[bytes], column: Any, leaf: Any) -> Chunk:
    found = Chunk(leaf.max_repetition_level > 0, max(0, leaf.length) if _fixed(leaf) else 0)
    for page in _pages(file, column):
        found.add(page)
    return found


def _fixed(leaf: Any) -> bool:
    return bool(leaf.physical_type == "FIXED_LEN_BYTE_ARRAY")


def _pages(file: IO[bytes], column: Any) -> Iterator[Page]:
    """The pages of a column in a group, from where the reader begins to where it has all values."""
    at, dictionary, seen = column.data_page_offset, column.dictionary_page_offset, 0
    if column.has_dictionary_page and dictionary is not None and 0 < dictionary < at:
        at = dictionary
    end = at + column.total_compressed_size
    while seen < column.num_values and at < end:
        header, length = _header(file, at)
        packed, page = header.number(3), _page(header)
        if min(packed, page.size, page.values) < 0:
            raise ValueError("a page of no length")
        if page.kind in (_DATA, _DATA_2):
            seen += page.values
        if page.kind in (_DATA, _DATA_2, _DICTIONARY):
            yield page
        at += length + packed


def _page(header: Fields) -> Page:
    kind = header.number(1)
    about = header.within({_DATA: 5, _DATA_2: 8}.get(kind, 7))
    return Page(kind, header.number(2), about.number(1), about.number(2 if kind == _DATA else 4))


def _header(file: IO[bytes], at: int) -> tuple[Fields, int]:
    """A page's header, and its length."""
    for most in (_USUAL_HEADER, MOST_HEADER):
        file.seek(at)
        raw = file.read(most)
        try:
            return structure(raw)
        except IndexError:
            if len(raw) < most:
                break
    raise ValueError("a page's header that is cut off")
