"""Every byte of every file comes back, however little of it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vacatur.errors import LedgerError
from vacatur.store.archive import MOST_STEPS, Archive

LINES = st.lists(st.sampled_from([b"alpha", b"beta,1", b"gamma\r", b"", b"\xff\x00"]), max_size=12).map(b"\n".join)


def size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(LINES, min_size=1, max_size=6))
def test_what_is_kept_comes_back_byte_for_byte(contents: list[bytes], tmp_path: Path) -> None:
    archive, last, names = Archive(tmp_path), "", []
    for content in contents:
        last = archive.keep(content, last)
        names.append(last)
    fresh = Archive(tmp_path)
    assert [fresh.read(name) for name in names] == contents


def test_files_that_resemble_each_other_take_little_room_and_few_steps(tmp_path: Path) -> None:
    lines = [f"{number},SOMEBODY NUMBER {number * 7919},-0-".encode() for number in range(20_000)]
    archive, last = Archive(tmp_path), ""
    first = 0
    for edition in range(3 * MOST_STEPS):
        lines[edition * 100] = f"{edition},CHANGED".encode()
        last = archive.keep(b"\n".join(lines), last)
        first = first or size(tmp_path)
    assert size(tmp_path) < 4 * first
    assert Archive(tmp_path).read(last) == b"\n".join(lines)


def test_a_damaged_document_is_refused(tmp_path: Path) -> None:
    name = Archive(tmp_path).keep(b"the order")
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(Archive(tmp_path / "other")._file("x").name.encode())
    with pytest.raises(LedgerError, match="cannot be read"):
        Archive(tmp_path).read(name)


def test_another_document_in_its_place_is_refused(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, other = archive.keep(b"the order"), archive.keep(b"another order")
    archive._file(one).write_bytes(archive._file(other).read_bytes())
    with pytest.raises(LedgerError, match="is damaged"):
        Archive(tmp_path).read(one)
