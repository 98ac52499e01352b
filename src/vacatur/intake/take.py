"""Files in, editions out: which files make one edition, and of which day it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vacatur.errors import InputError
from vacatur.intake.reading import MOST_BYTES, File, unzipped
from vacatur.intake.source import Printed, Source

_DATED = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Taken:
    """An edition as taken from files, with the day on which it was published."""

    published: str
    files: tuple[File, ...]
    printed: Printed


def batches(paths: Iterable[Path]) -> Iterator[tuple[str, list[Path]]]:
    """The files of each edition: those whose names begin with the same date, or all of them where none is dated."""
    found: dict[str, list[Path]] = {}
    for path in paths:
        found.setdefault(dated(path.name), []).append(path)
    yield from found.items()


def dated(name: str) -> str:
    """The date in a file's name, in ISO; empty where there is none."""
    for match in _DATED.finditer(name):
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            continue
    return ""


def taken(source: Source, paths: list[Path], named: str, published: str | None,
          last: Callable[[], list[File]]) -> Taken:  # fmt: skip
    """Reads the files of one edition; its day is the one given, else stated in it, else in the files' names.

    `last` gives the files of the last edition held: what only tells changes is an edition together with them.
    """
    files = [file for path in paths for file in opened(path)]
    if source.is_change is not None and files and all(map(source.is_change, files)):
        files = [*last(), *files]
    return edition_of(source, files, named, published)


def edition_of(source: Source, files: list[File], named: str, published: str | None) -> Taken:
    """Reads an edition from bytes at hand."""
    printed = source.read(files)
    if printed.form.endswith("-subset"):
        raise InputError(
            "the file holds a part of the list only", where=files[0].name,
            why="As an edition it would take everybody else off", fix="Import the whole list",
        )  # fmt: skip
    day = published or printed.published or named
    if not day:
        raise InputError(
            "it is not known of which day this edition is", where=", ".join(file.name for file in files),
            why="Neither the files nor their names say", fix="Say it with --published 2021-03-20",
        )  # fmt: skip
    try:
        date.fromisoformat(day)
    except ValueError as bad:
        raise InputError(f"{day!r} is not a date", fix="Write 2021-03-20") from bad
    if printed.count is not None and printed.count != len(printed.entries):
        raise InputError(
            f"the file says that it has {printed.count} entries and has {len(printed.entries)}", where=files[0].name,
            why="It was cut off or changed on its way", fix="Fetch it again",
        )  # fmt: skip
    return Taken(day, tuple(files), printed)


def opened(path: Path) -> list[File]:
    """A file by its bytes; the files of an archive by theirs."""
    try:
        with path.open("rb") as handle:
            content = handle.read(MOST_BYTES + 1)
    except OSError as bad:
        raise InputError(f"cannot be read: {bad.strerror}", where=str(path), fix="Check path and permissions") from bad
    if len(content) > MOST_BYTES:
        raise InputError(f"the file is larger than {MOST_BYTES} bytes", where=str(path), fix="No list is so large")
    if content.startswith(b"PK\x03\x04") and path.suffix.lower() == ".zip":
        return unzipped(File(path.name, content))
    return [File(path.name, content)]
