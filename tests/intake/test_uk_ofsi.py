"""OFSI's consolidated list: rows for each name of a target, sorted by name."""

import csv
import io
import re
from pathlib import Path

import pytest
from tests.intake.asked import file, names, numbers, remarks, told, unpacked

from vacatur.errors import InputError
from vacatur.intake.source import Printed
from vacatur.intake.sources.uk_ofsi import SOURCE
from vacatur.intake.sources.uk_ofsi_entry import documents
from vacatur.model.listed import Listed

OLD = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,"
    "NI Number,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,"
    "Other Information,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID"
)
NEW = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
    "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,"
    "National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,"
    "Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,"
    "UK Sanctions List Date Designated,Last Updated,Group ID"
)
ADA = {
    "Name 6": "LAMP", "Name 1": "Ada", "DOB": "00/00/1980", "Nationality": "Iraqi", "Group Type": "Individual",
    "Alias Type": "Prime Alias", "Regime": "Quays", "Listed On": "05/06/2011", "Last Updated": "07/08/2012",
    "Group ID": "71001",
}  # fmt: skip
FIRM = {
    **ADA,
    "Name 6": "=SUM(A1) LTD",
    "Name 1": "",
    "DOB": "",
    "Nationality": "",
    "Group Type": "Entity",
    "Group ID": "71002",
}


def made(*rows: dict[str, str], header: str = OLD, above: str = "Last Updated,13/04/2018") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header.split(","), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return f"{above}\r\n{out.getvalue()}"


def read(text: str | bytes) -> Printed:
    return SOURCE.read([file(text)])


def only(*rows: dict[str, str], header: str = OLD) -> Listed:
    (entry,) = read(made(*rows, header=header)).entries
    return entry


def test_the_rows_of_a_group_become_one_entry_in_the_order_of_the_file() -> None:
    alias = {**ADA, "Name 6": "LAMPE", "Alias Type": "AKA"}
    edition = read(made(alias, FIRM, ADA))
    assert (edition.form, edition.published) == ("ofsi-csv", "2018-04-13")
    assert [(entry.key, entry.name, entry.kind) for entry in edition.entries] == [
        ("71001", "Ada LAMP", "person"),
        ("71002", "=SUM(A1) LTD", "organisation"),
    ]
    ada = edition.entries[0]
    assert names(ada, "alias") == ["Ada LAMPE"]
    assert len(ada.raw) == 2
    assert ada.raw[0][1][0] == "LAMPE"


def test_former_names_and_weak_aliases_are_told_apart() -> None:
    rows = (
        {**ADA, "Alias Type": "Primary name"},
        {**ADA, "Name 6": "OLD", "Alias Type": "FKA"},
        {**ADA, "Name 6": "DIM", "Alias Type": "AKA", "Alias Quality": "Low"},
        {**ADA, "Name 6": "BRIGHT", "Alias Type": "AKA", "Alias Quality": "Good"},
    )
    entry = only(*rows, header=NEW)
    assert (names(entry, "former"), names(entry, "weak"), names(entry, "alias")) == (
        ["Ada OLD"],
        ["Ada DIM"],
        ["Ada BRIGHT"],
    )


def test_stated_dates_are_iso_and_unknown_days_and_months_are_left_out() -> None:
    entry = only(ADA, {**ADA, "DOB": "00/07/1981"}, {**ADA, "DOB": "09/07/1982"})
    assert entry.stated == (("listed", "2011-06-05"), ("changed", "2012-08-07"))
    assert told(entry, "birth-date") == ["1980", "1981-07", "1982-07-09"]


def test_a_target_of_two_regimes_has_been_listed_since_the_first() -> None:
    entry = only(ADA, {**ADA, "Regime": "Docks", "Listed On": "01/01/2009"})
    assert entry.stated[0] == ("listed", "2009-01-01")
    assert told(entry, "programme") == ["Quays", "Docks"]
    assert "2011-06-05 (Quays)" in remarks(entry)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("X837238 (Tunisian). Issued on 1 June 1996. Expired on 31 May 2001", (("X837238", "TN"),)),
        (
            "(1) 6487 (Egypt). Issued 1986. (2) (Egypt). Issued 1993. (3) 388181 (Yemen).",
            (("6487", "EG"), ("388181", "YE")),
        ),
        ("Passport No: PX472132950", (("PX472132950", ""),)),
        ("a) Iraq number A405, issued in 2013 b) B 5006 (Iraqi)", (("A405", ""), ("B 5006", "IQ"))),
        ("Uganda Passport.", ()),
        (" " * 3000 + "x", ()),
    ],
)
def test_numbers_of_documents_are_found_in_running_text(cell: str, found: tuple[tuple[str, str], ...]) -> None:
    assert documents(cell) == found


def test_text_in_which_numbers_are_found_is_kept_whole() -> None:
    entry = only({**ADA, "Passport Details": "X1234 (Iraqi), lost", "NI Number": "no 5501 (Iraqi)"})
    assert numbers(entry, "passport") == [("X1234", "IQ")]
    assert numbers(entry, "national-id") == [("5501", "IQ")]
    assert "Passport details: X1234 (Iraqi), lost" in remarks(entry)


def test_un_references_are_found_in_their_old_and_new_forms() -> None:
    entry = only({**ADA, "Other Information": "UN REF:QX.A.146.14. Also UN Ref QXi.006. Other."})
    assert numbers(entry, "un") == [("QX.A.146.14", ""), ("QXi.006", "")]


def test_a_ship_is_known_by_its_number_at_the_beginning_alone() -> None:
    ship = only({**FIRM, "Other Information": "(IMO number: 9066540). MMSI: 445539000. Annex."})
    owner = only({**FIRM, "Other Information": "Operator of a vessel with IMO Number: 9066540."})
    assert (ship.kind, numbers(ship, "imo"), numbers(ship, "mmsi")) == (
        "vessel",
        [("9066540", "")],
        [("445539000", "")],
    )
    assert (owner.kind, numbers(owner, "imo")) == ("organisation", [])


def test_country_is_the_one_clear_nationality_or_seat() -> None:
    assert only(ADA).country == "IQ"
    assert only({**ADA, "Nationality": "(1) Iraqi (2) Syrian"}).country == ""
    assert only({**FIRM, "Country": "Iran"}).country == "IR"
    assert only({**FIRM, "Country": "Iran (previous address)"}).country == ""


def test_the_form_since_2022_has_columns_for_numbers_and_native_names() -> None:
    text = "(UK Sanctions List Ref):QUA0001. (UK Statement of Reasons):Kept lamps. (Gender):Male"
    row = {**ADA, "Name Non-Latin Script": "Ада Лампа", "Passport Number": "77 88", "Passport Details": "Utopian",
           "Other Information": text, "UK Sanctions List Date Designated": "01/01/2021"}  # fmt: skip
    entry = only(row, header=NEW)
    assert [(name.text, name.kind, name.script) for name in entry.names][1:] == [("Ада Лампа", "native", "Cyrl")]
    assert numbers(entry, "passport") == [("77 88", "")]
    assert numbers(entry, "uk") == [("QUA0001", "")]
    assert told(entry, "gender") == ["Male"]
    assert text in remarks(entry)


def test_both_encodings_are_read() -> None:
    row = {**ADA, "Name 1": "Zoé"}
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        assert read(made(row).encode(encoding)).entries[0].name == "Zoé LAMP"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("<html>gone</html>", "web page"),
        (b"PK\x03\x04rest", "archive"),
        ("a;b;c\n1;2;3\n", "expected header"),
        (made(), "no entries"),
        (made(ADA, ADA), "appears twice"),
        (made(ADA, {**ADA, "Group Type": "Entity"}), "is Individual and also Entity"),
        (made({**ADA, "Group ID": "none"}), "not a Group ID"),
        (made(ADA)[:-20], "fields where 29 are expected"),
        (made(FIRM, {**ADA, "Group ID": "7100"})[:-2], "stops in its last line"),
        (made({**ADA, "Name 1": "A, B"}).partition(", B")[0], "not readable as CSV"),
        (made({**ADA, "Name 1": "A\0"}), "NUL"),
        (made(ADA, header=OLD + ",Regime"), "twice"),
        (made({**ADA, "Name 1": "Żółć"}).encode() + b"\xff\n", "not UTF-8"),
        (made({**ADA, "Name 1": "Ada"}).encode() + b"\x81\n", "not"),
    ],
)
def test_what_is_not_this_list_or_not_whole_is_refused(text: str | bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert said in str(refused.value)


@pytest.mark.parametrize("day", ["2016-03-23", "2018-04-13"])
def test_real_editions_have_as_many_entries_as_group_ids(data: Path, day: str) -> None:
    real = unpacked(data / f"lists/uk/{day}.csv.zst")
    # Counted without the CSV reader: the dates and the id at each record's end.
    groups = re.findall(rb",\d\d/\d\d/\d{4},\d\d/\d\d/\d{4},(\d+)\r?(?=\n|\Z)", real.content)
    edition = SOURCE.read([real])
    assert edition.published == day
    assert {entry.key for entry in edition.entries} == {group.decode() for group in groups}
    assert sum(len(entry.raw) for entry in edition.entries) == len(groups)
    rows = list(csv.reader(io.StringIO(real.content.decode("cp1252"), newline="")))[2:]
    assert sorted(rows) == sorted(list(cells) for entry in edition.entries for _, cells in entry.raw)
    for entry in edition.entries:
        assert [name.kind for name in entry.names].count("primary") == 1
        assert entry.name != entry.key
        assert [name for name, _ in entry.stated] == ["listed", "changed"]
