"""The lines of a bundle: how each kind is written, and read back from bytes that nobody vouches for yet."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from vacatur.errors import ProofBroken

FORMAT = "vacatur-proof-1"
PIECE = 512 * 1024
"""Bytes of an item in one line; a larger one has several."""
MOST_LINE = 2 * 1024 * 1024
"""Longest line, in bytes: a piece as base64, or a line of the manifest."""
MOST_NAME = 400
"""Longest name of an item, in characters."""
MANIFEST = b'{"lines":['
"""How a line of the manifest begins, and no other."""

_HEX64 = re.compile(r"[0-9a-f]{64}\Z", re.ASCII)
_HEX128 = re.compile(r"[0-9a-f]{128}\Z", re.ASCII)


class Opening(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The first line: the format, the signer's public key in hexadecimal, and the key's fingerprint."""

    fingerprint: str
    format: str
    key: str


class Piece(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A part of an item, counted from 1: as text where its bytes are UTF-8, else as base64."""

    item: str
    of: int
    part: int
    base64: str = ""
    text: str = ""

    def content(self) -> bytes:
        """The bytes; raises `ValueError` for what is not base64, or where both are given."""
        if self.base64 and self.text:
            raise ValueError("both text and base64")
        return self.text.encode() if not self.base64 else b64decode(self.base64, validate=True)


class Told(msgspec.Struct, forbid_unknown_fields=True, frozen=True, array_like=True):
    """What the manifest says of one line: its length with its end, its SHA-256, and whose it is."""

    size: int
    sha256: str
    item: str


class Manifest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What is said of some lines, in order."""

    lines: list[Told]


class Seal(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The last line: the signature, in hexadecimal."""

    signature: str


L = TypeVar("L", Opening, Piece, Manifest, Seal)


def written(line: msgspec.Struct) -> bytes:
    """A line's canonical bytes, its end with them."""
    return msgspec.json.encode(line, order="sorted") + b"\n"


def read_as(kind: type[L], raw: bytes, item: str, number: int, at: int) -> L:
    """The line that bytes are; raises `ProofBroken` for what is no such line, or not written as it would be here."""
    span = (at, at + len(raw))
    try:
        found = msgspec.json.decode(raw, type=kind)
        if written(found) == raw:
            return found
        said = "it is not canonical"
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as bad:
        said = str(bad)
    if raw.endswith(b"\r\n"):
        said = "its end was turned into that of another system"
    what = f"this is not the {kind.__name__.lower()} of a proof: {said[:200]}"
    raise ProofBroken(what, item=item, line=number, span=span)


def opening_of(key: bytes) -> Opening:
    """The opening for a public key of 32 bytes."""
    return Opening(fingerprint=fingerprint(key), format=FORMAT, key=key.hex())


def fingerprint(key: bytes) -> str:
    """The fingerprint of a public key: its SHA-256."""
    return hashlib.sha256(key).hexdigest()


def opened(raw: bytes) -> Opening:
    """The opening that a first line is; raises `ProofBroken` for a foreign file, or a key that is not its own."""
    found = read_as(Opening, raw, "", 1, 0)
    if found.format != FORMAT:
        what = f"{found.format[:40]!r} is not a format that is read here"
    elif not _HEX64.match(found.key) or fingerprint(bytes.fromhex(found.key)) != found.fingerprint:
        what = "the fingerprint is not that of the key beside it"
    else:
        return found
    raise ProofBroken(what, item="", line=1, span=(0, len(raw)))


def sealed(raw: bytes, number: int, at: int) -> bytes:
    """The signature that a last line is; raises `ProofBroken`."""
    found = read_as(Seal, raw, "", number, at)
    if not _HEX128.match(found.signature):
        what = "the signature is not 128 hexadecimal digits"
        raise ProofBroken(what, item="", line=number, span=(at, at + len(raw)))
    return bytes.fromhex(found.signature)


def pieces(name: str, content: bytes) -> Iterator[bytes]:
    """The lines of an item."""
    cuts = [*_cuts(content), len(content)]
    for part, (start, end) in enumerate(zip([0, *cuts], cuts, strict=False), start=1):
        yield _piece(name, part, len(cuts), content[start:end])


def _cuts(content: bytes) -> Iterator[int]:
    """Where an item is cut: not within a letter, where it is text."""
    at = 0
    while len(content) - at > PIECE:
        at += PIECE
        for back in range(4):
            if content[at - back] & 0xC0 != 0x80:
                at -= back
                break
        yield at


def _piece(name: str, part: int, of: int, content: bytes) -> bytes:
    packed = written(Piece(item=name, of=of, part=part, base64=b64encode(content).decode()))
    try:
        plain = written(Piece(item=name, of=of, part=part, text=content.decode()))
    except UnicodeDecodeError:
        return packed
    return plain if len(plain) <= len(packed) else packed
