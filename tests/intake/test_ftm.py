"""FollowTheMoney bulk files: parties as entries, and what stands about them in entities of their own."""

import json
from typing import Any

import pytest
from tests.intake.asked import file, names, numbers, remarks, told

from vacatur.errors import InputError
from vacatur.intake.source import Printed
from vacatur.intake.sources import ftm_lines
from vacatur.intake.sources.ftm import SOURCE
from vacatur.model.listed import Listed


def thing(id_: str, schema: str, caption: str = "", **properties: list[str]) -> dict[str, Any]:
    return {"id": id_, "schema": schema, "caption": caption, "properties": properties, "datasets": ["quays"],
            "referents": [], "first_seen": "2024-01-01T00:00:00", "last_change": "2026-02-03T04:05:06",
            "target": True}  # fmt: skip


ADA = thing(
    "q-ada", "Person", "Ada Lamp", name=["Ada Lamp", "Ада Лампа"], alias=["A. Lamp"], weakAlias=["Dim"],
    previousName=["Ada Wick"], birthDate=["1980-07", "1981"], birthPlace=["Basra"], nationality=["iq"],
    gender=["female"],
    topics=["sanction", "role.pep"], passportNumber=["P1"], innCode=["7701"], addressEntity=["q-addr"],
    position=["Keeper"], notes=["Keeps lamps."], weight=["60 kg"],
)  # fmt: skip
FIRM = thing(
    "q-firm", "Company", "Lamp Works", name=["Lamp Works"], jurisdiction=["ru"], country=["ru", "cy"], leiCode=["LEI1"],
    ogrnCode=["1027"], registrationNumber=["77"], swiftBic=["LAMPRUMM"], uscCode=["91X"],
)  # fmt: skip
AROUND = (
    thing("q-addr", "Address", full=["1 Quay, Basra"], country=["iq"]),
    thing(
        "q-s", "Sanction", entity=["q-ada"], startDate=["2020-05-06"], authority=["Quay Authority"], program=["QUAYS"]
    ),
    thing("q-p", "Passport", holder=["q-ada"], number=["P2"], country=["iq"], type=["Passport"]),
    thing("q-i", "Identification", holder=["q-ada"], number=["555"], type=["National ID"]),
    thing("q-o", "Ownership", owner=["q-ada"], asset=["q-firm"], percentage=["60"]),
    thing("q-d", "Directorship", director=["q-ada"], organization=["q-firm"]),
    thing("q-sec", "Security", "Lamp 2030", issuer=["q-firm"], isin=["XS0000000009"], issueDate=["2019-01-02"]),
)


def lines(*entities: dict[str, Any]) -> str:
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities)


def read(text: str | bytes) -> Printed:
    return SOURCE.read([file(text)])


def both() -> tuple[Listed, Listed]:
    ada, firm = read(lines(*AROUND[:3], ADA, FIRM, *AROUND[3:])).entries
    return ada, firm


def test_parties_are_entries_and_nothing_else_is() -> None:
    edition = read(lines(*AROUND[:3], ADA, FIRM, *AROUND[3:]))
    assert (edition.form, edition.published, edition.count) == ("ftm-json", "", None)
    assert [(entry.key, entry.programme, entry.kind, entry.country) for entry in edition.entries] == [
        ("q-ada", "ftm", "person", "IQ"),
        ("q-firm", "ftm", "organisation", "RU"),
    ]


def test_names_keep_their_kinds() -> None:
    ada, _ = both()
    assert [(name.text, name.kind, name.script) for name in ada.names] == [
        ("Ada Lamp", "primary", "Latn"),
        ("Ада Лампа", "native", "Cyrl"),
        ("A. Lamp", "alias", "Latn"),
        ("Dim", "weak", "Latn"),
        ("Ada Wick", "former", "Latn"),
    ]


def test_properties_go_where_they_belong_and_the_rest_into_remarks() -> None:
    ada, firm = both()
    assert told(ada, "birth-date") == ["1980-07", "1981"]
    assert told(ada, "risk") == ["sanction", "role.pep"]
    assert numbers(ada, "passport") == [("P1", "IQ"), ("P2", "IQ")]
    assert (numbers(ada, "tax"), numbers(ada, "national-id")) == ([("7701", "RU")], [("555", "")])
    assert "weight: 60 kg" in remarks(ada)
    assert "Keeps lamps." in remarks(ada)
    assert numbers(firm, "reg") == [("1027", "RU"), ("77", "RU")]
    assert [numbers(firm, scheme)[0][0] for scheme in ("lei", "bic", "uscc")] == ["LEI1", "LAMPRUMM", "91X"]


def test_what_stands_in_entities_of_its_own_is_added_wherever_it_stands() -> None:
    ada, firm = both()
    assert told(ada, "address") == ["1 Quay, Basra"]
    assert ada.stated == (("listed", "2020-05-06"), ("changed", "2026-02-03"))
    assert told(ada, "programme") == ["QUAYS"]
    assert "authority Quay Authority" in remarks(ada)
    assert told(ada, "linked-to") == ["owns: Lamp Works (60)", "director of: Lamp Works"]
    assert (told(firm, "owner"), told(firm, "linked-to")) == (["Ada Lamp (60)"], ["Ada Lamp: director of this"])
    (security,) = firm.securities
    assert (security.id, security.title, security.since) == ("XS0000000009", "Lamp 2030", "2019-01-02")
    assert ("Sanction/q-s/startDate", ("2020-05-06",)) in ada.raw
    assert ("properties/name", ("Ada Lamp", "Ада Лампа")) in ada.raw


def test_sanctions_that_began_on_several_days_state_none() -> None:
    more = thing("q-s2", "Sanction", entity=["q-ada"], startDate=["2021-01-01"])
    assert read(lines(ADA, *AROUND, more)).entries[0].stated == (("changed", "2026-02-03"),)


def test_vessels_aircraft_and_wallets_are_parties() -> None:
    ship = thing("q-v", "Vessel", "STAR", name=["STAR"], imoNumber=["IMO9074729"], mmsi=["1"], flag=["pa"],
                 type=["Tanker"], callSign=["3ABC"], tonnage=["9"])  # fmt: skip
    plane = thing("q-a", "Airplane", "EP-X", name=["EP-X"], serialNumber=["22"])
    wallet = thing("q-w", "CryptoWallet", publicKey=["1AbC"], currency=["BTC"], holder=["q-ada"])
    anyone = thing("q-l", "LegalEntity", "Some", name=["Some"])
    found = read(lines(ship, plane, wallet, anyone, ADA)).entries
    assert [entry.kind for entry in found] == ["vessel", "aircraft", "wallet", "unknown", "person"]
    assert (found[0].country, told(found[0], "vessel-type"), told(found[0], "call-sign")) == (
        "PA",
        ["Tanker"],
        ["3ABC"],
    )
    assert (numbers(found[2], "wallet"), found[2].name) == ([("1AbC", "")], "1AbC")
    assert told(found[2], "linked-to") == ["held by: Ada Lamp"]


def test_a_caption_that_is_no_name_does_not_become_one() -> None:
    entry = read(lines(thing("q", "Company", "Лампа", name=["Lampa", "Лампа-2"]))).entries[0]
    assert (entry.name, names(entry, "native")) == ("Lampa", ["Лампа-2"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("<html></html>", "web page"),
        ("[" + lines(ADA).strip() + "]", "not an entity"),
        ("id,name\n1,Ada\n", "not an entity"),
        (lines(ADA, FIRM)[:-30], "line 2: not an entity"),
        (lines(ADA, ADA), "id q-ada appears twice"),
        (lines({**ADA, "id": ""}), "without an id"),
        (lines(*AROUND), "no parties"),
        (lines(ADA).replace("Ada", "A\0da"), "not an entity"),
        (lines(ADA).encode().replace(b"Basra", b"B\xe4sra"), "not an entity"),
        ('{"a":' * 5000, "not an entity"),
        (lines({**ADA, "properties": {"name": [{"id": "nested"}]}}), "not an entity"),
    ],
)
def test_what_is_not_such_a_file_or_not_whole_is_refused(text: str | bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert said in str(refused.value)


def test_a_line_without_end_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ftm_lines, "MOST_LINE", 2_000)
    with pytest.raises(InputError, match="more than 2000 bytes"):
        read(lines(ADA, thing("q", "Person", name=["x" * 3_000])))
