"""The signing key: made once, for its owner only, and never replaced in silence."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from tests.interop.made import KEY

from vacatur.errors import LedgerError
from vacatur.interop.proof.keys import NAME, fingerprint_of, signing_key

PEM = (Encoding.PEM, PrivateFormat.PKCS8)


def never(_: int) -> bytes:
    raise AssertionError("no key may be made here")


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    keys = tmp_path / "home" / "keys"
    made = signing_key(keys, lambda size: b"k" * size)
    assert stat.S_IMODE((keys / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert [path.name for path in keys.iterdir()] == [NAME]
    assert fingerprint_of(signing_key(keys, never)) == fingerprint_of(made)


def test_of_many_who_make_one_at_once_all_get_the_same(tmp_path: Path) -> None:
    start, found = threading.Barrier(8), list[str]()

    def make(number: int) -> None:
        start.wait()
        found.append(fingerprint_of(signing_key(tmp_path / "keys", lambda size: bytes([number]) * size)))

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [NAME]


@pytest.mark.parametrize(("content", "says"), [
    (b"", "not a key"), (b"\x00" * 50_000, "not a key"), (b"-----BEGIN PRIVATE KEY-----\n", "not a key"),
    (KEY.private_bytes(*PEM, BestAvailableEncryption(b"word")), "or an encrypted one"),
    (KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), "not a key"),
    (X25519PrivateKey.from_private_bytes(b"x" * 32).private_bytes(*PEM, NoEncryption()), "another kind"),
])  # fmt: skip
def test_what_is_no_key_is_said_and_left_alone(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(LedgerError, match=says):
        signing_key(tmp_path, never)
    assert path.read_bytes() == content


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604, 0o610])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    signing_key(tmp_path, lambda size: b"k" * size)
    (tmp_path / NAME).chmod(mode)
    with pytest.raises(LedgerError, match="others can read or change the key"):
        signing_key(tmp_path, never)


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling"])
def test_what_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / NAME
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path, 0o600)
    else:
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(LedgerError, match=r"cannot be used|not a key"):
        signing_key(tmp_path, never)


def test_a_key_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "hardlink_to", full)
    with pytest.raises(LedgerError, match="No space left"):
        signing_key(tmp_path / "keys", lambda size: b"k" * size)
    assert list((tmp_path / "keys").iterdir()) == []


def test_the_key_is_in_no_error(tmp_path: Path) -> None:
    key: Ed25519PrivateKey = signing_key(tmp_path, lambda size: b"k" * size)
    (tmp_path / NAME).chmod(0o644)
    with pytest.raises(LedgerError) as told:
        signing_key(tmp_path, never)
    assert key.private_bytes_raw().hex() not in str(told.value)
    assert (tmp_path / NAME).read_text().splitlines()[1] not in str(told.value)
