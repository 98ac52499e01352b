"""The exhaustive scorer: symmetric, certain of equal names, complete above its threshold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.match.exhaustive import DEFAULT_THRESHOLD, Names, plain_name
from vacatur.model.party import Name, Party

WORDS = st.sampled_from(["alder", "marine", "Corporation", "Corp.", "China", "小米", "Telecom", "(Group)", "Ltd", "é"])
NAME = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def party(party_id: str, *names: str) -> Party:
    return Party(
        id=party_id, rev=1, kind="organisation", country="", identifiers=(), securities=(), links=(), note="",
        names=tuple(Name(text=text, kind="primary", script="Latn", source="") for text in names),
    )  # fmt: skip


def score(held: str, asked: str) -> float:
    found = Names([party("p", held)]).search(asked, 0.0001)
    return found[0].score if found else 0.0


@given(NAME | ANY, NAME | ANY)
def test_the_score_is_symmetric(one: str, other: str) -> None:
    assert score(one, other) == score(other, one)


@given(NAME | ANY, NAME | ANY)
def test_a_score_of_one_is_for_equal_words_alone(one: str, other: str) -> None:
    same = sorted(plain_name(one).split()) == sorted(plain_name(other).split())
    assert (score(one, other) == 1.0) == (same and bool(plain_name(one)))


@given(NAME)
def test_case_spaces_and_points_do_not_matter(name: str) -> None:
    assert score(name, f"  {name.upper().replace(' ', '   ')}. ") == 1.0


@given(st.lists(NAME, min_size=1, max_size=8), NAME, st.sampled_from([0.5, 0.7, DEFAULT_THRESHOLD, 1.0]))
def test_every_party_above_the_threshold_is_found_once_best_first(held: list[str], asked: str, least: float) -> None:
    names = Names([party(f"p{n}", text, text) for n, text in enumerate(held)])
    hits = names.search(asked, least)
    assert {hit.party for hit in hits} == {f"p{n}" for n, text in enumerate(held) if score(text, asked) >= least}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.party for hit in hits}) == len(hits)


def test_a_party_is_shown_by_the_name_that_matched_best() -> None:
    (hit,) = Names([party("p", "Alder Marine", "Alder Marine Corporation")]).search("Alder Marine Corporation", 0.5)
    assert (hit.name, hit.score) == ("Alder Marine Corporation", 1.0)


@pytest.mark.parametrize("asked", ["", "???", "\u200b", "--"])
def test_a_query_without_letters_finds_nobody(asked: str) -> None:
    names = Names([party("p", "???"), party("q", "Alder")])
    assert names.search(asked, 0.5) == []
    assert names.exactly(asked) == set()


def test_a_name_of_a_hundred_thousand_letters_is_scored_and_harms_nobody() -> None:
    names = Names([party(f"p{n}", f"Alder Marine Corporation {n}") for n in range(300)])
    assert names.search("alder " * 16_000, DEFAULT_THRESHOLD) == []
