"""The Python door: the README's four lines, the three clocks, the basis, and what importing costs."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import NOW, QUAY

import vacatur
from vacatur.app import App
from vacatur.errors import AskError, DateError, InputError, LedgerError, WordUnknown

HEAVY = ("sqlalchemy", "alembic", "yaml", "rich", "click", "pyarrow", "msgspec", "psycopg", "platformdirs")


def loaded_after(code: str, *, home: Path | None = None) -> set[str]:
    """The modules that a new process has imported when the code has run."""
    command = [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)", *([str(home)] if home else [])]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def test_the_four_lines_of_the_readme(shipped_home: Path) -> None:
    v = vacatur.open(shipped_home)
    assert v.ask("xiaomi", "buy", as_of="2021-03-20").answer == "permitted"
    found = v.screen(["Xiaomi Corp", "KYG9830T1067"], as_of="2021-03-20", record=False)
    assert [one.hits[0]["party"] for one, _ in found] == ["xiaomi", "xiaomi"]


def test_importing_costs_nothing() -> None:
    assert loaded_after("import vacatur").isdisjoint(HEAVY)


def test_a_question_to_a_warm_ledger_needs_no_database_toolkit_and_no_yaml(shipped_home: Path) -> None:
    code = "import sys, vacatur\nvacatur.open(sys.argv[1]).ask('xiaomi', 'buy', as_of='2021-03-20')"
    assert loaded_after(code, home=shipped_home).isdisjoint(
        {"sqlalchemy", "alembic", "yaml", "rich", "click", "psycopg", "pyarrow"}
    )


def test_the_home_is_the_argument_else_the_variable_else_the_platforms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vacatur.app.BOOK", QUAY)
    for name in ("argument", "variable", "platform/vacatur"):
        monkeypatch.setenv("VACATUR_HOME", str(tmp_path / "variable") if name == "variable" else "")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "platform"))
        vacatur.open(tmp_path / name if name == "argument" else None).records()
        assert (tmp_path / name / "ledger.db").exists()


# -- the three clocks


def test_as_of_sets_all_three_clocks(quay: App) -> None:
    view = quay.ask("alder", "buy", as_of="2021-03-20").asked.view
    assert view.on == view.law_at == view.known_at


def test_on_asks_under_todays_law_and_knowledge(quay: App) -> None:
    view = quay.ask("alder", "buy", on="2021-03-20").asked.view
    assert (view.law_at, view.known_at) == (NOW, NOW)
    assert view.on < NOW


def test_without_a_clock_the_question_is_about_now(quay: App) -> None:
    view = quay.ask("alder", "buy").asked.view
    assert view.on == view.law_at == view.known_at == NOW


def test_a_clock_can_be_set_alone(quay: App) -> None:
    before = quay.ask("alder", "buy", on="2021-03-20", law_at="2021-03-11")
    assert before.answer == "prohibited"
    assert before.asked.view.known_at == NOW


def test_the_law_before_an_act_and_the_knowledge_before_its_publication_do_not_see_it(quay: App) -> None:
    assert quay.ask("elm", "export", on="2021-03-03", law_at="2021-02-28").answer == "permitted"
    assert (
        quay.ask("elm", "export", on="2021-03-03", known_at="2021-03-01").answer == "permitted"
    )  # published on the 2nd
    assert quay.ask("elm", "export", on="2021-03-03", known_at="2021-03-02").answer == "prohibited"


def test_a_bare_date_is_the_last_instant_of_that_day_in_the_programmes_zone(quay: App) -> None:
    reply = quay.ask("alder", "buy", as_of="2021-03-20")
    assert reply.asked.view.on == datetime(2021, 3, 21, 3, 59, 59, 999999, tzinfo=UTC)
    assert reply.to_dict()["view"]["on"] == "2021-03-20T23:59:59.999999-04:00"
    assert reply.asked.zone_name == "America/New_York"


@pytest.mark.parametrize(("day", "ends"), [
    ("2021-03-13", datetime(2021, 3, 14, 5, tzinfo=UTC)),  # the last day of standard time
    ("2021-03-14", datetime(2021, 3, 15, 4, tzinfo=UTC)),  # of twenty-three hours
    ("2021-11-06", datetime(2021, 11, 7, 4, tzinfo=UTC)),
    ("2021-11-07", datetime(2021, 11, 8, 5, tzinfo=UTC)),  # of twenty-five hours
])  # fmt: skip
def test_days_on_which_clocks_are_changed_end_when_they_end(day: str, ends: datetime, quay: App) -> None:
    view = quay.ask("alder", "buy", as_of=day).asked.view
    assert (ends - view.on).total_seconds() == pytest.approx(0.000001)


@pytest.mark.parametrize(("typed", "meant"), [
    ("2021-03-15T09:30-04:00", datetime(2021, 3, 15, 13, 30, tzinfo=UTC)),
    ("2021-03-15T09:30", datetime(2021, 3, 15, 13, 30, tzinfo=UTC)),  # without an offset: the programme's own time
    ("2021-03-15 09:30:00", datetime(2021, 3, 15, 13, 30, tzinfo=UTC)),
    ("2021-03-15T13:30Z", datetime(2021, 3, 15, 13, 30, tzinfo=UTC)),
    (" 2021-03-15T21:30+0800 ", datetime(2021, 3, 15, 13, 30, tzinfo=UTC)),
])  # fmt: skip
def test_instants_are_read_with_their_offset_or_in_the_programmes_zone(typed: str, meant: datetime, quay: App) -> None:
    assert quay.ask("alder", "buy", as_of=typed).asked.view.on == meant


def test_the_ban_bites_at_half_past_nine_and_not_a_moment_before(quay: App) -> None:
    assert quay.ask("birch", "buy", as_of="2021-03-15T09:29:59.999999").answer == "permitted"
    assert quay.ask("birch", "buy", as_of="2021-03-15T09:30").answer == "prohibited"


@pytest.mark.parametrize(
    "typed", ["", "2021", "2021-3-2", "20210320", "2021-02-30", "0000-01-01", "now", "2021-03-20T"]
)
def test_a_date_that_cannot_be_read(typed: str, quay: App) -> None:
    with pytest.raises(DateError, match="is not a date that can be read"):
        quay.ask("alder", "buy", as_of=typed)


# -- words, limits, basis


def test_words_that_are_not_in_the_vocabulary(quay: App) -> None:
    with pytest.raises(WordUnknown, match=r"activity 'purchase' is not known\. Use one of: buy"):
        quay.ask("alder", "purchase")
    with pytest.raises(WordUnknown, match=r"actor 'me' is not known\. Use one of: us-person"):
        quay.ask("alder", "buy", actor="me")
    with pytest.raises(WordUnknown, match=r"programme 'sdn' is not known\. Use one of: quay"):
        quay.ask("alder", "buy", programme="sdn")


def test_strict_turns_days_that_were_not_followed_into_unknown(quay: App) -> None:
    late = quay.ask("birch", "buy", as_of="2026-12-31")
    assert late.answer == "prohibited"
    assert "nothing after that day is known here" in late.law.warnings[0]
    assert quay.ask("birch", "buy", as_of="2026-12-31", strict=True).answer == "unknown"
    assert quay.ask("birch", "buy", as_of="2026-08-31", strict=True).answer == "prohibited"


def test_a_basis_answers_from_the_ledger_as_it_was_then(quay: App, home: Path, book: Path) -> None:
    basis = quay.records().basis.seq
    acts = book / "acts" / "quay.yaml"
    acts.write_text(
        acts.read_text("utf-8").replace('"2022-06-01"', '"2023-06-01"').replace("/2022-06-01-", "/2023-06-01-")
    )
    later = App(home, lambda: NOW, book)
    assert later.ask("fir", "export", as_of="2022-07-01").answer == "prohibited"
    assert later.ask("fir", "export", as_of="2022-07-01", basis=basis).answer == "permitted"
    with pytest.raises(LedgerError, match="has no entry"):
        later.ask("fir", "export", basis=10_000)


def test_one_basis_has_one_snapshot_and_another_basis_another(quay: App, home: Path, book: Path) -> None:
    first = quay.ask("fir", "export")
    assert App(home, lambda: NOW, book).ask("alder", "buy").snapshot == first.snapshot
    acts = book / "acts" / "quay.yaml"
    acts.write_text(acts.read_text("utf-8").replace("Elm designated", "Elm is designated"))
    assert App(home, lambda: NOW, book).ask("fir", "export").snapshot != first.snapshot


def test_changes_name_the_acts_that_explain_them(quay: App) -> None:
    found = quay.changes("quay", "2021-02-28", "2022-12-31")
    assert [(change.what, change.party, change.acts) for change in found] == [
        ("added", "dogwood", ("quay/dogwood/2021-03-01-designate",)),
        ("added", "elm", ("quay/elm/2021-03-01-designate",)),
        ("removed", "alder", ("quay/alder/2021-03-12-enjoin", "quay/alder/2021-05-25-vacate")),
    ]  # fmt: skip


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.01, 85.0, float("nan"), float("inf")])
def test_a_threshold_that_finds_nothing_or_everything_is_refused(threshold: float, quay: App) -> None:
    with pytest.raises(AskError, match="threshold"):
        quay.screen(["Alder"], threshold=threshold)


def test_a_list_with_one_bad_entry_records_nothing(quay: App) -> None:
    head = quay.records().basis
    with pytest.raises(InputError, match="row 2"):
        quay.screen(["Alder", "???"])
    assert quay.entries.head() == head
