"""Cells that a spreadsheet would run as a formula, made harmless wherever they are exported as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that is run, or that hides what is."""


def harmless(cell: str) -> str:
    """A cell that a spreadsheet will not run: what begins like a formula is led by an apostrophe."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def harmless_table(table: pa.Table) -> pa.Table:
    """A table of which no text is a formula."""
    import pyarrow as pa
    from pyarrow import compute

    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            column = table.column(place)
            danger = compute.match_substring_regex(column, f"^[{''.join(FORMULA)}]".replace("-", r"\-"))
            led = compute.binary_join_element_wise("'", column, "")
            table = table.set_column(place, field, compute.if_else(danger, led, column))
    return table
