"""What editions say together does not depend on the order in which they come."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vacatur.ledger.diff import amendments
from vacatur.ledger.history import History
from vacatur.model.listed import Listed
from vacatur.model.party import Identifier, Name, Particular

KEYS = ["1", "2", "3", "4"]


def entry(key: str, wording: str = "a") -> Listed:
    return Listed(
        key=key, programme="dock", kind="person", country="", identifiers=(), securities=(), particulars=(), stated=(),
        names=(Name(text=f"{key} {wording}", kind="primary", script="Latn", source="dock"),), raw=(),
    )  # fmt: skip


def days(count: int) -> list[str]:
    return [f"2021-01-{day:02}" for day in range(1, count + 1)]


EDITION = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["a", "b"]))
EDITIONS = st.lists(EDITION, min_size=1, max_size=8)


def history_of(editions: list[dict[str, str]], order: list[int]) -> History:
    made = History("dock")
    for at in order:
        day = days(len(editions))[at]
        made.insert((day, f"dock/{day}"), [entry(*one) for one in editions[at].items()])
    return made


@given(EDITIONS, st.randoms())
def test_a_history_gives_back_every_edition_whatever_the_order(editions: list[dict[str, str]], chance: object) -> None:
    order = list(range(len(editions)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    made = history_of(editions, order)
    for day, edition in zip(days(len(editions)), editions, strict=True):
        printed = {one.key: one for one in made.printed((day, f"dock/{day}"))}
        assert printed == {key: entry(key, wording) for key, wording in edition.items()}


@given(EDITIONS, st.randoms())
def test_a_history_depends_on_the_editions_alone(editions: list[dict[str, str]], chance: object) -> None:
    order = list(range(len(editions)))
    ordered = history_of(editions, order)
    chance.shuffle(order)  # type: ignore[attr-defined]
    assert history_of(editions, order).versions == ordered.versions


def test_the_edition_in_force_is_the_last_one_by_that_day() -> None:
    made = history_of([{"1": "a"}, {}, {"1": "b"}], [2, 0, 1])
    assert made.at("2020-12-31") is None
    assert made.at("2021-01-02") == ("2021-01-02", "dock/2021-01-02")
    assert made.at("2030-01-01") == ("2021-01-03", "dock/2021-01-03")


def test_an_amendment_names_the_field_and_both_values() -> None:
    old = entry("1")
    birth = Particular(kind="birth-date", value="1965", source="dock")
    passport = Identifier(scheme="passport", value="X1", country="", source="dock")
    new = replace(old, kind="vessel", particulars=(birth,), identifiers=(passport,))
    told = [str(one) for one in amendments(old, new)]
    assert told == ["kind: 'person' → 'vessel'", "passport: 'X1' added", "birth-date: '1965' added"]
    assert [str(one) for one in amendments(new, old)][-1] == "birth-date: '1965' removed"
