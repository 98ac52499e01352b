"""Loading the book: plain YAML files, in any order, to typed records and located problems.

A file holds any of the sections `programme`, `rules`, `disputes`, `documents`, `acts`, `parties`. Everything that is
wrong comes back as a `Problem`; what is right still loads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from vacatur.ledger.acts import read_acts
from vacatur.ledger.fields import Fields, Problem, read_yaml
from vacatur.ledger.records import read_document, read_party, read_programme
from vacatur.model.act import Act
from vacatur.model.document import Document
from vacatur.model.party import Party
from vacatur.model.programme import Programme

R = TypeVar("R", Programme, Document, Party, Act)


@dataclass(slots=True)
class Loaded:
    """The book as read: records by id, where each was written, and every problem met on the way."""

    programmes: dict[str, Programme] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    places: dict[tuple[str, str], Fields] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, section: str, record_id: str, key: str | None = None) -> tuple[str, int]:
        """File and line of a record, or of one of its keys."""
        fields = self.places[section, record_id]
        return fields.file, fields.line_of(key)


def load(book: Path) -> Loaded:
    """Reads every YAML file of a book directory (cases apart). Programmes are read first: they place dates."""
    loaded = Loaded()
    files = sorted(path for path in book.rglob("*.y*ml") if "cases" not in path.relative_to(book).parts)
    tops = [top for path in files if (top := read_yaml(path, str(path.relative_to(book)), loaded.problems))]
    for top in tops:
        if (fields := top.inner("programme")) is not None:
            _keep(loaded, "programme", fields, loaded.programmes, read_programme(fields, top))
    for top in tops:
        for fields in top.items("documents"):
            _keep(loaded, "documents", fields, loaded.documents, read_document(fields))
        for fields in top.items("parties"):
            _keep(loaded, "parties", fields, loaded.parties, read_party(fields))
        for fields in top.items("acts"):
            for act in read_acts(fields, loaded.programmes):
                _keep(loaded, "acts", fields, loaded.acts, act)
        top.done()
    return loaded


def _keep(loaded: Loaded, section: str, fields: Fields, into: dict[str, R], record: R) -> None:
    if not record.id:
        return  # that it has none has been noted; nothing can be said of it by name
    if record.id in into:
        file, line = loaded.place(section, record.id)
        fields.problem(f"{record.id!r} stands twice, also at {file}:{line}", "Give each record its own id", key="id")
    into[record.id] = record
    loaded.places[section, record.id] = fields
