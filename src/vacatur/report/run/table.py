"""The alerts of a screening as a table: a row for each, in the order of the subjects, with what was decided last."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from vacatur.law.corpus import Docket
from vacatur.report.given import subject_name
from vacatur.report.run.findings import Desk, age, raised_by
from vacatur.screen.alerts import Alert
from vacatur.screen.files.harmless import harmless
from vacatur.screen.part import SCREENED
from vacatur.screen.results import Results
from vacatur.screen.tables import cell

COLUMNS = ("decision", "alert", "key", "subject", "party", "party_name", "score", *SCREENED, "because", "disposition",
           "by", "at", "reason", "age_days")  # fmt: skip
"""What is said of an alert; `because` are ids of acts, `age_days` whole days up to the moment of the report."""


def alerts_csv(results: Results, docket: Docket, desk: Desk, now: datetime) -> Iterator[str]:
    """The lines of a CSV file, of which no cell is a formula. Parts are read one after the other."""
    yield _line(COLUMNS)
    here = datetime.fromisoformat(desk.raised[1])
    for one, _ in results.hit():
        for alert in raised_by(one, results, docket, desk):
            yield _line(_cells(alert, age(desk.first.get(alert.id, here), now)))


def _cells(alert: Alert, days: int) -> list[str]:
    last = alert.steps[-1] if alert.steps else None
    because = dict.fromkeys(act for hit in alert.hits for act in hit["because"])
    decided = (last.by, last.at, last.reason) if last is not None else ("", "", "")
    return [
        alert.decision, alert.id, cell(alert.query, "key"), subject_name(alert.query), alert.party, alert.name,
        f"{alert.score:.4f}", *(alert.answers[one] for one in SCREENED), " ".join(because), alert.state, *decided,
        str(days),
    ]  # fmt: skip


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([harmless(one) for one in cells])
    return written.getvalue()
