"""Printing and writing the results of a screening."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import IO, Any

import click

from vacatur.cli.console import brief, console, safe_json, shown, table_of
from vacatur.screen.files.harmless import harmless
from vacatur.screen.run import SCREENED, Screened

Results = list[tuple[Screened, str | None]]


def rows(screened: Results) -> Iterator[str]:
    """One JSON object a subject."""
    for one, decision in screened:
        found = {"row": one.subject.row, **one.subject.query(), "decision": decision, **one.result}
        yield safe_json(json.dumps(found, ensure_ascii=False))


def write_screened(file: IO[str], screened: Results, *, as_csv: bool) -> None:
    """Writes CSV (a row per hit, clean subjects too) or JSON Lines."""
    if as_csv:
        _write_csv(file, screened)
    else:
        file.writelines(f"{row}\n" for row in rows(screened))


def _write_csv(file: IO[str], screened: Results) -> None:
    columns = ("row", "name", "isin", "ticker", "lei", "country", "party", "party_name", "score", "evidence",
               *SCREENED, "next_change", "next_answer", "because", "decision")  # fmt: skip
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    for one, decision in screened:
        subject = {"row": str(one.subject.row), **one.subject.query(), "decision": decision or ""}
        for found in [_hit_cells(hit) for hit in one.hits] or [one.answers]:
            writer.writerow({key: harmless(value) for key, value in {**subject, **found}.items()})


def _hit_cells(hit: dict[str, Any]) -> dict[str, str]:
    change = hit["next_change"] or {"at": "", "activity": "", "answer": ""}
    return {
        "party": hit["party"],
        "party_name": hit["name"],
        "score": f"{hit['score']:.4f}",
        "evidence": hit["evidence"],
        **hit["answers"],
        "next_change": change["at"],
        "next_answer": f"{change['activity']} {change['answer']}".strip(),
        "because": " ".join(hit["because"]),
    }


def print_screened(screened: Results) -> None:
    """A table: a line per hit with what is forbidden; clean subjects too, for that is a finding."""
    table = table_of("row", "subject", "party", "score", "evidence", "prohibited", "disputed", "next change")
    for one, _ in screened:
        subject = brief(" ".join(one.subject.query().values()))
        for hit in one.hits:
            change = hit["next_change"]
            later = f"{change['at'][:10]} {change['activity']} {change['answer']}" if change else ""
            table.add_row(
                str(one.subject.row), subject, shown(hit["party"]), f"{hit['score']:.2f}", shown(hit["evidence"]),
                _answering(hit, "prohibited"), _answering(hit, "disputed"), later,
            )  # fmt: skip
        if not one.hits:
            table.add_row(str(one.subject.row), subject, "no hit", "", "", "", "", "")
    console().print(table)
    click.echo(summary(screened))


def _answering(hit: dict[str, Any], answer: str) -> str:
    return ", ".join(activity for activity in SCREENED if hit["answers"][activity] == answer) or "–"


def summary(screened: Results) -> str:
    """What was screened and what came out, in a line."""
    hits = sum(bool(one.hits) for one, _ in screened)
    barred = sum("prohibited" in one.answers.values() for one, _ in screened)
    return f"{len(screened)} subjects screened: {hits} with hits, {barred} with something prohibited"
