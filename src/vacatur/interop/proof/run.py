"""The proof of a run: what goes into its bundle.

All that a check needs goes in, so that none asks a ledger. What only a ledger can tell, whether the run's entry really
stands in its chain, is made checkable for whoever holds one: entry and head go in as sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

import msgspec

from vacatur.errors import LedgerError
from vacatur.ledger.chain import Entry, Head
from vacatur.ledger.codec import canonical, encode
from vacatur.ledger.see import Records
from vacatur.model.document import Document
from vacatur.model.run import Run


def items(entry: Entry, head: Head, records: Records, because: Iterable[str], read: Callable[[str], bytes], *,
          beside: Iterable[Entry] = ()) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """What goes into the proof of a run, to be written as a bundle.

    Args:
        entry: the run's entry, as sealed.
        head: where the chain stands now.
        records: what the ledger held at the run's basis.
        because: the acts that its results name.
        read: gives archived bytes by their SHA-256: the parts, the rejects and, by the run's snapshot id, what that
            snapshot was made of.
        beside: further entries that belong with it, such as what was decided on its alerts.

    Raises `LedgerError` for an act that the records do not hold, or bytes that are no longer there.
    """
    try:
        run = msgspec.json.decode(entry.body, type=Run)
    except msgspec.MsgspecError as bad:
        raise LedgerError(f"entry {entry.seq} ({entry.type} {entry.id}) is no run: {bad}", fix="Name a run") from bad
    yield "run", _written(entry)
    yield "head", canonical(asdict(head)).encode()
    yield "snapshot", read(run.snapshot)
    for other in beside:
        yield f"entry/{other.seq}", _written(other)
    for programme in sorted(records.corpus.programmes.values(), key=lambda one: one.id):
        yield f"programme/{programme.id}", encode(programme)
    for edition in sorted(records.editions, key=lambda one: one.id):
        yield f"edition/{edition.id}", encode(edition)
    yield from _evidence(records, because, read)
    # Equal parts, of many subjects that are one and the same, are archived once, and told once.
    for content in dict.fromkeys(part.sha256 for part in run.parts):
        yield f"part/{content}", read(content)
    if run.rejects:
        yield f"rejects/{run.rejects}", read(run.rejects)


def _evidence(records: Records, because: Iterable[str], read: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """The acts with their quotes, the documents that they rest on, and those documents' bytes where they are kept."""
    documents = dict[str, Document]()
    for act_id in sorted(set(because)):
        act = records.corpus.acts.get(act_id)
        if act is None:
            raise LedgerError(
                f"the act {act_id} is named in the results and is not in the ledger at the run's basis",
                fix="Run `vacatur verify`; the proof of a run is made from the ledger that holds it",
            )
        yield f"act/{act_id}", encode(act)
        if act.document is not None and act.document in records.documents:
            documents[act.document] = records.documents[act.document]
    for document_id in sorted(documents):
        yield f"document/{document_id}", encode(documents[document_id])
    for content in sorted({one.sha256 for one in documents.values() if one.sha256}):
        yield f"source/{content}", read(content)


def _written(entry: Entry) -> bytes:
    return canonical(asdict(entry) | {"body": entry.body.decode()}).encode()
