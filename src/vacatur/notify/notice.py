"""A notice: one thing that changed for one watched subject, told to whoever must know.

Its id is the content id of the watch, the run, the subject and the change: the same change is the same notice however
often it is found, and a receiver that has seen an id has seen all of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from vacatur.errors import LedgerError
from vacatur.ledger.codec import canonical, encode
from vacatur.screen.subject import Subject

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that a terminal, a reader of lines or a mail program obeys instead of showing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What changed for one subject of a watch, found by a run.

    `row` counts the subject's data row from 1; `key` is the user's own number for it, `name` what it is called. `kind`
    says why it changed (`law changed`, `subject changed` …), `text` tells it in one line, `change` as plain data. `at`
    is when it was found, an ISO instant.
    """

    id: str
    kind: str
    watch: str
    run: str
    row: int
    key: str
    name: str
    text: str
    change: Mapping[str, Any]
    at: str


def notice(subject: Subject, *, kind: str, watch: str, run: str, text: str, change: Mapping[str, Any],
           at: datetime) -> Notice:  # fmt: skip
    """A notice with its id, which leaves out its wording (`text`) and the moment at which it was found.

    Raises `ValueError` for a naive instant.
    """
    if at.tzinfo is None:
        raise ValueError("a notice needs an aware instant: a naive one has no place in a legal day")
    row, key, name = subject.row, subject.key, subject.name
    told = {"kind": kind, "watch": watch, "run": run, "row": row, "key": key, "name": name, "change": change}
    content = hashlib.sha256(canonical(told).encode()).hexdigest()
    return Notice(
        id=content, kind=kind, watch=watch, run=run, row=row, key=key, name=name, text=text, change=change,
        at=at.isoformat(),
    )  # fmt: skip


def body_of(notice: Notice) -> bytes:
    """The notice as canonical JSON, its id first: what is queued and what is sent."""
    return encode(notice)


def notice_in(body: bytes) -> Notice:
    """The notice of a body; raises `LedgerError` for bytes that are none."""
    try:
        return msgspec.json.decode(body, type=Notice)
    except msgspec.MsgspecError as bad:
        raise LedgerError(f"what is queued is not a notice: {bad}", fix="Restore the outbox from a backup") from bad


def spelled(text: str) -> str:
    r"""The text with all that would be obeyed written out (`\u202e`). JSON so spelled is the same JSON."""
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
