"""The score is what its explanation adds up to, by a second implementation that shares nothing with the first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.twin import calibrated, curve, score

from vacatur._core import normalise
from vacatur.match.score import KINDS, MILLION, compare

KNOTS = curve()
WORDS = ["Xiaomi", "Xioami", "Trading", "Tradng", "Ltd", "GmbH", "al", "bin", "Muhammad", "Mohamed", "Kim", "Yong"]
MORE = ["Song", "J", "K", "2", "III", "Gulf Star", "GulfStar", "Abu", "Nur al-Din", "Nuruddin", "Bank", "Sberbank"]
NAMES = st.lists(st.sampled_from(WORDS + MORE), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(NAMES | st.text(max_size=30), NAMES | st.text(max_size=30), st.sampled_from(KINDS))
def test_the_twin_comes_to_the_same_scores(a: str, b: str, kind: str) -> None:
    found = compare(a, b, kind=kind)
    equal = normalise(a) == normalise(b) != ""
    assert (found.score, found.raw) == score(found, equal=equal, knots=KNOTS)


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_beside_the_name_is_in_it(kind: str) -> None:
    found = compare("Ali Hasan", "Ali Hassan", kind=kind, country=("IQ", "YE"), birth_date=("1960", "1985"))
    assert (found.score, found.raw) == score(found, equal=False, knots=KNOTS)


@settings(max_examples=200, deadline=None)
@given(NAMES, NAMES, st.sampled_from(KINDS))
def test_no_word_is_matched_twice_and_no_share_is_more_than_whole(a: str, b: str, kind: str) -> None:
    found = compare(a, b, kind=kind)
    for side, words in (("a", found.a), ("b", found.b)):
        left = [word for word, _ in words]
        for met in found.met:
            for word in getattr(met, side):
                left.remove(word)
    assert all(0 < share <= 1 for met in found.met for share in (met.share_a, met.share_b))
    assert all(0 < factor < 1 for _, factor in found.factors)


def test_the_curve_rises_strictly_through_all_scores() -> None:
    sampled = [calibrated(raw, KNOTS) for raw in range(0, MILLION + 1, 1000)]
    assert sampled == sorted(set(sampled))
    assert (sampled[0], sampled[-1]) == (0, MILLION)
