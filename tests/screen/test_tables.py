"""Tables of programs go straight into screening, and results come out as tables."""

import io

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from vacatur.app import App
from vacatur.cli.screened import write_results
from vacatur.errors import InputError

ROWS = {"customer_id": ["1", "2", "3"], "name": ["Alder Marine Corporation", "Nobody At All", "Dogwood Drones"],
        "dob": [None, "1970-02-03", None]}  # fmt: skip


@pytest.mark.parametrize("made", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "arrow"])
def test_a_table_is_screened_as_it_is(made: type, quay: App) -> None:
    results = quay.screen(made(ROWS), as_of="2021-03-20")
    assert [[hit["party"] for hit in one.hits] for one, _ in results] == [["alder"], [], ["dogwood"]]
    assert [one.query.get("key") for one, _ in results] == ["1", "2", "3"]
    assert results[1][0].query["birth_date"] == "1970-02-03"
    assert results.run is not None
    assert dict(results.run.columns)["dob"] == "birth_date"
    assert quay.replay(results.run.id)


def test_tables_that_say_the_same_are_one_run(quay: App) -> None:
    first, again = (quay.screen(pa.table(ROWS), as_of="2021-03-20").run for _ in range(2))
    assert first is not None
    assert again is not None
    assert (first.id, first.rev, again.rev) == (again.id, 1, 2)


def test_results_are_a_table_with_a_row_for_each_hit_and_each_clean_subject(quay: App) -> None:
    results = quay.screen(pd.DataFrame(ROWS), as_of="2021-03-20")
    table = results.table()
    assert table.column("party").to_pylist() == ["alder", "", "dogwood"]
    assert table.column("key").to_pylist() == ["1", "2", "3"]
    assert table.column("export").to_pylist() == ["permitted", "permitted", "prohibited"]
    assert table.column("score").to_pylist() == [1.0, None, 1.0]
    assert table.column("decision").to_pylist() == [decision for _, decision in results]


def test_parquet_holds_that_table_and_texts_as_they_are(quay: App) -> None:
    results = quay.screen([{"name": "=SUM(A1)"}, {"name": "Alder Marine Corporation"}], as_of="2021-03-20")
    out = io.BytesIO()
    write_results(out, results, ".parquet")
    table = parquet.read_table(out)
    assert table == results.table()
    assert table.column("name").to_pylist()[0] == "=SUM(A1)"


def test_results_are_a_sequence_however_many_parts_they_have(quay: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vacatur.screen.run.CHUNK", 2)
    names = ["Alder Marine", "Nobody", "Birch Telecom", "Nobody Else", "Dogwood Drones"]
    results = quay.screen(names, as_of="2021-03-20")
    assert len(results) == 5
    assert [one.query["name"] for one, _ in results] == names
    assert [results[place][0].row for place in (0, 2, 4, -1)] == [1, 3, 5, 5]
    assert [one.row for one, _ in results[1:4]] == [2, 3, 4]
    with pytest.raises(IndexError):
        results[5]


def test_an_empty_table_is_an_empty_result_and_a_table_without_names_is_refused(quay: App) -> None:
    empty = quay.screen(pa.table({"name": pa.array([], pa.string())}), as_of="2021-03-20")
    assert len(empty) == 0
    assert empty.table().num_rows == 0
    with pytest.raises(InputError, match="no column to screen"):
        quay.screen(pa.table({"colour": ["red"]}))
