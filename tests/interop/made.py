"""A run over the small book, as a ledger records it, with parts in a form of our own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.conftest import NOW

from vacatur.app import App
from vacatur.errors import InputError
from vacatur.interop.proof.bundle import write
from vacatur.interop.proof.run import items
from vacatur.ledger.chain import Draft, Entry, Head, link
from vacatur.ledger.codec import encode
from vacatur.ledger.see import Records
from vacatur.ledger.snapshot import snapshot_parts
from vacatur.model.run import Part, Run

KEY = Ed25519PrivateKey.from_private_bytes(b"an invented key, of tests only..")
OTHER = Ed25519PrivateKey.from_private_bytes(b"another invented key, of tests..")
PARTS = (
    [{"row": 1, "name": "Rope Works", "because": []}, {"row": 2, "name": "小米", "because": []}],
    [{"row": 3, "name": "Sail Works\u202e", "because": []}],
)


@dataclass
class Told:
    """All that goes into a proof, to be changed at will before it is written."""

    run: Run
    entry: Entry
    head: Head
    records: Records
    because: list[str]
    archive: dict[str, bytes]
    beside: list[Entry] = field(default_factory=list)

    def items(self) -> list[tuple[str, bytes]]:
        """The items of its bundle."""
        return list(items(self.entry, self.head, self.records, self.because, self.archive.__getitem__,
                          beside=self.beside))  # fmt: skip

    def keep(self, content: bytes) -> str:
        """Archives bytes under their SHA-256."""
        name = hashlib.sha256(content).hexdigest()
        self.archive[name] = content
        return name


def told(app: App, because: Sequence[Sequence[str]] | None = None) -> Told:
    """A run whose first part names some acts of the small book."""
    records = app.records()
    acts = sorted(records.corpus.acts)
    named = because or [acts[:3], acts[1:2], []]
    rows: list[list[dict[str, Any]]] = [[dict(row) for row in part] for part in PARTS]
    for row, ids in zip([row for part in rows for row in part], named, strict=True):
        row["because"] = list(ids)
    contents = [json.dumps(part, ensure_ascii=False).encode() for part in rows]
    archive = {hashlib.sha256(content).hexdigest(): content for content in contents}
    snapshot = snapshot_parts(records.basis, "matcher-1;threshold=0.7")
    archive[hashlib.sha256(snapshot).hexdigest()] = snapshot
    rejects = b"row,says\n4,nothing to screen in this row\n"
    archive[hashlib.sha256(rejects).hexdigest()] = rejects
    run = Run(
        id="r-0123456789abcdef", rev=1, source="customers.csv", sha256="0" * 64, reading=(),
        columns=(("name", "Name"),),
        view='{"on":"2026-09-01"}', basis=records.basis.seq, ledger=records.basis.seq,
        snapshot=hashlib.sha256(snapshot).hexdigest(), matcher="matcher-1", subjects=3, hits=2, rejected=1,
        parts=tuple(Part(sha256=hashlib.sha256(content).hexdigest(), subjects=len(part), hits=sum(bool(row["because"])
                         for row in part)) for content, part in zip(contents, rows, strict=True)),
        rejects=hashlib.sha256(rejects).hexdigest(), before="", by="somebody", at=NOW.isoformat(),
    )  # fmt: skip
    flat = [act for ids in named for act in ids]
    return sealed(Told(run, Entry(0, "", "", 0, "", "", b"", "", ""), records.basis, records, flat, archive))


def sealed(one: Told, **changes: Any) -> Told:
    """The same with its run changed, and sealed again as a ledger would."""
    run = replace(one.run, **changes)
    (entry,) = link([Draft("run", run.id, run.rev, encode(run))], one.records.basis, "user", NOW)
    (after,) = link([Draft("disposition", "a-1", 1, b"{}")], Head(entry.seq, entry.hash), "user", NOW)
    return replace(one, run=run, entry=entry, head=Head(after.seq, after.hash), beside=[after])


def named(part: bytes) -> Iterable[str]:
    """The acts that a part of ours names."""
    try:
        return [act for row in json.loads(part) for act in row["because"]]
    except (ValueError, TypeError, KeyError) as bad:
        raise InputError("this is not a part") from bad


def bundle(items: Iterable[tuple[str, bytes]], key: Ed25519PrivateKey = KEY) -> bytes:
    """The bytes of a bundle."""
    return b"".join(write(items, key))


def put(folder: Path, content: bytes) -> Path:
    """A file of these bytes."""
    path = folder / "proof.txt"
    path.write_bytes(content)
    return path
