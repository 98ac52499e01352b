"""Keep cargo's lock without addresses: `lock.py save` writes crates.lock, `lock.py restore` makes Cargo.lock of it.

Cargo.lock repeats the registry's address in every package. crates.lock is the same file without those lines; the
checksums stay, so what is built is still exactly what was locked. The address is cargo's own to tell, also without
a network. After `restore`, build with `--locked`: cargo then refuses anything that the lock does not name.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CARGO_LOCK = HERE / "Cargo.lock"
CRATES_LOCK = HERE / "crates.lock"
SOURCE_LINE = re.compile(r'^source = "[^"]*"\n', re.MULTILINE)
CHECKSUM_LINE = re.compile(r"^(?=checksum = )", re.MULTILINE)  # only what comes from the registry has a checksum


def save() -> None:
    """Write crates.lock from Cargo.lock; fail if an address would remain, as of a crate taken from git."""
    text = SOURCE_LINE.sub("", CARGO_LOCK.read_text("utf-8"))
    if "://" in text:
        sys.exit(f"{CARGO_LOCK}: a crate is locked by address; take it from the registry, or restore() cannot know it")
    CRATES_LOCK.write_text(text, "utf-8")


def restore() -> None:
    """Write Cargo.lock from crates.lock, each locked crate with the source that cargo gives the registry."""
    text = CHECKSUM_LINE.sub(f'source = "{registry()}"\n', CRATES_LOCK.read_text("utf-8"))
    CARGO_LOCK.write_text(text, "utf-8")


def registry() -> str:
    """Ask cargo what it calls the registry of this crate's dependencies; it needs no network and no lock for that."""
    command = ["cargo", "metadata", "--no-deps", "--format-version=1", f"--manifest-path={HERE / 'Cargo.toml'}"]
    packages = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["packages"]
    sources = {dependency["source"] for package in packages for dependency in package["dependencies"]} - {None}
    if len(sources) != 1:
        sys.exit(
            f"{HERE / 'Cargo.toml'}: dependencies must come from one registry, not from {sorted(map(str, sources))}"
        )
    return str(sources.pop())


if __name__ == "__main__":
    commands = {"save": save, "restore": restore}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit("usage: python rust/lock.py save|restore")
    commands[sys.argv[1]]()
