"""A list edition as the ledger keeps it: an assertion of who was on an official list on a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFile:
    """One file of an edition: its name as it came, and where its bytes are archived."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of one source.

    It says: folding all acts up to `published` (a date) yields exactly the entries of these files. It is never changed
    and never withdrawn. `form` names the format in which it was read, `entries` how many it has. `accepted` is the
    reason that a person gave for taking it although a guard refused it, and `by` who that was.
    """

    id: str
    rev: int
    source: str
    published: str
    form: str
    entries: int
    files: tuple[EditionFile, ...]
    accepted: str
    by: str
