"""A real PostgreSQL server for the tests, of its own and gone with them; where there is none, the reason why."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian and its kin keep the server's programs, which are on nobody's path."""


def programs() -> Path:
    """The directory of the server's programs; skips the test when PostgreSQL is not installed."""
    known = [Path(found).parent for found in [shutil.which("initdb")] if found]
    known += sorted(DEBIAN.glob("*/bin"), reverse=True)
    for path in known:
        if (path / "initdb").exists():
            return path
    pytest.skip("PostgreSQL's server is not installed: apt-get install postgresql")


def owner() -> str | None:
    """The user to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"


@contextmanager
def server() -> Iterator[str]:
    """A running server with an empty database; gives its address."""
    bin_, user = programs(), owner()
    root = Path(tempfile.mkdtemp(prefix="vacatur-pg-"))
    if user is not None:
        os.chown(root, pwd.getpwnam(user).pw_uid, -1)

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, user=user, cwd=root, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    try:
        run(bin_ / "initdb", "--auth=trust", "--username=vacatur", "--no-sync", "--encoding=UTF8", root / "data")
        options = f"-c listen_addresses='' -c unix_socket_directories='{root}' -c fsync=off -c max_connections=50"
        run(bin_ / "pg_ctl", "-D", root / "data", "-l", root / "log", "-o", options, "-w", "start")
        try:
            yield f"postgresql://vacatur@/postgres?host={root}"
        finally:
            run(bin_ / "pg_ctl", "-D", root / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(root)
