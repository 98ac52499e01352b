"""What the editions of a source say together: for each entry, which wording was printed from when to when.

Editions come in any order; one found late takes its place by its own date. The history depends on the set of editions
alone, never on the order in which they were taken in.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec

from vacatur.model.listed import Listed

Stamp = tuple[str, str]
"""An edition's date and id: editions are ordered by them."""


class Version(msgspec.Struct):
    """One wording of one entry, and the first and last edition of an unbroken row of them that print it."""

    wording: bytes
    first: Stamp
    last: Stamp


class History(msgspec.Struct):
    """All editions of one source."""

    source: str
    editions: list[Stamp] = []
    wordings: dict[bytes, Listed] = {}
    versions: dict[str, list[Version]] = {}

    def insert(self, stamp: Stamp, entries: Iterable[Listed]) -> None:
        """Takes in an edition, in whatever order editions come."""
        at = bisect_left(self.editions, stamp)
        if at < len(self.editions) and self.editions[at] == stamp:
            return
        before = self.editions[at - 1] if at else None
        after = self.editions[at] if at < len(self.editions) else None
        printed = {entry.key: self._wording(entry) for entry in entries}
        for key in self.versions.keys() | printed.keys():
            self._place(key, printed.get(key), stamp, before, after)
        insort(self.editions, stamp)

    def _wording(self, entry: Listed) -> bytes:
        wording = wording_of(entry)
        if wording not in self.wordings:
            # The rows themselves are in the archived file; here they would only be read and written again.
            self.wordings[wording] = replace(entry, raw=())
        return wording

    def _place(self, key: str, wording: bytes | None, stamp: Stamp, before: Stamp | None, after: Stamp | None) -> None:
        rows = self.versions.get(key)
        if rows is None:
            if wording is not None:
                self.versions[key] = [Version(wording, stamp, stamp)]
            return
        old = _at(rows, before) if before else None
        new = _at(rows, after) if after else None
        if old is not None and old is new:
            if old.wording == wording or before is None or after is None:
                return
            rows.append(Version(old.wording, after, old.last))
            old.last = before
        elif old is not None and old.wording == wording:
            old.last = stamp
            return
        elif new is not None and new.wording == wording:
            new.first = stamp
            return
        if wording is not None:
            rows.append(Version(wording, stamp, stamp))
        rows.sort(key=lambda row: row.first)

    def at(self, date: str) -> Stamp | None:
        """The edition that was the last one on a day."""
        place = bisect_left(self.editions, (date, "\U0010ffff"))
        return self.editions[place - 1] if place else None

    def wording_at(self, stamp: Stamp) -> dict[str, bytes]:
        """The wording of every entry of an edition, by key."""
        return {key: row.wording for key, rows in self.versions.items() if (row := _at(rows, stamp)) is not None}

    def printed(self, stamp: Stamp) -> Iterator[Listed]:
        """The entries of an edition."""
        return map(self.wordings.__getitem__, self.wording_at(stamp).values())

    def previous(self, stamp: Stamp) -> Stamp | None:
        """The edition before one."""
        place = bisect_left(self.editions, stamp)
        return self.editions[place - 1] if place else None

    def following(self, stamp: Stamp) -> Stamp | None:
        """The edition after one."""
        place = bisect_left(self.editions, stamp) + 1
        return self.editions[place] if place < len(self.editions) else None


def _at(rows: list[Version], stamp: Stamp) -> Version | None:
    return next((row for row in rows if row.first <= stamp <= row.last), None)


def wording_of(entry: Listed) -> bytes:
    """The content id of what an entry says; how its file says it, in one format or another, is left out."""
    plain = (entry.programme, entry.kind, entry.country, entry.names, entry.identifiers, entry.securities,
             entry.particulars, entry.stated)  # fmt: skip
    return hashlib.blake2b(msgspec.msgpack.encode(plain), digest_size=16).digest()
