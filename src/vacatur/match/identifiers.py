"""Identifiers, brought to one form and checked by their own check digits; matched exactly or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from vacatur.model.party import Party

_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]\Z")
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}\Z")
_TICKER = re.compile(r"[A-Z0-9]+([ .][A-Z0-9]{1,2})?\Z")
_JUNK = re.compile(r"[\s.\-_/]")


def plain(value: str) -> str:
    """An identifier without spaces, points, hyphens and case."""
    return _JUNK.sub("", value).upper()


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


MARKETS = frozenset(
    ["AS", "AU", "CG", "CH", "CN", "C1", "C2", "CS", "DE", "FP", "GR", "HK", "JP", "KS", "L", "LN", "N", "O", "OQ",
     "PA", "PK", "SH", "SI", "SP", "SS", "SZ", "T", "TO", "TW", "UN", "UQ", "US", "UW"]
)  # fmt: skip
"""The suffixes by which vendors name a market (`1810.HK`, `1810 HK`, `LKCO.O`)."""


def ticker_forms(ticker: str) -> tuple[str, ...]:
    """The forms under which a ticker is looked up: without leading zeros, with and without a market suffix.

    Zeros are padding in Hong Kong's codes, of at most five digits; in mainland China's six they are part of the code.
    """
    whole = " ".join(ticker.upper().replace(".", " ").split())
    first = whole.partition(" ")[0]
    bare = first.lstrip("0") if first.isdigit() and len(first) <= 5 else first
    return tuple(dict.fromkeys(form for form in (plain(whole), first, bare) if form))


def like_ticker(typed: str) -> bool:
    """Whether a bare text can be meant as a ticker: one word, at most with a market's suffix. A name whose first word
    happens to be a ticker is not.
    """
    whole = " ".join(typed.upper().split())
    return bool(_TICKER.match(whole)) and re.split("[ .]", whole)[-1] in MARKETS | {whole}


class Identifiers:
    """Every identifier of a set of parties: `(scheme, value) → parties`."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for party in parties:
            for identifier in party.identifiers:
                self._add(identifier.scheme, identifier.value, party.id)
            for identifier in (i for security in party.securities for i in security.identifiers):
                self._add(identifier.scheme, identifier.value, party.id)

    def find(self, scheme: str, value: str) -> set[str]:
        """The parties that carry this identifier; for a ticker, in any of its forms."""
        if scheme == "ticker":
            return set().union(*(self._found.get(("ticker", form), set()) for form in ticker_forms(value)))
        return self._found.get((scheme, plain(value)), set())

    def schemes_of(self, value: str) -> list[tuple[str, set[str]]]:
        """Every scheme under which a bare value is known, with the parties that carry it."""
        schemes = sorted({scheme for scheme, _ in self._found})
        return [(scheme, found) for scheme in schemes if scheme != "ticker" or like_ticker(value)
                if (found := self.find(scheme, value))]  # fmt: skip

    def _add(self, scheme: str, value: str, party: str) -> None:
        for form in ticker_forms(value) if scheme == "ticker" else (plain(value),):
            self._found[scheme, form].add(party)
