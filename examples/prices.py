"""Writes two years of invented prices: `out/prices.csv`, a company, and `out/market.csv`, a market that it follows.

    python prices.py

The company falls by a tenth on 15 January 2021 and rises on 15 March and 26 May beside what chance does. No price in
these files was ever paid.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

OUT = Path(__file__).parent / "out"
MOVES = {date(2021, 1, 15): -0.10, date(2021, 3, 15): 0.07, date(2021, 5, 26): 0.04}


def main() -> None:
    """Monday to Friday from December 2019 on; the market has a holiday on which the company trades."""
    chance = Random(2021)  # noqa: S311 -- the same file every time
    OUT.mkdir(exist_ok=True)
    day, price, level = date(2019, 12, 2), 11.40, 26400.0
    prices, market = ["Date,Close"], ["Date,Close"]
    while day <= date(2021, 9, 30):
        if day.weekday() < 5:
            moved = chance.gauss(0.0004, 0.009)
            price *= 1 + 1.1 * moved + chance.gauss(0, 0.016) + MOVES.get(day, 0)
            level *= 1 + moved
            prices.append(f"{day},{price:.2f}")
            if day != date(2020, 7, 1):
                market.append(f"{day},{level:.2f}")
        day += timedelta(days=1)
    prices.append("2021-09-31,27.15")  # a day that no month has: reported, and left out
    for name, rows in (("prices.csv", prices), ("market.csv", market)):
        (OUT / name).write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
