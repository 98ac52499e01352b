"""FollowTheMoney entities, a JSON object a line, read one line at a time."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from vacatur.errors import InputError
from vacatur.intake.reading import File
from vacatur.intake.sniff import kind, refusal

WANTED = "a file of FollowTheMoney entities, one JSON object a line"
MOST_LINE = 10_000_000
"""Longest line that is read; the largest entities of OpenSanctions have some hundred thousand bytes."""


class Thing(msgspec.Struct, frozen=True):
    """One entity as it is written; unknown fields are left aside."""

    id: str
    schema: str
    properties: dict[str, list[str]]
    caption: str = ""
    datasets: list[str] = []
    referents: list[str] = []
    first_seen: str | None = None
    last_seen: str | None = None
    last_change: str | None = None
    target: bool | None = None

    def all(self, *names: str) -> list[str]:
        """The values of these properties."""
        return [value for name in names for value in self.properties.get(name, ())]

    def one(self, name: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.properties.get(name, ())), "")


def things(file: File) -> Iterator[tuple[int, Thing]]:
    """The entities with their line numbers."""
    if kind(file) != "text":
        raise refusal(file, WANTED)
    decoder = msgspec.json.Decoder(Thing)
    start, number, content = 0, 0, file.content
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        if end - start > MOST_LINE:
            raise _bad(file, number, f"a line of more than {MOST_LINE} bytes", "No entity is so large")
        line = content[start:end].strip()
        start = end + 1
        if not line:
            continue
        try:
            yield number, decoder.decode(line.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as bad:
            raise _bad(file, number, f"not an entity: {bad}", "The file was cut off or is of another kind") from bad


def _bad(file: File, line: int, what: str, why: str) -> InputError:
    return InputError(
        what,
        where=f"{file.name}, line {line}",
        why=why,
        fix="Give the bulk file entities.ftm.json, whole and unchanged",
    )
