"""Which positions may not be bought, on four days: one ledger, four answers.

python examples/portfolio.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import vacatur

PORTFOLIO = Path(__file__).parent / "portfolio.csv"
DAYS = ("2021-01-20", "2021-03-20", "2021-06-10", "2021-08-10")


def main() -> None:
    """Prints, for each day, the positions that are prohibited or disputed, and when that changes."""
    with tempfile.TemporaryDirectory() as home:
        v = vacatur.open(home)
        for day in DAYS:
            print(day)
            for screened, decision in v.screen(PORTFOLIO, as_of=day):
                answer = screened.answers["buy"]
                if answer != "permitted":
                    change = screened.result["next_change"] or "none known"
                    print(f"  {screened.subject.name}: {answer}; next change {change}; recorded as {decision}")
        asked = v.ask("xiaomi", "buy", as_of="2021-03-20")
        print(f"Xiaomi on 20 March 2021: {asked.answer}, snapshot {asked.snapshot[:16]}")


if __name__ == "__main__":
    main()
