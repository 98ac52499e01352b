"""Subjects out of files: what their cells may say, and the rejects of those that say what cannot be."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.screen.files.opened import ISIN, LATEST, LEI, names, rejects, screened, written

from vacatur.errors import InputError, WordUnknown
from vacatur.screen.files.columns import understand
from vacatur.screen.files.rejects import rejects_csv
from vacatur.screen.files.rows import MOST_TEXT, Reject
from vacatur.screen.files.subjects import preview, subjects
from vacatur.screen.files.table import open_table
from vacatur.screen.files.values import iso_date
from vacatur.screen.subject import Subject


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


def test_any_of_the_columns_in_any_order_and_case_with_others_between(path: Path) -> None:
    path.write_text(f"note,LEI, Name ,country,ISIN\nx,{LEI},Alder Marine,KY,{ISIN}\n,,Birch,,\n", "utf-8")
    first, second = screened(path)
    assert isinstance(first, Subject)
    assert isinstance(second, Subject)
    assert first.query() == {"name": "Alder Marine", "country": "KY", "isin": ISIN, "lei": LEI}
    assert second.query() == {"name": "Birch"}
    assert (first.row, second.row) == (1, 2)


def test_everything_that_a_row_says_reaches_its_subject(path: Path) -> None:
    path.write_text(
        "id;first name;last name;aka;entity type;dob;sex;nationality;residence country;address;exchange;ticker;"
        "passport no\n"
        '7;Ada;Quay;"A. Quay; Ada Q|Q.";Individual;17.05.1970;F;KY|CN;DE;"1; Quay Street";xhkg;1810;"P1;P2"\n'
    )
    (found,) = screened(path)
    assert isinstance(found, Subject)
    assert found.query() == {
        "key": "7", "name": "Ada Quay", "aliases": ["A. Quay", "Ada Q", "Q."], "kind": "person",
        "birth_date": "1970-05-17", "gender": "female", "country": ["KY", "CN", "DE"], "address": "1; Quay Street",
        "mic": "XHKG", "ticker": "1810", "passport": ["P1", "P2"],
    }  # fmt: skip


def test_a_name_in_parts_beside_a_whole_one_is_a_further_name(path: Path) -> None:
    path.write_text("Name,First name,Last name\nQuay Ltd,Ada,Quay\nAda Quay,Ada,Quay\n,Ada,Quay\n")
    assert [one.names for one in screened(path) if isinstance(one, Subject)] == [
        ("Quay Ltd", "Ada Quay"), ("Ada Quay",), ("Ada Quay",),
    ]  # fmt: skip


# A row below `id,name,isin,lei,imo,dob,kind,gender` among good ones, and words of the reason for its reject.
BAD = {
    "a wrong ISIN": (f",A,{ISIN[:-1]}7,,,,,", "is not an ISIN: its check digit fails"),
    "a wrong LEI": (f",A,,{LEI[:-1]}6,,,,", "is not a LEI: its check digits fail"),
    "a wrong IMO number": (",A,,,1234568,,,", "is not an IMO"),
    "nothing": (",,,,,,,", "nothing to screen"),
    "only a key": ("7,,,,,,,", "nothing to screen"),
    "a name without letters": (",???,,,,,,", "nothing to screen"),
    "a day that there is not": (",A,,,,1970-02-30,,", "cannot be a date of birth"),
    "a month that there is not": (",A,,,,19701301,,", "cannot be a date of birth"),
    "a day to come": (",A,,,,2999-01-01,,", "cannot be a date of birth"),
    "a day long ago": (",A,,,,1066-10-14,,", "cannot be a date of birth"),
    "a day in words": (",A,,,,sometime,,", "'sometime' is not a date"),
    "a day with a year of two digits": (",A,,,,17.05.70,,", "is not a date"),
    "day or month first": (",A,,,,03/04/1970,,", "may have the day or the month first"),
    "a kind that is none": (",A,,,,,robot,", "kind 'robot' is not known"),
    "a key that stands twice": ("1,A,,,,,,", "key '1' stands in row 1 already"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_row_that_cannot_be_screened_is_told_and_costs_no_other(name: str, path: Path) -> None:
    row, said = BAD[name]
    path.write_text(f"id,name,isin,lei,imo,dob,kind,gender\n1,Alder,,,,1970,person,m\n{row}\n2,Cedar,,,,,,unknown\n")
    found = screened(path)
    assert names(found) == ["Alder", "Cedar"]
    (reject,) = [one for one in found if isinstance(one, Reject)]
    assert (reject.row, reject.line, reject.text) == (2, 3, row)
    assert said in reject.why
    assert reject.fix


@pytest.mark.parametrize(
    ("written", "dates", "read"),
    [
        ("1970-05-17", "iso", "1970-05-17"), ("1970-05", "iso", "1970-05"), ("1970", "iso", "1970"),
        ("19700517", "iso", "1970-05-17"), ("1970/5/7", "iso", "1970-05-07"), ("1970.05.17", "iso", "1970-05-17"),
        ("17.05.1970", "iso", "1970-05-17"), ("7. 5. 1970", "mdy", "1970-05-07"), ("17/05/1970", "dmy", "1970-05-17"),
        ("5-17-1970", "mdy", "1970-05-17"), ("1970-05-17T00:00:00Z", "iso", "1970-05-17"),
        ("1970-05-17 12:30:00.000", "dmy", "1970-05-17"), (" 1970 ", "iso", "1970"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(written: str, dates: str, read: str) -> None:
    assert iso_date(written, dates) == read


def test_how_dates_are_written_can_be_said(path: Path) -> None:
    path.write_text("name,dob\nAlder,03/04/1970\nBirch,13/04/1970\n")
    assert [one.birth_date for one in screened(path, dates="dmy") if isinstance(one, Subject)] == [
        "1970-04-03",
        "1970-04-13",
    ]
    assert rejects(screened(path, dates="mdy")) == [(2, 3, "'1970-13-04' cannot be a date of birth")]
    assert rejects(screened(path))[0][2] == "'03/04/1970' may have the day or the month first"
    with pytest.raises(WordUnknown, match="dmy"):
        screened(path, dates="ymd")


def test_the_first_of_two_rows_with_a_key_is_the_one_that_is_screened(path: Path) -> None:
    path.write_text("id,name\n1,Alder\n2,Birch\n1,Cedar\n,Elm\n,Fir\n1,Gorse\n")
    found = screened(path)
    assert names(found) == ["Alder", "Birch", "Elm", "Fir"]
    assert rejects(found) == [(3, 4, "key '1' stands in row 1 already"), (6, 7, "key '1' stands in row 1 already")]


def test_a_preview_shows_the_first_rows_as_they_are_understood(path: Path) -> None:
    path.write_text("name,dob\nAlder,19700517\nBirch,?\nCedar,\n")
    with open_table(path) as table:
        first, second = preview(table, understand(table.columns), latest=LATEST, count=2)
    assert isinstance(first, Subject)
    assert first.query() == {"name": "Alder", "birth_date": "1970-05-17"}
    assert isinstance(second, Reject)


def test_the_rejects_are_a_file_that_no_spreadsheet_runs(path: Path) -> None:
    path.write_bytes(b'name,note\n=cmd|x\n"@SUM(A1)\n Alder\n')
    found = [one for one in screened(path) if isinstance(one, Reject)]
    table = list(csv.DictReader(io.StringIO("".join(rejects_csv(found)), newline="")))
    assert [(row["row"], row["line"], row["text"]) for row in table] == [
        ("1", "2", "'=cmd|x"), ("2", "3", '"@SUM(A1)'), ("3", "4", " Alder"),
    ]  # fmt: skip
    assert all(row["why"] and row["fix"] for row in table)
    assert list(rejects_csv([])) == ["row,line,why,fix,text\n"]


@given(st.text(), st.text(max_size=3))
def test_no_cell_of_the_rejects_begins_like_a_formula(text: str, why: str) -> None:
    _, line = rejects_csv([Reject(1, 2, why, "", text)])
    (cells,) = csv.reader([line], strict=True) if "\n" not in line[:-1] and "\r" not in line else [[]]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@given(
    st.lists(
        st.sampled_from(
            ["Alder,1970\n", ",\n", "\n", '"Al', '"\n', "\xe9,", "Birch,1/2/1970\n", "x" * 40 + "\n", "Elm,\r"]
        )
    )
)
def test_every_row_of_a_file_is_a_subject_or_a_reject(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    path = written(tmp_path_factory.getbasetemp() / "any.csv", ("name,dob\n" + "".join(pieces)).encode("latin-1"))
    with open_table(path) as table:
        rows = len(list(table))
    found = screened(path)
    assert [one.row for one in found] == list(range(1, rows + 1))
    assert all(len(one.text) <= MOST_TEXT for one in found if isinstance(one, Reject))


@given(st.binary(max_size=200), st.sampled_from(["csv", "tsv", "jsonl", "parquet", "arrow", "xlsx"]))
def test_any_bytes_are_rows_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes, form: str) -> None:
    path = written(tmp_path_factory.getbasetemp() / "any", content)
    try:
        with open_table(path, form=form) as table:
            found = list(subjects(table, understand(table.columns), latest=LATEST))
    except InputError:
        return
    assert [one.row for one in found] == list(range(1, len(found) + 1))
