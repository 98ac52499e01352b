"""An event study from the ledger to its outputs: JSON, the page, the terminal."""

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from tests.report.impact.asked import asked, files
from tests.report.impact.days import invented, written
from tests.report.pages import read

from vacatur.app import App
from vacatur.cli.impact import impact as command
from vacatur.errors import InputError
from vacatur.report.page import POLICY

HOSTILE = """</title><script>alert('x')</script>"&"""


@pytest.fixture
def hostile(quay: App, book: Path) -> App:
    """The small book with a party and an act whose names try to break out."""
    quoted = json.dumps(HOSTILE)
    for path, old in ((book / "parties" / "trees.yaml", "Alder Marine Corporation"),
                      (book / "acts" / "quay.yaml", "Court enjoins enforcement against Alder")):  # fmt: skip
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(
            text.replace(f"text: {old}", f"text: {quoted}").replace(f"title: {old}", f"title: {quoted}"), "utf-8"
        )
    return quay


def run(app: App, folder: Path, *options: str) -> Result:
    prices, benchmark = files(folder)
    door = SimpleNamespace(impact=app.impact)
    return CliRunner().invoke(
        command, ["alder", "--prices", str(prices), "--benchmark", str(benchmark), *options], obj=door
    )


def test_the_acts_of_the_ledger_are_studied_on_the_files(quay: App, tmp_path: Path) -> None:
    told = asked(quay, tmp_path).to_dict()
    assert (told["party"], told["name"]) == ("alder", "Alder Marine Corporation")
    assert [(one["day"], [act["act"] for act in one["acts"]]) for one in told["events"]] == [
        ("2021-01-14", ["quay/alder/2021-01-14-designate"]), ("2021-03-12", ["quay/alder/2021-03-12-enjoin"]),
        ("2021-05-25", ["quay/alder/2021-05-25-vacate"])]  # fmt: skip
    first, second, third = (one["on_day"] for one in told["events"])
    assert first["low"] < -0.10 < first["high"] < 0
    assert 0 < second["low"] < 0.09 < second["high"]
    assert third["low"] < 0 < third["high"]
    assert told["events"][1]["in_estimation"] == ["quay/alder/2021-01-14-designate"]
    assert (told["window"], told["estimation"], told["confidence"]) == ([-10, 10], [-250, -11], 0.95)
    assert told["computed_by"].startswith("statsmodels ")


def test_the_json_keeps_prices_exact_and_can_be_made_again(quay: App, tmp_path: Path) -> None:
    one, other = (json.dumps(asked(quay, tmp_path).to_dict()) for _ in range(2))
    assert one == other
    told = json.loads(one)
    prices, _ = invented(jumps={date(2021, 1, 14): -0.10, date(2021, 3, 12): 0.09})
    day = told["events"][0]["days"][10]
    assert (day["offset"], day["close"]) == (0, str(prices[date(2021, 1, 14)]))
    assert len(told["files"]["prices"]["sha256"]) == 64
    assert set(told["view"]) == {"on", "law_at", "known_at"}


def test_a_past_view_knows_neither_later_acts_nor_later_prices(quay: App, tmp_path: Path) -> None:
    told = asked(quay, tmp_path, as_of="2021-03-31").to_dict()
    assert [one["day"] for one in told["events"]] == ["2021-01-14", "2021-03-12"]
    assert told["files"]["prices"]["to"] == "2021-03-31"
    assert told["files"]["prices"]["later_than_view"] > 0
    early = asked(quay, tmp_path, as_of="2021-03-15").to_dict()
    assert [one["act"] for one in early["refused"]] == ["quay/alder/2021-03-12-enjoin"]
    with pytest.raises(InputError, match="no price up to 2019-01-01"):
        asked(quay, tmp_path, as_of="2019-01-01")


def test_a_party_without_acts_is_answered_too(quay: App, tmp_path: Path) -> None:
    evidence = asked(quay, tmp_path, "maple")
    assert evidence.to_dict()["events"] == []
    page = read(evidence.to_html())
    assert "No such act on the party is seen in this view." in page.all("p", "why")[0].words
    assert page.all("path", "line"), "the line of prices is drawn all the same"


def test_files_without_common_days_give_a_page_that_says_so(quay: App, tmp_path: Path) -> None:
    prices, _ = files(tmp_path)
    other = written(tmp_path / "old.csv", invented(begin=date(2001, 1, 1))[1])
    page = read(quay.impact("alder", prices, other).to_html())
    assert "No act could be studied." in page.all("p", "why")[0].words
    assert "too few days in common" in page.all("p", "nil")[0].words
    assert sum("no day in common" in one.words for one in page.all("li")) == 3


def test_the_page_is_whole_loads_nothing_and_leads_nowhere_wrong(quay: App, tmp_path: Path) -> None:
    source = asked(quay, tmp_path).to_html()
    page = read(source)
    assert not [tag for tag in page if tag.name in ("script", "link", "img", "iframe", "object", "embed", "form")]
    assert not [name for tag in page for name in tag.attributes if name.startswith("on")]
    assert next(tag for tag in page.all("meta") if tag.attributes.get("http-equiv")).attributes["content"] == POLICY
    known = [tag.attributes["id"] for tag in page if "id" in tag.attributes]
    assert len(known) == len(set(known))
    assert {tag.attributes["href"] for tag in page.all("a")} <= {f"#{name}" for name in known}
    assert not re.search(r"@import|url\((?!#)", source)


def test_hostile_names_titles_files_and_cells_stay_words(hostile: App, tmp_path: Path) -> None:
    prices, benchmark = invented()
    ours = written(
        tmp_path / "<img src=x onerror=alert(1)>.csv", prices, "date,<script>,close".replace("<script>,", "")
    )
    ours.write_text(ours.read_text("utf-8") + "<script>alert(2)</script>,1\n", "utf-8")
    evidence = hostile.impact("alder", ours, written(tmp_path / "market.csv", benchmark))
    source = evidence.to_html()
    assert "<script" not in source
    assert "<img" not in source
    page = read(source)
    assert HOSTILE in page.all("h1")[0].words
    assert any(HOSTILE in one.words for one in page.all("li"))
    assert any("'<script>alert(2)</script>' is not a date" in one.words for one in page.all("li"))
    assert any(HOSTILE in one.attributes["aria-label"] for one in page.all("a") if "aria-label" in one.attributes)


def test_the_page_says_what_was_found_what_it_rests_on_and_what_it_does_not_show(quay: App, tmp_path: Path) -> None:
    page = read(asked(quay, tmp_path).to_html())
    words = page.words
    assert (
        "3 event days studied. Prices moved by more than the market model explains on the day itself around 2 of 3"
        in words
    )
    assert "An association, not a cause" in page.all("section", "answer")[0].words
    assert "V = s²·[I + X*(X'X)⁻¹X*']" in words
    assert all(name in words for name in ("MacKinlay", "Campbell", "Salkever", "statsmodels"))
    assert "480 common trading days; none dropped" in words
    assert "480 of 480 rows used" in words
    assert "entry " in page.all("footer")[0].words


def test_every_event_has_its_plot_with_an_exact_table_and_all_stand_on_the_line_of_prices(
    quay: App, tmp_path: Path
) -> None:
    evidence = asked(quay, tmp_path)
    line, *plots = read(evidence.to_html()).all("figure", "chart")
    assert [one.attributes["href"] for one in line.all("a")] == ["#act-1", "#act-2", "#act-3"]
    assert len(plots) == 3
    for plot, reaction in zip(plots, evidence.study.reactions, strict=True):
        assert len(plot.all("circle", "pt")) == len(plot.all("tbody")[0].children) == 21
        firm = ["firm" in one.classes for one in plot.all("circle", "pt")]
        assert firm == [day.cumulative.firm for day in reaction.days]
        assert plot.all("path", "band")


def test_an_act_is_drawn_with_the_mark_of_what_it_did(quay: App, tmp_path: Path) -> None:
    evidence = asked(quay, tmp_path)
    assert [mark for _, mark in evidence.acts] == ["opens", "suspends", "annuls"]
    samples = read(evidence.to_html()).all("ul", "legend")[0].words
    assert all(words in samples for words in ("closes", "benchmark", "opens", "sets aside", "suspends"))


def test_not_studied_acts_are_on_the_page_with_the_reason(quay: App, tmp_path: Path) -> None:
    page = read(asked(quay, tmp_path, estimation=(-300, -11)).to_html())
    refused = next(tag for tag in page.all("section") if tag.words.startswith("Not studied"))
    assert "where the estimation window needs 300" in refused.words
    assert {"act-1"} <= {tag.attributes["id"] for tag in refused if "id" in tag.attributes}


def test_an_act_whose_day_is_not_known_is_drawn_nowhere(quay: App, book: Path, tmp_path: Path) -> None:
    acts = book / "acts" / "quay.yaml"
    text = acts.read_text("utf-8")
    assert 'issued: "2021-03-12"' in text
    acts.write_text(text.replace('issued: "2021-03-12"', 'issued: "2021-03-12..2021-03-19"'), "utf-8")
    page = read(asked(quay, tmp_path).to_html())
    assert "between 12 Mar 2021 and 19 Mar 2021: no one trading day is known" in page.words
    assert "#act-2" not in {one.attributes["href"] for chart in page.all("figure") for one in chart.all("a")}


def test_the_terminal_tells_the_same(quay: App, tmp_path: Path) -> None:
    ran = run(quay, tmp_path)
    assert ran.exit_code == 0, ran.output
    assert "An association, not a cause" in ran.output
    assert re.search(r"1 +14 Jan 2021 +Alder Marine Corporation designated +−\d+\.\d\d.%\* ", ran.output)
    assert "2: Its model is estimated over days of other acts: act 1." in ran.output
    assert "prices.csv: 480 of 480 rows used." in ran.output


def test_json_and_html_are_written_whole(quay: App, tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    assert run(quay, tmp_path, "--format", "json", "--out", str(out)).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["party"] == "alder"
    page = tmp_path / "page.html"
    assert run(quay, tmp_path, "--format", "html", "--out", str(page)).exit_code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_windows_kinds_and_the_hour_come_from_the_command(quay: App, tmp_path: Path) -> None:
    ran = run(quay, tmp_path, "--window", "-5:5", "--estimation", "-100:-6", "--kinds", "enjoin, vacate",
              "--close", "16:00 Asia/Hong_Kong", "--format", "json")  # fmt: skip
    told = json.loads(ran.output)
    assert (told["window"], told["estimation"]) == ([-5, 5], [-100, -6])
    assert [one["acts"][0]["kind"] for one in told["events"]] == ["enjoin", "vacate"]
    assert told["market"]["close"] == "16:00 Asia/Hong_Kong"


@pytest.mark.parametrize(("options", "said"), [
    (["--window", "10"], "is not two days such as -10:10"), (["--window", "a:b"], "is not two days such as -10:10"),
    (["--window", "1:5"], "does not hold day 0"), (["--estimation", "-20:-11"], "fewer than 30 days"),
    (["--kinds", "ban"], "kind 'ban' is not known"), (["--close", "noon"], "not an hour at which a market closes"),
    (["--as-of", "03/04/2021"], "is not a date"),
])  # fmt: skip
def test_a_wrong_call_says_what_to_mend_and_leaves_with_2(
    quay: App, tmp_path: Path, options: list[str], said: str
) -> None:
    ran = run(quay, tmp_path, *options)
    assert ran.exit_code == 2
    assert said in ran.output


def test_control_characters_of_files_do_not_reach_the_terminal(quay: App, tmp_path: Path) -> None:
    prices, benchmark = files(tmp_path)
    prices.write_text(prices.read_text("utf-8") + "\x1b[2J[red]x[/],1\n", "utf-8")
    door = SimpleNamespace(impact=quay.impact)
    ran = CliRunner().invoke(command, ["alder", "--prices", str(prices), "--benchmark", str(benchmark)], obj=door)
    assert ran.exit_code == 0
    assert "\x1b" not in ran.output
    assert "[red]x[/]" in ran.output
