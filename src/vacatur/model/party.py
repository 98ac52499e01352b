"""A party: whom a listing names. Its names and identifiers are as sources print them."""

from __future__ import annotations

from dataclasses import dataclass

PARTY_KINDS = ("organisation", "person", "vessel", "aircraft", "wallet", "application", "unknown")
NAME_KINDS = ("primary", "alias", "weak", "former", "native")
LINK_KINDS = ("same-as", "owned-by", "controlled-by", "close-name", "linked-to", "successor-of", "not-same-as")
REACHING = ("owned-by", "controlled-by", "close-name")
"""Links that can carry a rule's reach from one party to another."""
STRONG_SCHEMES = ("lei", "isin", "figi", "imo", "uscc", "cik", "wallet")
"""Identifiers that settle identity by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name, as printed by `source`."""

    text: str
    kind: str
    script: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """One identifier; `scheme` is lei, isin, figi, cusip, ticker, imo, reg, uscc, cik, passport, tax, bic, ofac …"""

    scheme: str
    value: str
    country: str
    source: str


PARTICULARS = (
    "birth-date", "birth-place", "nationality", "citizenship", "gender", "title", "position", "address", "programme",
    "linked-to", "owner", "flag", "vessel-type", "tonnage", "call-sign", "risk", "remark",
)  # fmt: skip
"""What else lists print of a party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particular:
    """One thing that `source` prints of a party, in its words; dates of birth as `YYYY[-MM[-DD]]` if they can be."""

    kind: str
    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation to another party, as stated by `source`; `share` is a percentage where one is stated.

    Only `owned-by`, `controlled-by` and `close-name` can carry a rule's reach; `linked-to` repeats what a list prints.
    `since` and `until` are dates, empty when unknown.
    """

    kind: str
    to: str
    share: str
    since: str
    until: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """A security of an issuer. `id` is its ISIN where one is known, else `ticker@venue`."""

    id: str
    title: str
    identifiers: tuple[Identifier, ...]
    venue: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One legal or natural person, vessel, application … as one record."""

    id: str
    rev: int
    kind: str
    country: str
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    securities: tuple[Security, ...]
    particulars: tuple[Particular, ...]
    links: tuple[Link, ...]
    note: str

    @property
    def name(self) -> str:
        """The primary name."""
        return next((name.text for name in self.names if name.kind == "primary"), self.id)
