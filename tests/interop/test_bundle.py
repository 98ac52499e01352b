"""A bundle in which one byte is altered, added or dropped does not hold, and says where."""

from __future__ import annotations

import hashlib
import io
import json
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.interop.made import KEY, OTHER, bundle

from vacatur.errors import InputError, ProofBroken
from vacatur.interop.proof import bundle as bundles
from vacatur.interop.proof.bundle import Bundle, read, write
from vacatur.interop.proof.keys import fingerprint_of
from vacatur.interop.proof.lines import FORMAT, MOST_LINE, MOST_NAME, PIECE, Manifest, Piece, Seal, Told, opening_of
from vacatur.interop.proof.lines import written as line_of

SMALL = [
    ("run", b'{"id":"r-1"}'),
    ("act/quay/rope", "绳索 \u202e\n".encode()),
    ("part/1", b"\x00\xff\x80"),
    ("empty", b""),
]
WHOLE = bundle(SMALL)


def opened(content: bytes, **trusted: str) -> Bundle:
    return read(io.BytesIO(content), **trusted)


def broken(content: bytes) -> ProofBroken:
    """Where a bundle does not hold; it must not hold, reading its items included."""
    with pytest.raises(ProofBroken) as told:
        contents(content)
    return told.value


def contents(content: bytes) -> list[tuple[str, bytes]]:
    """The items of a bundle."""
    return [(name, found.item(name)) for found in [opened(content)] for name in found.names]


def line_at(content: bytes, at: int) -> int:
    """The number of the line in which a byte stands."""
    return content.count(b"\n", 0, at) + 1


def test_what_was_put_in_comes_out() -> None:
    found = opened(WHOLE, trusted=fingerprint_of(KEY))
    assert [(name, found.item(name)) for name in found.names] == SMALL
    assert "run" in found
    assert "runs" not in found


def test_a_bundle_is_lines_of_canonical_json_with_the_key_in_the_first() -> None:
    lines = WHOLE.decode().split("\n")
    assert lines.pop() == ""
    assert [json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            for line in lines] == lines  # fmt: skip
    assert json.loads(lines[0]) == {
        "fingerprint": fingerprint_of(KEY), "format": FORMAT, "key": KEY.public_key().public_bytes_raw().hex(),
    }  # fmt: skip
    assert fingerprint_of(KEY) == hashlib.sha256(KEY.public_key().public_bytes_raw()).hexdigest()


def test_every_byte_altered_is_found_in_its_line() -> None:
    manifest = line_at(WHOLE, WHOLE.index(b'{"lines"'))
    for at in range(len(WHOLE)):
        for byte in {WHOLE[at] ^ 1, WHOLE[at] ^ 0x20, WHOLE[at] ^ 0x80, 0x0A, 0x20, 0x30} - {WHOLE[at]}:
            found, line = broken(WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]), line_at(WHOLE, at)
            if 1 < line < manifest:
                assert found.line == line, at
                assert found.item == SMALL[line - 2][0] or WHOLE[at] == 0x0A
                assert found.span[0] <= at < found.span[1] or byte == 0x0A
            elif line == 1:
                assert found.line == 1, at
            else:
                assert found.line >= manifest or "signature" in found.what, at


def test_every_byte_dropped_is_found() -> None:
    for at in range(len(WHOLE)):
        found, line = broken(WHOLE[:at] + WHOLE[at + 1 :]), line_at(WHOLE, at)
        assert found.line == line or "signature" in found.what or WHOLE[at] == 0x0A, at


def test_every_byte_added_is_found() -> None:
    for at in range(len(WHOLE) + 1):
        for byte in b"\n\r 0\x00a\xef":
            found, line = broken(WHOLE[:at] + bytes([byte]) + WHOLE[at:]), line_at(WHOLE, at)
            assert abs(found.line - line) <= 1 or "signature" in found.what, at


def test_every_cut_is_found() -> None:
    for end in range(len(WHOLE)):
        broken(WHOLE[:end])


def test_lines_exchanged_doubled_or_gone_are_found() -> None:
    lines = WHOLE.splitlines(keepends=True)
    for number in range(len(lines) - 1):
        broken(b"".join([*lines[:number], lines[number + 1], lines[number], *lines[number + 2 :]]))
        broken(b"".join([*lines[: number + 1], *lines[number:]]))
        broken(b"".join([*lines[:number], *lines[number + 1 :]]))


BIG = [
    ("long", bytes(range(256)) * 20),
    ("text", "绳索 ropes\n".encode() * 300),
    *((f"act/{n}", b"{}" * n) for n in range(40)),
]


@pytest.fixture(scope="module")
def big() -> bytes:
    """A bundle whose items have several pieces and whose manifest has several lines."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("vacatur.interop.proof.lines.PIECE", 500)
        patched.setattr(bundles, "TOLD_TOGETHER", 10)
        return bundle(BIG)


def test_large_items_have_several_lines_none_of_them_cut_within_a_letter(big: bytes) -> None:
    found = opened(big)
    assert [(name, found.item(name)) for name in found.names] == BIG
    assert len(list(found.pieces("text"))) > 5
    assert all(piece.decode() for piece in found.pieces("text"))
    assert big.count(b'{"lines"') > 5


@settings(max_examples=300)
@given(data=st.data())
def test_whatever_is_done_to_some_bytes_is_found(big: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(big)))
    gone = data.draw(st.integers(0, 5))
    new = data.draw(st.binary(max_size=5))
    changed = big[:at] + new + big[at + gone :]
    if changed == big:
        return
    found = broken(changed)
    first = next((n for n, (a, b) in enumerate(zip(big, changed, strict=False)) if a != b), min(len(big), len(changed)))
    if first < big.index(b'{"lines"'):
        # Where pieces of one item come out alike up to a line's end, the next line is the first that differs.
        assert found.line in (line_at(big, first), line_at(big, first) - 1) or "signature" in found.what


def test_another_key_holds_and_is_not_the_trusted_one() -> None:
    other = bundle(SMALL, OTHER)
    assert opened(other).fingerprint == fingerprint_of(OTHER)
    with pytest.raises(ProofBroken, match=f"signed with the key {fingerprint_of(OTHER)}, which is not"):
        opened(other, trusted=fingerprint_of(KEY))


@pytest.mark.parametrize("trusted", ["", "abc", "g" * 64, "0" * 63, "0" * 65, "٣" * 64])
def test_part_of_a_fingerprint_is_none(trusted: str) -> None:
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        opened(WHOLE, trusted=trusted)


def test_a_fingerprint_may_be_grouped() -> None:
    plain = fingerprint_of(KEY).upper()
    opened(WHOLE, trusted=" ".join(plain[at : at + 4] for at in range(0, 64, 4)))
    opened(WHOLE, trusted=":".join(plain[at : at + 2] for at in range(0, 64, 2)))


def test_a_signature_of_one_bundle_fits_no_other() -> None:
    lines, others = WHOLE.splitlines(keepends=True), bundle(SMALL[:2]).splitlines(keepends=True)
    assert "signature" in broken(b"".join([*others[:-1], lines[-1]])).what


def test_a_line_end_of_another_system_is_named() -> None:
    assert "its end was turned into that of another system" in broken(WHOLE.replace(b"\n", b"\r\n")).what


@pytest.mark.parametrize(("content", "says"), [
    (b"", "empty or cut off"), (b"\n", "not the opening"), (b"PK\x05\x06" + b"\0" * 18, "no end"),
    (b"x" * (MOST_LINE * 2), "longer than"), (b"[" * 1_000_000 + b"\n", "not the opening"),
    (b'{"fingerprint":' * 100_000 + b"\n", "not the opening"), (b"\n" * 1_000_000, "not the opening"),
    (b"name,isin\nRope,\n", "not the opening"), (b"\xff\xfe{\n", "not the opening"),
    (WHOLE.split(b"\n")[0] + b"\n", "empty or cut off"), (WHOLE.replace(b"proof-1", b"proof-2"), "not a format"),
    (WHOLE.replace(b"\n", b"\n" + b"[" * 1_000_000 + b"\n", 1), "not the one that was signed"),
    (WHOLE[: WHOLE.index(b"\n") + 1] + b"\n" * 250_000, "more than 200000 lines"),
])  # fmt: skip
def test_a_foreign_or_hostile_file_is_refused_at_once(content: bytes, says: str) -> None:
    began = time.monotonic()
    with pytest.raises(ProofBroken, match=says):
        opened(content)
    assert time.monotonic() - began < 5


def test_an_archive_of_a_proof_is_not_a_proof() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("proof.txt", WHOLE)
    assert broken(held.getvalue()).line == 1


class Endless(io.RawIOBase):
    """A file of one letter, as long as you like; counts what was read of it."""

    given = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        return place

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        room[:] = b"a" * len(room)
        self.given += len(room)
        return len(room)


def test_of_a_line_of_any_length_no_more_is_read_than_a_line_may_have() -> None:
    endless = Endless()
    with pytest.raises(ProofBroken, match="longer than"):
        read(io.BufferedReader(endless))
    assert endless.given <= MOST_LINE + 1_000_000


def test_a_pipe_is_refused() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with pytest.raises(InputError, match="cannot come through a pipe"):
        read(Pipe(WHOLE))


def test_memory_does_not_grow_with_the_bundle(tmp_path: Path) -> None:
    many = ((f"part/{n}", b"x" * 4 * PIECE) for n in range(24))
    tracemalloc.start()
    try:
        with (tmp_path / "proof.txt").open("w+b") as file:
            file.writelines(write(many, KEY))
            found = read(file)
            assert sum(len(piece) for name in found.names for piece in found.pieces(name)) == 24 * 4 * PIECE
        assert tracemalloc.get_traced_memory()[1] < 8 * 4 * PIECE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("names", [[""], ["x" * (MOST_NAME + 1)], ["a", "b", "a"]])
def test_names_that_are_none_or_double_are_not_written(names: list[str]) -> None:
    with pytest.raises(ValueError, match="no name for an item"):
        bundle((name, b"") for name in names)


def test_an_item_larger_than_wanted_is_refused() -> None:
    with pytest.raises(ProofBroken, match="more than 3 bytes"):
        opened(WHOLE).item("run", most=3)


def forged(*lines: bytes) -> bytes:
    """A bundle of any lines, signed as it should be: what a signer who means harm can make."""
    first = line_of(opening_of(KEY.public_key().public_bytes_raw()))
    told = [Told(len(line), hashlib.sha256(line).hexdigest(), "" if n == 0 else "x")
            for n, line in enumerate((first, *lines))]  # fmt: skip
    manifest = line_of(Manifest(told))
    seal = KEY.sign(FORMAT.encode() + b"\n" + hashlib.sha256(manifest).digest()).hex()
    return b"".join([first, *lines, manifest, line_of(Seal(seal))])


@pytest.mark.parametrize(("line", "says"), [
    (b"\n", "not the piece"), (b"[" * 1_000_000 + b"\n", "not the piece"),
    (b'{"item": "x","of":1,"part":1}\n', "canonical"),
    (line_of(Piece(item="y", of=1, part=1)), "part 1 of 1 of 'y'"), (line_of(Piece(item="x", of=2, part=1)), "of 2"),
    (line_of(Piece(item="x", of=1, part=2)), "part 2"),
    (line_of(Piece(item="x", of=1, part=1, base64="?")), "cannot be read"),
    (line_of(Piece(item="x", of=1, part=1, base64="eA==", text="x")), "both"),
    (b'{"item":"x","x":1}\n', "unknown field"),
    (b'{"item":"x","of":1,"part":1,"text":"\\ud800"}\n', "not the piece"),
])  # fmt: skip
def test_what_a_signer_forges_is_refused_where_it_stands(line: bytes, says: str) -> None:
    found = broken(forged(line))
    assert says in found.what
    assert (found.line, found.item) == (2, "x")


def test_a_file_that_changes_while_it_is_read_is_found() -> None:
    file = io.BytesIO(WHOLE)
    found = read(file)
    file.getbuffer()[WHOLE.index(b"r-1")] = ord("s")
    with pytest.raises(ProofBroken, match="changes while it is read"):
        found.item("run")
