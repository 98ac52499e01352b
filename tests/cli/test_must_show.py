"""What the first issue says must be shown, asked of the book that ships by the command line."""

import csv
import io
import json
import re
from typing import Any

import pytest
from click.testing import Result
from tests.cli.conftest import Run


def asked(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def row(answer: Any, programme: str) -> Any:
    return next(row for row in answer["programmes"] if row["programme"] == programme)


def test_xiaomi_eight_days_after_the_injunction_is_listed_suspended_and_may_be_bought(real: Run) -> None:
    answer = asked(real("ask", "xiaomi", "buy", "--as-of", "2021-03-20", "--format", "json"))
    assert answer["answer"] == "permitted"
    ccmc = row(answer, "us-ccmc")
    assert (ccmc["listed"], ccmc["suspended"], ccmc["answer"]) == (True, True, "permitted")
    assert "us-ccmc/xiaomi/2021-03-12-enjoin" in [act["act"] for act in ccmc["because"]]


def test_the_table_says_it_in_words(real: Run) -> None:
    said = real("ask", "xiaomi", "buy", "--as-of", "2021-03-20").stdout
    assert said.startswith("○ ")
    assert re.search(r"us-ccmc\s+yes\s+yes\s+permitted", said)
    assert "us-ccmc/xiaomi/2021-03-12-enjoin" in said


def test_xiaomi_as_planned_for_on_the_day_before_the_ruling_is_prohibited_since_the_fifteenth(real: Run) -> None:
    law = ("--law-at", "2021-03-11", "--known-at", "2021-03-11", "--format", "json")
    answer = asked(real("ask", "xiaomi", "buy", "--on", "2021-03-20", *law))
    assert answer["answer"] == "prohibited"
    assert row(answer, "us-ccmc")["prohibited"][0]["from"] == "2021-03-15T09:30:00-04:00"


def test_luokung_bites_on_the_eighth_of_may_under_the_law_of_march(real: Run) -> None:
    law = ("--law-at", "2021-03-20", "--known-at", "2021-03-20", "--format", "json")
    before = asked(real("ask", "luokung", "buy", "--on", "2021-05-07", *law))
    after = asked(real("ask", "luokung", "buy", "--on", "2021-05-08", *law))
    assert (before["answer"], after["answer"]) == ("permitted", "prohibited")
    assert before["next_change"]["at"].startswith("2021-05-08T09:30")


def test_china_mobile_limited_was_disputed_until_faq_879_settled_it_for_the_past_too(real: Run) -> None:
    then = asked(real("ask", "China Mobile Limited", "buy", "--as-of", "2021-01-20", "--format", "json"))
    assert then["answer"] == "disputed"
    assert {held["answer"] for held in row(then, "us-ccmc")["readings"]} == {"prohibited", "permitted"}
    for clock, day in (("--on", "2021-01-20"), ("--as-of", "2021-02-10")):
        settled = asked(real("ask", "China Mobile Limited", "buy", clock, day, "--format", "json"))
        assert settled["answer"] == "permitted"
        reasons = [act for act in row(settled, "us-ccmc")["because"] if act["kind"] == "guidance"]
        assert any("879" in json.dumps(act) for act in reasons)


def test_smic_in_march_2021_may_be_held_and_not_bought(real: Run) -> None:
    answers = {a: asked(real("ask", "SMIC", a, "--as-of", "2021-03-01", "--format", "json")) for a in ("buy", "hold")}
    assert (answers["buy"]["answer"], answers["hold"]["answer"]) == ("prohibited", "permitted")


@pytest.mark.parametrize("year", range(2019, 2027))
def test_huawei_may_be_held_as_of_any_date_under_a_securities_programme(year: int, real: Run) -> None:
    for day in ("01-15", "06-30", "11-30"):
        answer = asked(real("ask", "huawei", "hold", "--as-of", f"{year}-{day}", "--format", "json"))
        assert [r["programme"] for r in answer["programmes"] if r["answer"] == "prohibited"] == []


def roster(result: Result) -> set[str]:
    assert result.exit_code == 0, result.output
    return {line["party"] for line in csv.DictReader(io.StringIO(result.stdout))}


def test_the_withdrawn_notice_of_february_2026_removed_nobody(real: Run) -> None:
    listed = roster(real("roster", "us-dod-1260h", "--as-of", "2026-02-20", "--format", "csv"))
    assert {"ymtc", "cxmt"} <= listed


def test_amec_and_idg_capital_leave_in_december_2024_and_do_not_come_back(real: Run) -> None:
    for day, there in (("2024-11-30", True), ("2024-12-31", False), ("2025-06-30", False), ("2026-08-31", False)):
        listed = roster(real("roster", "us-dod-1260h", "--as-of", day, "--format", "csv"))
        assert ({"amec", "idg-capital"} <= listed, bool({"amec", "idg-capital"} & listed)) == (there, there)
    left = asked(real("changes", "us-dod-1260h", "--from", "2024-11-30", "--to", "2024-12-31", "--format", "json"))
    removed = {change["party"]: change["acts"] for change in left if change["what"] == "removed"}
    assert {"amec", "idg-capital"} <= removed.keys()
    assert all(removed[party] for party in ("amec", "idg-capital"))


def test_the_book_has_no_problem(real: Run) -> None:
    result = real("check")
    assert result.exit_code == 0, result.output
    assert re.fullmatch(r"no problem; \d{3,} cases hold\n", result.stdout)


def test_the_contract_of_the_answer(real: Run) -> None:
    answer = asked(real("ask", "xiaomi", "buy", "--as-of", "2021-03-14", "--format", "json"))
    keys = {"party", "activity", "actor", "view", "answer", "programmes", "followed_until", "next_change", "snapshot"}
    assert keys <= set(answer)
    assert (answer["party"], answer["activity"], answer["actor"]) == ("xiaomi", "buy", "us-person")
    assert answer["view"] == dict.fromkeys(("on", "law_at", "known_at"), "2021-03-14T23:59:59.999999-04:00")
    ccmc = row(answer, "us-ccmc")
    assert {"programme", "listed", "suspended", "answer", "prohibited", "because"} <= set(ccmc)
    assert all(set(span) == {"from", "to", "certain"} for span in ccmc["prohibited"])
    for act in ccmc["because"]:
        assert {"act", "kind", "issued", "document", "quote"} <= set(act)
        assert act["quote"]
        assert act["document"]
    assert re.fullmatch(r"[0-9a-f]{64}", answer["snapshot"])
    assert {"coverage", "followed_until", "programme"} == set(answer["consulted"][0])


def test_show_tells_the_partys_story_in_every_format(real: Run) -> None:
    table = real("show", "xiaomi", "--as-of", "2021-06-30")
    assert table.exit_code == 0
    assert "us-ccmc/xiaomi/2021-05-25-vacate" in table.stdout
    story = asked(real("show", "xiaomi", "--as-of", "2021-06-30", "--format", "json"))
    assert story["party"]["id"] == "xiaomi"
    assert "us-ccmc/xiaomi/2021-01-14-designate" in [act["act"] for act in story["acts"]]
    page = real("show", "xiaomi", "--as-of", "2021-06-30", "--format", "html")
    assert page.exit_code == 0
    assert page.stdout.startswith("<!doctype html>")
    assert "<svg" in page.stdout
