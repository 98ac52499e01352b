"""Tables of any form, opened: their columns first, then their rows as a stream."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from types import TracebackType
from typing import Self

from vacatur.errors import InputError, WordUnknown
from vacatur.screen.files.lines import Bytes, encoding_of, unreadable
from vacatur.screen.files.rows import Reader, Reject, Row

FORMS = ("csv", "tsv", "jsonl", "parquet", "arrow", "xlsx")
"""The forms of files."""
TEXTS = FORMS[:3]
"""Those that are text, and may be packed with gzip."""
MOST_COLUMNS = 16_384
"""Most columns of a table: as many as a spreadsheet has."""

_SUFFIXES = {
    ".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".parquet": "parquet", ".pq": "parquet", ".arrow": "arrow", ".arrows": "arrow", ".ipc": "arrow",
    ".feather": "arrow", ".xlsx": "xlsx", ".xlsm": "xlsx",
}  # fmt: skip
# How files of other kinds begin, and what to do with them.
_BEGINNINGS = (
    (b"PK\x03\x04", "a spreadsheet or another archive", "Name it .xlsx if it is a spreadsheet, else unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected spreadsheet", "Save it as .xlsx without a password, or as CSV"),
    (b"\x1f\x8b", "a gzip archive", "Name it .csv.gz, .tsv.gz or .jsonl.gz"),
    (b"PAR1", "a Parquet file", "Name it .parquet"),
    (b"ARROW1", "an Arrow file", "Name it .arrow"),
    (b"%PDF", "a PDF document", "Export the table as CSV"),
    (b"<", "a web page or XML", "Export the table as CSV"),
)


class Table:
    """One table of subjects, to be read once: `name` is the file, `columns` its headers in order, `size` and `at` say
    how much there is and how far it has been read, in bytes of a file or in rows (`size` is 0 where nobody knows).
    """

    def __init__(self, name: str, form: str, reader: Reader) -> None:
        self.name, self.form, self.columns, self.size = name, form, reader.columns, reader.size
        self._reader = reader
        self._wanted: frozenset[int] = frozenset(range(len(self.columns)))

    @property
    def at(self) -> int:
        """How far it has been read."""
        return self._reader.at

    def only(self, places: Iterable[int]) -> None:
        """Leaves the cells of all other columns unread (they are empty where that saves work); before the first row."""
        self._wanted = frozenset(places)

    def __iter__(self) -> Iterator[Row | Reject]:
        return self._reader.rows(self._wanted)

    def close(self) -> None:
        """Lets go of the file."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, bad: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_table(source: object, *, form: str | None = None, encoding: str = "utf-8", delimiter: str | None = None,
               sheet: str | None = None) -> Table:  # fmt: skip
    """Opens a file, or a table that a program holds.

    Args:
        source: a path, or any table that speaks Arrow (`__arrow_c_stream__`: pandas, polars, pyarrow, DuckDB …).
        form: one of `FORMS`; else the file's suffix says, and without one it is taken as CSV.
        encoding: of text files without a byte order mark.
        delimiter: of CSV files; else the likeliest for the header.
        sheet: of a workbook; else the only one that holds anything.

    Raises `InputError` for what makes every row doubtful: a file that cannot be opened or is another kind of file, an
    empty header, a column that stands twice.
    """
    if hasattr(source, "__arrow_c_stream__"):
        from vacatur.screen.files.arrow import Given

        return _table(type(source).__name__, "arrow", Given(source))
    if not isinstance(source, (str, os.PathLike)):
        raise InputError(
            f"{type(source).__name__} is not a table", fix="Give a file, or a table of pandas, polars or pyarrow"
        )
    path = Path(source)
    form, packed = _form(path, form)
    if form not in TEXTS:
        _openable(path)
    if form == "xlsx":
        from vacatur.screen.files.xlsx import Workbook

        return _table(str(path), form, Workbook(path, sheet))
    if form in ("parquet", "arrow"):
        from vacatur.screen.files.arrow import ArrowFile, ParquetFile

        return _table(str(path), form, (ParquetFile if form == "parquet" else ArrowFile)(path))
    return _table(str(path), form, _text(Bytes(path, packed=packed), form, encoding, delimiter))


def _openable(path: Path) -> None:
    try:
        path.open("rb").close()
    except (OSError, ValueError) as bad:
        raise unreadable(str(path), bad) from bad


def _form(path: PurePath, asked: str | None) -> tuple[str, bool]:
    """A file's form, and whether it is packed."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    if asked is not None and asked not in FORMS:
        raise WordUnknown("form of file", asked, FORMS)
    form = asked or _SUFFIXES.get("".join(suffixes[-2:-1] if packed else suffixes[-1:]), "csv")
    if packed and form not in TEXTS:
        raise InputError(f"a packed {form} file is not read", where=str(path), fix="Unpack it")
    return form, packed


def _text(source: Bytes, form: str, encoding: str, delimiter: str | None) -> Reader:
    from vacatur.screen.files.delimited import Delimited
    from vacatur.screen.files.jsonl import JsonLines

    try:
        for beginning, what, fix in _BEGINNINGS:
            if source.head.lstrip().startswith(beginning):
                raise InputError(f"it is {what}, not {form.upper()}", where=source.where, fix=fix)
        known = encoding_of(source, encoding)
        if form == "jsonl":
            return JsonLines(source, known)
        return Delimited(source, known, _delimiter(form, delimiter, source.where))
    except BaseException:
        source.close()
        raise


def _delimiter(form: str, asked: str | None, where: str) -> str | None:
    if asked is None:
        return "\t" if form == "tsv" else None
    sign = {"tab": "\t", "\\t": "\t"}.get(asked, asked)
    if len(sign) != 1 or sign in '"\r\n\0':
        raise InputError(f"the delimiter {asked[:40]!r} is not one sign", where=where, fix="Give one sign, such as ;")
    return sign


def _table(name: str, form: str, reader: Reader) -> Table:
    try:
        _check_columns(reader.columns, name)
    except InputError:
        reader.close()
        raise
    return Table(name, form, reader)


def _check_columns(columns: tuple[str, ...], name: str) -> None:
    if not any(columns):
        raise InputError("it has no header", where=name, fix="Give it a header with a `name` column")
    if len(columns) > MOST_COLUMNS:
        raise InputError(
            f"it has more than {MOST_COLUMNS} columns", where=name, fix="Check its delimiter and line ends"
        )
    folded = [column.strip().casefold() for column in columns]
    counts: dict[str, int] = {}
    for column in folded:
        counts[column] = counts.get(column, 0) + 1
    twice = sorted({column for column in folded if column and counts[column] > 1})
    if twice:
        raise InputError(
            f"column {', '.join(twice)[:200]} stands twice in the header", where=name,
            why="It is not clear which one to screen", fix="Rename or remove one of them",
        )  # fmt: skip
