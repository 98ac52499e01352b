"""Amounts as files write them, to exact numbers; what could be two numbers is neither.

A dot stands before the decimals, as machines write it. Groups of thousands are understood where they leave no doubt:
`1,234,567.89`, `1 234 567`, `1'234'567`, `1.234.567,89`. `1,234` could be either of two numbers a thousand times apart.
"""

from __future__ import annotations

import re
from decimal import Decimal

from vacatur.errors import InputError

MOST = Decimal(10) ** 15
"""No holding comes near a thousand million million of anything; what is above was misread."""
MOST_DECIMALS = 12

_PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?\Z|\.[0-9]+\Z")
_ENGLISH = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?\Z")
_EUROPEAN = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]*)?\Z|[0-9]+,[0-9]*\Z")
_SPACED = re.compile(r"[0-9]{1,3}( [0-9]{3})+([.,][0-9]*)?\Z|[0-9]{1,3}('[0-9]{3})+([.,][0-9]*)?\Z")
_EITHER = re.compile(r"[0-9]{1,3},[0-9]{3}\Z")
_DOTTED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_POWER = re.compile(r"[0-9.,]+[eE][+-]?[0-9]+\Z")
_NEGATIVE = re.compile(r"[-−–(]|.*-\Z")
_BLANKS = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " ",
                         "\N{RIGHT SINGLE QUOTATION MARK}": "'"})  # fmt: skip


def amount(cell: str, what: str, *, commas: bool = False) -> Decimal | None:
    """The number in a cell; None for an empty one.

    Args:
        cell: as it stands in the file.
        what: what it is the number of, for errors: `quantity`.
        commas: whether other cells of the column have a comma before the decimals; a single dot is then doubtful too.

    Raises `InputError` for what is no number, negative, absurd, or could be two numbers.
    """
    text = cell.translate(_BLANKS).strip()
    if not text:
        return None
    if _NEGATIVE.match(text):
        raise InputError(
            f"the {what} {_brief(cell)} is negative", why="What the law says of a holding it does not say of a debt",
            fix="Leave short positions out, or state what is held",
        )  # fmt: skip
    if _EITHER.match(text) or (commas and _DOTTED.match(text)):
        raise InputError(
            f"the {what} {_brief(cell)} could be two numbers, one a thousand times the other",
            fix="Write it without thousands separators and with a dot before the decimals",
        )
    if _POWER.match(text):
        raise InputError(f"the {what} {_brief(cell)} is written in powers of ten, which loses digits",
                         fix="Format the column as a number before exporting it")  # fmt: skip
    number = Decimal(_digits(text, cell, what))
    if number >= MOST or -int(number.as_tuple().exponent) > MOST_DECIMALS:
        raise InputError(
            f"the {what} {_brief(cell)} is absurd: it has more than 15 digits before or 12 after the decimal point",
            fix="Check the columns of this row",
        )
    return number


def with_commas(cell: str) -> bool:
    """Whether a cell can only be read with a comma before the decimals, or dots between thousands."""
    text = cell.translate(_BLANKS).strip()
    return bool(_EUROPEAN.match(text)) and not _EITHER.match(text) and not _PLAIN.match(text)


def _digits(text: str, cell: str, what: str) -> str:
    if _PLAIN.match(text):
        return text
    if _ENGLISH.match(text):
        return text.replace(",", "")
    if _EUROPEAN.match(text):
        return text.replace(".", "").replace(",", ".")
    if _SPACED.match(text):
        return text.replace(" ", "").replace("'", "").replace(",", ".")
    raise InputError(f"the {what} {_brief(cell)} is not a number",
                     fix="Write digits and a dot; a currency has a column of its own")  # fmt: skip


def _brief(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else f"{cell[:40]}…")
