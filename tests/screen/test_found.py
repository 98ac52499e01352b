"""Whom a subject may be: identifiers before names, each party once, and what stands beside a name lowers its score."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from vacatur.app import App
from vacatur.match.index import Index
from vacatur.match.parties import index_of
from vacatur.match.score import DEFAULT_THRESHOLD
from vacatur.screen.found import Found, found
from vacatur.screen.run import CHUNK, Screener
from vacatur.screen.subject import Subject, from_list

Find = Callable[..., list[Found]]


@pytest.fixture
def find(quay: App) -> Find:
    """Screens one subject against the small book's parties, all of them of the Caymans."""
    corpus = quay.records().corpus
    parties = {one.id: replace(one, country="KY") for one in corpus.parties.values()}
    index = index_of(parties.values())

    def one(subject: Subject, threshold: float = DEFAULT_THRESHOLD) -> list[Found]:
        return found(subject, index.search(subject.name, threshold), index, parties, threshold)

    return one


def subject(name: str, country: str = "", isin: str = "") -> Subject:
    return Subject(1, name, isin, "", "", country)


def test_a_party_is_found_once_by_its_best_name(find: Find) -> None:
    (birch, holding) = find(subject("Birch Telecom"))
    assert (birch.party, birch.name, birch.score) == ("birch", "Birch Telecom", 1.0)
    assert holding.party == "birch-holding"


def test_an_identifier_comes_before_a_name_and_says_which(find: Find) -> None:
    first, *others = find(subject("Birch Telecom", isin="KYQUAY000016"))
    assert (first.party, first.score, first.evidence) == ("alder", 1.0, "isin KYQUAY000016")
    assert first.explanation == ()
    assert [one.evidence for one in others] == ["name", "name"]


def test_an_explanation_adds_up_to_the_score(find: Find) -> None:
    (hit,) = find(subject("Aldder Marine Corporation"))
    assert "aldder ~ alder: " in hit.explanation[0]
    assert hit.explanation[-1].endswith(f"score {hit.score:.6f}")


def test_another_country_lowers_the_score_by_a_factor_that_is_named(find: Find) -> None:
    (same,), (other,) = find(subject("Dogwood Drones", "ky")), find(subject("Dogwood Drones", "DE"))
    assert (same.score, same.evidence) == (1.0, "name")
    assert (other.score, other.evidence) == (0.95, "name, countries differ")
    assert "countries differ: × 0.950" in other.explanation
    assert other.explanation[-1].endswith("score 0.950000")


@pytest.mark.parametrize("country", ["", "Germany", "DEU", "49", "小米"])
def test_a_country_that_is_no_code_says_nothing(country: str, find: Find) -> None:
    assert find(subject("Dogwood Drones", country))[0].score == 1.0


def test_what_falls_below_the_threshold_by_its_country_is_no_hit(find: Find) -> None:
    assert find(subject("Dogwood Drones", "KY"), 0.96) != []
    assert find(subject("Dogwood Drones", "DE"), 0.96) == []


def test_a_country_never_lowers_what_an_identifier_found(find: Find) -> None:
    assert find(subject("", "DE", "KYQUAY000016"))[0].score == 1.0


def test_many_subjects_are_found_as_each_alone(quay: App, monkeypatch: pytest.MonkeyPatch) -> None:
    records = quay.records()
    index = quay.resolver(records).index
    asked = quay.asked(records, None, None, as_of="2021-03-20")
    names = ["Alder Marine", "Nobody At All", "Birch Telecom", "KYQUAY000016", "Elm Energy"]
    assert len(names) < CHUNK

    def screened(chunk: int) -> list[object]:
        monkeypatch.setattr("vacatur.screen.run.CHUNK", chunk)
        screener = Screener(records, lambda: index, asked.view, asked.zone_name, asked.where)
        return [one.result for one in screener.screen(from_list(names))]

    assert screened(1) == screened(2) == screened(CHUNK)


def test_screening_finds_what_comparing_with_every_name_finds(quay: App) -> None:
    records = quay.records()
    index: Index = quay.resolver(records).index
    names = [name.text for party in records.corpus.parties.values() for name in party.names]
    for name in [*names, *(f"{name} Group" for name in names), *(name[1:] for name in names)]:
        ((one, _),) = quay.screen([name], record=False)
        assert {hit["party"] for hit in one.hits} == {hit.id for hit in index.brute_force(name)}, name
