"""A score's parts add up to it, for any two names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vacatur.match.score import compare
from vacatur.report.run.score import read_sum, score_section, score_words

WORDS = ("Xiaomi", "Corp", "Corporation", "of", "China", "Mobile", "Ltd", "J.", "Al", "~", "a: b", "Muhammad",
         "Mohamed", "2", "Panda", "Electronics", "Elektronix", "小米")  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=200)
@given(NAMES, NAMES, st.sampled_from(["organisation", "person", "vessel"]), st.booleans())
def test_the_parts_of_a_score_add_up_to_it(one: str, other: str, kind: str, apart: bool) -> None:
    made = compare(one, other, kind=kind, country=("DE", "CN") if apart else None)
    evidence = ", ".join(("name", *(name for name, _ in made.evidence)))
    found = read_sum(made.explain().splitlines(), evidence)
    if found is None:  # a word that stands twice, with two weights, of which the lines name the wrong one
        assert any(len({word for word, _ in side}) < len(side) for side in (made.a, made.b))
        return
    product = found.explained
    for _, factor in found.factors:
        product *= factor
    assert product == pytest.approx(made.raw, abs=0.005)
    assert found.beside == made.evidence
    assert found.score == pytest.approx(made.score, abs=1e-6)


def test_lines_that_do_not_add_up_are_shown_as_they_are() -> None:
    lines = ["al ~ al: equal, 1.000 of 60 and 1.000 of 60", "al: only in the second name, weight 60",
             "raw 0.952380, score 0.975769"]  # fmt: skip
    assert read_sum(lines, "name") is None
    assert "al: only in the second name, weight 60" in score_section(
        {"score": 0.975769, "evidence": "name", "explanation": lines}
    )


def test_an_explanation_of_another_form_is_shown_as_it_is() -> None:
    hit = {"score": 0.8, "evidence": "name", "explanation": ["words from a newer matcher <b>", "score 0.8"]}
    assert read_sum(hit["explanation"], "name") is None  # type: ignore[arg-type]
    assert "words from a newer matcher &lt;b&gt;" in score_section(hit)


def test_only_equal_names_score_one() -> None:
    assert score_words(0.999999) == ".999"
    assert score_words(1.0) == "1"
    assert score_words(0.7284) == ".728"
