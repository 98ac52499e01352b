"""Numbers as a reader sees them."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.report.charts.numbers import brief, exact, per_cent, rounded, share_words, ticks

AMOUNTS = st.decimals(-(10**9), 10**9, places=4)


@pytest.mark.parametrize(("value", "words"), [
    (1234567, "1,234,567"), (Decimal("1234567.80"), "1,234,567.80"), (Decimal("1E+3"), "1,000"), (0, "0"),
    (Decimal("-0.5"), "−0.5"), (Decimal("7922816251426433759354.01"), "7,922,816,251,426,433,759,354.01"),
])  # fmt: skip
def test_an_amount_keeps_every_digit(value: int | Decimal, words: str) -> None:
    assert exact(value) == words
    assert exact(value, "USD") == f"{words}\N{NO-BREAK SPACE}USD"


@given(AMOUNTS)
def test_an_amount_can_be_read_back(value: Decimal) -> None:
    assert Decimal(exact(value).replace(",", "").replace("−", "-")) == value


def test_a_rounded_zero_has_no_sign() -> None:
    assert rounded(-0.0004, 2, signed=True) == "0.00"
    assert rounded(-0.4, 1) == "−0.4"
    assert rounded(0.4, 1, signed=True) == "+0.4"
    assert per_cent(0.0421) == "+4.21\N{NO-BREAK SPACE}%"


def test_round_numbers_are_brief() -> None:
    said = [brief(Decimal(value)) for value in ("0", "0.50", "20", "1500", "25000", "2500000", "-3000000000")]
    assert [words.replace("\N{NO-BREAK SPACE}", " ") for words in said] == [
        "0", "0.5", "20", "1,500", "25 k", "2.5 m", "−3 bn"]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "words"), [(0, "0 %"), (1, "under 1 %"), (500, "50 %"), (999, "over 99 %"), (1000, "100 %")]
)
def test_what_is_there_never_reads_as_nothing_nor_a_part_as_all(part: int, words: str) -> None:
    assert share_words(part, 1000) == words.replace(" %", "\N{NO-BREAK SPACE}%")


@given(AMOUNTS, AMOUNTS)
def test_ticks_are_few_round_and_inside(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    found = ticks(low, high)
    assert 1 <= len(found) <= 6
    assert all(low <= tick <= high for tick in found)
    steps = {after - before for before, after in pairwise(found)}
    assert len(steps) <= 1
    assert all(step.normalize().as_tuple().digits in ((1,), (2,), (5,)) for step in steps)
