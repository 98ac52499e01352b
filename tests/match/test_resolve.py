"""Whom a person means: the one party, or an error that helps; never a silent guess."""

from dataclasses import replace

import pytest

from vacatur.app import App
from vacatur.errors import PartyAmbiguous, PartyUnknown
from vacatur.match.resolve import MOST_TYPED, Resolver


@pytest.fixture
def resolver(quay: App) -> Resolver:
    return Resolver(quay.records().corpus)


@pytest.mark.parametrize("typed", [
    "alder", "ALDER", " alder ",
    "Alder Marine Corporation", "alder  marine\u00a0corporation", "ALDER MARINE CORPORATION.",
    "桤木海运", "KYQUAY000016", "ky quay-00001 6", "QUAY00ALDER0MARINE45", "1810", "01810.HK", "1810 HK",
])  # fmt: skip
def test_every_way_of_naming_a_party_finds_it(typed: str, resolver: Resolver) -> None:
    assert resolver.party(typed) == "alder"


@pytest.mark.parametrize("typed", ["birch-holding", "Birch Holding", "birch_holding", "Birch Telecom (Holding)"])
def test_an_id_may_be_typed_as_words(typed: str, resolver: Resolver) -> None:
    assert resolver.party(typed) == "birch-holding"


def test_a_name_of_two_parties_is_ambiguous_and_names_both(resolver: Resolver) -> None:
    with pytest.raises(PartyAmbiguous, match="names 2 parties: birch, birch-holding") as raised:
        resolver.party("Birch Telecom")
    assert raised.value.candidates == ("birch", "birch-holding")


def test_a_ticker_that_is_another_ones_name_is_ambiguous(quay: App) -> None:
    corpus = quay.records().corpus
    maple = corpus.parties["maple"]
    called = replace(maple, names=(*maple.names, replace(maple.names[0], text="CDR", kind="alias")))
    corpus = replace(corpus, parties={**corpus.parties, "maple": called})
    with pytest.raises(PartyAmbiguous, match="cedar, maple"):
        Resolver(corpus).party("CDR")


@pytest.mark.parametrize(("typed", "nearest"), [
    ("Alder Marin Corp", "Alder Marine Corporation (alder)"),
    ("Ceder Chips", "Cedar Chips Inc. (cedar)"),
    ("Mills Mapel", "Maple Mills (maple)"),
])  # fmt: skip
def test_an_unknown_party_is_told_the_nearest_first(typed: str, nearest: str, resolver: Resolver) -> None:
    with pytest.raises(PartyUnknown) as raised:
        resolver.party(typed)
    assert raised.value.nearest[0] == nearest
    assert nearest in str(raised.value)


@pytest.mark.parametrize(
    "typed", ["", "   ", "???", "—", "\x00", "\x1b[31m", "\u200b", "'; drop table entries; --", "*", "%"]
)
def test_what_names_nobody_is_unknown(typed: str, resolver: Resolver) -> None:
    with pytest.raises(PartyUnknown):
        resolver.party(typed)


def test_a_name_that_begins_with_a_ticker_is_not_that_ticker(resolver: Resolver) -> None:
    for typed in ("1810 Holdings", "CDR Partners", "941 Capital Limited"):
        with pytest.raises(PartyUnknown):
            resolver.party(typed)


def test_bytes_that_were_no_text_name_nobody(resolver: Resolver) -> None:
    with pytest.raises(PartyUnknown):
        resolver.party(b"alder\xff".decode("utf-8", "surrogateescape"))


def test_a_text_too_long_to_be_a_name_is_not_repeated_whole(resolver: Resolver) -> None:
    with pytest.raises(PartyUnknown) as raised:
        resolver.party("a" * (MOST_TYPED + 1))
    assert len(str(raised.value)) < 400
