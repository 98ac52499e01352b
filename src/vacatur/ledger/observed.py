"""From editions to acts: what appeared, what went, what was changed, each dated as exactly as editions tell.

A difference says that something happened after the edition before and by the edition that shows it: the act is dated
by that range of days, unless the entry itself states the day. It is public from the edition that shows it. It is of
grade *observed*: a documented act of the same kind for the same party in the same programme takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo

from vacatur.ledger.diff import amendments
from vacatur.ledger.history import History, Stamp, Version
from vacatur.model.act import Act
from vacatur.model.listed import Listed
from vacatur.model.moment import BEGINNING, Moment, read_moment
from vacatur.model.party import Party
from vacatur.model.programme import Programme
from vacatur.model.zones import zone

_PLAIN = re.compile(r"[^a-z0-9]+")
MOST_NOTED = 400
"""Longest note of what was changed, in characters; all of it is in the editions."""


def party_id(source: str, key: str) -> str:
    """The id of the party that a source's entry names."""
    return f"{source}-{_PLAIN.sub('-', key.lower()).strip('-')}"


@dataclass(frozen=True, slots=True)
class Observed:
    """What a source's editions add to the ledger."""

    parties: tuple[Party, ...]
    acts: tuple[Act, ...]


def observed(history: History, programmes: dict[str, Programme], taken: frozenset[str]) -> Observed:
    """The parties and acts that a history shows.

    Args:
        history: the editions of one source.
        programmes: the programmes of the ledger; entries of others are left out.
        taken: programmes for which another source of the ledger is the nearer one.
    """
    parties: list[Party] = []
    acts: list[Act] = []
    for key, rows in history.versions.items():
        last = history.wordings[rows[-1].wording]
        if last.programme in taken or last.programme not in programmes:
            continue
        one = party_id(history.source, key)
        parties.append(_party(one, [history.wordings[row.wording] for row in reversed(rows)]))
        acts += _Reader(history, programmes[last.programme], one).acts(rows)
    return Observed(tuple(parties), tuple(acts))


def _party(one: str, wordings: list[Listed]) -> Party:
    """The entry as last printed, with the names that earlier editions printed as former ones."""
    last = wordings[0]
    known = {name.text for name in last.names}
    former = [
        replace(name, kind="former" if name.kind == "primary" else name.kind)
        for old in wordings[1:]
        for name in old.names
        if name.text not in known and not known.add(name.text)  # type: ignore[func-returns-value]
    ]
    return Party(
        id=one, rev=1, kind=last.kind, country=last.country, names=(*last.names, *former),
        identifiers=last.identifiers, securities=last.securities, particulars=last.particulars, links=(), note="",
    )  # fmt: skip


class _Reader:
    """Reads the acts of one entry out of its versions."""

    def __init__(self, history: History, programme: Programme, party: str) -> None:
        self._history, self._programme, self._party = history, programme, party
        self._where = zone(programme.zone)

    def acts(self, rows: list[Version]) -> Iterator[Act]:
        """Every listing with its changes and its end; an entry that comes back is another listing."""
        opened: Act | None = None
        last: Version | None = None
        for row in rows:
            entry = self._history.wordings[row.wording]
            follows = last is not None and self._history.following(last.last) == row.first
            if last is not None and opened is not None and follows:
                yield self._amend(opened, self._history.wordings[last.wording], entry, row.first)
            else:
                if last is not None and opened is not None:
                    yield self._delist(opened, last.last)
                opened = self._designate(entry, row.first, again=last is not None)
                yield opened
            last = row
        if last is not None and opened is not None and last.last != self._history.editions[-1]:
            yield self._delist(opened, last.last)

    def _designate(self, entry: Listed, stamp: Stamp, again: bool) -> Act:
        stated = dict(entry.stated)
        listed = stated.get("listed", "")
        issued = self._between(stamp)
        # A listing that came back has a date of its own, whatever the entry still prints of the first one.
        if listed and not (again and listed < (self._before(stamp) or "")):
            issued = _stated(listed, stamp, self._where) or issued
        effective = stated.get("effective")
        return self._act(
            "designate", f"{self._party}@{self._programme.id}", stamp, issued, f"{entry.name}: on the list",
            entry=entry, effective=effective if effective != listed else None,
        )  # fmt: skip

    def _delist(self, opened: Act, last: Stamp) -> Act:
        stamp = self._history.following(last) or last
        return self._act("delist", opened.id, stamp, self._between(stamp), f"{opened.listed_as}: off the list")

    def _amend(self, opened: Act, old: Listed, new: Listed, stamp: Stamp) -> Act:
        note = "; ".join(map(str, amendments(old, new)))
        note = note if len(note) <= MOST_NOTED else f"{note[:MOST_NOTED]}…"
        return self._act("amend", opened.id, stamp, self._between(stamp), f"{new.name}: entry changed", note=note)

    def _before(self, stamp: Stamp) -> str | None:
        before = self._history.previous(stamp)
        return before[0] if before else None

    def _between(self, stamp: Stamp) -> Moment:
        """After the edition before, and by this one."""
        before, day = self._before(stamp), read_moment(stamp[0], self._where)
        if before is None:
            return Moment(BEGINNING, day.latest, f"..{stamp[0]}")
        first = (date.fromisoformat(before) + timedelta(days=1)).isoformat()
        return day if first >= stamp[0] else read_moment(f"{first}..{stamp[0]}", self._where)

    def _act(self, kind: str, target: str, stamp: Stamp, issued: Moment, title: str, *, entry: Listed | None = None,
             effective: str | None = None, note: str = "") -> Act:  # fmt: skip
        return Act(
            id=f"{self._programme.id}/{self._party}/{stamp[0]}-{kind}", rev=1, kind=kind, target=target, title=title,
            issued=issued, published=read_moment(stamp[0], self._where), effective=effective, until=None,
            starts=None,
            issuer=self._programme.issuer, authority="", grounds=(), docket="", document=None, quote=None,
            sources=(stamp[1],), grade="observed", effect=None, disputed=None, reading=None, settles=None, scope=None,
            groups=(), parties=(), listed_as=entry.name if entry is not None else "",
            number=entry.key if entry is not None else "", successor=None, note=note,
            recorded_by=self._history.source,
        )  # fmt: skip


def _stated(text: str, stamp: Stamp, where: tzinfo) -> Moment | None:
    """A date that the entry states, unless it lies after the edition that prints it."""
    try:
        moment = read_moment(text, where)
    except ValueError:
        return None
    return moment if text <= stamp[0] else None
