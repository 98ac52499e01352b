"""What an answer says beside its verdict: conditions, settled points and classes of actors, on the shipped CCMC law."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import vacatur
from vacatur.law.answer import Answer, ask
from vacatur.law.clocks import view_of
from vacatur.law.corpus import Corpus
from vacatur.ledger.check import corpus_of
from vacatur.ledger.load import load
from vacatur.model.kinds import bound
from vacatur.model.zones import zone

DIVEST = "solely to divest securities held when the ban began"
FAQ_879 = "us-ccmc/2021-01-27-faq-879"


@pytest.fixture(scope="module")
def law() -> Corpus:
    return corpus_of(load(Path(vacatur.__file__).parent / "book"))


def put(law: Corpus, party: str, activity: str, day: str, actor: str = "us-person") -> Answer:
    view = view_of(datetime(2026, 9, 1, tzinfo=UTC), zone("America/New_York"), as_of=day)
    return ask(law, view, party, activity, actor, ["us-ccmc"])


def test_an_exception_to_a_ban_that_is_enjoined_is_not_a_condition(law: Corpus) -> None:
    (row,) = put(law, "xiaomi", "buy", "2021-03-20").rows
    assert (row.answer, row.suspended, row.conditions) == ("permitted", True, ())


def test_an_exception_to_a_ban_that_bites_is_named(law: Corpus) -> None:
    (row,) = put(law, "smic", "buy", "2021-03-20").rows
    assert (row.answer, row.conditions) == ("prohibited", (DIVEST,))


def test_an_act_that_settles_a_point_is_a_reason_for_those_whom_it_names(law: Corpus) -> None:
    (settled,) = put(law, "china-mobile-ltd", "buy", "2021-02-10").rows
    (untouched,) = put(law, "hikvision", "buy", "2021-02-10").rows
    assert FAQ_879 in settled.because
    assert FAQ_879 not in untouched.because


def test_an_exchange_is_a_us_person_whom_a_licence_may_free_alone(law: Corpus) -> None:
    assert bound("us-person", "us-exchange")
    assert not bound("us-exchange", "us-person")
    assert put(law, "amec", "buy", "2021-04-01").answer == "prohibited"
    exchange = put(law, "amec", "buy", "2021-04-01", "us-exchange")
    assert exchange.answer == "permitted"
    assert "us-ccmc/2021-01-14-gl-2" in exchange.rows[0].because
    assert put(law, "hikvision", "buy", "2021-04-01", "us-exchange").answer == "prohibited"
