"""What a measurement was made on, in words that say nothing of where it was made."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import vacatur


def machine() -> list[tuple[str, str]]:
    """The processor, the memory, the system and the versions; what cannot be told is left out."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    found = [
        ("processor", f"{_field('/proc/cpuinfo', 'model name') or platform.machine()}, {os.cpu_count()} cores"),
        ("memory", _memory()),
        ("system", f"{platform.system()} {platform.release().partition('-')[0]}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("vacatur", vacatur.__version__),
        ("load when it began", "" if load is None else f"{load:.1f}"),
    ]
    return [(what, said) for what, said in found if said]


def _memory() -> str:
    found = _field("/proc/meminfo", "MemTotal").partition(" ")[0]
    return f"{int(found) / 1024**2:.0f} GB" if found.isdigit() else ""


def _field(file: str, name: str) -> str:
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
