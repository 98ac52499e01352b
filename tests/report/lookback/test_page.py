"""The report of two screenings: what is different, why, and both records side by side."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.report.run.screened import HOSTILE, file_of, section, sound

from vacatur.app import App
from vacatur.report.lookback.changes import CAUSES, Changes, Half, Limits
from vacatur.report.lookback.page import lookback_page
from vacatur.screen.record import view_of
from vacatur.screen.results import Results
from vacatur.wiring.rescreening import Again

THEN, NOW_TOO = {"as_of": "2021-01-20"}, {"as_of": "2021-03-20"}


@pytest.fixture
def again(quay: App, tmp_path: Path) -> Again:
    return quay.lookback(file_of(tmp_path), then=THEN, now=NOW_TOO)


def changes(app: App, again: Again, limits: Limits) -> Changes:
    """What a page with other limits is made of."""

    def half(results: Results) -> Half:
        return Half(results, view_of(results.terms), app.records(results.terms.basis))

    return Changes(half(again.before), half(again.after), again.differences, NOW, limits)


def test_every_difference_stands_under_its_cause(quay: App, again: Again) -> None:
    document = sound(quay.lookback_report(again))
    assert again.differences
    assert len(document.all("article", "alert")) == len(again.differences)
    heads = [tag.words for tag in section(document, "differences").all("h3", "group")]
    assert [head.partition(" an ")[0].rstrip(" 0123456789").lower() for head in heads] == [
        cause for cause in CAUSES if any(one.cause == cause for one in again.differences)
    ]
    assert f"{len(again.differences)} differences: " in document.all("section", "answer")[0].words


def test_both_records_stand_side_by_side_with_the_acts_between_them(quay: App, again: Again) -> None:
    document = sound(quay.lookback_report(again))
    dogwood = next(one for one in document.all("article", "alert") if "Dogwood Drones" in one.words)
    rows = {row.children[0].words: [cell.words for cell in row.children[1:]]
            for row in dogwood.all("table", "cmp")[0].all("tbody")[0].children}  # fmt: skip
    assert rows["Export to it"] == ["Permitted", "Prohibited", "≠ differs"]
    assert rows["Sell its securities"] == ["Permitted", "Permitted", "= same"]
    assert "quay/dogwood/2021-03-01-designate" in dogwood.words
    assert "issued 1 Mar 2021" in dogwood.words
    acts = section(document, "acts")
    assert "Dogwood is a restricted company." in [tag.words for tag in acts.all("q")]


def test_both_views_are_in_the_foot(quay: App, again: Again) -> None:
    foot = sound(quay.lookback_report(again)).all("footer")[0].words
    assert "You ask about 20 January 2021" in foot
    assert "You ask about 20 March 2021" in foot
    assert foot.count("tz data") == 2
    assert again.before.terms.snapshot in foot


def test_a_rescreening_names_both_runs(quay: App, tmp_path: Path) -> None:
    run = quay.screen(file_of(tmp_path), as_of="2021-01-20").run
    assert run is not None
    again = quay.rescreen(run.id, as_of="2021-03-20")
    assert again.after.run is not None
    foot = sound(quay.lookback_report(again)).all("footer")[0].words
    assert f"vacatur replay {run.id}" in foot
    assert f"vacatur replay {again.after.run.id}" in foot


def test_a_remembered_false_positive_is_a_difference_that_was_decided(quay: App, tmp_path: Path) -> None:
    run = quay.screen(file_of(tmp_path), as_of="2021-03-20").run
    assert run is not None
    quay.decide(f"{run.id}.2", "false positive", by="A. Lee", reason="another one", remember=True)
    document = sound(quay.lookback_report(quay.rescreen(run.id, as_of="2021-03-20")))
    assert "1 difference: 1 decided." in document.all("section", "answer")[0].words
    assert "Muted no muted ≠ differs" in document.all("article", "alert")[0].words


def test_that_nothing_is_different_is_said(quay: App, tmp_path: Path) -> None:
    document = sound(quay.lookback_report(quay.lookback(file_of(tmp_path), then=THEN, now=THEN)))
    assert "Nothing is different." in document.all("section", "answer")[0].words
    assert "with the same answers for the same reasons" in section(document, "differences").words
    assert not document.all("article")


def test_hostile_names_stay_names(quay: App) -> None:
    hostile = [{"name": name, "ticker": "01810.HK"} for name in HOSTILE]
    source = quay.lookback_report(quay.lookback(hostile, then={"as_of": "2020-12-01"}, now=NOW_TOO))
    assert "<script>alert(1)</script> Dogwood Drones" in sound(source).words
    assert "ha" * 500 not in source


def test_what_is_left_out_is_counted(quay: App, again: Again) -> None:
    many = len(again.differences)
    assert many >= 3
    document = sound(lookback_page(changes(quay, again, Limits(full=1, rows=1, acts=1))))
    assert len(document.all("article", "alert")) == 1
    assert f"{many - 2} more differences are not on this page." in section(document, "differences").words
    assert len(section(document, "acts").all("ol", "acts")[0].children) == 1


def test_a_page_of_many_differences_stays_small(quay: App) -> None:
    subjects = [f"Dogwood Drones {number}" for number in range(2500)]
    again = quay.lookback(subjects, then={"as_of": "2021-02-01"}, now=NOW_TOO)
    assert len(again.differences) == 2500
    assert len(quay.lookback_report(again)) < 3_000_000


def test_the_moment_of_the_page_is_given(home: Path, book: Path, tmp_path: Path) -> None:
    later = App(home, lambda: NOW + timedelta(days=400), book)
    source = later.lookback_report(later.lookback(file_of(tmp_path), then=THEN, now={"as_of": "2027-10-06"}))
    assert "Today, 6 Oct 2027" in sound(source).all("a", "plate")[0].words
