"""Cells for spreadsheets, which run what looks like a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet will not run: what begins like a formula is led by an apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
