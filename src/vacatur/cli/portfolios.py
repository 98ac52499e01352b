"""The command for portfolios, and how they are printed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vacatur.cli.options import basis, clocks, told
from vacatur.cli.screening import FOUND, MENDED

if TYPE_CHECKING:
    from vacatur.screen.portfolio.assess import Portfolio

FORMS = ("table", "json", "csv", "html")
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@clocks
@basis
@click.option("--horizon", default="90d", show_default=True, metavar="N", help="How far ahead: 90d, 12w, 6m, 1y.")
@click.option("--actor", metavar="WHO", help="Who holds the positions.  [default: us-person]")
@click.option("--threshold", type=click.FloatRange(0.5, 1.0), default=0.7, show_default=True, help="Lowest score.")
@click.option("--map", "mapped", multiple=True, metavar="COLUMN=HEADER", help="Take a header as this column.")
@click.option("--encoding", default="utf-8", show_default=True, help="Of text files.")
@click.option("--delimiter", help="Between cells.  [default: as the file's name says]")
@click.option("--sheet", help="Of a workbook.  [default: the first]")
@click.option("--format", "form", type=click.Choice(FORMS), help="How to print it.  [default: as --out ends, or table]")
@click.option("--out", type=_FILE, help="Write to this file.")
@click.option("--rejects", type=_FILE, help="Write rows that could not be assessed here.  [default: beside --out]")
@click.option("--fail-on", type=click.Choice(["prohibited", "disputed", "listed"]),
              help="Exit code 3 if something is, or is worse.")  # fmt: skip
@click.pass_obj
@told
def portfolio(app: Any, /, file: Path, form: str | None, out: Path | None, rejects: Path | None, fail_on: str | None,
              **options: Any) -> None:  # fmt: skip
    """What the law does to each position of FILE: may it be bought, sold, held, and by when must it be gone.

    FILE (CSV, TSV, JSON Lines, Parquet, Arrow, XLSX) says for each position an isin, a ticker with its mic, another
    identifier or a name; and quantity, value and currency. Exit code 2 if rows could not be assessed, 3 if --fail-on
    found what it names.
    """
    from vacatur.cli.files import whole
    from vacatur.cli.screening import pair

    form = form or _form(out)
    options["mapping"] = dict(map(pair, options.pop("mapped")))
    options["reading"] = {name: options.pop(name) for name in ("encoding", "delimiter", "sheet")}
    if out is not None:
        with whole(out) as target:  # a place that cannot be written to is known before the work is done
            found: Portfolio = app.portfolio(file, **options)
            target.write(_text(app, found, form).encode())
    else:
        found = app.portfolio(file, **options)
        click.echo(_text(app, found, form), nl=False)
    _tell_rejects(found, rejects or (out.with_suffix(".rejects.csv") if out is not None else None))
    if out is not None:
        from vacatur.report.portfolio.wording import summary

        click.echo(summary(found), err=True)
    sys.exit(FOUND if fail_on and found.finds(fail_on) else MENDED if found.taken.rejects else 0)


def _form(out: Path | None) -> str:
    suffix = out.suffix.removeprefix(".") if out is not None else "table"
    if suffix not in FORMS:
        raise click.BadParameter("say how with --format, or write to a file ending in .json, .csv or .html",
                                 param_hint="--out")  # fmt: skip
    return suffix


def _text(app: Any, found: Portfolio, form: str) -> str:
    if form == "html":
        page: str = app.portfolio_page(found)
        return page
    if form == "json":
        import json

        from vacatur.cli.console import safe_json

        return safe_json(json.dumps(found.to_dict(), ensure_ascii=False, indent=2)) + "\n"
    if form == "csv":
        return _csv(found)
    from vacatur.cli.assessed import table_text

    return table_text(found)


def _csv(found: Portfolio) -> str:
    """A row for each position; no cell that a spreadsheet would run."""
    import csv
    import io

    from vacatur.screen.files.harmless import harmless
    from vacatur.screen.portfolio.plain import COLUMNS, rows

    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: harmless(cell) for column, cell in row.items()} for row in rows(found))
    return text.getvalue()


def _tell_rejects(found: Portfolio, place: Path | None) -> None:
    if not found.taken.rejects:
        return
    from vacatur.cli.console import visible
    from vacatur.cli.files import whole
    from vacatur.screen.files.rejects import rejects_csv

    if place is None:
        for one in found.taken.rejects:
            where = f"{found.taken.name}, row {one.row}" + (f" (line {one.line})" if one.line else "")
            click.echo(visible(f"{where}: {one.why}. {one.fix}."), err=True)
        return
    with whole(place) as target:
        target.writelines(line.encode() for line in rejects_csv(found.taken.rejects))
    click.echo(f"see {place} for the rows that could not be assessed", err=True)
