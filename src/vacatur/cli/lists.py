"""What became of editions, and official files given back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vacatur.errors import InputError

if TYPE_CHECKING:
    from vacatur.intake.desk import Outcome
    from vacatur.intake.reading import File


def print_outcomes(outcomes: Iterable[Outcome], most: int | None, form: str) -> tuple[int, bool]:
    """Prints what became of each edition, with a progress bar on a terminal; gives the exit code, and whether anything
    new was taken in.
    """
    from vacatur.cli.show import print_records

    found = list(_watched(outcomes, most))
    print_records(found, form, "there was nothing to take")
    refused = [one for one in found if one.state == "refused"]
    for one in refused:
        click.echo(f"Error: {one.note}", err=True)
    return 2 if refused else 0, any(one.state == "taken" for one in found)


def _watched(outcomes: Iterable[Outcome], most: int | None) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import track

    yield from track(outcomes, "taking editions", total=most, console=Console(stderr=True),
                     disable=not sys.stderr.isatty(), transient=True)  # fmt: skip


def write_source(files: Sequence[File], out: Path | None) -> None:
    """Writes the files of an edition: one to standard output or a place of its own, several into a directory."""
    if out is None and len(files) == 1:
        sys.stdout.flush()
        sys.stdout.buffer.write(files[0].content)
        return
    if out is None:
        raise InputError(f"the edition has {len(files)} files", fix="Name a directory for them with --out")
    try:
        if len(files) == 1:
            out.write_bytes(files[0].content)
            return
        out.mkdir(parents=True, exist_ok=True)
        for file in files:
            (out / Path(file.name).name).write_bytes(file.content)
    except OSError as bad:
        raise InputError(f"cannot be written: {bad.strerror}", where=str(out), fix="Name another place") from bad
