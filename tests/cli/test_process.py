"""The command as a process of its own: what only a shell shows."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

VACATUR = [sys.executable, "-W", "error", "-c", "from vacatur.cli import main; main(prog_name='vacatur')"]


def ran(*arguments: str | bytes | Path, home: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    variables = {**os.environ, "VACATUR_HOME": str(home), **environment}
    return subprocess.run([*VACATUR, *arguments], capture_output=True, env=variables, check=False)


def test_a_first_use_needs_no_set_up(home: Path) -> None:
    done = ran("ask", "xiaomi", "buy", "--as-of", "2021-03-20", "--format", "json", home=home)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["answer"] == "permitted"
    assert (home / "ledger.db").stat().st_size < 20_000_000


def test_every_command_has_help_and_needs_no_ledger_for_it(home: Path) -> None:
    for command in ("", "ask", "show", "screen", "roster", "changes", "check", "decide", "replay", "verify"):
        done = ran(*filter(None, [command]), "--help", home=home)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"Usage: vacatur")
    assert not home.exists()


@pytest.mark.parametrize("arguments", [
    ("ask", "xiaomi", "buy", "--as-of", "2021-03-20"),
    ("show", "smic", "--as-of", "2025-06-30"),
    ("roster", "us-dod-1260h", "--as-of", "2025-06-30"),
    ("roster", "us-dod-1260h", "--as-of", "2025-06-30", "--format", "csv"),
    ("roster", "us-dod-1260h", "--as-of", "2025-06-30", "--format", "json"),
])  # fmt: skip
def test_a_terminal_without_letters_for_a_name_is_no_failure(arguments: tuple[str, ...], shipped_home: Path) -> None:
    done = ran(*arguments, home=shipped_home, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def test_an_argument_that_is_not_unicode_is_a_party_nobody_knows(shipped_home: Path) -> None:
    done = ran("ask", b"Xiaomi\xff", "buy", home=shipped_home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"Error: no party is known here as 'Xiaomi\\udcff'")


def test_a_reader_that_goes_away_is_no_failure_to_explain(shipped_home: Path) -> None:
    variables = {**os.environ, "VACATUR_HOME": str(shipped_home)}
    with subprocess.Popen(
        [*VACATUR, "roster", "us-dod-1260h", "--as-of", "2025-06-30", "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_a_damaged_ledger_ends_with_one_and_names_the_entry(home: Path) -> None:
    ran("ask", "xiaomi", "buy", home=home)
    with closing(sqlite3.connect(home / "ledger.db")) as connection, connection:
        connection.execute(
            "update entries set body = replace(body, '2021-03-12', '2021-03-13') where id = ?",
            ("us-ccmc/xiaomi/2021-03-12-enjoin",),
        )
    done = ran("verify", home=home)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"(act us-ccmc/xiaomi/2021-03-12-enjoin) does not match its hash" in done.stderr
