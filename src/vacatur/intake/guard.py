"""What keeps a broken download from clearing everybody: an edition is looked at before it is believed."""

from __future__ import annotations

from collections.abc import Set

from vacatur.errors import InputError

MOST_SHRUNK = 0.10
"""The share of its entries by which a list may shrink from one edition to the next without somebody's word."""
SMALL = 20
"""Lists so short may shrink by any share, as long as something is left of them."""


def guard(source: str, new: Set[str], beside: Set[str], where: str) -> None:
    """Refuses an edition that is empty, or that has lost too many of the entries of the edition beside it.

    Raises `InputError`; the last good edition stays in force.
    """
    kept = "The edition before stays in force"
    accept = "Look at the file; if the list really is so, take it with --accept and the reason"
    if not new:
        raise InputError("the edition has no entries", where=where, why=kept, fix=accept)
    gone = len(beside - new)
    if len(beside) > SMALL and gone > len(beside) * MOST_SHRUNK:
        raise InputError(
            f"{gone} of {len(beside)} entries of {source} are missing from this edition", where=where,
            why=f"{kept}: a list that loses more than {MOST_SHRUNK:.0%} at once was probably cut off", fix=accept,
        )  # fmt: skip
