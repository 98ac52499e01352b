"""The report of a screening: everything that was found, everything that was not, and how we know."""

from pathlib import Path

import pytest
from tests.report.run.screened import HOSTILE, Clock, file_of, page_of, section, sound

from vacatur.app import App
from vacatur.report.run.findings import GROUPS, Desk, Findings, Limits, gather
from vacatur.report.run.page import run_page
from vacatur.screen.record import view_of
from vacatur.screen.results import Results


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(home: Path, book: Path, clock: Clock) -> App:
    return App(home, clock, book)


@pytest.fixture
def run(app: App, tmp_path: Path) -> str:
    results = app.screen(file_of(tmp_path), as_of="2021-03-20")
    assert results.run is not None
    return results.run.id


def findings(app: App, results: Results, limits: Limits) -> Findings:
    """What a page with other limits is made of."""
    desk = Desk(("a desk", "2026-09-01T12:00:00+00:00"), lambda _: (), {}, {})
    return gather(results, view_of(results.terms), app.records(), desk, Clock().now, limits)


def test_the_first_sentence_says_what_was_screened_when_by_whom_against_what_and_what_came_out(
    app: App, run: str
) -> None:
    document = page_of(app, run)
    said = document.all("section", "answer")[0].words
    assert f"5 subjects of customers.csv were screened by {app.run(run).by} on 1 September 2026, 12:00 UTC" in said
    assert "against 1 programme, 8 parties" in said
    assert "1 row could not be screened" in said
    assert "You ask about 20 March 2021, under the law as it stood then, as known then." in said
    assert "holds personal data of the subjects" in document.all("main")[0].words[:600]


def test_a_page_says_against_which_lists_and_how_far_they_were_followed(app: App, run: str) -> None:
    lists = section(page_of(app, run), "lists").words
    assert "Quay Authority Restricted Companies List" in lists
    assert "complete coverage, followed from 2020-11-12 to 2026-08-31" in lists


def test_alerts_stand_by_what_follows_if_they_are_true(app: App, run: str) -> None:
    document = page_of(app, run)
    heads = [tag.words for tag in section(document, "alerts").all("h3", "group")]
    order = [next(at for at, words in enumerate(GROUPS.values()) if head.startswith(words)) for head in heads]
    assert order == sorted(order)
    assert heads[0].startswith("If true: forbidden")
    assert len(document.all("article", "alert")) == len(app.alerts(run))


def test_an_alert_shows_both_sides_its_score_as_a_sum_and_what_is_at_stake(app: App, run: str) -> None:
    alerts = page_of(app, run).all("article", "alert")
    alder = next(one for one in alerts if "Aldder Marine" in one.words)
    rows = {
        row.children[0].words: row.children[-1].words for row in alder.all("table", "cmp")[0].all("tbody")[0].children
    }
    assert rows["Name"] == "≠ differs"
    assert rows["LEI"] == "· nothing to compare"
    score = alder.all("table", "tok-t")[0]
    assert score.all("tfoot")[0].words.startswith("Words that met, of all words")
    assert "aldder alder" in score.words
    dogwood = next(one for one in alerts if "Dogwood Drones" in one.words)
    assert "Export to it: forbidden to anyone since 1 March 2021, Quay list" in dogwood.words
    by_ticker = next(one for one in alerts if "TICKER 01810.HK" in one.words)
    assert "The identifier is the same: ticker 01810.HK" in by_ticker.words


def test_each_party_stands_once_with_picture_acts_and_quotes(app: App, run: str) -> None:
    document = page_of(app, run)
    parties = section(document, "law").all("article", "party")
    assert len(parties) == len({alert.party for alert in app.alerts(run)})
    dogwood = next(one for one in parties if "Dogwood Drones" in one.words)
    assert dogwood.all("div", "timeline")
    assert "Dogwood is a restricted company." in [tag.words for tag in dogwood.all("q")]
    for party in parties:
        listed = {item.attributes["id"] for item in party.all("ol", "acts")[0].children if "id" in item.attributes}
        assert {tag.attributes["href"][1:] for tag in party.all("div", "timeline")[0].all("a")} <= listed


def test_what_was_decided_is_on_the_page_with_author_and_reason(app: App, run: str) -> None:
    app.decide(f"{run}.2", "escalated", by="A. Lee", reason="<b>who</b> owns it?", note="ask the registrar")
    app.decide(f"{run}.2", "true match", by="B. Okafor", reason="same registration")
    document = page_of(app, run)
    steps = next(one for one in document.all("ol", "eyes") if "A. Lee" in one.words)
    assert [item.all("b")[0].words for item in steps.children] == ["Escalated", "True match"]
    assert "<b>who</b> owns it?" in steps.words
    assert "ask the registrar" in steps.words
    assert "How they were decided" in [tag.words for tag in document.all("figcaption")]


def test_muted_hits_are_shown_with_what_mutes_them(app: App, run: str, tmp_path: Path) -> None:
    app.decide(f"{run}.2", "false positive", by="A. Lee", reason="another Dogwood", remember=True)
    again = app.screen(file_of(tmp_path), as_of="2021-03-20").run
    assert again is not None
    assert again.id != run
    document = page_of(app, again.id)
    muted = section(document, "muted").words
    assert "Dogwood Drones" in muted
    assert "another Dogwood" in muted
    assert "A. Lee , 1 September 2026, 12:00 UTC" in muted
    assert not [one for one in document.all("article", "alert") if "Dogwood" in one.words]
    entry = app.goodguys()[0]
    app.revoke(entry.id, by="C. Roe", reason="a mistake")
    assert "revoked since" in section(page_of(app, again.id), "muted").words


def test_clean_subjects_are_counted_with_what_was_searched(app: App, run: str) -> None:
    clean = section(page_of(app, run), "clean").words
    assert "1 of 5 subjects have no alert: nothing at or above a score of 0.7 and no identifier in common" in clean
    assert "among 1 programme, 8 parties" in clean


def test_a_screening_without_a_find_says_what_was_searched_and_how_old_it_was(app: App, tmp_path: Path) -> None:
    results = app.screen(file_of(tmp_path, "name\nZzyzx Works\n"), on="2030-01-01")
    assert results.run is not None
    document = page_of(app, results.run.id)
    assert "Nothing was found." in document.all("section", "answer")[0].words
    assert "1 of 1 subjects have no alert" in section(document, "clean").words
    assert "2026-08-31" in section(document, "clean").words
    assert "the day asked about is later" in section(document, "lists").words
    assert not document.all("article")


def test_rows_that_could_not_be_screened_stand_with_line_and_reason(app: App, run: str) -> None:
    rows = section(page_of(app, run), "rejects").all("tbody")[0].children
    assert [cell.words for cell in rows[0].children][:2] == ["5", "6"]
    assert "is not a LEI" in rows[0].words


def test_the_foot_says_how_to_replay_and_prove_it(app: App, run: str) -> None:
    foot = page_of(app, run).all("footer")[0].words
    record = app.run(run)
    told = (run, record.snapshot, record.matcher, record.sha256, f"entry {record.basis:,} of the ledger", "tz data",
            f"vacatur replay {run}", f"vacatur proof {run} --out FILE")  # fmt: skip
    assert [words for words in told if words not in foot] == []


def test_results_that_were_not_recorded_have_a_page_that_says_so(app: App) -> None:
    document = sound(app.report(app.screen(["Dogwood Drones"], as_of="2021-03-20", record=False)))
    assert "not recorded" in document.all("footer")[0].words
    assert len(document.all("article", "alert")) == 1


def test_an_alert_is_as_old_as_the_first_run_in_a_row_that_raised_it(app: App, run: str, clock: Clock) -> None:
    clock.later(days=3)
    second = app.rescreen(run, as_of="2021-03-21").after.run
    assert second is not None
    clock.later(days=2)
    alerts = page_of(app, second.id).all("article", "alert")
    assert alerts
    assert all("known for 5 days" in one.words for one in alerts)
    assert "1 to 6 days" in page_of(app, second.id).words


def test_a_hostile_name_stays_a_name(app: App) -> None:
    results = app.screen([{"name": name, "ticker": "01810.HK", "key": name[:200]} for name in HOSTILE])
    assert results.run is not None
    source = app.report(results)
    document = sound(source)
    assert "<script>alert(1)</script> Dogwood Drones" in document.words
    assert "Dogwood \\u202esenorD Drones" in document.words
    assert "Dogwood\\x1b[2J \\x00\\x85Drones" in document.words
    assert "(10,015 characters)" in document.words
    assert "ha" * 500 not in source


def test_a_hostile_file_name_stays_a_name(app: App, tmp_path: Path) -> None:
    results = app.screen(file_of(tmp_path, name="<img src=x>\u202e.csv"))
    assert results.run is not None
    assert page_of(app, results.run.id).all("title")[0].words.startswith("Screening of <img src=x>\\u202e.csv")


def test_what_is_left_out_is_counted(app: App) -> None:
    results = app.screen(
        ["Dogwood Drones", "Alder Marine Corporation", "Cedar Chips Inc.", "Elm Energy", "Fir Foundry"]
    )
    assert results.run is not None
    few = Limits(full=1, rows=2, parties=1, law=1, muted=1, rejects=1)
    document = sound(run_page(findings(app, results, few)))
    assert len(document.all("article", "alert")) == 1
    assert "2 more alerts are not on this page." in section(document, "alerts").words
    assert f"vacatur report {results.run.id} --out alerts.csv" in section(document, "alerts").words
    law = section(document, "law")
    assert len(law.all("article", "party")) == 1
    assert "3 more parties are not named on this page" in law.words
    assert "5 in all" in law.words


def test_a_page_has_its_fill_of_law_and_names_the_others(app: App) -> None:
    results = app.screen(["Dogwood Drones", "Alder Marine Corporation", "Cedar Chips Inc."])
    document = sound(run_page(findings(app, results, Limits(law=1))))
    assert len(document.all("article", "alert")) == 3
    assert len(document.all("article", "party")) == 1
    others = section(document, "law").all("table")[-1].words
    assert "dogwood" in others or "alder" in others or "cedar" in others


def test_a_page_of_many_hits_stays_small(app: App) -> None:
    results = app.screen([f"Dogwood Drones {number}" for number in range(3000)], as_of="2021-03-20", record=False)
    source = run_page(findings(app, results, Limits()))
    assert len(source) < 3_000_000
    assert "1,900 more alerts are not on this page." in sound(source).words
