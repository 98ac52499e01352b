"""Secrets: read where they stand, refused where others could read them; signatures that hold or do not."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notify.made import AT

from vacatur.errors import InputError
from vacatur.notify.secret import MOST, TOLERANCE, Secret, signature, verify_signature

WORD = b"an invented secret of tests"
STAMP = str(int(AT.timestamp()))


def test_a_secret_is_read_from_a_file_that_nobody_else_may_read(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(WORD + b"\n")
    path.chmod(0o600)
    assert Secret("", path).read() == WORD
    for mode in (0o640, 0o604, 0o644, 0o620):
        path.chmod(mode)
        with pytest.raises(InputError, match="others may read the secret") as told:
            Secret("", path).read()
        assert WORD.decode() not in str(told.value)


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"x" * (MOST + 1)])
def test_what_is_no_secret_is_refused(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret"
    path.write_bytes(content)
    path.chmod(0o600)
    monkeypatch.setenv("DESK_SECRET", content.decode())
    for secret in (Secret("", path), Secret("DESK_SECRET", None)):
        with pytest.raises(InputError, match=r"no secret|must have 16 to 4096 bytes"):
            secret.read()


def test_a_secret_that_is_a_pipe_a_folder_or_nowhere_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "folder").mkdir(0o700)
    for name in ("pipe", "folder", "nowhere"):
        with pytest.raises(InputError, match=r"not a file|cannot be read"):
            Secret("", tmp_path / name).read()


def test_a_signature_holds_for_what_was_signed_and_nothing_else() -> None:
    signed = signature(WORD, STAMP, b"{}")
    assert verify_signature(WORD, STAMP, b"{}", signed, AT)
    assert not verify_signature(WORD, STAMP, b"{ }", signed, AT)
    assert not verify_signature(WORD + b".", STAMP, b"{}", signed, AT)
    assert not verify_signature(WORD, f"{int(STAMP) + 1}", b"{}", signed, AT)
    assert not verify_signature(WORD, STAMP, b"{}", signed.upper(), AT)


@pytest.mark.parametrize("aside", [TOLERANCE, -TOLERANCE, timedelta(0)])
def test_a_signature_is_good_for_minutes(aside: timedelta) -> None:
    signed = signature(WORD, STAMP, b"{}")
    assert verify_signature(WORD, STAMP, b"{}", signed, AT + aside)
    if aside:
        assert not verify_signature(WORD, STAMP, b"{}", signed, AT + aside * 1.01)


@given(stamp=st.text(max_size=20) | st.just("٣" * 10) | st.just("9" * 5000), signed=st.text(max_size=80))
def test_no_forgery_of_any_shape_is_taken(stamp: str, signed: str) -> None:
    assert not verify_signature(WORD, stamp, b"{}", signed, AT)
    assert not verify_signature(WORD, STAMP, b"{}", signed, AT)
