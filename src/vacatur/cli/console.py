"""How tables are printed: plain rows that wrap within their cells, wide when nobody's terminal sets the width."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

PIPED_WIDTH = 160
"""Columns when the output is not a terminal: nothing is cut off in a log."""


def console() -> Console:
    """A console as wide as the terminal, or wide enough to read when there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)


def table_of(*columns: str) -> Table:
    """A table without frames whose cells fold instead of being cut."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
