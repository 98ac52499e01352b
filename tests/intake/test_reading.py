"""Files made to do harm are refused before they can, and say what they are."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from vacatur.errors import InputError
from vacatur.intake.reading import MOST_DEPTH, File, csv_rows, elements, text_of, unzipped

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l><entry>&c;</entry></l>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><l><entry>&x;</entry></l>'
HIDDEN = b"<!-- " + b"x" * 100_000 + b" -->" + OUTSIDE.partition(b"?>")[2]


def zipped(**members: bytes) -> bytes:
    """An archive of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def claiming(archive: bytes, size: int) -> bytes:
    """The archive with another size said of its file than it has."""
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = archive.index(signature) + offset
        archive = archive[:at] + struct.pack("<I", size) + archive[at + 4 :]
    return archive


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, HIDDEN], ids=["bomb", "external", "hidden"])
def test_entities_and_document_types_are_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="declares a document type"):
        list(elements(File("list.xml", content), "entry"))


def test_a_document_type_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="NUL bytes"):
        list(elements(File("list.xml", OUTSIDE.decode().encode("utf-16")), "entry"))


@pytest.mark.parametrize("content", [b"<l><entry>a</entry><entry>b", b"<l><entry>a</wrong></l>", b"", b"DOWN"])
def test_xml_that_is_cut_or_none_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="not readable as XML"):
        list(elements(File("list.xml", content), "entry"))


def test_elements_nested_without_end_are_refused() -> None:
    deep = b"<a>" * (MOST_DEPTH + 2) + b"</a>" * (MOST_DEPTH + 2)
    with pytest.raises(InputError, match="nested deeper"):
        list(elements(File("list.xml", deep), "entry"))


def test_elements_come_one_after_another_whatever_their_namespace() -> None:
    content = b'<l xmlns="urn:x"><entry>a</entry><other/><entry>b</entry></l>'
    assert [one.text for one in elements(File("list.xml", content), "entry")] == ["a", "b"]


def test_an_archive_of_four_gigabytes_of_zeros_is_refused_by_what_it_says() -> None:
    bomb = claiming(zipped(a=b"\0" * 1000), (1 << 32) - 2)
    with pytest.raises(InputError, match="unpacks to more than"):
        unzipped(File("list.zip", bomb))


def test_an_archive_that_says_less_than_it_holds_is_refused_by_what_it_holds() -> None:
    bomb = zipped(a=b"\0" * 5_000_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        unzipped(File("list.zip", bomb), most=1_000_000)
    with pytest.raises(InputError):
        unzipped(File("list.zip", claiming(bomb, 10)), most=1_000_000)


def test_paths_in_an_archive_mean_nothing() -> None:
    (found,) = unzipped(File("list.zip", zipped(**{"../../etc/passwd": b"x"})))
    assert found.name == "list.zip/passwd"


@pytest.mark.parametrize(("content", "says"), [
    (b"a,b\x00c\n", "NUL"),
    (b"a,\xff\n", "is not utf-8"),
    (b'a,"b\n', "not readable as CSV"),
    (b"a,b\nc\n", "1 fields where 2 are expected"),
    (b"a," + b"x" * 300_000 + b"\n", "field larger than"),
])  # fmt: skip
def test_rows_that_are_none_are_refused_with_their_place(content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        list(csv_rows(File("list.csv", content), 2))
    assert "list.csv" in caught.value.where


def test_what_looks_like_a_formula_is_a_name_like_any_other() -> None:
    assert [row for _, row in csv_rows(File("list.csv", b"1,=cmd|' /C calc'!A0\n"))] == [("1", "=cmd|' /C calc'!A0")]


def test_the_mark_at_the_end_of_old_files_is_left_out() -> None:
    assert text_of(File("SDN.CSV", b"a\r\n\x1a")) == "a\r\n"
