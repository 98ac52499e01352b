"""Amounts: exact where they can only be one number, refused where they could be two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.errors import InputError
from vacatur.screen.portfolio.amounts import amount, with_commas

NUMBERS = st.decimals(0, Decimal("1e15") - 1, allow_nan=False, places=4).map(lambda one: one.normalize())


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1234567.89", "1234567.89"), ("1,234,567.89", "1234567.89"), ("1,234,567", "1234567"), ("0", "0"),
        ("1.234.567,89", "1234567.89"), ("1.234.567", "1234567"), ("1234,5", "1234.5"), ("12,50", "12.50"),
        ("1 234 567,89", "1234567.89"), ("1\u00a0234\u202f567", "1234567"), ("1'234'567.89", "1234567.89"),
        ("1’234’567", "1234567"), (".5", "0.5"), ("5.", "5"), (" 7 ", "7"), ("1.234", "1.234"), ("0001", "1"),
        ("31185000.00", "31185000.00"), ("1,234.5", "1234.5"),
    ],
)  # fmt: skip
def test_what_can_only_be_one_number_is_that_number(cell: str, number: str) -> None:
    assert amount(cell, "value") == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("1,234", "could be two numbers"), ("-5", "is negative"), ("(1,234.50)", "is negative"), ("−5", "is negative"),
        ("100-", "is negative"), ("1e6", "powers of ten"), ("1.23E+06", "powers of ten"), ("USD 5", "not a number"),
        ("5 %", "not a number"), ("NaN", "not a number"), ("inf", "not a number"), ("1,23,456", "not a number"),
        ("12,34,5", "not a number"), ("١٢٣", "not a number"), ("1_000", "not a number"), ("=1+1", "not a number"),
        ("1000000000000000", "absurd"), ("0.0000000000001", "absurd"), ("9" * 400, "absurd"), ("n/a", "not a number"),
    ],
)  # fmt: skip
def test_what_is_no_amount_of_a_holding_is_refused_and_says_why(cell: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as refused:
        amount(cell, "value")
    assert refused.value.fix
    assert len(str(refused.value)) < 300


def test_an_empty_cell_is_no_number() -> None:
    assert amount("  ", "quantity") is None


def test_a_single_dot_is_doubtful_beside_cells_with_commas() -> None:
    assert with_commas("1.234,56")
    assert with_commas("12,5")
    assert not any(map(with_commas, ("1,234", "1234.5", "1,234,567.8", "")))
    with pytest.raises(InputError, match="could be two numbers"):
        amount("1.234", "value", commas=True)
    assert amount("1234.5", "value", commas=True) == Decimal("1234.5")


def written(number: Decimal) -> list[str]:
    """A number as people in several places write it."""
    english = f"{number:,f}"
    swap = str.maketrans(",.", ".,")
    return [english, english.translate(swap), english.replace(",", " "), english.replace(",", "'"), f"{number:f}"]


@given(number=NUMBERS)
def test_no_way_of_writing_a_number_is_read_as_another(number: Decimal) -> None:
    for cell in written(number):
        try:
            read = amount(cell, "value", commas=True)
        except InputError:
            continue
        assert read == number
    assert amount(f"{number:f}", "value") == number


@given(cell=st.text(max_size=40))
def test_any_text_is_a_number_from_zero_on_or_refused(cell: str) -> None:
    try:
        found = amount(cell, "value")
    except InputError:
        return
    assert found is None or 0 <= found < Decimal("1e15")
