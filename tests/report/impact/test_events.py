"""Which acts are events, and on which day prices could first show them."""

from dataclasses import replace
from datetime import date

import pytest

from vacatur.app import App
from vacatur.errors import AskError, WordUnknown
from vacatur.law.corpus import Corpus, Docket
from vacatur.model.act import Act
from vacatur.model.moment import read_moment
from vacatur.model.view import View
from vacatur.model.zones import zone
from vacatur.report.impact.events import acts_with_effect, event, read_close

WASHINGTON = "America/New_York"


def docket(app: App, as_of: str | None = None) -> Docket:
    records = app.records()
    return Docket(records.corpus, app.asked(records, None, None, as_of=as_of).view)


def ids(acts: list[Act]) -> list[str]:
    return [act.id.removeprefix("quay/") for act in acts]


def test_the_acts_on_a_party_that_have_a_legal_effect_oldest_first(quay: App) -> None:
    assert ids(acts_with_effect(docket(quay), "alder")) == [
        "alder/2021-01-14-designate", "alder/2021-03-12-enjoin", "alder/2021-05-25-vacate"]  # fmt: skip
    assert ids(acts_with_effect(docket(quay), "cedar")) == ["cedar/2021-01-14-designate", "cedar/2021-11-30-license"]
    assert acts_with_effect(docket(quay), "maple") == []


def test_acts_that_the_view_does_not_see_are_no_events(quay: App) -> None:
    assert ids(acts_with_effect(docket(quay, "2021-04-01"), "alder")) == [
        "alder/2021-01-14-designate", "alder/2021-03-12-enjoin"]  # fmt: skip
    assert ids(acts_with_effect(docket(quay, "2021-03-01"), "elm")) == [], "issued, and not public before the 2nd"


def test_only_the_kinds_asked_for(quay: App) -> None:
    assert ids(acts_with_effect(docket(quay), "alder", ["vacate", "sue"])) == ["alder/2021-05-25-vacate"]
    with pytest.raises(WordUnknown, match="kind 'ban' is not known"):
        acts_with_effect(docket(quay), "alder", ["ban"])


def test_what_is_procedural_is_an_event_only_when_asked_for(shipped: App) -> None:
    plain = {act.kind for act in acts_with_effect(docket(shipped), "xiaomi")}
    assert {"designate", "enjoin", "vacate"} <= plain
    assert not plain & {"sue", "settle", "propose", "index-add", "index-delete", "market-move"}
    assert {act.kind for act in acts_with_effect(docket(shipped), "xiaomi", ["settle"])} == {"settle"}


def test_acts_upon_acts_on_the_party_belong_to_it_even_if_they_do_not_name_it(quay: App) -> None:
    corpus = quay.records().corpus
    stay = replace(corpus.acts["quay/alder/2021-03-12-enjoin"], id="quay/2021-04-01-stay", kind="stay",
                   target="quay/alder/2021-03-12-enjoin", parties=())  # fmt: skip
    grown = Corpus(corpus.programmes, {**corpus.acts, stay.id: stay}, corpus.parties)
    view = docket(quay).view
    assert "2021-04-01-stay" in ids(acts_with_effect(Docket(grown, View(view.on, view.law_at, view.known_at)), "alder"))


@pytest.mark.parametrize(("published", "close", "first", "last"), [
    ("2021-05-25", None, date(2021, 5, 25), date(2021, 5, 25)),
    ("2021-05-25", "16:00 Asia/Hong_Kong", date(2021, 5, 25), date(2021, 5, 25)),
    ("2021-05-25T16:09-04:00", None, date(2021, 5, 26), date(2021, 5, 26)),
    ("2021-05-25T16:00-04:00", None, date(2021, 5, 25), date(2021, 5, 25)),
    ("2021-05-25T16:09-04:00", "20:00", date(2021, 5, 25), date(2021, 5, 25)),
    ("2021-05-25T16:09-04:00", "16:00 Asia/Hong_Kong", date(2021, 5, 26), date(2021, 5, 26)),
    ("2021-05-25T05:00-04:00", "16:00 Asia/Hong_Kong", date(2021, 5, 26), date(2021, 5, 26)),
    ("2021-05-25..2021-05-28", None, date(2021, 5, 25), date(2021, 5, 28)),
    ("2024-05", None, date(2024, 5, 1), date(2024, 5, 31)),
])  # fmt: skip
def test_an_act_after_the_close_belongs_to_the_next_day_only_if_its_moment_says_so(
    quay: App, published: str, close: str | None, first: date, last: date
) -> None:
    act = quay.records().corpus.acts["quay/alder/2021-05-25-vacate"]
    act = replace(act, published=read_moment(published, zone(WASHINGTON)))
    made = event(act, WASHINGTON, read_close(close, WASHINGTON))
    assert (made.first, made.last) == (first, last)


def test_an_act_issued_earlier_than_published_counts_from_its_publication(quay: App) -> None:
    act = quay.records().corpus.acts["quay/elm/2021-03-01-designate"]
    assert event(act, WASHINGTON, read_close(None, WASHINGTON)).first == date(2021, 3, 2)


@pytest.mark.parametrize("text", ["25:00", "16", "4 pm", "16:00 Mars/Olympus", "16:60", "", "16:00 ../../etc/passwd"])
def test_an_hour_that_cannot_be_read_is_not_guessed_at(text: str) -> None:
    with pytest.raises(AskError, match="not an hour at which a market closes"):
        read_close(text, WASHINGTON)


def test_an_hour_without_a_zone_is_that_of_the_question() -> None:
    assert str(read_close("9:30", WASHINGTON)) == "09:30 America/New_York"
    assert str(read_close(None, "UTC")) == "16:00 UTC"
