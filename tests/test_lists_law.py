"""What a listing on the official lists does: the shipped rules, met by parties and listings of an invented edition.

The book names nobody on these lists; the names come from the lists' own files, as observed acts whose day is known only
between two editions. These tests put a few such acts beside the shipped book and ask.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vacatur.app import BOOK
from vacatur.law.answer import Answer, Row, ask
from vacatur.law.clocks import view_of
from vacatur.law.corpus import Corpus
from vacatur.ledger.check import check, corpus_of
from vacatur.ledger.load import Loaded, load
from vacatur.model.kinds import ACTIVITIES
from vacatur.model.zones import zone

NOW = datetime(2026, 9, 1, tzinfo=UTC)
AFTER = "2025-01-15"
LISTS = {
    "us-ofac-sdn", "us-ofac-ssi", "us-ofac-fse", "us-ofac-plc", "us-ofac-capta", "us-ofac-mbs", "us-ofac-cons",
    "us-bis-meu", "us-bis-uvl", "us-bis-dpl", "us-state-isn", "us-state-dtc",
    "un-sc", "eu-fsf", "uk-sanctions", "uk-ofsi", "ca-sema", "ftm",
}  # fmt: skip
FREEZES = {"un-sc": "un-member", "eu-fsf": "eu-person", "uk-sanctions": "uk-person", "uk-ofsi": "uk-person",
           "ca-sema": "ca-person"}  # fmt: skip
NO_RULES = {"us-ofac-cons", "ftm"}

PARTY = """\
  - id: {id}
    kind: organisation
    source: an invented edition
    names: [{{text: {id} company, kind: primary}}]
"""
LINK = """\
    links: [{{kind: {kind}, to: {to}, share: "{share}", source: an invented register}}]
"""
LISTING = """\
  - id: {programme}/{party}/2022-02-26-designate
    kind: designate
    target: "{party}@{programme}"
    title: listed between two editions
    issued: "2022-02-24..2022-02-26"
    published: "2022-02-26"
    issuer: an invented edition
    fact: The entry stands in the edition of 26 February 2022 and not in that of 23 February.
    sources: [an invented edition]
    grade: observed
"""


def listed_on(programme: str) -> str:
    """The id of the party that stands on this list and on no other."""
    return f"on-{programme}"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The book, with one party on each list, and companies of some of them."""
    book = Path(shutil.copytree(BOOK, tmp_path_factory.mktemp("lists") / "book"))
    parties = [PARTY.format(id=listed_on(programme)) for programme in sorted(LISTS)]
    for programme in ("us-ofac-sdn", "us-bis-meu", "us-bis-dpl", *FREEZES):
        for share in ("60", "40"):
            owned = PARTY.format(id=f"owned-{share}-{programme}")
            parties.append(owned + LINK.format(kind="owned-by", to=listed_on(programme), share=share))
        parties.append(
            PARTY.format(id=f"run-by-{programme}")
            + LINK.format(kind="controlled-by", to=listed_on(programme), share="")
        )
    listings = [LISTING.format(programme=name, party=listed_on(name)) for name in sorted(LISTS)]
    (book / "parties" / "invented.yaml").write_text("parties:\n" + "".join(parties).replace(', share: ""', ""), "utf-8")
    (book / "acts" / "invented.yaml").write_text("acts:\n" + "".join(listings), "utf-8")
    return load(book)


@pytest.fixture(scope="module")
def law(loaded: Loaded) -> Corpus:
    return corpus_of(loaded)


def put(
    law: Corpus, party: str, activity: str, actor: str, *, as_of: str | None = AFTER, on: str | None = None
) -> Answer:
    view = view_of(NOW, zone("America/New_York"), as_of=as_of, on=on)
    return ask(law, view, party, activity, actor)


def only(answer: Answer) -> Row:
    (row,) = answer.rows
    return row


def test_the_book_holds_with_listings_from_an_edition(loaded: Loaded) -> None:
    assert check(loaded) == []


def test_every_list_has_its_programme(law: Corpus) -> None:
    assert set(law.programmes) >= LISTS
    for name in sorted(LISTS):
        programme = law.programmes[name]
        assert programme.coverage == "partial", name
        assert programme.remark, name
        assert programme.sources, name
        assert bool(programme.rules) is (name not in NO_RULES), name
        assert {rule.starts for rule in programme.rules} <= {"listed"}, name
        assert not [rule.id for rule in programme.rules if rule.groups], name


def test_no_rule_forbids_to_keep_what_one_holds(law: Corpus) -> None:
    """Blocked and frozen property is held, not sold: none of these lists forbids the holding."""
    assert not [rule.id for name in sorted(LISTS) for rule in law.programmes[name].rules if rule.activity == "hold"]


# The SDN List


@pytest.mark.parametrize("activity", ["deal", "buy", "sell", "export"])
def test_an_sdn_is_blocked_and_the_50_percent_rule_is_stated(law: Corpus, activity: str) -> None:
    row = only(put(law, listed_on("us-ofac-sdn"), activity, "us-person"))
    assert row.answer == "prohibited"
    assert [text for text in row.conditions if text.startswith("the 50 percent rule: ")]
    assert [text for text in row.conditions if "licence of OFAC" in text]
    assert "us-ofac-sdn/on-us-ofac-sdn/2022-02-26-designate" in row.because


def test_what_an_sdn_owns_by_more_than_half_is_blocked_without_being_named(law: Corpus) -> None:
    row = only(put(law, "owned-60-us-ofac-sdn", "deal", "us-person"))
    assert (row.answer, row.listed) == ("prohibited", False)
    assert row.reached_via == ("owned-60-us-ofac-sdn is owned 60 % by on-us-ofac-sdn",)


@pytest.mark.parametrize("party", ["owned-40-us-ofac-sdn", "run-by-us-ofac-sdn"])
def test_less_than_half_and_mere_control_are_not_enough(law: Corpus, party: str) -> None:
    assert put(law, party, "deal", "us-person").answer == "permitted"


def test_the_sdn_list_binds_no_one_abroad(law: Corpus) -> None:
    assert put(law, listed_on("us-ofac-sdn"), "deal", "eu-person").answer == "permitted"


def test_blocked_property_may_be_held(law: Corpus) -> None:
    assert put(law, listed_on("us-ofac-sdn"), "hold", "us-person").answer == "permitted"


def test_a_foreigner_exports_to_an_sdn_on_the_terms_of_the_export_rules(law: Corpus) -> None:
    row = only(put(law, listed_on("us-ofac-sdn"), "export", "anyone"))
    assert row.answer == "permitted"
    assert "744.8" in row.conditions[0]


def test_between_two_editions_nobody_knows(law: Corpus) -> None:
    party = listed_on("us-ofac-sdn")
    days = {day: put(law, party, "deal", "us-person", as_of=None, on=day).answer
            for day in ("2022-02-23", "2022-02-24", "2022-02-25", "2022-02-26", "2022-02-27")}  # fmt: skip
    assert days == {"2022-02-23": "permitted", "2022-02-24": "disputed", "2022-02-25": "disputed",
                    "2022-02-26": "prohibited", "2022-02-27": "prohibited"}  # fmt: skip


def test_before_the_guidance_of_2014_the_list_is_not_answered(law: Corpus) -> None:
    assert law.programmes["us-ofac-sdn"].followed_from == "2014-08-13"


# Other lists of the Treasury


@pytest.mark.parametrize(
    ("programme", "activity", "says"),
    [
        ("us-ofac-ssi", "buy", "14 days under Directive 1"),
        ("us-ofac-ssi", "deal", "Arctic offshore"),
        ("us-ofac-capta", "deal", "correspondent"),
        ("us-ofac-fse", "buy", "from the listed person"),
        ("us-ofac-plc", "deal", "reject"),
    ],
)
def test_less_than_blocking_leaves_the_rest_free_on_its_terms(
    law: Corpus, programme: str, activity: str, says: str
) -> None:
    row = only(put(law, listed_on(programme), activity, "us-person"))
    assert row.answer == "permitted"
    assert says in "; ".join(row.conditions)


@pytest.mark.parametrize("activity", ["buy", "sell", "deal"])
def test_whom_directive_4_binds_stands_in_the_entry_and_is_not_guessed(law: Corpus, activity: str) -> None:
    row = only(put(law, listed_on("us-ofac-mbs"), activity, "us-person"))
    assert row.answer == "disputed"
    assert "us-ofac-mbs/directive-4" in "; ".join(map(str, row.readings))


def test_the_limits_of_new_debt_are_those_of_the_day(law: Corpus) -> None:
    rules = {rule.id: rule for rule in law.programmes["us-ofac-ssi"].rules}
    assert "more than 90 days" in rules["us-ofac-ssi#buy-2014-07"].unless[0].condition
    assert "30 days under Directive 1" in rules["us-ofac-ssi#buy-2014-09"].unless[0].condition
    said = "; ".join(only(put(law, listed_on("us-ofac-ssi"), "buy", "us-person")).conditions)
    assert "60 days under Directive 2" in said
    assert "90 days" not in said


def test_nothing_may_be_provided_to_a_sanctions_evader(law: Corpus) -> None:
    assert put(law, listed_on("us-ofac-fse"), "deal", "us-person").answer == "prohibited"
    assert put(law, listed_on("us-ofac-fse"), "hold", "us-person").answer == "permitted"


# Export lists


@pytest.mark.parametrize(("programme", "says"), [("us-bis-meu", "licence from BIS"), ("us-bis-dpl", "denial order")])
def test_export_is_forbidden_and_shares_are_free(law: Corpus, programme: str, says: str) -> None:
    row = only(put(law, listed_on(programme), "export", "anyone"))
    assert row.answer == "prohibited"
    assert says in "; ".join(row.conditions)
    assert put(law, listed_on(programme), "buy", "us-person").answer == "permitted"


def test_the_unverified_list_sets_a_condition(law: Corpus) -> None:
    row = only(put(law, listed_on("us-bis-uvl"), "export", "anyone"))
    assert row.answer == "permitted"
    assert "UVL statement" in row.conditions[0]
    assert put(law, listed_on("us-bis-uvl"), "buy", "us-person").answer == "permitted"


def test_the_debarred_may_have_what_is_no_arms(law: Corpus) -> None:
    row = only(put(law, listed_on("us-state-dtc"), "export", "anyone"))
    assert row.answer == "permitted"
    assert "ITAR" in row.conditions[0]


@pytest.mark.parametrize(
    ("activity", "actor", "says"), [("contract", "us-dod", "procurement"), ("export", "anyone", "licence")]
)
def test_measures_that_differ_by_entry_are_a_condition(law: Corpus, activity: str, actor: str, says: str) -> None:
    row = only(put(law, listed_on("us-state-isn"), activity, actor))
    assert row.answer == "permitted"
    assert says in row.conditions[0]


def test_the_affiliates_rule_of_2025_and_its_suspension(law: Corpus) -> None:
    company = "owned-60-us-bis-meu"
    days = {day: put(law, company, "export", "anyone", as_of=day).answer for day in (AFTER, "2025-10-15", "2025-11-11")}
    assert days == {AFTER: "permitted", "2025-10-15": "prohibited", "2025-11-11": "permitted"}
    assert put(law, "owned-60-us-bis-dpl", "export", "anyone", as_of="2025-10-15").answer == "permitted"


# Freezes outside the United States


@pytest.mark.parametrize("programme", sorted(FREEZES))
def test_a_freeze_binds_its_own_people_and_no_others(law: Corpus, programme: str) -> None:
    party, bound = listed_on(programme), FREEZES[programme]
    assert put(law, party, "deal", bound).answer == "prohibited"
    # Whom a state may bind, the Security Council's members must: its list binds the people of every one of them.
    answer = "prohibited" if programme == "un-sc" else "permitted"
    for other in {*FREEZES.values(), "us-person"} - {bound}:
        assert put(law, party, "deal", other).answer == answer, other


@pytest.mark.parametrize("programme", sorted(FREEZES))
def test_shares_that_others_hold_are_not_frozen(law: Corpus, programme: str) -> None:
    party, bound = listed_on(programme), FREEZES[programme]
    for activity in ("buy", "sell"):
        row = only(put(law, party, activity, bound))
        assert row.answer == "permitted"
        assert row.conditions[0].startswith("nothing ")
    assert only(put(law, party, "hold", bound)).answer == "permitted"


@pytest.mark.parametrize(
    ("programme", "reached"),
    [
        ("un-sc", set[str]()),
        ("eu-fsf", {"owned-60", "run-by"}),
        ("uk-sanctions", {"owned-60", "run-by"}),
        ("uk-ofsi", {"owned-60", "run-by"}),
        ("ca-sema", {"owned-60", "run-by"}),
    ],
)
def test_whom_a_freeze_reaches(law: Corpus, programme: str, reached: set[str]) -> None:
    said = {how: put(law, f"{how}-{programme}", "deal", FREEZES[programme]).answer
            for how in ("owned-60", "owned-40", "run-by")}  # fmt: skip
    assert {how for how, answer in said.items() if answer == "prohibited"} == reached


def test_canada_deems_ownership_only_since_june_2023(law: Corpus) -> None:
    assert put(law, "owned-60-ca-sema", "deal", "ca-person", as_of="2023-06-21").answer == "permitted"
    assert put(law, "owned-60-ca-sema", "deal", "ca-person", as_of="2023-06-22").answer == "prohibited"


@pytest.mark.parametrize(("programme", "words"), [("uk-sanctions", "exactly half is not enough"), ("eu-fsf", "rebut")])
def test_where_the_test_of_ownership_is_another_the_answer_says_so(law: Corpus, programme: str, words: str) -> None:
    row = only(put(law, f"owned-60-{programme}", "deal", FREEZES[programme]))
    assert words in "; ".join(row.conditions)


def test_the_european_threshold_moved_in_july_2024(law: Corpus) -> None:
    words = "from more than half, not from exactly half"
    before, after = (
        only(put(law, listed_on("eu-fsf"), "deal", "eu-person", as_of=day)) for day in ("2024-07-01", "2024-07-04")
    )
    assert words in "; ".join(before.conditions)
    assert words not in "; ".join(after.conditions)


def test_the_end_of_a_file_delists_nobody(law: Corpus) -> None:
    answer = put(law, listed_on("uk-ofsi"), "deal", "uk-person", as_of="2026-03-01")
    assert answer.answer == "prohibited"
    assert "uk-ofsi was followed until 2026-01-28" in answer.warnings[0]


# Lists without rules


@pytest.mark.parametrize("programme", sorted(NO_RULES))
def test_a_list_without_rules_forbids_nothing_by_itself(law: Corpus, programme: str) -> None:
    for activity in ACTIVITIES:
        row = only(put(law, listed_on(programme), activity, ACTIVITIES[activity][0]))
        assert (row.answer, row.listed, row.conditions) == ("permitted", True, ())
    assert "no rule" in law.programmes[programme].remark or "forbids nothing" in law.programmes[programme].remark
