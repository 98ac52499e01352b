"""The secret that a webhook's sender and receiver share: where it stands, and what is signed with it.

Only its place is known to the settings. It is read when a notice is signed, and is never kept, printed or logged.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from vacatur.errors import InputError

LEAST, MOST = 16, 4096
"""Shortest and longest secret, in bytes."""
TOLERANCE = timedelta(minutes=5)
"""How far a signature's timestamp may be from the receiver's clock."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret stands: in the environment variable `env`, or in the `file`, which nobody else may read."""

    env: str
    file: Path | None

    def read(self) -> bytes:
        """The secret; raises `InputError`, which tells its place and nothing of it."""
        where = str(self.file) if self.file is not None else f"environment variable {self.env}"
        found = _in_file(self.file) if self.file is not None else os.fsencode(os.environ.get(self.env, ""))
        if not LEAST <= len(found) <= MOST:
            raise InputError(
                "there is no secret" if not found else f"the secret must have {LEAST} to {MOST} bytes", where=where,
                why="A receiver could not tell a notice from a forgery", fix="Put one there: openssl rand -hex 32",
            )  # fmt: skip
        return found


def _in_file(path: Path) -> bytes:
    try:
        # Without waiting for the other end, should it be a pipe.
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            kind = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(kind):
                raise InputError("the secret's file is not a file", where=str(path), fix="Name a file")
            if os.name == "posix" and kind & 0o077:
                raise InputError(
                    "others may read the secret", where=str(path), why="Who knows it can forge notices",
                    fix=f"chmod 600 {path}, and take a new secret if the machine has other users",
                )  # fmt: skip
            return file.read(MOST + 3).rstrip(b"\r\n")
    except OSError as bad:
        raise InputError(
            f"the secret cannot be read: {bad.strerror}", where=str(path), fix="Check path and permissions"
        ) from bad


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over timestamp, a full stop and body; `v1=` and 64 hexadecimal digits."""
    return "v1=" + hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def verify_signature(secret: bytes, timestamp: str, body: bytes, signed: str, now: datetime,
                     tolerance: timedelta = TOLERANCE) -> bool:  # fmt: skip
    """For receivers: whether a notice comes from whoever shares the secret, and was signed about now.

    Args:
        secret: the shared secret's bytes.
        timestamp: the header `Vacatur-Timestamp`, seconds since 1970.
        body: the request's body, byte for byte.
        signed: the header `Vacatur-Signature`.
        now: the present moment, aware.
        tolerance: how old or early the timestamp may be; against replays, drop ids that were seen before as well.

    The time that it takes says nothing about how much of a forged signature is right.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16):
        return False
    same = hmac.compare_digest(signature(secret, timestamp, body).encode(), signed.encode("utf-8", "replace"))
    return same and abs(now.timestamp() - int(timestamp)) <= tolerance.total_seconds()
