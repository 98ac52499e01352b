"""Whom a subject may be: identifiers before names, each party once, and what stands beside a name lowers its score."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed
from tests.screen.desks import QUAY, at, law_of, screener

from vacatur.app import App
from vacatur.law.corpus import Corpus
from vacatur.match.hits import NAME
from vacatur.match.index import Index
from vacatur.match.parties import index_of
from vacatur.match.score import DEFAULT_THRESHOLD
from vacatur.model.party import Identifier, Particular, Party
from vacatur.screen.found import Finder, Found, Known, trades_at
from vacatur.screen.part import Part
from vacatur.screen.run import CHUNK, Screener
from vacatur.screen.subject import Cells, Subject, from_list, known_subject, subject

Find = Callable[..., list[Found]]
BOOK = law_of(QUAY)
LEI, OTHER_LEI = "QUAY00ALDER0MARINE45", "5493001KJTIIGC8Y1R12"


def said(**of: str | tuple[str, ...]) -> tuple[Particular, ...]:
    """What a list prints of a party, by kind."""
    pairs = [(kind.replace("_", "-"), value) for kind, values in of.items()
             for value in ((values,) if isinstance(values, str) else values)]  # fmt: skip
    return tuple(Particular(kind=kind, value=value, source="list") for kind, value in pairs)


def finder(threshold: float = DEFAULT_THRESHOLD, **parts: Any) -> Find:
    """Screens one subject against the small book's parties, all of them changed in the same way."""
    parties: Mapping[str, Party] = {one.id: replace(one, **parts) for one in BOOK.parties.values()}
    index = index_of(parties.values())
    found = Finder(index, parties, threshold)

    def one(name: str = "", **cells: str | list[str]) -> list[Found]:
        made = subject({"name": name, **cells}, row=1)
        named = [(name, hit) for name in made.names for hit in index.search(name, threshold)]
        return found.found(made, named)

    return one


@pytest.fixture
def find() -> Find:
    return finder(country="KY")


def test_a_party_is_found_once_by_its_best_name(find: Find) -> None:
    (birch, holding) = find("Birch Telecom")
    assert (birch.party, birch.name, birch.score) == ("birch", "Birch Telecom", 1.0)
    assert holding.party == "birch-holding"


def test_an_identifier_comes_before_a_name_and_says_which(find: Find) -> None:
    first, *others = find("Birch Telecom", isin="KYQUAY000016")
    assert (first.party, first.score, first.evidence) == ("alder", 1.0, "isin KYQUAY000016")
    assert first.explanation == ()
    assert [one.evidence for one in others] == ["name", "name"]


def test_an_explanation_adds_up_to_the_score(find: Find) -> None:
    (hit,) = find("Aldder Marine Corporation")
    assert "aldder ~ alder: " in hit.explanation[0]
    assert hit.explanation[-1].endswith(f"score {hit.score:.6f}")


# -- names


def test_an_alias_finds_whom_the_first_name_does_not(find: Find) -> None:
    assert find("Nobody At All") == []
    (elm,) = find("Nobody At All", aliases=["Elm Energy", "Somebody Else"])
    assert (elm.party, elm.name, elm.score) == ("elm", "Elm Energy", 1.0)
    assert [one.party for one in find("", aliases="Elm Energy")] == ["elm"]


def test_a_party_that_two_names_find_is_found_by_the_better_one(find: Find) -> None:
    (elm,) = find("Elmm Energy", aliases=["Elm Energy"])
    assert (elm.name, elm.score) == ("Elm Energy", 1.0)


@pytest.mark.parametrize(("kind", "found"), [
    ("organisation", ["dogwood"]), ("person", []), ("vessel", []), ("", ["dogwood"]), ("wallet", ["dogwood"]),
    ("unknown", ["dogwood"]), ("aircraft", ["dogwood"]),
])  # fmt: skip
def test_a_kind_narrows_to_names_of_it_and_of_those_unknown(kind: str, found: list[str]) -> None:
    assert [hit["party"] for hit in hits({"name": "Dogwood Drones", "kind": kind})] == found


@pytest.mark.parametrize("kind", ["person", "organisation", "vessel", ""])
def test_a_party_of_unknown_kind_is_found_by_every_kind(kind: str) -> None:
    unknown = {name: replace(one, kind="unknown") for name, one in BOOK.parties.items()}
    law = Corpus(BOOK.programmes, BOOK.acts, unknown)
    assert [hit["party"] for hit in hits({"name": "Dogwood Drones", "kind": kind}, law)] == ["dogwood"]


def test_an_identifier_finds_whatever_the_kind() -> None:
    assert [hit["party"] for hit in hits({"isin": "KYQUAY000016", "kind": "person"})] == ["alder"]


def hits(cells: Cells, law: Corpus = BOOK) -> list[dict[str, object]]:
    """The hits of one subject, as they are recorded."""
    part: Part = screener(law, at(as_of="2021-03-20")).part([subject(cells, row=1)])
    return part.hits[0][1] if part.hits else []


# -- countries


def test_another_country_lowers_the_score_by_a_factor_that_is_named(find: Find) -> None:
    (same,), (other,) = find("Dogwood Drones", country="ky"), find("Dogwood Drones", country="DE")
    assert (same.score, same.evidence) == (1.0, "name")
    assert (other.score, other.evidence) == (0.95, "name, countries differ")
    assert "countries differ: × 0.950" in other.explanation
    assert other.explanation[-1].endswith("score 0.950000")


@pytest.mark.parametrize("country", ["", "Atlantis", "QQQ", "49", "小米"])
def test_a_country_that_is_no_code_says_nothing(country: str, find: Find) -> None:
    assert find("Dogwood Drones", country=country)[0].score == 1.0


def test_what_falls_below_the_threshold_by_its_country_is_no_hit() -> None:
    strict = finder(0.96, country="KY")
    assert strict("Dogwood Drones", country="KY") != []
    assert strict("Dogwood Drones", country="DE") == []


def test_a_country_never_lowers_what_an_identifier_found(find: Find) -> None:
    assert find(country="DE", isin="KYQUAY000016")[0].score == 1.0


@pytest.mark.parametrize(("ours", "theirs", "score"), [
    (["DE", "KY"], {"country": "KY"}, 1.0),
    (["DE", "FR"], {"country": "KY"}, 0.95),
    (["KY", "Atlantis"], {"country": "KY"}, 1.0),
    (["DE", "Atlantis"], {"country": "KY"}, 1.0),
    (["DE"], {"country": "", "particulars": said(nationality=("KY", "DE"))}, 1.0),
    (["DE"], {"country": "", "particulars": said(nationality="KY", citizenship="FR")}, 0.95),
    (["DE"], {"country": "", "particulars": said(nationality="Atlantis")}, 1.0),
    (["DE"], {"country": "KY", "particulars": said(nationality="Germany")}, 1.0),
    (["KY"], {"country": "KY", "particulars": said(nationality="Germany")}, 1.0),
    (["DE"], {"country": ""}, 1.0),
], ids=str)  # fmt: skip
def test_of_several_countries_one_in_common_is_enough_and_one_not_understood_says_nothing(
    ours: list[str], theirs: dict[str, Any], score: float
) -> None:
    assert finder(**theirs)("Dogwood Drones", country=ours)[0].score == score


# -- dates of birth and genders


@pytest.mark.parametrize(("ours", "theirs", "evidence", "score"), [
    ("1962-04-03", ("1962-04-03",), "name", 1.0),
    ("1962", ("1962-04-03",), "name", 1.0),
    ("1962-04-04", ("1962-04-03",), "name, days of birth differ", 0.9),
    ("1963", ("1962-04-03",), "name, years of birth are near", 0.9),
    ("1970", ("1962-04-03",), "name, years of birth differ", 0.6),
    ("1970-01-01", ("1962-04-03", "1970"), "name", 1.0),
    ("1970-01-01", ("1962", "1971"), "name, years of birth are near", 0.9),
    ("1970", ("circa 1962",), "name", 1.0),
    ("1970", ("1962-04-03", "between 1960 and 1975"), "name", 1.0),
    ("1970", ("1962-02-30",), "name", 1.0),
    ("", ("1962-04-03",), "name", 1.0),
    ("1970", (), "name", 1.0),
], ids=str)  # fmt: skip
def test_dates_of_birth_speak_by_the_nearest_and_not_at_all_where_one_is_in_words(
    ours: str, theirs: tuple[str, ...], evidence: str, score: float
) -> None:
    find = finder(0.5, particulars=said(birth_date=theirs))
    (hit,) = [one for one in find("Dogwood Drones", birth_date=ours) if one.party == "dogwood"]
    assert (hit.evidence, hit.score) == (evidence, score)


@pytest.mark.parametrize(("ours", "theirs", "score"), [
    ("female", ("male",), 0.8), ("F", ("Female",), 1.0), ("m", ("F",), 0.8), ("x", ("male",), 1.0),
    ("female", ("male", "female"), 1.0), ("female", (), 1.0), ("", ("male",), 1.0), ("female", ("unknown",), 1.0),
], ids=str)  # fmt: skip
def test_genders_speak_where_both_sides_know_one(ours: str, theirs: tuple[str, ...], score: float) -> None:
    assert finder(particulars=said(gender=theirs))("Dogwood Drones", gender=ours)[0].score == score


def test_factors_meet_and_are_named_in_the_explanation() -> None:
    find = finder(0.4, country="KY", particulars=said(gender="male", birth_date="1962"))
    (hit,) = find("Dogwood Drones", country="DE", gender="female", birth_date="1980")
    assert hit.evidence == "name, countries differ, genders differ, years of birth differ"
    assert hit.score == pytest.approx(0.95 * 0.8 * 0.6, abs=1e-5)
    assert sum("×" in line for line in hit.explanation) >= 3


# -- identifiers


def test_an_identifier_of_which_each_party_has_one_speaks_against_another() -> None:
    find = finder(0.6, identifiers=(Identifier(scheme="lei", value=LEI, country="", source="list"),))
    (other,) = [one for one in find("Dogwood Drones", lei=OTHER_LEI) if one.party == "dogwood"]
    assert (other.score, other.evidence) == (0.7, "name, identifiers differ")
    assert find("Dogwood Drones", lei=LEI)[0].score == 1.0


def test_ships_of_one_name_are_told_apart_by_their_numbers() -> None:
    find = finder(0.6, kind="vessel", identifiers=(Identifier(scheme="imo", value="9074729", country="", source=""),))
    (same,) = [one for one in find("Dogwood Drones", imo="IMO 9074729") if one.party == "dogwood"]
    assert (same.score, same.evidence) == (1.0, "imo IMO 9074729")
    (other,) = [one for one in find("Dogwood Drones", imo="9319466") if one.party == "dogwood"]
    assert (other.score, other.evidence) == (0.7, "name, identifiers differ")
    (silent,) = [one for one in find("Dogwood Drones", passport="X1") if one.party == "dogwood"]
    assert silent.score == 1.0, "of passports a person may have two"


def test_the_first_identifier_that_is_the_same_is_named(find: Find) -> None:
    (alder,) = [one for one in find(isin="KYQUAY000016", lei=LEI) if one.party == "alder"]
    assert alder.evidence == "isin KYQUAY000016"


@pytest.mark.parametrize(("ticker", "mic", "found"), [
    ("1810", "XHKG", ["alder"]), ("01810.HK", "XHKG", ["alder"]), ("1810", "", ["alder"]), ("1810", "xhkg", ["alder"]),
    ("1810", "XNAS", []), ("CDR", "XNAS", ["cedar"]), ("CDR", "XNYS", []), ("941", "XHKG", ["birch"]),
])  # fmt: skip
def test_a_ticker_is_one_at_its_market_only(ticker: str, mic: str, found: list[str], find: Find) -> None:
    assert [one.party for one in find(ticker=ticker, mic=mic)] == found


def test_a_ticker_without_a_market_is_one_at_any() -> None:
    alone = (Identifier(scheme="ticker", value="RAPA", country="", source="list"),)
    party = replace(BOOK.parties["elm"], identifiers=alone)
    assert trades_at(party, "RAPA", "XNYS")
    venueless = replace(BOOK.parties["cedar"].securities[0], venue="")
    assert trades_at(replace(BOOK.parties["cedar"], securities=(venueless,)), "CDR", "XNYS")
    assert not trades_at(BOOK.parties["cedar"], "CDR", "XNYS")


def test_what_is_known_of_a_party_is_read_once() -> None:
    known = Known(replace(BOOK.parties["elm"], country="KY", particulars=said(nationality=("de", "KY"), gender="F")))
    assert (known.countries, known.gender, known.birth_dates) == (("KY", "DE"), "f", ())


# -- many


def test_many_subjects_are_found_as_each_alone(quay: App) -> None:
    records = quay.records()
    index = quay.resolver(records).index
    asked = quay.asked(records, None, None, as_of="2021-03-20")
    given_ = ["Alder Marine", "Nobody At All", {"name": "Birch Telecom", "kind": "organisation"}, "KYQUAY000016",
              {"name": "x", "aliases": ["Elm Energy"], "kind": "person"}, "Elm Energy"]  # fmt: skip
    assert len(given_) < CHUNK

    def screened(chunk: int) -> list[object]:
        made = Screener(records, lambda: index, asked.view, asked.zone_name, asked.where)
        subjects = from_list(given_)
        chunks = [subjects[at : at + chunk] for at in range(0, len(subjects), chunk)]
        return [one.result for part in made.parts(chunks) for one in part.results()]

    assert screened(1) == screened(2) == screened(CHUNK)


def test_screening_finds_what_comparing_with_every_name_finds(quay: App) -> None:
    records = quay.records()
    index: Index = quay.resolver(records).index
    names = [name.text for party in records.corpus.parties.values() for name in party.names]
    for name in [*names, *(f"{name} Group" for name in names), *(name[1:] for name in names)]:
        ((one, _),) = quay.screen([name], record=False)
        assert {hit["party"] for hit in one.hits} == {hit.id for hit in index.brute_force(name)}, name


texts = st.text("ab Xé\u200b.-桤1", max_size=6)
codes = st.sampled_from(["", "KY", "de", "Atlantis"])
cells = st.fixed_dictionaries(
    {"name": st.text("abX é桤", min_size=1, max_size=6).map("Alder {}".format)},
    optional={
        "key": texts, "aliases": st.lists(texts, max_size=3), "country": st.one_of(codes, st.lists(codes, max_size=3)),
        "kind": st.sampled_from(["", "Person", "organisation"]), "birth_date": st.sampled_from(["", "1962", "1962-04"]),
        "gender": st.sampled_from(["", "F", "male"]), "address": texts, "mic": st.sampled_from(["", "xhkg"]),
        "ticker": st.lists(st.sampled_from(["1810", "CDR"]), max_size=2), "isin": st.sampled_from(["", "KYQUAY000016"]),
        "passport": texts, "lei": st.sampled_from(["", LEI]),
    },
)  # fmt: skip


@given(cells)
def test_a_subject_is_again_what_its_record_says(given_: Cells) -> None:
    made = subject(given_, row=7)
    assert known_subject(made.query(), 7) == made
    assert subject(made.query(), row=7) == made
    assert from_list([made])[0] == changed(made, row=1)


@given(cells, st.permutations(["ticker", "isin", "lei", "passport"]))
def test_a_subject_that_a_program_made_is_again_what_its_record_says(given_: Cells, order: list[str]) -> None:
    made = subject(given_, row=1)
    turned = tuple(sorted(made.identifiers, key=lambda one: order.index(one[0])))
    loose = changed(made, identifiers=turned, names=(f" {made.name}", "", *made.names[1:]), kind=made.kind.upper())
    (taken,) = from_list([loose])
    assert known_subject(taken.query(), 1) == taken
    again = screener(BOOK, at(as_of="2021-03-20"))
    assert again.part([taken]) == again.part([known_subject(taken.query(), 1)])


def test_evidence_of_a_name_begins_so(find: Find) -> None:
    assert {one.evidence for one in find("Dogwood Drones")} == {NAME}
    assert isinstance(from_list(["x"])[0], Subject)
