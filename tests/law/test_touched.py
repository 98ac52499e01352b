"""Whom a change can touch: whoever is not named has the same answer in both views, whatever the change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import assume, given, settings
from tests.screen.laws import (
    ANY,
    BOOK,
    ORDER,
    OTHER_ORDER,
    PARTIES,
    POINT,
    act,
    clocks,
    corpora,
    day,
    designation,
    edits,
    rule,
    sound,
    views,
)

from vacatur.errors import LawError
from vacatur.law.answer import answer, lasting
from vacatur.law.corpus import Corpus, Docket
from vacatur.law.touched import Touched, touched
from vacatur.model.act import Act
from vacatur.model.kinds import ACTIVITIES
from vacatur.model.party import Link
from vacatur.model.programme import Carveout, Dispute, Programme, Reading
from vacatur.model.view import View

SCREENED = ("buy", "sell", "hold", "deal", "export", "contract")
POINTS = (Dispute(id=POINT, question="?", readings=tuple(Reading(id=n, says=n, acts=()) for n in ("wide", "narrow"))),)
PLAIN = replace(BOOK.programmes["quay"], disputes=POINTS, rules=(rule("quay#buy", "buy"),))
PIER = replace(PLAIN, id="pier", disputes=(), rules=(rule("pier#deal", "deal"),))
LISTED = {party: designation(party, "quay" if party < "d" else "pier", day(1)) for party in PARTIES}
ORDERS = [act(0, "order", name.partition("/")[0], day(0), id=name) for name in (ORDER, OTHER_ORDER)]
NOW = View.as_of(day(10).latest)


def law(*acts: Act, quay: Programme = PLAIN, pier: Programme = PIER, links: Iterable[tuple[str, Link]] = ()) -> Corpus:
    """Six parties, three on each list, and more acts."""
    parties = {one: BOOK.parties[one] for one in PARTIES}
    for party, link in links:
        parties[party] = replace(parties[party], links=(*parties[party].links, link))
    return Corpus(
        {"quay": quay, "pier": pier}, {one.id: one for one in (*LISTED.values(), *ORDERS, *acts)}, parties
    )  # fmt: skip


def linked(kind: str, to: str) -> Link:
    return Link(kind=kind, to=to, share="60", since="", until="", source="x")


def found(old: Corpus, new: Corpus, then: View = NOW, now: View = NOW) -> Touched:
    return touched(Docket(old, then), Docket(new, now))


def said(corpus: Corpus, view: View, party: str) -> list[object]:
    """Everything of a party's answers that a screening keeps."""
    docket = Docket(corpus, view)
    kept: list[object] = []
    for activity in SCREENED:
        one = answer(docket, party, activity, ACTIVITIES[activity][0])
        rows = [(row.programme.id, row.answer, row.because, row.conditions) for row in one.rows]
        kept.append((one.answer, one.next_change, rows))
    return [*kept, lasting(docket, party)]


@settings(max_examples=200)
@given(edits(), views())
def test_whoever_is_not_touched_has_the_same_answers(laws: tuple[Corpus, Corpus], both: tuple[View, View]) -> None:
    (old, new), (then, now) = laws, both
    assume(sound(old) and sound(new))
    try:
        names = found(old, new, then, now)
        for party in PARTIES:
            start, end = lasting_of(old, then, party)
            if party not in names.law and start <= now.on < end:
                assert said(old, then, party) == said(new, now, party), party
    except LawError:
        assume(False)


def lasting_of(corpus: Corpus, view: View, party: str) -> tuple[datetime, datetime]:
    docket = Docket(corpus, view)
    for activity in SCREENED:
        answer(docket, party, activity, ACTIVITIES[activity][0])
    return lasting(docket, party)


@settings(max_examples=150)
@given(corpora, views(), clocks)
def test_at_any_moment_inside_the_span_the_answers_are_the_same(
    corpus: Corpus, both: tuple[View, View], on: datetime
) -> None:
    assume(sound(corpus))
    view, _ = both
    try:
        for party in PARTIES:
            start, end = lasting_of(corpus, view, party)
            assert start <= view.on < end
            for moment in {max(start, min(on, end)), start, view.on}:
                if start <= moment < end:
                    assert said(corpus, replace(view, on=moment), party) == said(corpus, view, party)
    except LawError:
        assume(False)


def test_nothing_is_touched_when_nothing_changed() -> None:
    assert found(law(), law()) == Touched(frozenset(), frozenset())


def test_a_revision_that_says_the_same_of_the_law_touches_nobody() -> None:
    other = replace(PLAIN, rev=7, title="The list", short="list", remark="x", followed_until="2030-01-01", sources=())
    assert found(law(), law(quay=other)).law == frozenset()


@pytest.mark.parametrize(("change", "reached"), [
    (act(1, "delist", "quay/alder/designate", day(3)), {"alder"}),
    (act(1, "license", "quay#buy", day(3)), {"alder", "birch", "birch-holding", "cedar"}),
    (act(1, "suspend", "pier", day(3)), {"dogwood", "elm"}),
    (act(1, "vacate", ORDER, day(3), effect="ex-tunc"), {"alder", "birch", "birch-holding", "cedar"}),
    (act(1, "guidance", ORDER, day(3), settles=f"{POINT}#wide"), {"alder", "birch", "birch-holding", "cedar"}),
    (designation("elm", "quay", day(3)), {"elm"}),
    (act(1, "sue", "alder-nobody", day(3)), set[str]()),
], ids=["listing", "rule", "programme", "order", "point", "listed", "nothing"])  # fmt: skip
def test_an_act_touches_those_on_whom_it_works(change: Act, reached: set[str]) -> None:
    assert found(law(), law(change)).law == reached
    assert found(law(change), law()).law == reached


def test_an_act_on_an_act_touches_the_listing_at_the_end() -> None:
    enjoin = act(1, "enjoin", "quay/birch/designate", day(2))
    stay = act(2, "stay", enjoin.id, day(3))
    lift = act(3, "lift", stay.id, day(4))
    assert found(law(enjoin, stay), law(enjoin, stay, lift)).law == {"birch"}


def test_an_act_on_one_for_which_a_formula_waits_touches_whoever_waits() -> None:
    dismissed = act(1, "dismiss", "nothing", day(2))
    annul = act(2, "annul", "quay/cedar/designate", day(3), effect="ex-tunc", effective=f"max(issued, {dismissed.id})")
    reversed_ = act(3, "reverse", dismissed.id, day(4), effect="ex-tunc")
    before, after = law(dismissed, annul), law(dismissed, annul, reversed_)
    assert said(before, NOW, "cedar") != said(after, NOW, "cedar")
    assert found(before, after).law == {"cedar"}


@pytest.mark.parametrize("parts", [
    {"starts": "max(listed, quay/x/act-1)"}, {"ends": "quay/x/act-1 + 1d"}, {"until": "quay/x/act-1"},
    {"unless": (Carveout(activity="deal", condition="c", until="quay/x/act-1", whole=True),)},
], ids=["starts", "ends", "until", "carveout"])  # fmt: skip
def test_an_act_on_which_a_rule_of_another_programme_rests_touches_that_list(parts: dict[str, object]) -> None:
    pier = replace(PIER, rules=(rule("pier#deal", "deal", **parts),))
    waited = act(1, "order", "quay/nothing", day(3))
    before, after = law(pier=pier), law(waited, pier=pier)
    assert said(before, NOW, "dogwood") != said(after, NOW, "dogwood")
    assert {"dogwood", "elm"} <= found(before, after).law


def test_an_act_on_an_order_touches_the_rules_of_another_programme_that_began_with_it() -> None:
    pier = replace(PIER, rules=(rule("pier#deal", "deal", since=ORDER),))
    revoked = act(1, "revoke", ORDER, day(3))
    assert found(law(pier=pier), law(revoked, pier=pier)).law == set(PARTIES)


def test_settling_a_point_touches_the_rules_of_another_programme_that_stand_on_it() -> None:
    pier = replace(PIER, rules=(rule("pier#deal", "deal", reading=f"{POINT}#wide"),))
    settled = act(1, "guidance", "quay/nothing", day(3), settles=f"{POINT}#narrow")
    withdrawn = act(2, "revoke", settled.id, day(4))
    assert said(law(pier=pier), NOW, "dogwood")[3] != said(law(settled, pier=pier), NOW, "dogwood")[3]
    assert {"dogwood", "elm"} <= found(law(pier=pier), law(settled, pier=pier)).law
    assert {"dogwood", "elm"} <= found(law(settled, pier=pier), law(settled, withdrawn, pier=pier)).law


def test_settling_a_point_that_an_act_raised_touches_its_listing() -> None:
    vacate = act(1, "vacate", "pier/elm/designate", day(2), effect="unknown")
    settled = act(2, "guidance", "quay/nothing", day(3), settles=f"{vacate.id}?#ex-tunc")
    assert "elm" in found(law(vacate), law(vacate, settled)).law


def test_a_point_that_is_stated_otherwise_touches_the_rules_of_another_programme() -> None:
    pier = replace(PIER, rules=(rule("pier#deal", "deal", reading=f"{POINT}#wide"),))
    other = replace(PLAIN, disputes=(replace(POINTS[0], readings=POINTS[0].readings[:1]),))
    assert {"dogwood", "elm"} <= found(law(pier=pier), law(pier=pier, quay=other)).law


def test_another_zone_moves_the_terms_of_acts_wherever_they_work() -> None:
    abroad = act(1, "enjoin", "pier/elm/designate", day(2), until="issued + 3d")
    tokyo = replace(PLAIN, zone="Asia/Tokyo")
    assert "elm" in found(law(abroad), law(abroad, quay=tokyo)).law


def test_a_change_reaches_along_links_and_linked_records() -> None:
    links = [("birch", linked("owned-by", "alder")), ("cedar", linked("controlled-by", "birch")),
             ("elm", linked("same-as", "cedar")), ("dogwood", linked("linked-to", "alder"))]  # fmt: skip
    change = act(1, "delist", "quay/alder/designate", day(3))
    assert found(law(links=links), law(change, links=links)).law == {"alder", "birch", "cedar", "elm"}


def test_a_link_that_is_new_touches_the_party_and_those_below_it() -> None:
    below = [("cedar", linked("owned-by", "birch"))]
    names = found(law(links=below), law(links=[*below, ("birch", linked("owned-by", "alder"))]))
    assert names == Touched(frozenset({"birch"}), frozenset({"birch", "cedar"}))


def test_an_annulment_that_comes_to_work_between_two_legal_orders_touches_its_listing() -> None:
    annul = act(1, "vacate", "quay/alder/designate", day(3), effect="ex-tunc", effective="issued + 4d")
    then, now = (replace(NOW, on=day(2).latest, law_at=day(number).latest) for number in (5, 8))
    assert said(law(annul), then, "alder") != said(law(annul), now, "alder")
    assert found(law(annul), law(annul), then, now).law == {"alder"}


def test_an_act_of_which_it_becomes_sure_that_it_was_issued_touches_its_listing() -> None:
    delist = act(1, "license", "quay/alder/designate", day(3, 4), published=day(3), scope=replace(ANY, whole=True))
    then, now = (View(day(9).latest, day(number).latest, day(9).latest) for number in (4, 8))
    assert said(law(delist), then, "alder") != said(law(delist), now, "alder")
    assert found(law(delist), law(delist), then, now).law == {"alder"}
