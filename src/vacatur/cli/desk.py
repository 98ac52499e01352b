"""The commands of the desk: alerts, what people make of them, what is remembered, and by which rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vacatur.cli.options import output, told

if TYPE_CHECKING:
    from vacatur.screen.alerts import Alert

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("run", required=False, default="")
@click.option("--open", "only_open", is_flag=True, help="Only those on which nobody has decided yet.")
@output("table", "csv", "json")
@click.pass_obj
@told
def alerts(app: Any, /, run: str, only_open: bool, form: str) -> None:
    """The alerts of RUN (the last one by default), by what the law forbids if they are true."""
    from vacatur.cli.show import print_records

    found = app.alerts(run, only_open=only_open)
    print_records([_cells(one) for one in found], form, "no alerts")


@click.command()
@click.argument("alerts", nargs=-1, required=True)
@click.argument("disposition")
@click.option("--by", required=True, help="Who decides.")
@click.option("--reason", required=True, help="Why; kept for good.")
@click.option("--note", default="", help="Anything else.")
@click.option("--attach", multiple=True, type=_FILE, help="A file to archive with it.")
@click.option("--remember", is_flag=True, help="Remember a false positive until subject or listing changes.")
@click.option("--until", default="", metavar="D", help="The last day on which it is remembered.")
@click.pass_obj
@told
def decide(app: Any, /, alerts: tuple[str, ...], disposition: str, **options: Any) -> None:
    """Records a DISPOSITION of ALERTS: 'true match', 'false positive', escalated or cleared; of all or of none.

    An alert is DECISION/PARTY; a decision alone (r-….ROW) stands for all of its alerts.
    """
    for made in app.decide(alerts, disposition, **options):
        click.echo(f"{made.decision}/{made.party}: {made.disposition}, by {made.by}, {made.at}")


@click.command()
@click.option("--revoke", metavar="ID", help="End this entry.")
@click.option("--by", default="", help="Who ends it.")
@click.option("--reason", default="", help="Why.")
@output("table", "csv", "json")
@click.pass_obj
@told
def goodguys(app: Any, /, revoke: str | None, by: str, reason: str, form: str) -> None:
    """The remembered false positives; each speaks for one subject and one party's listings as they stood."""
    from vacatur.cli.show import print_records

    if revoke is not None:
        ended = app.revoke(revoke, by=by, reason=reason)
        click.echo(f"{ended.id}: revoked, by {ended.by}, {ended.at}")
        return
    found = [
        {"id": one.id, "subject": one.name, "party": one.party, "alert": one.alert, "until": one.until,
         "state": "revoked" if one.revoked else "standing", "by": one.by, "at": one.at, "reason": one.reason}
        for one in app.goodguys()
    ]  # fmt: skip
    print_records(found, form, "nothing is remembered")


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--by", default="", help="Who changes it.")
@click.option("--reason", default="", help="Why.")
@click.pass_obj
@told
def setting(app: Any, /, name: str | None, value: str | None, by: str, reason: str) -> None:
    """The rules of the desk: `setting four-eyes on` keeps whoever raised an alert from clearing it."""
    from vacatur.wiring.casework import SETTINGS

    if name is not None and value is not None:
        app.set(name, value, by=by, reason=reason)
    for one in SETTINGS if name is None else (name,):
        click.echo(f"{one}: {app.setting(one)}")


def _cells(one: Alert) -> dict[str, object]:
    forbidden = [activity for activity, said in one.answers.items() if said == "prohibited"]
    open_points = [activity for activity, said in one.answers.items() if said == "disputed"]
    last = one.steps[-1] if one.steps else None
    return {
        "alert": f"{one.decision}/{one.party}", "subject": one.query.get("name", "") or str(one.query),
        "party": one.name, "score": round(one.score, 4), "prohibited": " ".join(forbidden),
        "disputed": " ".join(open_points), "state": one.state, "by": last.by if last else "",
        "reason": last.reason if last else "",
    }  # fmt: skip


COMMANDS = (alerts, decide, goodguys, setting)
