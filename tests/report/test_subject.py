"""The part of the ledger that a page is drawn from answers as the whole does."""

from pathlib import Path

import pytest
from tests.report.pages import NOW, book, corpus

import vacatur
from vacatur.law.answer import ask
from vacatur.law.corpus import Corpus
from vacatur.ledger.load import load
from vacatur.model.kinds import ACTIVITIES
from vacatur.model.view import View
from vacatur.report.subject import part_about
from vacatur.report.timeline.acts import acts_about


def shipped() -> Corpus:
    loaded = load(Path(vacatur.__file__).parent / "book")
    return Corpus(loaded.programmes, loaded.acts, loaded.parties)


@pytest.mark.parametrize("whole", [corpus, shipped])
def test_no_answer_changes_when_unrelated_acts_are_left_out(whole: object) -> None:
    assert callable(whole)
    law: Corpus = whole()
    parties = sorted(law.parties)[:: max(1, len(law.parties) // 24)]
    for party in parties:
        part = part_about(law, party)
        for activity in ("buy", "contract", "export"):
            asked = (View.as_of(NOW), party, activity, ACTIVITIES[activity][0])
            assert ask(part, *asked) == ask(law, *asked), party


def test_unrelated_parties_are_left_out_and_regimes_stay() -> None:
    kept = part_about(corpus(), "xiaomi").acts
    assert "us-ccmc/2020-11-12-eo-13959" in kept
    assert "us-ccmc/smic/2020-12-03-designate" not in kept
    assert "us-ccmc/mobile-group/2020-12-03-designate" in part_about(corpus(), "mobile-ltd").acts


def test_the_acts_about_a_party_are_those_that_a_view_sees() -> None:
    seen = acts_about(corpus(), View.as_of(book().acts["us-ccmc/xiaomi/2021-03-12-enjoin"].issued.latest), "xiaomi")
    assert seen[-1].kind == "enjoin"
    assert [act.issued.earliest for act in seen] == sorted(act.issued.earliest for act in seen)
