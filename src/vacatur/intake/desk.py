"""An edition on the desk: compared with the one before it, and refused or made ready for the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import count

from vacatur.errors import InputError
from vacatur.intake.guard import guard
from vacatur.intake.take import Taken
from vacatur.ledger.history import History, Stamp, wording_of
from vacatur.model.edition import Edition, EditionFile
from vacatur.model.listed import Listed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edition: `taken`, already `known`, `refused`, or only shown (`dry-run`)."""

    source: str
    published: str
    state: str
    entries: int
    added: int
    removed: int
    changed: int
    note: str


def compared(source: str, history: History, taken: Taken, accepted: str) -> Outcome:
    """Compares an edition with the one before it (the one after it, where there is none before).

    Raises `InputError` for double ids and for what the guards refuse, unless it is `accepted`.
    """
    where = ", ".join(file.name for file in taken.files)
    new = {entry.key: entry for entry in taken.printed.entries}
    if len(new) < len(taken.printed.entries):
        raise InputError("two entries have the same id", where=where, why="It is not clear which one holds",
                         fix="Fetch it again")  # fmt: skip
    beside = _beside(history, taken.published)
    old = history.wording_at(beside) if beside is not None else {}
    if not accepted:
        guard(source, new.keys(), old.keys(), where)
    changed = sum(wording_of(new[key]) != old[key] for key in new.keys() & old.keys())
    return Outcome(
        source, taken.published, "taken", len(new), len(new.keys() - old.keys()), len(old.keys() - new.keys()),
        changed, "",
    )  # fmt: skip


def known(outcome: Outcome) -> Outcome:
    """The outcome of an edition that the ledger holds already."""
    return replace(outcome, state="known", added=0, removed=0, changed=0, note="the ledger holds this edition")


def refused(source: str, published: str, why: str) -> Outcome:
    """The outcome of an edition that cannot be taken."""
    return Outcome(source, published, "refused", 0, 0, 0, 0, why)


def _beside(history: History, published: str) -> Stamp | None:
    before = history.at(published)
    return before if before is not None or not history.editions else history.editions[0]


def recorded(source: str, taken: Taken, held: Iterable[Edition], keep: Callable[[bytes, str], str], accepted: str,
             by: str) -> Edition | None:  # fmt: skip
    """The record of an edition, its files archived; None if the ledger holds this very edition."""
    mine = sorted((one for one in held if one.source == source), key=lambda one: one.published)
    same_day = [one for one in mine if one.published == taken.published]
    before = [one for one in mine if one.published <= taken.published] or mine
    like = {_form(file.name): file.sha256 for one in before[-1:] for file in one.files}
    files = tuple(
        EditionFile(name=file.name, sha256=keep(file.content, like.get(_form(file.name), "")), size=len(file.content))
        for file in taken.files
    )
    if any({file.sha256 for file in one.files} == {file.sha256 for file in files} for one in same_day):
        return None
    ids = {one.id for one in mine}
    names = (f"{source}/{taken.published}" + (f".{number}" if number > 1 else "") for number in count(1))
    return Edition(
        id=next(name for name in names if name not in ids), rev=1, source=source, published=taken.published,
        form=taken.printed.form, entries=len(taken.printed.entries), files=files, accepted=accepted, by=by,
    )  # fmt: skip


def _form(name: str) -> str:
    """A file's name without its date: what it resembles from edition to edition."""
    return "".join(letter for letter in name.lower() if not letter.isdigit())


def with_entries(history: History, edition: Edition, entries: Iterable[Listed]) -> None:
    """Takes a recorded edition into a history at hand."""
    stamp = (edition.published, edition.id)
    if all(known[0] != edition.published for known in history.editions):
        history.insert(stamp, entries)
