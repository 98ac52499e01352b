"""An index keeps what it was given, on disk and through updates, and refuses what is not one."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from vacatur._core import Engine, compile_lexicon
from vacatur.errors import InputError
from vacatur.match.hits import Hit
from vacatur.match.index import Index
from vacatur.match.score import engine

NAMES = {"xiaomi": "Xiaomi Corporation", "huawei": "Huawei Technologies Co., Ltd.", "smic": "SMIC Semiconductor"}


@pytest.fixture
def index() -> Index:
    return Index.build(list(NAMES), list(NAMES.values()), "organisation")


def ids(hits: list[Hit]) -> list[str]:
    return [hit.id for hit in hits]


def segment(path: Path) -> Path:
    return next(path.glob("*.segment"))


def test_an_index_opened_from_disk_finds_what_it_found_before(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path / "index")
    for verify in (False, True):
        opened = Index.open(tmp_path / "index", verify=verify)
        assert opened.search("Xiaomi Corp") == index.search("Xiaomi Corp") != []
        assert len(opened) == len(index) == 3


def test_an_update_replaces_removes_and_keeps_the_rest(index: Index, tmp_path: Path) -> None:
    updated = index.updated(["xiaomi"], ["Xiaomi Group Holdings"], "organisation", removed=["smic"])
    updated.save(tmp_path / "index")
    for one in (updated, Index.open(tmp_path / "index")):
        assert one.search("Xiaomi Corporation", 0.5)[0].name == "Xiaomi Group Holdings"
        assert one.search("SMIC Semiconductor") == []
        assert ids(one.search("Huawei Technologies")) == ["huawei"]
        assert one.search_many(["SMIC Semiconductor", "Huawei Technologies"]).column("id").to_pylist() == ["huawei"]
    assert ids(index.search("SMIC Semiconductor")) == ["smic"]


def test_a_question_as_of_a_date_finds_the_records_that_held_then() -> None:
    delisted = datetime(2021, 5, 25, 20, 9, tzinfo=UTC)
    index = Index.build(["xiaomi"], ["Xiaomi Corporation"], "organisation", valid=[(None, delisted)])
    assert ids(index.search("Xiaomi", at=datetime(2021, 5, 25, 20, 8, 59, tzinfo=UTC))) == ["xiaomi"]
    assert index.search("Xiaomi", at=delisted) == []
    assert index.search_many(["Xiaomi"], at=delisted).num_rows == 0


def test_a_kind_is_looked_for_among_its_own_and_the_unknown() -> None:
    index = Index.build(["1", "2", "3"], ["Victory"] * 3, ["vessel", "person", "other"])
    assert sorted(ids(index.search("Victory"))) == ["1", "2", "3"]
    assert sorted(ids(index.search("Victory", kind="vessel"))) == ["1", "3"]


def test_each_of_many_queries_may_be_of_a_kind_of_its_own() -> None:
    index = Index.build(["1", "2", "3"], ["Victory"] * 3, ["vessel", "person", "other"])
    kinds = ["vessel", None, "person", "unknown"]
    found = index.search_each(["Victory"] * 4, kind=kinds)
    assert [sorted(ids(hits)) for hits in found] == [["1", "3"], ["1", "2", "3"], ["2", "3"], ["3"]]
    assert found == [index.search("Victory", kind=kind) for kind in kinds]
    table = index.search_many(pa.array(["Victory"] * 4), kind=kinds)
    assert table.column("query").to_pylist() == [0, 0, 1, 1, 1, 2, 2, 3]
    with pytest.raises(InputError, match="2 queries have 1 kinds"):
        index.search_each(["Victory"] * 2, kind=["vessel"])


@pytest.mark.parametrize("kept", [0, 10, 64, 700])
def test_a_file_cut_short_is_refused(index: Index, tmp_path: Path, kept: int) -> None:
    index.save(tmp_path)
    segment(tmp_path).write_bytes(segment(tmp_path).read_bytes()[:kept])
    with pytest.raises(InputError, match="not an index that can be used"):
        Index.open(tmp_path)


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"layers": [{"file": "../../x", "gone": []}]}', "\ufffe"])
def test_a_manifest_that_is_none_is_refused(index: Index, tmp_path: Path, manifest: str) -> None:
    index.save(tmp_path)
    (tmp_path / "manifest.json").write_text(manifest, "utf-8")
    with pytest.raises(InputError, match="not an index that can be used"):
        Index.open(tmp_path)


def test_an_index_made_with_other_words_of_the_same_version_is_refused(tmp_path: Path) -> None:
    rows = [("variants", "", "", ["salman", "suleyman"]), ("variants", "", "", ["rawi", "ravi"])]
    one, other = (Engine(compile_lexicon("1", rows[:many])) for many in (1, 2))
    path = str(tmp_path / "one.segment")
    one.build(["x"], ["Salman Rawi"], bytes(1), None, []).save(path)
    assert len(one.open(path, False)) == 1
    with pytest.raises(ValueError, match="another lexicon"):
        other.open(path, False)


def test_a_file_with_a_changed_byte_fails_verification_and_never_ends_the_process(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(20210314)
    names = [f"{word} {number}" for word in ("Xiaomi", "Huawei", "Hangzhou Hikvision") for number in range(40)]
    marked = [(name, "reg", name) for name in names]
    Index.build(names, names, "organisation", identifiers=marked).save(tmp_path)
    whole = segment(tmp_path).read_bytes()
    refusals = 0
    for _ in range(300):
        damaged = bytearray(whole)
        at = chance.randrange(64, len(whole))
        damaged[at] ^= chance.randrange(1, 256)
        segment(tmp_path).write_bytes(damaged)
        with pytest.raises(InputError):
            Index.open(tmp_path, verify=True)
        try:
            unverified = Index.open(tmp_path)
            unverified.find("reg", names[0])
            unverified.search_many(names[:5], 0.6)
            unverified.search(names[0], 0.6)
        except InputError as refused:
            assert "damaged" in str(refused) or "not an index" in str(refused)  # noqa: PT017 -- either is an answer
            refusals += "went astray" in str(refused)
    assert refusals > 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("threshold", [0, -1, 1.01, float("nan")])
def test_a_threshold_that_is_none_is_refused(index: Index, threshold: float) -> None:
    with pytest.raises(InputError, match="threshold"):
        index.search("Xiaomi", threshold)


def test_texts_that_are_none_are_refused(index: Index) -> None:
    with pytest.raises(InputError, match="surrogate"):
        index.search("Xia\udce9mi")
    with pytest.raises(InputError, match="surrogate"):
        index.search_many(["Xiaomi", "Xia\udce9mi"])
    with pytest.raises(InputError, match="one entry"):
        Index.build(["1"], ["a", "b"], "person")


@pytest.mark.parametrize("of", ["string", "large_string", "chunks", "slice"])
def test_a_column_of_names_is_searched_as_a_list_of_them(of: str) -> None:
    index = Index.build(["a", "b"], ["Xiaomi Corporation", "Huawei Technologies"], "organisation")
    names = ["Xiaomi Corp", "", "Huawei Technologies Co.", None]
    column = pa.array(names, pa.large_string() if of == "large_string" else pa.string())
    if of == "chunks":
        column = pa.chunked_array([column[:1], column[1:]])
    if of == "slice":
        column = pa.array(["before", *names, "after"])[1:-1]
    found = index.search_many(column)
    assert found.equals(index.search_many([name or "" for name in names]))
    assert found.column("id").to_pylist() == ["a", "b"]


def test_hits_of_many_queries_stand_in_the_rows_of_their_queries() -> None:
    """More of them than one core writes at a time, with ids and names of many lengths."""
    names = {"b" * length: f"Petrov Ivan{' Jr' * (length % 2)}" for length in range(1, 30)}
    index = Index.build(list(names), list(names.values()), "person")
    queries = ["Ivan Petrov", "Nobody Atall"] * 500
    found = index.search_many(queries)
    alone = [(hit.id, hit.name) for hit in index.search("Ivan Petrov")]
    assert len(alone) == len(names)
    assert found.column("query").to_pylist() == [row for row in range(0, 1000, 2) for _ in alone]
    assert list(zip(found.column("id").to_pylist(), found.column("name").to_pylist(), strict=True)) == alone * 500


def test_a_column_of_hits_is_read_only_and_outlives_its_index() -> None:
    columns = engine().build(["a"], ["Xiaomi"], bytes([1]), None, []).search_many(["Xiaomi"], 700_000)
    ids = memoryview(columns[3])
    del columns
    assert ids.readonly
    assert bytes(ids) == b"a"
    with pytest.raises(TypeError, match="read-write"):
        io.BytesIO(b"x").readinto(ids.obj)


def test_a_column_of_numbers_is_no_column_of_names() -> None:
    index = Index.build(["a"], ["Xiaomi Corporation"], "organisation")
    with pytest.raises(InputError, match="int64 is no column of names"):
        index.search_many(pa.array([1, 2]))
