from pathlib import Path

import pytest
from tests.intake.real import real

from vacatur.errors import InputError
from vacatur.intake.reading import File
from vacatur.intake.sources.ca_sema import SOURCE
from vacatur.model.listed import Listed

PERSON = (
    "<record><Country>Ruritania / Ruritanie</Country><Title>Dr.</Title><LastName>Quayle\u00a0</LastName>"
    "<GivenName>Orla</GivenName><Aliases>Orlah, Ursula KVALE</Aliases><DateOfBirth>1965-01</DateOfBirth>"
    "<Schedule>1, Part 2</Schedule><Item>7</Item></record>"
)
FIRM = (
    "<record><Country>Ruritania / Ruritanie</Country><Entity>Quay Bank</Entity>"
    "<Aliases>Quay Lines Co., Ltd., QB</Aliases><Schedule>N/A</Schedule><Item>1</Item></record>"
)
SHIP = (
    "<record><Country-Pays>Ruritania / Ruritanie</Country-Pays>"
    "<EntityOrShip-EntiteOuNavire>Quay Star</EntityOrShip-EntiteOuNavire>"
    "<TitleOrShipType-TitreOuTypeDeNavire>Tanker</TitleOrShipType-TitreOuTypeDeNavire>"
    "<ShipIMONumber-NumeroOMIDuNavire>9074729</ShipIMONumber-NumeroOMIDuNavire>"
    "<DateOfBirthOrShipBuildDate-DateDeNaissance>1999</DateOfBirthOrShipBuildDate-DateDeNaissance>"
    "<Item-NumeroDarticle>3</Item-NumeroDarticle>"
    "<DateOfListing-DateDinscription>2024-02-03</DateOfListing-DateDinscription></record>"
)


def sema(*records: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><data-set>{"".join(records)}</data-set>'.encode()


def entries(*records: str) -> tuple[Listed, ...]:
    return SOURCE.read([File("sema-lmes.xml", sema(*records))]).entries


def names(entry: Listed) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in entry.names]


def particulars(entry: Listed) -> list[tuple[str, str]]:
    return [(each.kind, each.value) for each in entry.particulars]


def test_an_entry_is_known_by_regulation_schedule_and_item() -> None:
    assert [(entry.key, entry.kind) for entry in entries(PERSON, FIRM, SHIP)] == [
        ("ruritania/1-part-2/7", "person"), ("ruritania/-/1", "organisation"), ("ruritania/-/3", "vessel"),
    ]  # fmt: skip


def test_a_regulation_with_an_abbreviation_goes_by_it() -> None:
    named = FIRM.replace("Ruritania / Ruritanie", "Harbour Masters Regulations (HMRR) / Règlement (RMPR)")
    assert entries(named)[0].key == "hmrr/-/1"


def test_the_country_of_the_regulation_is_not_that_of_the_party() -> None:
    (entry,) = entries(PERSON)
    assert entry.country == ""
    assert particulars(entry) == [
        ("programme", "Ruritania / Ruritanie"), ("title", "Dr."), ("birth-date", "1965-01"),
        ("remark", "Schedule: 1, Part 2"), ("remark", "Item: 7"),
    ]  # fmt: skip


def test_a_given_name_alone_is_a_weak_alias_and_a_legal_form_is_none() -> None:
    person, firm = entries(PERSON, FIRM)
    assert names(person) == [("Orla Quayle", "primary"), ("Orlah", "weak"), ("Ursula KVALE", "alias")]
    assert names(firm) == [("Quay Bank", "primary"), ("Quay Lines Co., Ltd.", "alias"), ("QB", "alias")]


def test_the_bilingual_fields_of_later_editions_are_read_with_ships_and_dates() -> None:
    (ship,) = entries(SHIP)
    assert ship.stated == (("listed", "2024-02-03"),)
    assert [(each.scheme, each.value) for each in ship.identifiers] == [("ca", "ruritania/-/3"), ("imo", "9074729")]
    assert particulars(ship)[1:3] == [("vessel-type", "Tanker"), ("remark", "Built: 1999")]


def test_the_raw_record_is_kept_as_it_is() -> None:
    assert ("LastName", ("Quayle\u00a0",)) in entries(PERSON)[0].raw


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not readable as XML"),
        (sema(), "an empty one"),
        (b"<html><body>Not found</body></html>", "not Canada's list"),
        (sema(FIRM).replace(b"data-set", b"other"), "not Canada's list"),
        (sema(FIRM, FIRM), "ruritania/-/1 is there twice"),
        (sema(FIRM)[:-30], "not readable as XML"),
        (sema(FIRM.replace("<Item>1</Item>", "")), "no item number"),
        (sema(FIRM.replace("Bank", "B\u00e4nk")).decode().encode("latin-1"), "is not utf-8"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + sema(FIRM), "document type"),
    ],
)
def test_a_damaged_or_wrong_file_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        SOURCE.read([File("sema-lmes.xml", content)])


def test_the_real_edition_has_every_record(data: Path) -> None:
    file = real(data / "lists" / "ca" / "2020-04-15.xml.zst")
    edition = SOURCE.read([file])
    assert len(edition.entries) == file.content.count(b"<record>") == 1369
    people = sum(entry.kind == "person" for entry in edition.entries)
    assert people == file.content.count(b"<LastName>") == 985
    assert all(entry.names[0].kind == "primary" for entry in edition.entries)
