"""The room that an Arrow file (IPC file or stream) takes when it is read, counted from what it declares, before any of
it is unpacked: a few thousand bytes can unpack to more than a machine has.

A message is metadata (a FlatBuffer) and a body of buffers; each packed buffer begins with its unpacked length.
Format: https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

from vacatur.errors import InputError
from vacatur.screen.files.rows import MOST_RATIO, SMALL, too_packed

MOST_BATCH = 500_000_000
"""Most bytes that one batch takes unpacked, with its dictionaries: five million rows of a hundred bytes."""
MOST_METADATA = 16_000_000
"""Most bytes of the metadata of one message or of a file's footer, as they stand and as they are read."""
MOST_FIELDS = 65_536
"""Most fields of a schema, those within others counted too."""

_MAGIC = b"ARROW1"
_SCHEMA, _DICTIONARY, _BATCH = 1, 2, 3
_TIMESTAMP, _UNION = 10, 14
_ENTRY = 32
"""What is counted of an entry or a field beside its texts, in bytes."""
_OLD_PACKING = b"ARROW:experimental_compression"


class Message(NamedTuple):
    """One message: where its metadata begin and end, with the four or eight bytes that lead them."""

    start: int
    end: int
    metadata: bytes


def check_room(path: Path) -> None:
    """Raises `InputError` for a file that takes more memory than any table needs, `struct.error` or `ValueError` for
    one whose structure is broken.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        total, batches = 0, 0
        dictionaries: dict[int, int] = {}
        for message in _messages(file, size):
            header = _Table.root(message.metadata)
            kind, held = header.number(1, "B"), 0
            if kind == _DICTIONARY:
                dictionary = header.table(2)
                held = _room(file, message, header, dictionary.table(1))
                name = dictionary.number(0, "q")
                dictionaries[name] = held + (dictionaries.get(name, 0) if dictionary.number(2, "?") else 0)
            elif kind == _BATCH:
                batches += 1
                held = _room(file, message, header, header.table(2))
            total += held
            if (kind == _BATCH and held + sum(dictionaries.values()) > MOST_BATCH) or held > MOST_BATCH:
                raise _too_large(path, f"batch {batches}" if kind == _BATCH else "a dictionary")
            if total > max(SMALL, size * MOST_RATIO):
                raise too_packed(str(path))


def _too_large(path: Path, what: str) -> InputError:
    return InputError(
        f"{what} takes more than {MOST_BATCH:,} bytes unpacked", where=str(path),
        why="A batch is held in memory as a whole, and files are made so to exhaust machines",
        fix="Write it in smaller batches, such as of 65,536 rows",
    )  # fmt: skip


def _room(file: IO[bytes], message: Message, header: _Table, batch: _Table) -> int:
    """The bytes of a batch's buffers, unpacked."""
    body = header.number(3, "q")
    packed = batch.has(3) or _OLD_PACKING in message.metadata
    room = 0
    for offset, length in struct.iter_unpack("<qq", batch.items(2, 16)):
        if min(body, offset, length) < 0:
            raise ValueError("a buffer of no length")
        unpacked = length
        if packed and length >= 8:
            file.seek(message.end + offset)
            unpacked = max(length, *struct.unpack("<q", file.read(8)))
        room += unpacked
    return max(room, body)


def _messages(file: IO[bytes], size: int) -> Iterator[Message]:
    """The messages of a stream from first to last, or those that a file's footer names."""
    if file.read(6) != _MAGIC:
        at = 0
        while (message := _message(file, at)) is not None:
            yield message
            header = _checked(message)
            at = message.end + header.number(3, "q")
            if at < message.end:
                raise ValueError("a body of no length")
        return
    file.seek(max(0, size - 10))
    (length,) = struct.unpack("<i", file.read(4))
    if not 0 < length <= MOST_METADATA:
        raise ValueError(f"a footer of {length} bytes")
    file.seek(max(0, size - 10 - length))
    footer = _Table.root(file.read(length))
    _check_read([footer.entries(4), _schema(footer.table(1))])
    for slot in (2, 3):
        for at, metadata, _ in struct.iter_unpack("<qi4xq", footer.items(slot, 24)):
            message = _message(file, at) if at >= 0 else None
            if message is None or message.end != at + metadata:
                raise ValueError("a block of its footer that is no message")
            _checked(message)
            yield message


def _message(file: IO[bytes], at: int) -> Message | None:
    """The message that begins at this place; none at the end."""
    file.seek(at)
    lead = file.read(4)
    if lead == b"\xff\xff\xff\xff":
        lead = file.read(4)
    length = struct.unpack("<i", lead)[0] if lead else 0
    if length == 0:
        return None
    start = file.tell()
    if not 0 < length <= MOST_METADATA:
        raise ValueError(f"metadata of {length} bytes")
    return Message(start, start + length, file.read(length))


def check_schema(raw: bytes) -> None:
    """Raises `ValueError` or `struct.error` for a message with a schema that comes to more than any does."""
    message = _message(io.BytesIO(raw), 0)
    if message is None or _checked(message).number(1, "B") != _SCHEMA:
        raise ValueError("a schema that is none")


def _checked(message: Message) -> _Table:
    """The header of a message whose metadata come to no more than any do."""
    header = _Table.root(message.metadata)
    is_schema = header.number(1, "B") == _SCHEMA
    _check_read([header.entries(4), _schema(header.table(2)) if is_schema else iter(())])
    return header


def _check_read(sizes: Iterable[Iterator[int]]) -> None:
    """Raises for metadata that are small as they stand and large as they are read: one text may stand for many."""
    read = 0
    for size in chain.from_iterable(sizes):
        read += size
        if read > MOST_METADATA:
            raise ValueError(f"metadata that come to more than {MOST_METADATA} bytes")


def _schema(schema: _Table) -> Iterator[int]:
    """The bytes of what a schema says, piece by piece."""
    yield from schema.entries(2)
    waiting, count = [*schema.tables(1)], 0
    while waiting:
        field = waiting.pop()
        count += 1
        if count + len(waiting) > MOST_FIELDS:
            raise ValueError(f"more than {MOST_FIELDS} fields")
        yield _ENTRY + field.length(0)
        yield from field.entries(6)
        if field.number(2, "B") in (_TIMESTAMP, _UNION):
            yield 4 * field.table(3).length(1)
        waiting += field.tables(5)


class _Table(NamedTuple):
    """A table of a FlatBuffer: its fields are found by slot, and may be absent."""

    raw: bytes
    at: int

    @staticmethod
    def root(raw: bytes) -> _Table:
        return _Table(raw, struct.unpack_from("<I", raw)[0])

    def has(self, slot: int) -> bool:
        return self._place(slot) != 0

    def number(self, slot: int, form: str) -> int:
        place = self._place(slot)
        return int(struct.unpack_from("<" + form, self.raw, place)[0]) if place else 0

    def table(self, slot: int) -> _Table:
        if not self.has(slot):
            raise ValueError("a message without its header")
        return _Table(self.raw, self._follow(self._place(slot)))

    def tables(self, slot: int) -> Iterator[_Table]:
        start, count = self._vector(slot)
        if count > MOST_FIELDS:
            raise ValueError(f"more than {MOST_FIELDS} fields")
        return (_Table(self.raw, self._follow(start + 4 * number)) for number in range(count))

    def length(self, slot: int) -> int:
        """How many items a vector has, or bytes a text."""
        return self._vector(slot)[1]

    def entries(self, slot: int) -> Iterator[int]:
        """The sizes of keys and their values."""
        return (_ENTRY + one.length(0) + one.length(1) for one in self.tables(slot))

    def items(self, slot: int, width: int) -> bytes:
        """The bytes of a vector of structures of this width."""
        start, count = self._vector(slot)
        found = self.raw[start : start + count * width]
        if len(found) != count * width:
            raise ValueError("a list that is cut off")
        return found

    def _vector(self, slot: int) -> tuple[int, int]:
        if not self.has(slot):
            return 0, 0
        start = self._follow(self._place(slot))
        return start + 4, int(struct.unpack_from("<I", self.raw, start)[0])

    def _follow(self, place: int) -> int:
        return place + int(struct.unpack_from("<I", self.raw, place)[0])

    def _place(self, slot: int) -> int:
        """Where the field of a slot stands; 0 if it is absent."""
        listed = self.at - struct.unpack_from("<i", self.raw, self.at)[0]
        if listed < 0:
            raise ValueError("a table outside its message")
        (length,) = struct.unpack_from("<H", self.raw, listed)
        if 4 + 2 * slot + 2 > length:
            return 0
        offset = int(struct.unpack_from("<H", self.raw, listed + 4 + 2 * slot)[0])
        return self.at + offset if offset else 0
