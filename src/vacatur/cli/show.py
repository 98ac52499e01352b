"""Printing answers, timelines and rosters."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

import click

from vacatur.app import App, Reply
from vacatur.model.moment import write_instant

GLYPHS = {"prohibited": "■", "permitted": "○", "disputed": "▨", "unknown": "?"}
STYLES = {"prohibited": "bold red", "permitted": "bold", "disputed": "bold yellow", "unknown": "bold"}


def print_json(value: Any, out: Path | None = None) -> None:
    """Prints plain data as indented JSON."""
    import json

    from vacatur.cli.console import safe_json

    write(out, safe_json(json.dumps(value, ensure_ascii=False, indent=2)))


def write(out: Path | None, text: str) -> None:
    """Writes whole text to a file, or to standard output."""
    if out is None:
        click.echo(text)
        return
    from vacatur.cli.files import whole

    with whole(out) as file:
        file.write((text if text.endswith("\n") else f"{text}\n").encode(errors="replace"))


def print_answer(reply: Reply) -> None:
    """The answer in words, then a row a programme, then the acts that carry it."""
    from vacatur.cli.console import console, shown, table_of
    from vacatur.report.words import next_change_words, reason, verdict_sentence, view_sentence

    out = console()
    law, corpus = reply.law, reply.records.corpus
    out.print(f"[{STYLES[law.answer]}]{GLYPHS[law.answer]} {shown(verdict_sentence(law, corpus))}[/]")
    out.print(shown(reason(law, corpus)))
    for row in law.rows:
        for held in row.readings:
            out.print(f"  ▨ {shown('; '.join(held.says))}: {held.answer}")
        for condition in row.conditions:
            out.print(f"  ◇ {shown(condition)}")
    if law.rows:
        table = table_of("programme", "listed", "suspended", "answer", "prohibited")
        for row in law.rows:
            where = reply.asked.where
            spans = "; ".join(_span(piece, where) for piece in row.prohibited.pieces()) or "never"
            table.add_row(row.programme.id, _state(row.listed), _state(row.suspended), row.answer, spans)
        out.print()
        out.print(table)
    out.print()
    acts = sorted({act for row in law.rows for act in row.because}, key=lambda act: corpus.acts[act].issued.earliest)
    for act_id in acts:
        act = corpus.acts[act_id]
        out.print(f"[dim]{act.issued.text[:10]}[/]  {shown(act.title)}  [dim]{shown(act.id)}, {act.grade}[/]")
        if act.quote is not None:
            words = act.quote.text if act.quote.ours else f"“{act.quote.text}”"
            out.print(f"            {shown(words)}", style="dim italic" if not act.quote.ours else "dim")
    out.print()
    out.print(shown(f"Next change: {next_change_words(law)}"))
    out.print(shown(view_sentence(law.view, reply.asked.zone_name)), style="dim")
    for warning in law.warnings:
        out.print(f"[yellow]{shown(warning)}[/]")
    out.print(f"[dim]snapshot {reply.snapshot[:16]}, basis {reply.records.basis.seq}[/]")


def _state(state: bool | None) -> str:
    return {True: "yes", False: "no", None: "not settled"}[state]


def _span(piece: tuple[Any, Any, bool], where: Any) -> str:
    start, end, certain = piece
    begins = (write_instant(start, where) or "always")[:16].replace("T", " ")
    ends = write_instant(end, where)
    return f"{begins} – {ends[:16].replace('T', ' ') if ends else 'open'}{'' if certain else ' (disputed)'}"


def print_records(records: Sequence[Any], form: str, empty: str) -> None:
    """Prints rows of one kind of record as a table, CSV or JSON."""
    plain = [_plain(record) for record in records]
    if form == "json":
        print_json(plain)
    elif form == "csv":
        _csv(plain)
    elif not plain:
        click.echo(f"{empty}.")
    else:
        _table(plain)


def _plain(record: Any) -> Any:
    """A record's fields by name, as they are: rosters have ten thousand rows, and none of them is nested."""
    if not is_dataclass(record):
        return record
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _csv(rows: list[dict[str, Any]]) -> None:
    import csv

    from vacatur.screen.files.harmless import harmless

    if rows:
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: harmless(_cell(value)) for key, value in row.items()} for row in rows)


MOST_DRAWN = 300
"""Rows that are fitted to the terminal; longer tables are for a pager, and would take longer to fit than to find."""


def _table(rows: list[dict[str, Any]]) -> None:
    from vacatur.cli.console import console, shown, table_of

    if len(rows) > MOST_DRAWN:
        _long_table(rows)
        return
    table = table_of(*rows[0])
    for row in rows:
        table.add_row(*(shown(_cell(value)) for value in row.values()))
    console().print(table)
    click.echo(f"{len(rows)} entries")


def _long_table(rows: list[dict[str, Any]]) -> None:
    """Plain columns, each as wide as its widest cell up to a bound; what is longer pushes its row along."""
    from vacatur.cli.console import visible

    cells = [list(rows[0]), *([visible(_cell(value)).replace("\n", " ") for value in row.values()] for row in rows)]
    widths = [min(40, max(map(len, column))) for column in zip(*cells, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    click.echo("\n".join(lines))
    click.echo(f"{len(rows)} entries")


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return (
        {True: "yes", False: "no", None: "not settled"}[value]
        if value is None or isinstance(value, bool)
        else str(value)
    )


def story(app: App, party: str, **options: Any) -> dict[str, Any]:
    """A party's record, its acts and the answer for every activity, as plain data."""
    from vacatur.ledger.wire import act_json
    from vacatur.model.kinds import ACTIVITIES
    from vacatur.report.timeline.acts import acts_about

    replies = [app.ask(party, activity, **options) for activity in ACTIVITIES]
    first = replies[0]
    records = first.records
    record = records.corpus.parties[first.asked.party]
    seen = acts_about(records.corpus, first.asked.view, record.id)
    return {
        "party": asdict(record),
        "view": first.to_dict()["view"],
        "acts": [act_json(act, records.documents) for act in seen],
        "answers": [reply.to_dict() for reply in replies if reply.law.rows],
        "snapshot": first.snapshot,
    }


def print_acts(told: dict[str, Any]) -> None:
    """A party's acts, oldest first, and what is forbidden with it."""
    from vacatur.cli.console import console, shown, table_of

    out = console()
    party = told["party"]
    primary = next((name["text"] for name in party["names"] if name["kind"] == "primary"), party["id"])
    out.print(f"[bold]{shown(primary)}[/]  [dim]{shown(party['id'])}, {party['kind']}[/]")
    table = table_of("issued", "kind", "what", "act", "grade")
    for act in told["acts"]:
        table.add_row(act["issued"][:10], act["kind"], shown(act["title"]), shown(act["act"]), act["grade"])
    out.print(table)
    out.print()
    for answer in told["answers"]:
        word = answer["answer"]
        change = answer["next_change"]
        later = f", from {change['at'][:16].replace('T', ' ')} {change['answer']}" if change else ""
        out.print(f"[{STYLES[word]}]{GLYPHS[word]} {answer['activity']}: {word}[/] [dim]({answer['actor']}){later}[/]")
    out.print(f"[dim]on {told['view']['on']}, snapshot {told['snapshot'][:16]}[/]")
