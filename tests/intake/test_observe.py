"""Records of several lists: linked by what settles identity, never by likeness, and each programme taken once."""

from __future__ import annotations

from dataclasses import replace

from tests.ledger.test_history import entry

from vacatur.app import App
from vacatur.intake.observe import followed, observe
from vacatur.law.corpus import Corpus
from vacatur.ledger.history import History
from vacatur.match.resolve import Resolver
from vacatur.model.listed import Listed
from vacatur.model.party import Identifier, Party
from vacatur.model.programme import Programme


def carrying(listed: Listed, programme: str, scheme: str = "", value: str = "") -> Listed:
    """An entry of a programme, with an identifier."""
    one = Identifier(scheme=scheme, value=value, country="", source="")
    return replace(listed, programme=programme, identifiers=(one,) if scheme else ())


def history(source: str, *entries: Listed) -> History:
    """The history of one edition."""
    made = History(source)
    made.insert(("2021-03-01", f"{source}/2021-03-01"), entries)
    return made


def programmes(quay: App) -> dict[str, Programme]:
    """Two programmes alike."""
    one = quay.records().corpus.programmes["quay"]
    return {"quay": one, "pier": replace(one, id="pier")}


def linked(quay: App, *histories: History) -> dict[str, Party]:
    """The parties that these histories show."""
    parties, _ = observe(histories, programmes(quay), (), ())
    return {party.id: party for party in parties}


def test_records_that_share_a_strong_identifier_are_linked(quay: App) -> None:
    found = linked(
        quay,
        history("dock", carrying(entry("1"), "quay", "imo", "IMO 9074729")),
        history("pier", carrying(entry("7"), "pier", "imo", "9074729")),
    )
    assert [(link.kind, link.to) for link in found["dock-1"].links] == [("same-as", "pier-7")]
    assert [(link.kind, link.to) for link in found["pier-7"].links] == [("same-as", "dock-1")]


def test_equal_names_and_weak_identifiers_link_nothing(quay: App) -> None:
    found = linked(
        quay,
        history("dock", carrying(entry("1"), "quay", "passport", "X1")),
        history("pier", carrying(entry("1"), "pier", "passport", "X1")),
    )
    assert {party.links for party in found.values()} == {()}


def test_a_linked_party_is_answered_for_all_its_records_and_is_not_ambiguous(quay: App) -> None:
    histories = [
        history("dock", carrying(entry("1"), "quay", "ofac", "36")),
        history("pier", carrying(entry("1"), "pier", "ofac", "36")),
    ]
    parties, acts = observe(histories, programmes(quay), (), ())
    corpus = Corpus(programmes(quay), {act.id: act for act in acts}, {party.id: party for party in parties})
    assert Resolver(corpus).party("1 a") == "dock-1"
    assert corpus.same_as("dock-1") == ("pier-1",)


def test_a_programme_is_taken_from_the_source_that_carries_the_fewest(quay: App) -> None:
    found = linked(
        quay,
        history("dock", carrying(entry("1"), "quay")),
        history("all", carrying(entry("8"), "quay"), carrying(entry("9"), "pier")),
    )
    assert sorted(found) == ["all-9", "dock-1"]


def test_a_list_is_followed_from_its_first_edition_to_its_last_and_no_further(quay: App) -> None:
    made = history("pier", carrying(entry("1"), "pier"))
    made.insert(("2021-05-01", "pier/2021-05-01"), [carrying(entry("1"), "pier")])
    corpus = quay.records().corpus
    quay_, pier = followed([made], programmes(quay).values(), corpus.acts.values())
    assert (pier.coverage, pier.followed_from, pier.followed_until) == ("complete", "2021-03-01", "2021-05-01")
    assert quay_ == corpus.programmes["quay"], "what the book documents is followed as the book says"
