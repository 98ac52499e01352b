"""Parties who are listed alike share an answer, and whoever is not alike in anything has their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.law.test_touched import NOW, ORDERS, PIER, PLAIN, law, linked
from tests.screen.desks import screener
from tests.screen.laws import ANY, ORDER, PARTIES, POINT, act, day, designation, rule

from vacatur.law.corpus import Corpus, Docket
from vacatur.law.shape import Shapes

ALIKE = ("alder", "birch", "birch-holding", "cedar")
POINTED = replace(PLAIN, rules=(rule("quay#buy", "buy", reading=f"{POINT}#wide"),))
HALF = replace(PIER, rules=(rule("pier#deal", "deal", reach="half"),))
GROUPED = replace(PLAIN, rules=(rule("quay#buy", "buy", groups=("g",)),))
SETTLED = act(1, "guidance", "quay/nothing", day(3), settles=f"{POINT}#wide", parties=("birch",))


def shapes(corpus: Corpus) -> dict[str, object]:
    """The key of each party that has a shape."""
    found = Shapes(Docket(corpus, NOW))
    return {party: shape.key for party in PARTIES if (shape := found.of(party)) is not None}


def test_those_listed_alike_have_one_shape_and_are_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = shapes(law())
    assert len(keys) == len(PARTIES)
    assert len({keys[party] for party in ALIKE}) == 1
    made = screener(law(), NOW)
    asked: list[str] = []
    monkeypatch.setattr(type(made), "_asked", _counting(type(made)._asked, asked))
    said = made.law(PARTIES)
    assert asked == ["alder", "dogwood"]
    assert [said[party]["because"] for party in ALIKE] == [[ORDER, f"quay/{party}/designate"] for party in ALIKE]


def _counting(ask: Callable[[Any, str], Any], asked: list[str]) -> Callable[[Any, str], Any]:
    def counting(self: Any, party: str) -> Any:
        asked.append(party)
        return ask(self, party)

    return counting


@pytest.mark.parametrize("corpus", [
    law(act(1, "enjoin", "quay/birch/designate", day(3))),
    law(act(1, "license", "quay#buy", day(3), scope=replace(ANY, parties=("birch",)))),
    law(act(1, "license", "quay#buy", day(3), scope=replace(ANY, excluded=("birch",)))),
    law(links=[("birch", linked("owned-by", "dogwood"))], pier=HALF),
    law(links=[("birch", linked("same-as", "dogwood"))]),
    law(SETTLED, quay=POINTED),
    law(designation("birch", "pier", day(2))),
    law(designation("birch", "quay", day(1), effective="issued + 90d")),
    law(designation("birch", "quay", day(1), disputed="contested")),
    law(designation("birch", "quay", day(1), groups=("g",)), quay=GROUPED),
    law(*(replace(order, issued=day(1), id=order.id, published=day(1)) for order in ORDERS)),
    law(replace(ORDERS[0], id="quay/birch-order", issued=day(1), published=day(1)),
        quay=replace(PLAIN, rules=(rule("quay#buy", "buy", since="quay/birch-order"),))),
], ids=["act", "scope", "excluded", "reach", "same", "settled", "second list", "effective", "disputed", "group",
        "same day", "order between"])  # fmt: skip
@pytest.mark.parametrize("order", [PARTIES, PARTIES[::-1]], ids=["forth", "back"])
def test_whoever_was_asked_about_before_the_answer_is_ones_own(corpus: Corpus, order: tuple[str, ...]) -> None:
    together = screener(corpus, NOW).law(order)
    for party in PARTIES:
        assert together[party] == screener(corpus, NOW).law([party])[party], party
