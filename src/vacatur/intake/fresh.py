"""How fresh each list is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from vacatur.intake.source import Source
from vacatur.intake.update import Feed
from vacatur.model.edition import Edition

STALE = 7
"""Days after which a list that changes most weeks is called old."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is held of a source: how many editions, which is the last, how many entries it has, how old it is.

    `tried` and `good` are when its address was last asked, and last gave a good edition; `problem` is why not.
    """

    source: str
    title: str
    editions: int
    first: str
    last: str
    entries: int
    age: str
    tried: str
    good: str
    problem: str


def freshness(
    sources: Iterable[Source], editions: Iterable[Edition], feeds: Mapping[str, Feed], now: datetime
) -> list[Freshness]:
    """Every source by id, those without an edition too."""
    held = list(editions)
    return [
        _of(source, [one for one in held if one.source == source.id], feeds.get(source.id, Feed()), now)
        for source in sources
    ]


def _of(source: Source, held: list[Edition], feed: Feed, now: datetime) -> Freshness:
    if not held:
        return Freshness(source.id, source.title, 0, "", "", 0, "never taken in", feed.tried, feed.good, feed.problem)
    ordered = sorted(held, key=lambda one: one.published)
    last = ordered[-1]
    days = (now.date() - date.fromisoformat(last.published)).days
    age = f"{days} days" if days <= STALE else f"{days} days: old"
    return Freshness(
        source.id,
        source.title,
        len(held),
        ordered[0].published,
        last.published,
        last.entries,
        age,
        feed.tried,
        feed.good,
        feed.problem,
    )
