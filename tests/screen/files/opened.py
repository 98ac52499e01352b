"""What a file comes to: its rows and rejects, or its subjects and rejects."""

from pathlib import Path

from vacatur.screen.files.columns import Said, understand
from vacatur.screen.files.rows import Reject, Row
from vacatur.screen.files.subjects import subjects
from vacatur.screen.files.table import open_table
from vacatur.screen.subject import Subject

LEI, ISIN = "QUAY00ALDER0MARINE45", "KYQUAY000016"
LATEST = "2026-09-01"


def rows(source: object, *, encoding: str = "utf-8", delimiter: str | None = None, sheet: str | None = None,
         form: str | None = None) -> list[Row | Reject]:  # fmt: skip
    with open_table(source, form=form, encoding=encoding, delimiter=delimiter, sheet=sheet) as table:
        return list(table)


def cells(source: object, *, encoding: str = "utf-8", delimiter: str | None = None) -> list[list[str]]:
    """The cells of the rows that were taken."""
    return [row.cells for row in rows(source, encoding=encoding, delimiter=delimiter) if isinstance(row, Row)]


def screened(source: object, mapping: Said | None = None, *, dates: str = "iso") -> list[Subject | Reject]:
    with open_table(source) as table:
        return list(subjects(table, understand(table.columns, mapping, where=table.name), latest=LATEST, dates=dates))


def names(found: list[Subject | Reject]) -> list[str]:
    """The names of the subjects."""
    return [one.name for one in found if isinstance(one, Subject)]


def rejects(found: list[Subject | Reject] | list[Row | Reject]) -> list[tuple[int, int, str]]:
    """Row, line and reason of the rejects."""
    return [(one.row, one.line, one.why) for one in found if isinstance(one, Reject)]


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
