"""The hash chain: every record that the ledger ever took in, in order, each sealed with the one before it.

An entry's hash covers its position, type, id, revision, the time it was recorded, the hash before it and its bytes.
Changing, dropping or inserting an entry breaks the chain at that place, and `verify` names it. A record that leaves
the book is not removed: an entry with an empty body retires it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from msgspec import MsgspecError

from vacatur.errors import LedgerError, Tampered
from vacatur.ledger.codec import decode, encode, type_of, without_rev

GENESIS = "0" * 64
"""The hash before the first entry."""

LAW = ("programme", "document", "party", "act", "edition")
"""The types that answers depend on; runs and what people make of them are chained too, but do not move the basis."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One link: `seq` counts from 1; `origin` says where the record comes from (`book`, a source, a user);
    `recorded` is ISO UTC; an empty `body` retires the record.
    """

    seq: int
    type: str
    id: str
    rev: int
    origin: str
    recorded: str
    body: bytes
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands: its last position and hash."""

    seq: int
    hash: str


class Entries(Protocol):
    """What the ledger needs of a store; every adapter passes the same tests."""

    def head(self) -> Head:
        """The last entry's position and hash."""

    def basis(self) -> Head:
        """The last entry that the law depends on: decisions do not move it."""

    def at(self, seq: int) -> Head:
        """The head as it was at a position; raises `LedgerError` where there is none."""

    def current(self, basis: int, types: tuple[str, ...]) -> Iterator[Entry]:
        """The latest revision of every record at a basis, in chain order."""

    def latest(self, type_: str, record_id: str) -> list[Entry]:
        """All revisions of one record, oldest first."""

    def of_type(self, type_: str) -> Iterator[Entry]:
        """All revisions of all records of a type, in chain order."""

    def walk(self) -> Iterator[Entry]:
        """Every entry in order."""

    def append(self, entries: Iterable[Entry], after: Head) -> None:
        """Adds entries after the head they were sealed on, all or none; raises `LedgerError` if it moved."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record about to be chained: its type, id, next revision and bytes."""

    type: str
    id: str
    rev: int
    body: bytes


def seal(entry: Entry) -> str:
    """The hash that an entry must carry (SHA-256, hex)."""
    head = (entry.seq, entry.type, entry.id, entry.rev, entry.origin, entry.recorded, entry.prev)
    return hashlib.sha256("\n".join(map(str, head)).encode() + b"\n" + entry.body).hexdigest()


def link(drafts: Iterable[Draft], head: Head, origin: str, recorded: datetime) -> Iterator[Entry]:
    """New entries for drafts, sealed one after the other onto `head`."""
    at, when = head, recorded.isoformat()
    for draft in drafts:
        blank = Entry(at.seq + 1, draft.type, draft.id, draft.rev, origin, when, draft.body, at.hash, "")
        entry = replace(blank, hash=seal(blank))
        yield entry
        at = Head(entry.seq, entry.hash)


def verify(entries: Iterable[Entry]) -> Head:
    """Walks the whole chain; returns its head, or raises `Tampered` naming the first entry that does not hold."""
    at = Head(0, GENESIS)
    for entry in entries:
        if entry.seq > at.seq + 1:
            raise Tampered(at.seq + 1, f"gone; the next is {entry.seq}, {entry.type} {entry.id}")
        if entry.seq != at.seq + 1 or entry.prev != at.hash or entry.hash != seal(entry):
            raise Tampered(entry.seq, f"{entry.type} {entry.id}")
        at = Head(entry.seq, entry.hash)
    return at


def opened(entry: Entry) -> Any:
    """The record of an entry; raises `Tampered` when its bytes are not those that were sealed."""
    try:
        return decode(entry.type, entry.body)
    except (MsgspecError, KeyError) as bad:
        if seal(entry) != entry.hash:
            raise Tampered(entry.seq, f"{entry.type} {entry.id}") from bad
        raise LedgerError(
            f"entry {entry.seq} ({entry.type} {entry.id}) cannot be read: {bad}",
            why="It holds, so another version of vacatur wrote it",
            fix="Use that version",
        ) from bad


def revisions(held: Iterable[Entry], records: Iterable[Any]) -> list[Draft]:
    """What must be appended so that the chain holds exactly these records: new ones, new revisions, retirements.

    `held` are the current entries of the same origin; a record whose content is unchanged is not written again.
    """
    before = {(entry.type, entry.id): entry for entry in held}
    wanted = {(type_of(record), record.id): record for record in records}
    found: list[Draft] = []
    for (type_, record_id), record in wanted.items():
        old = before.get((type_, record_id))
        if old is not None and old.body and without_rev(opened(old)) == without_rev(record):
            continue
        rev = old.rev + 1 if old is not None else 1
        found.append(Draft(type_, record_id, rev, encode(replace(record, rev=rev))))
    gone = [entry for key, entry in before.items() if key not in wanted and entry.body]
    return found + [Draft(entry.type, entry.id, entry.rev + 1, b"") for entry in gone]
