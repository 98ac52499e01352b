"""Files of prices may hold anything: good rows are used, bad ones located, nothing is lost silently."""

import tracemalloc
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.errors import InputError
from vacatur.report.impact import prices as reader
from vacatur.report.impact.prices import LONGEST, MOST_TOLD, Prices, read_prices

GOOD = {date(2021, 3, 1): Decimal("27.15"), date(2021, 3, 2): Decimal("26.90")}


def taken(folder: Path, text: str | bytes) -> Prices:
    path = folder / "prices.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_prices(path)


def test_a_plain_file_is_read_exactly(tmp_path: Path) -> None:
    found = taken(tmp_path, "date,close\n2021-03-01,27.15\n2021-03-02,26.90\n")
    assert found.closes == GOOD
    assert str(found.closes[date(2021, 3, 2)]) == "26.90"
    assert (found.rows, found.rejected, found.in_order, found.columns) == (2, 0, True, ("date", "close"))
    assert found.file == "prices.csv"
    assert found.sha256 == sha256((tmp_path / "prices.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize("text", [
    "Date;Open;Close\r\n2021-03-01;1;27.15\r\n2021-03-02;1;26.90\r\n",
    "\ufeffDATE\tPX_LAST\n2021-03-01\t27.15\n2021-03-02\t26.90\n",
    'Date,"Adj Close**",Close\n2021-03-01,"27.15",1\n2021-03-02,26.90,1\n',
    "Date,Close,Adj Close\n2021-03-01 00:00:00-05:00,1,27.15\n2021-03-02T00:00:00Z,1,26.90\n",
    "trade date,index\n20210301,27.15\n\n20210302,26.90",
    "price , day\n 27.15 , 2021-03-01\n26.90,2021-03-02\n",
])  # fmt: skip
def test_files_as_they_are_exported(tmp_path: Path, text: str) -> None:
    found = taken(tmp_path, text)
    assert found.closes == GOOD
    assert found.rejected == 0


@pytest.mark.parametrize(("row", "reason"), [
    ("2021-03-03", "1 cell where the head has 2"), ("2021-03-03,1,2", "3 cells where the head has 2"),
    ("2021-02-30,1", "'2021-02-30' is not a date such as 2021-03-20"),
    ("03/04/2021,1", "'03/04/2021' is not a date such as 2021-03-20"),
    ("2021-03-03 16:00,1", "'2021-03-03 16:00' is not a date such as 2021-03-20"),
    ("0001-01-01,1", "'0001-01-01' is not a date such as 2021-03-20"),
    ("9999-12-31,1", "'9999-12-31' is not a date such as 2021-03-20"),
    (",1", "'' is not a date such as 2021-03-20"), ("2021-03-03,", "2021-03-03 has no price"),
    ("2021-03-03,0", "a price of '0' is not above zero"), ("2021-03-03,0.000", "a price of '0.000' is not above zero"),
    ("2021-03-03,-5", "a price of '-5' is not above zero"),
    ("2021-03-03,n/a", "'n/a' is not a plain decimal such as 1234.50"),
    ("2021-03-03,NaN", "'NaN' is not a plain decimal such as 1234.50"),
    ("2021-03-03,Infinity", "'Infinity' is not a plain decimal such as 1234.50"),
    ("2021-03-03,1e5", "'1e5' is not a plain decimal such as 1234.50"),
    ('2021-03-03,"1,234.50"', "'1,234.50' is not a plain decimal such as 1234.50"),
    ("2021-03-03,٣", "'٣' is not a plain decimal such as 1234.50"),
    ("2021-03-03,=cmd|' /C calc'!A0", "\"=cmd|' /C calc'!A0\" is not a plain decimal such as 1234.50"),
    ("2021-03-03," + "9" * 40, f"'{'9' * 40}' is not a plain decimal such as 1234.50"),
    ("2021-03-03," + "9" * 60, f"'{'9' * 40}…' is not a plain decimal such as 1234.50"),
    ('2021-03-03,"1', "not a row of CSV: unexpected end of data"),
    ("2021-03-02,26.90", "2021-03-02 stands on line 3 already, with the same price"),
    ("x" * LONGEST, f"longer than {LONGEST:,} bytes"),
])  # fmt: skip
def test_a_bad_row_is_located_and_the_good_ones_are_used(tmp_path: Path, row: str, reason: str) -> None:
    found = taken(tmp_path, f"date,close\n2021-03-01,27.15\n2021-03-02,26.90\n{row}\n")
    assert found.closes == GOOD
    assert [(one.line, one.reason) for one in found.rejects] == [(4, reason)]
    assert (found.rows, found.rejected) == (3, 1)


def test_bytes_that_are_no_text_spoil_their_own_row_only(tmp_path: Path) -> None:
    found = taken(tmp_path, b"date,close\n2021-03-01,27.15\n2021-03-03,\xff\xfe\n2021-03-02,26.90\n")
    assert found.closes == GOOD
    assert [(one.line, one.reason) for one in found.rejects] == [(3, "not UTF-8")]


def test_two_prices_of_one_day_are_both_rejected(tmp_path: Path) -> None:
    found = taken(
        tmp_path, "date,close\n2021-03-03,1\n2021-03-01,27.15\n2021-03-03,2\n2021-03-02,26.90\n2021-03-03,1\n"
    )
    assert found.closes == GOOD
    assert [(one.line, one.reason) for one in found.rejects] == [
        (2, "2021-03-03 has another price on line 4, and neither can be preferred"),
        (4, "2021-03-03 has another price on line 2, and neither can be preferred"),
        (6, "2021-03-03 has another price on line 2, and neither can be preferred")]  # fmt: skip
    assert (found.rows, found.rejected) == (5, 3)


def test_rows_out_of_order_are_sorted_and_it_is_said(tmp_path: Path) -> None:
    found = taken(tmp_path, "date,close\n2021-03-02,26.90\n2021-03-01,27.15\n")
    assert list(found.closes) == sorted(GOOD)
    assert not found.in_order


def test_many_bad_rows_are_all_counted_and_some_told(tmp_path: Path) -> None:
    found = taken(tmp_path, "date,close\n2021-03-01,27.15\n" + "bad\n" * 1000)
    assert (found.rows, found.rejected) == (1001, 1000)
    assert len(found.rejects) <= MOST_TOLD


@pytest.mark.parametrize(("text", "said"), [
    (b"", "has no column for a date"), (b"\n\n", "has no column for a date"),
    (b"date,volume\n2021-03-01,1\n", "has no column for a close"), (b"close\n1\n", "has no column for a date"),
    (b"date,close,Close\n2021-03-01,1,2\n", "has 2 columns called 'close'"),
    (b"date,close\n", "no price in it can be used"),
    (b"date,close\nx,1\n2021-03-01,2,3\n", "Line 2: 'x' is not a date"),
    ("date,close\n2021-03-01,1\n".encode("utf-16"), "Save it as CSV in UTF-8"),
    (b'date,"close\n2021-03-01,1\n', "its head cannot be read"),
    (b"d" * (LONGEST + 1), "has no column for a date"),
])  # fmt: skip
def test_what_is_no_table_of_prices_is_refused_with_its_reason(tmp_path: Path, text: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        taken(tmp_path, text)
    assert "prices.csv" in caught.value.where
    assert caught.value.fix


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(InputError, match="is not a file"):
            read_prices(path)


def test_files_beyond_all_measure_are_refused_before_they_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MOST_LINES", 10)
    with pytest.raises(InputError, match="more than 10 lines"):
        taken(tmp_path, "date,close\n" + "2021-03-01,1\n" * 12)
    monkeypatch.setattr(reader, "MOST_BYTES", 1 << 20)
    with pytest.raises(InputError, match="larger than 1 MiB"):
        taken(tmp_path, "x" * ((1 << 20) + 1))


def test_one_endless_line_is_skipped_in_small_room(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    with path.open("wb") as file:
        file.write(b"date,close\n2021-03-01,27.15\n")
        file.writelines(b"9" * (1 << 20) for _ in range(32))
        file.write(b"\n2021-03-02,26.90\n")
    tracemalloc.start()
    found = read_prices(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.closes == GOOD
    assert [(one.line, one.reason) for one in found.rejects] == [(3, f"longer than {LONGEST:,} bytes")]
    assert peak < 4 << 20


def test_days_after_the_view_are_left_out_and_counted(tmp_path: Path) -> None:
    found = taken(tmp_path, "date,close\n2021-03-01,27.15\n2021-03-02,26.90\n2021-03-03,1\n").until(date(2021, 3, 2))
    assert found.closes == GOOD
    assert found.later == 1


@given(st.binary(max_size=300), st.lists(st.text(max_size=30), max_size=20))
def test_no_file_breaks_the_reader_and_every_row_is_used_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, rows: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    head = "date,close\n2021-03-01,27.15\n"
    for content in (raw, head.encode() + raw, (head + "\n".join(rows)).encode("utf-8", "surrogatepass")):
        path.write_bytes(content)
        try:
            found = read_prices(path)
        except InputError:
            continue
        assert found.rows == found.rejected + len(found.closes)
        assert list(found.closes) == sorted(found.closes)
        assert all(close > 0 for close in found.closes.values())
