"""The page as a whole: complete without a script, closed to injection, and honest about its view."""

import re
from urllib.parse import urlsplit

import pytest
from tests.report.pages import PAGES, SNAPSHOT, Tag, corpus, dossier, page, page_of, read

from vacatur.law.answer import ask
from vacatur.report.html import Html, el, link, text, web_address
from vacatur.report.page import POLICY

ALL = pytest.mark.parametrize(("party", "clocks"), PAGES)


def marks(document: Tag) -> set[str]:
    return {tag.attributes["href"][1:] for lane in document.all("div", "timeline") for tag in lane.all("a")}


def entries(document: Tag) -> list[Tag]:
    return [item for one in document.all("ol", "acts") for item in one.children if "id" in item.attributes]


@ALL
def test_a_page_is_well_formed_and_no_id_stands_twice(party: str, clocks: dict[str, str]) -> None:
    document = read(page(party, **clocks))
    ids = [tag.attributes["id"] for tag in document if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    inner = {tag.attributes["href"][1:] for tag in document if tag.attributes.get("href", "").startswith("#")}
    assert inner <= set(ids), "a link leads nowhere"


@ALL
def test_every_act_of_the_list_is_a_mark_and_every_mark_an_act(party: str, clocks: dict[str, str]) -> None:
    document = read(page(party, **clocks))
    assert marks(document) == {item.attributes["id"] for item in entries(document)}


@ALL
def test_a_page_loads_nothing_and_says_so(party: str, clocks: dict[str, str]) -> None:
    document = read(page(party, **clocks))
    assert not [tag for tag in document if tag.name in ("script", "link", "img", "iframe", "object", "embed", "form")]
    assert not re.search(r"@import|url\((?!#)", document.all("style")[0].words)
    assert not [tag for tag in document if {"src", "srcset", "data", "action"} & set(tag.attributes)]
    assert not [name for tag in document for name in tag.attributes if name.startswith("on")]
    policy = next(tag for tag in document.all("meta") if tag.attributes.get("http-equiv"))
    assert policy.attributes["content"] == POLICY
    assert POLICY.startswith("default-src 'none'; style-src 'unsafe-inline';")
    for tag in document.all("a"):
        address = tag.attributes["href"]
        if not address.startswith("#"):
            assert urlsplit(address).scheme in ("http", "https")
            assert tag.attributes["rel"] == "noreferrer noopener"


@ALL
def test_the_answer_is_on_the_page_with_its_view_and_snapshot(party: str, clocks: dict[str, str]) -> None:
    document, asked = read(page(party, **clocks)), dossier(party, **clocks)
    word = {"permitted": "Permitted", "prohibited": "Prohibited", "disputed": "Disputed", "unknown": "Not answered"}
    assert document.all("p", "verdict")[0].words == word[asked.answer.answer]
    foot = document.all("footer")[0].words
    assert SNAPSHOT in foot
    assert "entry 1,234 of the ledger" in foot
    assert "Not legal advice." in foot
    assert all(name in foot for name in ("on ", "law at ", "known at ", "tz data "))


def test_names_titles_quotes_and_addresses_stay_text() -> None:
    source = page("hostile", as_of="2021-02-01")
    assert "<script" not in source.lower()
    assert "<img" not in source
    assert "javascript:alert" not in source
    document = read(source)
    assert document.all("h1")[0].words == "<script>alert('name')</script>"
    assert "</title><script>alert('title')</script>" in " ".join(tag.words for tag in document.all("cite"))
    assert not [tag for tag in document.all("a") if "javascript" in tag.attributes["href"]]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", " javascript:alert(1)", "//host/x",
                                     "java\nscript:alert(1)", "http:///nohost", "", "file:///etc/passwd", "http://[",
                                     "vbscript:x"])  # fmt: skip
def test_only_web_addresses_become_links(address: str) -> None:
    assert web_address(address) is None
    assert link("words", address) == "words"


def test_an_attribute_cannot_be_broken_out_of() -> None:
    made = el("a", 'x" y', href='"><script>', title="'")
    assert made == '<a href="&quot;&gt;&lt;script&gt;" title="&#x27;">x&quot; y</a>'
    assert text("a\x00b") == "ab"
    assert el("p", Html("<b>kept</b>")) == "<p><b>kept</b></p>"


def test_a_past_answer_cannot_be_taken_for_todays() -> None:
    past, today = read(page("xiaomi", as_of="2021-03-20")), read(page("xiaomi"))
    assert past.all("a", "plate")[0].classes == ["plate", "past"]
    assert past.all("a", "plate")[0].words == "As of 20 Mar 2021 as then known"
    assert today.all("a", "plate")[0].classes == ["plate"]
    assert today.all("a", "plate")[0].words == "Today, 22 Nov 2026 as known now"
    assert "As of 20 Mar 2021, as then known" in past.all("title")[0].words


def test_acts_later_than_the_view_stand_below_the_line_and_are_not_counted() -> None:
    document = read(page("xiaomi", as_of="2021-03-20"))
    items = document.all("ol", "acts")[0].children
    cut = next(at for at, item in enumerate(items) if "cut" in item.classes)
    assert items[cut].words.startswith("Later than this view.")
    assert {"later" in item.classes for item in items[:cut]} == {False}
    assert {"later" in item.classes for item in items[cut + 1 :]} == {True}
    assert "vacated" not in document.all("section", "answer")[0].words
    assert not read(page("xiaomi")).all("li", "cut")


def test_words_of_a_document_are_quoted_and_ours_are_not() -> None:
    document = read(page("xiaomi", as_of="2021-03-20"))
    quotes = [tag.words for tag in document.all("q")]
    assert any(words.startswith("Without preliminary injunctive relief") for words in quotes)
    assert "states the ban date as 15 March 2021" not in quotes
    assert "states the ban date as 15 March 2021" in [tag.words for tag in document.all("p", "ours")]
    ours = {act.quote.text for act in corpus().acts.values() if act.quote is not None and act.quote.ours}
    assert not ours & set(quotes)


def test_each_act_says_when_it_could_be_known_and_how_good_the_evidence_is() -> None:
    items = {item.attributes["id"]: item for item in entries(read(page("xiaomi", as_of="2021-03-20")))}
    amended = next(item for item in items.values() if "E.O. 13974" in item.words)
    assert "known since 19 Jan 2021" in amended.words
    assert amended.all("span", "grade")[0].words == "documented"
    assert "known since" not in next(item for item in items.values() if "Xiaomi designated" in item.words).words


def test_both_readings_stand_side_by_side() -> None:
    sides = read(page("mobile-ltd", as_of="2021-01-20")).all("div", "sides")
    assert [side.words.split()[0] for side in sides[0].all("li")] == ["Prohibited", "Permitted"]
    assert "From when were the telecom subsidiaries covered?" in sides[0].words


def test_one_row_for_each_activity_and_actor_that_the_rules_know() -> None:
    table = read(page("smic", as_of="2026-09-01")).all("tbody")[0]
    rows = [[cell.words for cell in row.children] for row in table.children]
    assert ["Contract for goods that it made", "the US Department of Defense", "Permitted until 30 June 2027",
            "from 30 June 2027: prohibited", "§1260H list"] in rows  # fmt: skip
    assert [row[0] for row in rows] == ["Buy its securities", "Sell its securities", "Keep holding its securities",
                                        "Contract with it", "Contract for goods that it made"]  # fmt: skip


def test_a_known_party_without_a_listing_says_what_was_searched() -> None:
    document = read(page("quiet", as_of="2021-01-20"))
    assert document.all("p", "verdict")[0].words == "Permitted"
    assert not document.all("div", "timeline")
    assert not document.all("ol", "acts")
    searched = document.all("ul", "lists")[0].words
    assert all(programme.short in searched for programme in corpus().programmes.values())
    assert "partial coverage, followed from 2021-06-03 to 2026-08-31" in searched


def test_every_lane_has_a_sentence_and_every_mark_a_name() -> None:
    document = read(page("smic", as_of="2026-09-01"))
    lanes = [tag for tag in document.all("svg", "tl") if tag.attributes.get("role") == "group"]
    assert any("NS-CMIC list: listed" in tag.attributes["aria-label"] for tag in lanes)
    names = [tag.attributes["aria-label"] for one in document.all("div", "timeline") for tag in one.all("a")]
    assert all(re.match(r"Act \w+: .+, .+\d{4}", name) for name in names), names


def test_another_activity_asks_another_question() -> None:
    source = read(page_of(corpus(), "smic", "contract", {"as_of": "2026-09-01"}))
    assert source.all("p", "ask")[0].words == ("May the US Department of Defense contract with it on 1 September 2026?")
    assert source.all("p", "verdict")[0].words == "Prohibited"


@ALL
def test_the_page_answers_as_the_law_does(party: str, clocks: dict[str, str]) -> None:
    made = dossier(party, **clocks)
    law = ask(corpus(), made.view, party, "buy", "us-person")
    assert (law.answer, law.next_change) == (made.answer.answer, made.answer.next_change)
    assert [row.because for row in law.rows] == [row.because for row in made.answer.rows]
