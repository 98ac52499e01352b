"""Reading positions: every row comes out once, and what cannot be assessed says where, why and what to do."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.errors import InputError
from vacatur.screen.files.rows import Row
from vacatur.screen.portfolio.reading import Taken, read, taken, understood

HEADER = "position,name,isin,ticker,mic,quantity,value,currency\n"


@pytest.fixture
def take(tmp_path: Path) -> Any:
    def one(text: str, file: str = "held.csv", **mapping: str) -> Taken:
        path = tmp_path / file
        path.write_text(text, "utf-8")
        return taken(path, mapping, {})

    return one


def reasons(found: Taken) -> dict[int, str]:
    return {one.row: one.why for one in found.rejects}


def test_a_position_keeps_what_the_file_says(take: Any) -> None:
    found = take(HEADER + 'P-1,Alder Marine,KYQUAY000016,1810 HK,XHKG,"1,234,567",99.50,usd\n')
    (one,) = found.positions
    assert (one.row, one.key, one.name, one.quantity, one.value, one.currency) == (
        1, "P-1", "Alder Marine", Decimal(1234567), Decimal("99.50"), "USD")  # fmt: skip
    assert one.identifiers == (("isin", "KYQUAY000016"), ("ticker", "1810 HK"))
    assert one.subject.mic == "XHKG"
    assert (found.title, found.rejects, len(found.sha256)) == ("held.csv", (), 64)


def test_rows_that_cannot_be_assessed_are_rejects_and_the_others_are_assessed(take: Any) -> None:
    found = take(
        HEADER
        + "1,Alder,,,,-5,1,USD\n"
        + "2,Alder,,,,5,-1,USD\n"
        + "3,Alder,KYQUAY000017,,,5,1,USD\n"
        + "4,Alder,,,,5,1,XXQ\n"
        + "5,Alder,,,,5,1,\n"
        + '6,Alder,,,,5,"1,234",USD\n'
        + "7,,,,,5,1,USD\n"
        + "8,Alder,,,,1e99,1,USD\n"
        + "9,Alder,,,,5,1,GBp\n"
        + "10,Alder\n"
        + "11,Alder,,,,5,1,USD\n"
    )
    assert [one.key for one in found.positions] == ["11"]
    said = reasons(found)
    assert list(said) == list(range(1, 11))
    words = ("quantity '-5' is negative", "value '-1' is negative", "check digit fails", "'XXQ' is not a currency code",
             "a value without a currency", "could be two numbers", "nothing to screen", "powers of ten", "'GBp' is not",
             "2 cells where")  # fmt: skip
    assert [why for why, part in zip(said.values(), words, strict=True) if part not in why] == []
    assert all(one.fix and one.line == one.row + 1 for one in found.rejects)
    assert "in it" in next(one.fix for one in found.rejects if one.row == 9)


def test_rows_that_share_an_id_are_all_rejects(take: Any) -> None:
    found = take(HEADER + "A,Alder,,,,1,,\nB,Birch,,,,1,,\nA,Cedar,,,,1,,\n,Dogwood,,,,1,,\n,Elm,,,,1,,\n")
    assert [one.name for one in found.positions] == ["Birch", "Dogwood", "Elm"]
    assert all("'A' stands in more than one row" in why for why in reasons(found).values())
    assert list(reasons(found)) == [1, 3]


def test_a_dot_is_doubtful_where_the_column_has_commas(take: Any) -> None:
    text = "name;value;currency\nAlder;1.234,56;EUR\nBirch;1.234;EUR\nCedar;1234.5;EUR\n"
    found = take(text)
    assert [str(one.value) for one in found.positions] == ["1234.56", "1234.5"]
    assert "could be two numbers" in reasons(found)[2]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Security Name,Shares,Market Value,Ccy", {"name", "quantity", "value", "currency"}),
        ("ISIN,Qty,MV,Currency Code", {"isin", "quantity", "value", "currency"}),
        ("Wertpapier;Stück;Kurswert;Währung", {"name", "quantity", "value", "currency"}),
        ("lot id,figi,nominal", {"key", "figi", "quantity"}),
        ("Security Name,Issuer,ISIN", {"name", "aliases", "isin"}),
    ],
)
def test_columns_are_understood_by_what_people_call_them(header: str, columns: set[str]) -> None:
    assert understood(header.replace(";", ",").split(","), {}, "x").keys() == columns


def test_a_column_can_be_said(take: Any) -> None:
    found = take("Emittent,Kurs,Betrag,Einheit\nAlder,9,100,CHF\n", name="Emittent", value="Betrag", currency="Einheit")
    (one,) = found.positions
    assert (one.name, one.value, one.currency) == ("Alder", Decimal(100), "CHF")


@pytest.mark.parametrize(
    ("text", "mapping", "words"),
    [
        ("amount,price\n1,2\n", {}, "no column says whose securities"),
        ("name,value\nA,1\n", {"wert": "value"}, "no column 'wert' is known"),
        ("name,value\nA,1\n", {"value": "Wert"}, "no column is headed 'Wert'"),
        ("name,value,market value\nA,1,2\n", {}, "2 columns could be `value`"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_whole(take: Any, text: str, mapping: Any, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        take(text, **mapping)
    assert refused.value.fix


def test_json_lines_and_parquet_and_tables_are_read_alike(take: Any, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    rows = {"position": ["1", "2"], "name": ["Alder", "Birch"], "value": [1.5, 2.25], "currency": ["USD", "EUR"]}
    table = pa.table(rows)
    parquet.write_table(table, tmp_path / "held.parquet")
    each = (dict(zip(rows, cells, strict=True)) for cells in zip(*rows.values(), strict=True))
    lines = "".join(f"{json.dumps(one)}\n" for one in each)
    found = [take(lines, "held.jsonl"), taken(tmp_path / "held.parquet", {}, {}), taken(table, {}, {})]
    assert [[(one.key, one.value) for one in those.positions] for those in found] == [
        [("1", Decimal("1.5")), ("2", Decimal("2.25"))]
    ] * 3
    assert all(len(those.sha256) == 64 for those in found)


CELLS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=4, max_size=4)


@given(cells=st.lists(CELLS, max_size=12))
def test_every_row_comes_out_once(cells: list[list[str]]) -> None:
    columns = understood(["position", "name", "value", "currency"], {}, "x")
    rows = [Row(place, place + 1, one, "") for place, one in enumerate(cells, start=1)]
    positions, rejects = read(rows, columns, "x")
    out = [one.row for one in positions] + [one.row for one in rejects]
    assert sorted(out) == [row.row for row in rows]
    assert all(one.why and one.fix for one in rejects)
