"""A bundle: named items in one signed text file in which no byte can be altered, added or dropped unseen.

Every line is canonical JSON. The first one (the opening) names the format and the signer's key; then come the items, a
line each or, where they are large, several; then a manifest, which tells the length and the SHA-256 of every line above
it; and at last an Ed25519 signature over the manifest. The manifest says where a line was altered, the signature that
the manifest was not. Whoever alters a bundle can sign it anew with a key of their own: that it is the right key, only
its fingerprint tells, known from elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from vacatur.errors import InputError, ProofBroken
from vacatur.interop.proof.lines import (
    FORMAT,
    MANIFEST,
    MOST_LINE,
    MOST_NAME,
    Manifest,
    Piece,
    Seal,
    Told,
    opened,
    opening_of,
    pieces,
    read_as,
    sealed,
    written,
)

MOST_LINES = 200_000
"""Lines of a bundle: enough for a hundred gigabytes."""
MOST_BYTES = 8_000_000_000
"""Largest bundle that is read."""
MOST_ITEM = 500_000_000
"""Largest item that is read as a whole."""
TOLD_TOGETHER = 500
"""Lines that one line of the manifest tells of."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the file: its number from 1, where it begins, its length, and the SHA-256 that it has."""

    number: int
    at: int
    size: int
    sha256: bytes
    manifest: bool

    @property
    def span(self) -> tuple[int, int]:
        """Its first byte, and the one after its last."""
        return self.at, self.at + self.size


def write(items: Iterable[tuple[str, bytes]], key: Ed25519PrivateKey) -> Iterator[bytes]:
    """The lines of a bundle of these items, in order; one item is held in memory at a time.

    Raises `ValueError` for a name that is empty, too long or was there before, `InputError` for too many items.
    """
    told: list[Told] = []
    for name, line in _lines(items, key.public_key().public_bytes_raw()):
        told.append(Told(len(line), hashlib.sha256(line).hexdigest(), name))
        if len(told) + len(told) // TOLD_TOGETHER + 2 > MOST_LINES:
            raise InputError(f"a proof has at most {MOST_LINES} lines", fix="Prove a part of it")
        yield line
    digest = hashlib.sha256()
    for start in range(0, len(told), TOLD_TOGETHER):
        line = written(Manifest(told[start : start + TOLD_TOGETHER]))
        digest.update(line)
        yield line
    yield written(Seal(key.sign(_signed(digest.digest())).hex()))


def _lines(items: Iterable[tuple[str, bytes]], key: bytes) -> Iterator[tuple[str, bytes]]:
    yield "", written(opening_of(key))
    names = set[str]()
    for name, content in items:
        if not 0 < len(name) <= MOST_NAME or name in names:
            raise ValueError(f"{name[:80]!r} is no name for an item, or is the name of another one")
        names.add(name)
        for line in pieces(name, content):
            yield name, line


def _signed(digest: bytes) -> bytes:
    """What is signed: the format, so that no signature made for another purpose fits, and the manifest's SHA-256."""
    return FORMAT.encode() + b"\n" + digest


class Bundle:
    """A bundle whose signature holds: its items are read from the file when they are asked for, and checked again."""

    def __init__(self, stream: BinaryIO, fingerprint: str, told: Iterable[tuple[str, Line]]) -> None:
        self._stream, self.fingerprint = stream, fingerprint
        self._items: dict[str, list[Line]] = {}
        last = ""
        for name, line in told:
            if name != last and name in self._items:
                raise ProofBroken("this item was there before", item=name, line=line.number, span=line.span)
            self._items.setdefault(name, []).append(line)
            last = name

    @property
    def names(self) -> tuple[str, ...]:
        """The items, in order."""
        return tuple(self._items)

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def pieces(self, name: str) -> Iterator[bytes]:
        """An item's bytes, piece by piece; raises `ProofBroken` where they are not what was signed."""
        lines = self._items[name]
        for part, line in enumerate(lines, start=1):
            raw = _at(self._stream, line)
            if hashlib.sha256(raw).digest() != line.sha256:
                raise ProofBroken("the file changes while it is read", item=name, line=line.number, span=line.span)
            found = read_as(Piece, raw, name, line.number, line.at)
            try:
                content = found.content()
            except ValueError as bad:
                what = f"this item cannot be read: {bad}"
                raise ProofBroken(what, item=name, line=line.number, span=line.span) from bad
            if (found.item, found.part, found.of) != (name, part, len(lines)):
                what = f"this is part {found.part} of {found.of} of {found.item[:MOST_NAME]!r}"
                raise ProofBroken(what, item=name, line=line.number, span=line.span)
            yield content

    def item(self, name: str, most: int = MOST_ITEM) -> bytes:
        """An item's bytes as a whole; raises `ProofBroken` for more than so many."""
        content = bytearray()
        for piece in self.pieces(name):
            content += piece
            if len(content) > most:
                self.fault(name, f"this item has more than {most} bytes")
        return bytes(content)

    def line(self, name: str) -> int:
        """The number of the line at which an item begins."""
        return self._items[name][0].number

    def fault(self, name: str, what: str, why: str = "") -> NoReturn:
        """Raises `ProofBroken` that says what is wrong with an item, and where it stands."""
        lines = self._items[name]
        raise ProofBroken(
            what, item=name, line=lines[0].number, span=(lines[0].at, lines[-1].span[1]), why=why
        )  # fmt: skip


def read(stream: BinaryIO, *, trusted: str | None = None) -> Bundle:
    """The bundle in a file, once every byte of it is known to be what was signed.

    Args:
        stream: the file, open for as long as items are read from it.
        trusted: the fingerprint of the key that must have signed it; without one, any key may have.

    Raises `ProofBroken` that says where it does not hold. Reads a line at a time, however long the file is.
    """
    if not stream.seekable():
        raise InputError("a proof is read twice and cannot come through a pipe", fix="Put it into a file first")
    lines = list(_scanned(stream))
    opening = opened(_at(stream, lines[0]))
    if trusted is not None and _plain(trusted) != opening.fingerprint:
        what = f"the proof is signed with the key {opening.fingerprint}, which is not the one that is trusted"
        raise ProofBroken(what, item="", line=1, span=lines[0].span, why="Anybody can sign with a key of their own")
    seal = lines.pop()
    signature = sealed(_at(stream, seal), seal.number, seal.at)
    first = len(lines)
    while first and lines[first - 1].manifest:
        first -= 1
    lines, manifest = lines[:first], lines[first:]
    if not lines or not manifest:
        near = lines[-1] if lines else manifest[0]
        what = "there is an opening or a manifest missing here"
        raise ProofBroken(what, item="", line=near.number, span=near.span)
    holds = _holds(bytes.fromhex(opening.key), signature, (_at(stream, line) for line in manifest))
    told = _told(stream, manifest)
    if not holds:
        _unsigned(lines, manifest, seal, told)
    if (wrong := _first_wrong(lines, told)) is not None:
        raise wrong
    return Bundle(stream, opening.fingerprint, zip([one.item for one in told[1:]], lines[1:], strict=True))


def _scanned(stream: BinaryIO) -> Iterator[Line]:
    """The file's lines; stops at the first that cannot be one. The first tells a foreign file from a proof."""
    stream.seek(0)
    at = number = 0
    while raw := stream.readline(MOST_LINE + 1):
        number += 1
        line = Line(number, at, len(raw), hashlib.sha256(raw).digest(), raw.startswith(MANIFEST))
        at += len(raw)
        if len(raw) > MOST_LINE:
            raise ProofBroken(f"the line is longer than {MOST_LINE} bytes", item="", line=number, span=line.span)
        if not raw.endswith(b"\n"):
            raise ProofBroken("the line has no end", item="", line=number, span=line.span)
        if number > MOST_LINES or at > MOST_BYTES:
            what = f"the file has more than {MOST_LINES} lines or {MOST_BYTES} bytes"
            raise ProofBroken(what, item="", line=number, span=line.span)
        if number == 1:
            opened(raw)
        yield line
    if number < 3:
        raise ProofBroken("the proof is empty or cut off", item="", line=number + 1, span=(at, at))


def _at(stream: BinaryIO, line: Line) -> bytes:
    stream.seek(line.at)
    return stream.read(line.size)


def _plain(fingerprint: str) -> str:
    """A fingerprint as it is compared, however it was grouped."""
    plain = "".join(fingerprint.replace(":", " ").split()).lower()
    if len(plain) != 64 or not set(plain) <= set("0123456789abcdef"):
        raise InputError("a key's fingerprint has 64 hexadecimal digits", fix="Copy all of it")
    return plain


def _told(stream: BinaryIO, manifest: Iterable[Line]) -> list[Told]:
    told: list[Told] = []
    for line in manifest:
        told += read_as(Manifest, _at(stream, line), "", line.number, line.at).lines
        if len(told) > MOST_LINES:
            what = "the manifest tells of more lines than there are"
            raise ProofBroken(what, item="", line=line.number, span=line.span)
    return told


def _holds(key: bytes, signature: bytes, manifest: Iterable[bytes]) -> bool:
    digest = hashlib.sha256()
    for raw in manifest:
        digest.update(raw)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _signed(digest.digest()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _first_wrong(lines: list[Line], told: list[Told]) -> ProofBroken | None:
    """The first line that is not as the manifest tells it."""
    for line, one in zip(lines, told, strict=False):
        if (line.size, line.sha256.hex()) != (one.size, one.sha256):
            what = f"the line is not the one that was signed, of {one.size} bytes"
            return ProofBroken(what, item=one.item, line=line.number, span=line.span)
    if len(lines) > len(told):
        extra = lines[len(told)]
        return ProofBroken("this line was added", item="", line=extra.number, span=extra.span)
    if len(lines) < len(told):
        end = lines[-1].span[1]
        what = f"{len(told) - len(lines)} lines are gone"
        return ProofBroken(what, item=told[len(lines)].item, line=len(lines) + 1, span=(end, end))
    return None


def _unsigned(lines: list[Line], manifest: list[Line], seal: Line, told: list[Told]) -> NoReturn:
    """Says where a bundle whose signature does not hold was altered, as far as that can be known without one."""
    if (wrong := _first_wrong(lines, told)) is not None:
        line, span, item = wrong.line, wrong.span, wrong.item
        also = f"; line {line} and what lines {manifest[0].number} to {manifest[-1].number} tell of it disagree"
    else:
        line, span, item = manifest[0].number, (manifest[0].at, seal.span[1]), ""
        also = f"; every line above is as lines {manifest[0].number} to {manifest[-1].number} tell it"
    raise ProofBroken(f"the signature in line {seal.number} does not hold{also}", item=item, line=line, span=span)
