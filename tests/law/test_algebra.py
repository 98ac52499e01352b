"""Acts act on acts, shown on the law of an invented country.

The law stands in `book/ruritania.yaml`, what was done to each company in `book/orders.yaml`, and what must come out in
`book/cases/`. The tests here add what a case cannot say.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from vacatur.errors import LawError
from vacatur.law.answer import Answer, Row, ask
from vacatur.law.clocks import view_of
from vacatur.law.corpus import Corpus, Docket
from vacatur.law.effects import effects
from vacatur.law.fold import Fold
from vacatur.ledger.cases import run_cases
from vacatur.ledger.check import check, corpus_of
from vacatur.ledger.load import Loaded, load
from vacatur.ledger.roster import changes, roster
from vacatur.model.view import View
from vacatur.model.zones import zone

BOOK = Path(__file__).parent / "book"
PRAGUE = zone("Europe/Prague")


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(BOOK)


@pytest.fixture(scope="module")
def law(loaded: Loaded) -> Corpus:
    return corpus_of(loaded)


def as_of(day: str) -> View:
    return view_of(datetime(2020, 1, 1, tzinfo=UTC), PRAGUE, as_of=day)


def on(day: str) -> View:
    return view_of(datetime(2020, 1, 1, tzinfo=UTC), PRAGUE, on=day)


def put(law: Corpus, view: View, party: str, activity: str) -> Answer:
    return ask(law, view, party, activity, "anyone")


def row(law: Corpus, view: View, party: str, activity: str) -> Row:
    (only,) = put(law, view, party, activity).rows
    return only


def test_the_invented_book_has_no_problem(loaded: Loaded) -> None:
    assert check(loaded) == []


def test_every_case_comes_out(law: Corpus) -> None:
    count, problems = run_cases(BOOK, law)
    assert [str(problem) for problem in problems] == []
    assert count >= 54


def test_a_case_that_is_wrong_is_told_with_its_place(law: Corpus, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "wrong.yml").write_text(
        "cases:\n"
        "  - title: The stay frees the bank\n"
        "    ask: {party: zenda, activity: buy, as_of: '2011-05-01'}\n"
        "    expect: {answer: permitted}\n"
    )
    _, (problem,) = run_cases(tmp_path, law)
    assert (problem.file, problem.line) == ("cases/wrong.yml", 2)
    assert "answer is prohibited, expected permitted" in problem.what


def test_the_order_of_files_and_of_their_blocks_changes_nothing(loaded: Loaded, tmp_path: Path) -> None:
    for name in ("ruritania", "orders"):
        sections = yaml.safe_load((BOOK / f"{name}.yaml").read_text("utf-8"))
        for number, section in enumerate(sorted(sections.keys() - {"programme", "rules", "disputes"}, reverse=True)):
            for place, block in enumerate(reversed(sections.pop(section))):
                (tmp_path / f"{number}-{place:02}-{name}.yaml").write_text(yaml.safe_dump({section: [block]}), "utf-8")
        if sections:
            (tmp_path / f"z-{name}.yaml").write_text(yaml.safe_dump(sections), "utf-8")
    again = load(tmp_path)
    assert check(again) == []
    assert again.acts == loaded.acts
    assert again.parties == loaded.parties
    assert again.programmes == loaded.programmes


def test_a_vacated_listing_is_not_merely_ended(law: Corpus) -> None:
    vacated = view_of(datetime(2020, 1, 1, tzinfo=UTC), PRAGUE, on="2011-09-01", law_at="2011-09-01")
    assert row(law, vacated, "strelsau", "buy").annulled
    assert not row(law, as_of("2013-07-01"), "rischenheim", "buy").annulled


def test_both_readings_of_unknown_words_are_kept_and_named(law: Corpus) -> None:
    view = view_of(datetime(2012, 7, 1, tzinfo=UTC), PRAGUE, on="2012-03-01")
    readings = row(law, view, "sapt", "buy").readings
    assert [(held.answer, held.says) for held in readings] == [
        ("permitted", ("it undoes its target from the beginning",)),
        ("prohibited", ("it ends its target from then on",)),
    ]


def test_the_answer_says_by_which_way_a_listing_reaches(law: Corpus) -> None:
    via = row(law, as_of("2011-02-01"), "forest", "deal").reached_via
    assert via == (
        "forest is owned 60 % by lodge",
        "lodge is owned 30 % by michael",
        "lodge is owned 20 % by rischenheim",
    )
    chain = row(law, as_of("2011-02-01"), "krafstein", "contract").reached_via
    assert chain == ("krafstein is controlled by lauengram", "lauengram is controlled by bersonin")


def test_a_way_that_is_closed_is_no_longer_told(law: Corpus) -> None:
    after = row(law, on("2013-01-02"), "drawbridge", "deal")
    assert (after.reached_via, after.because, after.listed) == ((), (), False)


def test_the_suspension_of_one_rule_is_shown_beside_what_it_holds(law: Corpus) -> None:
    held = row(law, as_of("2017-03-01"), "tarlenheim", "export")
    assert held.running.at(as_of("2017-03-01").on) is True
    assert held.suspension.at(as_of("2017-03-01").on) is True
    assert held.prohibited.at(as_of("2017-03-01").on) is False


def test_the_roster_tells_what_changed_and_which_act_did_it(law: Corpus) -> None:
    found = changes(law, as_of("2013-05-31"), as_of("2013-06-01"), "rur-list")
    assert [(change.what, change.party, change.acts) for change in found] == [
        ("removed", "rischenheim", ("rur-list/rischenheim/2013-06-01-delist",))
    ]


def test_the_roster_keeps_an_entry_whose_end_is_not_settled(law: Corpus) -> None:
    view = view_of(datetime(2012, 7, 1, tzinfo=UTC), PRAGUE, on="2012-03-01")
    entries = {entry.party: entry for entry in roster(law, view, "rur-list")}
    assert entries["sapt"].listed is None
    assert entries["michael"].listed is True
    assert entries["michael"].suspended is False


def test_effects_are_the_prohibitions_that_answers_give(law: Corpus) -> None:
    docket = Docket(law, as_of("2011-05-01"))
    rows = [effect for effect in effects(docket, iter(["zenda"])) if effect.activity == "buy"]
    assert [(effect.start.date().isoformat(), effect.certain) for effect in rows] == [
        ("2011-03-31", True)  # midnight of 1 April in Prague, when the injunction was stayed
    ]


def test_acts_that_target_each_other_in_a_circle_have_no_state(tmp_path: Path) -> None:
    circle = (
        (BOOK / "orders.yaml")
        .read_text("utf-8")
        .replace(
            "target: rur-list/zenda/2011-01-10-designate, title: Court enjoins the listing",
            "target: rur-list/zenda/2011-04-01-stay, title: Court enjoins the listing",
        )
    )
    (tmp_path / "orders.yaml").write_text(circle, "utf-8")
    (tmp_path / "ruritania.yaml").write_text((BOOK / "ruritania.yaml").read_text("utf-8"), "utf-8")
    turned = corpus_of(load(tmp_path))
    stay = turned.acts["rur-list/zenda/2011-04-01-stay"]
    with pytest.raises(LawError, match="depends on itself"):
        Fold(Docket(turned, as_of("2011-07-01")), {}).operative(stay)
