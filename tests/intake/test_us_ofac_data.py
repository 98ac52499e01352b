"""OFAC's real files, where there are any: counts by other means, and the same party in every format."""

import re
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from vacatur.intake.reading import File
from vacatur.intake.source import Printed
from vacatur.intake.sources.us_ofac import SOURCES
from vacatur.intake.sources.us_ofac_delta import apply_delta
from vacatur.model.listed import Listed

SDN, CONS = SOURCES
SERIES = "lists/us-ofac-sdn/sdn_csv_2021-05-22_2023-06.tar.zst"


def content(path: Path) -> bytes:
    if path.suffix != ".zst":
        return path.read_bytes()
    return subprocess.run(["zstd", "-dcq", "--long=27", str(path)], capture_output=True, check=True).stdout


def files(data: Path, *names: str) -> list[File]:
    return [File(name, content(data / "lists" / name)) for name in names]


def triple(data: Path, day: str) -> Printed:
    return CONS.read(files(data, *(f"us-ofac-cons/{day}.cons_{table}.csv.zst" for table in ("alt", "prim", "add"))))


def series(data: Path) -> Iterator[File]:
    with subprocess.Popen(["zstd", "-dcq", "--long=27", str(data / SERIES)], stdout=subprocess.PIPE) as unpack:
        assert unpack.stdout is not None
        with tarfile.open(fileobj=unpack.stdout, mode="r|") as tar:
            for member in tar:
                if member.isfile() and (found := tar.extractfile(member)):
                    yield File(member.name, found.read())


def numbers(entry: Listed) -> set[tuple[str, str]]:
    return {(one.scheme, one.value) for one in entry.identifiers}


def test_all_editions_of_the_series_read_and_have_as_many_entries_as_lines(data: Path) -> None:
    editions = 0
    for file in series(data):
        edition = SDN.read([file])
        lines = re.findall(rb"^(\d+),\"", file.content, re.MULTILINE)
        assert [entry.key for entry in edition.entries] == [line.decode() for line in lines], file.name
        assert all(entry.names[0].kind == "primary" for entry in edition.entries)
        editions += 1
    assert editions == 205


def test_the_tables_of_one_day_join(data: Path) -> None:
    found = files(data, *(f"us-ofac-sdn/2019-01-04{table}.csv.zst" for table in (".add", "", ".sdn_comments", ".alt")))
    edition = SDN.read(found)
    tables = Counter(table for entry in edition.entries for table, _ in entry.raw)
    lines = [len(re.findall(rb"^\d+,", file.content, re.MULTILINE)) for file in found]
    assert [tables[table] for table in ("add", "prim", "comments", "alt")] == lines
    bank = next(entry for entry in edition.entries if entry.key == "306")
    assert ("BNC", "weak") in [(name.text, name.kind) for name in bank.names]


@pytest.mark.parametrize("day", ["2018-04-06", "2024-05-06", "2025-03-28", "2025-10-22"])
def test_the_old_xml_has_the_entries_that_it_states(data: Path, day: str) -> None:
    edition = CONS.read(files(data, f"us-ofac-cons/{day}.xml.zst"))
    assert edition.published == day
    assert edition.count == len(edition.entries)


def test_flat_files_and_xml_of_one_day_say_the_same(data: Path) -> None:
    flat, xml = triple(data, "2018-04-06"), CONS.read(files(data, "us-ofac-cons/2018-04-06.xml.zst"))
    assert [entry.key for entry in flat.entries] == [entry.key for entry in xml.entries]
    for one, other in zip(flat.entries, xml.entries, strict=True):
        assert (one.kind, one.country, one.programme, numbers(one)) == (
            other.kind, other.country, other.programme, numbers(other),
        )  # fmt: skip
        if one.key != "22391":  # one alias, whose quotation marks the formats print in different ways
            assert {(name.text, name.kind) for name in one.names} == {(name.text, name.kind) for name in other.names}


def test_the_enhanced_list_has_the_keys_and_names_of_the_old_one(data: Path) -> None:
    found = files(data, "us-ofac-other/2025-01-14.CONS_ENHANCED.ZIP")
    enhanced = {entry.key: entry for entry in CONS.read(found).entries}
    old = {entry.key: entry for entry in CONS.read(files(data, "us-ofac-cons/2025-03-28.xml.zst")).entries}
    assert len(enhanced) == 443
    assert enhanced.keys() == old.keys()
    assert all(entry.programme == old[key].programme and entry.name == old[key].name for key, entry in enhanced.items())
    assert {name.script for entry in enhanced.values() for name in entry.names if name.kind == "native"} >= {
        "Cyrl",
        "Hans",
    }


def test_programmes_by_tag_are_the_lists_that_the_enhanced_file_names(data: Path) -> None:
    known = {
        "us-ns-cmic": "Non-SDN CMIC List", "us-ofac-ssi": "Sectoral Sanctions Identifications List",
        "us-ofac-fse": "FSE List", "us-ofac-plc": "Non-SDN Palestinian Legislative Council List",
        "us-ofac-capta": "CAPTA List", "us-ofac-mbs": "Non-SDN Menu-Based Sanctions List",
    }  # fmt: skip
    for entry in CONS.read(files(data, "us-ofac-other/2025-01-14.CONS_ENHANCED.ZIP")).entries:
        lists = {values[0] for path, values in entry.raw if path == "sanctionsLists/sanctionsList"}
        assert known[entry.programme] in lists, entry.key


@pytest.mark.parametrize("name", ["2025-12-19", "2025-10-22.xml.zst"])
def test_military_companies_print_the_dates_of_the_formula(data: Path, name: str) -> None:
    edition = CONS.read(files(data, f"us-ofac-cons/{name}")) if name.endswith("zst") else triple(data, name)
    listed = [entry for entry in edition.entries if entry.programme == "us-ns-cmic"]
    assert len(listed) == 68
    assert sum(bool(entry.securities) and "isin" in dict(numbers(entry)) for entry in listed) == 53
    for entry in listed:
        stated = {kind: date.fromisoformat(day) for kind, day in entry.stated}
        assert stated["effective"] == stated["listed"] + timedelta(days=60), entry.name
        assert stated["divest"] == stated["listed"] + timedelta(days=365), entry.name


@pytest.mark.parametrize(("name", "entries"), [("2024-05-24.yemen_subset", 10), ("2024-08-28.irgc_subset", 293)])
def test_selections_are_read_as_what_they_are(data: Path, name: str, entries: int) -> None:
    edition = SDN.read(files(data, f"us-ofac-other/{name}.xml.zst"))
    assert (edition.form, edition.count, len(edition.entries)) == ("ofac-enhanced-xml-subset", None, entries)


def test_the_advanced_excerpt_has_the_parties_and_names_of_the_flat_files(data: Path) -> None:
    edition = SDN.read(files(data, "us-ofac-other/2024-02-24.subset.xml.zst"))
    assert (edition.form, edition.published, len(edition.entries)) == ("ofac-advanced-xml-subset", "2024-02-23", 37)
    last = max(series(data), key=lambda file: file.name)
    flat = {entry.key: entry for entry in SDN.read([last]).entries}
    shared = [entry for entry in edition.entries if entry.key in flat]
    assert len(shared) == 36
    assert all((entry.name, entry.kind) == (flat[entry.key].name, flat[entry.key].kind) for entry in shared)


def test_a_real_delta_applies_to_an_edition(data: Path) -> None:
    before = SDN.read(files(data, "us-ofac-other/2024-05-24.yemen_subset.xml.zst"))
    found = files(data, "us-ofac-other/2026-08-26.delta.xml")[0]
    after = apply_delta(before, found)
    added = re.findall(rb'<entity id="(\d+)" action="add"', found.content)
    assert [entry.key for entry in after.entries[len(before.entries) :]] == [key.decode() for key in added]
    assert after.published == "2026-08-26"
