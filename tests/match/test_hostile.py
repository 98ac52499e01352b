"""Texts that no sane party bears: answered like any other, or refused with a reason, and in bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vacatur.errors import InputError
from vacatur.match.index import Index
from vacatur.match.score import KINDS, compare

NAMES = ["Xiaomi Corporation", "小米集团", "KADYROV, Ramzan", "محمد بن سلمان", "SIS D.O.O.", "MV Hellenic Spirit", "3M"]
HIDDEN = ["\u200b", "\u200e", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u0301", "\x00", "\x7f"]
ALIKE = str.maketrans({"a": "а", "e": "е", "i": "і", "o": "о", "p": "р", "c": "с", "x": "х", "A": "Α", "O": "Ο"})
LONG = 10_000


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A name with what is not seen strewn into it."""
    signs = list(draw(st.sampled_from(NAMES)))
    for sign in draw(st.lists(st.sampled_from(HIDDEN), min_size=1, max_size=6)):
        signs.insert(draw(st.integers(0, len(signs))), sign)
    return "".join(signs)


ODD = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(categories=["Cc", "Cf", "Mn", "Zs"]), max_size=40),
    st.text(st.sampled_from("0123456789٠١٢٣４５"), max_size=30),
    st.text(st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF), max_size=30),
    st.text(st.characters(min_codepoint=0x590, max_codepoint=0x6FF), max_size=30),
    st.sampled_from(NAMES).map(lambda name: name.translate(ALIKE)),
    disguised(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ODD, max_size=6), ODD, st.sampled_from(KINDS), st.sampled_from([0.1, 0.5, 0.7, 1.0]))
def test_an_odd_name_finds_what_comparing_with_every_name_finds(
    odd: list[str], query: str, kind: str, threshold: float
) -> None:
    names = [*NAMES, *odd]
    index = Index.build([str(row) for row in range(len(names))], names, kind)
    found = index.search(query, threshold)
    assert found == index.brute_force(query, threshold)
    assert found == index.search_each([query], threshold)[0]
    assert {hit.name: hit.score for hit in found} == {
        name: score for name in names if (score := compare(query, name, kind=kind).score) >= threshold
    }


@settings(max_examples=150, deadline=None)
@given(ODD, st.sampled_from(KINDS))
def test_a_listed_name_that_holds_a_letter_or_digit_finds_itself(name: str, kind: str) -> None:
    score = compare(name, name, kind=kind).score
    assert score == 1 or not any(sign.isalnum() for sign in name)
    found = Index.build(["1"], [name], kind).search(name, 0.7)
    assert [hit.score for hit in found] == ([score] if score >= 0.7 else [])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "part",
    [
        "a",
        "ab ",
        "1",
        "1 ",
        "小",
        "小米 ",
        "م",
        "😀",
        "\x00",
        "\u202e",
        "a\u0301",
        "A.",
        "bin ",
        "Ltd ",
        "Xiaomi ",
        "аx",
    ],
)
def test_ten_thousand_characters_are_answered_in_bounded_time(part: str, kind: str) -> None:
    text = (part * LONG)[:LONG]
    start = time.perf_counter()
    index = Index.build(["1", "2"], ["Xiaomi Corporation", text], kind)
    assert index.search(text, 0.3) == index.brute_force(text, 0.3)
    assert compare(text, text, kind=kind).score in {0, 1}
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "ask",
    [
        lambda text: compare(text, "Xiaomi"),
        lambda text: compare("Xiaomi", text),
        lambda text: Index.build(["1"], [text]),
        lambda text: Index.build([text], ["Xiaomi"]),
        lambda text: Index.build(["1"], ["Xiaomi"]).search(text),
        lambda text: Index.build(["1"], ["Xiaomi"]).brute_force(text),
        lambda text: Index.build(["1"], ["Xiaomi"]).search_each([text]),
    ],
)
def test_lone_surrogates_are_refused_by_name(ask: Callable[[str], object]) -> None:
    with pytest.raises(InputError, match="surrogate"):
        ask("Xia\udce9mi")


def test_letters_that_look_alike_and_marks_that_are_not_seen_still_meet_the_name() -> None:
    index = Index.build(["xiaomi"], ["Xiaomi Corporation"], "organisation")
    for query in (
        "Xiaomi\u200b Corporation",
        "\u202eXiaomi Corporation\u202c",
        "Xiaоmi Corporation",
        "Ｘｉａｏｍｉ Corporation",
    ):
        assert [hit.id for hit in index.search(query)] == ["xiaomi"], query
