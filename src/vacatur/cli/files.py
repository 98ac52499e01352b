"""Files that users name: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from vacatur.errors import InputError


@contextmanager
def whole(out: Path) -> Iterator[IO[bytes]]:
    """A file to write to that takes the place of `out` when all has been written; on any error `out` stays as it was.

    It is made at once, so that a place that cannot be written to is known before the work is done. Raises `InputError`.
    """
    target = out.resolve()
    try:
        if out.exists() and not out.is_file():  # a pipe or a device is written to, never replaced
            with out.open("wb") as file:
                yield file
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            Path(name).chmod(_mode(target))
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as bad:
        raise InputError(
            f"cannot be written: {bad.strerror or bad}", where=str(out), fix="Name a file that you may write to"
        ) from bad


def _mode(out: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file of this user."""
    if out.exists():
        return out.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
