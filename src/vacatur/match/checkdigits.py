"""Check digits: whether an identifier can be one at all. A typing error is told before anything is searched."""

from __future__ import annotations

import re
from collections.abc import Callable

_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]\Z")
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}\Z")
_IMO = re.compile(r"[0-9]{7}\Z")
_CUSIP = re.compile(r"[A-Z0-9*@#]{8}[0-9]\Z")
_FIGI = re.compile(r"[B-DF-HJ-NP-TV-Z]{2}G[B-DF-HJ-NP-TV-Z0-9]{8}[0-9]\Z")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?\Z")
_CUSIP_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*@#"


def valid_isin(value: str) -> bool:
    """Whether an ISIN's form and check digit hold (ISO 6166: letters as two digits, then Luhn)."""
    if not _ISIN.match(value):
        return False
    digits = "".join(str(int(letter, 36)) for letter in value)
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def valid_lei(value: str) -> bool:
    """Whether an LEI's form and check digits hold (ISO 17442: ISO 7064 MOD 97-10)."""
    return bool(_LEI.match(value)) and int("".join(str(int(letter, 36)) for letter in value)) % 97 == 1


def valid_imo(value: str) -> bool:
    """Whether a ship's IMO number holds (resolution A.1117(30)): six digits by 7 to 2, the sum's last digit last."""
    if not _IMO.match(value):
        return False
    return sum(int(digit) * weight for digit, weight in zip(value, range(7, 1, -1), strict=False)) % 10 == int(value[6])


def valid_cusip(value: str) -> bool:
    """Whether a CUSIP's form and check digit hold (ANSI X9.6: every second sign doubled, digits summed)."""
    return bool(_CUSIP.match(value)) and _double_add(value[:-1]) == int(value[-1])


def valid_figi(value: str) -> bool:
    """Whether a FIGI's form and check digit hold (OMG FIGI 1.0: counted as a CUSIP's)."""
    return bool(_FIGI.match(value)) and _double_add(value[:-1]) == int(value[-1])


def valid_bic(value: str) -> bool:
    """Whether a text has the shape of a BIC (ISO 9362); it carries no check digit."""
    return bool(_BIC.match(value))


def _double_add(signs: str) -> int:
    numbers = (_CUSIP_SIGNS.index(sign) * (1 + place % 2) for place, sign in enumerate(signs))
    return -sum(number // 10 + number % 10 for number in numbers) % 10


CHECKS: dict[str, Callable[[str], bool]] = {
    "isin": valid_isin,
    "lei": valid_lei,
    "imo": valid_imo,
    "cusip": valid_cusip,
    "figi": valid_figi,
    "bic": valid_bic,
}
"""What can be checked, by scheme; any other value may be right."""
