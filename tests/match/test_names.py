"""Names as they are written: one plain form, and who carries exactly this name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.match.names import Names, plain_name
from vacatur.model.party import Name, Party

WORDS = st.sampled_from(["alder", "marine", "Corporation", "Corp.", "China", "小米", "Telecom", "(Group)", "Ltd", "é"])
NAME = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def party(party_id: str, *names: str) -> Party:
    return Party(
        id=party_id, rev=1, kind="organisation", country="", identifiers=(), securities=(),
        particulars=(), links=(), note="",
        names=tuple(Name(text=text, kind="primary", script="Latn", source="") for text in names),
    )  # fmt: skip


@given(NAME)
def test_case_spaces_and_points_do_not_matter(name: str) -> None:
    assert Names([party("p", name)]).exactly(f"  {name.upper().replace(' ', '   ')}. ") == {"p"}


@given(st.lists(NAME, max_size=6), NAME)
def test_all_who_carry_a_name_are_found_and_nobody_else(held: list[str], asked: str) -> None:
    names = Names([party(f"p{n}", text, text) for n, text in enumerate(held)])
    same = {f"p{n}" for n, text in enumerate(held) if plain_name(text) == plain_name(asked)}
    assert names.exactly(asked) == same


@pytest.mark.parametrize("asked", ["", "???", "\u200b", "--"])
def test_a_text_without_letters_is_nobodys_name(asked: str) -> None:
    assert Names([party("p", "???"), party("q", "Alder")]).exactly(asked) == set()
