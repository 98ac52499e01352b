"""The index of a ledger's parties: all names with their kinds, all identifiers, and whose index it is."""

import pytest

from vacatur.app import App
from vacatur.match.index import Index
from vacatur.match.parties import carries, index_of, matcher_version, schemes_of
from vacatur.match.score import engine


@pytest.fixture
def index(quay: App) -> Index:
    return index_of(quay.records().corpus.parties.values(), "address")


def test_every_name_of_every_party_is_found_with_its_kind(quay: App, index: Index) -> None:
    for party in quay.records().corpus.parties.values():
        for name in party.names:
            (kind,) = {hit.kind for hit in index.search(name.text, 1.0) if hit.id == party.id}
            assert kind == (party.kind if party.kind in ("person", "organisation", "vessel") else "other")


def test_identifiers_of_parties_and_of_their_securities_are_found(index: Index) -> None:
    assert index.find("lei", "quay00alder0marine45") == ["alder"]
    assert index.find("isin", "KY QUAY 00001 6") == ["alder"]
    assert index.find("ticker", "01810.HK") == ["alder"]
    assert index.find("ticker", "941") == ["birch"]


def test_an_index_knows_for_which_address_it_was_made(index: Index) -> None:
    assert carries(index, "address")
    assert not carries(index, "another")
    assert ".address" not in schemes_of(index)


def test_the_matchers_version_names_formula_and_lexicon() -> None:
    assert matcher_version().startswith(f"{engine().version}+parties-")
