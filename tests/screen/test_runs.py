"""Runs: all that was screened is in the record, and comes out again byte for byte whatever was recorded later."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW
from tests.intake.dock import DOCK, edition

from vacatur.app import App
from vacatur.errors import DateError, InputError, LedgerError, ReplayDiffers, Tampered
from vacatur.intake import registry
from vacatur.ledger.codec import encode
from vacatur.model.run import Part as Kept
from vacatur.model.run import Run
from vacatur.screen.part import SCREENED, Part, packed, unpacked
from vacatur.screen.record import decision_of, replayed, split_id, view_of
from vacatur.screen.run import Screener
from vacatur.screen.subject import subject

ALDER, NOBODY = "Alder Marine Corporation", "Nobody At All"
MANY = 1000


@pytest.fixture(autouse=True)
def dock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dock list is a source like any other."""
    monkeypatch.setitem(registry.SOURCES, "dock", DOCK)


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


def recorded(app: App, *subjects: object, as_of: str | None = None, on: str | None = None, **terms: Any) -> list[str]:
    """The decisions on these subjects; `on` under the law and the knowledge of the day before Alder's injunction."""
    then = "2021-03-11" if on else None
    found = app.screen(list(subjects), as_of=as_of, on=on, law_at=then, known_at=then, **terms)
    return [str(made) for _, made in found]


def run_of(app: App, *subjects: object, **clocks: Any) -> Run:
    run = app.screen(list(subjects), **clocks).run
    assert run is not None
    return run


def screener_of(app: App, run: Run) -> Screener:
    """The screener by which a run is replayed."""
    then = view_of(run)
    return app.screener(
        app.records(run.basis), then.view, then.zone_name, then.where, then.threshold, app.goodguys_at(run.ledger)
    )  # fmt: skip


# -- the record


def test_a_clean_subject_is_in_the_record_with_what_was_searched(quay: App) -> None:
    ((found, decision),) = quay.screen([NOBODY])
    assert found.hits == []
    assert found.answers == dict.fromkeys(SCREENED, "permitted")
    result = quay.decision(str(decision)).result
    assert '"parties":8' in result
    assert '"threshold":0.7' in result
    assert '"matcher":"dice-' in result
    assert quay.replay(str(decision)) == result


def test_a_run_says_what_was_asked_and_what_it_came_to(quay: App) -> None:
    run = run_of(quay, ALDER, NOBODY, "Birch Telecom", as_of="2021-03-20")
    assert (run.subjects, run.hits, run.rejected, run.source, run.rev) == (3, 2, 0, "a list", 1)
    assert (run.basis, run.ledger, run.at) == (quay.records().basis.seq, quay.entries.basis().seq, NOW.isoformat())
    assert '"on":"2021-03-20T23:59:59.999999-04:00"' in run.view
    assert [part.subjects for part in run.parts] == [3]
    assert quay.runs() == [run]
    results = quay.results(run.id)
    assert [decision for _, decision in results] == [f"{run.id}.{row}" for row in (1, 2, 3)]
    assert (len(results), results[-1], results[0:2]) == (3, results[2], [results[0], results[1]])
    with pytest.raises(IndexError):
        results[3]


def test_nothing_is_recorded_when_nothing_shall_be(quay: App, home: Path) -> None:
    head = quay.records().basis
    results = quay.screen([ALDER], record=False)
    assert (results[0][1], results.run) == (None, None)
    assert quay.entries.head() == head
    assert not (home / "documents").exists()
    assert results.table().column("decision").to_pylist() == [""]


def test_a_screening_of_nobody_is_a_record_too(quay: App) -> None:
    run = run_of(quay)
    assert (run.subjects, run.parts, list(quay.results(run.id))) == (0, (), [])
    assert quay.replay(run.id) == "0 subjects, 0 hits, 0 parts"
    assert quay.results(run.id).table().num_rows == 0


def test_the_same_question_on_the_same_basis_is_the_same_run_with_a_further_revision(quay: App) -> None:
    one, two = (run_of(quay, ALDER, as_of="2021-03-20") for _ in range(2))
    assert (one.id, one.rev, two.rev, one.parts) == (two.id, 1, 2, two.parts)
    assert quay.runs() == [two]


@pytest.mark.parametrize("other", [
    {"as_of": "2021-03-21"}, {"threshold": 0.8}, {"on": "2021-03-20"}, {"on": "2021-03-20", "law_at": "2021-03-20"},
], ids=str)  # fmt: skip
def test_another_question_is_another_run(other: dict[str, Any], quay: App) -> None:
    assert run_of(quay, ALDER, as_of="2021-03-20").id != run_of(quay, ALDER, **other).id


def test_another_list_of_subjects_is_another_run(quay: App) -> None:
    lists: list[list[object]] = [
        [ALDER],
        [ALDER, NOBODY],
        [NOBODY, ALDER],
        [{"name": ALDER, "key": "1"}],
        [ALDER, ALDER],
    ]
    assert len({run_of(quay, *given, as_of="2021-03-20").id for given in lists}) == len(lists)


def test_the_same_question_on_another_basis_is_another_run(quay: App, later: Callable[..., App]) -> None:
    first = run_of(quay, ALDER, as_of="2021-03-20")
    assert run_of(later(("Elm designated", "Elm is designated")), ALDER, as_of="2021-03-20").id != first.id


def test_the_same_question_at_two_times_is_two_runs_where_it_is_asked_about_now(home: Path, book: Path) -> None:
    days = iter([NOW.replace(second=n) for n in range(30)])
    app = App(home, lambda: next(days), book)
    assert len({*recorded(app, ALDER, ALDER), *recorded(app, ALDER, ALDER)}) == 4


def test_a_threshold_typed_as_a_whole_number_replays(quay: App) -> None:
    for threshold in (1, 1.0, 0.75):
        run = run_of(quay, ALDER, threshold=threshold)
        assert quay.replay(run.id).startswith("1 subjects, 1 hits")


# -- replay


@pytest.mark.parametrize("clocks", [
    {}, {"as_of": "2021-03-20"}, {"on": "2021-03-20"},
    {"as_of": "2021-03-14T02:30"}, {"as_of": "2021-11-07T01:30"}, {"as_of": "1850-01-01"}, {"as_of": "9999-12-30"},
    {"as_of": "0001-01-02"}, {"as_of": "2021-03-15T09:30:00.000001+14:00"},
], ids=str)  # fmt: skip
def test_decisions_and_the_run_replay_byte_for_byte_on_any_clock(clocks: dict[str, str], quay: App) -> None:
    subjects: list[object] = [
        ALDER,
        NOBODY,
        "桤木海运",
        {"ticker": "01810.HK", "country": "HK"},
        "[red]=1+1\x1b\n“x”",
        {
            "name": "Dogwood Drones",
            "aliases": ["Elm Energy", "<script>"],
            "country": ["DE", "KY"],
            "birth_date": "1970",
        },
        subject({"name": "Cedar", "lei": "QUAY00ALDER0MARINE45", "isin": "KYQUAY000016"}),
    ]
    decisions = recorded(quay, *subjects, **clocks)
    for decision in decisions:
        assert quay.replay(decision) == quay.decision(decision).result
    told: list[int] = []
    assert quay.replay(decisions[0].partition(".")[0], told.append).startswith("7 subjects")
    assert told == [7]


@pytest.mark.parametrize("clock", ["9999-12-31T23:59:59.999999Z", "0001-01-01T00:00Z", "0001-01-01T00:00+14:00"])
def test_an_instant_that_not_every_zone_can_write_is_refused(clock: str, quay: App) -> None:
    with pytest.raises(DateError, match="is not a date that can be read"):
        quay.screen([ALDER], as_of=clock)


def test_a_revised_book_does_not_change_a_decision_made_before(quay: App, later: Callable[..., App]) -> None:
    subjects = (ALDER, "Birch Telecom", "Elm Energy", NOBODY)
    decisions = recorded(quay, *subjects, as_of="2021-03-10")
    results = [quay.decision(decision).result for decision in decisions]
    app = later(
        ("listed + 60d", "listed + 10d"), ("Elm Energy", "Elm Power"), ("kind: enjoin", "kind: display"),
        ("text: Maple Mills", "text: Nobody At All"),
    )  # fmt: skip
    assert [app.replay(decision) for decision in decisions] == results
    again = recorded(app, *subjects, as_of="2021-03-10")
    assert all(app.decision(new).result != old for new, old in zip(again, results, strict=True))
    assert [app.replay(decision) for decision in decisions] == results
    assert app.replay(decisions[0].partition(".")[0]).startswith("4 subjects")


def test_a_thousand_decisions_are_identical_after_a_later_import(
    quay: App, home: Path, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the stored decisions is recomputed by itself, from its own record, after the list has moved on."""
    monkeypatch.setattr("vacatur.screen.run.CHUNK", 300)
    rows = [f"{n},organisation,Rope Works {n}" for n in range(40)]
    list(quay.take("dock", [edition(tmp_path, "2021-03-01", *rows)]))
    names = [ALDER, "Birch Telecom", "Elm Energie", "Dogwood", "Fir Foundry", *(f"Rope Works {n}" for n in range(20))]
    subjects = [f"{names[n % len(names)]} {n // 50 or ''}".strip() for n in range(MANY)]
    run = run_of(quay, *subjects, as_of="2021-03-20")
    assert (run.subjects, len(run.parts)) == (MANY, 4)
    assert run.hits > MANY // 2
    before = [decision_of(run, screened) for screened, _ in quay.results(run.id)]
    changed = [row.replace("Works", "Yard") for row in rows[:20]]
    edits = [edition(tmp_path, "2021-03-10", *changed, *rows[20:]),
             edition(tmp_path, "2021-02-01", *rows[:35], "99,organisation,Elm Energy"),
             edition(tmp_path, "2021-04-01", *rows[5:], "50,organisation,Alder Marine")]  # fmt: skip
    assert {one.state for one in quay.take("dock", edits, accepted="a test")} == {"taken"}

    app = App(home, lambda: NOW, book)
    now = run_of(app, *subjects, as_of="2021-03-20")
    assert {part.sha256 for part in now.parts}.isdisjoint(part.sha256 for part in run.parts), "the list did move on"
    assert app.replay(run.id) == f"{MANY} subjects, {run.hits} hits, 4 parts"
    screener = screener_of(app, app.run(run.id))
    assert sum(replayed(decision, screener) == decision.result for decision in before) == MANY
    assert [app.replay(decision.id) for decision in before[::250]] == [one.result for one in before[::250]]
    assert [app.decision(decision.id) for decision in before[::50]] == before[::50]


# -- what was changed is noticed


def forged(home: Path, run: Run) -> None:
    """Writes another record of a run past vacatur."""
    with closing(sqlite3.connect(home / "ledger.db")) as connection, connection:
        connection.execute("update entries set body = ? where id = ? and rev = ?", (encode(run), run.id, run.rev))


def archived(app: App, part: Part) -> Kept:
    """Archives a part of somebody's own making."""
    sha256 = app._home.archive.keep(packed(part))
    return Kept(sha256=sha256, subjects=len(part.rows), hits=len(part.hits))


def changed(app: App, run: Run, edit: Callable[[bytes], bytes]) -> Kept:
    content = app._home.read(run.parts[0].sha256)
    made = edit(content)
    assert made != content
    return archived(app, unpacked(made, ""))


@pytest.mark.parametrize(("old", "new"), [
    (b'"export":"prohibited"', b'"export":"permitted"'), (b'"score":1.0', b'"score":0.9'), (b"designate", b"designat3"),
    (b"dogwood", b"do6wood"), (b'"name":"Dogwood Drones"', b'"name":"Dogwood Dronez"'),
])  # fmt: skip
def test_a_part_that_was_put_in_anothers_place_does_not_replay(old: bytes, new: bytes, quay: App, home: Path) -> None:
    run = run_of(quay, NOBODY, "Dogwood Drones", as_of="2021-03-20")
    part = changed(quay, run, lambda content: content.replace(old, new))
    forged(home, replace(run, parts=(part,)))
    with pytest.raises(ReplayDiffers, match="comes out differently"):
        quay.replay(run.id)
    with pytest.raises(Tampered, match=f"run {run.id}"):
        quay.verify()


def test_a_changed_result_is_told_with_its_row_and_where_it_differs(quay: App, home: Path) -> None:
    run = run_of(quay, NOBODY, "Dogwood Drones", as_of="2021-03-20")
    part = changed(quay, run, lambda content: content.replace(b'"export":"prohibited"', b'"export":"permitted"'))
    forged(home, replace(run, parts=(part,)))
    for asked, what in ((run.id, f"row 2 of run {run.id}"), (f"{run.id}.2", f"decision {run.id}.2")):
        with pytest.raises(
            ReplayDiffers, match=rf"{what} comes out differently.*recorded .*permitted.*now .*prohibited"
        ):
            quay.replay(asked)
    assert quay.replay(f"{run.id}.1"), "the other row is as it was"


def test_a_subject_that_was_changed_is_noticed_in_the_run(quay: App, home: Path) -> None:
    run = run_of(quay, NOBODY, as_of="2021-03-20")
    part = changed(quay, run, lambda content: content.replace(b"Nobody At All", b"Nobody Elsewhere"))
    forged(home, replace(run, parts=(part,)))
    with pytest.raises(Tampered):
        quay.verify()


@pytest.mark.parametrize("edit", [
    lambda run: replace(run, view=run.view.replace("2021-03-20", "2021-03-11")),
    lambda run: replace(run, view=run.view.replace("0.7", "0.8")),
    lambda run: replace(run, snapshot="0" * 64),
    lambda run: replace(run, subjects=7),
    lambda run: replace(run, hits=0),
    lambda run: replace(run, sha256="0" * 64),
    lambda run: replace(run, columns=(("name", "Kunde"),)),
    lambda run: replace(run, reading=(("sheet", "B"),)),
    lambda run: replace(run, before="r-0123456789abcdef"),
    lambda run: replace(run, parts=run.parts * 2),
    lambda run: replace(run, parts=()),
], ids=["clock", "threshold", "snapshot", "subjects", "hits", "source", "columns", "reading", "before", "twice",
        "none"])  # fmt: skip
def test_a_record_of_a_run_that_was_changed_does_not_replay(edit: Callable[[Run], Run], quay: App, home: Path) -> None:
    run = run_of(quay, ALDER, "Birch Telecom", as_of="2021-03-20")
    forged(home, edit(run))
    with pytest.raises(ReplayDiffers, match="comes out differently"):
        quay.replay(run.id)
    with pytest.raises(Tampered):
        quay.verify()


def test_a_part_that_is_damaged_or_gone_is_an_error_that_says_so(quay: App, home: Path, book: Path) -> None:
    run = run_of(quay, ALDER)
    path = next((home / "documents").rglob(run.parts[0].sha256))
    whole = path.read_bytes()
    for content in (b"", whole[:-5], whole[::-1]):
        path.write_bytes(content)
        with pytest.raises(LedgerError, match=r"archived document .* (damaged|cannot be read)"):
            App(home, lambda: NOW, book).replay(run.id)
    path.unlink()
    with pytest.raises(LedgerError, match="cannot be read"):
        App(home, lambda: NOW, book).replay(f"{run.id}.1")


@pytest.mark.parametrize("content", [
    b"", b"{}", b"null", b'{"rows":[1],"subjects":[],"hits":[],"law":{},"late":{},"searched":{}}',
    b'{"rows":[1],"subjects":[{}],"hits":[[1,[]]],"law":{},"late":{},"searched":{}}',
    b'{"rows":[1],"subjects":[{}],"hits":[[-1,[]]],"law":{},"late":{},"searched":{}}',
    b'{"rows":[1,2],"subjects":[{},{}],"hits":[[1,[]],[0,[]]],"law":{},"late":{},"searched":{}}',
    b'{"rows":[1],"subjects":[{}],"hits":[[0,[]],[0,[]]],"law":{},"late":{},"searched":{}}',
    b'{"rows":[1],"subjects":[{}],"hits":[[0,[{"party":"elm"}]]],"law":{},"late":{},"searched":{}}',
    b'{"rows":[1],"subjects":[{}],"hits":[[0,[{}]]],"law":{},"late":{},"searched":{}}',
    b'{"rows":[1],"subjects":[{"name":7}],"hits":[],"law":{},"late":{},"searched":{}}',
])  # fmt: skip
def test_what_is_no_part_is_not_read_as_one(content: bytes) -> None:
    with pytest.raises(LedgerError, match=r"archived part 0123 cannot be read"):
        unpacked(content, "0123")


def test_a_decision_of_other_rules_says_that_the_snapshot_differs(quay: App) -> None:
    (decision,) = recorded(quay, ALDER)
    run = quay.run(decision.partition(".")[0])
    other = replace(quay.decision(decision), snapshot="0" * 64)
    with pytest.raises(ReplayDiffers, match="snapshot 000000000000 recorded"):
        replayed(other, screener_of(quay, run))


def test_a_decision_of_another_matcher_says_so(quay: App, monkeypatch: pytest.MonkeyPatch) -> None:
    (decision,) = recorded(quay, ALDER)
    for module in ("screen.run", "screen.record"):
        monkeypatch.setattr(f"vacatur.{module}.matcher_version", lambda: "dice-9")
    for asked in (decision, decision.partition(".")[0]):
        with pytest.raises(ReplayDiffers, match=r"matcher has changed since: dice-.* decided, this program has dice-9"):
            quay.replay(asked)


# -- ids


@pytest.mark.parametrize("hostile", [
    "", ".", "r-", "r-.1", "d-1", "r-1.1", "r-0123456789abcdef.", "r-0123456789abcdef.0x1", "r-0123456789abcdef.-1",
    "r-0123456789abcdef.1.2", "r-0123456789abcdef.٣", "r-0123456789abcdef.1" + "0" * 40, "r-0123456789ABCDEF.1",
    "r-0123456789abcdef\n.1", "r-\ud800.1", "r-0123456789abcde\0.1", "r-%.1", "r-'; drop table entries --.1",
    "../../etc/passwd.1", "x" * 100_000 + ".1", "\x1b[31mr-0123456789abcdef.1",
], ids=ascii)  # fmt: skip
def test_an_id_that_is_none_is_told_and_shown_in_part(hostile: str, quay: App) -> None:
    quay.records()
    for ask in (quay.decision, split_id):
        with pytest.raises(InputError, match="is not the id of a decision") as told:
            ask(hostile)
        assert len(str(told.value)) < 400
    for look in (quay.replay, quay.alert):
        with pytest.raises((InputError, LedgerError)) as said:
            look(hostile)
        assert len(str(said.value)) < 400


@pytest.mark.parametrize("unknown", ["", "r-1", "r-0123456789abcdef", "r-\ud800", "r-\0", "x" * 100_000, "%"])
def test_a_run_that_is_not_there_is_told(unknown: str, quay: App) -> None:
    looks: list[Callable[[str], object]] = [quay.run, quay.results, quay.replay, quay.rescreen]
    for look in looks:
        with pytest.raises(LedgerError, match=r"no run .* is recorded here") as told:
            look(unknown)
        assert len(str(told.value)) < 400


def test_a_row_that_was_not_screened_is_told(quay: App) -> None:
    run = run_of(quay, ALDER)
    for row in (0, 2, 10**10):
        with pytest.raises(LedgerError, match=f"run {run.id} screened no row {row}"):
            quay.decision(f"{run.id}.{row}")
    assert quay.decision(f"{run.id}.0001").id == f"{run.id}.1"


def test_a_part_is_archived_under_the_hash_of_what_it_says(quay: App) -> None:
    run = run_of(quay, ALDER, NOBODY)
    content = quay._home.read(run.parts[0].sha256)
    assert hashlib.sha256(content).hexdigest() == run.parts[0].sha256
    assert packed(unpacked(content, "")) == content
