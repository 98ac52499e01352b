"""A journal of unfinished work: which parts of a run are done, so that a killed run goes on where it was.

It is one file in the data directory, a line for each part, and is removed when the run is recorded. What it names is in
the archive, by content; a last line that was torn is done again. Each line says which part of the run it is: two that
screen the same file at once may write between each other's lines.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from vacatur.errors import LedgerError
from vacatur.model.run import Part
from vacatur.store.archive import write_whole

Aware = Annotated[datetime, msgspec.Meta(tz=True)]


class Begun(msgspec.Struct, frozen=True):
    """How a run was begun: by the clocks it was given then, and when."""

    view: tuple[Aware, Aware, Aware]
    at: str


class _Done(msgspec.Struct):
    """A part that is archived, and its place in the run."""

    place: int
    part: Part


class Journal:
    """The journal of one question; made when it is begun."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, new: Begun) -> tuple[Begun, list[Part]]:
        """How the run was begun and its first parts that are done: as left by an earlier attempt, or `new` and none."""
        begun, parts = self._read()
        lines = (begun or new, *map(_Done, range(len(parts)), parts))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Written again: a torn line must not run into the next one.
            write_whole(self._path, b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        except OSError as bad:
            raise LedgerError(f"the journal cannot be written: {bad.strerror}", where=str(self._path)) from bad
        return begun or new, parts

    def done(self, place: int, part: Part) -> None:
        """Writes down that a part, counted from 0, is archived."""
        line = msgspec.json.encode(_Done(place, part)) + b"\n"
        try:
            with open(self._path, "ab", buffering=0, opener=_opened) as file:
                file.write(line)
                os.fsync(file.fileno())
        except FileNotFoundError:
            return  # another that screened the same has finished
        except OSError as bad:
            raise LedgerError(f"the journal cannot be written: {bad.strerror}", where=str(self._path)) from bad

    def finish(self) -> None:
        """Removes the journal of a run that is recorded."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[Begun | None, list[Part]]:
        parts: list[Part] = []
        with suppress(OSError, ValueError, msgspec.MsgspecError):
            first, *others = self._path.read_bytes().split(b"\n")[:-1]  # what follows the last end of line is torn
            begun = msgspec.json.decode(first, type=Begun)
            with suppress(msgspec.MsgspecError):  # up to a line that is none
                for line in others:
                    done = msgspec.json.decode(line, type=_Done)
                    if done.place == len(parts):
                        parts.append(done.part)
            return begun, parts
        return None, []


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags & ~os.O_CREAT)
