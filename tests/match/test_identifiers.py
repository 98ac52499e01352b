"""Identifiers: check digits, and the forms in which people write tickers."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vacatur.match.checkdigits import CHECKS, valid_isin, valid_lei
from vacatur.match.identifiers import forms, like_ticker, normal, plain, ticker_forms
from vacatur.match.parties import index_of
from vacatur.model.party import Identifier, Party

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
STEM = st.text(ALPHABET, min_size=9, max_size=9)
COUNTRY = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)


def isin_of(stem: str) -> str:
    """The one ISIN that begins with these eleven characters, counted by the standard's own words."""
    digits = [int(digit) for letter in stem for digit in str(int(letter, 36))]
    doubled = [digit * 2 if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits))]
    return f"{stem}{-sum(sum(map(int, str(number))) for number in doubled) % 10}"


def lei_of(stem: str) -> str:
    """The one LEI that begins with these eighteen characters."""
    return f"{stem}{98 - int(''.join(str(int(letter, 36)) for letter in stem + '00')) % 97:02}"


@pytest.mark.parametrize("isin", ["US0378331005", "KYG9830T1067", "GB0002634946", "HK0941009539", "CNE1000002H1"])
def test_known_isins_hold(isin: str) -> None:
    assert valid_isin(isin)


@pytest.mark.parametrize("lei", ["5493001KJTIIGC8Y1R12", "213800WSGIIZCXF1P572", "HWUPKR0MPOU8FGXBT394"])
def test_known_leis_hold(lei: str) -> None:
    assert valid_lei(lei)


@given(COUNTRY, STEM)
def test_exactly_one_check_digit_makes_an_isin(country: str, stem: str) -> None:
    assert [d for d in range(10) if valid_isin(f"{country}{stem}{d}")] == [int(isin_of(country + stem)[-1])]


@given(st.text(ALPHABET, min_size=18, max_size=18))
def test_the_computed_check_digits_make_a_lei(stem: str) -> None:
    assert valid_lei(lei_of(stem))


@given(COUNTRY, STEM, st.integers(2, 11), st.sampled_from("0123456789"))
def test_no_single_wrong_digit_passes_as_an_isin(country: str, stem: str, place: int, digit: str) -> None:
    isin = isin_of(country + stem)
    assume(isin[place].isdigit())
    wrong = isin[:place] + digit + isin[place + 1 :]
    assert valid_isin(wrong) == (wrong == isin)


@given(st.text(ALPHABET, min_size=18, max_size=18), st.integers(0, 18))
def test_two_digits_or_letters_exchanged_do_not_pass_as_a_lei(stem: str, place: int) -> None:
    lei = lei_of(stem)
    assume(lei[place].isdigit() == lei[place + 1].isdigit())
    wrong = lei[:place] + lei[place + 1] + lei[place] + lei[place + 2 :]
    assert valid_lei(wrong) == (wrong == lei)


@given(COUNTRY, STEM, st.sampled_from([" ", "-", ".", ""]), st.booleans())
def test_an_isin_is_read_however_it_is_spaced(country: str, stem: str, between: str, small: bool) -> None:
    isin = isin_of(country + stem)
    written = between.join([isin[:2], isin[2:11], isin[11:]])
    assert plain(written.lower() if small else written) == isin


@pytest.mark.parametrize("text", [
    "", "KYG9830T1068",
    "KYG9830T106", "KYG9830T10677", "kyg9830t1067", "KYG9830T106٧", "1YG9830T1067", "KYG9830T1067\n",
])  # fmt: skip
def test_what_is_no_isin(text: str) -> None:
    assert not valid_isin(text)


@pytest.mark.parametrize("text", ["", "5493001KJTIIGC8Y1R13", "5493001KJTIIGC8Y1R1", "5493001KJTIIGC8Y1R1２"])
def test_what_is_no_lei(text: str) -> None:
    assert not valid_lei(text)


# From the standards' own examples and public registers: each holds, and no other last digit would.
HOLDING = {
    "imo": ("9074729", "9176187"),
    "cusip": ("037833100", "38259P508", "594918104"),
    "figi": ("BBG000BLNNH6", "BBG000B9XRY4"),
    "isin": ("US0378331005", "KYG9830T1067"),
}


@pytest.mark.parametrize("scheme", HOLDING)
def test_exactly_one_last_digit_holds(scheme: str) -> None:
    for value in HOLDING[scheme]:
        assert [d for d in "0123456789" if CHECKS[scheme](value[:-1] + d)] == [value[-1]]


@pytest.mark.parametrize("text", ["", "٣", "907472", "IMO9074729", "90747290", "BBG000BLNNA6x", "小米"])
def test_what_has_not_the_form_does_not_hold(text: str) -> None:
    assert [scheme for scheme, holds in CHECKS.items() if holds(text)] == []


@pytest.mark.parametrize("bic", ["DEUTDEFF", "DEUTDEFF500", "BKCHCNBJXXX"])
def test_the_shape_of_a_bic(bic: str) -> None:
    assert CHECKS["bic"](bic)
    assert not CHECKS["bic"](bic[:-1])


@pytest.mark.parametrize(("written", "kept"), [
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),  # base58: case tells
    ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),  # bech32: one case
    ("bc1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),  # mixed: is none
    (" 0xDE709F2102306220921060314715629080E2FB77", "0xde709f2102306220921060314715629080e2fb77"),
    ("DE709F2102306220921060314715629080E2FB77", "de709f2102306220921060314715629080e2fb77"),
])  # fmt: skip
def test_a_wallets_case_is_kept_where_it_matters(written: str, kept: str) -> None:
    assert normal("wallet", written) == normal("wallet-xbt", written) == kept


@given(st.sampled_from(["lei", "imo", "bic", "cik", "cusip", "wallet", "reg"]), st.text(max_size=30))
def test_a_normal_form_stays_as_it_is(scheme: str, text: str) -> None:
    once = normal(scheme, text)
    assert normal(scheme, once) == once
    assert all(forms(scheme, text))


@pytest.mark.parametrize("written", ["1810", "01810", "1810.HK", "1810 HK", "01810.hk", " 1810  HK ", "1810.HK Equity"])
def test_every_way_of_writing_a_hong_kong_ticker_finds_it(written: str) -> None:
    assert party_ids(("ticker", "1810"), written) == {"xiaomi"}
    assert party_ids(("ticker", "01810"), written) == {"xiaomi"}


def test_zeros_are_part_of_a_mainland_code() -> None:
    assert ticker_forms("000768") == ("000768",)
    assert party_ids(("ticker", "768"), "000768") == set()
    assert party_ids(("ticker", "000768"), "000768.SZ") == {"xiaomi"}


def test_a_ticker_of_zeros_is_still_a_ticker() -> None:
    assert ticker_forms("0000") == ("0000",)


@pytest.mark.parametrize("typed", ["1810", "1810.HK", "1810 hk", "LKCO", "LKCO.O"])
def test_what_may_be_meant_as_a_ticker(typed: str) -> None:
    assert like_ticker(typed)


@pytest.mark.parametrize("typed", ["1810 Holdings", "LKCO Partners", "ZTE Co", "CEO of Sinopec", "A.B.C", "小米", ""])
def test_what_is_rather_a_name(typed: str) -> None:
    assert not like_ticker(typed)


@given(st.text(max_size=30))
def test_any_text_has_forms_none_of_them_empty(text: str) -> None:
    assert all(ticker_forms(text))
    like_ticker(text)


def party_ids(held: tuple[str, str], asked: str) -> set[str]:
    scheme, value = held
    identifier = Identifier(scheme=scheme, value=value, country="", source="")
    party = Party(
        id="xiaomi", rev=1, kind="organisation", country="", names=(), identifiers=(identifier,),
        securities=(),
        particulars=(), links=(), note="",
    )  # fmt: skip
    return set(index_of([party]).find(scheme, asked))
