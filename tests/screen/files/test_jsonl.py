"""JSON Lines: an object a line, its keys the columns."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.screen.files.opened import rejects, rows, screened, written

from vacatur.errors import InputError
from vacatur.screen.files import jsonl
from vacatur.screen.files.rows import MOST_FIELD, Reject, Row
from vacatur.screen.files.table import open_table
from vacatur.screen.subject import Subject


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.jsonl"


def test_columns_are_the_keys_in_the_order_in_which_they_appear(path: Path) -> None:
    path.write_text('{"name": "Alder"}\n\n{"lei": null, "name": "桤木", "note": true}\n', "utf-8")
    with open_table(path) as table:
        assert table.columns == ("name", "lei", "note")
        assert [(row.row, row.line, row.cells) for row in table if isinstance(row, Row)] == [
            (1, 1, ["Alder", "", ""]), (2, 3, ["桤木", "", "true"]),
        ]  # fmt: skip


def test_numbers_are_taken_as_they_are_written(path: Path) -> None:
    digits = "9" * 10_000  # which Python would take minutes to make a number of, and refuses to
    path.write_text(f'{{"a": 1810, "b": 1810.0, "c": 0.50, "d": -1E5, "e": {digits}}}\n')
    (row,) = rows(path)
    assert isinstance(row, Row)
    assert row.cells == ["1810", "1810", "0.50", "-1E5", digits]


def test_a_list_of_texts_is_several_values_and_needs_no_signs_between_them(path: Path) -> None:
    path.write_text('{"name": "Alder", "aliases": ["Quay; Sons", null, "A|B"], "country": ["KY"], "address": []}\n')
    (subject,) = screened(path)
    assert isinstance(subject, Subject)
    assert (subject.names, subject.countries, subject.addresses) == (("Alder", "Quay; Sons", "A|B"), ("KY",), ())


def test_a_list_where_one_value_is_wanted_is_rejected(path: Path) -> None:
    path.write_text('{"name": ["Alder", "Birch"]}\n{"name": "Cedar"}\n')
    assert rejects(screened(path)) == [(1, 1, "several values where one name is wanted")]


def test_a_nested_value_in_a_column_that_is_left_alone_harms_nobody(path: Path) -> None:
    path.write_text('{"name": "Alder", "meta": {"made": [1, {"x": 2}]}}\n')
    assert rejects(rows(path)) == [(1, 1, "'meta' holds an object, or a list of them")]
    assert rejects(screened(path)) == []


# A line among good ones, and words of the reason for its reject.
BAD = {
    "no JSON": ("{name: 1}", "not JSON: Expecting property name"),
    "cut off": ('{"name": "Al', "not JSON: Unterminated string"),
    "two objects": ('{"name": "A"} {"name": "B"}', "not JSON: Extra data"),
    "a list": ('["Alder"]', "not a JSON object"),
    "a text": ('"Alder"', "not a JSON object"),
    "a key twice": ('{"name": "Alder", "name": "Birch"}', "'name' stands twice"),
    "an object in a cell": ('{"name": {"first": "A"}}', "'name' holds an object"),
    "a list of objects": ('{"name": [{"first": "A"}]}', "'name' holds an object"),
    "no number": ('{"name": NaN}', "NaN is no JSON number"),
    "too deep": ('{"name": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
    "a huge text": ('{"name": "' + "x" * (MOST_FIELD + 1) + '"}', "a cell is longer"),
    "NUL": ('{"name": "A\0"}', "NUL bytes"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_told_where_it_stands_and_costs_no_other(name: str, path: Path) -> None:
    line, said = BAD[name]
    found = rows(written(path, f'{{"name": "Alder"}}\n{line}\n{{"name": "Cedar"}}\n'))
    assert [type(one) for one in found] == [Row, Reject, Row]
    ((row, at, why),) = rejects(found)
    assert (row, at) == (2, 2)
    assert said in why


def test_bytes_in_another_encoding_spoil_their_line_only(path: Path) -> None:
    path.write_bytes(b'{"name": "Caf\xe9"}\n{"name": "Cedar"}\n')
    assert rejects(rows(path)) == [(1, 1, "byte 0xe9 is not UTF-8")]


def test_a_lone_half_of_a_letter_is_rejected(path: Path) -> None:
    path.write_text('{"name": "Al\\ud800der"}\n{"name": "\\ud83d\\ude00 Cedar"}\n')
    assert [type(one) for one in screened(path)] == [Reject, Subject]


def test_a_column_that_comes_late_is_told_and_other_keys_are_left_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "AHEAD", 2)
    path.write_text('{"name": "A"}\n{"name": "B"}\n{"name": "C", "LEI": ""}\n{"name": "D", "colour": "red"}\n')
    assert [(row, line) for row, line, _ in rejects(rows(path))] == [(3, 3)]


@pytest.mark.parametrize(("content", "said"), [("", "no header"), ('[{"name": "A"}]', "one JSON array"),
                                               ('{"name": 1, "Name": 2}\n', "stands twice")])  # fmt: skip
def test_what_is_no_table_is_refused(content: str, said: str, path: Path) -> None:
    with pytest.raises(InputError, match=said):
        open_table(written(path, content))


def test_it_may_be_packed_and_in_another_encoding(tmp_path: Path) -> None:
    packed = written(tmp_path / "a.ndjson.gz", gzip.compress('{"name": "Łódź"}\n'.encode("utf-16")))
    assert [row.cells for row in rows(packed) if isinstance(row, Row)] == [["Łódź"]]


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2)


@given(st.lists(st.dictionaries(st.sampled_from(["name", "a", "b"]), VALUES) | VALUES, max_size=8))
def test_every_line_is_one_row(tmp_path_factory: pytest.TempPathFactory, lines: list[object]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text('{"name": "h"}\n' + "".join(f"{json.dumps(line)}\n" for line in lines))
    found = rows(path)
    assert [(one.row, one.line) for one in found] == [(n, n) for n in range(1, len(lines) + 2)]
    assert [isinstance(one, Row) for one in found[1:]] == [isinstance(line, dict) for line in lines]
