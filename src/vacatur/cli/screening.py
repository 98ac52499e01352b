"""The commands that screen, and do it again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vacatur.cli.options import clocks, output, told

if TYPE_CHECKING:
    from vacatur.screen.results import Results

FOUND = 3
"""The exit code when what `--fail-on` names was found."""

MENDED = 2
"""The exit code when something in the call or in the file is to be mended, a row that could not be screened too."""

_FILE = click.Path(dir_okay=False, path_type=Path)

F = TypeVar("F", bound=Callable[..., Any])


def as_read(command: F) -> F:
    """How a file of subjects is read: options that several commands share."""
    for option in reversed([
        click.option("--map", "mapped", multiple=True, metavar="COLUMN=HEADER", help="Take a header as this column."),
        click.option("--encoding", default="utf-8", show_default=True, help="Of text files."),
        click.option("--delimiter", help="Between cells.  [default: as the file's name says]"),
        click.option("--sheet", help="Of a workbook.  [default: the first]"),
        click.option("--dates", type=click.Choice(["iso", "dmy", "mdy"]), default="iso", help="What 03/04/2021 means."),
    ]):  # fmt: skip
        command = option(command)
    return command


def read_as(options: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Takes those options out: column → header, and how the file is read."""
    reading = {name: options.pop(name) for name in ("encoding", "delimiter", "sheet", "dates")}
    return dict(map(pair, options.pop("mapped"))), reading


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@clocks
@click.option("--out", type=_FILE, help="Write to FILE.csv, .jsonl, .parquet or .html.")
@click.option("--threshold", type=click.FloatRange(0.5, 1.0), default=0.7, show_default=True, help="Lowest score.")
@as_read
@click.option("--rejects", type=_FILE, help="Write rows that could not be screened here.  [default: beside --out]")
@click.option("--preview", is_flag=True, help="Only show as what the columns and first rows are understood.")
@click.option("--fail-on", type=click.Choice(["hit", "disputed", "prohibited"]), help="Exit code 3 if one is found.")
@output("table", "json")
@click.pass_obj
@told
def screen(app: Any, /, file: Path, form: str, out: Path | None, rejects: Path | None, preview: bool,
           fail_on: str | None, **options: Any) -> None:  # fmt: skip
    """Screens the subjects of FILE (CSV, TSV, JSON Lines, Parquet, Arrow, XLSX) and records what was found.

    Rows that cannot be screened are told and written to a file of rejects; the others are screened. A run that was
    killed goes on where it was when the command is given again. Exit code 2 if there were rejects, 3 if `--fail-on`
    found what it names.
    """
    from vacatur.cli.files import whole
    from vacatur.cli.screened import FORMATS, print_preview, print_results, rows, summary, write_rejects, write_results

    mapping, reading = read_as(options)
    if preview:
        print_preview(app.preview(file, mapping=mapping, reading=reading))
        return
    if out is not None and out.suffix not in FORMATS:
        raise click.BadParameter(f"write to a file ending in {', '.join(FORMATS)}", param_hint="--out")

    def screened() -> Results:
        with watched(f"screening {file.name}") as told:
            results: Results = app.screen(file, mapping=mapping, reading=reading, told=told, **options)
        return results

    if out is not None:
        with whole(out) as target:  # before anything is recorded: a place that cannot be written to records nothing
            results = screened()
            if out.suffix == ".html":
                target.write(app.report(results).encode())
            else:
                write_results(target, results, out.suffix)
        click.echo(summary(results), err=True)
    else:
        results = screened()
        if form == "json":
            for row in rows(results):
                click.echo(row)
        else:
            print_results(results)
    if results.rejected:
        place = rejects or (out.with_suffix(".rejects.csv") if out is not None else None)
        if place is not None:
            write_rejects(results, place)
            click.echo(f"see {place} for the rows that could not be screened", err=True)
        else:
            click.echo(results.rejects.decode(), err=True, nl=False)
    sys.exit(FOUND if fail_on and results.found(fail_on) else MENDED if results.rejected else 0)


@click.command()
@click.argument("decision")
@click.pass_obj
@told
def replay(app: Any, /, decision: str) -> None:
    """Recomputes a recorded DECISION, or a whole run, from its own basis; fails unless the bytes are the same."""
    with watched("replaying") as told:
        said = app.replay(decision, lambda done: told(done, 0.0))
    click.echo(said)
    click.echo("replayed: identical", err=True)


@click.command()
@output("table", "csv", "json")
@click.pass_obj
@told
def runs(app: Any, /, form: str) -> None:
    """Every recorded screening: what was screened, when, at which view, and how much was found."""
    from vacatur.cli.show import print_records

    found = [
        {"run": run.id, "source": run.source, "subjects": run.subjects, "hits": run.hits, "rejected": run.rejected,
         "on": _on(run.view), "at": run.at, "by": run.by, "before": run.before}
        for run in app.runs()
    ]  # fmt: skip
    print_records(found, form, "nothing was screened yet")


def _on(view: str) -> str:
    import json

    return str(json.loads(view)["on"])


def pair(text: str) -> tuple[str, str]:
    """What `--map` says: a column and the header that is meant by it."""
    column, sign, header = text.partition("=")
    if not sign or not column or not header:
        raise click.BadParameter(f"{text!r} is not COLUMN=HEADER, as name=Kunde", param_hint="--map")
    return column.strip(), header


@contextmanager
def watched(what: str) -> Iterator[Callable[[int, float], None]]:
    """A progress bar on a terminal, with how many are done, the rate and the time left; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]:,} subjects"),
        TextColumn("{task.fields[rate]:,.0f}/s"), TimeRemainingColumn(), console=Console(stderr=True),
        disable=not sys.stderr.isatty(), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task(what, total=1.0, done=0, rate=0.0)

        def told(done: int, share: float) -> None:
            taken = bar.tasks[0].elapsed or 0.0
            bar.update(task, completed=share, done=done, rate=done / taken if taken else 0.0)

        yield told


COMMANDS = (screen, replay, runs)
