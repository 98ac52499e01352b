"""Positions: what a portfolio holds of one security."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vacatur.errors import InputError
from vacatur.screen.portfolio.amounts import amount
from vacatur.screen.portfolio.currencies import CODES, LOOKALIKES
from vacatur.screen.subject import Subject, subject

AMOUNTS = ("quantity", "value", "currency")
"""The columns of a position beside those that say of what security and whose."""

SECURITY = ("key", "name", "aliases", "country", "mic", "isin", "ticker", "lei", "figi", "cusip", "cik", "uscc", "reg")
"""The columns that do: `key` is the position's own id, `mic` the market of its ticker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One position; `row` counts data rows from 1, `subject` is what is known of the security and its issuer.

    `quantity` and `value` are exact and never negative, None where the file does not say; `currency` (ISO 4217) is that
    of the value, empty without one.
    """

    row: int
    subject: Subject
    quantity: Decimal | None
    value: Decimal | None
    currency: str

    @property
    def key(self) -> str:
        """The id that the file gives the position, else its row."""
        return self.subject.key or f"row {self.row}"

    @property
    def name(self) -> str:
        """Its name, else its first identifier."""
        return self.subject.name or next((value for _, value in self.subject.identifiers), "")

    @property
    def identifiers(self) -> tuple[tuple[str, str], ...]:
        """Scheme and value of its identifiers."""
        return self.subject.identifiers


def position(cells: Mapping[str, str | Sequence[str]], *, row: int, commas: frozenset[str] = frozenset()) -> Position:
    """The position that cells describe, by column (`SECURITY` and `AMOUNTS`).

    `commas` names the columns of amounts in which other rows have a comma before the decimals. Raises `InputError` for
    what cannot be assessed: nothing to look up, a failing check digit, an amount or a currency that is none.
    """
    told = {column: cell for column, cell in cells.items() if column not in AMOUNTS}
    quantity, value = (amount(_text(cells, of), of, commas=of in commas) for of in ("quantity", "value"))
    currency = _currency(_text(cells, "currency"), value)
    issuer = subject({**told, "kind": "organisation"}, row=row)
    return Position(row=row, subject=issuer, quantity=quantity, value=value, currency=currency)


def _text(cells: Mapping[str, str | Sequence[str]], column: str) -> str:
    cell = cells.get(column, "")
    if not isinstance(cell, str):
        raise InputError(f"several values where one {column} is wanted", fix="Give each position a row of its own")
    return cell.strip()


def _currency(code: str, value: Decimal | None) -> str:
    if code.upper() in CODES and code not in LOOKALIKES:
        return code.upper() if value is not None else ""
    if code:
        meant = LOOKALIKES.get(code, LOOKALIKES.get(code.upper()))
        fix = f"Write {meant}, and the value in it" if meant else "Write its three letters, such as USD"
        raise InputError(f"{code[:20]!r} is not a currency code of ISO 4217", fix=fix)
    if value is not None:
        raise InputError("a value without a currency", why="It could be added to no total",
                         fix="Fill in the currency, or leave the value out")  # fmt: skip
    return ""
