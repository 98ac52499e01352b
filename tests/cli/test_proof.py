"""`vacatur proof` and `vacatur verify FILE`, as a user meets them."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click
import pytest
from click.testing import CliRunner, Result
from tests.interop.made import KEY, OTHER, Told, bundle, named, put, sealed, told

from vacatur.app import App
from vacatur.cli.proof import proof, verify
from vacatur.errors import LedgerError
from vacatur.interop.proof.check import Checked, check_file
from vacatur.interop.proof.keys import fingerprint_of
from vacatur.ledger.chain import Head


class Door:
    """The app's side of the two commands."""

    def __init__(self, held: Told) -> None:
        self.held = held

    def proof(self, run: str, out: IO[bytes]) -> str:
        """Writes the proof of the one run that there is."""
        if run != self.held.run.id:
            out.write(b"half a proof")
            raise LedgerError(f"no run {run!r} is recorded here", fix="Take the id from a screening's output")
        out.write(bundle(self.held.items()))
        return fingerprint_of(KEY)

    def check_proof(self, file: Path, key: str | None) -> Checked:
        """Checks a file."""
        return check_file(file, named, key)

    def verify(self) -> Head:
        """Walks a chain."""
        return Head(7, "0" * 64)


@pytest.fixture
def door(quay: App) -> Door:
    return Door(told(quay))


def ran(door: Door, command: click.Command, *arguments: object) -> Result:
    result = CliRunner().invoke(command, [str(one) for one in arguments], obj=door)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_proof_is_written_and_holds(door: Door, tmp_path: Path) -> None:
    out = tmp_path / "proof.txt"
    done = ran(door, proof, door.held.run.id, "--out", out)
    assert (done.exit_code, done.stderr) == (0, f"signed with the key {fingerprint_of(KEY)}\n")
    assert out.read_bytes() == bundle(door.held.items())
    done = ran(door, verify, out, "--key", fingerprint_of(KEY))
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "the proof holds"
    assert f"  {'screened':<14}  customers.csv: 3 subjects, 2 hits, 1 rows rejected" in lines
    assert any(line.startswith("  followed until  quay") for line in lines)
    assert lines[-1].endswith(fingerprint_of(KEY))


def test_without_a_key_it_says_that_anybody_may_have_signed(door: Door, tmp_path: Path) -> None:
    done = ran(door, verify, put(tmp_path, bundle(door.held.items(), OTHER)))
    assert done.exit_code == 0
    assert done.stdout.startswith("the proof holds, if the key is the signer's: compare it")


def test_a_proof_that_cannot_be_made_leaves_no_file(door: Door, tmp_path: Path) -> None:
    done = ran(door, proof, "r-nobody", "--out", tmp_path / "proof.txt")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no run 'r-nobody' is recorded here" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if "proof" in path.name] == []


def test_an_altered_proof_fails_and_says_where(door: Door, tmp_path: Path) -> None:
    content = bytearray(bundle(door.held.items()))
    content[content.index("小米".encode())] ^= 1
    done = ran(door, verify, put(tmp_path, bytes(content)))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Error: line " in done.stderr
    assert "(part/" in done.stderr


def test_a_proof_of_another_key_fails(door: Door, tmp_path: Path) -> None:
    path = put(tmp_path, bundle(door.held.items(), OTHER))
    assert ran(door, verify, path, "--key", fingerprint_of(KEY)).exit_code == 1
    assert ran(door, verify, path, "--key", "abc").exit_code == 2
    assert ran(door, verify, "--key", "abc").exit_code == 2


def test_everything_that_does_not_hold_is_said(door: Door, tmp_path: Path) -> None:
    gone = [item for item in door.held.items() if not item[0].startswith(("part/", "rejects/"))]
    done = ran(door, verify, put(tmp_path, bundle(gone)))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("is not in the bundle") == 2
    assert done.stderr.count("are not in the bundle") == 1


def test_nothing_in_a_proof_is_obeyed_by_the_terminal(door: Door, tmp_path: Path) -> None:
    hostile = sealed(door.held, source="\x1b[2Jcustomers\u202e.csv\nthe proof holds", by="[bold]\x9b2J")
    done = ran(Door(hostile), verify, put(tmp_path, bundle(hostile.items())))
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "\x9b" not in done.stdout
    assert done.stdout.count("\nthe proof holds") == 0


def test_without_a_file_the_chain_is_walked(door: Door) -> None:
    assert ran(door, verify).stdout == f"7 entries hold; head {'0' * 64}\n"
