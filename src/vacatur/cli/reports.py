"""The command that writes the report of a screening."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vacatur.cli.options import told


@click.command()
@click.argument("run")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="Write to FILE.html (a page to print and keep) or FILE.csv (a row for each alert).")  # fmt: skip
@click.pass_obj
@told
def report(app: Any, /, run: str, out: Path) -> None:
    """Writes the report of RUN: what came out, every alert with its law, its score and what was decided on it.

    It holds personal data of the subjects. The page is bounded and says what it leaves out; the CSV has all alerts.
    """
    from vacatur.cli.files import whole

    if out.suffix not in (".html", ".csv"):
        raise click.BadParameter("write to a file ending in .html or .csv", param_hint="--out")
    with whole(out) as target:
        if out.suffix == ".html":
            target.write(app.report(run).encode())
        else:
            target.writelines(line.encode() for line in app.report_csv(run))
