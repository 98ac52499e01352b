from pathlib import Path

import pytest
from tests.intake.real import real

from vacatur.errors import InputError
from vacatur.intake.reading import File
from vacatur.intake.sources.us_bis_dpl import SOURCE
from vacatur.model.listed import Listed

HEADER = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
)  # fmt: skip
QUAYLE = (
    " ORLA QUAYLE", "1 QUAY", "EL PASO", "TX", "US", "79905", "08/24/2022", "01/14/2026", "Y", "2022-08-29",
    "F.R. NOTICE ADDED", "87 F.R. 52741 8/29/2022",
)  # fmt: skip


def dpl(*rows: tuple[str, ...]) -> bytes:
    return "\n".join("\t".join(f'"{cell}"' for cell in row) for row in (HEADER, *rows)).encode()


def entries(*rows: tuple[str, ...]) -> tuple[Listed, ...]:
    return SOURCE.read([File("dpl.txt", dpl(*rows))]).entries


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    return tuple(cells.get(column, cell) for column, cell in zip(HEADER, row, strict=True))


def test_a_row_is_an_entry_with_its_dates_as_iso() -> None:
    (entry,) = entries(QUAYLE)
    assert (entry.programme, entry.name, entry.country, entry.kind) == ("us-bis-dpl", "ORLA QUAYLE", "US", "unknown")
    assert entry.stated == (("listed", "2022-08-24"), ("changed", "2022-08-29"))
    assert [(each.kind, each.value) for each in entry.particulars] == [
        ("address", "1 QUAY, EL PASO, TX, 79905, US"), ("remark", "Expires: 2026-01-14"),
        ("remark", "Standard order: Y"), ("remark", "Action: F.R. NOTICE ADDED"),
        ("remark", "Federal Register: 87 F.R. 52741 8/29/2022"),
    ]  # fmt: skip
    assert entry.raw == (("dpl", QUAYLE),)


def test_a_renewal_a_late_notice_and_a_corrected_address_keep_the_key() -> None:
    (entry,) = entries(changed(QUAYLE, FR_Citation=""))
    for later in (
        QUAYLE,
        changed(QUAYLE, Effective_Date="02/24/2023"),
        changed(QUAYLE, City="AUSTIN", Name="Orla  Quayle"),
    ):
        assert entries(later)[0].key == entry.key


def test_an_order_that_is_added_for_the_same_name_moves_no_other_key() -> None:
    (before,) = entries(QUAYLE)
    newer = changed(QUAYLE, FR_Citation="88 F.R. 11 1/9/2023", City="AUSTIN")
    keys = [entry.key for entry in entries(newer, QUAYLE)]
    assert keys == [f"{before.key}-2", before.key]


def test_a_year_that_cannot_be_is_no_date_of_a_change() -> None:
    (entry,) = entries(changed(QUAYLE, Last_Update="3017-08-22"))
    assert entry.stated == (("listed", "2022-08-24"),)
    assert "Last update: 3017-08-22" in [each.value for each in entry.particulars]


def test_a_country_that_is_none_is_unknown() -> None:
    assert [entries(changed(QUAYLE, Country=text))[0].country for text in ("", "NM", "PRC", "CN")] == [
        "",
        "",
        "CN",
        "CN",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not the Denied Persons List"),
        (b"<html><head><title>Maintenance</title></head></html>", "not the Denied Persons List"),
        (dpl(), "not the Denied Persons List"),
        (dpl(QUAYLE).replace(b"FR_Citation", b"Citation"), "not the Denied Persons List"),
        (dpl(QUAYLE)[:-5], "not readable as CSV"),
        (dpl(QUAYLE, QUAYLE[:7]), "line 3: 7 fields where 12"),
        (dpl(changed(QUAYLE, Name=" ")), "no name"),
        (dpl(QUAYLE).replace(b"ORLA", b"OR\0A"), "NUL"),
        (dpl(changed(QUAYLE, City="MÁLAGA")).decode().encode("latin-1"), "is not utf-8"),
    ],
)
def test_a_damaged_or_wrong_file_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        SOURCE.read([File("dpl.txt", content)])


EDITIONS = {"2019-06-29": 546, "2022-09-07": 581, "2023-11-30": 665}


def test_real_editions_have_every_line_and_keep_nearly_every_name(data: Path) -> None:
    last: tuple[Listed, ...] = ()
    for day, count in EDITIONS.items():
        file = real(data / "lists" / "us-bis" / f"{day}.txt.zst")
        edition = SOURCE.read([file])
        assert len(edition.entries) == len(file.content.splitlines()) - 1 == count
        assert len({entry.key for entry in edition.entries}) == count
        assert all(entry.stated[0][0] == "listed" for entry in edition.entries)
        names = {entry.name.casefold() for entry in last} & {entry.name.casefold() for entry in edition.entries}
        keys = {entry.key for entry in last} & {entry.key for entry in edition.entries}
        assert len(keys) >= len(names)
        last = edition.entries
