"""Which column of a file is which of a subject: by convention, and by what the user says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from vacatur.errors import InputError
from vacatur.screen.files.headers import PARTS, column_of, plain_header
from vacatur.screen.subject import COLUMNS, IDENTIFIERS, SEVERAL

MAPPABLE = (*COLUMNS, *PARTS)
"""What a column of a file may be said to be; `PARTS` are made into one name."""

Said = Mapping[str, str | Sequence[str]]
"""By column, the header that is meant, or several; an empty header for a column that is not to be read."""

_HALVES = frozenset({"first_name", "last_name"})
_BARE = frozenset({"name", "nom", "nombre"})
_SCREENABLE = _HALVES | {"name", "aliases", *IDENTIFIERS}
_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Understood:
    """What is made of a file's columns: `meant` are places in `headers`, each with the column that it is."""

    headers: tuple[str, ...]
    meant: tuple[tuple[int, str], ...]

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Header and column, in the order of the file."""
        return tuple((self.headers[place], column) for place, column in self.meant)

    @property
    def left(self) -> tuple[str, ...]:
        """The headers that are left alone."""
        used = {place for place, _ in self.meant}
        return tuple(header for place, header in enumerate(self.headers) if place not in used)

    def places(self, column: str) -> tuple[int, ...]:
        """Where a column's values stand."""
        return tuple(place for place, one in self.meant if one == column)


def understand(headers: Sequence[str], mapping: Said | None = None, *, where: str = "") -> Understood:
    """What a file's columns are.

    Args:
        headers: its headers, in order.
        mapping: what the user says; a column said there is not looked for by convention.
        where: the file, for errors.

    Raises `InputError` for a mapping that names what is not there, for two columns that could both be the one, and
    for a file without anything to screen.
    """
    said = {column: _headers(given) for column, given in (mapping or {}).items()}
    _check_said(said, headers, where)
    meant = [(_place(header, headers), column) for column, given in said.items() for header in given]
    taken = {place for place, _ in meant}
    for place, header in enumerate(headers):
        column = column_of(header)
        if column and column not in said and place not in taken:
            meant.append((place, column))
    found = Understood(tuple(headers), tuple(sorted(_named(meant, headers, said))))
    _check_once(found, where)
    if not _SCREENABLE & {column for _, column in found.meant}:
        raise InputError(
            f"no column to screen among: {', '.join(headers)[:200]}", where=where,
            fix=f"Say which it is (--map name=HEADER), or name one of: name, {', '.join(IDENTIFIERS)}",
        )  # fmt: skip
    return found


def _headers(given: str | Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, (given,) if isinstance(given, str) else tuple(given)))


def _check_said(said: Mapping[str, tuple[str, ...]], headers: Sequence[str], where: str) -> None:
    for column, given in said.items():
        if column not in MAPPABLE:
            raise InputError(
                f"no column {column[:40]!r} is known{_nearest(column, MAPPABLE)}", where=where,
                fix=f"Use {', '.join(MAPPABLE)}",
            )  # fmt: skip
        for header in given:
            if _place(header, headers) < 0:
                raise InputError(
                    f"no column is headed {header[:100]!r}{_nearest(header, headers)}", where=where,
                    fix=f"Its headers are {', '.join(headers[:_MOST_SHOWN])[:500]}",
                )  # fmt: skip


def _nearest(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word[:100].casefold(), [one[:100].casefold() for one in known], 3, 0.5)
    by_fold = {one[:100].casefold(): one for one in known}
    return f"; nearest: {', '.join(by_fold[one] for one in near)}" if near else ""


def _place(header: str, headers: Sequence[str]) -> int:
    """Where a header stands: as it is written, else as it reads if only one reads so; -1 for nowhere."""
    if header in headers:
        return headers.index(header)
    alike = [place for place, one in enumerate(headers) if plain_header(one) == plain_header(header)]
    return alike[0] if len(alike) == 1 and plain_header(header) else -1


def _named(meant: list[tuple[int, str]], headers: Sequence[str], said: Collection[str]) -> list[tuple[int, str]]:
    """The columns that make names. Where one half of a name has a column, a bare `name` is the other half (`Vorname`,
    `Name`); beside a full name, a half says nothing.
    """
    halves = _HALVES & {column for _, column in meant}
    if len(halves) == 1 and "name" not in said:
        (other,) = _HALVES - halves
        bare = {place for place, column in meant if column == "name" and plain_header(headers[place]) in _BARE}
        meant = [(place, other if place in bare else column) for place, column in meant]
        halves = _HALVES & {column for _, column in meant}
    if not halves or (len(halves) == 1 and any(column == "name" for _, column in meant)):
        meant = [(place, column) for place, column in meant if column not in PARTS]
    return meant


def _check_once(found: Understood, where: str) -> None:
    for column in MAPPABLE:
        headers = [found.headers[place] for place in found.places(column)]
        if len(headers) > 1 and column not in SEVERAL:
            raise InputError(
                f"{len(headers)} columns could be `{column}`: {', '.join(headers)[:200]}", where=where,
                why="It is not clear which one to screen", fix=f"Say which: --map {column}={headers[0][:100]}",
            )  # fmt: skip
