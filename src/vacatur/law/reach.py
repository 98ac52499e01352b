"""Whom a listing reaches beside the party that it names.

Each programme answers this for itself: NS-CMIC reaches only those named (OFAC FAQ 857); §805 reaches entities under
the control of a listed one; a blocked person's fifty percent rule reaches what blocked persons own by half or more in
aggregate, directly or through others; E.O. 13959 was read to reach close names (OFAC FAQs 858 and 864).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from vacatur.law.corpus import Docket
from vacatur.model.act import Act
from vacatur.model.party import Link, Party
from vacatur.model.programme import Rule


@dataclass(frozen=True, slots=True)
class Reached:
    """A listing that bears on a party, and how: `via` is empty for the party that it names."""

    listing: Act
    via: tuple[str, ...]


def bearing_on(docket: Docket, party: str, rule: Rule) -> list[Reached]:
    """The listings of the rule's programme that bear on `party` under the rule: its own, and those that reach it."""
    own = [Reached(act, ()) for act in _listings(docket, party, rule)]
    others = [
        Reached(act, path) for holder, path in _holders(docket, party, rule) for act in _listings(docket, holder, rule)
    ]
    return own + others


def _listings(docket: Docket, party: str, rule: Rule) -> list[Act]:
    return [act for act in docket.listings(party) if act.programme == rule.programme
            and (not rule.groups or set(rule.groups) & set(act.groups))]  # fmt: skip


def _holders(docket: Docket, party: str, rule: Rule) -> Iterable[tuple[str, tuple[str, ...]]]:
    record, on = docket.corpus.parties.get(party), docket.view.on
    match rule.reach:
        case "close-name":
            return [(link.to, (f"close name of {link.to}",)) for link in _links(record, on, "close-name")]
        case "control":
            return _controllers(docket, party, on)
        case "half":
            return _owners(docket, party, rule, on)
    return []


def _controllers(docket: Docket, party: str, on: datetime) -> list[tuple[str, tuple[str, ...]]]:
    """Every party up the chain of control, nearest first."""
    found: dict[str, tuple[str, ...]] = {}
    ahead: list[tuple[str, tuple[str, ...]]] = [(party, ())]
    while ahead:
        here, path = ahead.pop(0)
        for link in _links(docket.corpus.parties.get(here), on, "controlled-by"):
            if link.to not in found and link.to != party:
                found[link.to] = (*path, f"{here} is controlled by {link.to}")
                ahead.append((link.to, found[link.to]))
    return list(found.items())


def _owners(docket: Docket, party: str, rule: Rule, on: datetime) -> list[tuple[str, tuple[str, ...]]]:
    """The listed owners, when the parties that are listed or themselves so owned hold half or more together."""

    def held(here: str, seen: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
        total, owners = Decimal(0), []
        for link in _links(docket.corpus.parties.get(here), on, "owned-by"):
            if (share := _share(link)) is None or link.to in seen:
                continue
            above = held(link.to, seen | {here})
            if _listings(docket, link.to, rule) or above:
                total += share
                step = f"{here} is owned {link.share} % by {link.to}"
                owners += [(link.to, (step,)), *((owner, (step, *path)) for owner, path in above)]
        return owners if total >= 50 else []

    return held(party, frozenset())


def _links(record: Party | None, on: datetime, kind: str) -> list[Link]:
    return [link for link in (record.links if record else ()) if link.kind == kind and _valid(link, on.date())]


def _valid(link: Link, day: date) -> bool:
    return (not link.since or date.fromisoformat(link.since) <= day) and (
        not link.until or day < date.fromisoformat(link.until)
    )


def _share(link: Link) -> Decimal | None:
    try:
        return Decimal(link.share) if link.share else None
    except InvalidOperation:
        return None
