"""What the score says of names that people confuse, and of those that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vacatur.match.index import Index
from vacatur.match.score import DEFAULT_THRESHOLD, KINDS, compare

SAME = [
    ("organisation", "SIS DOO", "SIS D.O.O."),
    ("organisation", "小米集团", "Xiaomi Corporation"),
    ("person", "Кадыров Рамзан", "Ramzan KADYROV"),
    ("organisation", "Semiconductor Manufacturing Int'l Corp", "Semiconductor Manufacturing International Corporation"),
    ("person", "Al Zarqawi", "Alzarqawi"),
    ("organisation", "Hang Zhou Hikvision", "Hangzhou Hikvision"),
    ("person", "Mohammed Hasan", "Muhammad Hassan"),
    ("vessel", "MV Hellenic Spirit", "Hellenic Spirit"),
    ("organisation", "Geneal Tradng Joud", "Joud General Trading"),
    ("organisation", "Sber Bank", "SBERBANK"),
    ("person", "مطيع الله", "MATIULLAH"),
    ("person", "Ilieff, Zarakh", "Zarakh ILIEV"),
    ("person", "Sadegh Araghi", "Sadeq Araqi"),
    ("person", "TANOREN MAVIRA, Arlo", "TANOREN, Arlo"),
    ("person", "Seyyed Javad Karvani", "Javad Karvani"),
]
OTHERS = [
    ("other", "Xiaomi", "ZHANG, Xiaoming"),
    ("person", "SALMAN BIN MUHAMMAD AL-RAWI", "MUHAMMAD BIN SALMAN AL-RAWI"),
    ("vessel", "Lady Leila", "Lady Rania"),
    ("vessel", "Ocean Star 2", "Ocean Star 3"),
    ("person", "Ali Barzan Ibrahim Hasan", "Barzan Ibrahim Hasan"),
    ("person", "Omar Hassan Karim Rahman", "Omar Hassan Karim Salih"),
    ("person", "William G. Frost", "William W. Frost"),
    ("person", "Kim Yong Chol", "Kim Song Chol"),
    ("person", "Yang Li", "Yu Lei"),
    ("organisation", "Management Company", "Westminister Management Company"),
]


@pytest.mark.parametrize(("kind", "a", "b"), SAME)
def test_names_of_one_party_are_hits(kind: str, a: str, b: str) -> None:
    assert compare(a, b, kind=kind).score >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(("kind", "a", "b"), OTHERS)
def test_names_that_only_look_alike_are_not(kind: str, a: str, b: str) -> None:
    assert compare(a, b, kind=kind).score < DEFAULT_THRESHOLD


def test_only_equal_names_score_one() -> None:
    assert compare("Xiaomi Corporation", "XIAOMI  CORPORATION", kind="organisation").score == 1
    assert compare("Xiaomi Corp.", "Xiaomi Corporation", kind="organisation").score < 1


def test_two_companies_of_one_group_are_hits_but_not_one_name() -> None:
    both = Index.build(
        ["1", "2"], ["Huawei Investment & Holding Co., Ltd.", "Huawei Technologies Co., Ltd."], "organisation"
    )
    assert {hit.id for hit in both.search("Huawei")} == {"1", "2"}
    assert [hit.id for hit in both.search("Huawei Technologies")] == ["2", "1"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(KINDS))
def test_the_score_is_between_zero_and_one_and_the_same_either_way_round(a: str, b: str, kind: str) -> None:
    score = compare(a, b, kind=kind).score
    assert 0 <= score <= 1
    assert score == compare(b, a, kind=kind).score


def test_an_explanation_adds_up_to_the_score() -> None:
    found = compare(
        "Semiconductor Mfg Intl Corp", "Semiconductor Manufacturing International Corporation", kind="organisation"
    )
    explained = sum(met.share_a * met.weight_a + met.share_b * met.weight_b for met in found.met)
    whole = sum(weight for _, weight in (*found.a, *found.b))
    for _, factor in found.factors:
        explained *= factor
    assert found.raw == pytest.approx(explained / whole, abs=3e-6)
    assert f"score {found.score:.6f}" in found.explain()


def test_other_evidence_lowers_the_score_by_named_factors() -> None:
    plain = compare("Ali Hassan", "Ali Hasan", kind="person")
    found = compare("Ali Hassan", "Ali Hasan", kind="person", country=("IQ", "YE"), birth_date=("1960", "1985-02-01"))
    assert [name for name, _ in found.evidence] == ["countries differ", "years of birth differ"]
    assert found.score < plain.score


@pytest.mark.parametrize(
    "odd", ["", " ", "\x00\x01", "\u202emoc.imoaix", "😀" * 50, "1234567890", "a" * 10_000, "ab " * 4_000, "аррӏе"]
)
def test_odd_names_are_answered_or_refused_in_bounded_time(odd: str) -> None:
    assert 0 <= compare(odd, "Xiaomi Corporation").score <= 1
    Index.build(["1"], ["Xiaomi Corporation"], "organisation").search(odd, 0.7)
