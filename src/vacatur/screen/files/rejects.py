"""The file of rows that could not be screened, to be corrected and screened again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from vacatur.screen.files.harmless import harmless
from vacatur.screen.files.rows import Reject


def rejects_csv(rejects: Iterable[Reject]) -> Iterator[str]:
    """The lines of a CSV file: a header, then a row for each reject, with cells that no spreadsheet will run."""
    yield _line(Reject._fields)
    for reject in rejects:
        yield _line(harmless(str(cell)) for cell in reject)


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()
