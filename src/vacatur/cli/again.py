"""The commands that screen again: after a change, from another point of view, and for whoever is watched."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vacatur.cli.options import clocks, output, told
from vacatur.cli.screening import FOUND, as_read, read_as, watched

if TYPE_CHECKING:
    from vacatur.screen.difference import Difference
    from vacatur.wiring.rescreening import Again

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("run")
@click.option("--subjects", type=_FILE, help="The subjects as they are now, if they changed.")
@clocks
@as_read
@click.option("--out", type=_FILE, help="Write the whole new result to FILE.csv, .jsonl or .parquet, or the "
                                        "differences as a page to FILE.html.")  # fmt: skip
@click.option("--fail-on-change", is_flag=True, help="Exit code 3 if anything is different.")
@output("table", "csv", "json", "html")
@click.pass_obj
@told
def rescreen(app: Any, /, run: str, subjects: Path | None, out: Path | None, fail_on_change: bool, form: str,
             **options: Any) -> None:  # fmt: skip
    """Screens the subjects of RUN again, now or at other clocks, and tells only what is different, and why.

    The cost follows what has changed. A watched set is screened again by `vacatur watch`.
    """
    from vacatur.cli.screened import FORMATS

    mapping, reading = read_as(options)
    if out is not None and out.suffix not in FORMATS:
        raise click.BadParameter(f"write to a file ending in {', '.join(FORMATS)}", param_hint="--out")
    with watched("screening again") as progress:
        again = app.rescreen(run, subjects, mapping=mapping, reading=reading, told=progress, **options)
    if out is not None:
        from vacatur.cli.files import whole
        from vacatur.cli.screened import write_results

        with whole(out) as target:
            if out.suffix == ".html":
                target.write(app.lookback_report(again).encode())
            else:
                write_results(target, again.after, out.suffix)
    _print(app, again, form)
    click.echo(f"recorded as {again.after.run.id}, after {run}", err=True)
    sys.exit(FOUND if fail_on_change and again.differences else 0)


@click.command()
@click.argument("subjects")
@click.option("--as-of", required=True, metavar="D", help="The first view: the law then in force, as then known.")
@click.option("--against", metavar="D", help="The second view, as of D.  [default: D by today's law and knowledge]")
@click.option("--threshold", type=click.FloatRange(0.5, 1.0), default=0.7, show_default=True, help="Lowest score.")
@as_read
@click.option("--out", type=_FILE, help="Write the differences as a page to FILE.html.")
@output("table", "csv", "json", "html")
@click.pass_obj
@told
def lookback(app: Any, /, subjects: str, as_of: str, against: str | None, threshold: float, form: str,
             out: Path | None, **options: Any) -> None:  # fmt: skip
    """Screens SUBJECTS (a file, or the id of a run) under two views and explains each difference by its acts.

    What would we have seen on that day, and what do we know of it now? Nothing is recorded.
    """
    if out is not None and out.suffix != ".html":
        raise click.BadParameter("write to a file ending in .html", param_hint="--out")
    mapping, reading = read_as(options)
    now = {"on": as_of} if against is None else {"as_of": against}
    with watched("looking back") as progress:
        again = app.lookback(
            subjects if subjects.startswith("r-") else Path(subjects), then={"as_of": as_of}, now=now,
            threshold=threshold, mapping=mapping, reading=reading, told=progress,
        )  # fmt: skip
    if out is not None:
        from vacatur.cli.files import whole

        with whole(out) as target:
            target.write(app.lookback_report(again).encode())
    _print(app, again, form)


@click.command()
@click.argument("name", required=False, default="")
@click.option("--subjects", metavar="FILE|RUN", help="Watch these under NAME; they are screened at once.")
@click.option("--end", is_flag=True, help="End the watch of NAME.")
@as_read
@output("table", "csv", "json")
@click.pass_obj
@told
def watch(app: Any, /, name: str, subjects: str | None, end: bool, form: str, **options: Any) -> None:
    """Screens watched sets again (all of them, or NAME), tells what is different and delivers the notices of it.

    Every `update` does the same, and every `import` of anything new; with --format json or csv those print what became
    of the editions only. Where notices go is written in notify.json in the data directory.
    """
    mapping, reading = read_as(options)
    if end:
        app.unwatch(name)
        click.echo(f"{name}: no longer watched")
        return
    if subjects is not None:
        given = subjects if subjects.startswith("r-") else Path(subjects)
        with watched("screening") as progress:
            made = app.watch(name, given, told=progress, mapping=mapping, reading=reading)
        click.echo(f"{made.id}: watched since {made.run}")
        return
    _tend(app, name, form)


def tend_all(app: Any, form: str) -> None:
    """Screens whatever is watched again, after lists were taken in. What is different is printed below the table of
    editions, and not behind them where a program reads, which wants one document.
    """
    if app.watches():
        _tend(app, "", form if form == "table" else None)


def _tend(app: Any, name: str, form: str | None) -> None:
    """Screens watched sets again, prints what is different in a form, if one is given, and delivers what is due."""
    with watched("screening again") as progress:
        done = list(app.tend(name, told=progress))
    for one in done:
        click.echo(f"{one.watch.id}: {one.notices} new notices", err=True)
        _count(one.again)
    if form is not None:
        _rows([({"watch": one.watch.id}, found) for one in done for found in one.again.differences], form)
    for delivery in app.deliver():
        if delivery.state != "delivered":
            click.echo(f"notice {delivery.id[:12]} to {delivery.sink} is {delivery.state}: {delivery.note}", err=True)


@click.command()
@output("table", "csv", "json")
@click.pass_obj
@told
def watches(app: Any, /, form: str) -> None:
    """The sets of subjects that are watched, and the last run of each."""
    from vacatur.cli.show import print_records

    print_records(app.watches(), form, "nothing is watched")


@click.command()
@output("table", "csv", "json")
@click.pass_obj
@told
def notices(app: Any, /, form: str) -> None:
    """Delivers the notices that are due, and tells how many there are in each state."""
    from vacatur.cli.show import print_records

    for delivery in app.deliver():
        if delivery.state != "delivered":
            click.echo(f"notice {delivery.id[:12]} to {delivery.sink} is {delivery.state}: {delivery.note}", err=True)
    found = [{"sink": sink, "state": state, "notices": count} for (sink, state), count in app.outbox.tally().items()]
    print_records(found, form, "there are no notices")


def _print(app: Any, again: Again, form: str) -> None:
    """The differences as rows or as a page; how many there are of each cause goes to standard error."""
    if form == "html":
        click.echo(app.lookback_report(again), nl=False)
    else:
        _rows([({}, one) for one in again.differences], form)
    _count(again)


def _rows(found: Sequence[tuple[dict[str, str], Difference]], form: str) -> None:
    """The differences as rows, each behind what else is to be said of it."""
    from vacatur.cli.show import print_json, print_records

    if form == "json":
        print_json([head | _plain(one) for head, one in found])
    else:
        print_records([head | _cells(one) for head, one in found], form, "nothing is different")


def _count(again: Again) -> None:
    from vacatur.screen.difference import by_cause

    counts = ", ".join(f"{count} {cause}" for cause, count in sorted(by_cause(again.differences).items()))
    click.echo(f"{len(again.after)} subjects; differences: {counts or 'none'}", err=True)


def _cells(one: Difference) -> dict[str, Any]:
    subject = one.query.get("key") or one.query.get("name") or next(iter(one.query.values()), "")
    return {
        "row": one.row, "subject": subject if isinstance(subject, str) else "; ".join(subject), "party": one.party,
        "what": one.what, "cause": one.cause, "acts": " ".join(act.act for act in one.acts),
    }  # fmt: skip


def _plain(one: Difference) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(one), "query": one.query}


COMMANDS = (rescreen, lookback, watch, watches, notices)
