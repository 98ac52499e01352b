"""The chain: what a book's change appends, and what no change can hide."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.conftest import NOW

from vacatur.app import App
from vacatur.errors import Tampered
from vacatur.ledger.chain import GENESIS, Draft, Entry, Head, link, seal, verify

WHEN = datetime(2026, 9, 1, tzinfo=UTC)
TYPE = st.sampled_from(["act", "party", "decision"])
DRAFT = st.builds(Draft, TYPE, st.text(max_size=8), st.integers(1, 9), st.binary(max_size=20))
DRAFTS = st.lists(DRAFT, min_size=2, max_size=8)
CHANGES: list[dict[str, Any]] = [
    {"type": "document"}, {"id": "other"}, {"rev": 77}, {"origin": "user"}, {"recorded": "2020"},
    {"body": b"other"}, {"prev": "f" * 64}, {"hash": "f" * 64},
]  # fmt: skip


def chained(drafts: list[Draft]) -> list[Entry]:
    return list(link(drafts, Head(0, GENESIS), "book", WHEN))


@given(DRAFTS)
def test_a_chain_holds_and_ends_at_its_last_entry(drafts: list[Draft]) -> None:
    entries = chained(drafts)
    assert verify(entries) == Head(len(drafts), entries[-1].hash)


@given(DRAFTS, st.integers(1, 7))
def test_appending_in_parts_makes_the_same_chain(drafts: list[Draft], part: int) -> None:
    first = chained(drafts[:part])
    rest = link(drafts[part:], Head(len(first), first[-1].hash), "book", WHEN)
    assert [*first, *rest] == chained(drafts)


@given(DRAFTS, st.data())
def test_a_change_of_any_field_of_any_entry_is_named(drafts: list[Draft], data: st.DataObject) -> None:
    entries = chained(drafts)
    place = data.draw(st.integers(0, len(entries) - 1))
    change = data.draw(st.sampled_from(CHANGES))
    entries[place] = replace(entries[place], **change)
    with pytest.raises(Tampered) as raised:
        verify(entries)
    assert raised.value.seq == place + 1


@given(DRAFTS, st.data())
def test_taking_out_or_exchanging_entries_is_named(drafts: list[Draft], data: st.DataObject) -> None:
    entries = chained(drafts)
    place = data.draw(st.integers(0, len(entries) - 2))
    for changed in (entries[:place] + entries[place + 1 :], [*entries[:place], *entries[place:][::-1]]):
        with pytest.raises(Tampered) as raised:
            verify(changed)
        assert raised.value.seq >= place + 1


@given(DRAFTS, st.text("ab\n1", max_size=6), st.text("ab\n1", max_size=6))
def test_no_two_entries_of_one_place_share_a_seal(drafts: list[Draft], one: str, other: str) -> None:
    assume(one != other)
    entry = chained(drafts)[0]
    assert seal(replace(entry, id=one, body=b"x")) != seal(replace(entry, id=other, body=b"x"))


# -- what a revision of the book appends

Edited = Callable[[str, str], App]


@pytest.fixture
def edited(quay: App, home: Path, book: Path) -> Edited:
    """Edits the book after it was taken in; gives the app that takes it in again."""
    quay.records()

    def edit(old: str, new: str) -> App:
        for path in book.rglob("*.yaml"):
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        return App(home, lambda: NOW, book)

    return edit


def appended(app: App, before: int) -> list[tuple[str, str, int, bool]]:
    app.records()
    return [(e.type, e.id, e.rev, bool(e.body)) for e in app.entries.walk() if e.seq > before]


def test_a_first_use_takes_in_every_record_once(quay: App) -> None:
    quay.records()
    entries = list(quay.entries.walk())
    assert {entry.type for entry in entries} == {"programme", "document", "party", "act"}
    assert {entry.rev for entry in entries} == {1}
    assert verify(entries).seq == len(entries)


def test_an_unchanged_book_appends_nothing(quay: App, edited: Edited) -> None:
    before = quay.entries.head().seq
    assert appended(edited("grade: documented\n", "grade: documented\n\n"), before) == []


def test_a_changed_record_is_one_new_revision(quay: App, edited: Edited) -> None:
    before = quay.entries.head().seq
    assert appended(edited("Elm designated", "Elm is designated"), before) == [
        ("act", "quay/elm/2021-03-01-designate", 2, True)
    ]


def test_what_leaves_the_book_is_retired_and_what_comes_back_is_a_further_revision(quay: App, edited: Edited) -> None:
    before = quay.entries.head().seq
    gone = edited("2022-06-01", "2022-06-02")
    assert appended(gone, before) == [
        ("act", "quay/fir/2022-06-02-delist", 1, True), ("act", "quay/fir/2022-06-01-delist", 2, False),
    ]  # fmt: skip
    assert "quay/fir/2022-06-01-delist" not in gone.records().corpus.acts
    back = edited("2022-06-02", "2022-06-01")
    assert appended(back, before + 2) == [
        ("act", "quay/fir/2022-06-01-delist", 3, True), ("act", "quay/fir/2022-06-02-delist", 2, False),
    ]  # fmt: skip
    assert back.ask("fir", "export", as_of="2022-07-01").answer == "permitted"
    assert back.verify().seq == before + 4


def test_a_rule_that_changes_is_a_revision_of_its_programme_alone(quay: App, edited: Edited) -> None:
    before = quay.entries.head().seq
    assert appended(edited("listed + 60d", "listed + 90d"), before) == [("programme", "quay", 2, True)]
