"""The editions that a ledger holds, as histories: made from the archived files, and kept so that nothing is read twice.

A history follows from the editions alone. What is kept of it is only ever a saving of time: it is used if its editions
are among those wanted, the rest is added, and it is made anew from the files if it is damaged or another program's.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

import msgspec

from vacatur.errors import LedgerError
from vacatur.intake.reading import File
from vacatur.intake.source import Source
from vacatur.ledger.history import History
from vacatur.model.edition import Edition
from vacatur.model.listed import Listed

FORM = "history-3"
"""Raised when sources read otherwise than before: kept histories of other forms are made anew."""


class Kept(Protocol):
    """Where archived documents are read, and histories kept between runs."""

    def read(self, name: str) -> bytes:
        """The bytes of an archived document."""

    def recall(self, name: str) -> bytes | None:
        """What was kept under a name, if anything is."""

    def retain(self, name: str, content: bytes) -> None:
        """Keeps something that can be made again."""


class _Shelf(msgspec.Struct):
    form: str
    history: History


class Shelves:
    """Histories by source."""

    def __init__(self, sources: Mapping[str, Source], kept: Kept) -> None:
        self._sources, self._kept = sources, kept
        self._histories: dict[str, History] = {}

    def history(self, source: str, editions: Iterable[Edition]) -> History:
        """The history of a source over some of its editions; of several of one day the last recorded counts."""
        wanted = {(edition.published, edition.id): edition for edition in _last_of_day(editions)}
        history = self._histories.get(source) or self._recalled(source)
        if not set(history.editions) <= wanted.keys():
            history = History(source)
        missing = sorted(wanted.keys() - set(history.editions))
        for stamp in missing:
            history.insert(stamp, self.printed(wanted[stamp]))
        if missing:
            self.keep(history)
        self._histories[source] = history
        return history

    def files(self, edition: Edition) -> list[File]:
        """The archived files of an edition."""
        return [File(file.name, self._kept.read(file.sha256)) for file in edition.files]

    def printed(self, edition: Edition) -> Iterable[Listed]:
        """The entries of an edition, read again from its archived files."""
        source = self._sources.get(edition.source)
        if source is None:
            raise LedgerError(
                f"the source {edition.source} of edition {edition.id} is not known to this program",
                fix="Use a newer one",
            )
        return source.read(self.files(edition)).entries

    def keep(self, history: History) -> None:
        """Keeps a history for the next run."""
        self._histories[history.source] = history
        packed = msgspec.msgpack.encode(_Shelf(FORM, history))
        self._kept.retain(f"{history.source}.history", zlib.compress(packed, 1))

    def keep_all(self) -> None:
        """Keeps every history that this process has in hand."""
        for history in self._histories.values():
            self.keep(history)

    def _recalled(self, source: str) -> History:
        packed = self._kept.recall(f"{source}.history")
        try:
            shelf = self._decoder.decode(zlib.decompress(packed)) if packed is not None else None
        except (zlib.error, msgspec.MsgspecError):
            shelf = None
        return shelf.history if shelf is not None and shelf.form == FORM else History(source)

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[_Shelf]:
        return msgspec.msgpack.Decoder(_Shelf)


def _last_of_day(editions: Iterable[Edition]) -> list[Edition]:
    return list({edition.published: edition for edition in editions}.values())
