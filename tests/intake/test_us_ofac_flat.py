"""OFAC's flat files: what each column and each phrase of a remark becomes, and what is refused."""

import pytest

from vacatur.errors import InputError
from vacatur.intake.reading import File
from vacatur.intake.source import Printed
from vacatur.intake.sources.us_ofac import SOURCES
from vacatur.model.listed import Listed

SDN, CONS = SOURCES
NO = "-0- "


def row(number: int, name: str, kind: str = NO, tags: str = "PEPPER", remark: str = NO, ship: str = "") -> str:
    quoted = kind if kind == NO else f'"{kind}"'
    remark = remark if remark == NO else f'"{remark}"'
    return f'{number},"{name}",{quoted},"{tags}",{ship or ",".join([NO] * 7)},{remark}\r\n'


def sdn(*rows: str, more: tuple[File, ...] = ()) -> Printed:
    return SDN.read([*more, File("a.csv", "".join(rows).encode() + b"\x1a")])


def one(remark: str, kind: str = NO) -> Listed:
    return sdn(row(7, "QUAY, Otto", kind, remark=remark)).entries[0]


def said(entry: Listed, kind: str) -> list[str]:
    return [particular.value for particular in entry.particulars if particular.kind == kind]


def numbers(entry: Listed) -> list[tuple[str, str, str]]:
    return [(one.scheme, one.value, one.country) for one in entry.identifiers if one.scheme != "ofac"]


def test_the_parties_file_alone_is_an_edition_in_its_own_order() -> None:
    edition = sdn(row(9, "BETA LINE"), row(7, "ALPHA, Ann", "individual", "SALT] [PEPPER"))
    assert (edition.form, edition.published, edition.count) == ("ofac-csv", "", None)
    assert [(each.key, each.kind, each.programme, each.name) for each in edition.entries] == [
        ("9", "organisation", "us-ofac-sdn", "BETA LINE"),
        ("7", "person", "us-ofac-sdn", "ALPHA, Ann"),
    ]
    assert said(edition.entries[1], "programme") == ["SALT", "PEPPER"]


def test_addresses_aliases_and_overlong_remarks_join_by_number_in_whatever_order_files_come() -> None:
    add = File("x", b'7,1,"1 Quay","Port 99","Cuba",-0- \r\n7,2,-0- ,-0- ,-0- ,-0- \r\n\x1a')
    alt = File("y", b'7,1,"aka","ALPHA TWO",-0- \r\n7,2,"fka","ALPHA OLD",-0- \r\n7,3,"nka","ALPHA NEW",-0- \r\n\x1a')
    cut = "x; " * 331 + "Linked To: BE"
    notes = File("z", b'7,"TA LINE; Website www.quay.example."\r\n\x1a')
    assert len(cut) == 1006
    entry = sdn(row(7, "ALPHA", remark=cut[6:]), more=(alt, notes, add)).entries[0]
    assert said(entry, "address") == ["1 Quay, Port 99, Cuba"]
    assert entry.country == "CU"
    assert [(name.text, name.kind) for name in entry.names] == [
        ("ALPHA", "primary"), ("ALPHA TWO", "alias"), ("ALPHA OLD", "former"), ("ALPHA NEW", "alias"),
    ]  # fmt: skip
    assert said(entry, "linked-to") == ["BETA LINE"]
    assert [table for table, _ in entry.raw] == ["prim", "add", "add", "alt", "alt", "alt", "comments"]


def test_a_remark_cut_off_at_its_longest_does_not_pass_its_last_phrase_for_a_fact() -> None:
    cut = "x; " * 329 + "Linked To: BE"
    entry = one(cut)
    assert len(cut) == 1000
    assert said(entry, "linked-to") == []
    assert said(entry, "remark") == ["x", "Linked To: BE"]


def test_raw_rows_keep_every_field_as_it_is_in_the_file() -> None:
    entry = sdn(row(7, "=cmd|' /C calc'!A0")).entries[0]
    assert entry.name == "=cmd|' /C calc'!A0"
    assert entry.raw == (("prim", ("7", "=cmd|' /C calc'!A0", NO, "PEPPER", *[NO] * 7, NO)),)


def test_a_last_null_that_lost_its_end_is_a_null() -> None:
    edition = SDN.read([File("a", row(7, "ALPHA").removesuffix("- \r\n").encode())])
    assert said(edition.entries[0], "remark") == []


@pytest.mark.parametrize(
    ("remark", "kind", "expected"),
    [
        ("DOB 10 Dec 1948; alt. DOB Mar 1949; alt. DOB 1950.", "birth-date", ["1948-12-10", "1949-03", "1950"]),
        ("DOB circa 1965; alt. DOB 1962 to 1963.", "birth-date", ["circa 1965", "1962 to 1963"]),
        ("POB Quay, Saltland; alt. POB Pier.", "birth-place", ["Quay, Saltland", "Pier"]),
        ("nationality Cuba; citizen Kenya.", "nationality", ["Cuba"]),
        ("nationality Cuba; citizen Kenya.", "citizenship", ["Kenya"]),
        ("Gender Female.", "gender", ["Female"]),
        ("Position: Harbour Master; Alt. Position: Pilot.", "position", ["Harbour Master", "Pilot"]),
        ("Linked To: BETA LINE; Linked To: GAMMA CO., LTD.", "linked-to", ["BETA LINE", "GAMMA CO., LTD."]),
        ("(Linked To: DELTA (NORTH) LINE).", "linked-to", ["DELTA (NORTH) LINE"]),
        ("Secondary sanctions risk: section 1 of an order.", "risk", ["section 1 of an order"]),
        ("Additional Sanctions Information - Subject to More.", "risk", ["Subject to More"]),
        ("Additional Sanctions Information - Not Listed; U.S. Persons Must Continue to Block it.", "risk",
         ["Not Listed; U.S. Persons Must Continue to Block it"]),
        ("Harbour Master; all offices worldwide.", "remark", ["Harbour Master", "all offices worldwide"]),
        ("Former Vessel Flag Malta; alt. Former Vessel Flag Palau.", "remark",
         ["Former Vessel Flag Malta", "Former Vessel Flag Palau"]),
    ],
)  # fmt: skip
def test_a_phrase_of_a_remark_becomes_a_particular(remark: str, kind: str, expected: list[str]) -> None:
    assert said(one(remark), kind) == expected


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("Passport A12 (Cuba); alt. Passport B34.", [("passport", "A12", "CU"), ("passport", "B34", "")]),
        ("National ID No. D48(9) (Hong Kong).", [("national-id", "D48(9)", "HK")]),
        ("Tax ID No. 77 (Congo, Democratic Republic of the).", [("tax", "77", "CD")]),
        ("Registration Number 1027 (Russia); Registration ID 5.", [("reg", "1027", "RU"), ("reg", "5", "")]),
        ("SWIFT/BIC QUAYCUHH.", [("bic", "QUAYCUHH", "")]),
        ("Digital Currency Address - XBT 1Quay; alt. Digital Currency Address - ETH 0xab.",
         [("wallet-xbt", "1Quay", ""), ("wallet-eth", "0xab", "")]),
        ("Vessel Registration Identification IMO 9074729.", [("imo", "9074729", "")]),
        ("Vessel Registration Identification 12-QUAY.", [("reg", "12-QUAY", "")]),
        ("Identification Number IMO 5342883.", [("reg", "IMO 5342883", "")]),
        ("MMSI 572469210.", [("mmsi", "572469210", "")]),
        ("Legal Entity Number 506700GE1G29325QX363; Legal Entity Number 85.",
         [("lei", "506700GE1G29325QX363", ""), ("reg", "85", "")]),
        ("D-U-N-S Number 54-29.", [("duns", "54-29", "")]),
        ("Unified Social Credit Code (USCC) 9111X (China).", [("uscc", "9111X", "CN")]),
        ("Aircraft Tail Number QY-1; Aircraft Manufacturer's Serial Number (MSN) 550.",
         [("tail", "QY-1", ""), ("msn", "550", "")]),
        ("Website www.quay.example; Email Address a@quay.example.",
         [("website", "www.quay.example", ""), ("email", "a@quay.example", "")]),
    ],
)  # fmt: skip
def test_a_number_in_a_remark_becomes_an_identifier(remark: str, expected: list[tuple[str, str, str]]) -> None:
    assert numbers(one(remark)) == expected


def test_an_identification_number_is_a_persons_or_a_registers() -> None:
    assert numbers(one("Identification Number 5.", "individual")) == [("national-id", "5", "")]
    assert numbers(one("Identification Number 5.")) == [("reg", "5", "")]


def test_dates_of_issue_stay_readable_beside_the_number() -> None:
    entry = one("Passport A12 (Cuba) issued 01 Feb 1999 expires 01 Feb 2009.")
    assert numbers(entry) == [("passport", "A12", "CU")]
    assert said(entry, "remark") == ["Passport A12 (Cuba) issued 01 Feb 1999 expires 01 Feb 2009"]


def test_names_in_quotes_in_a_remark_are_weak_and_former_ones_former() -> None:
    entry = one("DOB 1950; a.k.a. 'OTTO'S'; f.k.a. 'QY'; a.k.a. 'OTTO'S'.")
    assert [(name.text, name.kind) for name in entry.names[1:]] == [("OTTO'S", "weak"), ("QY", "former")]


def test_a_ship_has_its_columns_and_the_country_of_its_flag() -> None:
    ship = '"3QUAY","Tug","1,200","800","Panama","QUAY LINE"'
    entry = sdn(row(7, "SEA QUAY", "vessel", ship=f"{NO},{ship}")).entries[0]
    assert (entry.kind, entry.country) == ("vessel", "PA")
    kept = {one.kind: said(entry, one.kind) for one in entry.particulars if one.kind != "programme"}
    assert kept == {
        "call-sign": ["3QUAY"], "vessel-type": ["Tug"], "tonnage": ["1200", "800 GRT"], "flag": ["Panama"],
        "owner": ["QUAY LINE"],
    }  # fmt: skip


def test_a_person_of_two_nations_has_no_one_country() -> None:
    assert one("nationality Cuba; alt. nationality Kenya; citizen Cuba.", "individual").country == ""
    assert one("citizen Cuba.", "individual").country == "CU"


def test_the_dates_of_a_military_company_are_stated_and_its_securities_known() -> None:
    remark = (
        "Listing Date (CMIC) 03 Jun 2021; Effective Date (CMIC) 02 Aug 2021; Purchase/Sales For Divestment Date (CMIC) "
        "03 Jun 2022; ISIN US0378331005; alt. ISIN US5949181045; Equity Ticker 00700 HK."
    )
    entry = CONS.read([File("c", row(7, "QUAY ELECTRONICS", tags="CMIC-EO13959", remark=remark).encode())]).entries[0]
    assert entry.programme == "us-ns-cmic"
    assert entry.stated == (("listed", "2021-06-03"), ("effective", "2021-08-02"), ("divest", "2022-06-03"))
    assert [security.id for security in entry.securities] == ["US0378331005", "US5949181045"]
    assert ("ticker", "00700 HK", "") in numbers(entry)
    assert said(entry, "remark") == []


def test_a_ticker_without_an_isin_is_a_security() -> None:
    assert [security.id for security in one("Equity Ticker 0728 HK.").securities] == ["0728@HK"]


@pytest.mark.parametrize(
    ("tags", "remark", "programme"),
    [
        ("NS-CMIC-EO13959", NO, "us-ns-cmic"),
        ("RUSSIA-EO14024] [UKRAINE-EO13662", NO, "us-ofac-ssi"),
        ("SYRIA] [FSE-SY", NO, "us-ofac-fse"),
        ("SDGT] [NS-PLC", NO, "us-ofac-plc"),
        ("561-Related", NO, "us-ofac-capta"),
        ("RUSSIA-EO14024", "Listing Date (EO 14024 Directive 2): 24 Feb 2022.", "us-ofac-capta"),
        ("RUSSIA-EO14024", "Listing Date (EO 14024 Directive 3): 24 Feb 2022.", "us-ofac-mbs"),
        ("CAATSA - RUSSIA", NO, "us-ofac-mbs"),
        ("SALT", NO, "us-ofac-cons"),
    ],
)
def test_an_entry_of_the_consolidated_list_belongs_to_the_list_of_its_tag(
    tags: str, remark: str, programme: str
) -> None:
    file = row(1, "ALPHA", tags="NS-PLC") + row(2, "BETA", tags=tags, remark=remark)
    entry = CONS.read([File("c", file.encode())]).entries[1]
    assert entry.programme == programme
    assert said(entry, "programme") == tags.split("] [")


def test_of_several_measures_the_first_dates_are_stated_and_all_are_kept() -> None:
    entry = one(
        "Listing Date (EO 14024 Directive 3): 24 Feb 2022; Listing Date (EO 14024 Directive 1a): 22 Feb 2022; "
        "Effective Date (EO 14024 Directive 3): 26 Mar 2022."
    )
    assert entry.stated == (("listed", "2022-02-22"), ("effective", "2022-03-26"))
    assert len(said(entry, "remark")) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x1a", "empty"),
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "not a list of OFAC's"),
        (b'{"message": "Forbidden"}', "not one of OFAC's flat files"),
        (b"ent_num,name\r\n", "not one of OFAC's flat files"),
        ((row(7, "ALPHA") + row(8, "BETA"))[:-40].encode(), "fields where"),
        ((row(7, "ALPHA") + '8,"BETA"').encode(), "2 fields where 12"),
        ((row(7, "ALPHA") + row(8, "BETA").rpartition(",")[0] + ",").encode(), "without its number or its end"),
        ((row(7, "ALPHA") + row(7, "BETA")).encode(), "entry 7 comes twice.*"),
        (row(7, "ALP\0HA").encode(), "NUL"),
        (row(7, "CA\u00d1A").encode("latin-1"), "not utf-8"),
        (row(7, "").encode(), "no name"),
        (b'7,1,"aka","ALPHA",-0- \r\n', "is missing"),
    ],
)
def test_what_is_not_a_whole_file_of_the_list_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        SDN.read([File("a.csv", content)])


def test_wherever_a_file_is_cut_nothing_is_made_up() -> None:
    whole = (row(7, "ALPHA", remark="DOB 1950.") + row(8, "BETA")).encode()
    entries = {entry.key: entry for entry in SDN.read([File("a", whole)]).entries}
    read = 0
    for cut in range(len(whole)):
        try:
            edition = SDN.read([File("a", whole[:cut])])
        except InputError:
            continue
        read += 1
        assert [(entry.names, entry.particulars) for entry in edition.entries] == [
            (entries[entry.key].names, entries[entry.key].particulars) for entry in edition.entries
        ]
    assert read == 7  # at the ends of the two rows alone: with or without what ends a line or a null


def test_a_double_number_is_refused_by_its_line() -> None:
    with pytest.raises(InputError, match="line 3"):
        sdn(row(7, "ALPHA"), row(8, "BETA"), row(7, "ALPHA"))


def test_tables_of_another_edition_are_refused() -> None:
    with pytest.raises(InputError, match="no party has the number 8"):
        sdn(row(7, "ALPHA"), more=(File("alt", b'8,1,"aka","BETA",-0- \r\n'),))


def test_a_table_given_twice_is_refused() -> None:
    with pytest.raises(InputError, match="comes twice"):
        sdn(row(7, "ALPHA"), more=(File("b", row(8, "BETA").encode()),))


def test_each_list_refuses_the_others_file() -> None:
    special, plain = row(1, "ALPHA", tags="NS-PLC").encode(), row(1, "ALPHA").encode()
    with pytest.raises(InputError, match="the Consolidated list's file"):
        SDN.read([File("a", special)])
    with pytest.raises(InputError, match="the SDN list's file"):
        CONS.read([File("a", plain)])
