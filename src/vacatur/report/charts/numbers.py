"""Numbers as a reader sees them: exact where they are amounts, rounded to stated places where they are estimates."""

from __future__ import annotations

from decimal import Decimal

Number = int | Decimal

_SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))


def exact(value: Number, unit: str = "") -> str:
    """An amount with every digit it has: `1,234,567.80`, followed by its unit."""
    return _with(_typeset(f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"), unit)


def rounded(value: float | Decimal, places: int, *, signed: bool = False) -> str:
    """An estimate to so many places: `−0.42`; a rounded zero has no sign."""
    words = f"{value:+,.{places}f}" if signed else f"{value:,.{places}f}"
    return _typeset(words.lstrip("+-") if not words.strip("+-0.,") else words)


def per_cent(share: float, places: int = 2, *, signed: bool = True) -> str:
    """A share as `+4.21 %`."""
    return f"{rounded(100 * share, places, signed=signed)}\N{NO-BREAK SPACE}%"


def brief(value: Decimal) -> str:
    """A round number for an axis: `2.5 m`. Only for numbers that lose nothing by it, such as ticks."""
    for scale, name in _SCALES:
        if abs(value) >= scale and (abs(value) >= 10_000 or scale > 1000):
            return _typeset(f"{_plain(value / scale)}\N{NO-BREAK SPACE}{name}")
    return _typeset(_plain(value))


def share_words(part: Number, whole: Number) -> str:
    """A part of a whole in whole per cent; what is neither nothing nor everything never reads as either."""
    share = 100 * Decimal(part) / Decimal(whole)
    words = "under 1" if 0 < share < 1 else "over 99" if 99 < share < 100 else f"{share:.0f}"
    return f"{words}\N{NO-BREAK SPACE}%"


def ticks(low: Decimal, high: Decimal, most: int = 5) -> list[Decimal]:
    """The multiples of 1, 2 or 5 times a power of ten that lie in [low, high]: at most `most` + 1 of them."""
    width = high - low
    if width <= 0:
        return [low]
    step = Decimal(10) ** ((width / most).adjusted())
    step = next(step * factor for factor in (1, 2, 5, 10) if width <= most * step * factor)
    first = -(-low // step) * step  # towards zero is upwards for a negative number, and downwards for a positive one
    first += step if first < low else 0
    return [first + n * step for n in range(int((high - first) // step) + 1)]


def _with(words: str, unit: str) -> str:
    return f"{words}\N{NO-BREAK SPACE}{unit}" if unit else words


def _plain(value: Decimal) -> str:
    words = f"{value:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _typeset(words: str) -> str:
    return words.replace("-", "\N{MINUS SIGN}")
