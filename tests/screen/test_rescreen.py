"""Screening again equals screening all of it anew, byte for byte, whatever has changed; and each difference has its
cause.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.conftest import NOW
from tests.intake.dock import DOCK, edition
from tests.screen.desks import NEW_YORK, at, docket, screener, sha256
from tests.screen.laws import BOOK, PARTIES, corpora, edits, sound, views
from tests.screen.test_alerts import clear

from vacatur.app import App
from vacatur.errors import LawError, LedgerError
from vacatur.intake import registry
from vacatur.law.corpus import Corpus
from vacatur.model.casework import GoodGuy
from vacatur.model.view import View
from vacatur.screen.difference import DECIDED, LAW, LEARNED, MATCHER, SUBJECT, Comparer, Difference, by_cause
from vacatur.screen.goodguys import GoodGuys, listing_id
from vacatur.screen.part import Part, Screened, packed, unpacked
from vacatur.screen.rescreen import Rescreener
from vacatur.screen.subject import Subject, from_list
from vacatur.wiring.rescreening import Again

SUBJECTS = from_list([
    "Alder Marine Corporation", "Alder Marine Corporation Works", "Birch Telecom", "Nobody At All", "Cedar Chips",
    {"name": "Dogwood Drones", "country": "KY"}, {"name": "Dogwood Drones", "country": ["DE", "FR"]},
    {"isin": "KYQUAY000016"}, {"name": "Elm Energy", "ticker": "1810", "mic": "XHKG"},
    {"name": "Nobody", "aliases": ["Elm Energy", "Cedar Chips Inc."], "kind": "organisation"},
    {"name": "Elm Energy Works", "kind": "person"}, "桤木海运",
])  # fmt: skip


def entry(subject: Subject, corpus: Corpus, view: View, party: str, until: str) -> GoodGuy:
    """What a person remembers of a subject and a party, as a view sees it."""
    return GoodGuy(
        id=f"g-{subject.row}-{party}", rev=1, subject=subject.content, name=subject.name, party=party,
        listing=listing_id(docket(corpus, view), party), alert="", until=until, revoked=False, reason="", by="", at="",
    )  # fmt: skip


@st.composite
def remembered(draw: st.DrawFn) -> list[tuple[int, str, bool, str]]:
    """Entries to be made: of which subject, on which party, as of the old view or the new, and until when."""
    one = st.tuples(
        st.integers(0, len(SUBJECTS) - 1), st.sampled_from(["alder", "birch", "cedar", "dogwood", "elm"]),
        st.booleans(), st.sampled_from(["", "2021-01-14"]),
    )  # fmt: skip
    return draw(st.lists(one, max_size=4))


def list_of(made: list[tuple[int, str, bool, str]], old: tuple[Corpus, View], new: tuple[Corpus, View]) -> GoodGuys:
    found = [entry(SUBJECTS[n], *(old if early else new), party, until) for n, party, early, until in made]
    return GoodGuys({one.id: one for one in found}.values())


@settings(max_examples=150)
@given(edits(), views(), remembered(), remembered(), st.booleans())
def test_screening_again_equals_screening_all_of_it_anew(
    laws: tuple[Corpus, Corpus], both: tuple[View, View], before: list[tuple[int, str, bool, str]],
    after: list[tuple[int, str, bool, str]], same_zone: bool,
) -> None:  # fmt: skip
    (old, new), (then, now) = laws, both
    assume(sound(old) and sound(new))
    lists = [list_of(made, (old, then), (new, now)) for made in (before, after)]
    zone_name = "America/New_York" if same_zone else "Asia/Tokyo"
    try:
        first = screener(old, then, lists[0])
        archived = unpacked(packed(first.part(SUBJECTS)), "")
        second = screener(new, now, lists[1], zone_name=zone_name)
        anew = second.part(SUBJECTS)
    except LawError:
        assume(False)
    again = Rescreener(screener(new, now, lists[1], zone_name=zone_name), first.docket, same_zone=same_zone)
    assert packed(again.part(archived)) == packed(anew)


@pytest.mark.parametrize("zone_name", ["America/New_York", "Asia/Tokyo"])
def test_coming_dates_are_written_in_the_zone_of_the_new_question(zone_name: str) -> None:
    birch, then, now = from_list(["Birch Telecom Limited"]), at(as_of="2021-03-10"), at(as_of="2021-03-11")
    first, second = screener(BOOK, then), screener(BOOK, now, zone_name=zone_name)
    same = zone_name == first.zone_name
    again = Rescreener(second, first.docket, same_zone=same).part(first.part(birch))
    change = again.law["birch"]["next_change"]
    assert change["at"] == {"America/New_York": "2021-03-15T09:30:00-04:00"}.get(zone_name, "2021-03-15T22:30:00+09:00")
    assert packed(again) == packed(second.part(birch))


@given(edits(), views())
def test_going_there_and_back_is_where_it_began(laws: tuple[Corpus, Corpus], both: tuple[View, View]) -> None:
    (old, new), (then, now) = laws, both
    assume(sound(old) and sound(new))
    try:
        first, second = screener(old, then), screener(new, now)
        begun = first.part(SUBJECTS)
        there = Rescreener(second, first.docket, same_zone=True).part(begun)
        back = Rescreener(screener(old, then), second.docket, same_zone=True).part(unpacked(packed(there), ""))
    except LawError:
        assume(False)
    assert sha256(back) == sha256(begun)


@given(corpora, views(), st.permutations(PARTIES))
def test_what_the_law_says_of_a_party_is_the_same_whoever_was_asked_about_before(
    corpus: Corpus, both: tuple[View, View], order: list[str]
) -> None:
    assume(sound(corpus))
    try:
        together = screener(corpus, both[0]).law(order)
        alone = {party: screener(corpus, both[0]).law([party])[party] for party in PARTIES}
    except LawError:
        assume(False)
    assert together == alone


# -- in the app


NAMES = ["Alder Marine Corporation", "Birch Telecom", "Dogwood Drones", "Nobody At All", "Fir Foundry", "Maple Mills"]


@pytest.fixture(autouse=True)
def dock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dock list is a source like any other."""
    monkeypatch.setitem(registry.SOURCES, "dock", DOCK)


def screened(app: App, subjects: Iterable[object] = NAMES, **clocks: Any) -> str:
    """A recorded run's id."""
    run = app.screen(list(subjects), **clocks).run
    assert run is not None
    return run.id


def hashes(app: App, run: str) -> list[str]:
    return [one.sha256 for one in app.run(run).parts]


def anew(parts: Iterable[Part]) -> list[str]:
    return [hashlib.sha256(packed(part)).hexdigest() for part in parts]


def told(again: Again) -> list[tuple[str, str, str, list[str]]]:
    """Of whom, how, why and by which acts."""
    return [(one.party, one.what, one.cause, [act.act for act in one.acts]) for one in again.differences]


def revised(app: App, home: Path, book: Path, *edits: tuple[str, str]) -> App:
    """The app of a later day, over a book that was revised in between."""
    for path in book.rglob("*.yaml"):
        text = path.read_text("utf-8")
        for old, new in edits:
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    return App(home, lambda: NOW, book)


def test_nothing_changed_is_no_difference_and_the_same_parts(quay: App) -> None:
    run = screened(quay, as_of="2021-03-20")
    again = quay.rescreen(run, as_of="2021-03-20")
    assert again.differences == ()
    assert again.after.run is not None
    assert (again.after.run.before, hashes(quay, again.after.run.id)) == (run, hashes(quay, run))


def test_a_run_screened_again_is_a_run_that_replays(quay: App) -> None:
    again = quay.rescreen(screened(quay, as_of="2021-03-20"), as_of="2021-06-01")
    assert again.after.run is not None
    assert "6 subjects" in quay.replay(again.after.run.id)
    assert all(quay.replay(str(decision)) for _, decision in again.after)


def test_screening_again_without_a_record_leaves_none(quay: App) -> None:
    run = screened(quay, as_of="2021-03-20")
    head = quay.entries.head()
    again = quay.rescreen(run, as_of="2021-06-01", record=False)
    assert (again.after.run, quay.entries.head()) == (None, head)
    assert anew(again.after.parts()) == anew(quay.screen(NAMES, as_of="2021-06-01", record=False).parts())


def test_parts_are_screened_again_one_by_one(quay: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vacatur.screen.run.CHUNK", 2)
    run = screened(quay, as_of="2021-03-20")
    assert len(hashes(quay, run)) == 3
    again = quay.rescreen(run, as_of="2022-07-01")
    assert again.after.run is not None
    assert hashes(quay, again.after.run.id) == anew(quay.screen(NAMES, as_of="2022-07-01", record=False).parts())


def test_an_edition_is_a_difference_for_whom_it_names_and_nobody_else(quay: App, tmp_path: Path) -> None:
    list(quay.take("dock", [edition(tmp_path, "2021-03-01", "1,organisation,Rope Works")]))
    run = screened(quay, [*NAMES, "Rope Works", "Sail Works"], as_of="2021-03-20")
    rows = ("1,organisation,Rope Works Ltd", "2,organisation,Sail Works")
    list(quay.take("dock", [edition(tmp_path, "2021-03-10", *rows)]))
    again = quay.rescreen(run, as_of="2021-03-20")
    assert again.after.run is not None
    everyone = quay.screen([*NAMES, "Rope Works", "Sail Works"], as_of="2021-03-20", record=False)
    assert hashes(quay, again.after.run.id) == anew(everyone.parts())
    assert [(party, cause, acts) for party, _, cause, acts in told(again)] == [
        ("dock-2", LEARNED, ["quay/dock-2/2021-03-10-designate"])
    ]
    later = quay.rescreen(run, as_of="2021-03-25")
    assert [(party, cause) for party, _, cause, _ in told(later)] == [("dock-2", LEARNED)]


# -- causes


def test_the_law_changed(quay: App) -> None:
    run = screened(quay, as_of="2021-03-11")
    (alder,) = [one for one in told(quay.rescreen(run, as_of="2021-03-13")) if one[0] == "alder"]
    assert alder == (
        "alder", "export: prohibited → permitted", LAW, ["quay/alder/2021-03-12-enjoin"],
    )  # fmt: skip


def test_the_law_changed_by_a_day_that_came(quay: App) -> None:
    run = screened(quay, ["Birch Telecom Limited"], as_of="2021-03-13")
    found = told(quay.rescreen(run, as_of="2021-03-16"))
    assert [(party, what, cause) for party, what, cause, _ in found] == [
        ("birch", "buy: permitted → prohibited", LAW), ("birch-holding", "buy: permitted → prohibited", LAW),
    ]  # fmt: skip
    assert "quay/birch/2021-01-14-designate" in found[0][3]


def test_the_law_behind_a_rule_changed(quay: App, home: Path, book: Path) -> None:
    run = screened(quay, ["Dogwood Drones"], as_of="2021-03-20")
    acts = book / "acts" / "quay.yaml"
    acts.write_text(acts.read_text("utf-8") + """
  - {id: quay/2021-04-01-revoke, kind: revoke, target: quay/2020-11-12-order, title: Order 1 revoked,
     issued: "2021-04-01", issuer: Quay Authority, document: quay-ruling-2021, fact: Revoked., grade: documented}
""", "utf-8")  # fmt: skip
    ((party, what, cause, by),) = told(App(home, lambda: NOW, book).rescreen(run, as_of="2021-04-02"))
    assert (party, what, cause, by) == (
        "dogwood", "export: prohibited → permitted", LAW, ["quay/2021-04-01-revoke"],
    )  # fmt: skip


def test_we_learned(quay: App, home: Path, book: Path) -> None:
    run = screened(quay, ["Elm Energy"], on="2021-03-10", law_at="2021-03-10", known_at="2021-03-01")
    (elm,) = told(quay.rescreen(run, on="2021-03-10", law_at="2021-03-10", known_at="2021-03-02"))
    assert elm == ("elm", "export: permitted → prohibited", LEARNED, ["quay/elm/2021-03-01-designate"])
    run = screened(quay, ["Elm Energy"], as_of="2021-03-10")
    later = revised(quay, home, book, ("quay/elm/2021-03-01-designate", "quay/elm/2021-03-02-designate"),
                    ('elm@quay\n    title: Elm designated\n    issued: "2021-03-01"',
                     'elm@quay\n    title: Elm designated\n    issued: "2021-03-02"'))  # fmt: skip
    (elm,) = told(later.rescreen(run, as_of="2021-03-10"))
    moved = "next change: 2021-04-30T13:30:00+00:00 buy prohibited → 2021-05-01T13:30:00+00:00 buy prohibited"
    assert elm[1:] == (moved, LEARNED, ["quay/elm/2021-03-01-designate", "quay/elm/2021-03-02-designate"])


def test_a_party_that_is_named_otherwise_is_learned(quay: App, home: Path, book: Path) -> None:
    run = screened(quay, ["Maple Mills"])
    later = revised(quay, home, book, ("text: Maple Mills", "text: Maple Milling Works"))
    ((party, what, cause, by),) = told(later.rescreen(run))
    assert (party, cause, by) == ("maple", LEARNED, [])
    assert what == "hit gone" or what.startswith("score")


def test_the_matcher_changed() -> None:
    views_ = at(as_of="2021-03-11"), at(as_of="2021-03-20")
    old, new = (next(screener(BOOK, view).part(from_list(["Alder Marine"])).results()) for view in views_)
    other = Screened(1, new.query, {**new.result, "hits": [{**hit, "score": 0.99} for hit in new.hits]})
    clean = Screened(1, new.query, {**new.result, "hits": []})
    comparer = Comparer(docket(BOOK, views_[0]), docket(BOOK, views_[1]), ("dice-8", "dice-9"))
    found = [list(comparer.differences(*pair)) for pair in ((old, new), (old, other), (clean, new), (old, clean))]
    assert [one.cause for those in found for one in those] == [LAW, MATCHER, MATCHER, MATCHER]
    assert [one.acts for those in found[1:] for one in those] == [(), (), ()]


def test_a_run_of_another_matcher_is_searched_anew(quay: App, monkeypatch: pytest.MonkeyPatch) -> None:
    run = screened(quay, as_of="2021-03-20")
    for module in ("screen.run", "screen.record", "wiring.rescreening"):
        monkeypatch.setattr(f"vacatur.{module}.matcher_version", lambda: "dice-9")
    monkeypatch.setattr("vacatur.screen.rescreen.Rescreener.part", lambda *_: pytest.fail("old hits stand"))
    again = quay.rescreen(run, as_of="2021-03-20")
    assert again.after.run is not None
    assert again.after.run.matcher == "dice-9"


def test_a_run_of_other_zones_is_asked_of_the_law_anew(quay: App, monkeypatch: pytest.MonkeyPatch) -> None:
    run = screened(quay, as_of="2021-03-20")
    monkeypatch.setattr("vacatur.ledger.snapshot.tzdata_version", lambda: "2999z")
    monkeypatch.setattr(
        "vacatur.screen.rescreen.Rescreener.part", lambda *_: pytest.fail("the law of old spans stands")
    )
    assert quay.rescreen(run, as_of="2021-03-20").differences == ()


def test_the_subject_changed(quay: App) -> None:
    old = [{"key": "1", "name": "Nobody"}, {"key": "2", "name": "Dogwood Drones"}, {"key": "3", "name": "Elm Energy"}]
    new = [{"key": "2", "name": "Dogwood Drones", "country": "DE"}, {"key": "1", "name": "Cedar Chips"}]
    again = quay.rescreen(screened(quay, old, as_of="2021-03-20"), new, as_of="2021-03-20")
    assert {(one.party, one.what, one.cause) for one in again.differences} == {
        ("cedar", "new hit", SUBJECT), ("elm", "hit gone", SUBJECT)
    }  # fmt: skip


def test_the_same_subject_twice_is_no_change_of_subjects(quay: App) -> None:
    run = screened(quay, ["Dogwood Drones", "Dogwood Drones"], as_of="2021-03-20")
    assert quay.rescreen(run, ["Dogwood Drones", "Dogwood Drones"], as_of="2021-03-20").differences == ()
    more = quay.rescreen(run, ["Dogwood Drones"] * 3, as_of="2021-03-20")
    assert [(one.row, one.what) for one in more.differences] == [(3, "new hit")]


def test_somebody_decided(quay: App) -> None:
    run = screened(quay, ["Dogwood Drones"], as_of="2021-03-20")
    clear(quay, f"{run}.1", remember=True)
    again = quay.rescreen(run, as_of="2021-03-20")
    assert told(again) == [("dogwood", "muted", DECIDED, [])]
    (entry,) = quay.goodguys()
    quay.revoke(entry.id, by="B. Wu", reason="a mistake")
    assert again.after.run is not None
    assert told(quay.rescreen(again.after.run.id, as_of="2021-03-20")) == [
        ("dogwood", "no longer muted", DECIDED, [])
    ]  # fmt: skip


def test_an_entry_that_lapses_names_the_act_by_which_it_does(quay: App) -> None:
    run = screened(quay, ["Fir Foundry"], as_of="2022-05-01")
    clear(quay, f"{run}.1", remember=True)
    muted = quay.rescreen(run, as_of="2022-05-31")
    assert muted.after.run is not None
    ((_, what, cause, by),) = told(quay.rescreen(muted.after.run.id, as_of="2022-06-01"))
    assert what == "buy: prohibited → permitted; export: prohibited → permitted; no longer muted"
    assert (cause, by) == (LAW, ["quay/fir/2022-06-01-delist"])


def test_causes_are_counted(quay: App) -> None:
    run = screened(quay, as_of="2021-03-11")
    found = quay.rescreen(run, as_of="2021-06-01").differences
    assert by_cause(found) == {LAW: len(found)}


# -- looking back


def names_of(found: Iterable[Difference], party: str) -> list[tuple[str, str]]:
    return [(act.act, act.cause) for one in found if one.party == party for act in one.acts]


def test_looking_back_at_xiaomi_names_exactly_the_acts_that_one_view_sees(shipped: App) -> None:
    again = shipped.lookback(
        ["Xiaomi Corporation", "Nobody At All"], then={"as_of": "2021-03-12"}, now={"on": "2021-03-12"}
    )
    assert names_of(again.differences, "xiaomi") == [
        ("us-ccmc/xiaomi/2021-03-14-faq-880", LAW), ("us-ccmc/xiaomi/2021-05-28-faq-896", LAW),
        ("us-ccmc/xiaomi/2021-05-25-vacate", LAW),
    ]  # fmt: skip
    assert {one.party for one in again.differences} == {"xiaomi"}
    (xiaomi,) = again.differences
    assert (xiaomi.what, xiaomi.cause) == ("other acts carry the answer", LAW)
    assert [answers["buy"] for answers in (xiaomi.before.answers, xiaomi.after.answers)] == ["permitted", "permitted"]
    assert "us-ccmc/xiaomi/2021-03-12-enjoin" in xiaomi.before.because


def test_a_notice_read_late_is_learned_and_no_change_of_law(quay: App) -> None:
    again = quay.lookback(
        ["Elm Energy"], then={"as_of": "2021-03-01"}, now={"on": "2021-03-01", "law_at": "2021-03-01"}
    )
    assert names_of(again.differences, "elm") == [("quay/elm/2021-03-01-designate", LEARNED)]


def test_looking_back_records_nothing_and_takes_a_run_a_list_or_a_stream(quay: App) -> None:
    run = screened(quay, as_of="2021-03-20")
    head = quay.entries.head()
    views_: dict[str, Any] = {"then": {"as_of": "2021-03-11"}, "now": {"as_of": "2021-06-01"}}
    of_run = quay.lookback(run, **views_)
    assert told(of_run) == told(quay.lookback(NAMES, **views_)) == told(quay.lookback(iter(NAMES), **views_))
    assert told(of_run)
    assert quay.entries.head() == head
    with pytest.raises(LedgerError, match="no run"):
        quay.lookback("r-0123456789abcdef", **views_)


def test_a_day_of_good_guys_is_the_legal_day_of_the_question() -> None:
    on = View.as_of(NOW.astimezone(NEW_YORK).replace(hour=23, minute=30))
    (dogwood,) = from_list(["Dogwood Drones"])
    day = on.on.astimezone(NEW_YORK).date().isoformat()
    list_ = GoodGuys([entry(dogwood, BOOK, on, "dogwood", day)])
    assert "muted" in screener(BOOK, on, list_).part([dogwood]).hits[0][1][0]
    tomorrow = View.as_of(on.on + timedelta(hours=1))
    assert "muted" not in screener(BOOK, tomorrow, list_).part([dogwood]).hits[0][1][0]


def test_where_the_answer_turned_the_acts_behind_the_rules_are_named_beside_those_on_the_listing(shipped: App) -> None:
    back = shipped.lookback(["SMIC"], then={"as_of": "2021-03-20"}, now={"as_of": "2021-06-10"})
    (smic,) = [one for one in back.differences if one.party == "smic"]
    assert smic.what.startswith("buy: prohibited → permitted")
    named = {act.act for act in smic.acts}
    assert {"us-ccmc/2021-06-03-supersede-eo-13959", "us-ns-cmic/smic/2021-06-03-designate"} <= named
