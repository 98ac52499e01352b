"""Real list files, unpacked as they are read."""

import shutil
import subprocess
from pathlib import Path

import pytest

from vacatur.intake.reading import File


def real(path: Path) -> File:
    """A file of the real lists."""
    if path.suffix != ".zst":
        return File(path.name, path.read_bytes())
    if shutil.which("zstd") is None:
        pytest.skip("zstd is not installed, and the real lists are packed with it")
    unpacked = subprocess.run(["zstd", "-dcq", "--long=27", str(path)], capture_output=True, check=True)
    return File(path.stem, unpacked.stdout)
