"""The border to the native core: what crosses it, and what it refuses. What normalising does is tested in Rust."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur import _core

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_one_form_for_every_way_of_writing_a_name() -> None:
    written = ["XIAOMI Corp.", "xiaomi  corp", "Ｘｉａｏｍｉ\u3000Ｃｏｒｐ", "Xiaomi\u202e Corp\u200b"]
    assert _core.normalise_many(written) == ["xiaomi corp"] * 4


@given(st.lists(TEXT))
def test_a_batch_is_each_name_in_order(names: list[str]) -> None:
    assert _core.normalise_many(names) == [_core.normalise(name) for name in names]


@given(TEXT)
def test_the_result_is_composed_and_settled(name: str) -> None:
    once = _core.normalise(name)
    assert _core.normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_a_lone_surrogate_is_refused_with_its_row() -> None:
    with pytest.raises(ValueError, match=r"the name holds a lone surrogate.*'a\\ud800'"):
        _core.normalise("a\ud800")
    with pytest.raises(ValueError, match="row 1 holds a lone surrogate"):
        _core.normalise_many(["Xiaomi", b"\xff".decode("ascii", "surrogateescape")])


def test_a_string_is_not_taken_for_a_batch() -> None:
    with pytest.raises(TypeError, match="list"):
        _core.normalise_many("Xiaomi")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="str"):
        _core.normalise_many([None])  # type: ignore[list-item]
