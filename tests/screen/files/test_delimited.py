"""CSV files: every row is taken or rejected at its place, whatever stands in the others."""

import gzip
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.screen.files.opened import cells, rejects, rows, written

from vacatur.errors import InputError
from vacatur.screen.files import delimited, lines
from vacatur.screen.files.rows import MOST_FIELD, MOST_ROW, MOST_TEXT, Reject, Row
from vacatur.screen.files.table import MOST_COLUMNS, open_table


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_and_a_mark_of_utf_8_are_taken(ending: str, path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + ending.join(["name,ticker", "桤木,1810", '"a ""b"", c",7', ""]).encode())
    assert cells(path) == [["桤木", "1810"], ['a "b", c', "7"]]


def test_a_cell_may_run_over_lines_and_an_empty_line_is_no_row(path: Path) -> None:
    path.write_text('name\n"Alder\nMarine"\n\nBirch\n', "utf-8")
    assert [(row.row, row.line, row.cells) for row in rows(path) if isinstance(row, Row)] == [
        (1, 2, ["Alder\nMarine"]), (2, 5, ["Birch"]),
    ]  # fmt: skip


def test_a_header_alone_is_an_empty_table(path: Path) -> None:
    path.write_text("name,isin\n")
    assert rows(path) == []
    with open_table(path) as table:
        assert (table.name, table.form, table.columns) == (str(path), "csv", ("name", "isin"))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_the_header_has(sign: str, path: Path) -> None:
    path.write_text(f'name{sign}"note, if any"{sign}lei\nAlder{sign}x{sign}\n')
    assert cells(path) == [["Alder", "x", ""]]


def test_any_delimiter_can_be_asked_for_and_tsv_has_its_own(path: Path, tmp_path: Path) -> None:
    path.write_text("name~note,x\nAlder~1,2\n")
    assert cells(path, delimiter="~") == [["Alder", "1,2"]]
    assert cells(written(tmp_path / "a.tsv", "name\tnote,x,y\nAlder\t1\n")) == [["Alder", "1"]]
    path.write_text("name\tnote,x,y\nAlder\t1\n")
    assert cells(path, delimiter="tab") == cells(path, delimiter="\\t") == [["Alder", "1"]]


# What stands below the header `name,isin`, and the rejects (row, line, words in the reason) among the good rows.
BAD: dict[str, tuple[bytes, list[tuple[int, int, str]], list[str]]] = {
    "a row too short": (b"Alder,\nBirch\nCedar,\n", [(2, 3, "1 cells where the header has 2")], ["Alder", "Cedar"]),
    "a row too long": (b"Alder, Inc.,\nCedar,\n", [(1, 2, "3 cells where the header has 2")], ["Cedar"]),
    "a quote in the midst": (b'"Al"der,\nCedar,\n', [(1, 2, "a quote")], ["Cedar"]),
    "a quote left open": (b'Birch,\n"Alder,\nCedar,\nElm,\n', [(2, 3, "a quote")], ["Birch", "Cedar", "Elm"]),
    "a quote left open at the end": (b'Birch,\n"Alder', [(2, 3, "a quote")], ["Birch"]),
    "a quote that another one closes": (b'"Alder,\nCedar,\nElm,\n2"",\nFir,\n', [(1, 2, "a quote")],
                                        ["Cedar", "Elm", '2""', "Fir"]),
    "a quote that swallows whole rows": (b'"Alder,\nCedar,\nElm,\n27",\n', [(1, 2, "a quote")],
                                         ["Cedar", "Elm", '27"']),
    "lines too many for one row": (b'"Alder' + b"\n" * 101 + b'",\nCedar,\n', [(1, 2, "a quote"), (2, 103, "a quote")],
                                   ["Cedar"]),
    "Latin-1 in one row": ("Alder,\nCafé,\nCedar,\n".encode("latin-1"), [(2, 3, "byte 0xe9 is not UTF-8")],
                           ["Alder", "Cedar"]),
    "two encodings": ("Café,\n".encode() + "Café,\n".encode("cp1252"), [(2, 3, "is not UTF-8")], ["Café"]),
    "a line of other bytes within quotes": (b'"Alder\nMar\xffine",\nCedar,\n', [(1, 2, "a quote"), (2, 3, "0xff")],
                                            ["Cedar"]),
    "half a letter at the end": (b"Alder,\nBirch\xc3", [(2, 3, "byte 0xc3 is not UTF-8")], ["Alder"]),
    "NUL bytes": (b"Alder,\nBir\0ch,\nCedar,\n", [(2, 3, "NUL bytes")], ["Alder", "Cedar"]),
    "a huge cell": (b"Alder,\n" + b"x" * (MOST_FIELD + 1) + b",\nCedar,\n", [(2, 3, "a cell is longer")],
                    ["Alder", "Cedar"]),
    "a huge quoted cell": (b'Alder,\n"' + b"x" * (2 * MOST_FIELD) + b'",\nCedar,\n', [(2, 3, "a cell is longer")],
                           ["Alder", "Cedar"]),
    "a huge row": (b"Alder,\n" + b"x," * MOST_ROW + b"\nCedar,\n", [(2, 3, "the row is longer")], ["Alder", "Cedar"]),
    "a huge row at the end": (b"Alder,\n" + b"x" * 3 * MOST_ROW, [(2, 3, "the row is longer")], ["Alder"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_told_where_it_stands_and_costs_no_other(name: str, path: Path) -> None:
    content, told, good = BAD[name]
    found = rows(written(path, b"name,isin\n" + content))
    assert [(row, line) for row, line, _ in rejects(found)] == [(row, line) for row, line, _ in told]
    assert all(said in why for (_, _, why), (_, _, said) in zip(rejects(found), told, strict=True))
    assert [row.cells[0] for row in found if isinstance(row, Row)] == good
    assert [row.row for row in found] == list(range(1, len(found) + 1))
    assert all(one.fix and len(one.text) <= MOST_TEXT for one in found if isinstance(one, Reject))


# What stands in the file, and words that the refusal must say.
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "a mark alone": (b"\xef\xbb\xbf", "is empty"),
    "a blank first line": (b"\nname\nAlder\n", "is empty"),
    "no titles": (b",,\nAlder,,\n", "it has no header"),
    "a column twice": (b"name,isin,Name\nA,,B\n", "column name stands twice"),
    "another column twice": (b"name,note,note\nA,,B\n", "column note stands twice"),
    "a header in another encoding": ("name,Nationalität\nA,\n".encode("cp1252"), "cp1252"),
    "UTF-16 without its mark": ("name\nAlder\n".encode("utf-16-le"), "utf-16"),
    "a quote left open in the header": (b'"name\nAlder\n', "a quote is left open"),
    "too many columns": (b"," * MOST_COLUMNS + b"\n", "it has no header"),
    "too many titles": (b"a," * MOST_COLUMNS + b"\n", f"more than {MOST_COLUMNS} columns"),
    "a huge header": (b"a" * 2 * MOST_ROW, "longer than"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "a spreadsheet or another archive"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or password-protected spreadsheet"),
    "a web page": (b"<html><body>Not found</body></html>", "a web page"),
    "a PDF": (b"%PDF-1.7\n", "a PDF"),
    "gzip": (gzip.compress(b"name\nAlder\n"), "gzip"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_which_every_row_is_doubtful_is_refused(name: str, path: Path) -> None:
    content, said = REFUSED[name]
    with pytest.raises(InputError) as raised:
        open_table(written(path, content))
    assert said in str(raised.value)
    assert raised.value.where.startswith(str(path))
    assert raised.value.fix
    assert len(str(raised.value)) < 1000


def test_a_file_that_is_not_there_or_is_none(path: Path, tmp_path: Path) -> None:
    for source, said in ((path, "No such file"), (tmp_path, "Is a directory"), (Path("a\0b"), "null")):
        for form in ("csv", "jsonl", "parquet", "arrow", "xlsx"):
            with pytest.raises(InputError, match=f"cannot be read: .*{said}"):
                open_table(source, form=form)


@pytest.mark.parametrize(("option", "value"), [("encoding", "klingon"), ("encoding", "hex"), ("encoding", "idna"),
                                               ("delimiter", ""), ("delimiter", ",,"), ("delimiter", '"')])  # fmt: skip
def test_an_option_that_means_nothing_is_told(option: str, value: str, path: Path) -> None:
    path.write_text("name\nAlder\n")
    with pytest.raises(InputError, match=option):
        rows(path, **{option: value})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "gb18030", "shift_jis"])
def test_any_encoding_can_be_named(encoding: str, path: Path) -> None:
    name = "木" if encoding in ("gb18030", "shift_jis") else "Café"
    path.write_bytes(f"name,note\n{name},x\n".encode(encoding))
    assert cells(path, encoding=encoding) == [[name, "x"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_more_than_an_option(encoding: str, path: Path) -> None:
    path.write_bytes("name,note\nŁódź,\n".encode(encoding))
    assert cells(path, encoding="cp1252") == cells(path) == [["Łódź", ""]]


def test_a_row_of_utf_16_that_is_cut_within_a_letter_is_rejected(path: Path) -> None:
    path.write_bytes("name\nAlder\nBirch\n".encode("utf-16") + b"\xd8")
    assert rejects(rows(path)) == [(3, 4, "byte 0xd8 is not UTF-16-LE")]


def test_a_file_may_be_packed(tmp_path: Path) -> None:
    packed = written(tmp_path / "customers.CSV.gz", gzip.compress(b"name,isin\nAlder,\nBirch\n"))
    assert [type(row) for row in rows(packed)] == [Row, Reject]


def test_a_packed_file_that_is_cut_off_or_damaged_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(b"name\n" + b"".join(b"Alder %d\n" % n for n in range(300_000)))
    for content in (whole[:-20], whole[: len(whole) // 2] + b"\0" * 50, b"name\nAlder\n"):
        with pytest.raises(InputError, match="cannot be read"):
            rows(written(tmp_path / "a.csv.gz", content))


def test_a_packed_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "SMALL", 1_000_000)
    with pytest.raises(InputError, match="unpacks to more than 200 times its size"):
        rows(written(tmp_path / "a.csv.gz", gzip.compress(b"name\n" + b"x" * 8_000_000)))


def test_a_line_of_200_megabytes_is_one_reject_and_takes_little_memory(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"name,isin\nAlder,\n")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b"\nBirch,\n")
    tracemalloc.start()
    try:
        found = rows(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [type(row) for row in found] == [Row, Reject, Row]
    assert rejects(found) == [(2, 3, f"the row is longer than {MOST_ROW} characters")]
    assert peak < 20_000_000


def test_how_far_a_file_is_read_can_be_told(path: Path) -> None:
    path.write_bytes(b"name\n" + b"Alder Marine\n" * 100_000)
    with open_table(path) as table:
        seen = [table.at for _ in table]
        assert 0 < seen[0] < table.size == path.stat().st_size == table.at
        assert seen == sorted(seen)


BYTES = st.lists(
    st.sampled_from(
        [b"a", b",", b'"', b"\n", b"\r", b"\r\n", b" ", b"\xc3\xa9", b"\xff", b"\0", b'"a"', b"a,b\n", b'a",":']
    ),
    max_size=30,
).map(b"".join)


@given(BYTES, st.integers(4, 40))
def test_every_line_is_in_exactly_one_row_whatever_bytes_a_file_holds(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, chunk: int
) -> None:
    path = written(tmp_path_factory.getbasetemp() / "any.csv", b"h,k\n" + body)
    with patch.object(lines, "CHUNK", chunk), patch.object(delimited, "MOST_LINES", 5):
        found = rows(path, delimiter=",")
    assert [(one.line, one.cells if isinstance(one, Row) else None) for one in found] == list(slow_twin(body))
    assert [one.row for one in found] == list(range(1, len(found) + 1))


def slow_twin(body: bytes) -> Iterator[tuple[int, list[str] | None]]:
    """The same law, letter by letter: line and cells of every row, no cells for a reject."""
    text = body.decode("utf-8", "surrogateescape")
    physical = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ends = list(endings(text))
    place = 0
    while place < len(physical):
        line = place + 2
        if not physical[place]:
            place += 1
            continue
        parsed, used = record(physical, ends, place)
        inner = physical[place + 1 : place + used - 1]
        swallowed = bool(inner) and all(one.count(",") == 1 for one in inner)
        if parsed is not None and len(parsed) == 2 and not (used > 1 and swallowed):
            yield line, parsed
            place += used
        else:
            yield line, None
            place += 1


def endings(text: str) -> Iterator[str]:
    place = 0
    while place < len(text):
        if text.startswith("\r\n", place):
            yield "\r\n"
            place += 1
        elif text[place] in "\r\n":
            yield text[place]
        place += 1
    yield ""


def record(physical: list[str], ends: list[str], first: int) -> tuple[list[str] | None, int]:
    """The cells of the record that begins at a line and how many lines it takes; no cells if it is not whole."""
    cells, cell, state = list[str](), "", "start"
    for used in range(1, 6):
        if first + used > len(physical):
            return None, used
        line = physical[first + used - 1]
        if "\0" in line or any("\udc80" <= sign <= "\udcff" for sign in line):
            return None, used
        for sign in line:
            if state == "quoted":
                state, cell = ("closing", cell) if sign == '"' else ("quoted", cell + sign)
            elif sign == "," or (state == "closing" and sign != '"'):
                if sign != ",":
                    return None, used
                cells, cell, state = [*cells, cell], "", "start"
            elif sign == '"' and state == "start":
                state = "quoted"
            else:
                state, cell = ("quoted" if state == "closing" else "plain"), cell + sign
        if state != "quoted":
            return [*cells, cell], used
        cell += ends[first + used - 1]
    return None, 5
