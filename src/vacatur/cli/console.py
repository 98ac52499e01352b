"""How tables are printed: plain rows that wrap within their cells, wide when nobody's terminal sets the width.

Whatever comes from a file or a list goes through `shown` (or `visible`, where no markup is read): a name may hold an
escape sequence that would recolour, retitle or rewrite the terminal, or a mark that turns the line around.
"""

from __future__ import annotations

import re
import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

PIPED_WIDTH = 160
"""Columns when the output is not a terminal: nothing is cut off in a log."""

MOST_SHOWN = 300
"""Longest text of a user's that is shown in a cell; files and JSON keep it whole."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_UNQUOTED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def console() -> Console:
    """A console as wide as the terminal, or wide enough to read when there is none."""
    return Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)


def table_of(*columns: str) -> Table:
    """A table without frames whose cells fold instead of being cut."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def visible(text: str) -> str:
    """The text with every control character but the line's end written out instead of obeyed."""
    return _CONTROLS.sub(lambda found: found[0] if found[0] == "\n" else _written(found[0]), text)


def shown(text: str) -> str:
    """A text for a cell or a line of markup: visible, on one line, and none of it read as markup."""
    return escape(visible(" ".join(text.split("\n"))))


def brief(text: str) -> str:
    """As `shown`, for what a user's file says: bounded."""
    return shown(text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…")


def safe_json(text: str) -> str:
    """JSON text in which the control characters that JSON leaves alone are escaped as well; it means the same."""
    return _UNQUOTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _written(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if ord(letter) < 256 else f"\\u{ord(letter):04x}"
