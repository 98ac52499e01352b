"""What a source is: where a list comes from, which files an edition has, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vacatur.intake.reading import File
from vacatur.model.listed import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A list edition as read: every entry that it prints, in its order.

    `published` is the date that the files state (ISO; empty where they state none); `count` how many entries the file
    says that it has, where it says so; `form` names the format that was recognised.
    """

    form: str
    published: str
    count: int | None
    entries: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An official list and its formats.

    `programmes` are the lists that its editions carry. `read` takes the files of one edition, in any order, finds out
    which of the source's formats they are, and raises `InputError` for anything else. `urls` are the official addresses
    of the files of one edition. `is_change` tells files that print only what changed since the last edition, where a
    source has such; `read` then takes them after the files of that edition.
    """

    id: str
    title: str
    programmes: tuple[str, ...]
    urls: tuple[str, ...]
    read: Callable[[Sequence[File]], Printed]
    is_change: Callable[[File], bool] | None = None
