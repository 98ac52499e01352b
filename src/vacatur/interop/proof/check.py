"""What must hold in the proof of a run beyond its signature: that its items belong together and leave nothing out.

A signature says that the signer wrote this. A check says that what was written is a run, whole: sealed as a ledger
seals, with the parts that it names, and with every act that its results name. It asks no ledger and no other file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from vacatur.errors import InputError, VacaturError
from vacatur.interop.proof.bundle import Bundle, read
from vacatur.ledger.chain import Entry, Head, seal
from vacatur.ledger.codec import decode
from vacatur.model.act import Act
from vacatur.model.programme import Programme
from vacatur.model.run import Run

Named = Callable[[bytes], Iterable[str]]
"""Which acts a part names: the screening that wrote the part knows how to read it."""

RECORDS = ("programme", "edition", "act", "document")
"""The types of records in a bundle: their items are called by type and id."""

T = TypeVar("T")


class _Written(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An entry, its body as text."""

    seq: int
    type: str
    id: str
    rev: int
    origin: str
    recorded: str
    body: str
    prev: str
    hash: str


class Snapshot(msgspec.Struct, frozen=True):
    """Of a snapshot's parts those that are told or compared; the others count in its id all the same."""

    chain: str
    seq: int
    matcher: str
    tzdata: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold in a bundle whose signature does: in which item, at which line, and what."""

    item: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"line {self.line} ({self.item}): {self.says}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A bundle that was looked through: what it proves, by whose key, and all that does not hold in it.

    `counts` says how many items of each kind it has.
    """

    fingerprint: str
    run: Run
    entry: Entry
    head: Head
    snapshot: Snapshot
    programmes: tuple[Programme, ...]
    counts: dict[str, int]
    faults: tuple[Fault, ...]


def check(bundle: Bundle, named: Named) -> Checked:
    """Looks through the bundle of a run; all that does not hold is told together.

    Args:
        bundle: one whose signature holds.
        named: which acts a part names; what it raises for a part that cannot be read is that part's fault.

    Raises `InputError` for a bundle that is not of a run, `ProofBroken` for one whose run cannot be read.
    """
    entry, head = _entry(bundle, "run"), _decoded(bundle, "head", Head)
    run = _as(bundle, "run", entry.body, Run)
    snapshot = _decoded(bundle, "snapshot", Snapshot)
    records = dict[str, Any]()
    faults = [
        *_sealed(bundle),
        *_placed(bundle, run, entry, head),
        *_depending(bundle, run, snapshot),
        *_contents(bundle),
        *_recorded(bundle, records),
        *_linked(bundle, records),
        *_parts(bundle, run, named),
    ]
    kinds = [name.partition("/")[0] for name in bundle.names]
    return Checked(
        fingerprint=bundle.fingerprint, run=run, entry=entry, head=head, snapshot=snapshot,
        programmes=tuple(one for one in records.values() if isinstance(one, Programme)),
        counts={kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}, faults=tuple(faults),
    )  # fmt: skip


def check_file(path: Path, named: Named, trusted: str | None = None) -> Checked:
    """Reads the proof of a run from a file and looks through it.

    Args:
        path: the file.
        named: as for `check`.
        trusted: the fingerprint of the key that must have signed it; without one, any key may have.

    Raises `InputError` for a file that is not a run's proof, `ProofBroken` that says where the signature does not hold.
    """
    if path.exists() and not path.is_file():
        raise InputError("this is not a file", where=str(path), fix="Put the proof into a file first")
    try:
        with path.open("rb") as stream:
            return check(read(stream, trusted=trusted), named)
    except OSError as bad:
        raise InputError(f"cannot be read: {bad.strerror}", where=str(path), fix="Check path and permissions") from bad


def _sealed(bundle: Bundle) -> Iterator[Fault]:
    """Every entry carries the hash that a ledger gives it."""
    for name in bundle.names:
        if name == "run" or name.startswith("entry/"):
            entry = _entry(bundle, name)
            if seal(entry) != entry.hash:
                yield _fault(bundle, name, f"entry {entry.seq} does not match its seal")
            if name not in ("run", f"entry/{entry.seq}"):
                yield _fault(bundle, name, f"this is entry {entry.seq}")


def _placed(bundle: Bundle, run: Run, entry: Entry, head: Head) -> Iterator[Fault]:
    """The entry is the run's, and stands where a ledger can have put it."""
    if (entry.type, entry.id, entry.rev) != ("run", run.id, run.rev):
        yield _fault(bundle, "run", f"the entry is of {entry.type} {entry.id}, and its body is run {run.id}")
    if not 0 <= run.basis <= run.ledger < entry.seq <= head.seq:
        says = f"a run on entry {run.basis} of {run.ledger} cannot be entry {entry.seq} of {head.seq}"
        yield _fault(bundle, "run", says)
    if entry.seq == head.seq and entry.hash != head.hash:
        yield _fault(bundle, "head", "the run's entry is the last one, and the head is another")


def _depending(bundle: Bundle, run: Run, snapshot: Snapshot) -> Iterator[Fault]:
    """What the results depend on is what the run says, by its content."""
    if _sha256(bundle, "snapshot") != run.snapshot:
        yield _fault(bundle, "snapshot", f"its parts do not make the run's snapshot {run.snapshot}")
    if snapshot.seq != run.basis:
        yield _fault(bundle, "snapshot", f"it is of entry {snapshot.seq}, and the run's basis is {run.basis}")
    if not snapshot.matcher.startswith(run.matcher):
        yield _fault(bundle, "snapshot", f"it is of the matcher {snapshot.matcher}, and the run's is {run.matcher}")


def _contents(bundle: Bundle) -> Iterator[Fault]:
    """What is named by its content has that content."""
    for name in bundle.names:
        kind, _, content = name.partition("/")
        if kind in ("part", "rejects", "source") and _sha256(bundle, name) != content:
            yield _fault(bundle, name, "its bytes are not those that it is named by")


def _recorded(bundle: Bundle, records: dict[str, Any]) -> Iterator[Fault]:
    """Every record can be read, and is the one that it is called; puts them into `records`."""
    for name in bundle.names:
        kind, _, record_id = name.partition("/")
        if kind not in RECORDS:
            continue
        try:
            records[name] = decode(kind, bundle.item(name))
        except msgspec.MsgspecError as bad:
            yield _fault(bundle, name, f"this is no {kind}: {bad}")
            continue
        if records[name].id != record_id:
            yield _fault(bundle, name, f"this is {records[name].id}")


def _linked(bundle: Bundle, records: dict[str, Any]) -> Iterator[Fault]:
    """Every act comes with its programme and with the document that it rests on."""
    for name, record in records.items():
        if not isinstance(record, Act):
            continue
        rests_on = () if record.document is None else (f"document/{record.document}",)
        for needed in (f"programme/{record.programme}", *rests_on):
            if needed not in records:
                yield _fault(bundle, name, f"its {needed.replace('/', ' ', 1)} is not in the bundle")


def _parts(bundle: Bundle, run: Run, named: Named) -> Iterator[Fault]:
    """Every part of the run is there, and every act that a part names."""
    for what in ("subjects", "hits"):
        if sum(getattr(part, what) for part in run.parts) != getattr(run, what):
            yield _fault(bundle, "run", f"its parts have not the {what} that it counts")
    if run.rejects and f"rejects/{run.rejects}" not in bundle:
        yield _fault(bundle, "run", f"its rejects {run.rejects[:16]} are not in the bundle")
    for name in dict.fromkeys(f"part/{part.sha256}" for part in run.parts):
        if name not in bundle:
            yield _fault(bundle, "run", f"its {name[:21]} is not in the bundle")
            continue
        try:
            missing = sorted(act for act in set(named(bundle.item(name))) if f"act/{act}" not in bundle)
        except VacaturError as bad:
            yield _fault(bundle, name, f"it cannot be read: {bad}")
            continue
        for act in missing:
            yield _fault(bundle, name, f"its results name the act {act}, which is not in the bundle")


def _fault(bundle: Bundle, name: str, says: str) -> Fault:
    return Fault(name, bundle.line(name), says)


def _sha256(bundle: Bundle, name: str) -> str:
    digest = hashlib.sha256()
    for piece in bundle.pieces(name):
        digest.update(piece)
    return digest.hexdigest()


def _entry(bundle: Bundle, name: str) -> Entry:
    written = _decoded(bundle, name, _Written)
    return Entry(**msgspec.structs.asdict(written) | {"body": written.body.encode()})


def _decoded(bundle: Bundle, name: str, kind: type[T]) -> T:
    if name not in bundle:
        raise InputError(f"this is not the proof of a run: it has no item {name!r}", fix="Name the proof of a run")
    return _as(bundle, name, bundle.item(name), kind)


def _as(bundle: Bundle, name: str, raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.MsgspecError as bad:
        bundle.fault(name, f"this item cannot be read: {bad}", why="It was signed so")
