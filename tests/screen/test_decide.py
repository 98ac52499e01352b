"""Decisions: recorded with their basis, replayed byte for byte whatever was recorded later, and never silently."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from tests.conftest import NOW

from vacatur.app import App
from vacatur.errors import LedgerError, ReplayDiffers
from vacatur.ledger.codec import canonical, encode
from vacatur.screen.decide import replay
from vacatur.screen.subject import Subject

ALDER, NOBODY = "Alder Marine Corporation", "Nobody At All"


@pytest.fixture
def later(home: Path, book: Path) -> Callable[..., App]:
    """The app of a later day, over a book that was revised in between."""

    def revised(*edits: tuple[str, str]) -> App:
        for path in book.rglob("*.yaml"):
            text = path.read_text("utf-8")
            for old, new in edits:
                text = text.replace(old, new)
            path.write_text(text, "utf-8")
        return App(home, lambda: NOW, book)

    return revised


def recorded(app: App, *subjects: str | Subject, as_of: str | None = None, on: str | None = None) -> list[str]:
    """The decisions on these subjects; `on` under the law and the knowledge of the day before Alder's injunction."""
    then = "2021-03-11" if on else None
    return [str(made) for _, made in app.screen(list(subjects), as_of=as_of, on=on, law_at=then, known_at=then)]


def test_a_clean_subject_is_a_decision_too(quay: App) -> None:
    ((found, decision),) = quay.screen([NOBODY])
    assert found.hits == []
    assert decision is not None
    assert '"parties":8' in quay.decision(decision).result


def test_nothing_is_recorded_when_nothing_shall_be(quay: App) -> None:
    head = quay.records().basis
    assert quay.screen([ALDER], record=False)[0][1] is None
    assert quay.entries.head() == head


@pytest.mark.parametrize("clocks", [
    {}, {"as_of": "2021-03-20"}, {"on": "2021-03-20"},
    {"as_of": "2021-03-14T02:30"}, {"as_of": "2021-11-07T01:30"}, {"as_of": "1850-01-01"}, {"as_of": "9999-12-30"},
])  # fmt: skip
def test_a_decision_replays_byte_for_byte_on_any_clock(clocks: dict[str, str], quay: App) -> None:
    subjects: list[str | Subject] = [
        ALDER,
        NOBODY,
        "桤木海运",
        Subject(1, "", "", "01810.HK", "", "HK"),
        "[red]=1+1\x1b\n“x”",
    ]
    for decision in recorded(quay, *subjects, **clocks):
        assert quay.replay(decision) == quay.decision(decision).result


def test_a_revised_book_does_not_change_a_decision_made_before(quay: App, later: Callable[..., App]) -> None:
    decisions = recorded(quay, ALDER, "Birch Telecom", "Elm Energy", NOBODY, as_of="2021-03-10")
    results = [quay.decision(decision).result for decision in decisions]
    app = later(
        ("listed + 60d", "listed + 10d"), ("Elm Energy", "Elm Power"), ("kind: enjoin", "kind: display"),
        ("text: Maple Mills", "text: Nobody At All"),
    )  # fmt: skip
    assert [app.replay(decision) for decision in decisions] == results
    again = recorded(app, ALDER, "Birch Telecom", "Elm Energy", NOBODY, as_of="2021-03-10")
    assert all(app.decision(new).result != old for new, old in zip(again, results, strict=True))
    assert [app.replay(decision) for decision in decisions] == results


def test_what_a_person_made_of_it_is_added_and_changes_nothing_found(quay: App) -> None:
    (decision,) = recorded(quay, ALDER)
    before = quay.decision(decision)
    after = quay.decide(decision, "false positive", by=" A. Lee ", reason=" another company ")
    assert (after.disposition, after.by, after.reason) == ("false positive", "A. Lee", "another company")
    assert replace(after, disposition=None, by=before.by, at=before.at, reason="") == before
    quay.decide(decision, "escalated", by="B. Wu", reason="second look")
    assert [entry.rev for entry in quay.entries.latest("decision", decision)] == [1, 2, 3]
    assert quay.replay(decision) == before.result


def test_a_result_that_was_changed_does_not_replay(quay: App, home: Path) -> None:
    (decision,) = recorded(quay, "Dogwood Drones", as_of="2021-03-20")
    forged = replace(quay.decision(decision), result=quay.decision(decision).result.replace("prohibited", "permitted"))
    with closing(sqlite3.connect(home / "ledger.db")) as connection, connection:
        connection.execute("update entries set body = ? where id = ?", (encode(forged), decision))
    with pytest.raises(ReplayDiffers, match=r"comes out differently.*recorded .*permitted.*now .*prohibited"):
        quay.replay(decision)


def test_a_decision_of_other_rules_says_that_the_snapshot_differs(quay: App) -> None:
    (decision,) = recorded(quay, ALDER)
    other = replace(quay.decision(decision), snapshot="0" * 64)
    records = quay.records()
    index = quay.resolver(records).index
    with pytest.raises(ReplayDiffers, match="snapshot 000000000000 recorded"):
        replay(other, records, index)


def test_a_decision_of_another_matcher_says_so(quay: App, monkeypatch: pytest.MonkeyPatch) -> None:
    (decision,) = recorded(quay, ALDER)
    for module in ("vacatur.app", "vacatur.screen.run", "vacatur.screen.decide"):
        monkeypatch.setattr(f"{module}.matcher_version", lambda: "dice-9")
    with pytest.raises(ReplayDiffers, match=r"matcher has changed since: dice-.* decided, this program has dice-9"):
        quay.replay(decision)


def test_a_decision_from_before_the_engine_is_told_from_a_forged_one(quay: App) -> None:
    (decision,) = recorded(quay, ALDER)
    made = quay.decision(decision)
    result = msgspec.json.decode(made.result)
    del result["searched"]["matcher"]
    records = quay.records()
    index = quay.resolver(records).index
    with pytest.raises(ReplayDiffers, match=r"exhaustive-1 decided.*screen the subject again"):
        replay(replace(made, result=canonical(result)), records, index)


def test_a_decision_that_is_not_there(quay: App) -> None:
    for ask in (quay.decision, quay.replay):
        with pytest.raises(LedgerError, match="no decision 'd-1' is recorded here"):
            ask("d-1")


def test_the_same_subject_screened_at_two_times_is_two_decisions(home: Path, book: Path) -> None:
    days = iter([NOW.replace(second=n) for n in range(30)])
    app = App(home, lambda: next(days), book)
    assert len({*recorded(app, ALDER, ALDER), *recorded(app, ALDER, ALDER)}) == 4
