"""A list of the ledger as its editions print it: names and differences in the words of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from vacatur.errors import AskError
from vacatur.intake import registry
from vacatur.ledger.diff import amendments
from vacatur.ledger.history import History
from vacatur.ledger.observed import party_id
from vacatur.ledger.roster import Change, Entry
from vacatur.model.act import Act
from vacatur.model.edition import Edition
from vacatur.model.listed import Listed


def carrying(editions: Iterable[Edition], programme: str) -> list[Edition]:
    """The editions from which a programme is taken: those of the source that carries it and the fewest others."""
    held = [one for one in editions if one.source in registry.SOURCES]
    able = {one.source for one in held if programme in registry.SOURCES[one.source].programmes}
    nearest = min(able, key=lambda source: (len(registry.SOURCES[source].programmes), source), default=None)
    return [one for one in held if one.source == nearest]


def edition_of_day(editions: Iterable[Edition], programme: str, day: str) -> Edition:
    """The edition that was a programme's last one on a day, of several of one day the last that was recorded."""
    chosen = [one for one in carrying(editions, programme) if one.published <= day]
    if not chosen:
        raise AskError(
            f"no edition of {programme} is held here of {day} or before", fix="Import one with `vacatur import`"
        )
    return max(enumerate(chosen), key=lambda one: (one[1].published, one[0]))[1]


def as_printed(entries: Iterable[Entry], history: History, day: str) -> list[Entry]:
    """A roster with every name and kind as the edition of that day prints them, in the order of the list's own ids."""
    stamp = history.at(day)
    if stamp is None:
        return list(entries)
    printed = {party_id(history.source, one.key): one for one in history.printed(stamp)}
    dressed = [
        replace(entry, name=one.name, kind=one.kind) if (one := printed.get(entry.party)) is not None else entry
        for entry in entries
    ]
    return sorted(dressed, key=lambda entry: (len(entry.source_id), entry.source_id))


def differences(history: History, acts: Iterable[Act], programme: str, start: str, end: str) -> list[Change]:
    """What changed on a list from the edition of one day to that of another, field by field, with the acts between."""
    before, after = history.at(start), history.at(end)
    old = _entries(history, before, programme) if before else {}
    new = _entries(history, after, programme) if after else {}
    between: dict[str, list[str]] = defaultdict(list)
    for act in acts:
        if act.recorded_by == history.source and start < act.published.text <= end and act.party is not None:
            between[act.party].append(act.id)
    found = []
    for key in sorted(old.keys() | new.keys(), key=lambda key: (len(key), key)):
        party = party_id(history.source, key)
        found += _changes(old.get(key), new.get(key), party, tuple(between.get(party, ())))
    return found


def _entries(history: History, stamp: tuple[str, str], programme: str) -> dict[str, Listed]:
    return {one.key: one for one in history.printed(stamp) if one.programme == programme}


def _changes(old: Listed | None, new: Listed | None, party: str, acts: tuple[str, ...]) -> list[Change]:
    if old is None and new is not None:
        return [Change("added", party, new.name, "", "", "", acts)]
    if new is None and old is not None:
        return [Change("removed", party, old.name, "", "", "", acts)]
    if old is None or new is None:
        return []
    return [Change("changed", party, new.name, one.field, one.was, one.now, acts) for one in amendments(old, new)]
