"""Identifiers in the index: exact after their own normalisation, through updates and on disk, each for its time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.errors import InputError
from vacatur.match.hits import Hit
from vacatur.match.index import Index

NOON = datetime(2021, 5, 25, 12, tzinfo=UTC)
VALUES = {
    "lei": ("5493001KJTIIGC8Y1R12", " 5493 001kjtiigc8y1r12 "),
    "isin": ("KYG9830T1067", "ky g9830t106-7"),
    "imo": ("IMO 9074729", "9074729"),
    "bic": ("DEUTDEFFXXX", "deutdeff"),
    "reg": ("ОГРН 1027700132195", "огрн-1027700132195"),
    "cik": ("0001769268", "1769268"),
    "wallet": ("0xDE709F2102306220921060314715629080e2Fb77", "0xde709f2102306220921060314715629080e2fb77"),
    "passport": ("A 123 456", "a123456"),
    "figi": ("BBG000BLNNH6", "bbg000blnnh6"),
    "cusip": ("037833100", "0378 33100"),
}


@pytest.fixture
def index() -> Index:
    return Index.build(
        ["xiaomi", "xiaomi", "ship"], ["Xiaomi Corporation", "小米", "Victory"],
        ["organisation", "organisation", "vessel"],
        identifiers=[("ship" if scheme == "imo" else "xiaomi", scheme, held) for scheme, (held, _) in VALUES.items()],
    )  # fmt: skip


@pytest.mark.parametrize("scheme", VALUES)
def test_an_identifier_is_found_however_it_is_written(scheme: str, index: Index) -> None:
    held, asked = VALUES[scheme]
    whose = ["ship"] if scheme == "imo" else ["xiaomi"]
    assert index.find(scheme, held) == index.find(scheme, asked) == index.find(scheme.upper(), asked) == whose


def test_an_identifier_of_another_scheme_is_another_identifier(index: Index) -> None:
    assert index.find("reg", "9074729") == []
    assert index.find("imo", "9074728") == []
    assert index.find("imo", "") == []
    assert index.schemes == sorted(VALUES)


def test_a_query_may_bring_its_identifiers(index: Index) -> None:
    by_number, by_name = index.search("Viktory", 0.5, identifiers=[("imo", "IMO9074729"), ("lei", "none")])
    assert by_number == Hit("ship", "Victory", 1.0, "vessel", "imo IMO9074729")
    assert (by_name.id, by_name.evidence, by_name.kind) == ("ship", "name", "vessel")
    assert index.search("", identifiers=[("isin", "KYG9830T1067")])[0].name == "Xiaomi Corporation"


def test_an_explanation_reads_the_name_as_what_it_is_of() -> None:
    index = Index.build(["1", "2"], ["MV Hellenic Spirit", "Ali Hassan"], ["vessel", "person"])
    for query in ("Hellenic Spirit", "Hassan Ali"):
        (hit,) = index.search(query)
        assert index.explain(query, hit).score == hit.score


def test_what_an_identifier_found_is_not_explained_by_its_name(index: Index) -> None:
    (hit, *_) = index.search("Victory", identifiers=[("imo", "9074729")])
    with pytest.raises(InputError, match="rests on imo 9074729"):
        index.explain("Victory", hit)


def test_an_identifier_holds_for_its_time() -> None:
    index = Index.build([], [], identifiers=[("a", "reg", "1", (None, NOON)), ("b", "reg", "1", (NOON, None))])
    assert index.find("reg", "1") == ["a", "b"]
    assert index.find("reg", "1", at=NOON) == ["b"]
    assert index.find("reg", "1", at=datetime(2021, 5, 25, 11, 59, 59, tzinfo=UTC)) == ["a"]


def test_an_update_replaces_identifiers_too(index: Index, tmp_path: Path) -> None:
    updated = index.updated(["xiaomi"], ["Xiaomi"], "organisation", identifiers=[("xiaomi", "lei", "1")])
    updated.save(tmp_path)
    for one in (updated, Index.open(tmp_path, verify=True)):
        assert one.find("lei", "5493001KJTIIGC8Y1R12") == []
        assert one.find("lei", "1") == ["xiaomi"]
        assert one.find("imo", "9074729") == ["ship"]


def test_an_index_in_one_file_finds_what_it_found_before(index: Index, tmp_path: Path) -> None:
    index.write(tmp_path / "names.index")
    opened = Index.open(tmp_path / "names.index", verify=True)
    assert opened.find("wallet", VALUES["wallet"][1]) == ["xiaomi"]
    assert opened.search("Xiaomi") == index.search("Xiaomi") != []
    assert [path.name for path in tmp_path.iterdir()] == ["names.index"]
    with pytest.raises(InputError, match="more than one file"):
        index.updated(["x"], ["X"]).write(tmp_path / "names.index")


def test_a_damaged_segment_is_written_again(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path)
    (segment,) = tmp_path.glob("*.segment")
    whole = segment.read_bytes()
    segment.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    index.save(tmp_path)
    assert segment.read_bytes() == whole


@given(st.lists(st.tuples(st.sampled_from(["reg", "wallet", "ticker"]), st.text(max_size=8)), max_size=20))
def test_whatever_an_identifier_is_it_is_found_again_or_says_nothing(held: list[tuple[str, str]]) -> None:
    index = Index.build([], [], identifiers=[(str(n), scheme, value) for n, (scheme, value) in enumerate(held)])
    for number, (scheme, value) in enumerate(held):
        found = index.find(scheme, value)
        assert str(number) in found or not any(map(str.isalnum, value))


def test_identifiers_that_are_no_text_are_refused() -> None:
    with pytest.raises(InputError, match="no index can be built"):
        Index.build([], [], identifiers=[("a", "reg", "12"), ("b\udce9", "reg", "12")])
    with pytest.raises(InputError, match="holds a colon"):
        Index.build([], [], identifiers=[("a", "re:g", "12")])
