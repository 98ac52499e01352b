"""Files with bad rows by the command line: the good rows are screened, the bad ones told, nothing is lost."""

import csv
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

ROWS = [
    b"id,name,isin,birth_date,note",
    b"1,Alder Marine Corporation,,,a note",
    b"2,Birch Telecom,,,ragged,row",
    b"3,Caf\xe9 Noir,,,not UTF-8",
    b"4,Cedar Cranes,KYQUAY000017,,check digit",
    b"5,Dogwood Drones,,2021-02-30,no such day",
    b"6,Elm Energy,,9999-01-01,not born yet",
    b"1,Elm Energy,,,the first id again",
    b"8,???,,,says nothing",
    b"9,\"=cmd|' /C calc'!A0\",,,a formula",
    b"10,@SUM(1+1),,1970-01-01,another",
    b"11,Dogwood Drones,,,",
]
BAD = {3: "row has 6 cells", 4: "not UTF-8", 5: "check digit", 6: "date of birth", 7: "date of birth", 8: "key '1'",
       9: "nothing to screen"}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_bytes(b"\n".join(ROWS) + b"\n")
    return path


def test_good_rows_are_screened_and_bad_ones_are_told_with_their_lines(file: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "found.csv"
    result = run("screen", file, "--as-of", "2021-03-20", "--out", out)
    assert result.exit_code == 2
    assert "7 rows could not be screened" in result.stderr
    with out.open(encoding="utf-8", newline="") as found:
        rows = list(csv.DictReader(found))
    assert [(row["key"], row["party"]) for row in rows] == [("1", "alder"), ("9", ""), ("10", ""), ("11", "dogwood")]
    with (tmp_path / "found.rejects.csv").open(encoding="utf-8", newline="") as rejected:
        rejects = list(csv.DictReader(rejected))
    assert {int(row["line"]) for row in rejects} == set(BAD)
    assert len(rows) + len(rejects) == len(ROWS) - 1
    for row in rejects:
        assert row["why"]
        assert row["fix"]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".html"])
def test_what_looks_like_a_formula_is_run_by_nobody(suffix: str, file: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / f"found{suffix}"
    run("screen", file, "--as-of", "2021-03-20", "--out", out)
    text = out.read_text("utf-8")
    if suffix == ".csv":
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        assert "'=cmd|' /C calc'!A0" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    elif suffix == ".jsonl":
        assert json.loads(text.splitlines()[1])["name"] == "=cmd|' /C calc'!A0"
    else:
        assert "<script" not in text


def test_gates_for_pipelines(file: Path, run: Run, tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text("name\nDogwood Drones\nNobody At All\n", "utf-8")
    assert run("screen", good, "--as-of", "2021-03-20").exit_code == 0
    assert run("screen", good, "--as-of", "2021-03-20", "--fail-on", "prohibited").exit_code == 3
    assert run("screen", good, "--as-of", "2021-01-01", "--fail-on", "prohibited").exit_code == 0
    assert run("screen", good, "--as-of", "2021-01-01", "--fail-on", "hit").exit_code == 3
    assert run("screen", file, "--as-of", "2021-03-20", "--fail-on", "prohibited").exit_code == 3


def test_a_preview_says_what_is_understood_and_screens_nothing(file: Path, run: Run) -> None:
    shown = run("screen", file, "--preview", "--map", "aliases=note")
    assert shown.exit_code == 0
    assert "isin" in shown.stdout
    assert "row 2 cannot be screened" in shown.stdout
    assert "0 entries hold" in run("verify").stdout


def test_a_table_of_any_kind_comes_out_as_the_same_result(run: Run, tmp_path: Path) -> None:
    rows = [{"id": "1", "name": "Alder Marine Corporation"}, {"id": "2", "name": "Nobody At All"}]
    (tmp_path / "a.csv").write_text("id,name\n1,Alder Marine Corporation\n2,Nobody At All\n", "utf-8")
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = []
    for name in ("a.csv", "a.jsonl"):
        printed = run("screen", tmp_path / name, "--as-of", "2021-03-20", "--format", "json").stdout
        lines = [json.loads(line) for line in printed.splitlines()]
        found.append([{key: value for key, value in line.items() if key != "decision"} for line in lines])
    assert found[0] == found[1]
