import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from tests.intake.real import real

from vacatur.errors import InputError
from vacatur.intake.reading import File
from vacatur.intake.sources.us_csl import SOURCE
from vacatur.model.listed import Listed

COLUMNS = [
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses",
    "federal_register_notice", "start_date", "end_date", "standard_order", "license_requirement",
    "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag",
    "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth",
    "nationalities", "places_of_birth", "source_information_url", "ids",
]  # fmt: skip
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"
QUAYLE = {
    "source": SDN, "entity_number": "77", "type": "Individual", "programs": "QUAY; SDGT", "name": "QUAYLE, Orla",
    "alt_names": "KVALE, Orla; KVALE, Ursula", "nationalities": "NO", "dates_of_birth": "1970-02-03; 1971",
    "addresses": "1 Quay, Bergen, NO; Oslo, NO", "remarks": "(Linked To: QUAY LINES (QL)); Gone to sea.",
    "ids": "NO, 2025-01-31, 2020-02-01, N12, Passport; Female, Gender; NO, 123, Tax ID No.; "
           "Quay rules, Secondary sanctions risk:",
}  # fmt: skip
DOCK = {
    "source": ENTITY_LIST, "name": "Dock Works", "alt_names": "DW; and Dock Co.", "addresses": "Pier 2, Oslo, NO",
    "federal_register_notice": "83 FR 44824", "start_date": "2018-09-04", "license_policy": "Presumption of denial.",
}  # fmt: skip


def table(*rows: dict[str, str], columns: list[str] = COLUMNS) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue().encode()


def entries(*rows: dict[str, str]) -> tuple[Listed, ...]:
    return SOURCE.read([File("consolidated.csv", table(*rows))]).entries


def said(entry: Listed, kind: str) -> list[str]:
    return [each.value for each in entry.particulars if each.kind == kind]


def identifiers(entry: Listed) -> list[tuple[str, str, str]]:
    return [(each.scheme, each.value, each.country) for each in entry.identifiers]


def test_a_person_is_read_in_full() -> None:
    (entry,) = entries(QUAYLE)
    assert (entry.key, entry.programme, entry.kind, entry.country) == ("us-ofac-sdn/77", "us-ofac-sdn", "person", "NO")
    assert [(name.text, name.kind) for name in entry.names] == [
        ("QUAYLE, Orla", "primary"), ("KVALE, Orla", "alias"), ("KVALE, Ursula", "alias"),
    ]  # fmt: skip
    assert identifiers(entry) == [("ofac", "77", ""), ("passport", "N12", "NO"), ("tax", "123", "NO")]
    assert said(entry, "programme") == ["QUAY", "SDGT"]
    assert said(entry, "birth-date") == ["1970-02-03", "1971"]
    assert said(entry, "address") == ["1 Quay, Bergen, NO", "Oslo, NO"]
    assert said(entry, "linked-to") == ["QUAY LINES (QL)"]
    assert said(entry, "gender") == ["Female"]
    assert said(entry, "risk") == ["Quay rules, Secondary sanctions risk:"]
    assert said(entry, "remark") == ["Gone to sea.", "NO, 2025-01-31, 2020-02-01, N12, Passport"]


def test_an_entry_list_entry_keeps_its_licence_terms_and_its_day() -> None:
    (entry,) = entries(DOCK)
    assert (entry.programme, entry.kind, entry.country) == ("us-bis-entity-list", "unknown", "NO")
    assert [name.text for name in entry.names] == ["Dock Works", "DW", "Dock Co."]
    assert entry.stated == (("listed", "2018-09-04"),)
    assert said(entry, "remark") == ["Federal register notice: 83 FR 44824", "License policy: Presumption of denial."]


@pytest.mark.parametrize(
    ("source", "programme"),
    [
        ("Military End User (MEU) List - Bureau of Industry and Security", "us-bis-meu"),
        ("Unverified List (UVL) - Bureau of Industry and Security", "us-bis-uvl"),
        ("Denied Persons List (DPL) - Bureau of Industry and Security", "us-bis-dpl"),
        ("Nonproliferation Sanctions (ISN) - State Department", "us-state-isn"),
        ("ITAR Debarred (DTC) - State Department", "us-state-dtc"),
        ("AECA Debarred List (DTC) - State Department", "us-state-dtc"),
        ("Sectoral Sanctions Identifications List (SSI) - Treasury Department", "us-ofac-ssi"),
        ("Foreign Sanctions Evaders (FSE) - Treasury Department", "us-ofac-fse"),
        ("Palestinian Legislative Council List (PLC) - Treasury Department", "us-ofac-plc"),
        ("Capta List (CAP) - Treasury Department", "us-ofac-capta"),
        ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department", "us-ofac-mbs"),
        ("Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department", "us-ns-cmic"),
    ],
)
def test_each_list_in_the_file_is_its_own_programme(source: str, programme: str) -> None:
    assert entries({"source": source, "name": "X"})[0].programme == programme


def test_the_three_dates_of_a_cmic_entry_are_three_different_dates() -> None:
    ids = (
        "02 Aug 2021, Effective Date (CMIC); 03 Jun 2021, Listing Date (CMIC); "
        "03 Jun 2022, Purchase/Sales For Divestment Date (CMIC); CNE100000N20, ISIN; 002389 CN, Equity Ticker"
    )
    (entry,) = entries({**QUAYLE, "ids": ids})
    assert entry.stated == (("listed", "2021-06-03"), ("effective", "2021-08-02"), ("divest", "2022-06-03"))
    assert [security.id for security in entry.securities] == ["CNE100000N20"]
    assert identifiers(entry)[1:] == [("isin", "CNE100000N20", ""), ("ticker", "002389 CN", "")]


def test_different_dates_for_different_directives_are_none_of_them_the_listing() -> None:
    ids = "24 Feb 2022, Listing Date (EO 14024 Directive 2):; 01 Mar 2022, Listing Date (EO 14024 Directive 3):"
    assert entries({**QUAYLE, "ids": ids})[0].stated == ()


@pytest.mark.parametrize(
    ("printed", "scheme", "value"),
    [
        ("IMO 9074729, Vessel Registration Identification", "imo", "9074729"),
        (
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT, Digital Currency Address - XBT",
            "wallet",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        ),
        ("QUAYNOKK, SWIFT/BIC", "bic", "QUAYNOKK"),
        ("PA, 467323, Doc. 694710, Public Registration Number", "reg", "467323, Doc. 694710"),
        ("MX, QUAO700203MNEXXX01, C.U.R.P.", "national-id", "QUAO700203MNEXXX01"),
        ("NO, 1, Stateless Person Passport", "passport", "1"),
    ],
)
def test_ids_become_identifiers_of_their_scheme(printed: str, scheme: str, value: str) -> None:
    assert identifiers(entries({**QUAYLE, "ids": printed})[0])[1][:2] == (scheme, value)


def test_ids_that_identify_nobody_are_kept_as_printed() -> None:
    (entry,) = entries(
        {**QUAYLE, "remarks": "", "ids": "http://quay.example, Website; 16 Jan 2017, Organization Established Date"}
    )
    assert said(entry, "remark") == ["http://quay.example, Website", "16 Jan 2017, Organization Established Date"]


def test_a_key_without_a_number_stays_when_everything_but_the_name_changes() -> None:
    moved = {**DOCK, "name": " DOCK  WORKS", "addresses": "Pier 9", "federal_register_notice": "84 FR 1", "_id": "zz"}
    assert entries(DOCK)[0].key == entries(moved)[0].key
    assert entries(DOCK)[0].key.startswith("us-bis-entity-list/")


def test_entries_of_one_name_are_numbered_by_their_first_notice_in_any_order() -> None:
    later = {**DOCK, "federal_register_notice": "84 FR 21233", "addresses": "Pier 1"}
    first = entries(DOCK)[0].key
    assert [entry.key for entry in entries(later, DOCK)] == [f"{first}-2", first]
    assert [entry.key for entry in entries(DOCK, later)] == [first, f"{first}-2"]


def test_one_party_on_two_lists_is_two_entries_with_one_number() -> None:
    other = {**QUAYLE, "source": "Sectoral Sanctions Identifications List (SSI) - Treasury Department"}
    assert [entry.key for entry in entries(QUAYLE, other)] == ["us-ofac-sdn/77", "us-ofac-ssi/77"]


def test_an_entry_that_the_file_carries_twice_is_kept_twice() -> None:
    assert [entry.key for entry in entries(QUAYLE, QUAYLE)] == ["us-ofac-sdn/77", "us-ofac-sdn/77-2"]


def test_a_formula_in_a_name_is_text_and_the_row_is_kept_as_it_is() -> None:
    (entry,) = entries({**DOCK, "name": "=cmd|'/C calc'!A1"})
    assert entry.name == "=cmd|'/C calc'!A1"
    assert entry.raw[0][0] == "csl"
    assert entry.raw[0][1][COLUMNS.index("name")] == "=cmd|'/C calc'!A1"


def test_a_new_column_is_kept_as_a_remark() -> None:
    content = table({**DOCK, "colour": "blue"}, columns=[*COLUMNS[1:], "colour"])
    assert "Colour: blue" in said(SOURCE.read([File("x", content)]).entries[0], "remark")


def official(*results: object, **top: object) -> File:
    return File("consolidated.json", json.dumps({**top, "results": results}).encode())


def test_the_official_json_gives_the_same_entry_as_the_csv() -> None:
    found = {
        "id": "f00", "source": SDN, "entity_number": "77", "type": "Individual", "programs": ["QUAY", "SDGT"],
        "name": "QUAYLE, Orla", "alt_names": ["KVALE, Orla", "KVALE, Ursula"], "nationalities": ["NO"], "title": None,
        "dates_of_birth": ["1970-02-03", "1971"], "remarks": "(Linked To: QUAY LINES (QL)); Gone to sea.",
        "addresses": [
            {"address": "1 Quay", "city": "Bergen", "state": None, "postal_code": None, "country": "NO"},
            {"address": None, "city": "Oslo", "state": None, "postal_code": None, "country": "NO"},
        ],
        "ids": [
            {"type": "Passport", "number": "N12", "country": "NO", "issue_date": "2020-02-01",
             "expiration_date": "2025-01-31"},
            {"type": "Gender", "number": "Female", "country": None, "issue_date": None, "expiration_date": None},
            {"type": "Tax ID No.", "number": "123", "country": "NO", "issue_date": None, "expiration_date": None},
            {"type": "Secondary sanctions risk:", "number": "Quay rules", "country": None},
        ],
    }  # fmt: skip
    edition = SOURCE.read([official(found, total=1)])
    (entry,), (printed,) = edition.entries, entries(QUAYLE)
    assert edition.form == "us-csl-json"
    assert edition.count == 1
    assert (entry.key, entry.names, entry.identifiers) == (printed.key, printed.names, printed.identifiers)
    assert sorted(map(str, entry.particulars)) == sorted(map(str, printed.particulars))


def reduced(entry: dict[str, object], count: int = 1, by_source: int = 1) -> File:
    tables = {"sources": [SDN, ENTITY_LIST], "programmes": ["QUAY; SDGT"],
              "licencePolicies": ["Presumption of denial."], "licenceRequirements": ["All items."],
              "urls": ["https://quay.example"]}  # fmt: skip
    top = {"entryCount": count, "countsBySource": {ENTITY_LIST: by_source}, "tables": tables, "entries": [entry],
           "sourceGeneratedAt": "2026-01-02T13:15:00+00:00"}  # fmt: skip
    return File("reduced.json", json.dumps(top).encode())


SHORT: dict[str, object] = {
    "n": "Dock Works",
    "a": ["DW"],
    "s": 1,
    "c": ["NO"],
    "pg": 0,
    "lr": 0,
    "lp": 0,
    "fr": "83 FR 44824",
    "u": 0,
}


def test_the_reduced_json_has_the_same_key_with_its_stated_day_and_counts() -> None:
    edition = SOURCE.read([reduced(SHORT)])
    (entry,) = edition.entries
    assert (edition.form, edition.published, edition.count) == ("us-csl-reduced-json", "2026-01-02", 1)
    assert (entry.key, entry.country) == (entries(DOCK)[0].key, "NO")
    assert said(entry, "programme") == ["QUAY", "SDGT"]
    assert "License requirement: All items." in said(entry, "remark")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (File("x", b""), "not a Consolidated Screening List"),
        (File("x", b"<html><body>Service unavailable</body></html>"), "not a Consolidated Screening List"),
        (File("x", table()), "not a Consolidated Screening List"),
        (File("x", b"ent_num,SDN_Name\n1,QUAYLE\n"), "not a Consolidated Screening List"),
        (File("x", table(QUAYLE)[:-20]), "was cut off|not readable as CSV"),
        (File("x", table(QUAYLE) + b"a,b\n"), "2 fields where 29"),
        (File("x", table({**QUAYLE, "source": "Quay List (QL) - Harbour Board"})), r"Quay List \(QL\)"),
        (File("x", table({**QUAYLE, "name": " "})), "no name"),
        (File("x", table(QUAYLE, {**QUAYLE, "name": "OTHER"})), "the number 77 is also that of 'QUAYLE, Orla'"),
        (File("x", table(QUAYLE).replace(b"Orla", b"Or\0a")), "NUL"),
        (File("x", table({**QUAYLE, "name": "Kväle"}).decode().encode("latin-1")), "is not utf-8"),
        (File("x", b'{"results": [{"name": "QUAY'), "not readable as JSON"),
        (File("x", b"[" * 200_000), "not readable as JSON"),
        (File("x", b'{"error": "quota"}'), "not a Consolidated Screening List"),
        (File("x", b'["a"]'), "not an entry"),
        (official(["a"]), "not an entry"),
        (official({"source": SDN, "name": "X"}, total=2), "says that it has 2 entries and has 1"),
        (reduced(SHORT, count=3), "says that it has 3 entries and has 1"),
        (reduced(SHORT, by_source=4), "has 4 entries and has 1"),
        (reduced({**SHORT, "s": 9}), "no row 9"),
    ],
)
def test_a_damaged_or_wrong_file_is_refused(file: File, said: str) -> None:
    with pytest.raises(InputError, match=said):
        SOURCE.read([file])


def test_the_real_csv_has_every_row_under_its_list(data: Path) -> None:
    file = real(data / "lists" / "us-csl" / "2022-05-16.csv.zst")
    edition = SOURCE.read([file])
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))[1:]
    assert len(edition.entries) == len(rows) == 14_160
    assert len({entry.key for entry in edition.entries}) == 14_160
    assert [entry.raw[0][1] for entry in edition.entries] == [tuple(row) for row in rows]
    assert Counter(entry.programme for entry in edition.entries)["us-bis-entity-list"] == file.content.count(
        b"Entity List (EL) -"
    )
    cmic = [entry for entry in edition.entries if entry.programme == "us-ns-cmic"]
    assert len(cmic) == 68
    assert all([name for name, _ in entry.stated] == ["listed", "effective", "divest"] for entry in cmic)
    assert sum(bool(entry.securities) for entry in cmic) == 53


def test_the_real_sample_has_every_row(data: Path) -> None:
    file = real(data / "lists" / "us-csl" / "2019-12-03.sample.csv.zst")
    assert len(SOURCE.read([file]).entries) == file.content.count(b"http://bit.ly/1QWTIfE") + 75


def test_the_real_json_has_the_counts_that_it_states_and_the_keys_of_the_csv(data: Path) -> None:
    file = real(data / "lists" / "us-csl" / "2026-07-31.reduced.json.zst")
    edition = SOURCE.read([file])
    assert (edition.count, len(edition.entries), edition.published) == (25_921, 25_921, "2026-07-31")
    older = SOURCE.read([real(data / "lists" / "us-csl" / "2022-05-16.csv.zst")])
    kept = {entry.key for entry in edition.entries} & {entry.key for entry in older.entries}
    assert sum(key.startswith("us-bis-entity-list/") for key in kept) == 1885
    assert sum(key.startswith("us-ns-cmic/") for key in kept) == 68
