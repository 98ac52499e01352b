"""A file of lines holds every notice once, whatever was torn before."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.notify.made import AT, queued, told

from vacatur.notify.notice import body_of
from vacatur.notify.sinks import jsonl
from vacatur.notify.sinks.jsonl import JsonLines

NOTICES = [told(row) for row in range(1, 5)]
BATCH = [queued(one) for one in NOTICES]


@pytest.fixture
def sink(tmp_path: Path) -> JsonLines:
    return JsonLines("log", tmp_path / "notices.jsonl")


def states(sink: JsonLines, *rows: int) -> list[str]:
    return [verdict.state for verdict in sink.send([BATCH[row] for row in rows], AT)]


def test_a_line_a_notice_in_order(sink: JsonLines) -> None:
    assert states(sink, 0, 1) + states(sink, 2, 3) == ["delivered"] * 4
    lines = sink.path.read_bytes().splitlines()
    assert [json.loads(line) for line in lines] == [json.loads(body_of(one)) for one in NOTICES]


def test_what_stands_there_is_not_written_again(sink: JsonLines) -> None:
    states(sink, 0, 1)
    assert states(sink, 0, 1, 2) == ["delivered"] * 3
    assert ids(sink.path) == [one.id for one in NOTICES[:3]]


def test_a_last_line_torn_at_any_byte_is_mended(sink: JsonLines) -> None:
    states(sink, 0)
    first = sink.path.read_bytes()
    states(sink, 1)
    whole = sink.path.read_bytes()
    for end in range(len(first), len(whole)):
        sink.path.write_bytes(whole[:end])
        assert states(sink, 1) == ["delivered"]
        assert sink.path.read_bytes() == whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.lists(st.integers(0, 3), min_size=1, unique=True), st.integers(0, 900))))
def test_however_often_it_is_torn_every_notice_stands_there_once(
    sink: JsonLines, steps: list[tuple[list[int], int]]
) -> None:
    sink.path.unlink(missing_ok=True)
    for rows, torn in steps:
        states(sink, *rows)
        os.truncate(sink.path, max(0, sink.path.stat().st_size - torn))
    states(sink, 0, 1, 2, 3)
    assert sorted(ids(sink.path)) == sorted(one.id for one in NOTICES)


def test_a_line_longer_than_a_piece_is_read_over(sink: JsonLines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_PIECE", 80)
    states(sink, 0, 1)
    os.truncate(sink.path, sink.path.stat().st_size - 3)
    assert states(sink, 0, 1, 2) == ["delivered"] * 3
    assert ids(sink.path) == [one.id for one in NOTICES[:3]]


def test_what_was_not_torn_by_us_is_nobodys_to_cut(sink: JsonLines) -> None:
    sink.path.write_bytes(b'{"name":"somebody\'s own"}\nand their last thought')
    (verdict,) = sink.send(BATCH[:1], AT)
    assert verdict.state == "later"
    assert "the last line has no end and is not a notice's" in verdict.note
    assert sink.path.read_bytes().endswith(b"last thought")


def test_lines_of_others_are_left_alone(sink: JsonLines) -> None:
    sink.path.write_bytes(b"\xff\xfe\n{\n" + b'{"id":"short"}\n')
    assert states(sink, 0) == ["delivered"]
    assert sink.path.read_bytes() == b'\xff\xfe\n{\n{"id":"short"}\n' + body_of(NOTICES[0]) + b"\n"


def test_no_name_ends_a_line(sink: JsonLines) -> None:
    hostile = told(name="Rope\u2028Works\u0085\u202e gnp.exe\x00\x1b[2J\n{")
    sink.send([queued(hostile)], AT)
    (line,) = sink.path.read_text("utf-8").splitlines()
    assert json.loads(line)["name"] == hostile.name


@pytest.mark.parametrize("place", ["folder", "pipe", "nowhere"])
def test_a_place_that_is_no_file_is_told(tmp_path: Path, place: str) -> None:
    path = tmp_path / place
    if place == "folder":
        path.mkdir()
    elif place == "pipe":
        os.mkfifo(path)
    else:
        path = path / "notices.jsonl"
    (verdict,) = JsonLines("log", path).send(BATCH[:1], AT)
    assert verdict.state == "later"
    assert verdict.note


def test_a_full_disk_leaves_no_half_line(sink: JsonLines, monkeypatch: pytest.MonkeyPatch) -> None:
    states(sink, 0)
    before, write, room = sink.path.read_bytes(), os.write, [40]

    def little(handle: int, data: bytes) -> int:
        if not room:
            raise OSError(28, "No space left on device")
        return write(handle, data[: room.pop()])

    monkeypatch.setattr(os, "write", little)
    (verdict,) = sink.send(BATCH[1:2], AT)
    assert (verdict.state, verdict.note) == ("later", "the file cannot be written: No space left on device")
    assert sink.path.read_bytes() == before


def ids(path: Path) -> list[str]:
    """The ids in a file, line by line."""
    return [json.loads(line)["id"] for line in path.read_bytes().splitlines()]
