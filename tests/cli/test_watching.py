"""Watched sets: screened again after every update, each difference told once, whatever happens in between."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.conftest import NOW
from tests.intake.dock import DOCK, edition

from vacatur.app import App
from vacatur.intake import registry

ROPE = "1,organisation,Rope Works,,2026-08-01,KYQUAY000024"
SAIL = "2,organisation,Sail Loft Trading,,2026-08-01"


@pytest.fixture(autouse=True)
def dock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.SOURCES, "dock", DOCK)


@pytest.fixture
def told(home: Path) -> Path:
    """Where notices are written to."""
    home.mkdir()
    sinks = {"sinks": [{"kind": "jsonl", "name": "log", "path": "notices.jsonl"}]}
    (home / "notify.json").write_text(json.dumps(sinks), "utf-8")
    return home / "notices.jsonl"


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    path = tmp_path / "fleet.csv"
    path.write_text("id,name\n7,Sail Loft Trading\n8,Nobody At All\n9,Dogwood Drones\n", "utf-8")
    return path


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_an_update_screens_watched_sets_again_and_tells_what_is_different(
    run: Run, told: Path, fleet: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    edition(folder, "dock", ROPE, stated="2026-08-10")
    assert run("update", "dock", "--from", folder).exit_code == 0
    assert run("watch", "fleet", "--subjects", fleet).exit_code == 0
    assert run("watch").stderr.splitlines()[0] == "fleet: 0 new notices"
    edition(folder, "dock", ROPE, SAIL, stated="2026-08-20")
    updated = run("update", "dock", "--from", folder)
    assert updated.exit_code == 0
    assert "fleet: 1 new notices" in updated.stderr
    (notice,) = lines(told)
    assert (notice["watch"], notice["key"], notice["kind"]) == ("fleet", "7", "we learned")
    assert "new hit" in str(notice["text"])
    assert "fleet: 0 new notices" in run("watch", "fleet").stderr
    assert len(lines(told)) == 1
    assert "delivered" in run("notices").stdout


def test_an_import_of_many_editions_screens_watched_sets_again_once_and_tells_what_is_different(
    run: Run, told: Path, fleet: Path, tmp_path: Path
) -> None:
    run("import", "dock", edition(tmp_path, "2026-08-10", ROPE))
    run("watch", "fleet", "--subjects", fleet)
    days = [edition(tmp_path, f"2026-08-{day}", ROPE, *([SAIL] if day > 12 else [])) for day in (11, 12, 13, 14)]
    imported = run("import", "dock", *days)
    assert imported.exit_code == 0
    assert imported.stderr.count("fleet: ") == 1
    assert "fleet: 1 new notices" in imported.stderr
    (notice,) = lines(told)
    assert (notice["watch"], notice["key"], notice["kind"]) == ("fleet", "7", "we learned")
    assert "fleet: 0 new notices" in run("watch", "fleet").stderr


def test_an_import_of_nothing_new_screens_nobody_again(run: Run, told: Path, fleet: Path, tmp_path: Path) -> None:
    known, bad = edition(tmp_path, "2026-08-10", ROPE), edition(tmp_path, "2026-08-11", ROPE, count=9)
    run("import", "dock", known)
    run("watch", "fleet", "--subjects", fleet)
    before = run("watches", "--format", "json").stdout
    for arguments, code in (([known], 0), ([bad], 2), ([edition(tmp_path, "2026-08-12", SAIL), "--dry-run"], 0)):
        imported = run("import", "dock", *arguments)
        assert (imported.exit_code, "fleet" in imported.stderr) == (code, False)
    assert run("watches", "--format", "json").stdout == before


def test_an_import_of_which_some_is_refused_still_screens_again_and_ends_with_2(
    run: Run, told: Path, fleet: Path, tmp_path: Path
) -> None:
    run("import", "dock", edition(tmp_path, "2026-08-10", ROPE))
    run("watch", "fleet", "--subjects", fleet)
    bad, good = edition(tmp_path, "2026-08-11", ROPE, count=9), edition(tmp_path, "2026-08-12", ROPE, SAIL)
    imported = run("import", "dock", bad, good)
    assert imported.exit_code == 2
    assert "fleet: 1 new notices" in imported.stderr
    assert len(lines(told)) == 1


def test_a_program_reads_one_document_of_an_import_and_a_person_what_is_different_below_it(
    run: Run, told: Path, fleet: Path, tmp_path: Path
) -> None:
    run("import", "dock", edition(tmp_path, "2026-08-10", ROPE))
    run("watch", "fleet", "--subjects", fleet)
    read = run("import", "dock", edition(tmp_path, "2026-08-11", ROPE, SAIL), "--format", "json")
    assert [one["state"] for one in json.loads(read.stdout)] == ["taken"]
    assert "fleet: 1 new notices" in read.stderr
    seen = run("import", "dock", edition(tmp_path, "2026-08-12", ROPE))
    assert seen.stdout.index("2026-08-12") < seen.stdout.index("fleet")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_differences_of_all_watched_sets_are_one_document(
    run: Run, told: Path, fleet: Path, tmp_path: Path, home: Path, book: Path, form: str
) -> None:
    app = App(home, lambda: NOW, book)
    list(app.take("dock", [edition(tmp_path, "2026-08-10", ROPE)]))
    app.watch("fleet", fleet)
    app.watch("harbour", fleet)
    list(app.take("dock", [edition(tmp_path, "2026-08-20", ROPE, SAIL)]))
    printed = run("watch", "--format", form).stdout
    rows = json.loads(printed) if form == "json" else list(csv.DictReader(io.StringIO(printed)))
    assert [(row["watch"], row["cause"]) for row in rows] == [("fleet", "we learned"), ("harbour", "we learned")]


def test_a_difference_found_twice_because_of_a_crash_is_told_once(
    run: Run, told: Path, fleet: Path, tmp_path: Path, home: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = App(home, lambda: NOW, book)
    list(app.take("dock", [edition(tmp_path, "2026-08-10", ROPE)]))
    app.watch("fleet", fleet)
    list(app.take("dock", [edition(tmp_path, "2026-08-20", ROPE, SAIL)]))
    whole = App._watched

    def crashing(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(App, "_watched", crashing)
    with pytest.raises(KeyboardInterrupt):
        list(app.tend())
    monkeypatch.setattr(App, "_watched", whole)
    (tended,) = App(home, lambda: NOW, book).tend()
    assert (len(tended.again.differences), tended.notices) == (1, 0)
    app.deliver()
    app.deliver()
    assert len(lines(told)) == 1
    (quiet,) = App(home, lambda: NOW, book).tend()
    assert quiet.again.differences == ()


def test_a_watch_is_named_listed_replaced_and_ended(run: Run, told: Path, fleet: Path) -> None:
    assert "nothing is watched" in run("watches").stdout
    run("watch", "fleet", "--subjects", fleet)
    first = json.loads(run("watches", "--format", "json").stdout)
    run("watch", "fleet", "--subjects", first[0]["run"])
    (again,) = json.loads(run("watches", "--format", "json").stdout)
    assert (again["run"], again["rev"]) == (first[0]["run"], 2)
    assert run("watch", "fleet", "--end").stdout == "fleet: no longer watched\n"
    assert "nothing is watched" in run("watches").stdout
    assert run("watch", "fleet").exit_code == 2
