"""Editions in, acts out: what was printed is what is listed, whatever the order and whatever else happens."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.intake.dock import DOCK, edition

from vacatur.app import App
from vacatur.errors import AskError
from vacatur.intake import registry
from vacatur.intake.reading import File
from vacatur.intake.source import Printed

ROPE, SAIL, MAST = "1,organisation,Rope Works", "2,person,SAIL Ann,1970", "3,vessel,Mast"


@pytest.fixture(autouse=True)
def dock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dock list is a source like any other."""
    monkeypatch.setitem(registry.SOURCES, "dock", DOCK)


@pytest.fixture
def days(tmp_path: Path) -> list[Path]:
    """Four editions: one is added, one is changed, one goes, one comes back."""
    return [
        edition(tmp_path, "2021-03-01", ROPE, SAIL),
        edition(tmp_path, "2021-03-10", ROPE, SAIL, MAST),
        edition(tmp_path, "2021-04-01", "1,organisation,Rope Works Ltd", MAST),
        edition(tmp_path, "2021-05-01", "1,organisation,Rope Works Ltd", MAST, SAIL),
    ]


def rows(app: App, day: str) -> list[tuple[str, str, str]]:
    """Source id, name and kind of all who were on the list."""
    return [
        (one.source_id, one.name, one.kind) for one in app.roster("quay", as_of=day) if one.party.startswith("dock")
    ]


def test_the_roster_of_a_day_is_the_edition_of_that_day_whatever_the_order(quay: App, days: list[Path]) -> None:
    random.Random(3).shuffle(days)
    assert [one.state for one in quay.take("dock", days)] == ["taken"] * 4
    assert rows(quay, "2021-02-28") == []
    assert rows(quay, "2021-03-01") == [("1", "Rope Works", "organisation"), ("2", "SAIL Ann", "person")]
    assert rows(quay, "2021-03-09") == rows(quay, "2021-03-01")
    assert [key for key, _, _ in rows(quay, "2021-03-10")] == ["1", "2", "3"]
    assert rows(quay, "2021-04-30") == [("1", "Rope Works Ltd", "organisation"), ("3", "Mast", "vessel")]
    assert [key for key, _, _ in rows(quay, "2022-01-01")] == ["1", "2", "3"]


def test_the_official_file_of_a_day_comes_back_byte_for_byte(quay: App, days: list[Path]) -> None:
    list(quay.take("dock", reversed(days)))
    for path in days:
        (file,) = quay.source_files("quay", as_of=path.stem)
        assert file.content == path.read_bytes()
    with pytest.raises(AskError, match="no edition of quay"):
        quay.source_files("quay", as_of="2020-01-01")


def test_what_happened_is_dated_between_the_editions_that_show_it(quay: App, days: list[Path]) -> None:
    list(quay.take("dock", days))
    acts = {act.id: act for act in quay.records().corpus.acts.values() if act.recorded_by == "dock"}
    told = {name.removeprefix("quay/dock-"): act.issued.text for name, act in acts.items()}
    assert told == {
        "1/2021-03-01-designate": "..2021-03-01",
        "2/2021-03-01-designate": "..2021-03-01",
        "3/2021-03-10-designate": "2021-03-02..2021-03-10",
        "1/2021-04-01-amend": "2021-03-11..2021-04-01",
        "2/2021-04-01-delist": "2021-03-11..2021-04-01",
        "2/2021-05-01-designate": "2021-04-02..2021-05-01",
    }
    assert {act.grade for act in acts.values()} == {"observed"}
    assert acts["quay/dock-1/2021-04-01-amend"].note == "name: 'Rope Works' → 'Rope Works Ltd'"


def test_a_date_that_the_entry_states_is_taken_for_its_listing(quay: App, tmp_path: Path) -> None:
    list(quay.take("dock", [edition(tmp_path, "2021-03-10", f"{ROPE},,2021-03-04")]))
    act = quay.records().corpus.acts["quay/dock-1/2021-03-10-designate"]
    assert (act.issued.text, act.published.text) == ("2021-03-04", "2021-03-10")


def test_between_two_editions_nobody_says_that_the_entry_was_listed(quay: App, days: list[Path]) -> None:
    list(quay.take("dock", days))
    mast = [one for one in quay.roster("quay", on="2021-03-05") if one.party == "dock-3"]
    assert [one.listed for one in mast] == [None]
    assert not [one for one in quay.roster("quay", as_of="2021-03-05") if one.party == "dock-3"]


def test_an_edition_found_late_takes_its_place_and_older_decisions_still_replay(quay: App, days: list[Path]) -> None:
    list(quay.take("dock", [days[0], days[3]]))
    ((screened, decision),) = quay.screen(["Mast"], as_of="2021-03-20")
    assert decision is not None
    assert [hit["party"] for hit in screened.hits] == ["dock-3"]
    before = quay.replay(decision)
    list(quay.take("dock", [days[1], days[2]]))
    assert [key for key, _, _ in rows(quay, "2021-03-20")] == ["1", "2", "3"]
    assert quay.replay(decision) == before


def test_the_same_edition_is_known_the_second_time(quay: App, days: list[Path]) -> None:
    list(quay.take("dock", days))
    head = quay.entries.head()
    assert [one.state for one in quay.take("dock", days)] == ["known"] * 4
    assert quay.entries.head() == head


def test_a_dry_run_shows_and_keeps_nothing(quay: App, days: list[Path]) -> None:
    list(quay.take("dock", days[:1]))
    head = quay.entries.head()
    (outcome,) = quay.take("dock", days[1:2], dry_run=True)
    assert (outcome.state, outcome.added, outcome.removed, outcome.changed) == ("dry-run", 1, 0, 0)
    assert quay.entries.head() == head


def test_an_edition_that_lost_too_many_is_refused_until_somebody_answers_for_it(quay: App, tmp_path: Path) -> None:
    many = [f"{number},person,PERSON Number {number}" for number in range(100)]
    list(quay.take("dock", [edition(tmp_path, "2021-03-01", *many)]))
    cut = edition(tmp_path, "2021-03-02", *many[:80])
    (refused,) = quay.take("dock", [cut])
    assert refused.state == "refused"
    assert "20 of 100 entries of dock are missing" in refused.note
    assert len(rows(quay, "2021-03-02")) == 100
    (taken,) = quay.take("dock", [cut], accepted="delisted by decree 7")
    assert taken.state == "taken"
    assert len(rows(quay, "2021-03-02")) == 80
    assert quay.records().editions[-1].accepted == "delisted by decree 7"


@pytest.mark.parametrize(("content", "says"), [
    (b"", "not the dock list"),
    (b"<html><body>502</body></html>", "not the dock list"),
    (b"DOCK,LIST,,0\n", "no entries"),
    (b"DOCK,LIST,,3\n1,person,A\n", "says that it has 3 entries and has 1"),
    (b"DOCK,LIST,,2\n1,person,A\n1,person,B\n", "the same id"),
    (b"DOCK,LIST,,1\n1,person,\xff\n", "is not utf-8"),
    (b"DOCK,LIST,,1\n1,person,A\x00\n", "NUL"),
    (b'DOCK,LIST,,1\n1,person,"A\n', "not readable as CSV"),
])  # fmt: skip
def test_what_is_no_good_edition_is_refused_and_the_others_go_on(
    quay: App, tmp_path: Path, content: bytes, says: str
) -> None:
    bad = tmp_path / "2021-03-01.csv"
    bad.write_bytes(content)
    outcomes = list(quay.take("dock", [bad, edition(tmp_path, "2021-03-02", ROPE)]))
    assert [one.state for one in outcomes] == ["refused", "taken"]
    assert says in outcomes[0].note


def test_an_edition_of_no_known_day_is_refused_unless_the_day_is_said(quay: App, tmp_path: Path) -> None:
    path = edition(tmp_path, "2021-03-01", ROPE).rename(tmp_path / "list.csv")
    (refused,) = quay.take("dock", [path])
    assert "of which day" in refused.note
    (taken,) = quay.take("dock", [path], published="2021-03-07")
    assert taken.published == "2021-03-07"


def test_changes_are_told_field_by_field_with_the_acts_between(quay: App, days: list[Path]) -> None:
    list(quay.take("dock", days))
    told = [
        (one.what, one.name, one.field, one.was, one.now, one.acts)
        for one in quay.changes("quay", "2021-03-05", "2021-04-15")
    ]
    assert told == [
        ("changed", "Rope Works Ltd", "name", "Rope Works", "Rope Works Ltd", ("quay/dock-1/2021-04-01-amend",)),
        ("removed", "SAIL Ann", "", "", "", ("quay/dock-2/2021-04-01-delist",)),
        ("added", "Mast", "", "", "", ("quay/dock-3/2021-03-10-designate",)),
    ]


def test_lost_caches_are_made_again_from_the_archived_files(
    quay: App, days: list[Path], home: Path, book: Path
) -> None:
    list(quay.take("dock", days))
    before = rows(quay, "2021-04-15")
    for path in (home / "cache").iterdir():
        path.unlink()
    assert rows(App(home, lambda: NOW, book), "2021-04-15") == before


def test_a_party_that_the_book_documents_is_not_listed_twice(quay: App, tmp_path: Path) -> None:
    list(quay.take("dock", [edition(tmp_path, "2021-03-01", "9,organisation,Alder Marine,,,KYQUAY000016", ROPE)]))
    listed = [one.party for one in quay.roster("quay", as_of="2021-03-01")]
    assert "dock-9" not in listed
    assert "dock-1" in listed


def test_a_file_of_changes_makes_an_edition_together_with_the_last_one(
    quay: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_changes(files: Sequence[File]) -> Printed:
        whole, changes = DOCK.read(files[:1]), [DOCK.read([file]) for file in files[1:]]
        entries = (*whole.entries, *(entry for change in changes for entry in change.entries))
        published = changes[-1].published if changes else whole.published
        return replace(whole, published=published, entries=entries, count=None)

    source = replace(DOCK, read=with_changes, is_change=lambda file: b",-1" in file.content)
    monkeypatch.setitem(registry.SOURCES, "dock", source)
    list(quay.take("dock", [edition(tmp_path, "2021-03-01", ROPE)]))
    (outcome,) = quay.take("dock", [edition(tmp_path, "2021-03-05", MAST, stated="2021-03-05", count=-1)])
    assert (outcome.state, outcome.entries, outcome.added) == ("taken", 2, 1)
    assert [key for key, _, _ in rows(quay, "2021-03-04")] == ["1"]
    assert [key for key, _, _ in rows(quay, "2021-03-05")] == ["1", "3"]
    assert len(quay.source_files("quay", as_of="2021-03-05")) == 2
