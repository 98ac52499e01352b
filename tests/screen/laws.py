"""Laws made up on the spot: two programmes over the Quay's parties, with acts on acts, open points, links and terms.

Small on purpose: few days, few parties and few kinds of acts, so that they meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from tests.screen.desks import NEW_YORK, QUAY, law_of

from vacatur.law.corpus import Corpus
from vacatur.model.act import Act, Scope
from vacatur.model.moment import Moment, read_moment
from vacatur.model.party import Link, Name, Particular, Party
from vacatur.model.programme import Carveout, Dispute, Programme, Reading, Rule
from vacatur.model.view import View

R = TypeVar("R")

BOOK = law_of(QUAY)
PARTIES = ("alder", "birch", "birch-holding", "cedar", "dogwood", "elm")
FIRST = read_moment("2021-01-10", NEW_YORK).earliest
DAYS = 12
"""Everything happens within so many days."""

ORDER, OTHER_ORDER = "quay/order", "pier/order"
POINT = "quay/scope"
MODEL = BOOK.acts["quay/alder/2021-03-12-enjoin"]
RULE = BOOK.programmes["quay"].rules[0]
ANY = Scope(activities=(), actors=(), rules=(), parties=(), excluded=(), condition="on terms", whole=True)

SCOPES = [None, None, replace(ANY, activities=("export",)), replace(ANY, parties=("birch",))]


def day(number: int, length: int = 0) -> Moment:
    """A day, or a range of so many more."""
    begin = FIRST + timedelta(days=number)
    return Moment(begin, begin + timedelta(days=length), f"day {number}..{number + length}")


def rule(name: str, activity: str, **parts: object) -> Rule:
    """A rule of one of the programmes."""
    programme = name.partition("#")[0]
    since = ORDER if programme == "quay" else OTHER_ORDER
    plain = {"id": name, "activity": activity, "actor": "anyone", "starts": "listed", "since": since}
    return replace(RULE, **{**plain, **parts})  # type: ignore[arg-type]


def act(number: int, kind: str, target: str, issued: Moment, **parts: object) -> Act:
    """An act of the first programme, unless it names another."""
    plain = {"id": f"quay/x/act-{number}", "kind": kind, "target": target, "issued": issued, "published": issued,
             "effect": None, "scope": None, "quote": None, "document": None}  # fmt: skip
    return replace(MODEL, **{**plain, **parts})  # type: ignore[arg-type]


def designation(party: str, programme: str, issued: Moment, **parts: object) -> Act:
    """A listing."""
    return act(0, "designate", f"{party}@{programme}", issued, id=f"{programme}/{party}/designate", **parts)


formulas = st.sampled_from([None, None, None, "issued + 3d", "max(issued + 1d, quay/x/act-0)", "quay/x/act-1 + 2d"])
ends = st.sampled_from([None, None, None, "issued + 4d", "quay/x/act-0 + 1d", "min(issued + 6d, quay/x/act-1)"])
moments = st.builds(day, st.integers(0, DAYS), st.sampled_from([0, 0, 0, 3]))
KINDS = {"enjoin": None, "stay": None, "lift": None, "delist": None, "maintain": None, "extend": None, "license": None,
         "guidance": None, "dismiss": None, "vacate": "ex-tunc", "annul": "unknown", "reverse": "ex-tunc"}  # fmt: skip


@st.composite
def programmes(draw: st.DrawFn) -> dict[str, Programme]:
    """Two programmes; rules of the second may rest on acts of the first, and on its open point."""
    reach = st.sampled_from(["named", "half", "control", "close-name"])
    starts = st.sampled_from(["listed", "listed + 2d", "max(listed, quay/x/act-0)", "effective"])
    until = st.sampled_from([None, "listed + 5d", "quay/x/act-1 + 2d"])
    unless = (Carveout(activity="export", condition="small parts", until=draw(until), whole=draw(st.booleans())),)
    quay = (
        rule("quay#buy", "buy", starts=draw(starts), reach=draw(reach), ends=draw(until)),
        rule("quay#export", "export", unless=unless, until=draw(st.sampled_from([None, "quay/x/act-2"]))),
    )
    pier = (
        rule("pier#deal", "deal", since=draw(st.sampled_from([ORDER, OTHER_ORDER])), reach=draw(reach)),
        rule("pier#sell", "sell", reading=draw(st.sampled_from([None, f"{POINT}#wide"]))),
    )
    readings = tuple(Reading(id=one, says=f"it is {one}", acts=()) for one in ("wide", "narrow"))
    plain = replace(BOOK.programmes["quay"], rules=quay, disputes=(Dispute(id=POINT, question="?", readings=readings),))
    followed = draw(st.sampled_from(["2020-11-12", "2021-01-14"]))
    ended = draw(st.sampled_from(["2021-01-15", "2026-08-31"]))
    place = draw(st.sampled_from(["America/New_York", "Asia/Tokyo"]))
    return {
        "quay": replace(plain, followed_from=followed, followed_until=ended),
        "pier": replace(plain, id="pier", rules=pier, disputes=(), zone=place),
    }


@st.composite
def drawn_act(draw: st.DrawFn, number: int, targets: list[str]) -> Act:
    """An act on a listing, a rule, a programme, an order or another act."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    issued = draw(moments)
    late = draw(st.sampled_from([0, 0, 2]))
    book = draw(st.sampled_from(["quay", "quay", "pier"]))
    settles = draw(st.sampled_from([None, f"{POINT}#wide", f"{POINT}#narrow"])) if kind == "guidance" else None
    return act(
        number, kind, draw(st.sampled_from(targets)), issued, id=f"{book}/x/act-{number}",
        published=Moment(issued.earliest + timedelta(days=late), issued.latest + timedelta(days=late), issued.text),
        effective=draw(formulas), until=draw(ends), effect=KINDS[kind], settles=settles,
        starts=draw(st.sampled_from([None, "issued + 4d"])) if kind == "extend" else None,
        reading=draw(st.sampled_from([None, None, None, f"{POINT}#narrow"])),
        disputed=draw(st.sampled_from([None, None, None, None, "contested"])),
        scope=draw(st.sampled_from(SCOPES)),
    )  # fmt: skip


def without_circles(acts: list[Act]) -> list[Act]:
    """The acts without formulas by which one would wait for itself: an act waits for earlier ones only."""
    found = []
    for number, one in enumerate(acts):
        later = {f"quay/x/act-{n}" for n in range(number, 9)} | {f"pier/x/act-{n}" for n in range(number, 9)}
        kept: dict[str, Any] = {}
        for name in ("effective", "until"):
            formula = getattr(one, name)
            kept[name] = None if any(other in (formula or "") for other in later) else formula
        found.append(replace(one, **kept))
    return found


@st.composite
def acts(draw: st.DrawFn) -> list[Act]:
    """Listings, orders, and a few acts on them and on each other; none on a later one."""
    listed = [designation(party, programme, draw(moments), until=draw(st.sampled_from([None, None, "issued + 5d"])),
                          effective=draw(st.sampled_from([None, None, "issued + 2d"])))
              for party, programme in draw(st.lists(
                  st.tuples(st.sampled_from(PARTIES), st.sampled_from(["quay", "pier"])), min_size=1, max_size=4,
                  unique=True))]  # fmt: skip
    orders = [act(0, "order", name.partition("/")[0], day(0), id=name) for name in (ORDER, OTHER_ORDER)]
    found: list[Act] = []
    targets = [*(one.id for one in (*listed, *orders)), "quay#buy", "pier#deal", "quay", "pier"]
    for number in range(draw(st.integers(0, 5))):
        found.append(draw(drawn_act(number, targets)))
        targets = [*targets, found[-1].id, found[-1].id]
    return [*listed, *orders, *without_circles(found)]


@st.composite
def parties(draw: st.DrawFn) -> dict[str, Party]:
    """The Quay's parties, some of them renamed, gone, linked or born."""
    found = {}
    for one in PARTIES:
        if not draw(st.integers(0, 9)):
            continue
        record = BOOK.parties[one]
        link = st.builds(
            lambda kind, to, share, since: Link(kind=kind, to=to, share=share, since=since, until="", source="x"),
            st.sampled_from(["owned-by", "controlled-by", "close-name", "same-as", "linked-to"]),
            st.sampled_from([other for other in PARTIES if other != one]), st.sampled_from(["60", "30"]),
            st.sampled_from(["", "2021-01-13"]),
        )  # fmt: skip
        names = draw(
            st.sampled_from(
                [record.names, record.names, (Name(text=f"{record.name} Works", kind="primary", script="", source=""),)]
            )
        )
        born = draw(st.sampled_from([(), (), (Particular(kind="nationality", value="KY", source=""),)]))
        links = tuple(draw(st.lists(link, max_size=2)))
        found[one] = replace(record, names=names, links=links, particulars=born)
    return found


corpora = st.builds(
    lambda law, made, known: Corpus(law, {one.id: one for one in made}, known), programmes(), acts(), parties()
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Corpus, Corpus]:
    """A law, and the same law with some of its records changed, added and removed."""
    old = draw(corpora)
    new = draw(corpora)
    law = dict(old.programmes)
    if draw(st.booleans()):
        law |= {name: new.programmes[name] for name in law if draw(st.booleans())}
    return old, Corpus(law, _mixed(draw, old.acts, new.acts), _mixed(draw, old.parties, new.parties))


def _mixed(draw: st.DrawFn, old: Mapping[str, R], new: Mapping[str, R]) -> dict[str, R]:
    """Mostly the old records; a few taken from the new, or left out."""
    found = dict(old)
    for name in draw(st.sets(st.sampled_from(sorted({*old, *new})), max_size=2)) if old or new else ():
        found.pop(name, None)
        if name in new and draw(st.booleans()):
            found[name] = new[name]
    return found


clocks = st.integers(-1, DAYS + 4).map(lambda number: day(number).earliest + timedelta(hours=20))


@st.composite
def views(draw: st.DrawFn) -> tuple[View, View]:
    """Two views: the clocks moved alone, together, or not at all."""
    old = View(draw(clocks), draw(clocks), draw(clocks)) if draw(st.booleans()) else View.as_of(draw(clocks))
    moved = draw(st.sets(st.sampled_from(["on", "law_at", "known_at"])))
    return old, replace(old, **{name: draw(clocks) for name in sorted(moved)})


def sound(corpus: Corpus) -> bool:
    """Whether no act targets itself in a circle, nor an act that mixing has moved behind it."""
    for one in corpus.acts.values():
        seen, node = set(), one.id
        while (found := corpus.acts.get(node)) is not None and not found.is_designation:
            if node in seen:
                return False
            seen.add(node)
            node = found.target
    return True
