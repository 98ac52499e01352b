"""Identifiers, brought to one form for each scheme; matched exactly in that form or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_TICKER = re.compile(r"[A-Z0-9]+([ .][A-Z0-9]{1,2})?\Z")
_HEX = re.compile(r"0[xX][0-9a-fA-F]+\Z|(?=.{40})([0-9a-fA-F]{2})+\Z")
_BECH32 = re.compile(r"[a-z]{1,83}1[02-9ac-hj-np-z]{6,}\Z")

MARKETS = frozenset(
    ["AS", "AU", "CG", "CH", "CN", "C1", "C2", "CS", "DE", "FP", "GR", "HK", "JP", "KS", "L", "LN", "N", "O", "OQ",
     "PA", "PK", "SH", "SI", "SP", "SS", "SZ", "T", "TO", "TW", "UN", "UQ", "US", "UW"]
)  # fmt: skip
"""The suffixes by which vendors name a market (`1810.HK`, `1810 HK`, `LKCO.O`)."""


def plain(value: str) -> str:
    """An identifier's letters and digits alone, as capitals; wide and styled forms as the plain ones (NFKC)."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", value))).upper()


def plain_cusip(value: str) -> str:
    """A CUSIP, whose last three signs before the check digit may be `*`, `@` and `#`."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", value) if sign.isalnum() or sign in "*@#").upper()


def plain_imo(value: str) -> str:
    """A ship's number without the letters IMO before it."""
    return plain(value).removeprefix("IMO")


def plain_bic(value: str) -> str:
    """A BIC of eight signs; a head office's branch code, thrice X, says no more than its absence."""
    code = plain(value)
    return code[:8] if len(code) == 11 and code.endswith(3 * "X") else code


def plain_cik(value: str) -> str:
    """A CIK without the zeros that pad it to ten digits."""
    return plain(value).lstrip("0")


def plain_wallet(value: str) -> str:
    """A wallet's address with its case where it matters.

    Base58 tells capitals from small letters. Hexadecimal does not (in Ethereum's their pattern is a check sum only),
    nor does bech32, which may be written in either, but not mixed (BIP 173).
    """
    address = "".join(unicodedata.normalize("NFKC", value).split())
    if _HEX.match(address):
        return address.lower()
    one_case = address in (address.lower(), address.upper())
    return address.lower() if one_case and _BECH32.match(address.lower()) else address


_PLAIN: dict[str, Callable[[str], str]] = {
    "bic": plain_bic,
    "cik": plain_cik,
    "cusip": plain_cusip,
    "imo": plain_imo,
    "wallet": plain_wallet,
}


def normal(scheme: str, value: str) -> str:
    """An identifier in its scheme's normal form; empty when it says nothing.

    Schemes without rules of their own are compared by their letters and digits. `wallet-btc` and the like are wallets.
    """
    return _PLAIN.get(scheme.partition("-")[0], plain)(value)


def forms(scheme: str, value: str) -> tuple[str, ...]:
    """The forms under which an identifier is filed and looked up: several for a ticker, else one, or none."""
    found = ticker_forms(value) if scheme == "ticker" else (normal(scheme, value),)
    return tuple(filter(None, found))


def ticker_forms(ticker: str) -> tuple[str, ...]:
    """The forms under which a ticker is looked up: without leading zeros, with and without a market suffix.

    Zeros are padding in Hong Kong's codes, of at most five digits; in mainland China's six they are part of the code.
    """
    whole = " ".join(unicodedata.normalize("NFKC", ticker).upper().replace(".", " ").split())
    first = whole.partition(" ")[0]
    bare = first.lstrip("0") if first.isdigit() and len(first) <= 5 else first
    return tuple(dict.fromkeys(form for form in (plain(whole), first, bare) if form))


def like_ticker(typed: str) -> bool:
    """Whether a bare text can be meant as a ticker: one word, at most with a market's suffix. A name whose first word
    happens to be a ticker is not.
    """
    whole = " ".join(typed.upper().split())
    return bool(_TICKER.match(whole)) and re.split("[ .]", whole)[-1] in MARKETS | {whole}
