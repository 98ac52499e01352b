"""The page of a portfolio: words first, every position once, complete without a script and closed to injection."""

import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest
from docs.transcripts import HOUSE
from tests.report.browser import BROWSER, QUIET
from tests.report.pages import Tag, read

from vacatur.app import App

EXAMPLE = HOUSE / "examples" / "portfolio.csv"
HOSTILE = """name,isin,value,currency,quantity
<script>alert('name')</script>,,1,USD,1
"=cmd|'/c calc'!A1",,2,USD,1
"<img src=x onerror=alert(1)> \u202eXiaomi Corp.",KYG9830T1067,3,USD,1
<b>bad</b>,KYG9830T1068,4,USD,1
Xiaomi Corp.,,-1,USD,<i>x</i>
"""
DAYS = ("2020-12-01", "2021-01-20", "2021-03-20", "2021-06-15", "2022-06-04")


@pytest.fixture(scope="module")
def app(shipped_home: Path) -> App:
    return App(shipped_home)


@pytest.fixture(scope="module")
def pages(app: App) -> dict[str, str]:
    return {day: app.portfolio_page(app.portfolio(EXAMPLE, as_of=day)) for day in DAYS}


@pytest.fixture(scope="module")
def hostile(app: App, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("hostile") / "<script>evil.csv"
    path.write_text(HOSTILE, "utf-8")
    return app.portfolio_page(app.portfolio(path, as_of="2021-03-20"))


def groups(document: Tag) -> dict[str, list[str]]:
    """The titles of the groups, in order, each with the names of its positions."""
    found: dict[str, list[str]] = {}
    for body in document.all("table", "pos")[0].all("tbody"):
        head, *rows = body.all("tr")
        title = head.all("span", "tag")[0].words
        found[title] = [row.all("th")[0].all("span")[0].words for row in rows]
    return found


def test_the_sentence_comes_first_with_value_and_first_deadline(pages: dict[str, str]) -> None:
    document = read(pages["2021-03-20"])
    assert document.all("p", "verdict")[0].words == "4 of 7 positions are barred"
    why = document.all("p", "why")[0].words.replace("\u00a0", " ")
    assert why.startswith("56,961,500.00 USD may only be sold. 1,080,000.00 USD will be barred.")
    assert "The first must be gone by 11 November 2021." in why


def test_positions_stand_in_groups_by_what_the_law_does_largest_first(pages: dict[str, str]) -> None:
    found = groups(read(pages["2021-03-20"]))
    assert list(found) == ["Barred: sell only", "Soon barred", "Listed, suspended", "Clean"]
    assert [name.partition(" ")[0] for name in found["Barred: sell only"]] == [
        "China", "Semiconductor", "Hangzhou", "Advanced"]  # fmt: skip
    assert sum(map(len, found.values())) == 7


def test_listed_but_not_forbidden_is_a_group_of_its_own(pages: dict[str, str]) -> None:
    found = groups(read(pages["2022-06-04"]))
    assert list(found) == ["Barred: may only be kept", "Listed, nothing forbidden", "Not listed on this day", "Clean"]
    assert found["Listed, nothing forbidden"] == ["Advanced Micro-Fabrication Equipment Inc."]


def test_clean_says_on_how_many_lists_as_they_stood(pages: dict[str, str]) -> None:
    words = read(pages["2021-03-20"]).all("table", "pos")[0].words
    lists = read(pages["2021-03-20"]).all("ul", "lists")[0].all("li")
    assert f"Searched on {len(lists)} lists as they stood on 20 March 2021; nothing found." in words


def test_a_name_alone_is_marked_possible_and_a_near_one_does_not_count(pages: dict[str, str]) -> None:
    words = read(pages["2021-03-20"]).all("table", "pos")[0].words
    assert "possible: Advanced Micro-Fabrication Equipment Inc., by name" in words
    assert (
        "Near in name, 0.97: China Mobile Communications Group Co., Ltd., barred: sell only. Not counted here." in words
    )


def test_both_readings_of_what_is_disputed_are_told(pages: dict[str, str]) -> None:
    words = read(pages["2021-01-20"]).all("table", "pos")[0].words
    assert "Open: prohibited if read: from 11 January 2021, by close match with a name in the annex" in words
    assert "Open: permitted if read: from 9 March 2021, the 60th day after their own listing" in words


def test_the_calendar_counts_days_and_positions(pages: dict[str, str]) -> None:
    items = [item.words for item in read(pages["2021-01-20"]).all("ol", "cal")[0].all("li")]
    assert items[0].startswith("1 February 2021 in 12 days: 1 position")
    assert "in 54 days: 3 positions" in items[2]
    assert "buying disputed from 09:30, buying forbidden from 10:30 Eastern" in items[2]


def test_the_foot_carries_view_snapshot_and_basis(pages: dict[str, str], app: App) -> None:
    foot = read(pages["2021-03-20"]).all("footer")[0].words
    found = app.portfolio(EXAMPLE, as_of="2021-03-20")
    assert found.snapshot in foot
    assert f"entry {found.records.basis.seq:,} of the ledger" in foot
    assert foot.count("2021-03-20T23:59:59.999999-04:00") == 3


@pytest.mark.parametrize("day", DAYS)
def test_a_page_is_well_formed_loads_nothing_and_needs_no_script(day: str, pages: dict[str, str]) -> None:
    document = read(pages[day])
    ids = [tag.attributes["id"] for tag in document if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    assert {tag.attributes["href"][1:] for tag in document.all("a")} <= set(ids)
    assert not [tag for tag in document if tag.name in ("script", "link", "img", "iframe", "object", "form")]
    assert not re.search(r"@import|url\((?!#)", document.all("style")[0].words)


def test_what_a_file_says_stays_text(hostile: str) -> None:
    document = read(hostile)
    assert not [tag for tag in document if tag.name in ("script", "img", "b") and "onerror" in tag.attributes]
    assert "<script" not in hostile.lower()
    assert "<img" not in hostile
    assert document.all("h1")[0].words == "<script>evil.csv"
    names = [name for those in groups(document).values() for name in those]
    assert "<script>alert('name')</script>" in names
    rejects = document.all("section")[-2]
    assert rejects.attributes["id"] == "rejects"
    assert "row 4, line 5" in rejects.words
    assert "check digit fails" in rejects.words
    assert "<b>bad</b>" in rejects.words


def test_rows_that_were_not_assessed_are_counted_at_the_top(hostile: str) -> None:
    assert "3 positions read 2 rejected" in read(hostile).all("p", "meta")[0].words


@pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")
def test_nothing_sticks_out_at_any_width(pages: dict[str, str], hostile: str, tmp_path: Path) -> None:
    assert BROWSER is not None
    sources = [*pages.values(), hostile]
    frames = [(at, width) for at in range(len(sources)) for width in (390, 720, 1000, 1280)]
    body = "".join(
        f'<iframe style="border:0;width:{width}px;height:900px" srcdoc="{escape(sources[at])}"></iframe>'
        for at, width in frames
    )
    measure = """<script>addEventListener('load', () => { document.body.dataset.found =
        [...document.querySelectorAll('iframe')].map(one => one.contentDocument.documentElement.scrollWidth).join() })
        </script>"""
    outer = tmp_path / "measure.html"
    outer.write_text(f"<!doctype html><body>{body}{measure}</body>", "utf-8")
    command = [BROWSER, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=9000", "--dump-dom"]
    run = subprocess.run([*command, outer.as_uri()], capture_output=True, text=True, timeout=300, check=True)
    told = re.search(r'<body[^>]* data-found="([^"]*)"', run.stdout)
    assert told is not None, run.stderr[-400:]
    wide = dict(zip(frames, map(int, told[1].split(",")), strict=True))
    assert {frame: width for frame, width in wide.items() if width != frame[1]} == {}
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
