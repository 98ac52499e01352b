"""A corpus of any size whose acts act on acts, as courts and authorities do; no such party or order exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from vacatur.law.corpus import Corpus
from vacatur.model.act import Act, Quote
from vacatur.model.moment import read_moment
from vacatur.model.party import Name, Party
from vacatur.model.programme import Programme, Rule
from vacatur.model.view import View
from vacatur.model.zones import zone

NEW_YORK = zone("America/New_York")
WORDS = Quote(text="made up for a measurement", ours=True, start=None, end=None)
FIRST = date(2015, 1, 1)

Step = tuple[str, int, int, str | None]
"""One act after a designation: its kind, the act of the story that it targets, days after the last, its effect."""

STORIES: tuple[tuple[Step, ...], ...] = (
    # an injunction, a stay of it, the stay dissolved: the ban is held, bites, is held again
    (("enjoin", 0, 40, None), ("stay", 1, 20, None), ("dissolve", 2, 30, None)),
    # a vacatur, reversed on appeal: the listing is restored for the past too
    (("sue", 0, 30, None), ("vacate", 0, 90, "ex-tunc"), ("reverse", 2, 200, "ex-tunc")),
    # a licence, renewed, withdrawn
    (("license", 0, 10, None), ("renew", 1, 170, None), ("withdraw-licence", 1, 300, None)),
    # a plain removal, with its procedure
    (("propose", 0, 100, None), ("amend", 0, 50, None), ("delist", 0, 400, None)),
)


def corpus(acts: int) -> Corpus:
    """A programme with one ban and `acts` acts on it: every fourth a designation, the rest acting on it or on those."""
    programme = _programme()
    made = {act.id: act for act in islice(_acts(programme.id), acts)}
    parties = {act.target.partition("@")[0] for act in made.values() if act.is_designation}
    return Corpus({programme.id: programme}, made, {party: _party(party) for party in sorted(parties)})


def last_day() -> View:
    """A view from which every act is seen."""
    return View.as_of(datetime(2040, 1, 1, tzinfo=UTC))


def _acts(programme: str) -> Iterator[Act]:
    yield _act(f"{programme}/2014-12-01-order", "order", programme, date(2014, 12, 1), None)
    number = 0
    while True:
        party, day = f"party-{number:06}", FIRST + timedelta(days=number % 3650)
        ids = [f"{programme}/{party}/{day}-designate"]
        yield _act(ids[0], "designate", f"{party}@{programme}", day, None)
        for kind, target, days, effect in STORIES[number % len(STORIES)]:
            day += timedelta(days=days)
            ids.append(f"{programme}/{party}/{day}-{kind}")
            yield _act(ids[-1], kind, ids[target], day, effect)
        number += 1


def _act(act_id: str, kind: str, target: str, day: date, effect: str | None) -> Act:
    moment = read_moment(day.isoformat(), NEW_YORK)
    return Act(
        id=act_id, rev=1, kind=kind, target=target, title=kind, issued=moment, published=moment, effective=None,
        until="issued + 6m" if kind in ("license", "renew") else None, starts=None, issuer="", authority="", grounds=(),
        docket="", document=None, quote=WORDS, sources=(), grade="observed", effect=effect, disputed=None, reading=None,
        settles=None, scope=None, groups=(), parties=(), listed_as="", number="", successor=None, note="",
        recorded_by="benchmark",
    )  # fmt: skip


def _party(party: str) -> Party:
    name = Name(text=party, kind="primary", script="Latn", source="benchmark")
    return Party(
        id=party,
        rev=1,
        kind="organisation",
        country="",
        names=(name,),
        identifiers=(),
        securities=(),
        particulars=(),
        links=(),
        note="",
    )


def _programme() -> Programme:
    rule = Rule(
        id="made-up#buy", authority="", activity="buy", actor="us-person", object="", groups=(), reach="named",
        starts="listed + 60d @ 09:30 America/New_York", ends=None, unless=(), since="made-up/2014-12-01-order",
        until=None, reading=None, document=None, quote=WORDS,
    )  # fmt: skip
    return Programme(
        id="made-up", rev=1, title="A made-up list", short="made-up list", issuer="nobody", zone="America/New_York",
        coverage="complete", followed_from="2014-12-01", followed_until="2039-12-31", remark="", sources=(),
        rules=(rule,), disputes=(),
    )  # fmt: skip
