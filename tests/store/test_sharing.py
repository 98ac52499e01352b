"""One ledger and several processes: nobody has to run a command twice because a colleague ran one."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import NOW, QUAY
from tests.store.conftest import Store

from vacatur.app import App
from vacatur.cli import main
from vacatur.errors import LedgerError
from vacatur.store.postgres import open_postgres
from vacatur.wiring.held import ATTEMPTS

Opened = Callable[[], App]

CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from vacatur.app import App
home, book, database = sys.argv[1:]
app = App(Path(home), lambda: datetime.now(UTC), Path(book), database=database or None)
print(*[decision for n in range(5) for _, decision in app.screen([f"Alder {n} {m}" for m in range(10)])])
"""


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Opened:
    database = store.address if store.kind == "postgres" else None
    return lambda: App(tmp_path / "home", lambda: NOW, QUAY, database=database)


def test_first_uses_at_the_same_time_all_succeed_and_take_in_the_book_once(
    app: Opened, store: Store, tmp_path: Path
) -> None:
    database = store.address if store.kind == "postgres" else ""
    command = [sys.executable, "-c", CHILD, str(tmp_path / "home"), str(QUAY), database]
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: subprocess.run(command, capture_output=True, text=True, check=False), range(4)))
    assert [run.stderr for run in runs] == [""] * 4
    decisions = [decision for run in runs for decision in run.stdout.split()]
    assert len(set(decisions)) == 4 * 50
    entries = list(app().entries.walk())
    assert app().verify().seq == len(entries)
    assert {entry.rev for entry in entries} == {1}
    kept = {entry.id for entry in entries if entry.type == "run"}
    assert kept == {decision.partition(".")[0] for decision in decisions}
    assert [app().decision(decision).id for decision in decisions[::20]] == decisions[::20]


def test_the_same_question_of_two_at_once_is_one_run_with_two_revisions(app: Opened) -> None:
    first, second = app(), app()
    races = iter([True])

    def slow_clock() -> datetime:
        if next(races, False):
            second.screen(["Alder"], as_of="2021-03-20")
        return NOW

    first._clock = slow_clock
    run = first.screen(["Alder"], as_of="2021-03-20").run
    assert run is not None
    assert [entry.rev for entry in first.entries.latest("run", run.id)] == [1, 2]
    first.verify()


def test_a_disposition_is_made_anew_on_what_another_writer_left(app: Opened) -> None:
    first, second = app(), app()
    decision = f"{screened(first)}.1"
    races = iter([True, True])

    def slow_clock() -> datetime:
        if next(races, False):  # between this writer's look at the head and its append
            second.decide(decision, "escalated", by="B. Wu", reason="second look")
        return NOW

    first._clock = slow_clock
    (made,) = first.decide(decision, "cleared", by="A. Lee", reason="another company")
    assert (made.disposition, made.rev) == ("cleared", 3)
    (alert,) = app().alert(decision)
    assert [step.disposition for step in alert.steps] == ["escalated", "escalated", "cleared"]
    first.verify()


def test_a_writer_that_is_always_overtaken_is_told_so_in_the_end(app: Opened) -> None:
    first, second = app(), app()
    decision = f"{screened(first)}.1"
    looks = []

    def slow_clock() -> datetime:
        looks.append(1)
        second.decide(decision, "escalated", by="B. Wu", reason="again")
        return NOW

    first._clock = slow_clock
    with pytest.raises(LedgerError, match=r"came first\. Nothing was written|the same revision first"):
        first.decide(decision, "cleared", by="A. Lee", reason="another company")
    assert len(looks) >= ATTEMPTS
    (alert,) = app().alert(decision)
    assert {step.disposition for step in alert.steps} == {"escalated"}


def test_a_run_names_the_good_guys_that_it_used_and_not_those_that_came_meanwhile(app: Opened) -> None:
    first, second = app(), app()
    decision = f"{screened(first)}.1"

    def told(_done: int, _share: float) -> None:  # between the search and the record
        second.decide(decision, "false positive", by="A. Lee", reason="another company", remember=True)

    results = first.screen(["Alder", "Nobody At All"], told=told)
    assert results.run is not None
    assert [one.hits[0].get("muted") for one, _ in results if one.hits] == [None]
    assert app().replay(results.run.id).startswith("2 subjects")


def screened(app: App) -> str:
    run = app.screen(["Alder"]).run
    assert run is not None
    return run.id


def test_the_command_line_takes_a_databases_address_for_its_home(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store("postgres", postgres).tamper("create schema cli")
    address = f"{postgres}&options=-csearch_path%3Dcli"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    asked = ["--home", address, "ask", "xiaomi", "buy", "--as-of", "2021-03-20", "--format", "json"]
    for _ in range(2):
        result = CliRunner().invoke(main, asked)
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["answer"] == "permitted"
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert sorted(path.suffix or path.name for path in kept) == [".law", "book"]
    assert CliRunner().invoke(main, ["--home", address, "verify"]).stdout.endswith("\n")


@pytest.mark.parametrize("address", [
    "postgresql://me:secret@127.0.0.1:1/none", "postgresql://me:secret@/none?host=/nowhere", "postgresql://[", "postgresql://h:x/",
])  # fmt: skip
def test_a_database_that_cannot_be_reached_is_an_error_without_its_password(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    result = CliRunner().invoke(main, ["--home", address, "ask", "xiaomi", "buy"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert "the ledger cannot be opened" in result.stderr
    assert "secret" not in result.stderr


def test_without_the_driver_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"driver for PostgreSQL is not installed.*vacatur\[postgres\]"):
        open_postgres("postgresql://me@localhost/none")
