"""Countries: one table for lists and users; what is not clearly one country is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.match.countries import CODES, alpha2, alpha2_or_given, named, single


@pytest.mark.parametrize(
    ("text", "code"),
    [("Russia", "RU"), (" Iraqi ", "IQ"), ("GBR", "GB"), ("UK", "GB"), ("EL", "GR"), ("DRC", "CD"), ("Kosovo", "XK"),
     ("Côte d’Ivoire", "CI"), ("COTE D'IVOIRE", "CI"), ("The Bahamas", "BS"), ("Bahamas, The", "BS"), ("U.S.A.", "US"),
     ("St. Kitts & Nevis", "KN"), ("Korea, North", "KP"), ("Democratic People’s Republic of Korea", "KP"),
     ("Türkiye", "TR"), ("Iran (Islamic Republic of)", "IR"), ("Virgin Islands, British", "VG"), ("Iceland", "IS")],
)  # fmt: skip
def test_a_country_is_understood_by_code_name_and_nationals(text: str, code: str) -> None:
    assert alpha2(text) == code


@pytest.mark.parametrize(
    "text",
    ["00", "ZZ", "(1) Iraq (2) Iran", "Iraq, Iran", "Pakistan (previous address)", "Atlantis", "", " ", "Korea",
     "Virgin Islands", "Yugoslavia", "Republic of China", "ru", "in", "Iraq" * 100],
)  # fmt: skip
def test_what_is_not_clearly_one_country_is_none(text: str) -> None:
    assert alpha2(text) == ""


def test_a_name_is_told_from_letters_that_may_belong_to_a_number() -> None:
    assert (named("India"), named("IN"), named("IND")) == ("IN", "", "")


def test_users_may_write_codes_small_and_keep_what_is_not_understood() -> None:
    assert [alpha2_or_given(text) for text in ("de", "usa", "German", "Narnia", "")] == ["DE", "US", "DE", "Narnia", ""]


def test_several_texts_are_one_country_or_none() -> None:
    assert single(["Iraq", "Iraqi", "IQ"]) == "IQ"
    assert single(["Iraq", "Iran"]) == single(["Iraq", "Atlantis"]) == single([]) == ""


def test_the_codes_are_those_of_iso_3166() -> None:
    assert len(CODES) == 249
    assert all(alpha2(code) == code for code in CODES)
    assert "XK" not in CODES


@given(st.text())
def test_any_text_is_a_code_or_nothing_and_stays_what_it_is(text: str) -> None:
    assert alpha2(text) in CODES | {"", "XK"}
    assert alpha2_or_given(alpha2_or_given(text)) == alpha2_or_given(text)
