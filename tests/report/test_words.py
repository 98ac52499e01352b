"""The sentences of an answer, as the interface promises them."""

from dataclasses import replace

import pytest
from tests.report.pages import NOW, corpus, view

from vacatur.law.answer import Answer, ask
from vacatur.model.act import Act
from vacatur.model.kinds import ACTIVITIES, ACTORS, KINDS
from vacatur.report.vocabulary import VERBS, actor_words, deed, effect_words
from vacatur.report.words import (
    because_lines,
    late_words,
    next_change_words,
    question,
    reason,
    verdict_sentence,
    view_sentence,
)

WASHINGTON = "America/New_York"


def answer(party: str, activity: str = "buy", **clocks: str) -> Answer:
    return ask(corpus(), view(party, clocks), party, activity, ACTIVITIES[activity][0])


def because(party: str, **clocks: str) -> list[str]:
    return [words for _, words in because_lines(answer(party, **clocks), corpus())]


REASONS = [
    ("xiaomi", "buy", {"as_of": "2021-01-02"}, "Not listed on that day."),
    ("xiaomi", "buy", {"as_of": "2021-03-01"}, "Listed; buying is forbidden only from 15 March 2021, 09:30."),
    ("xiaomi", "buy", {"as_of": "2021-03-20"}, "Listed, but suspended since 12 March 2021."),
    ("xiaomi", "buy", {}, "Not listed: the designation was vacated on 25 May 2021."),
    ("xiaomi", "buy", {"on": "2021-03-20", "law_at": "2021-03-11", "known_at": "2021-03-11"},
     "From 15 March 2021, 09:30 Eastern, on the law as it stood at 11 March 2021."),
    ("smic", "buy", {"as_of": "2026-08-01"}, "Since 2 August 2021, 00:01 Eastern, under the NS-CMIC list."),
    ("smic", "sell", {"as_of": "2021-12-01"},
     "Only on a condition: solely to divest securities held when the ban began, until 3 June 2022, 00:01."),
    ("mobile-ltd", "buy", {"as_of": "2021-01-20"},
     ("Prohibited on one reading (the close match with an annex name counted, from 11 January 2021); "
      "permitted on another (only their own listing counted, from 9 March 2021).")),
    ("quiet", "buy", {"as_of": "2021-01-20"}, "Not listed on that day."),
    ("xiaomi", "buy", {"as_of": "2019-01-01"}, "Not listed on that day."),
    ("xiaomi", "buy", {"on": "2019-01-01"},
     "The ledger begins on 2020-06-24 for us-ccmc; earlier days are not answered."),
]  # fmt: skip


@pytest.mark.parametrize(("party", "activity", "clocks", "words"), REASONS)
def test_the_reason_is_one_line(party: str, activity: str, clocks: dict[str, str], words: str) -> None:
    asked = ask(corpus(), view(party, clocks), party, activity, ACTIVITIES[activity][0])
    assert reason(asked, corpus()) == words


def test_the_question_is_a_sentence() -> None:
    asked = answer("xiaomi", as_of="2021-03-20")
    assert question(asked, corpus()) == "May a US person buy its securities on 20 March 2021?"


def test_the_verdict_is_one_of_four_words_and_a_sentence() -> None:
    told = {
        verdict_sentence(answer("xiaomi", as_of="2021-03-20"), corpus()),
        verdict_sentence(answer("smic", as_of="2026-08-01"), corpus()),
        verdict_sentence(answer("mobile-ltd", as_of="2021-01-20"), corpus()),
        verdict_sentence(answer("xiaomi", on="2019-01-01"), corpus()),
    }
    assert told == {
        "Permitted: a US person may buy its securities on 20 March 2021.",
        "Prohibited: a US person may not buy its securities on 1 August 2026.",
        "Disputed: whether a US person may buy its securities on 20 January 2021 is not settled.",
        "Not answered: the ledger does not answer for 1 January 2019.",
    }


def test_because_says_who_did_what_when_oldest_first() -> None:
    assert because("xiaomi", as_of="2021-03-20") == [
        "E.O. 13959 signed, 12 November 2020.",
        (
            "On 14 January 2021 the US Department of Defense designated Xiaomi Corporation; "
            "buying was to be forbidden from 15 March 2021, 09:30."
        ),
        (
            "On 12 March 2021 D.D.C. (Judge Contreras) enjoined the designation of 14 January 2021. "
            "The entry stayed on the list."
        ),
    ]


def test_a_ban_that_bites_is_forbidden_and_one_to_come_is_to_be() -> None:
    assert "buying is forbidden from 2 August 2021, 00:01" in because("smic", as_of="2026-08-01")[-1]
    assert "buying is to be forbidden from 15 March 2021" in because("xiaomi", as_of="2021-03-01")[0]


def test_because_names_at_most_as_many_acts_as_asked_and_keeps_the_listing() -> None:
    lines = because_lines(answer("xiaomi", as_of="2021-03-20"), corpus(), limit=2)
    assert [act.kind for act, _ in lines] == ["designate", "enjoin"]


def test_the_view_is_always_restated() -> None:
    both = view("xiaomi", {"as_of": "2021-03-20"}), view("xiaomi", {"on": "2021-03-20", "law_at": "2021-03-11",
                                                                    "known_at": "2021-03-11"})  # fmt: skip
    assert [view_sentence(one, WASHINGTON) for one in both] == [
        "You ask about 20 March 2021, under the law as it stood then, as known then.",
        "You ask about 20 March 2021, under the law as it stood at 11 March 2021, as known at 11 March 2021.",
    ]


def test_the_next_change_has_a_date_and_an_answer() -> None:
    assert next_change_words(answer("xiaomi", as_of="2021-03-01")) == "15 March 2021, 09:30 Eastern: prohibited"
    assert next_change_words(answer("xiaomi", as_of="2021-03-20")) == "none known in this view"


def test_lists_followed_to_the_same_day_are_warned_of_together() -> None:
    assert late_words(answer("smic")) == [
        (
            "Followed until 31 December 2021 (CCMC list) and 31 August 2026 (§1260H list, NS-CMIC list); "
            "nothing later is known here."
        )
    ]


def test_where_the_listing_is_open_but_the_answer_is_not_the_sentence_says_so() -> None:
    law = corpus()
    vacate = law.acts["us-ccmc/xiaomi/2021-05-25-vacate"]
    open_law = replace(law, acts={**law.acts, vacate.id: replace(vacate, effect="unknown")})
    clocks = {"on": "2021-02-01", "law_at": "2021-06-01", "known_at": "2021-06-01"}
    said = reason(ask(open_law, view("xiaomi", clocks), "xiaomi", "buy", "us-person"), open_law)
    assert said == (
        "Whether it was listed on that day is open (Designation vacated, 25 May 2021); "
        "the answer is the same on both readings."
    ) or said.startswith("Listed, but suspended")


def test_every_kind_activity_and_actor_has_words() -> None:
    assert set(VERBS) == set(KINDS)
    assert all(effect_words(kind) for kind in KINDS)
    assert all(deed(activity).gerund != f"to {deed(activity).bare}" for activity in ACTIVITIES)
    assert all(actor_words(actor) for actor in ACTORS)


def test_an_unheard_of_word_is_still_said() -> None:
    assert deed("orbit").bare == "orbit"
    assert actor_words("martian") == "martian"


def test_the_words_know_no_clock() -> None:
    asked = ask(corpus(), view("xiaomi", {}), "xiaomi", "buy", "us-person")
    assert asked.view.on == NOW
    assert question(asked, corpus()).endswith("on 22 November 2026?")


def test_an_act_of_unknown_issuer_is_still_told() -> None:
    law = corpus()
    listing: Act = law.acts["us-ccmc/xiaomi/2021-01-14-designate"]
    bare = replace(law, acts={**law.acts, listing.id: replace(listing, issuer="")})
    asked = ask(bare, view("xiaomi", {"as_of": "2021-03-01"}), "xiaomi", "buy", "us-person")
    assert "the authority designated Xiaomi Corporation" in because_lines(asked, bare)[0][1]
