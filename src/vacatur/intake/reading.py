"""Reading files that nobody vouches for: bounded in size and time, nothing fetched, nothing run, nothing guessed.

Every function raises `InputError` that says what is wrong, in which file, where in it, and what to do.
"""

from __future__ import annotations

import csv
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vacatur.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 1_000_000_000
"""Largest file that is read, unpacked."""
MOST_UNPACKED = 500_000_000
"""Largest content of an archive that is read, unpacked: the largest list has a third of it."""
MOST_FIELD = 200_000
"""Longest cell or text that is read, in characters."""
MOST_DEPTH = 64
"""Deepest nesting of elements that is read; the lists need eight."""
# What zipfile raises on archives with changed bytes (found by changing bytes), encrypted ones and unknown methods.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, RuntimeError, NotImplementedError, EOFError, OSError,
    ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file by name and bytes, as it came."""

    name: str
    content: bytes


def text_of(file: File, encoding: str = "utf-8-sig") -> str:
    """The whole file as text; a final 0x1A, which OFAC's flat files end with, is left out."""
    content = file.content.removesuffix(b"\x1a").removesuffix(b"\x1a\r\n").removesuffix(b"\x1a\n")
    if (nul := content.find(b"\0")) >= 0:
        raise InputError(
            "the file holds NUL bytes", where=f"{file.name}, byte {nul}",
            why="It is not the text file that it should be, or was cut off while being written", fix="Fetch it again",
        )  # fmt: skip
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as bad:
        line = content.count(b"\n", 0, bad.start) + 1
        raise InputError(
            f"byte 0x{content[bad.start]:02x} is not {encoding.removesuffix('-sig')}",
            where=f"{file.name}, line {line}", why="Names in a wrong encoding are other names",
            fix="Fetch it again, or say its encoding",
        ) from bad  # fmt: skip


def csv_rows(file: File, columns: int | None = None, encoding: str = "utf-8-sig", delimiter: str = ",") -> (
    Iterator[tuple[int, tuple[str, ...]]]
):  # fmt: skip
    """The rows of a CSV file with their line numbers, empty ones left out; `columns` is how many each must have."""
    csv.field_size_limit(MOST_FIELD)
    reader = csv.reader(io.StringIO(text_of(file, encoding), newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if not row:
                continue
            if columns is not None and len(row) != columns:
                raise InputError(
                    f"{len(row)} fields where {columns} are expected", where=f"{file.name}, line {reader.line_num}",
                    why="The file was cut off, or its columns have changed", fix="Fetch it again and compare",
                )  # fmt: skip
            yield reader.line_num, tuple(row)
    except csv.Error as bad:
        raise InputError(
            f"not readable as CSV: {bad}", where=f"{file.name}, line {reader.line_num}", fix="Fetch it again"
        ) from bad


def elements(file: File, *tags: str) -> Iterator[_Element]:
    """The elements of these local names, one after another, each let go when the next is asked for.

    Entities are not expanded, nothing outside the file is read, and a document type is refused.
    """
    from lxml import etree

    _no_doctype(file)
    events = etree.iterparse(
        io.BytesIO(file.content), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = 0
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > MOST_DEPTH:
                raise InputError(f"elements nested deeper than {MOST_DEPTH}", where=file.name, fix="Fetch it again")
            if event == "end" and etree.QName(element).localname in tags:
                yield element
                element.clear()
                while element.getprevious() is not None and (parent := element.getparent()) is not None:
                    del parent[0]
    except etree.XMLSyntaxError as bad:
        raise InputError(
            f"not readable as XML: {bad.msg}", where=f"{file.name}, line {bad.lineno}",
            why="The file was cut off or is another kind of file", fix="Fetch it again",
        ) from bad  # fmt: skip


def _no_doctype(file: File) -> None:
    """Refuses declarations wherever they stand, and encodings in which they could hide."""
    if b"<!DOCTYPE" in file.content or b"<!ENTITY" in file.content:
        raise InputError(
            "the file declares a document type or entities", where=file.name,
            why="No official list does; they can be made to exhaust memory or read other files", fix="Fetch it again",
        )  # fmt: skip
    if b"\0" in file.content:
        raise InputError(
            "the file holds NUL bytes", where=f"{file.name}, byte {file.content.index(0)}",
            why="It is not XML in UTF-8, in which the lists are published", fix="Fetch it again",
        )  # fmt: skip


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(info) as member:
        return member.read(most)


def unzipped(file: File, most: int = MOST_UNPACKED) -> list[File]:
    """The files of an archive, as far as together they stay within `most` bytes; paths in it mean nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            found, left = [], most
            for info in archive.infolist():
                if info.is_dir():
                    continue
                # By what it says of itself first, so that nothing is unpacked of what is too large anyhow.
                content = b"\0" if info.file_size > left else _member(archive, info, left + 1)
                left -= max(len(content), info.file_size)
                if left < 0:
                    raise InputError(
                        f"the archive unpacks to more than {most} bytes", where=file.name,
                        why="No official list is so large", fix="Fetch it again",
                    )  # fmt: skip
                found.append(File(f"{file.name}/{info.filename.rsplit('/', 1)[-1]}", content))
            return found
    except _BROKEN as bad:
        raise InputError(f"not readable as an archive: {bad}", where=file.name, fix="Fetch it again") from bad
