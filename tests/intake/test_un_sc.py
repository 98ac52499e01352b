import re
from pathlib import Path

import pytest
from tests.intake.real import real

from vacatur.errors import InputError
from vacatur.intake.reading import File
from vacatur.intake.sources.un_sc import SOURCE
from vacatur.model.listed import Listed

PERSON = """
  <INDIVIDUAL>
    <DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM>
    <FIRST_NAME> ORLA </FIRST_NAME><SECOND_NAME>QUAYLE</SECOND_NAME><THIRD_NAME>na</THIRD_NAME>
    <UN_LIST_TYPE>Ruritania</UN_LIST_TYPE><REFERENCE_NUMBER>RUi.001</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
    <GENDER>Female</GENDER><NAME_ORIGINAL_SCRIPT>Орла Куайль</NAME_ORIGINAL_SCRIPT><COMMENTS1>Left by
      sea.</COMMENTS1>
    <TITLE><VALUE>Dr</VALUE></TITLE><DESIGNATION><VALUE>Harbour master</VALUE><VALUE>Pilot</VALUE></DESIGNATION>
    <NATIONALITY><VALUE>Norway</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
    <LAST_DAY_UPDATED><VALUE>2016-10-13</VALUE><VALUE>2014-01-02</VALUE><VALUE/></LAST_DAY_UPDATED>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Orla Kvale; Orla Quale</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Pilot</ALIAS_NAME><NOTE>at sea</NOTE></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>قبطان (Qubtan; Kubtan)</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ADDRESS><STREET>Quay 1</STREET><CITY>Bergen</CITY><COUNTRY>Norway</COUNTRY><NOTE>until 2010</NOTE>
    </INDIVIDUAL_ADDRESS><INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
    {births}
    <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Tromsø</CITY><COUNTRY>Norway</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
    {documents}
    <SORT_KEY/><SORT_KEY_LAST_MOD/>
  </INDIVIDUAL>"""
BIRTHS = (
    """<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH>"""
)
FIRM = """
  <ENTITY><REFERENCE_NUMBER>RUe.001</REFERENCE_NUMBER><DATAID>2</DATAID><FIRST_NAME>QUAY SHIPPING CO</FIRST_NAME>
    <LISTED_ON>2015-05-06T00:00</LISTED_ON><UN_LIST_TYPE>Ruritania</UN_LIST_TYPE><COMMENTS1/>
    <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>QSC</ALIAS_NAME></ENTITY_ALIAS>
    <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old Quay Lines</ALIAS_NAME></ENTITY_ALIAS>
    <ENTITY_ADDRESS><CITY>Oslo</CITY><COUNTRY>Norway</COUNTRY></ENTITY_ADDRESS>
  </ENTITY>"""


def un(person: str = PERSON, births: str = BIRTHS, documents: str = "", firm: str = FIRM) -> bytes:
    people = person.replace("{births}", births).replace("{documents}", documents)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2024-05-06T23:00:05.233Z">'
        f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES>{firm}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def entries(content: bytes) -> tuple[Listed, ...]:
    return SOURCE.read([File("consolidated.xml", content)]).entries


def said(entry: Listed, kind: str) -> list[str]:
    return [particular.value for particular in entry.particulars if particular.kind == kind]


def test_an_edition_is_read_in_its_order_with_the_day_on_which_it_was_made() -> None:
    edition = SOURCE.read([File("x", un())])
    assert (edition.form, edition.published, edition.count) == ("un-xml", "2024-05-06", None)
    assert [(entry.key, entry.kind, entry.country) for entry in edition.entries] == [
        ("RUi.001", "person", "NO"), ("RUe.001", "organisation", "NO"),
    ]  # fmt: skip


def test_the_parts_of_a_name_are_joined_and_the_default_na_is_no_part() -> None:
    assert entries(un())[0].name == "ORLA QUAYLE"


def test_the_quality_of_an_alias_says_its_kind_and_its_letters_its_script() -> None:
    person, firm = entries(un())
    assert [(name.text, name.kind, name.script) for name in person.names[1:]] == [
        ("Орла Куайль", "native", "Cyrl"), ("Orla Kvale", "alias", "Latn"), ("Orla Quale", "alias", "Latn"),
        ("The Pilot", "weak", "Latn"), ("قبطان", "native", "Arab"), ("Qubtan", "alias", "Latn"),
        ("Kubtan", "alias", "Latn"),
    ]  # fmt: skip
    assert [(name.text, name.kind) for name in firm.names[1:]] == [("QSC", "alias"), ("Old Quay Lines", "former")]


def test_what_else_is_printed_of_a_person_is_kept_by_kind() -> None:
    person = entries(un())[0]
    assert said(person, "position") == ["Harbour master", "Pilot"]
    assert said(person, "address") == ["Quay 1, Bergen, Norway (until 2010)"]
    assert said(person, "birth-place") == ["Tromsø, Norway"]
    assert said(person, "gender") + said(person, "title") == ["Female", "Dr"]
    assert said(person, "remark") == ["Left by sea.", "Alias The Pilot: at sea"]


@pytest.mark.parametrize(
    ("printed", "born"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-02-03-05:00</DATE>", "1970-02-03"),
        ("<TYPE_OF_DATE>Exact</TYPE_OF_DATE><YEAR>1970</YEAR>", "1970"),
        ("<YEAR>1965</YEAR><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE>", "circa 1965"),
        ("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>", "1955 to 1958"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>in the year of the flood</NOTE>", "in the year of the flood"),
    ],
)
def test_a_date_of_birth_is_written_as_far_as_it_is_known(printed: str, born: str) -> None:
    found = entries(un(births=f"<INDIVIDUAL_DATE_OF_BIRTH>{printed}</INDIVIDUAL_DATE_OF_BIRTH>"))[0]
    assert said(found, "birth-date") == [born]


@pytest.mark.parametrize(
    ("printed", "scheme"),
    [
        ("<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>", "passport"),
        ("<TYPE_OF_DOCUMENT>Número de pasaporte</TYPE_OF_DOCUMENT>", "passport"),
        ("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>", "national-id"),
        ("<TYPE_OF_DOCUMENT2>identity card </TYPE_OF_DOCUMENT2>", "national-id"),
        ("<TYPE_OF_DOCUMENT2>Italian Fiscal Code:</TYPE_OF_DOCUMENT2>", "tax"),
    ],
)
def test_a_document_is_an_identifier_of_its_kind(printed: str, scheme: str) -> None:
    number = "<NUMBER> N 12 </NUMBER><ISSUING_COUNTRY>Norway</ISSUING_COUNTRY>"
    document = f"<INDIVIDUAL_DOCUMENT>{printed}{number}</INDIVIDUAL_DOCUMENT>"
    own, found = entries(un(documents=document))[0].identifiers
    assert (own.scheme, own.value) == ("un", "RUi.001")
    assert (found.scheme, found.value, found.country) == (scheme, "N 12", "NO")


def test_a_ration_card_is_kept_as_a_remark_and_identifies_nobody() -> None:
    document = (
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>"
        "<TYPE_OF_DOCUMENT2>Ration card no.</TYPE_OF_DOCUMENT2><NUMBER>77</NUMBER></INDIVIDUAL_DOCUMENT>"
    )
    person = entries(un(documents=document))[0]
    assert [each.scheme for each in person.identifiers] == ["un"]
    assert "National Identification Number; Ration card no.; 77" in said(person, "remark")


def test_the_dates_stated_are_of_the_listing_and_of_the_last_change() -> None:
    person, firm = entries(un())
    assert person.stated == (("listed", "2012-12-31"), ("changed", "2016-10-13"))
    assert firm.stated == (("listed", "2015-05-06"),)


def test_another_order_of_elements_is_the_same_entry() -> None:
    title = "<TITLE><VALUE>Dr</VALUE></TITLE>"
    other = PERSON.replace(title, "").replace("<SORT_KEY/>", f"{title}<SORT_KEY/>")
    one, two = entries(un())[0], entries(un(person=other))[0]
    assert (one.key, one.names, sorted(one.raw)) == (two.key, two.names, sorted(two.raw))
    assert set(one.particulars) == set(two.particulars)
    assert one.raw != two.raw


def test_the_raw_entry_keeps_every_text_untouched_and_in_its_order() -> None:
    raw = entries(un())[0].raw
    assert raw[2] == ("FIRST_NAME", (" ORLA ",))
    assert ("LAST_DAY_UPDATED/VALUE", ("2016-10-13", "2014-01-02", "")) in raw
    assert raw.index(("INDIVIDUAL_ALIAS/ALIAS_NAME", ("The Pilot",))) < raw.index(
        ("INDIVIDUAL_ALIAS/NOTE", ("at sea",))
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not readable as XML"),
        (b"<html><body><h1>502 Bad Gateway</h1></body></html>", "not the UN Security Council's"),
        (b"<!DOCTYPE html><html></html>", "declares a document type"),
        (un(person="", firm=""), "or an empty one"),
        (un().replace(b"CONSOLIDATED_LIST", b"sdnList"), "not the UN Security Council's"),
        (un()[:900], "not readable as XML"),
        (un().replace(b"QUAYLE", b"QU\0YLE"), "NUL"),
        (un().replace("Tromsø".encode(), "Tromsø".encode("latin-1")), "is not utf-8"),
        (un(person=PERSON * 2), "RUi.001 is there twice"),
        (un().replace(b"<REFERENCE_NUMBER>RUe.001</REFERENCE_NUMBER>", b""), "no reference number"),
        (b'<!ENTITY x "y">' + un(), "entities"),
    ],
)
def test_a_damaged_or_wrong_file_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        entries(content)


def test_two_files_are_no_edition() -> None:
    with pytest.raises(InputError, match="2 files"):
        SOURCE.read([File("a", un()), File("b", un())])


def test_a_formula_in_a_name_is_text() -> None:
    assert entries(un().replace(b" ORLA ", b"=cmd|calc!A1"))[0].name == "=cmd|calc!A1 QUAYLE"


EDITIONS = {
    "2016-03-07": 1025, "2018-06-07": 1098, "2018-06-21": 1100, "2020-03-20": 1014, "2022-09-15": 952,
    "2024-11-30": 879, "2025-04-19": 877,
}  # fmt: skip


@pytest.mark.parametrize(("day", "count"), EDITIONS.items())
def test_a_real_edition_has_every_entry_of_its_file(data: Path, day: str, count: int) -> None:
    file = real(data / "lists" / "un-sc" / f"{day}.xml.zst")
    edition = SOURCE.read([file])
    independent = len(re.findall(rb"<(?:INDIVIDUAL|ENTITY)[ >]", file.content))
    assert len(edition.entries) == independent == count
    assert edition.published == day
    for entry in edition.entries:
        assert entry.names[0].kind == "primary"
        assert entry.stated[0][0] == "listed"


def test_a_real_party_keeps_its_key_from_year_to_year(data: Path) -> None:
    """Followed by the name. The edition of 2016 in that folder is of invented people and numbers."""
    last: dict[str, str] = {}
    for day in list(EDITIONS)[1:]:
        found = {
            entry.name: entry.key for entry in SOURCE.read([real(data / "lists" / "un-sc" / f"{day}.xml.zst")]).entries
        }
        kept = found.keys() & last.keys()
        # Some names change their spelling, and some people share one.
        assert not last or len(kept) > 0.8 * min(len(found), len(last))
        assert sum(found[name] != last[name] for name in kept) <= 2
        last = found
    assert last["ERIC BADEGE"] == "CDi.001"


def test_a_real_copy_whose_letters_were_cut_to_one_byte_is_refused(data: Path) -> None:
    """In it every Arabic name has become Latin signs, which nothing brings back."""
    with pytest.raises(InputError, match="is not utf-8"):
        SOURCE.read([real(data / "lists" / "un-sc" / "2025-08-16.xml.zst")])
