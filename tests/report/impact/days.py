"""Invented markets: seeded, so that every run sees the same days."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

BEGIN = date(2019, 12, 2)


def weekdays(begin: date = BEGIN) -> Iterator[date]:
    """Monday to Friday, for ever."""
    while True:
        if begin.weekday() < 5:
            yield begin
        begin += timedelta(days=1)


def invented(length: int = 480, *, seed: int = 7, jumps: Mapping[date, float] | None = None, noise: float = 0.01,
             begin: date = BEGIN) -> tuple[dict[date, Decimal], dict[date, Decimal]]:  # fmt: skip
    """Closes of a company and of its market, which it follows with beta 1.2; on days of `jumps` it moves by more."""
    chance, jumps = Random(seed), jumps or {}
    prices, benchmark = dict[date, Decimal](), dict[date, Decimal]()
    price, level = 100.0, 3000.0
    for day, _ in zip(weekdays(begin), range(length), strict=False):
        moved = chance.gauss(0.0003, 0.008)
        price *= 1 + 0.0002 + 1.2 * moved + chance.gauss(0, noise) + jumps.get(day, 0.0)
        level *= 1 + moved
        prices[day], benchmark[day] = Decimal(f"{price:.4f}"), Decimal(f"{level:.4f}")
    return prices, benchmark


def written(path: Path, series: Mapping[date, Decimal], head: str = "date,close") -> Path:
    """A series as a CSV file."""
    path.write_text("\n".join([head, *(f"{day},{close}" for day, close in series.items())]) + "\n", "utf-8")
    return path
