"""The EU's file: XML and both dialects of the CSV, one entry for an entity."""

import re
from pathlib import Path

import pytest
from tests.intake.asked import file, names, numbers, remarks, told, unpacked

from vacatur.errors import InputError
from vacatur.intake.source import Printed
from vacatur.intake.sources.eu_fsf import SOURCE
from vacatur.model.listed import Listed

SUMMARY = '<regulationSummary regulationType="amendment" publicationDate="2031-05-02" numberTitle="2031/77 (OJ L9)"/>'
PERSON = f"""
<sanctionEntity designationDate="2031-05-02" unitedNationId="XXi.009" euReferenceNumber="EU.1.10" logicalId="501">
  <remark>Keeper of the lamp</remark>
  <regulation regulationType="amendment" organisationType="council" publicationDate="2031-05-02"
    entryIntoForceDate="2031-05-03" numberTitle="2031/77 (OJ L9)" programme="ZZZ" logicalId="9">
    <publicationUrl>https://example.org/act</publicationUrl>
  </regulation>
  <subjectType code="person" classificationCode="P"/>
  <nameAlias wholeName="Ivo the Short" strong="false" nameLanguage="EN" logicalId="1">{SUMMARY}</nameAlias>
  <nameAlias wholeName="Иво Ламповски" strong="true" nameLanguage="BG" logicalId="2">{SUMMARY}</nameAlias>
  <nameAlias firstName="Ivo" middleName="" lastName="LAMPOVSKI" wholeName="" strong="true" gender="M"
    title="Captain" function="Keeper" logicalId="3">{SUMMARY}</nameAlias>
  <citizenship countryIso2Code="UT" countryDescription="UTOPIA" logicalId="4"/>
  <citizenship countryIso2Code="BG" countryDescription="BULGARIA" logicalId="5">{SUMMARY}</citizenship>
  <birthdate circa="true" calendarType="GREGORIAN" year="1961" city="Varna" countryIso2Code="BG"
    countryDescription="BULGARIA" logicalId="6"/>
  <birthdate calendarType="GREGORIAN" birthdate="1962-03-04" year="1962" countryIso2Code="00"
    countryDescription="UNKNOWN" logicalId="7"/>
  <birthdate calendarType="GREGORIAN" yearRangeFrom="1960" yearRangeTo="1963" countryIso2Code="00"
    countryDescription="UNKNOWN" logicalId="8"/>
  <birthdate calendarType="ISLAMIC" year="1381" monthOfYear="7" countryIso2Code="00" countryDescription="UNKNOWN"
    logicalId="9"/>
  <address street="Quay 4" poBox="77" zipCode="9000" city="Varna" countryIso2Code="BG" countryDescription="BULGARIA"
    logicalId="10"><contactInfo key="PHONE" value="+359 1"/></address>
  <identification identificationTypeCode="passport" identificationTypeDescription="National passport" number="P 123"
    knownExpired="true" countryIso2Code="BG" countryDescription="BULGARIA" logicalId="11"/>
  <identification identificationTypeCode="other" identificationTypeDescription="Other number" number="77-1"
    countryIso2Code="00" countryDescription="UNKNOWN" logicalId="12"><remark>tazkira</remark></identification>
</sanctionEntity>"""
FIRM = """
<sanctionEntity designationDate="2009-01-01" logicalId="502">
  <regulation regulationType="amendment" publicationDate="2031-05-02" entryIntoForceDate="2031-05-03"
    numberTitle="2031/77" programme="ZZZ" logicalId="9"/>
  <subjectType code="enterprise" classificationCode="E"/>
  <nameAlias wholeName="Lamp Works" strong="true" logicalId="21"/>
  <address countryIso2Code="EL" countryDescription="GREECE" logicalId="22"/>
</sanctionEntity>"""
NEW = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_SubjectType;"
    "Entity_SubjectType_ClassificationCode;Entity_Regulation_PublicationDate;Entity_Regulation_Programme;"
    "NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_LogicalId;BirthDate_Day;BirthDate_Month;BirthDate_Year;"
    "Identification_Number;Identification_TypeCode;Citizenship_CountryIso2Code;Citizenship_CountryDescription"
)
OLD = (
    "Date_file;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Leba_url;Programme;Entity_remark;"
    "Naal_logical_id;Entity_logical_id;Naal_leba_publication_date;Naal_wholename;Naal_gender;Naal_function;"
    "Iden_number;Iden_country;Citi_country;EU_ref_num"
)
OLD_ROWS = (
    'x;7;P;1/2001;2001-02-03;http://a;ZZZ;"(one)\\n(two)";1;7;2001-02-03;Ada Lamp;F;"Keeper;";;;;EU.7.7',
    "x;7;P;1/2001;2001-02-03;http://a;ZZZ;;;;;;;;AB 12 (passport-National passport) (issued 1999);UTO;;EU.7.7",
    "x;7;P;1/2001;2001-02-03;http://a;ZZZ;;;;;;;;;;IRQ;EU.7.7",
)


def xml(*entities: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<export xmlns="http://eu.europa.ec/fpi/fsd/export" '
        f'generationDate="2031-06-01T10:00:00.000+02:00" globalFileId="1">{"".join(entities)}</export>'
    )


def read(text: str | bytes) -> Printed:
    return SOURCE.read([file(text)])


def first(text: str) -> Listed:
    return read(text).entries[0]


def old(*rows: str) -> str:
    return "\n".join([OLD, *(row.replace("x;", "04/07/2018;", 1) for row in rows)]) + "\n"


def test_xml_yields_an_entry_for_each_entity_under_its_logical_id() -> None:
    edition = read(xml(PERSON, FIRM))
    assert (edition.form, edition.published, edition.count) == ("eu-xml", "2031-06-01", None)
    assert [(entry.key, entry.programme, entry.kind) for entry in edition.entries] == [
        ("501", "eu-fsf", "person"),
        ("502", "eu-fsf", "organisation"),
    ]


def test_the_primary_name_is_a_strong_one_in_latin_script() -> None:
    entry = first(xml(PERSON))
    assert entry.name == "Ivo LAMPOVSKI"
    assert names(entry, "weak") == ["Ivo the Short"]
    assert [(name.text, name.script) for name in entry.names if name.kind == "native"] == [("Иво Ламповски", "Cyrl")]
    assert "Name in BG: Иво Ламповски" in remarks(entry)


def test_dates_of_birth_keep_what_is_known_and_how_well() -> None:
    assert told(first(xml(PERSON)), "birth-date") == [
        "circa 1961",
        "1962-03-04",
        "1960 to 1963",
        "1381-07 (islamic calendar)",
    ]


def test_details_of_a_person_go_where_they_belong() -> None:
    entry = first(xml(PERSON))
    assert told(entry, "gender") == ["male"]
    assert told(entry, "title") == ["Captain"]
    assert told(entry, "position") == ["Keeper"]
    assert told(entry, "programme") == ["ZZZ"]
    assert told(entry, "birth-place") == ["Varna, BULGARIA"]
    assert told(entry, "address") == ["Quay 4, P.O. Box 77, 9000, Varna, BULGARIA"]
    assert told(entry, "citizenship") == ["UTOPIA", "BULGARIA"]
    assert numbers(entry, "passport") == [("P 123", "BG")]
    assert numbers(entry, "eu") == [("EU.1.10", "")]
    assert numbers(entry, "un") == [("XXi.009", "")]
    for said in ("Keeper of the lamp", "PHONE: +359 1", "Other number: 77-1", "tazkira", "knownExpired", "2031/77"):
        assert said in remarks(entry)


def test_the_regulations_day_is_stated_where_it_is_the_designations() -> None:
    assert first(xml(PERSON)).stated == (("listed", "2031-05-02"), ("effective", "2031-05-03"))


def test_an_amendments_day_is_not_stated_as_the_listings() -> None:
    assert first(xml(FIRM)).stated == ()
    assert "Designation date: 2009-01-01" in remarks(first(xml(FIRM)))


def test_a_day_later_than_that_on_which_a_name_rests_is_not_stated() -> None:
    assert first(xml(PERSON.replace(SUMMARY, SUMMARY.replace("2031-05-02", "2020-01-01"), 1))).stated == ()


def test_an_organisations_country_is_that_of_its_address() -> None:
    assert first(xml(FIRM)).country == "GR"


def test_the_raw_record_keeps_every_attribute_in_order() -> None:
    raw = first(xml(FIRM)).raw
    assert raw[0] == ("sanctionEntity", ("designationDate=2009-01-01", "logicalId=502"))
    assert ("sanctionEntity/nameAlias", ("wholeName=Lamp Works", "strong=true", "logicalId=21")) in raw


def test_csv_of_today_joins_the_rows_of_an_entity() -> None:
    text = "\r\n".join(
        [
            NEW,
            "05/08/2026;9;EU.9.9;2026-01-02;P;person;2026-01-02;ZZZ;=cmd|' /C calc'!A1;;1;;;;;;;",
            "05/08/2026;9;EU.9.9;2026-01-02;P;person;2026-01-02;ZZZ;Ада;BG;2;;;;;;;",
            "05/08/2026;9;EU.9.9;2026-01-02;P;person;2026-01-02;ZZZ;;;;4;7;1970;;;;",
            "05/08/2026;9;EU.9.9;2026-01-02;P;person;2026-01-02;ZZZ;;;;;;;X1;passport;;",
            "05/08/2026;9;EU.9.9;2026-01-02;P;person;2026-01-02;ZZZ;;;;;;;;;IQ;IRAQ",
            "",
        ]
    )
    edition = read("\ufeff" + text)
    (entry,) = edition.entries
    assert (edition.form, edition.published) == ("eu-csv", "2026-08-05")
    assert entry.name == "=cmd|' /C calc'!A1"
    assert (names(entry, "native"), told(entry, "birth-date")) == (["Ада"], ["1970-07-04"])
    assert (numbers(entry, "passport"), entry.country) == ([("X1", "")], "IQ")
    assert entry.stated == (("listed", "2026-01-02"),)
    assert len(entry.raw) == 5


def test_csv_of_before_is_read_with_its_three_letter_countries_and_packed_documents() -> None:
    edition = read(old(*OLD_ROWS))
    (entry,) = edition.entries
    assert (entry.key, entry.name, entry.kind, entry.country) == ("7", "Ada Lamp", "person", "IQ")
    assert numbers(entry, "passport") == [("AB 12", "")]
    assert "AB 12: (issued 1999)" in remarks(entry)
    assert "(one)\n(two)" in remarks(entry)
    assert told(entry, "position") == ["Keeper;"]
    assert entry.stated == (("listed", "2001-02-03"),)


def test_lines_that_a_spreadsheet_wrapped_are_read_as_what_they_were() -> None:
    quoted = (row.replace('"', '""').replace("Ada Lamp", "Ada\t Lamp") for row in old(*OLD_ROWS).splitlines())
    wrapped = "".join(f'"{row}\t\t\t"\n' for row in quoted)
    (entry,) = read(wrapped).entries
    assert entry.name == "Ada, Lamp"
    assert numbers(entry, "eu") == [("EU.7.7", "")]
    assert told(entry, "position") == ["Keeper;"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("<!DOCTYPE html><html><body>503</body></html>", "web page"),
        ("<Designations></Designations>", "root element 'Designations'"),
        ("Unique ID,Name\nAFG0001,X\n", "text without the expected header"),
        (xml(), "no entries"),
        (xml(PERSON)[:-40], "not readable as XML"),
        (xml(PERSON, PERSON), "logical id 501 appears twice"),
        (xml(PERSON.replace('logicalId="501"', "")), "without a logical id"),
        ('<?xml version="1.0"?><!DOCTYPE export [<!ENTITY a "b">]><export/>', "document type"),
        (old(*OLD_ROWS)[:-1], "middle of its last line"),
        (old(*OLD_ROWS)[:-12] + "\n", "fields where"),
        (old(*OLD_ROWS, OLD_ROWS[0].replace("x;7", "x;8"), OLD_ROWS[0]), "logical id 7 appears twice"),
        (old(*OLD_ROWS, OLD_ROWS[0].replace("EU.7.7", "EU.8.8")), "is EU.7.7 and also EU.8.8"),
        (old(OLD_ROWS[0].replace("x;7", "x;seven")), "not a logical id"),
        (old(OLD_ROWS[0].replace("Ada", "A\0da")), "NUL"),
    ],
)
def test_what_is_not_this_list_or_not_whole_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert said in str(refused.value)


def test_a_utf8_file_with_a_broken_byte_is_not_taken_for_a_code_page() -> None:
    with pytest.raises(InputError, match="not UTF-8"):
        read(old(OLD_ROWS[0].replace("Ada", "Ádá Ödön")).encode() + b"\xe4\n")


def test_a_file_in_the_code_page_is_read_in_it() -> None:
    (entry,) = read(old(OLD_ROWS[0].replace("Ada", "Ädä")).encode("cp1252")).entries
    assert entry.name == "Ädä Lamp"


def test_the_real_short_csv_has_as_many_entries_as_logical_ids(data: Path) -> None:
    real = unpacked(data / "lists/eu/2023-12-21.short.csv.zst")
    ids = set(re.findall(rb'^"\d\d/\d\d/\d{4};(\d+);', real.content, re.MULTILINE))
    edition = SOURCE.read([real])
    assert {entry.key for entry in edition.entries} == {found.decode() for found in ids}
    assert sum(len(entry.raw) for entry in edition.entries) == real.content.count(b"\n") - 1
    assert all(entry.names[0].kind == "primary" and entry.name != entry.key for entry in edition.entries)
    assert all(numbers(entry, "eu")[0][0].startswith("EU.") for entry in edition.entries)
    assert edition.published == "2018-07-04"
