"""What raised no alert: muted hits with what mutes them, clean subjects with what was searched, and rejected rows."""

from __future__ import annotations

import csv
import io
from itertools import islice

from vacatur.report.furniture import head, table
from vacatur.report.given import MOST_SAID, given, subject_name
from vacatur.report.html import Html, el
from vacatur.report.run.alert import written
from vacatur.report.run.findings import Findings, Muted
from vacatur.report.run.lists import lists_words
from vacatur.report.run.score import score_words
from vacatur.screen.files.harmless import FORMULA

_REJECTS = ("Row", "Line", "Why", "What to do", "As it stands")
_MUTED = ("Subject", "Party", "Score", "Because", "Said by", "Until")


def muted_section(findings: Findings) -> Html | None:
    """Hits that a remembered false positive answers: they raise no alert, and are not dropped."""
    if not findings.muted_count:
        return None
    rows = [_muted(findings, one) for one in findings.muted]
    left = findings.muted_count - len(rows)
    more = el("p", f"{left:,} more are not on this page; every result has them.", class_="note") if left else None
    said = "answered by a remembered false positive, which lapses when subject or listing changes"
    heading = head("Muted hits", f"{findings.muted_count:,}, {said}")
    return el("section", heading, table("Muted hits", _MUTED, rows), more, id="muted")


def clean_section(findings: Findings) -> Html:
    """That nothing was found is a finding: how many, among whom, and how old that was."""
    results = findings.results
    silenced = findings.muted_count and "; a subject whose hits are all muted is counted here"
    clean = len(results) - findings.with_hits
    least, lists = f"{findings.asked.threshold:g}", lists_words(findings.records)
    said = (f"{clean:,} of {len(results):,} subjects have no alert: nothing at or above a score of {least} and no "
            f"identifier in common, among {lists}{silenced or ''}.")  # fmt: skip
    late = [el("p", warning, class_="note") for warning in findings.late.values()]
    limits = "It does not mean that a subject is clear of lists that are not in this ledger."
    return el("section", head("Clean subjects", f"{clean:,}"), el("p", said), *late,
              el("p", limits, class_="note"), id="clean")  # fmt: skip


def rejects_section(findings: Findings) -> Html | None:
    """Rows that could not be screened: counted, and the first of them with line and reason."""
    results = findings.results
    if not results.rejected:
        return None
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(results.rejects), "utf-8", newline=""))
    shown = [[given(_as_it_stood(cell)) for cell in row] for row in islice(rows, 1, 1 + findings.limits.rejects)]
    left = results.rejected - len(shown)
    more = el("p", f"{left:,} more are in the file of rejects.", class_="note") if left else None
    drawn = table("Rows that could not be screened", _REJECTS, shown)
    return el("section", head("Rows that could not be screened", f"{results.rejected:,}"), drawn, more, id="rejects")


def _as_it_stood(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it: a page runs nothing."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def _muted(findings: Findings, one: Muted) -> list[Html | str]:
    entry = findings.goodguys.get(one.hit["muted"])
    ended = " (revoked since)" if entry is not None and entry.revoked else ""
    who = [given(entry.by), f", {written(entry.at)}{ended}"] if entry is not None else []
    reason = given(entry.reason, MOST_SAID) if entry is not None else ""
    why = el("span", reason, " ", el("small", one.hit["muted"], class_="id q"))
    name = el("span", given(subject_name(one.screened.query)), " ", el("small", f"row {one.row:,}", class_="q"))
    until = entry.until if entry is not None and entry.until else "until something changes"
    return [name, given(one.hit["name"]), score_words(one.hit["score"]), why, el("span", *who), until]
