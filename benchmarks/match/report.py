"""Tables, and the machine they were made on."""

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """The lines of a Markdown table; numbers stand to the right."""
    numeric = [all(re.match(r"^[-\d.,×<≈ %]+(\s?\w+)?$", str(row[at])) for row in rows) for at in range(len(head))]
    line = "|".join("---:" if number else "---" for number in numeric)
    return [f"| {' | '.join(head)} |", f"|{line}|", *(f"| {' | '.join(map(str, row))} |" for row in rows)]


class Machine(NamedTuple):
    """What was measured on."""

    cpu: str
    cores: int
    memory_gb: int
    system: str
    python: str

    def __str__(self) -> str:
        return f"{self.cpu}, {self.cores} cores, {self.memory_gb} GB of memory, {self.system}, Python {self.python}"


def machine() -> Machine:
    """The machine that this runs on."""
    cpu, memory = platform.processor() or platform.machine(), 0
    info, sizes = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if info.exists() and (found := re.search(r"model name\s*:\s*(.+)", info.read_text("utf-8"))):
        cpu = found[1]
    if sizes.exists() and (found := re.search(r"MemTotal:\s*(\d+)", sizes.read_text("utf-8"))):
        memory = round(int(found[1]) / 2**20)
    return Machine(cpu, os.cpu_count() or 1, memory, platform.system(), platform.python_version())


def count(number: float) -> str:
    """A number as people read it: 3M, 200k, 45."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return f"{number:.3g}"
