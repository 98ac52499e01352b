"""OFAC's flat files: a row for each party, and rows of addresses, aliases and overlong remarks joined to it by number.

The number (`ent_num`) is the same in every format and edition (`uid` in SDN.XML, the entity's id in Enhanced XML, the
profile's in Advanced XML), so it is the key. `-0-` stands for nothing. The files name no columns and no date.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from vacatur.errors import InputError
from vacatur.intake.reading import File, csv_rows
from vacatur.intake.source import Printed
from vacatur.intake.sources.us_ofac_entry import KINDS, Draft
from vacatur.intake.sources.us_ofac_remarks import ALIASES, MOST, take_remark
from vacatur.model.listed import Listed

TABLES = {12: "prim", 6: "add", 5: "alt", 2: "comments"}
"""The tables by their number of columns, by which alone they can be told."""
_COLUMNS = {table: columns for columns, table in TABLES.items()}
_NULLS = {"-0- ", "-0-", "-0"}
Row = tuple[str, tuple[str, ...]]


def read_flat(source: str, files: Sequence[File]) -> Printed:
    """An edition from its parties' file and any of the others."""
    tables: dict[str, tuple[File, list[tuple[int, tuple[str, ...]]]]] = {}
    for file in files:
        table, rows = _table(file)
        if table in tables:
            raise InputError(
                f"the table {table} comes twice", where=f"{tables[table][0].name}, {file.name}",
                fix="Give the files of one edition at a time",
            )  # fmt: skip
        tables[table] = file, rows
    if "prim" not in tables:
        raise InputError(
            "the file of the parties (SDN.CSV, CONS_PRIM.CSV) is missing", where=", ".join(file.name for file in files),
            why="Addresses and aliases alone name nobody", fix="Give it together with the others",
        )  # fmt: skip
    joined = _joined(tables)
    return Printed(
        form="ofac-csv", published="", count=None,
        entries=tuple(_entry(source, tuple(rows), "comments" in tables) for rows in joined.values()),
    )  # fmt: skip


def _table(file: File) -> tuple[str, list[tuple[int, tuple[str, ...]]]]:
    first = next(csv_rows(file), None)
    table = TABLES.get(len(first[1]), "") if first else ""
    if first is None or not table or not first[1][0].strip().isdigit():
        raise InputError(
            "not one of OFAC's flat files", where=f"{file.name}, line 1",
            why="Their rows have 12, 6, 5 or 2 fields, and the first is a number", fix="Fetch it again",
        )  # fmt: skip
    rows = list(csv_rows(file, columns=_COLUMNS[table]))
    for line, row in rows:
        if not row[0].strip().isdigit() or row[-1].strip() in ("", "-"):
            # Nothing is written as -0-, so an empty last field is where a file breaks off.
            raise InputError(
                "a row without its number or its end", where=f"{file.name}, line {line}",
                why="The file was cut off, or its columns have changed", fix="Fetch it again",
            )  # fmt: skip
    return table, rows


def _joined(tables: dict[str, tuple[File, list[tuple[int, tuple[str, ...]]]]]) -> dict[str, list[Row]]:
    joined: dict[str, list[Row]] = {}
    for table in ("prim", "add", "alt", "comments"):
        if table not in tables:
            continue
        file, rows = tables[table]
        for line, row in rows:
            key = row[0].strip()
            if (table == "prim") == (key in joined):
                raise InputError(
                    f"entry {key} comes twice" if table == "prim" else f"no party has the number {key}",
                    where=f"{file.name}, line {line}",
                    why="Numbers are unique" if table == "prim" else "The files are not of one edition",
                    fix="Fetch them again, together",
                )  # fmt: skip
            joined.setdefault(key, []).append((table, row))
    return joined


def text(field: str) -> str:
    """A field's text: nothing for `-0-`, which a file's last field may have lost the end of."""
    return "" if field in _NULLS else field.strip()


@lru_cache(maxsize=32_768)  # most entries of an edition are those of the one before
def _entry(source: str, rows: tuple[Row, ...], comments: bool) -> Listed:
    _, prim = rows[0]
    kind = KINDS.get(prim[2].strip().lower(), "unknown")
    draft = Draft(source, prim[0].strip(), kind)
    draft.call(text(prim[1]), "primary")
    draft.tags += [tag.strip() for tag in text(prim[3]).split("] [") if tag.strip()]
    for label, field in zip(_LABELS, prim[4:11], strict=True):
        if value := text(field):
            draft.take(label, value)
    for table, row in rows[1:]:
        _more(draft, table, row)
    remark = "" if prim[11] in _NULLS else prim[11]
    spilled = "".join(row[1] for table, row in rows if table == "comments")
    if remark:
        take_remark(draft, remark + spilled, cut=len(remark) >= MOST and not spilled and not comments)
    return draft.listed(rows)


_LABELS = (
    "Title", "Vessel Call Sign", "Vessel Type", "Vessel Tonnage", "Vessel Gross Registered Tonnage", "Vessel Flag",
    "Vessel Owner",
)  # fmt: skip


def _more(draft: Draft, table: str, row: tuple[str, ...]) -> None:
    if table == "add":
        draft.reside([text(row[2]), text(row[3])], text(row[4]))
        draft.note("remark", text(row[5]))
    elif table == "alt":
        draft.call(text(row[3]), ALIASES.get(row[2].strip().lower()[:1], "alias"))
        draft.note("remark", text(row[4]))
