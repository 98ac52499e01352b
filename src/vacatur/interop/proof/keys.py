"""The key with which an installation signs its proofs: made on first use, kept in its data directory, never replaced.

What was signed with a key can be believed for as long as the key was its owner's alone. A key that others can read, or
that is not one, is therefore an error and no occasion to make another.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from vacatur.errors import LedgerError
from vacatur.interop.proof.lines import fingerprint

NAME = "proof.pem"
MOST_BYTES = 10_000
_WHY = "A proof signed with another key would not be known as this installation's"
_FIX = (
    "Restore the key from a backup; or move it aside, and a new one is made, whose fingerprint must be told to others"
)


def signing_key(keys: Path, chance: Callable[[int], bytes]) -> Ed25519PrivateKey:
    """The key in the folder `keys`, made from so many bytes of `chance` where there is none.

    Raises `LedgerError` for a key that cannot be read, that others can read, or that is not an Ed25519 key.
    """
    path = keys / NAME
    try:
        if not os.path.lexists(path):
            _make(path, Ed25519PrivateKey.from_private_bytes(chance(32)))
        return _read(path)
    except OSError as bad:
        raise LedgerError(f"the key cannot be used: {bad.strerror}", where=str(path), why=_WHY, fix=_FIX) from bad


def fingerprint_of(key: Ed25519PrivateKey) -> str:
    """The fingerprint by which others know a key."""
    return fingerprint(key.public_key().public_bytes_raw())


def _make(path: Path, key: Ed25519PrivateKey) -> None:
    """Puts a key in place, whole or not at all, unless another process comes first: then that one's is the key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")  # for its owner only
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(name)  # unlike a rename, it never takes the place of a key that is there
    except FileExistsError:
        return
    finally:
        Path(name).unlink()


def _read(path: Path) -> Ed25519PrivateKey:
    # Without waiting for the other end, should it be a pipe.
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        content = file.read(MOST_BYTES + 1) if stat.S_ISREG(mode) else b""
    if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
        raise LedgerError(
            "others can read or change the key", where=str(path), why="Whoever has it can sign in this one's name",
            fix=f"If nobody has it: chmod 600 {path}; if somebody may: move it aside, tell others the new one",
        )  # fmt: skip
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as bad:
        raise LedgerError("this is not a key, or an encrypted one", where=str(path), why=_WHY, fix=_FIX) from bad
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError("this is a key of another kind than Ed25519", where=str(path), why=_WHY, fix=_FIX)
    return key
