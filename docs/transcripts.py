"""Transcripts in the documentation are run, not typed: a ```console block holds commands and what they printed.

A command is a line that begins with `$ `; what stands below it, up to the next command, is its output. All commands of
one page share a new, empty data directory and the folder `examples/`. Ids that differ from run to run are written as
`…`: snapshots, decisions, the chain's positions and hashes, and when something was recorded.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)

_CHANGING = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "…"),
    (re.compile(r"(?<=snapshot )[0-9a-f]{16}"), "…"),
    (re.compile(r"\br-[0-9a-f]{16}\b"), "r-…"),
    (re.compile(r"\bg-[0-9a-f]{24}\b"), "g-…"),
    (re.compile(r"(?<=basis )\d+"), "…"),
    (re.compile(r"\b\d+(?= entries hold)"), "…"),
    (re.compile(r"\b\d+(?= cases hold)"), "…"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(?!999999)\d+\+00:00"), "…"),
)


def settled(text: str) -> str:
    """Output without what differs from run to run, and without blanks at the ends of lines."""
    for pattern, instead in _CHANGING:
        text = pattern.sub(instead, text)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def rerun(page: str) -> str:
    """A page with every transcript as it comes out now."""
    if not BLOCK.search(page):
        return page
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(HOUSE / "examples", f"{place}/examples", ignore=shutil.ignore_patterns("out"))
        Path(f"{place}/examples/out").mkdir()
        return BLOCK.sub(lambda block: _rerun_block(block[0], Path(place)), page)


def _rerun_block(block: str, place: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"$ {command}\n{settled(_run(command, place))}" for command in commands)


def _run(command: str, place: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "VACATUR_HOME": str(place / "home"), "COLUMNS": "120"}
    ran = subprocess.run(  # noqa: S603 -- the documentation's own commands
        ["/bin/bash", "-c", command], cwd=place / "examples", env=environment, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return ran.stdout
