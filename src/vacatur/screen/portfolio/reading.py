"""Reading positions: every row comes out once, as a position or as a reject that says where, why and what to do."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vacatur.errors import InputError
from vacatur.ledger.codec import canonical
from vacatur.match.identifiers import plain
from vacatur.screen.files.headers import column_of, plain_header
from vacatur.screen.files.rows import UNIT, Fault, Reject, Row, rejected
from vacatur.screen.files.table import open_table
from vacatur.screen.portfolio.amounts import with_commas
from vacatur.screen.portfolio.position import AMOUNTS, SECURITY, Position, position
from vacatur.screen.subject import IDENTIFIERS, SEVERAL

MOST_ROWS = 1_000_000
"""Rows of a file: a portfolio is held whole, and none comes near."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "key": ("position", "position id", "position key", "holding id", "lot", "lot id", "line", "line id"),
    "name": ("security", "security name", "security description", "instrument", "instrument name", "holding",
             "holding name", "asset", "asset name", "description", "Wertpapier", "Bezeichnung", "titre"),
    "mic": ("exchange code", "primary exchange"),
    "quantity": ("qty", "shares", "units", "number of shares", "no of shares", "nominal", "nominal amount", "par",
                 "par value", "face amount", "face value", "Anzahl", "Stück", "Stückzahl", "Menge", "quantité",
                 "nombre de titres", "cantidad", "títulos"),
    "value": ("market value", "mkt value", "mkt val", "mv", "position value", "current value", "fair value",
              "Kurswert", "Marktwert", "valeur", "valeur de marché", "valor de mercado"),
    "currency": ("ccy", "cur", "curr", "currency code", "value currency", "market value currency", "iso currency",
                 "Währung", "devise", "divisa", "moneda"),
}  # fmt: skip
"""By column, what else it is called over columns of positions, beside what it is called over those of subjects."""

_MEANT = {plain_header(word): column for column, words in SYNONYMS.items() for word in (column, *words)}


@dataclass(frozen=True, slots=True)
class Taken:
    """A file of positions: its name, the content id of its bytes, and every row, taken or rejected."""

    name: str
    sha256: str
    positions: tuple[Position, ...]
    rejects: tuple[Reject, ...]

    @property
    def title(self) -> str:
        """The file's own name, without its folder."""
        return Path(self.name).name or self.name


def taken(source: object, mapping: Mapping[str, str], reading: Mapping[str, Any]) -> Taken:
    """The positions of a file, or of a table that a program holds, read as `open_table` is told to."""
    with open_table(source, **reading) as table:
        columns = understood(table.columns, mapping, table.name)
        positions, rejects = read(table, columns, table.name)
    return Taken(table.name, _content(source, positions), tuple(positions), tuple(rejects))


def _content(source: object, positions: Iterable[Position]) -> str:
    """The content id of a file's bytes, or of the positions of a table without any."""
    if not isinstance(source, (str, os.PathLike)):
        return hashlib.sha256(canonical(list(positions)).encode()).hexdigest()
    with Path(source).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def understood(headers: Sequence[str], mapping: Mapping[str, str], where: str) -> Mapping[str, list[int]]:
    """At which places each column of positions stands, by what headers are called or by what the user says.

    Where several columns hold names (of the security, of its issuer), all of them are searched. Raises `InputError`
    for a column or header that is not there, two headers for one column, and a file in which nothing says whose
    securities they are.
    """
    known = (*SECURITY, *AMOUNTS)
    found: Mapping[str, list[int]] = defaultdict(list)
    for column, header in mapping.items():
        if column not in known:
            raise InputError(f"no column {column[:40]!r} is known", where=where, fix=f"Use {', '.join(known)}")
        if header not in headers:
            fix = f"Its headers are {', '.join(headers)[:500]}"
            raise InputError(f"no column is headed {header[:100]!r}", where=where, fix=fix)
        found[column].append(headers.index(header))
    taken = {place for places in found.values() for place in places}
    for place, header in enumerate(headers):
        column = _MEANT.get(plain_header(header)) or column_of(header)
        if column in known and column not in mapping and place not in taken:
            found[column].append(place)
    found["aliases"] += found["name"][1:]
    del found["name"][1:]
    found = {column: places for column, places in found.items() if places}
    for column, places in found.items():
        if len(places) > 1 and column not in SEVERAL:
            those = ", ".join(headers[place] for place in places)
            raise InputError(f"{len(places)} columns could be `{column}`: {those[:200]}", where=where,
                             fix=f"Say which: --map {column}={headers[places[0]][:100]}")  # fmt: skip
    if not found.keys() & {"name", "aliases", *IDENTIFIERS}:
        raise InputError(
            f"no column says whose securities these are, among: {', '.join(headers)[:200]}", where=where,
            fix="Give it a column isin, ticker or name, or say which it is: --map name=HEADER",
        )  # fmt: skip
    return found


def read(
    rows: Iterable[Row | Reject], columns: Mapping[str, Sequence[int]], where: str
) -> tuple[list[Position], list[Reject]]:
    """The positions of a file's rows, and the rows that cannot be assessed, both in the order of the file.

    Rows that share a position id are rejects all of them: which one counts is not known, and both may be one holding.
    """
    held: list[Row] = []
    rejects: list[Reject] = []
    for one in rows:
        if len(held) + len(rejects) == MOST_ROWS:
            raise InputError(f"more than {MOST_ROWS} rows", where=where, fix="Split it into portfolios")
        if isinstance(one, Reject):
            rejects.append(one)
        else:
            held.append(one)
    twice = _twice(held, columns)
    commas = frozenset(of for of in ("quantity", "value") for place in columns.get(of, ())
                       if any(with_commas(row.cells[place]) for row in held))  # fmt: skip
    positions: list[Position] = []
    for row in held:
        try:
            if (first := twice.get(row.row)) is not None:
                fix = "Give each its own id, or say which column is the id: --map key=HEADER"
                raise InputError(f"position id {first[:100]!r} stands in more than one row", fix=fix)
            positions.append(position(_cells(row, columns), row=row.row, commas=commas))
        except InputError as bad:
            fault = Fault(". ".join(filter(None, (bad.what, bad.why))), bad.fix)
            rejects.append(rejected(row.row, row.line, fault, row.text or ",".join(row.cells)))
    return positions, sorted(rejects, key=lambda one: one.row)


def _twice(rows: Iterable[Row], columns: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """The rows whose position id another row has too, with the id."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for place in columns.get("key", ()):
            if key := row.cells[place].strip():
                by_key[key].append(row.row)
    return {row: key for key, those in by_key.items() if len(those) > 1 for row in those}


def _cells(row: Row, columns: Mapping[str, Sequence[int]]) -> dict[str, str | list[str]]:
    cells: dict[str, str | list[str]] = {}
    for column, places in columns.items():
        values = [text for place in places for text in _values(row.cells[place], column)]
        if column in SEVERAL:
            cells[column] = list(dict.fromkeys(values))
        elif len(values) > 1:
            raise InputError(f"several values where one {column} is wanted", fix="Give each position a row of its own")
        else:
            cells[column] = values[0] if values else ""
    return cells


def _values(cell: str, column: str) -> Iterator[str]:
    for part in cell.split(UNIT):
        text = part.strip()
        if text and not (column in IDENTIFIERS and not plain(text)):  # a dash stands for nothing
            yield text
