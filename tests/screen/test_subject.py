"""Subjects: what is known of them, and what cannot be screened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.errors import InputError
from vacatur.screen.part import Screened
from vacatur.screen.subject import COLUMNS, IDENTIFIERS, Subject, from_list, subject

LEI, ISIN = "QUAY00ALDER0MARINE45", "KYQUAY000016"


def test_a_list_keeps_its_order_whatever_its_entries_are() -> None:
    given = ["Birch", subject({"name": "Cedar"}, row=9), f" {ISIN.lower()} ", LEI, {"name": "Alder", "imo": "1234567"}]
    assert [(s.row, s.name or s.identifiers) for s in from_list(given)] == [
        (1, "Birch"), (2, "Cedar"), (3, (("isin", ISIN),)), (4, (("lei", LEI),)), (5, "Alder"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "one",
    ["", "  ", "???", None, 7, b"Alder", ["Alder"], "a\ud800", {}, {"country": "KY"}, {"name": "A", "colour": "red"},
     {"name": ["A", "B"]}, {"name": "A", "aliases": [7]}, {"name": "A", "isin": "KYQUAY000017"}, {"mic": "XHKG"}],
)  # fmt: skip
def test_what_cannot_be_screened_is_told_by_its_row(one: object) -> None:
    with pytest.raises(InputError, match=r"^row 2: "):
        from_list(["Alder", one])


@given(st.lists(st.text("ab? \u00e9\u200b", max_size=4), max_size=5))
def test_a_list_is_taken_whole_or_refused_at_its_first_row_without_letters(texts: list[str]) -> None:
    empty = [row for row, text in enumerate(texts, start=1) if not set("ab\u00e9") & set(text)]
    if empty:
        with pytest.raises(InputError, match=f"^row {empty[0]}: nothing to screen"):
            from_list(texts)
    else:
        assert [subject.name for subject in from_list(texts)] == [text.strip() for text in texts]


def test_a_name_that_is_a_code_but_for_its_spaces_is_taken_as_both() -> None:
    (found, spaced) = from_list(["Fir Foundry 16", "KY QUAY 000016"])
    assert (found.names, found.identifiers) == (("Fir Foundry 16",), (("isin", "FIRFOUNDRY16"),))
    assert (spaced.names, spaced.identifiers) == (("KY QUAY 000016",), (("isin", ISIN),))


SOME = {
    "key": "7", "name": "Ada Quay", "aliases": ["A. Quay", "Ada Q"], "kind": "person", "birth_date": "1970-05",
    "gender": "female", "country": ["KY", "CN"], "address": "1 Quay Street", "mic": "XHKG", "isin": ISIN, "lei": LEI,
    "passport": ["P1", "P2"],
}  # fmt: skip


def test_a_query_gives_back_what_a_subject_was_made_of() -> None:
    made = subject(SOME)
    assert made.query() == SOME
    assert made.query().keys() == SOME.keys()
    assert list(Screened(1, made.query(), {}).known) == [column for column in COLUMNS if column in SOME]
    assert subject(made.query()) == made


def test_a_subject_stays_as_it_was_made() -> None:
    made = subject(SOME)
    with pytest.raises(AttributeError):
        made.row = 2  # type: ignore[misc]
    assert made == Subject(**{name: getattr(made, name) for name in Subject.__struct_fields__})
    assert len({made, subject(SOME)}) == 1


def test_what_a_subject_is_does_not_depend_on_its_row_but_on_its_number() -> None:
    assert subject(SOME, row=1).content == subject(SOME, row=2).content
    assert subject(SOME).content != subject({**SOME, "key": "8"}).content
    assert subject(SOME).content != subject({**SOME, "gender": "male"}).content


@pytest.mark.parametrize(
    ("given", "taken"), [("M", "male"), ("female", "female"), ("Woman", "female"), ("x", ""), ("", "")]
)
def test_a_gender_in_a_word_that_the_lists_do_not_have_says_nothing(given: str, taken: str) -> None:
    assert subject({"name": "Ada", "gender": given}).gender == taken


@given(st.lists(st.sampled_from([*IDENTIFIERS, "name", "aliases", "country"]), unique=True, min_size=1))
def test_identifiers_come_in_the_order_in_which_they_are_looked_up(columns: list[str]) -> None:
    values = {
        "isin": ISIN,
        "lei": LEI,
        "imo": "1234567",
        "cusip": "037833100",
        "figi": "BBG000BLNNH6",
        "bic": "DEUTDEFF",
    }
    made = subject({**{column: values.get(column, "A1") for column in columns}, "name": "A"})
    schemes = [scheme for scheme, _ in made.identifiers]
    assert schemes == [scheme for scheme in IDENTIFIERS if scheme in columns]


def test_countries_are_codes_where_they_are_understood_and_each_stands_once() -> None:
    assert subject({"name": "Ada", "country": ["Germany", "de", "Narnia", "Cayman Islands"]}).countries == (
        "DE",
        "Narnia",
        "KY",
    )
