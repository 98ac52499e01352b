"""The commands. Each parses, calls `App` once, and prints; nothing is decided here."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from typing import Any

import click

from vacatur import __version__
from vacatur.cli import again, desk, impact, portfolios, proof, reports, screening
from vacatur.cli.options import basis, clocks, output, told


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="vacatur")
@click.option("--home", envvar="VACATUR_HOME", metavar="DIR",
              help="The data directory, or a database's address. [default: the platform's]")  # fmt: skip
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    """What was restricted, when, why, what it forbade to whom, and how we know: on any day, with proof.

    D is a date (2021-03-20, its end in the programme's zone) or an instant (2021-03-15T09:30-04:00).
    PARTY is an id, a name, an ISIN, a ticker or a LEI.
    """
    from vacatur.app import App

    gc.set_threshold(200_000, 50, 100)  # a command reads many records and lets go of none: looking for garbage is waste
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that the terminal has no letters for is no failure
    context.obj = App.at(home)


@main.command()
@click.argument("party")
@click.argument("activity")
@click.option("--actor", metavar="WHO", help="Who acts.  [default: whom the activity's rules bind]")
@click.option("--programme", metavar="P", help="Consult this programme only.")
@click.option("--strict", is_flag=True, help="Answer `unknown` for days after the last one followed.")
@clocks
@basis
@output("table", "json")
@click.pass_obj
@told
def ask(app: Any, /, party: str, activity: str, form: str, **options: Any) -> None:
    """May this actor do ACTIVITY with PARTY on that day, and how do we know?"""
    from vacatur.cli.show import print_answer, print_json

    reply = app.ask(party, activity, **options)
    if form == "json":
        print_json(reply.to_dict())
    else:
        print_answer(reply)


@main.command()
@click.argument("party")
@click.option("--activity", default="buy", show_default=True, help="The question that the page answers first.")
@clocks
@basis
@output("table", "json", "html")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.pass_obj
@told
def show(app: Any, /, party: str, activity: str, form: str, out: Path | None, **options: Any) -> None:
    """A party's timeline: acts, listings, prohibitions, evidence."""
    from vacatur.cli.show import print_acts, print_json, story, write

    if form == "html":
        write(out, app.show(party, activity=activity, **options))
        return
    told_story = story(app, party, **options)
    if form == "json":
        print_json(told_story, out)
    else:
        print_acts(told_story)


@main.command()
@click.argument("programme")
@clocks
@basis
@output("table", "csv", "json", "source")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the source's file to this place.")
@click.pass_obj
@told
def roster(app: Any, /, programme: str, form: str, out: Path | None, **options: Any) -> None:
    """The list of PROGRAMME as it stood; as `source`, the official file of that day, byte for byte."""
    from vacatur.cli.lists import write_source
    from vacatur.cli.show import print_records

    if form == "source":
        write_source(app.source_files(programme, **options), out)
        return
    print_records(app.roster(programme, **options), form, "nobody was on this list then")


@main.command("import")
@click.argument("source")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--published", metavar="D", help="The day of the edition, where neither files nor names say.")
@click.option("--accept", "accepted", default="", metavar="REASON", help="Take what the guards refuse, and say why.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@output("table", "csv", "json")
@click.pass_obj
@told
def import_(app: Any, /, source: str, files: tuple[Path, ...], form: str, **options: Any) -> None:
    """Takes dated editions of the official list SOURCE into the ledger, in any order; see `vacatur sources`.

    Files whose names carry the same date are one edition. Watched sets are screened again, once, when anything new was
    taken. Exit code 2 if any edition was refused.
    """
    from vacatur.cli.lists import print_outcomes

    code, new = print_outcomes(app.take(source, files, **options), len(files), form)
    if new:
        again.tend_all(app, form)
    sys.exit(code)


@main.command()
@click.argument("sources", nargs=-1)
@click.option("--from", "place", metavar="PLACE", help="A mirror's address, or a folder with files of the same names.")
@click.option("--accept", "accepted", default="", metavar="REASON", help="Take what the guards refuse, and say why.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@output("table", "csv", "json")
@click.pass_obj
@told
def update(app: Any, /, sources: tuple[str, ...], form: str, **options: Any) -> None:
    """Fetches the newest editions of the official lists SOURCES, of all by default, and takes them in.

    Watched sets are screened again, whether anything is new or not: days turn answers too. What cannot be fetched or is
    refused leaves the last good edition in force; exit code 2 then.
    """
    from vacatur.cli.lists import print_outcomes

    code, _ = print_outcomes(app.update(sources, **options), len(sources) or None, form)
    if not options["dry_run"]:
        again.tend_all(app, form)
    sys.exit(code)


@main.command()
@output("table", "csv", "json")
@click.pass_obj
@told
def sources(app: Any, /, form: str) -> None:
    """The official lists that can be taken in, and how fresh each one is here."""
    from vacatur.cli.show import print_records

    print_records(app.sources(), form, "no source is known")


@main.command()
@click.argument("programme")
@click.option("--from", "start", required=True, metavar="D1", help="The earlier day.")
@click.option("--to", "end", required=True, metavar="D2", help="The later day.")
@output("table", "csv", "json")
@click.pass_obj
@told
def changes(app: Any, /, programme: str, start: str, end: str, form: str) -> None:
    """What changed on the list of PROGRAMME between two days, and by which acts.

    Days in the wrong order are refused.
    """
    from vacatur.cli.show import print_records

    print_records(app.changes(programme, start, end), form, "nothing changed between these days")


@main.command()
@click.pass_obj
@told
def check(app: Any, /) -> None:
    """Checks the curated book: its records, and every case in it. Exit code 1 when there is a problem."""
    cases, problems = app.check()
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"{len(problems)} problem(s)" if problems else f"no problem; {cases} cases hold", err=bool(problems))
    sys.exit(1 if problems else 0)


ALONE = (portfolios.portfolio, proof.proof, proof.verify, impact.impact, reports.report)

for command in (*screening.COMMANDS, *again.COMMANDS, *desk.COMMANDS, *ALONE):
    command.context_settings = main.context_settings  # the same help, whether a command is called by itself or not
    main.add_command(command)
