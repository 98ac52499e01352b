"""Bad input: an error that names the place and the remedy, on standard error, exit code 2, nothing half-written."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run, refused


@pytest.mark.parametrize(("arguments", "words"), [
    (("ask", "Alder Marin", "buy"), ("no party is known", "Nearest: Alder Marine Corporation (alder)")),
    (("ask", "zzzz", "buy"), ("no party is known here as 'zzzz'", "Ask by id, full name, ISIN, ticker or LEI")),
    (("ask", "", "buy"), ("no party is known here as ''",)),
    (("ask", "Birch Telecom", "buy"), ("names 2 parties: birch, birch-holding", "Ask again with one of these ids")),
    (("ask", "alder", "bui"), ("activity 'bui' is not known", "buy, sell, hold")),
    (("ask", "alder", "buy", "--actor", "martian"), ("actor 'martian' is not known", "us-person")),
    (("ask", "alder", "buy", "--programme", "dock"), ("programme 'dock' is not known", "Use one of: quay")),
    (("ask", "alder", "buy", "--as-of", "2021-13-45"), ("'2021-13-45' is not a date", "month must be in 1..12")),
    (("ask", "alder", "buy", "--as-of", "2021-02-29"), ("'2021-02-29' is not a date", "day is out of range")),
    (("ask", "alder", "buy", "--as-of", "20 March"), ("'20 March' is not a date", "Write the date as 2021-03-20")),
    (("ask", "alder", "buy", "--as-of", ""), ("'' is not a date",)),
    (("ask", "alder", "buy", "--as-of", "9999-12-31"), ("'9999-12-31' is not a date",)),
    (("ask", "alder", "buy", "--on", "2021-03-20T25:00"), ("'2021-03-20T25:00' is not a date",)),
    (("ask", "alder", "buy", "--as-of", "2021-03-20", "--on", "2021-03-20"), ("--as-of sets all three clocks",)),
    (("ask", "alder", "buy", "--basis", "999"), ("the ledger has no entry 999",)),
    (("ask", "alder", "buy", "--basis", "0"), ("Invalid value for '--basis'",)),
    (("ask", "alder", "buy", "--format", "xml"), ("Invalid value for '--format'",)),
    (("ask", "alder"), ("Missing argument 'ACTIVITY'",)),
    (("show", "zzzz"), ("no party is known here as 'zzzz'",)),
    (("show", "alder", "--as-of", "tomorrow"), ("'tomorrow' is not a date",)),
    (("show", "zzzz", "--format", "html"), ("no party is known here as 'zzzz'",)),
    (("show", "alder", "--format", "html", "--activity", "bui"), ("activity 'bui' is not known",)),
    (("roster", "dock"), ("programme 'dock' is not known",)),
    (("roster", "quay", "--as-of", "x"), ("'x' is not a date",)),
    (("changes", "quay", "--from", "2021-01-01", "--to", "2021-13-01"), ("'2021-13-01' is not a date",)),
    (("changes", "quay", "--from", "2022-12-31", "--to", "2021-02-28"),
     ("2022-12-31 ends after 2021-02-28. Backwards", "Exchange the two")),
    (("changes", "quay", "--from", "2021-03-20", "--to", "2021-03-20T09:00Z"), ("Exchange the two",)),
    (("changes", "quay", "--from", "2021-01-01"), ("Missing option '--to'",)),
    (("decide", "d-0", "cleared", "--by", "me", "--reason", "none"), ("'d-0' is not the id of a decision",)),
    (("decide", "r-0123456789abcdef.1", "cleared", "--by", "me", "--reason", "x"), ("no run 'r-0123456789abcdef'",)),
    (("replay", "d-0"), ("no run 'd-0' is recorded here", "screening's output")),
    (("replay", "r-0.x"), ("'r-0.x' is not the id of a decision",)),
    (("rescreen", "r-0"), ("no run 'r-0' is recorded here",)),
    (("proof", "r-0", "--out", "/dev/null"), ("no run 'r-0' is recorded here",)),
    (("watch", "Fonds 1", "--subjects", "r-0"), ("'Fonds 1' is no name for a watched set",)),
    (("watch", "fund"), ("no set 'fund' is watched",)),
    (("goodguys", "--revoke", "g-0", "--by", "me", "--reason", "x"), ("no good-guy entry 'g-0'",)),
    (("setting", "six-eyes"), ("setting 'six-eyes' is not known", "four-eyes")),
    (("setting", "four-eyes", "maybe", "--by", "me", "--reason", "x"), ("value 'maybe' is not known", "on, off")),
    (("frobnicate",), ("No such command 'frobnicate'",)),
])  # fmt: skip
def test_a_question_that_cannot_be_understood(arguments: tuple[str, ...], words: tuple[str, ...], run: Run) -> None:
    refused(run(*arguments), *words)


def test_between_a_day_and_itself_nothing_changed(run: Run) -> None:
    same = run("changes", "quay", "--from", "2021-03-20", "--to", "2021-03-20")
    assert (same.exit_code, same.stdout) == (0, "nothing changed between these days.\n")


@pytest.mark.parametrize(("content", "words"), [
    (b"", ("empty",)),
    (b"colour\nAlder\n", ("no column to screen among: colour", "--map name=HEADER")),
    (b"name,name\nAlder,Birch\n", ("column name stands twice", "Rename or remove")),
    (b"PK\x03\x04 a spreadsheet", ("a spreadsheet or another archive, not CSV", "Name it .xlsx")),
])  # fmt: skip
def test_a_file_that_cannot_be_screened(content: bytes, words: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out" / "found.csv"
    file.write_bytes(content)
    out.parent.mkdir()
    out.write_text("kept")
    refused(run("screen", file, "--as-of", "2021-03-20", "--out", out), f"{file}", *words)
    assert [path.name for path in out.parent.iterdir()] == ["found.csv"]
    assert out.read_text() == "kept"
    assert "0 entries hold" in run("verify").stdout  # nothing was recorded, not even the book


def test_a_file_that_cannot_be_opened(run: Run, tmp_path: Path) -> None:
    refused(run("screen", tmp_path / "gone.csv"), "gone.csv: cannot be read: No such file or directory")
    refused(run("screen", tmp_path), "cannot be read: Is a directory")


def test_a_bad_date_spoils_nothing(run: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "found.csv"
    file.write_text("name\nAlder Marine Corporation\n")
    refused(run("screen", file, "--as-of", "2021-13-45", "--out", out), "'2021-13-45' is not a date")
    assert not out.exists()


@pytest.mark.parametrize("threshold", ["0.4", "1.1", "85", "nan", "x"])
def test_a_threshold_that_finds_nothing_or_everything(threshold: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("name\nAlder\n")
    refused(run("screen", file, "--threshold", threshold), "threshold")


@pytest.mark.parametrize("out", ["found.txt", "found", "found.csv.gz"])
def test_an_output_of_no_known_kind(out: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("name\nAlder\n")
    refused(run("screen", file, "--out", tmp_path / out), ".csv, .jsonl, .parquet, .html")


@pytest.mark.parametrize("out", ["gone/found.csv", "in.csv/found.csv", "folder.csv"])
def test_an_output_that_cannot_be_written_records_nothing(out: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("name\nAlder\n")
    (tmp_path / "folder.csv").mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    refused(run("screen", file, "--out", tmp_path / out), out)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    refused(run("show", "alder", "--format", "json", "--out", tmp_path / out), out)


def test_a_wrong_disposition_and_one_without_reason_change_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("name\nAlder\n")
    decision = json.loads(run("screen", file, "--format", "json").stdout)["decision"]
    head = run("verify").stdout
    refused(run("decide", decision, "fine", "--by", "me", "--reason", "x"), "'fine' is not known", "true match")
    refused(run("decide", decision, "cleared", "--by", "me", "--reason", " "), "needs an author and a reason")
    assert run("verify").stdout == head
