"""The ledger's records at one basis, ready for the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vacatur.law.corpus import Corpus
from vacatur.ledger.chain import LAW, Entries, Entry, Head, opened
from vacatur.model.act import Act
from vacatur.model.document import Document
from vacatur.model.edition import Edition
from vacatur.model.party import Party
from vacatur.model.programme import Programme


@dataclass(frozen=True, slots=True)
class Records:
    """What the ledger held at `basis`."""

    basis: Head
    corpus: Corpus
    documents: dict[str, Document]
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The same records as flat tuples: the form in which they are cached."""

    basis_seq: int
    basis_hash: str
    programmes: tuple[Programme, ...]
    documents: tuple[Document, ...]
    parties: tuple[Party, ...]
    acts: tuple[Act, ...]
    editions: tuple[Edition, ...]

    def records(self) -> Records:
        """The shelf, indexed by id."""
        corpus = Corpus(
            {p.id: p for p in self.programmes}, {a.id: a for a in self.acts}, {p.id: p for p in self.parties}
        )
        return Records(Head(self.basis_seq, self.basis_hash), corpus, {d.id: d for d in self.documents}, self.editions)


def see(entries: Entries, basis: Head) -> Shelf:
    """Reads the latest revision of every record at a basis; retired ones are left out."""
    return shelve(entries.current(basis.seq, LAW), basis)


def shelve(current: Iterable[Entry], basis: Head) -> Shelf:
    """Decodes current entries into a shelf."""
    found: dict[str, list[object]] = {name: [] for name in LAW}
    for entry in current:
        if entry.body:
            found[entry.type].append(opened(entry))
    return Shelf(
        basis.seq,
        basis.hash,
        programmes=tuple(r for r in found["programme"] if isinstance(r, Programme)),
        documents=tuple(r for r in found["document"] if isinstance(r, Document)),
        parties=tuple(r for r in found["party"] if isinstance(r, Party)),
        acts=tuple(r for r in found["act"] if isinstance(r, Act)),
        editions=tuple(r for r in found["edition"] if isinstance(r, Edition)),
    )
