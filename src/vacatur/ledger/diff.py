"""What changed in an entry from one edition to the next, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vacatur.model.listed import Listed


@dataclass(frozen=True, slots=True)
class Amendment:
    """One difference: which field, what it said, and what it says; either is empty where there is nothing."""

    field: str
    was: str
    now: str

    def __str__(self) -> str:
        if self.was and self.now:
            return f"{self.field}: {self.was!r} → {self.now!r}"
        return f"{self.field}: {self.now!r} added" if self.now else f"{self.field}: {self.was!r} removed"


def amendments(old: Listed, new: Listed) -> list[Amendment]:
    """Every difference of two wordings of one entry."""
    before, after = _fields(old), _fields(new)
    found: list[Amendment] = []
    for field in dict.fromkeys([*before, *after]):
        found += _differences(field, before.get(field, []), after.get(field, []))
    return found


def _differences(field: str, was: list[str], now: list[str]) -> Iterator[Amendment]:
    gone = [value for value in was if value not in now]
    come = [value for value in now if value not in was]
    if len(gone) == len(come) == 1:
        yield Amendment(field, gone[0], come[0])
        return
    yield from (Amendment(field, value, "") for value in gone)
    yield from (Amendment(field, "", value) for value in come)


def _fields(entry: Listed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    def add(rows: Iterable[tuple[str, str]]) -> None:
        for field, value in rows:
            if value:
                found.setdefault(field, []).append(value)

    add([("programme", entry.programme), ("kind", entry.kind), ("country", entry.country)])
    add((f"name ({name.kind})" if name.kind != "primary" else "name", name.text) for name in entry.names)
    add((one.scheme, f"{one.value} ({one.country})" if one.country else one.value) for one in entry.identifiers)
    add(("security", one.id) for one in entry.securities)
    add((one.kind, one.value) for one in entry.particulars)
    add(entry.stated)
    return found
