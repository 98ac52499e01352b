"""Arrow tables: Parquet and Arrow files, and what pandas, polars and pyarrow hold in memory."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.screen.files.opened import LATEST, rejects, rows, screened

from vacatur.errors import InputError
from vacatur.screen.files.columns import understand
from vacatur.screen.files.rows import MOST_FIELD, Row
from vacatur.screen.files.subjects import subjects
from vacatur.screen.files.table import open_table
from vacatur.screen.subject import Subject

COLUMNS = {
    "Name": ["Alder Marine", "桤木", None],
    "aliases": [["Quay; Sons", "Alder"], [], None],
    "Date of Birth": [dt.date(1970, 5, 17), None, dt.date(1980, 1, 1)],
    "ticker": [1810, None, 7],
    "Nationality": ["KY", "CN", "DE"],
}


def made() -> pa.Table:
    return pa.table(COLUMNS)


def as_file(table: pa.Table, path: Path) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=2)
    elif path.suffix == ".arrows":
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
            writer.write(table)
    else:
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table, 2 if len(table) < 10 else None)
    return path


SOURCES = ["pyarrow", "batches", "pandas", "polars", ".parquet", ".arrow", ".feather", ".arrows"]


def source(name: str, tmp_path: Path) -> object:
    if name.startswith("."):
        return as_file(made(), tmp_path / f"customers{name}")
    if name == "batches":
        return made().to_reader(1)
    tables: dict[str, object] = {
        "pyarrow": made(), "pandas": pd.DataFrame(COLUMNS), "polars": pl.DataFrame(COLUMNS),
    }  # fmt: skip
    return tables[name]


@pytest.mark.parametrize("name", SOURCES)
def test_the_same_table_is_the_same_subjects_wherever_it_comes_from(name: str, tmp_path: Path) -> None:
    found = screened(source(name, tmp_path))
    assert [(s.row, s.names, s.birth_date, s.identifiers, s.countries) for s in found if isinstance(s, Subject)] == [
        (1, ("Alder Marine", "Quay; Sons", "Alder"), "1970-05-17", (("ticker", "1810"),), ("KY",)),
        (2, ("桤木",), "", (), ("CN",)),
        (3, (), "1980-01-01", (("ticker", "7"),), ("DE",)),
    ]


def test_a_selection_of_rows_and_an_index_change_nothing() -> None:
    frame = pd.DataFrame(COLUMNS, index=["x", "y", "z"])
    assert [s.row for s in screened(frame[frame.Nationality == "DE"])] == [1]


def test_values_are_the_texts_that_people_would_write() -> None:
    noon = dt.datetime(1970, 5, 17, 12, 30, tzinfo=dt.UTC)
    table = pa.table({
        "name": ["a"], "whole": [1810.0], "part": [0.5], "none": [float("nan")], "large": [1e15], "yes": [True],
        "day": pa.array([dt.date(1970, 5, 17)]), "midnight": pa.array([0], pa.timestamp("ns")),
        "noon": pa.array([noon], pa.timestamp("s", tz="UTC")), "price": [Decimal("10.50")], "bytes": [b"ab"],
        "words": pa.array(["x"]).dictionary_encode(), "wide": pa.array(["y"]).cast(pa.large_string()),
        "view": pa.array(["z"]).cast(pa.string_view()),
    })  # fmt: skip
    (row,) = rows(table)
    assert isinstance(row, Row)
    assert row.cells == ["a", "1810", "0.5", "", "1000000000000000", "true", "1970-05-17", "1970-01-01",
                         "1970-05-17 12:30:00Z", "10.50", "ab", "x", "y", "z"]  # fmt: skip


def texts(offsets: list[int], raw: bytes) -> pa.Array:
    places = pa.array(offsets, pa.int32()).buffers()[1]
    return pa.Array.from_buffers(pa.string(), len(offsets) - 1, [None, places, pa.py_buffer(raw)])


def test_bytes_that_are_no_text_and_nested_values_spoil_their_row_only() -> None:
    table = pa.table({"name": texts([0, 1, 3, 4], b"A\xff\xfeC"), "country": ["KY", "KY", "CN"]})
    assert [(row, line) for row, line, _ in rejects(rows(table))] == [(2, 0)]
    assert rejects(screened(pa.table({"name": [{"first": "A"}]}))) != []


def test_a_nested_column_that_is_left_alone_harms_nobody() -> None:
    assert rejects(screened(pa.table({"name": ["A"], "meta": [{"x": [1]}]}))) == []


def test_a_huge_cell_spoils_its_row_only() -> None:
    assert [row for row, _, _ in rejects(rows(pa.table({"name": ["A", "x" * (MOST_FIELD + 1), "C"]})))] == [2]


def test_how_far_a_table_is_read_is_told_in_rows(tmp_path: Path) -> None:
    with open_table(as_file(made(), tmp_path / "a.parquet")) as table:
        assert table.size == 3
        assert [(row.row, table.at) for row in table] == [(1, 1), (2, 2), (3, 3)]


def test_only_the_columns_that_mean_something_are_read(tmp_path: Path) -> None:
    path = as_file(pa.table({"a.b": ["x"], "name": ["Alder"]}), tmp_path / "a.parquet")
    with open_table(path) as table:
        table.only({1})
        assert [row.cells for row in table if isinstance(row, Row)] == [["", "Alder"]]
    assert [row.cells for row in rows(path) if isinstance(row, Row)] == [["x", "Alder"]]


# What a program may give that is no table, or a broken one, and words of the refusal.
REFUSED: dict[str, tuple[object, str]] = {
    "values of two types": (pd.DataFrame({"name": ["a", 1]}), "make each column of one type"),
    "a column alone": (pl.Series(["Alder"]), "cannot be read as a table"),
    "a column twice": (pa.table([["a"], ["b"]], ["name", "NAME"]), "column name stands twice"),
    "no column": (pa.table({}), "no header"),
    "offsets outside the data": (pa.table({"name": texts([0, 1_000_000_000, 3], b"abc")}), "out of bounds"),
    "a list": (["Alder"], "list is not a table"),
    "nothing": (None, "NoneType is not a table"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused(name: str) -> None:
    given, said = REFUSED[name]
    with pytest.raises(InputError, match=said):
        rows(given)


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".arrows"])
def test_a_file_of_another_kind_is_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    for content in (b"", b"name\nAlder\n", b"PAR1PAR1", b"ARROW1\0\0" + b"\xff" * 100):
        path.write_bytes(content)
        with pytest.raises(InputError) as raised:
            rows(path)
        assert raised.value.where == str(path)


def test_a_batch_of_many_rows_is_read_in_pieces(tmp_path: Path) -> None:
    table = pa.table({"name": pa.array(["Alder"] * 200_000), "note": pa.array(["x" * 100] * 200_000)})
    path = as_file(table, tmp_path / "a.arrow")
    with open_table(path) as opened:
        found = subjects(opened, understand(opened.columns), latest=LATEST)
        assert sum(1 for _ in found) == 200_000
