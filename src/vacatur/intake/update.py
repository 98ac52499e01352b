"""Updating lists from where they are published: the files of one edition together, and only what is newer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from vacatur.errors import InputError
from vacatur.intake.desk import Outcome, refused
from vacatur.intake.fetch import Fetched, Patience, Seen, fetched, from_place
from vacatur.intake.reading import File, unzipped
from vacatur.intake.source import Source
from vacatur.intake.take import Taken, edition_of


class Feed(msgspec.Struct):
    """What is remembered of a source's address: when it was last tried, when it last gave a good edition, and what its
    files said of themselves then.
    """

    tried: str = ""
    good: str = ""
    problem: str = ""
    seen: dict[str, Seen] = {}


def updated(sources: Iterable[Source], feeds: dict[str, Feed], admit: Callable[[Source, Taken], Outcome],
            last: Callable[[str], str], place: str | None, now: datetime,
            patience: Patience) -> Iterator[Outcome]:  # fmt: skip
    """Fetches and admits one edition of each source; what is remembered of each is brought up to date.

    Args:
        sources: the lists.
        feeds: what is remembered of them.
        admit: takes an edition into the ledger.
        last: the day of the last edition held of a source.
        place: a mirror or folder instead of the official addresses.
        now: the present moment.
        patience: the clock and pause that fetching lives by.
    """
    for source in sources:
        feed = feeds.setdefault(source.id, Feed())
        feed.tried = now.isoformat()
        try:
            outcome = _one(source, feed, admit, last(source.id), place, now, patience)
        except InputError as bad:
            feed.problem = str(bad)
            yield refused(source.id, "", str(bad))
            continue
        if outcome.state != "dry-run":
            feed.good, feed.problem = now.isoformat(), ""
        yield outcome


def _one(source: Source, feed: Feed, admit: Callable[[Source, Taken], Outcome], last: str, place: str | None,
         now: datetime, patience: Patience) -> Outcome:  # fmt: skip
    if not source.urls:
        raise InputError(f"{source.id} has no address", fix="Import its files with `vacatur import`")
    urls = [from_place(url, place) if place is not None else url for url in source.urls]
    answers = {url: fetched(url, feed.seen.get(url, Seen()), patience) for url in urls}
    if all(answer.file is None for answer in answers.values()):
        return Outcome(source.id, last, "known", 0, 0, 0, 0, "nothing has changed since it was last fetched")
    # An edition is all of its files: where one is new, the others are fetched whole.
    answers |= {url: fetched(url, Seen(), patience) for url, answer in answers.items() if answer.file is None}
    files = [file for answer in answers.values() if answer.file is not None for file in _opened(answer.file)]
    taken = edition_of(source, files, _day(answers.values(), now), None)
    if taken.published < last:
        raise InputError(
            f"the edition is of {taken.published}, the last one held of {last}", where=source.id,
            why="An address that goes back in time serves something old; the last good edition stays in force",
            fix="Import it with `vacatur import` if it belongs into the history",
        )  # fmt: skip
    outcome = admit(source, taken)
    if outcome.state != "dry-run":
        feed.seen = {url: answer.seen for url, answer in answers.items()}
    return outcome


def _opened(file: File) -> list[File]:
    return unzipped(file) if file.content.startswith(b"PK\x03\x04") and file.name.lower().endswith(".zip") else [file]


def _day(answers: Iterable[Fetched], now: datetime) -> str:
    """The day on which an edition that does not state its own was put where it is."""
    stated = [answer.seen.modified for answer in answers if answer.seen.modified]
    try:
        days = [parsedate_to_datetime(text).astimezone(UTC) for text in stated]
    except ValueError:
        days = []
    return max(days, default=now.astimezone(UTC)).date().isoformat()
