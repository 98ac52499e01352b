"""Processes that are ended at any moment: children of one that has everything loaded, each ended by a timer of the
kernel's, after which nothing of Python runs.

The code of a nursery reads lines, forks a child for each, and prints `killed` or `ended` when it is gone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

Nursery = subprocess.Popen[str]


@contextmanager
def opened(code: str, *places: Path, **variables: str) -> Iterator[Nursery]:
    """The process of some code, given paths as arguments and further environment variables."""
    environment: Mapping[str, str] = {**os.environ, **variables}
    command = [sys.executable, "-c", code, *map(str, places)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def ended(process: Nursery, *words: object) -> str:
    """Has a child begin with these words on its line; how it ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(" ".join(map(str, words)) + "\n")
    process.stdin.flush()
    return process.stdout.readline().strip()
