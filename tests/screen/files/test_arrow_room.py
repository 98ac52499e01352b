"""Arrow and Parquet files that are made to exhaust a machine: refused before the memory is spent."""

import base64
import random
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.screen.files.opened import names, rejects, rows, screened

from vacatur.errors import InputError
from vacatur.screen.files import arrow, arrow_room, parquet_room
from vacatur.screen.files.rows import Row

MEMORY = Path("/proc/self/status")

# Reads a file in a process of its own; prints the refusal and by how many bytes its memory has ever grown.
READ = """
import sys
from pathlib import Path
import pyarrow.parquet
from vacatur.errors import InputError
from vacatur.screen.files import arrow
from vacatur.screen.files.table import open_table

def peak():
    return next(1024 * int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))

before, said = peak(), ""
try:
    with open_table(sys.argv[1]) as table:
        for row in table:
            pass
except InputError as refused:
    said = str(refused)
print(peak() - before, said)
"""


def spent(path: Path) -> tuple[int, str]:
    """The memory that reading a file takes, in bytes, and what is said of the file."""
    if not MEMORY.exists():
        pytest.skip("how much memory a process takes is asked of Linux")
    done = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, check=True, timeout=120)
    grown, _, said = done.stdout.strip().partition(" ")
    return int(grown), said


def many(count: int, size: int) -> pa.RecordBatch:
    """A batch of columns that are one and the same, of few different bytes."""
    text = pa.array(["x" * 1000] * (size // 1000))
    return pa.record_batch([text] * count, [f"name {number}" for number in range(count)])


def ipc(path: Path, batch: pa.RecordBatch, packing: str | None, times: int = 1) -> Path:
    make = pa.ipc.new_stream if path.suffix == ".arrows" else pa.ipc.new_file
    options = pa.ipc.IpcWriteOptions(compression=packing)
    with pa.OSFile(str(path), "wb") as file, make(file, batch.schema, options=options) as writer:
        for _ in range(times):
            writer.write_batch(batch)
    return path


FORMS = pytest.mark.parametrize("form", [".arrow", ".arrows"])
PACKINGS = pytest.mark.parametrize("packing", ["lz4", "zstd"])


@FORMS
@PACKINGS
def test_a_batch_that_unpacks_to_more_than_any_needs_is_refused_before_it_is_unpacked(
    form: str, packing: str, tmp_path: Path
) -> None:
    path = ipc(tmp_path / f"a{form}", many(16, 40_000_000), packing)
    assert path.stat().st_size < 8_000_000
    grown, said = spent(path)
    assert said.startswith(f"{path}: batch 1 takes more than 500,000,000 bytes unpacked. ")
    assert "Write it in smaller batches" in said
    assert grown < 50_000_000


@FORMS
def test_many_batches_that_unpack_to_more_than_any_table_are_refused(form: str, tmp_path: Path) -> None:
    path = ipc(tmp_path / f"a{form}", many(1, 20_000_000), "zstd", 40)
    assert path.stat().st_size < 800_000_000 / 200
    grown, said = spent(path)
    assert said.startswith(f"{path}: it unpacks to more than 200 times its size. ")
    assert grown < 50_000_000


@FORMS
@pytest.mark.parametrize("delta", [False, True])
def test_dictionaries_count_with_the_batch_that_needs_them(
    form: str, delta: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [f"Alder {number}" for number in range(3000)]
    path = tmp_path / f"a{form}"
    first = pa.record_batch([pa.array(words[:1500]).dictionary_encode()], ["name"])
    second = pa.record_batch([pa.array(words).dictionary_encode()], ["name"])
    options = pa.ipc.IpcWriteOptions(compression="zstd", emit_dictionary_deltas=delta)
    make = pa.ipc.new_stream if form == ".arrows" else pa.ipc.new_file
    with pa.OSFile(str(path), "wb") as file, make(file, first.schema, options=options) as writer:
        writer.write_batch(first)
        if delta or form == ".arrows":
            writer.write_batch(second)
    assert len(rows(path)) in (1500, 4500)
    monkeypatch.setattr(arrow_room, "MOST_BATCH", 24_000)
    with pytest.raises(InputError, match="takes more than 24,000 bytes unpacked"):
        rows(path)


@PACKINGS
@FORMS
def test_what_is_honestly_packed_is_read_whoever_wrote_it(form: str, packing: str, tmp_path: Path) -> None:
    batch = pa.record_batch({"name": [f"Alder {number}" for number in range(10_000)], "note": [None] * 10_000})
    assert len(rows(ipc(tmp_path / f"a{form}", batch, packing, 3))) == 30_000
    frame, path = pl.DataFrame({"name": ["Alder", None, "Birch"], "kind": ["person"] * 3}), tmp_path / f"b{form}"
    write = frame.write_ipc_stream if form == ".arrows" else frame.write_ipc
    write(path, compression="lz4" if packing == "lz4" else "zstd")
    assert names(screened(path)) == ["Alder", "Birch"]


def shared(kind: pa.DataType, length: int, count: int) -> pa.Array:
    """Many texts that are the same bytes."""
    view = (length).to_bytes(4, "little") + b"xxxx" + bytes(8)
    return pa.Array.from_buffers(kind, count, [None, pa.py_buffer(view * count), pa.py_buffer(b"x" * length)])


LONG = 20_000_000
# Columns of a few megabytes whose texts come to gigabytes.
SHARED: dict[str, Callable[[], pa.Array]] = {
    "views": lambda: shared(pa.string_view(), LONG, 500),
    "a dictionary": lambda: pa.DictionaryArray.from_arrays(pa.array([0] * 500, pa.int8()), ["x" * LONG]),
    "a dictionary of views": lambda: pa.DictionaryArray.from_arrays(
        pa.array([0] * 500, pa.int8()), shared(pa.string_view(), LONG, 1)
    ),
    "lists of views": lambda: pa.ListArray.from_arrays(
        pa.array(range(501), pa.int32()), shared(pa.string_view(), LONG, 500)
    ),
    "lists of nothing": lambda: pa.FixedSizeListArray.from_arrays(pa.nulls(500 * 2**22), 2**22),
    "views of lists": lambda: pa.ListViewArray.from_arrays(
        pa.array([0] * 500, pa.int32()), pa.array([100_000] * 500, pa.int32()), pa.array(["x"] * 100_000)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHARED)
def test_texts_that_share_their_bytes_are_rejects_and_take_no_memory(name: str, tmp_path: Path) -> None:
    path = ipc(tmp_path / "a.arrow", pa.record_batch([SHARED[name]()], ["name"]), None)
    grown, said = spent(path)
    assert said == ""
    assert grown < 150_000_000
    assert [row for row, _, _ in rejects(rows(path))] == list(range(1, 501))


@pytest.mark.parametrize("form", [".arrow", ".arrows", ".parquet"])
def test_short_texts_that_share_their_bytes_come_to_no_more_than_any_table(form: str, tmp_path: Path) -> None:
    table = pa.table({"name": pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), ["x" * 9000])})
    path = parquet(tmp_path / "a.parquet", table) if form == ".parquet" else ipc(
        tmp_path / f"a{form}", table.to_batches()[0], None)  # fmt: skip
    grown, said = spent(path)
    assert said.startswith(f"{path}: it unpacks to more than 200 times its size. ")
    assert grown < 150_000_000


def parquet(path: Path, table: pa.Table, **how: Any) -> Path:
    pq.write_table(table, path, compression="zstd", dictionary_pagesize_limit=10**9, **how)
    return path


def test_a_parquet_file_whose_pages_unpack_to_more_than_any_table_is_refused_before_it_is_unpacked(
    tmp_path: Path,
) -> None:
    table = pa.table({"name": ["x" * 1_000_000] * 300})
    path = parquet(tmp_path / "a.parquet", table, use_dictionary=False)
    assert path.stat().st_size < 100_000
    grown, said = spent(path)
    assert said.startswith(f"{path}: it unpacks to more than 200 times its size. ")
    assert grown < 50_000_000


def test_a_parquet_page_that_is_more_than_is_ever_held_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(2_000_000)
    table = pa.table({"name": ["x" * 1_000_000] * 300, "note": [noise] * 300})
    path = parquet(tmp_path / "a.parquet", table, use_dictionary=["note"], data_page_size=10**9)
    grown, said = spent(path)
    assert said.startswith(f"{path}, row group 1: one row may take more than 500,000,000 bytes unpacked. ")
    assert grown < 50_000_000


@pytest.mark.parametrize("lists", [False, True])
@pytest.mark.parametrize("encoding", ["dictionary", "DELTA_BYTE_ARRAY"])
def test_parquet_texts_that_share_their_bytes_take_bounded_memory(encoding: str, lists: bool, tmp_path: Path) -> None:
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 200, pa.int32()), ["x" * 5_000_000])
    name, how = "name.list.element" if lists else "name", {}
    if encoding != "dictionary":
        texts = texts.cast(pa.string())
        how = {"use_dictionary": False, "column_encoding": {name: encoding}}
    column = pa.ListArray.from_arrays(pa.array(range(0, 201, 2), pa.int32()), texts) if lists else texts
    path = parquet(tmp_path / "a.parquet", pa.table({"name": column}), **how)
    assert path.stat().st_size < 10_000
    grown, said = spent(path)
    assert path.name in said
    assert grown < (150_000_000 if encoding == "dictionary" else parquet_room.MOST_GROUP)


def footer(tmp_path: Path, said: bytes) -> Path:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + said + len(said).to_bytes(4, "little") + b"PAR1")
    return path


@pytest.mark.parametrize("said", [
    b"\x15\x02\x19\xfc" + b"\xf8\xac\xd1\x91\x01" + bytes(9_000_000),  # a list of 300,000,000
    b"\x15\x02\x19\xfc" + b"\xc0\x84\x3d" + bytes(9_000_000),  # a list of 1,000,000
    bytes(11_000_000),
])  # fmt: skip
def test_a_parquet_footer_that_says_more_than_any_does_is_refused(said: bytes, tmp_path: Path) -> None:
    path = footer(tmp_path, said)
    grown, refusal = spent(path)
    assert refusal.startswith(f"{path}: cannot be read as a table: ")
    assert grown < 100_000_000


WRITERS: dict[str, Callable[[pa.Table, Path], object]] = {
    "plain": lambda table, path: pq.write_table(table, path, use_dictionary=False, compression="none"),
    "version 1": lambda table, path: pq.write_table(table, path, version="1.0", data_page_version="1.0"),
    "version 2": lambda table, path: pq.write_table(table, path, data_page_version="2.0", data_page_size=500),
    "checksums": lambda table, path: pq.write_table(table, path, write_page_checksum=True, row_group_size=7),
    "no schema": lambda table, path: pq.write_table(table, path, store_schema=False, compression="gzip"),
    "delta": lambda table, path: pq.write_table(
        table, path, use_dictionary=False, column_encoding={"name": "DELTA_BYTE_ARRAY", "born": "DELTA_BINARY_PACKED"}
    ),
    "polars": lambda table, path: cast(pl.DataFrame, pl.from_arrow(table)).write_parquet(path),
    "polars, small pages": lambda table, path: cast(pl.DataFrame, pl.from_arrow(table)).write_parquet(
        path, data_page_size=300, row_group_size=11, compression="lz4"
    ),
    "lengths, then texts": lambda table, path: pq.write_table(
        table, path, use_dictionary=["country"], column_encoding={"name": "DELTA_LENGTH_BYTE_ARRAY"}
    ),
    "long headers": lambda table, path: pq.write_table(
        table.set_column(0, "name", pa.array([f"{number} " + "x" * 5000 for number in range(30)])), path
    ),
}  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS)
def test_parquet_is_read_whoever_wrote_it(writer: str, tmp_path: Path) -> None:
    table = pa.table({
        "name": [f"Alder {number}" for number in range(30)], "a.b": [b"x", None, b"y"] * 10,
        "born": list(range(1950, 1980)), "aliases": [["Birch", None, ""], [], None] * 10,
        "country": pa.array(["KY", "CN", None] * 10).dictionary_encode(), "money": pa.array([Decimal("1.50")] * 30),
        "wide": pa.array(["z"] * 30, pa.large_string()),
    })  # fmt: skip
    path = tmp_path / "a.parquet"
    WRITERS[writer](table, path)
    found = [row.cells[1:] for row in rows(path) if isinstance(row, Row)]
    assert [found[0], found[1], found[29]] == [
        ["x", "1950", "Birch", "KY", "1.50", "z"], ["", "1951", "", "CN", "1.50", "z"],
        ["y", "1979", "", "", "1.50", "z"],
    ]  # fmt: skip
    assert len(found) == 30


def test_a_group_whose_rows_are_large_is_read_some_rows_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_room, "MOST_GROUP", 400_000)
    table = pa.table({"name": [f"Alder {number} of {number * 7919}" for number in range(30_000)]})
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, use_dictionary=False, data_page_size=5000)
    (at_once,) = parquet_room.plan(path, pq.read_metadata(path), ["name"], 4096).rows
    assert 1 < at_once < 100
    assert [row.cells[0] for row in rows(path) if isinstance(row, Row)] == table["name"].to_pylist()


def test_a_batch_of_no_rows_is_nothing(tmp_path: Path) -> None:
    batch = pa.record_batch(
        [pa.array([], pa.list_(pa.string())), pa.array([], pa.list_view(pa.string()))], ["name", "x"]
    )
    assert rows(ipc(tmp_path / "a.arrow", batch, None)) == []


def test_a_row_that_is_too_long_costs_no_other_one() -> None:
    texts = ["Alder", "x" * LONG, "Birch", "x" * arrow.MOST_AT_ONCE, "Cedar"]
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        found = rows(pa.table({"name": pa.array(texts).cast(kind)}))
        assert [row.cells for row in found if isinstance(row, Row)] == [["Alder"], ["Birch"], ["Cedar"]]
        assert [(row, line) for row, line, _ in rejects(found)] == [(2, 0), (4, 0)]


@pytest.mark.parametrize("form", [".arrow", ".arrows", ".parquet"])
def test_more_rows_than_bytes_are_refused(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "FREE_ROWS", 1000)
    batch = pa.record_batch([pa.nulls(100_000)], ["name"])
    path = tmp_path / f"a{form}"
    if form == ".parquet":
        pq.write_table(pa.Table.from_batches([batch]), path)
    else:
        ipc(path, batch, None)
    with pytest.raises(InputError, match="more rows than bytes") as raised:
        rows(path)
    assert raised.value.where == str(path)


def test_a_schema_in_which_one_field_stands_for_many_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow_room, "MOST_FIELDS", 100)
    kind = pa.struct([(f"x{number}", pa.int8()) for number in range(60)])
    for form in (".arrow", ".arrows"):
        batch = pa.record_batch([pa.nulls(1, kind), pa.nulls(1, kind)], ["name", "note"])
        with pytest.raises(InputError, match="more than 100 fields"):
            rows(ipc(tmp_path / f"a{form}", batch, None))


def one_for_many() -> bytes:
    """The message of a schema whose fields are one field, with a name of 100,000 letters."""
    names = ["x" * 100_000, *(f"name {number}" for number in range(4000))]
    raw = bytearray(pa.schema([(name, pa.int8()) for name in names]).serialize().to_pybytes())
    schema = arrow_room._Table.root(bytes(raw[8:])).table(2)
    start, count = schema._vector(1)
    first = schema._follow(start)
    for place in range(start + 4, start + 4 * count, 4):
        if first > place:
            raw[8 + place : 12 + place] = (first - place).to_bytes(4, "little")
    return bytes(raw)


def with_schema(path: Path, schema: bytes) -> None:
    """A Parquet file that holds this for an Arrow schema; its writer is told another entry, which is then renamed."""
    table = pa.table({"name": ["Alder"]}).replace_schema_metadata({"ARROW:schemX": schema})
    pq.write_table(table, path)
    assert schema in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(b"ARROW:schemX", b"ARROW:schema"))


@pytest.mark.parametrize("form", [".arrows", ".parquet"])
def test_a_schema_in_which_one_name_stands_for_many_is_refused(form: str, tmp_path: Path) -> None:
    path, raw = tmp_path / f"a{form}", one_for_many()
    path.write_bytes(raw)
    if form == ".parquet":
        with_schema(path, base64.b64encode(raw))
    grown, said = spent(path)
    assert said.startswith(f"{path}: cannot be read as a table: metadata that come to more than 16000000 bytes. ")
    assert grown < 50_000_000


def test_a_parquet_file_that_hides_its_arrow_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with_schema(path, b"????")
    with pytest.raises(InputError, match="cannot be read as a table"):
        rows(path)
