"""The UK Sanctions List: the same designation out of ODS, CSV and XML."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from tests.intake.asked import file, names, numbers, remarks, told, unpacked

from vacatur.errors import InputError
from vacatur.intake.source import Printed
from vacatur.intake.sources.uk_sanctions import SOURCE
from vacatur.model.listed import Listed

HEADER = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,"
    "Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,"
    "Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,"
    "Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,"
    "National Identifier additional information,Passport number,Passport additional information,Position,Gender,"
    "Town of birth,Country of birth,Type of entity,Subsidiaries,Parent company,Business registration number (s),"
    "IMO number,Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,Previous flags,"
    "Type of ship,Tonnage of ship,Length of ship,Year Built,Hull identification number (HIN)"
)
ADA = {
    "Last Updated": "16/04/2026", "Unique ID": "QUA0001", "OFSI Group ID": "71001", "UN Reference Number": "QXi.001",
    "Name 6": "LAMP", "Name 1": "Ada", "Name type": "Primary Name", "Regime Name": "The Quays Regulations 2020",
    "Designation Type": "Individual", "Designation source": "UN", "Sanctions Imposed": "Asset freeze|Travel Ban",
    "Date Designated": "05/06/2011", "D.O.B": "dd/mm/1980", "Nationality(/ies)": "Iraq",
}  # fmt: skip
SHIP = {
    "Last Updated": "16/04/2026", "Unique ID": "QUA0003", "Name 6": "LAMP STAR", "Name type": "Primary name",
    "Regime Name": "The Quays Regulations 2020", "Designation Type": "Ship", "Date Designated": "05/06/2011",
    "IMO number": "IMO9074729", "Current believed flag of ship": "Panama", "Previous flags": "India",
    "Type of ship": "Tanker", "Tonnage of ship": "7078", "Current owner/operator (s)": "Lamp Lines",
    "Year Built": "1999",
}  # fmt: skip
XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>20/08/2026</DateGenerated>
<Designation>
  <LastUpdated>16/04/2026</LastUpdated><DateDesignated>05/06/2011</DateDesignated>
  <UniqueID>QUA0001</UniqueID><OFSIGroupID>71001</OFSIGroupID><UNReferenceNumber>QXi.001</UNReferenceNumber>
  <Names>
    <Name><Name6>Ada the Dim</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
    <Name><Name1>Ada</Name1><Name6>LAMP</Name6><NameType>Primary Name</NameType></Name>
    <Name><Name1>Adda</Name1><Name6>LAMP</Name6><NameType>Primary name variation</NameType></Name>
  </Names>
  <NonLatinNames><NonLatinName><NameNonLatinScript>آدا</NameNonLatinScript>
    <NonLatinScriptLanguage>Arabic</NonLatinScriptLanguage></NonLatinName></NonLatinNames>
  <Titles><Title>Dr</Title></Titles>
  <RegimeName>The Quays Regulations 2020</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
  <DesignationSource>UN</DesignationSource><SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
  <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze></SanctionsImposedIndicators>
  <OtherInformation>Keeps lamps.</OtherInformation><UKStatementofReasons>Lamps.</UKStatementofReasons>
  <Addresses><Address><AddressLine1>1 Quay</AddressLine1><AddressLine6>Basra</AddressLine6>
    <AddressPostalCode>61001</AddressPostalCode><AddressCountry>Iraq</AddressCountry></Address></Addresses>
  <PhoneNumbers><PhoneNumber>+964 1</PhoneNumber></PhoneNumbers>
  <IndividualDetails><Individual>
    <DOBs><DOB>dd/mm/1980</DOB><DOB>01/03/1981</DOB></DOBs>
    <PassportDetails><Passport><PassportNumber>P1</PassportNumber>
      <PassportAdditionalInformation>Iraq passport</PassportAdditionalInformation></Passport></PassportDetails>
    <NationalIdentifierDetails><NationalIdentifier><NationalIdentifierNumber>555</NationalIdentifierNumber>
      </NationalIdentifier></NationalIdentifierDetails>
    <Nationalities><Nationality>Iraq</Nationality></Nationalities>
    <Positions><Position>Keeper</Position></Positions><Genders><Gender>Female</Gender></Genders>
    <BirthDetails><Location><TownOfBirth>Basra</TownOfBirth><CountryOfBirth>Iraq</CountryOfBirth></Location>
    </BirthDetails>
  </Individual></IndividualDetails>
</Designation>
<Designation>
  <DateDesignated>05/06/2011</DateDesignated><UniqueID>QUA0002</UniqueID>
  <Names><Name><Name6>LAMP WORKS</Name6><NameType>Primary Name</NameType></Name></Names>
  <RegimeName>The Quays Regulations 2020</RegimeName><IndividualEntityShip>Entity</IndividualEntityShip>
  <Addresses><Address><AddressCountry>Iran</AddressCountry></Address></Addresses>
  <EntityDetails><Entity><BusinessRegistrationNumbers>
    <BusinessRegistrationNumber>BR-99</BusinessRegistrationNumber>
    <BusinessRegistrationNumber>(tax): 190 (Utopia), 7704 (Other place)</BusinessRegistrationNumber>
    </BusinessRegistrationNumbers><ParentCompanies><ParentCompany>Lamp Holding</ParentCompany></ParentCompanies>
  </Entity></EntityDetails>
</Designation>
</Designations>"""
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
SHORT = ("Unique ID", "OFSI Group ID", "Name", "Regime Name", "Type", "Designation source", "Date Designated")


def made(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER.split(","), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return f"Report Date: 02-Oct-2026\n{out.getvalue()}"


def cells(*texts: str, end: str = '<table:table-cell table:number-columns-repeated="16376"/>') -> str:
    inner = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f"<table:table-row>{inner}{end}</table:table-row>"


def ods(*rows: str) -> bytes:
    content = (
        f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet><table:table>"
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("Object 1/content.xml", "<small/>")
    return packed.getvalue()


def read(text: str | bytes) -> Printed:
    return SOURCE.read([file(text)])


def first(text: str | bytes) -> Listed:
    return read(text).entries[0]


def test_xml_yields_all_that_a_designation_says() -> None:
    edition = read(XML)
    assert (edition.form, edition.published) == ("uk-xml", "2026-08-20")
    ada, works = edition.entries
    assert (ada.key, ada.name, ada.kind, ada.country) == ("QUA0001", "LAMP Ada", "person", "IQ")
    assert (names(ada, "weak"), names(ada, "alias")) == (["Ada the Dim"], ["LAMP Adda"])
    assert [(name.text, name.script) for name in ada.names if name.kind == "native"] == [("آدا", "Arab")]
    assert ada.stated == (("listed", "2011-06-05"), ("changed", "2026-04-16"))
    assert [told(ada, kind) for kind in ("title", "position", "gender", "birth-date", "birth-place", "address")] == [
        ["Dr"],
        ["Keeper"],
        ["Female"],
        ["1980", "1981-03-01"],
        ["Basra, Iraq"],
        ["1 Quay, Basra, 61001, Iraq"],
    ]
    found = [numbers(ada, scheme) for scheme in ("uk", "ofsi", "un", "passport", "national-id")]
    assert found == [[("QUA0001", "")], [("71001", "")], [("QXi.001", "")], [("P1", "IQ")], [("555", "")]]
    for said in ("Asset freeze|Travel Ban", "Keeps lamps.", "statement of reasons: Lamps.", "+964 1", "in Arabic: آدا"):
        assert said in remarks(ada)
    assert (works.kind, works.country, numbers(works, "reg")) == ("organisation", "IR", [("BR-99", "")])
    assert told(works, "linked-to") == ["Parent company: Lamp Holding"]
    assert "(tax): 190 (Utopia)" in remarks(works)


def test_the_raw_record_of_xml_is_its_leaves_in_order() -> None:
    raw = first(XML).raw
    assert raw[0] == ("LastUpdated", ("16/04/2026",))
    assert ("Names/Name/AliasStrength", ("Low quality a.k.a",)) in raw
    assert ("SanctionsImposedIndicators/AssetFreeze", ("true",)) in raw


def test_csv_joins_the_rows_of_a_designation_below_its_report_date() -> None:
    weak = {**ADA, "Name 6": "Dim", "Name 1": "", "Name type": "Alias", "Alias strength": "Low quality a.k.a"}
    edition = read(made(ADA, weak, SHIP))
    assert (edition.form, edition.published, len(edition.entries)) == ("uk-csv", "2026-10-02", 2)
    ada, ship = edition.entries
    assert (ada.key, ada.name, names(ada, "weak"), told(ada, "birth-date")) == (
        "QUA0001",
        "LAMP Ada",
        ["Dim"],
        ["1980"],
    )
    assert (ship.kind, ship.country, numbers(ship, "imo")) == ("vessel", "PA", [("IMO9074729", "")])
    assert [told(ship, kind) for kind in ("flag", "vessel-type", "tonnage", "owner")] == [
        ["Panama"],
        ["Tanker"],
        ["7078"],
        ["Lamp Lines"],
    ]
    assert "Year built: 1999" in remarks(ship)
    assert "Previous flag: India" in remarks(ship)


def test_every_format_gives_the_same_key_name_kind_and_day() -> None:
    row = cells("QUA0001", "71001", "LAMP Ada", "The Quays", "Individual", "UN", "05-06-2011")
    found = [first(XML), first(made(ADA)), first(ods(cells(*SHORT), row))]
    assert {(entry.key, entry.name, entry.kind, entry.country) for entry in found[:2]} == {
        ("QUA0001", "LAMP Ada", "person", "IQ")
    }
    assert {(entry.key, entry.name, entry.kind, entry.stated[0]) for entry in found} == {
        ("QUA0001", "LAMP Ada", "person", ("listed", "2011-06-05"))
    }


def test_a_formula_in_a_name_is_text() -> None:
    assert first(made({**ADA, "Name 6": "=cmd|x", "Name 1": ""})).name == "=cmd|x"


def test_an_entry_without_a_printed_name_is_known_by_its_id() -> None:
    row = cells("QUA0001", "1", "\n  ", "The Quays", "Individual", "UN", "05-06-2011")
    assert [(name.text, name.kind) for name in first(ods(cells(*SHORT), row)).names] == [("QUA0001", "primary")]


def test_ods_counts_repeats_without_making_them() -> None:
    gap = '<table:table-row table:number-rows-repeated="999999999"><table:table-cell/></table:table-row>'
    wide = '<table:table-cell table:number-columns-repeated="999999999"/>'
    row = cells("QUA0001", "", "LAMP Ada", "The Quays", "Individual", "UN", "05-06-2011", end=wide * 3)
    edition = read(ods(cells("Report Date: 02-Oct-2026"), gap, cells(*SHORT), gap, row, gap))
    assert (edition.form, edition.published) == ("uk-ods", "2026-10-02")
    assert edition.entries[0].raw[0][1] == ("QUA0001", "", "LAMP Ada", "The Quays", "Individual", "UN", "05-06-2011")


def test_ods_takes_a_cells_text_without_its_comment() -> None:
    name = "LAMP<text:s text:c='999999999'/><text:span>Ada</text:span>"
    note = "<office:annotation><text:p>hidden</text:p></office:annotation>"
    row = cells("QUA0001", "", name, "Q", "Entity", "UN", "05-06-2011").replace("<text:p>Q", f"{note}<text:p>Q")
    entry = first(ods(cells(*SHORT), row))
    assert (entry.name, told(entry, "programme")) == ("LAMP Ada", ["Q"])


MANY_ROWS = 'table:number-rows-repeated="1000000"'
MANY_CELLS = 'table:number-columns-repeated="1000000"'
ROW = ("QUA0001", "1", "LAMP Ada", "The Quays", "Individual", "UN", "05-06-2011")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("<!doctype HTML><title>503</title>", "web page"),
        ("<export/>", "root element 'export'"),
        ("Last Updated,13/04/2018\nName 6,Group ID\n", "expected header"),
        (made(), "no entries"),
        ("<Designations/>", "no entries"),
        (XML[:-60], "not readable as XML"),
        (XML.replace("QUA0002", "QUA0001"), "Unique ID QUA0001 appears twice"),
        (XML.replace("<UniqueID>QUA0002</UniqueID>", ""), "without a Unique ID"),
        (XML.replace("<Designations>", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///c">]><Designations>'), "document type"),
        (made(ADA, SHIP, ADA), "Unique ID QUA0001 appears twice"),
        (made({**ADA, "Unique ID": ""}), "'' is not a Unique ID"),
        (made(ADA)[:-30], "fields where 58 are expected"),
        (ods(cells(*SHORT), cells(*ROW), cells(*ROW)), "Unique ID QUA0001 appears twice"),
        (ods(cells(*SHORT), cells(*ROW, "more")), "8 fields where 7"),
        (ods(cells(*SHORT), cells("A").replace("table-row", f"table-row {MANY_ROWS}", 1)), "repeated 1000000 times"),
        (ods(cells(*SHORT), cells("A").replace("table-cell", f"table-cell {MANY_CELLS}", 1)), "more than 1000 cells"),
        (ods(cells(*SHORT, end=f"<table:table-cell {MANY_CELLS}/>").replace("1000000", "-1")), "of '-1' times"),
        (ods("<!-- -->")[:-30], "archive"),
        (b"PK\x03\x04" + b"0" * 50, "not readable as an archive"),
    ],
)  # fmt: skip
def test_what_is_not_this_list_or_not_whole_is_refused(text: str | bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert said in str(refused.value)


def test_an_archive_that_holds_no_spreadsheet_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.csv", "x")
    with pytest.raises(InputError, match="no spreadsheet"):
        read(packed.getvalue())


def test_the_real_ods_has_as_many_entries_as_unique_ids(data: Path) -> None:
    real = unpacked(data / "lists/uk/2025-08-11.ods")
    with zipfile.ZipFile(io.BytesIO(real.content)) as archive:
        content = archive.read("content.xml").decode("utf-8-sig")
    ids = re.findall(r"<text:p>([A-Z]{3}\d{4})</text:p>", content)
    edition = SOURCE.read([real])
    assert [entry.key for entry in edition.entries] == ids
    assert len(set(ids)) == len(ids)
    assert all(entry.names[0].kind == "primary" and entry.stated for entry in edition.entries)
    assert sum(entry.kind == "vessel" for entry in edition.entries) == content.count("<text:p>Ship</text:p>")
