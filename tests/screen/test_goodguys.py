"""Remembered false positives: for one subject and one party's listings as they stood, shown, dated, revocable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW
from tests.intake.dock import DOCK, edition
from tests.screen.desks import at, screener
from tests.screen.test_alerts import clear, screened

from vacatur.app import App
from vacatur.errors import LedgerError
from vacatur.intake import registry
from vacatur.law.corpus import Corpus
from vacatur.model.party import Link
from vacatur.screen.alerts import Said, alerts, judged, remembered
from vacatur.screen.goodguys import GoodGuys
from vacatur.screen.results import Results
from vacatur.screen.subject import from_list

ROPE, ROPE_LTD = "1,organisation,Rope Works,,,KYQUAY000024", "1,organisation,Rope Works,1970,,KYQUAY000024"
DOGWOOD, FIR = "Dogwood Drones", "Fir Foundry"


@pytest.fixture(autouse=True)
def dock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dock list is a source like any other."""
    monkeypatch.setitem(registry.SOURCES, "dock", DOCK)


def remembering(app: App, name: object, until: str = "", **clocks: Any) -> str:
    """Screens, and remembers what it finds as false; gives the entry's id."""
    before = {one.id for one in app.goodguys()}
    clear(app, f"{screened(app, name, **clocks)}.1", remember=True, until=until)
    (made,) = [one.id for one in app.goodguys() if one.id not in before]
    return made


def muted(app: App, name: object, **clocks: Any) -> list[str | None]:
    """The entries that answer the hits of a subject, None for a hit that counts."""
    ((one, _),) = app.screen([name], record=False, **clocks)
    return [hit.get("muted") for hit in one.hits]


def added(book: Path, act: str) -> None:
    """Adds an act to the small book."""
    acts = book / "acts" / "quay.yaml"
    acts.write_text(acts.read_text("utf-8") + act, "utf-8")


# -- what it does


def test_a_muted_hit_is_shown_with_its_entry_and_not_counted(quay: App) -> None:
    entry = remembering(quay, DOGWOOD, as_of="2021-03-20")
    results = quay.screen([DOGWOOD], as_of="2021-03-21")
    ((one, decision),) = results
    (hit,) = one.hits
    assert (hit["party"], hit["muted"], hit["answers"]["export"]) == ("dogwood", entry, "prohibited")
    assert one.answers["export"] == "permitted"
    assert one.result["next_change"] is None
    assert results.counts() == (0, 0, 1)
    assert [results.found(what) for what in ("hit", "disputed", "prohibited")] == [False] * 3
    assert results.table().column("muted").to_pylist() == [entry]
    assert quay.replay(str(decision)) == quay.decision(str(decision)).result


def test_a_false_positive_that_is_not_to_be_remembered_mutes_nothing(quay: App) -> None:
    clear(quay, f"{screened(quay, DOGWOOD)}.1")
    assert quay.goodguys() == []
    assert muted(quay, DOGWOOD) == [None]


def test_it_speaks_for_that_subject_only(quay: App) -> None:
    entry = remembering(quay, {"key": "1", "name": DOGWOOD, "country": "KY"})
    assert muted(quay, {"key": "1", "name": DOGWOOD, "country": "KY"}) == [entry]
    others: list[object] = [
        {"key": "2", "name": DOGWOOD, "country": "KY"},
        DOGWOOD,
        f"{DOGWOOD} Ltd",
        {"name": DOGWOOD.upper(), "country": "KY"},
    ]
    others += [{"name": DOGWOOD, "country": "DE"}, {"name": DOGWOOD, "country": "KY", "birth_date": "1970"}]
    for other in others:
        assert muted(quay, other) == [None], other


def test_it_speaks_for_that_party_only(quay: App) -> None:
    clear(quay, f"{screened(quay, 'Birch Telecom')}.1/birch", remember=True)
    ((one, _),) = quay.screen(["Birch Telecom"], record=False)
    assert [(hit["party"], "muted" in hit) for hit in one.hits] == [("birch", True), ("birch-holding", False)]


def test_it_says_what_it_rests_on(quay: App) -> None:
    run = screened(quay, DOGWOOD)
    clear(quay, f"{run}.1", remember=True, until="2027-01-01")
    (entry,) = quay.goodguys()
    assert (entry.name, entry.party, entry.alert, entry.until, entry.by, entry.reason, entry.revoked, entry.rev) == (
        DOGWOOD, "dogwood", f"{run}.1/dogwood", "2027-01-01", "A. Lee", "another company", False, 1
    )  # fmt: skip
    assert entry.at == NOW.isoformat()


def test_it_mutes_until_its_last_day_and_not_the_day_after(quay: App) -> None:
    entry = remembering(quay, DOGWOOD, until="2021-04-01", as_of="2021-03-20")
    assert muted(quay, DOGWOOD, as_of="2021-04-01") == [entry]
    assert muted(quay, DOGWOOD, on="2021-04-01T23:59:59-04:00", law_at="2021-04-01", known_at="2021-04-01") == [entry]
    assert muted(quay, DOGWOOD, as_of="2021-04-02") == [None]


# -- when it lapses


@pytest.fixture
def rope(quay: App, tmp_path: Path) -> Callable[..., None]:
    """Takes an edition of the dock list of one day."""

    def taken(day: str, *rows: str) -> None:
        (outcome,) = quay.take("dock", [edition(tmp_path, day, *rows)])
        assert outcome.state == "taken", outcome

    return taken


def test_it_stops_the_day_its_listing_is_amended_by_an_edition(quay: App, rope: Callable[..., None]) -> None:
    rope("2021-03-01", ROPE)
    entry = remembering(quay, "Rope Works", as_of="2021-03-02")
    rope("2021-03-09", ROPE)
    rope("2021-03-10", ROPE_LTD)
    assert muted(quay, "Rope Works", as_of="2021-03-09") == [entry]
    assert muted(quay, "Rope Works", as_of="2021-03-10") == [None]
    assert muted(quay, "Rope Works") == [None]
    assert muted(quay, "Rope Works", on="2021-03-02") == [None], "what is known now lapses it for the past too"


def test_it_stops_the_day_its_listing_is_amended_by_a_documented_act(home: Path, book: Path, quay: App) -> None:
    entry = remembering(quay, DOGWOOD, as_of="2021-03-20")
    added(book, """
  - {id: quay/dogwood/2021-04-01-amend, kind: amend, target: quay/dogwood/2021-03-01-designate, title: Another address,
     issued: "2021-04-01", issuer: Quay Authority, document: quay-notice-2021, fact: Amended., grade: documented}
""")  # fmt: skip
    later = App(home, lambda: NOW, book)
    assert muted(later, DOGWOOD, as_of="2021-03-31") == [entry]
    assert muted(later, DOGWOOD, as_of="2021-04-01") == [None]


def test_an_act_that_is_published_late_lapses_it_when_it_is_known(home: Path, book: Path, quay: App) -> None:
    entry = remembering(quay, DOGWOOD, as_of="2021-03-20")
    added(book, """
  - {id: quay/dogwood/2021-04-01-correct, kind: correct, target: quay/dogwood/2021-03-01-designate, title: A comma,
     issued: "2021-04-01", published: "2021-04-10", issuer: Quay Authority, document: quay-notice-2021,
     fact: Corrected., grade: documented}
""")  # fmt: skip
    later = App(home, lambda: NOW, book)
    assert muted(later, DOGWOOD, as_of="2021-04-09") == [entry]
    assert muted(later, DOGWOOD, as_of="2021-04-10") == [None]


def test_it_stops_when_the_listing_ends_and_does_not_speak_for_the_next_one(
    quay: App, rope: Callable[..., None]
) -> None:
    rope("2021-03-01", ROPE, "2,person,SAIL Ann")
    entry = remembering(quay, "Rope Works", as_of="2021-03-02")
    rope("2021-03-10", "2,person,SAIL Ann")
    rope("2021-03-20", ROPE, "2,person,SAIL Ann")
    assert muted(quay, "Rope Works", as_of="2021-03-09") == [entry]
    assert muted(quay, "Rope Works", as_of="2021-03-10") == [None]
    assert muted(quay, "Rope Works", as_of="2021-03-21") == [None]


def test_an_act_on_an_act_on_the_listing_lapses_it(quay: App) -> None:
    entry = remembering(quay, "Alder Marine Corporation", as_of="2021-03-11")
    assert muted(quay, "Alder Marine Corporation", as_of="2021-03-11") == [entry]
    assert muted(quay, "Alder Marine Corporation", as_of="2021-03-12") == [None]


def test_what_only_accompanies_the_law_does_not_lapse_it(home: Path, book: Path, quay: App) -> None:
    entry = remembering(quay, DOGWOOD, as_of="2021-03-20")
    added(book, """
  - {id: quay/dogwood/2021-04-01-sue, kind: sue, target: quay/dogwood/2021-03-01-designate, title: Dogwood sues,
     issued: "2021-04-01", issuer: Dogwood, document: quay-ruling-2021, fact: A suit is filed., grade: documented}
""")  # fmt: skip
    assert muted(App(home, lambda: NOW, book), DOGWOOD, as_of="2021-04-02") == [entry]


def test_other_listings_being_amended_do_not_lapse_it(quay: App, rope: Callable[..., None]) -> None:
    rope("2021-03-01", ROPE, "2,organisation,Sail Works")
    entry = remembering(quay, "Rope Works", as_of="2021-03-02")
    rope("2021-03-10", ROPE, "2,organisation,Sail Works Ltd", "3,organisation,Mast Works")
    assert muted(quay, "Rope Works", as_of="2021-03-11")[0] == entry


def test_a_party_that_the_book_describes_otherwise_is_looked_at_again(home: Path, book: Path, quay: App) -> None:
    remembering(quay, DOGWOOD)
    parties = book / "parties" / "trees.yaml"
    parties.write_text(
        parties.read_text("utf-8").replace("id: dogwood\n    kind: organisation", "id: dogwood\n    kind: person")
    )
    assert muted(App(home, lambda: NOW, book), DOGWOOD) == [None]


# -- how it ends, and what stands


def test_a_revoked_entry_mutes_nothing_and_what_was_screened_with_it_stands(quay: App) -> None:
    entry = remembering(quay, DOGWOOD, as_of="2021-03-20")
    results = quay.screen([DOGWOOD], as_of="2021-03-21")
    assert results.run is not None
    ended = quay.revoke(entry, by=" B. Wu ", reason=" the register was wrong ")
    assert (ended.revoked, ended.by, ended.reason, ended.rev) == (True, "B. Wu", "the register was wrong", 2)
    assert muted(quay, DOGWOOD, as_of="2021-03-21") == [None]
    assert quay.replay(results.run.id)
    assert quay.replay(f"{results.run.id}.1") == quay.decision(f"{results.run.id}.1").result
    assert [one.revoked for one in quay.goodguys()] == [True], "it is still listed"
    again = quay.screen([DOGWOOD], as_of="2021-03-21")
    assert again.run is not None
    assert again.run.id != results.run.id


def test_a_revoked_entry_can_be_made_again(quay: App) -> None:
    entry = remembering(quay, DOGWOOD)
    quay.revoke(entry, by="B. Wu", reason="x")
    clear(quay, f"{screened(quay, DOGWOOD)}.1", remember=True)
    assert muted(quay, DOGWOOD) == [entry]
    assert [one.rev for one in quay.entries.latest("goodguy", entry)] == [1, 2, 3]


@pytest.mark.parametrize("hostile", ["", "g-1", "g-\ud800", "g-\0", "x" * 10_000, "'; drop table entries --"])
def test_what_cannot_be_revoked(hostile: str, quay: App) -> None:
    remembering(quay, DOGWOOD)
    head = quay.entries.head()
    with pytest.raises(LedgerError, match="no good-guy entry"):
        quay.revoke(hostile, by="B. Wu", reason="x")
    with pytest.raises(LedgerError, match="needs an author and a reason"):
        quay.revoke(quay.goodguys()[0].id, by=" ", reason="x")
    assert quay.entries.head() == head


def test_runs_name_the_list_that_they_used(quay: App) -> None:
    def snapshot(results: Results) -> str:
        assert results.run is not None
        return results.run.snapshot

    nothing = snapshot(quay.screen([FIR]))
    entry = remembering(quay, DOGWOOD)
    one = snapshot(quay.screen([FIR]))
    remembering(quay, "Elm Energy")
    two = snapshot(quay.screen([FIR]))
    assert len({nothing, one, two}) == 3
    for name in (entry, next(made.id for made in quay.goodguys() if made.party == "elm")):
        quay.revoke(name, by="B. Wu", reason="x")
    assert snapshot(quay.screen([FIR])) == nothing, "an empty list is an empty list"


def test_a_subject_whose_every_hit_is_muted_is_in_the_record(quay: App) -> None:
    remembering(quay, DOGWOOD)
    results = quay.screen([DOGWOOD, "Nobody At All"])
    assert results.run is not None
    assert (results.run.subjects, results.run.hits) == (2, 1)
    assert quay.alerts(results.run.id) == []


def test_records_that_are_linked_one_way_only_are_each_remembered_for_what_bears_on_it(quay: App) -> None:
    corpus = quay.records().corpus
    link = Link(kind="same-as", to="birch", share="", since="", until="", source="identifier")
    parties = {**corpus.parties, "birch-holding": replace(corpus.parties["birch-holding"], links=(link,))}
    law, view, subjects = (
        Corpus(corpus.programmes, corpus.acts, parties),
        at(as_of="2021-03-20"),
        from_list(["Birch Telecom"]),
    )
    plain = screener(law, view)
    (found,) = plain.part(subjects).results()
    (alert,) = alerts(found, "r-0.1", ("me", ""), plain.docket, lambda _: ())
    said = Said("false positive", "A. Lee", "another company", "", (), remember=True, until="")
    entries = remembered(alert, judged(alert, said, NOW, four_eyes=False), "", 1)
    assert len({entry.listing for entry in entries}) == 2
    (found,) = screener(law, view, GoodGuys(entries)).part(subjects).results()
    assert [hit.get("muted") for hit in found.hits] == [entry.id for entry in entries]
