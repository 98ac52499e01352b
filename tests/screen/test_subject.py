"""Subjects: what a file may look like, and what is told of one that cannot be taken."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.errors import InputError
from vacatur.screen.subject import MOST_FIELD, Subject, from_csv, from_list

LEI, ISIN = "QUAY00ALDER0MARINE45", "KYQUAY000016"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


def test_any_of_the_columns_in_any_order_and_case_with_others_between(path: Path) -> None:
    path.write_text(f"note,LEI, Name ,country,ISIN\nx,{LEI},Alder Marine,KY,{ISIN}\n,,Birch,,\n", "utf-8")
    assert from_csv(path) == [
        Subject(1, "Alder Marine", ISIN, "", LEI, "KY"),
        Subject(2, "Birch", "", "", "", ""),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_and_a_mark_of_utf_8_are_taken(ending: str, path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + ending.join(["name,ticker", "桤木,1810", '"a ""b"", c",7', ""]).encode())
    assert [(s.name, s.ticker) for s in from_csv(path)] == [("桤木", "1810"), ('a "b", c', "7")]


def test_a_cell_may_run_over_lines_and_an_empty_line_is_no_row(path: Path) -> None:
    path.write_text('name\n"Alder\nMarine"\n\nBirch\n', "utf-8")
    assert [subject.name for subject in from_csv(path)] == ["Alder\nMarine", "Birch"]


def test_a_header_alone_is_an_empty_list(path: Path) -> None:
    path.write_text("name,isin\n")
    assert from_csv(path) == []


# What stands in the file, where the error must point, and words that it must say.
BAD: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", ", line 1", "is empty"),
    "a blank first line": (b"\nname\nAlder\n", ", line 1", "is empty"),
    "no column that is known": (b"co,country\nAlder,KY\n", ", line 1", "no column to screen among: co, country"),
    "only a country": (b"country\nKY\n", ", line 1", "Name at least one column: name, isin, ticker, lei"),
    "semicolons": (b"name;isin\nAlder;\n", ", line 1", "no column to screen among: name;isin"),
    "a column twice": (b"name,isin,Name\nA,,B\n", ", line 1", "column name stands twice"),
    "another column twice": (b"name,note,note\nA,,B\n", ", line 1", "column note stands twice"),
    "a row too short": (b"name,isin\nAlder,\nBirch\n", ", row 2 (line 3)", "1 cells where the header has 2"),
    "a row too long": (b"name,isin\nAlder, Inc.,\n", ", row 1 (line 2)", "3 cells where the header has 2"),
    "a quote left open": (b'name\n"Alder\n', ", line 2", "not readable as CSV"),
    "a quote in the midst": (b'name\n"Al"der\n', ", line 2", "not readable as CSV"),
    "a wrong check digit": (b"name,isin\nA,KYQUAY000016\nB,KYQUAY000017\n", ", row 2 (line 3)", "is not an ISIN"),
    "a wrong LEI": (b"lei\nQUAY00ALDER0MARINE46\n", ", row 1 (line 2)", "is not a LEI"),
    "nothing in a row": (b"name,isin,country\n,,KY\n", ", row 1 (line 2)", "nothing to screen"),
    "a name without letters": (b"name\nAlder\n???\n", ", row 2 (line 3)", "nothing to screen"),
    "Latin-1 in one row": ("name\nAlder\nCaf\u00e9\n".encode("latin-1"), ", line 3", "byte 14 (0xe9) is not UTF-8"),
    "two encodings": ("name\nCafé\n".encode() + "Café\n".encode("cp1252"), ", line 3", "is not UTF-8"),
    "UTF-16": ("name\nAlder\n".encode("utf-16"), ", line 1", "is not UTF-8"),
    "UTF-16 without its mark": ("name\nAlder\n".encode("utf-16-le"), ", line 1", "NUL bytes"),
    "NUL bytes": (b"name\nAlder\nBir\0ch\n", ", line 3", "NUL bytes"),
    "a huge cell": (b"name\nAlder\n" + b"x" * (MOST_FIELD + 1) + b"\n", ", line 3", "field larger than"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", ", line 1", "NUL bytes"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_taken_is_told_where_and_how_to_mend_it(name: str, path: Path) -> None:
    content, where, said = BAD[name]
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        from_csv(path)
    assert raised.value.where == f"{path}{where}"
    assert said in str(raised.value)
    assert raised.value.fix
    assert len(str(raised.value)) < 1000


def test_a_file_that_is_not_there_or_is_none(path: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        from_csv(path)
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        from_csv(tmp_path)
    with pytest.raises(InputError, match=r"cannot be read: .*null"):
        from_csv(Path("a\0b"))


def test_a_name_as_long_as_a_cell_may_be_is_taken(path: Path) -> None:
    path.write_text("name\n" + "x" * MOST_FIELD + "\n")
    assert len(from_csv(path)[0].name) == MOST_FIELD


def test_a_list_keeps_its_order_whatever_its_entries_are() -> None:
    given = ["Birch", Subject(9, "Cedar", "", "", "", ""), f" {ISIN.lower()} ", LEI, "Alder"]
    assert [(s.row, s.name or s.isin or s.lei) for s in from_list(given)] == [
        (1, "Birch"), (2, "Cedar"), (3, ISIN), (4, LEI), (5, "Alder"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "one", ["", "  ", "???", None, 7, b"Alder", ["Alder"], "a\ud800", Subject(1, "", "", "", "", "KY")]
)
def test_what_cannot_be_screened_is_told_by_its_row(one: object) -> None:
    with pytest.raises(InputError, match=r"^row 2: "):
        from_list(["Alder", one])


@given(st.lists(st.text("ab? \u00e9\u200b", max_size=4), max_size=5))
def test_a_list_is_taken_whole_or_refused_at_its_first_row_without_letters(texts: list[str]) -> None:
    empty = [row for row, text in enumerate(texts, start=1) if not set("ab\u00e9") & set(text)]
    if empty:
        with pytest.raises(InputError, match=f"^row {empty[0]}: nothing to screen"):
            from_list(texts)
    else:
        assert [subject.name for subject in from_list(texts)] == [text.strip() for text in texts]
