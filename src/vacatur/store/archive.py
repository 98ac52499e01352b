"""Documents by content: every byte of every file that the ledger rests on, kept once under its SHA-256.

Editions of a list differ by a few lines from one to the next. A file may therefore be kept as what it shares with
another one, line by line, and what it adds; chains of such files are kept short. What is read back is always checked
against its name.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from pathlib import Path

import msgspec

from vacatur.errors import LedgerError

MOST_STEPS = 12
"""Longest chain of files of which each is kept as a difference to the next."""
_LEVEL = 6


class _Kept(msgspec.Struct, array_like=True):
    """A file as kept: what it is told from (nothing: by itself), how long that chain is, and its pieces."""

    base: str
    steps: int
    pieces: list[bytes | tuple[int, int]]


class Archive:
    """The documents of one data directory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: dict[str, bytes] = {}

    def keep(self, content: bytes, like: str = "") -> str:
        """Keeps bytes under their SHA-256, which is returned; the same bytes are kept once.

        Args:
            content: the bytes.
            like: a document that resembles them, by its SHA-256.
        """
        name = hashlib.sha256(content).hexdigest()
        path = self._file(name)
        if not path.exists():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, zlib.compress(msgspec.msgpack.encode(self._told(content, like)), _LEVEL))
            except OSError as bad:
                raise LedgerError(f"the document cannot be archived: {bad}", where=str(path)) from bad
        self._remember(name, content)
        return name

    def read(self, name: str) -> bytes:
        """The bytes of a document; raises `LedgerError` when they are gone or no longer what they were."""
        if (known := self._last.get(name)) is not None:
            return known
        kept = self._kept(name)
        base = _lines(self.read(kept.base)) if kept.base else []
        content = b"".join(piece if isinstance(piece, bytes) else b"".join(base[piece[0] : piece[0] + piece[1]])
                           for piece in kept.pieces)  # fmt: skip
        if hashlib.sha256(content).hexdigest() != name:
            raise LedgerError(
                f"the archived document {name[:16]} is damaged", where=str(self._file(name)),
                fix="Restore it from a backup, or import the file again",
            )  # fmt: skip
        self._remember(name, content)
        return content

    def holds(self, name: str) -> bool:
        """Whether a document is kept."""
        return self._file(name).exists()

    def _told(self, content: bytes, like: str) -> _Kept:
        if like and self.holds(like) and (steps := self._kept(like).steps) < MOST_STEPS:
            pieces = _shared(_lines(self.read(like)), _lines(content))
            if sum(len(piece) for piece in pieces if isinstance(piece, bytes)) < len(content) // 2:
                return _Kept(like, steps + 1, pieces)
        return _Kept("", 0, [content])

    def _kept(self, name: str) -> _Kept:
        try:
            packed = self._file(name).read_bytes()
            return msgspec.msgpack.decode(zlib.decompress(packed), type=_Kept)
        except (OSError, zlib.error, msgspec.MsgspecError) as bad:
            raise LedgerError(
                f"the archived document {name[:16]} cannot be read: {bad}", where=str(self._file(name)),
                fix="Restore it from a backup, or import the file again",
            ) from bad  # fmt: skip

    def _remember(self, name: str, content: bytes) -> None:
        """Editions are read in order, each told from the one before."""
        self._last.pop(name, None)
        self._last[name] = content
        while len(self._last) > 4:
            del self._last[next(iter(self._last))]

    def _file(self, name: str) -> Path:
        return self._path / name[:2] / name


def _lines(content: bytes) -> list[bytes]:
    """Lines, or elements where a file has no lines to speak of."""
    lines = content.splitlines(keepends=True)
    if len(lines) * 4096 >= len(content):
        return lines
    first, *others = content.split(b"><")
    return [first, *(b"><" + other for other in others)]


def _shared(base: list[bytes], lines: list[bytes]) -> list[bytes | tuple[int, int]]:
    """The lines as runs of the base's lines and as bytes of their own."""
    places = {line: at for at, line in enumerate(base)}
    pieces: list[bytes | tuple[int, int]] = []
    own: list[bytes] = []
    at = 0
    while at < len(lines):
        place = places.get(lines[at])
        if place is None:
            own.append(lines[at])
            at += 1
            continue
        count = 1
        while at + count < len(lines) and place + count < len(base) and base[place + count] == lines[at + count]:
            count += 1
        if own:
            pieces.append(b"".join(own))
            own = []
        pieces.append((place, count))
        at += count
    return [*pieces, b"".join(own)] if own else pieces


def write_whole(path: Path, content: bytes) -> None:
    """Writes a whole file or none: to a neighbour first, then renamed into place."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
