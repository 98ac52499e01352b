"""Notices as JSON Lines, added to the end of one file.

The file is its own memory: an id that stands in it is not written again, so that a crash between the writing and the
outbox's mark costs nothing. A last line that a crash tore is cut off first; its notice is still due.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from vacatur.errors import InputError
from vacatur.notify.notice import spelled
from vacatur.notify.sink import TAKEN, Queued, Verdict

BEGIN = b'{"id":"'
"""How every line begins; the 64 letters of its id follow."""
_HEAD = len(BEGIN) + 64
_PIECE = 1 << 20
"""Bytes that are read at once, however long a line is."""


@dataclass(frozen=True, slots=True)
class JsonLines:
    """A file that takes a line a notice: canonical JSON, all that a reader might obey written out.

    It is read through once for every `most` notices, for the ids that it holds.
    """

    name: str
    path: Path
    most: int = 10_000

    def send(self, batch: Sequence[Queued], now: datetime) -> list[Verdict]:  # noqa: ARG002 -- a file has no hours
        """Adds the notices that are not there yet, all or none."""
        try:
            with self._open() as file:
                there = _mended(file, {queued.id for queued in batch}, str(self.path))
                _add(file.fileno(), b"".join(_line(queued) for queued in batch if queued.id not in there))
        except OSError as bad:
            return [Verdict("later", f"the file cannot be written: {bad.strerror}")] * len(batch)
        except InputError as bad:
            return [Verdict("later", str(bad))] * len(batch)
        return [TAKEN] * len(batch)

    def _open(self) -> IO[bytes]:
        """The file, to be read and added to; made if it is not there."""
        new = not self.path.exists()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
        file = os.fdopen(os.open(self.path, flags, 0o666), "rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise InputError("this is not a file", where=str(self.path), fix="Name a file in notify.json")
        if new:
            sync_folder(self.path.parent)
        return file


def _mended(file: IO[bytes], wanted: Set[str], where: str) -> set[str]:
    """Which of these ids the file holds, a last line without an end cut off if it is a notice's."""
    there, start, at, head, ended = set[str](), 0, 0, b"", True
    while piece := file.readline(_PIECE):
        if ended:
            start, head = at, piece[:_HEAD]
        at += len(piece)
        ended = piece.endswith(b"\n")
        if ended and head.startswith(BEGIN) and (id_ := head[len(BEGIN) :].decode("ascii", "replace")) in wanted:
            there.add(id_)
    if not ended:
        if not BEGIN.startswith(head[: len(BEGIN)]):
            raise InputError(
                "the last line has no end and is not a notice's", where=where,
                why="Only what a notice left torn is cut off", fix="End the line, or name another file in notify.json",
            )  # fmt: skip
        os.ftruncate(file.fileno(), start)
    return there


def _line(queued: Queued) -> bytes:
    return spelled(queued.body.decode()).encode() + b"\n"


def _add(handle: int, lines: bytes) -> None:
    """Adds to the end, on disk before it returns; what could be written only in part is taken back."""
    end, rest = os.fstat(handle).st_size, memoryview(lines)
    try:
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, end)
        raise


def sync_folder(folder: Path) -> None:
    """Sees to it that a new file's name is on disk as well, where folders can be asked for that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
