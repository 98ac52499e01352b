"""Printing and writing the results of a screening."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from vacatur.cli.console import brief, console, safe_json, shown, table_of, visible
from vacatur.cli.files import whole
from vacatur.screen.files.harmless import harmless_table
from vacatur.screen.part import SCREENED, Screened
from vacatur.screen.results import Results
from vacatur.screen.subject import Subject

if TYPE_CHECKING:
    from vacatur.wiring.screening import Preview

FORMATS = (".csv", ".jsonl", ".parquet", ".html")
"""What results can be written as, by the file's suffix."""

MOST_PRINTED = 2000
"""Rows that are printed; whoever screens more wants a file."""


def rows(results: Results) -> Iterator[str]:
    """One JSON object a subject."""
    for one, decision in results:
        found = {"row": one.row, **one.known, "decision": decision, **one.result}
        yield safe_json(json.dumps(found, ensure_ascii=False))


def write_results(out: IO[bytes], results: Results, form: str) -> None:
    """Writes results as CSV (a row per hit, clean subjects too), JSON Lines or Parquet."""
    if form == ".jsonl":
        out.writelines(f"{row}\n".encode() for row in rows(results))
    elif form == ".csv":
        _write_csv(out, results)
    else:
        _write_parquet(out, results)


def _write_csv(out: IO[bytes], results: Results) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    for first, table in enumerate(results.tables()):
        if not first:
            writer.writerow(table.column_names)
        columns = {
            name: column.to_pylist() for name, column in zip(table.column_names, harmless_table(table), strict=True)
        }
        columns["score"] = ["" if score is None else f"{score:.4f}" for score in columns["score"]]
        writer.writerows(zip(*columns.values(), strict=True))
    text.detach()


def _write_parquet(out: IO[bytes], results: Results) -> None:
    from pyarrow import parquet

    writer = None
    for table in results.tables():
        writer = writer or parquet.ParquetWriter(out, table.schema, compression="zstd", write_statistics=False)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def print_results(results: Results) -> None:
    """A table: a line per hit with what is forbidden; clean subjects too, for that is a finding."""
    table = table_of("row", "subject", "party", "score", "evidence", "prohibited", "disputed", "next change")
    for place, (one, _) in enumerate(results):
        if place == MOST_PRINTED:
            break
        for cells in _cells(one):
            table.add_row(*cells)
    console().print(table)
    if len(results) > MOST_PRINTED:
        click.echo(f"… {len(results) - MOST_PRINTED} more; write them to a file with --out")
    click.echo(summary(results))


def print_preview(preview: Preview) -> None:
    """As what each column is understood, what is left alone, and the first rows."""
    table = table_of("header", "understood as")
    for header, column in preview.columns.columns:
        table.add_row(brief(header), column)
    for header in preview.columns.left:
        table.add_row(brief(header), "[dim]left alone[/]")
    console().print(table)
    for one in preview.rows:
        if isinstance(one, Subject):
            click.echo(visible(f"row {one.row}: {safe_json(json.dumps(one.query(), ensure_ascii=False))}"[:1000]))
        else:
            click.echo(visible(f"row {one.row} cannot be screened: {one.why}. {one.fix}"))


def _cells(one: Screened) -> Iterator[tuple[str, ...]]:
    known = {column: value for column, value in one.known.items() if column not in ("key", "mic")}
    subject = brief(" ".join(text for value in known.values() for text in _listed(value)))
    for hit in one.hits:
        change = hit["next_change"]
        later = f"{change['at'][:10]} {change['activity']} {change['answer']}" if change else ""
        evidence = shown(hit["evidence"]) + (", muted" if "muted" in hit else "")
        yield (
            str(one.row), subject, shown(hit["party"]), f"{hit['score']:.2f}", evidence,
            _answering(hit, "prohibited"), _answering(hit, "disputed"), later,
        )  # fmt: skip
    if not one.hits:
        yield str(one.row), subject, "no hit", "", "", "", "", ""


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _answering(hit: dict[str, Any], answer: str) -> str:
    return ", ".join(activity for activity in SCREENED if hit["answers"][activity] == answer) or "–"


def summary(results: Results) -> str:
    """What was screened and what came out, in a line."""
    hits, barred, muted = results.counts()
    said = f"{len(results)} subjects screened: {hits} with hits, {barred} with something prohibited"
    said += f", {muted} muted" if muted else ""
    return said + (f"; {results.rejected} rows could not be screened" if results.rejected else "")


def write_rejects(results: Results, place: Path) -> None:
    """Writes the rows that could not be screened, with where and why."""
    with whole(place) as file:
        file.write(results.rejects)
