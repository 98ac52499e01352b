"""An invented list: `key,kind,name[,born[,listed[,isin]]]` a line, under a head that names it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vacatur.errors import InputError
from vacatur.intake.reading import File, csv_rows
from vacatur.intake.source import Printed, Source
from vacatur.model.listed import Listed
from vacatur.model.party import Identifier, Name, Particular

HEAD = ("DOCK", "LIST")


def read(files: Sequence[File]) -> Printed:
    """The entries of the one file of an edition."""
    rows = [row for file in files for _, row in csv_rows(file)]
    if not rows or rows[0][:2] != HEAD:
        raise InputError("not the dock list", where=files[0].name, fix="Fetch it again")
    return Printed(form="dock", published=rows[0][2], count=int(rows[0][3]) if rows[0][3] else None,
                   entries=tuple(map(_entry, rows[1:])))  # fmt: skip


def _entry(row: tuple[str, ...]) -> Listed:
    key, kind, name, born, listed, isin = (*row, *[""] * (6 - len(row)))
    return Listed(
        key=key, programme="quay", kind=kind, country="", securities=(),
        names=(Name(text=name, kind="primary", script="Latn", source="dock"),),
        identifiers=(Identifier(scheme="isin", value=isin, country="", source="dock"),) if isin else (),
        particulars=(Particular(kind="birth-date", value=born, source="dock"),) if born else (),
        stated=(("listed", listed),) if listed else (), raw=(("dock", row),),
    )  # fmt: skip


DOCK = Source(id="dock", title="Dock list", programmes=("quay",), urls=("https://dock.example/dock.csv",), read=read)


def edition(folder: Path, day: str, *rows: str, stated: str = "", count: int | None = None) -> Path:
    """A file of the list in a folder, named by its day."""
    path = folder / f"{day}.csv"
    head = f"DOCK,LIST,{stated},{len(rows) if count is None else count}"
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return path
