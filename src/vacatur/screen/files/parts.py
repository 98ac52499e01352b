"""The parts of a workbook's file (Office Open XML), unpacked and parsed as streams, within limits.

Nothing is unpacked before the archive's own directory has been looked at; entities, document types and other encodings
than UTF-8 are refused, nothing outside the file is read, and of a part only what is being looked at is in memory.
"""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from vacatur.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_PARTS = 10_000
"""Most members of the archive."""
MOST_UNPACKED = 1_000_000_000
"""Largest part that is read, unpacked: a full sheet of ten columns has half of it."""
MOST_RATIO = 200
"""How many times larger than packed a part may be: sheets come to ten or twenty times."""
MOST_BETWEEN = 16_000_000
"""Most bytes of a part in which nothing ends that is looked for."""

_SMALL = 10_000_000
_CHUNK = 1 << 16
_TRICKS = (b"<!DOCTYPE", b"<!ENTITY", b"\0")
# What zipfile and lxml raise on archives with changed bytes, encrypted ones and unknown methods.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, RuntimeError, NotImplementedError, EOFError, OSError,
    ValueError, KeyError, etree.LxmlError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """That one part refers to another: as what, and where that is; empty for what lies outside the file."""

    kind: str
    part: str


class Parts:
    """The members of one workbook; raises `InputError` for a file that is no archive, or a hostile one."""

    def __init__(self, path: Path) -> None:
        self.where = str(path)
        self.at = 0
        try:
            self._archive = zipfile.ZipFile(path)
        except BROKEN as bad:
            raise unreadable(self.where, bad) from bad
        if len(self._archive.infolist()) > MOST_PARTS:
            self.close()
            raise hostile(self.where, f"an archive of more than {MOST_PARTS} files")

    def close(self) -> None:
        """Lets go of the file."""
        self._archive.close()

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._archive.NameToInfo

    def size(self, part: str) -> int:
        """A part's size in bytes, unpacked; raises `InputError` for one that is too large."""
        info = self._archive.getinfo(part)
        if info.file_size > min(MOST_UNPACKED, max(_SMALL, info.compress_size * MOST_RATIO)):
            raise hostile(self.where, f"a part that unpacks to {info.file_size} bytes")
        return info.file_size

    def elements(self, part: str, *tags: str) -> Iterator[_Element]:
        """The elements of these local names in the order of their ends, each let go when the next is asked for; `at`
        counts the bytes that have been read.
        """
        parser = etree.XMLPullParser(
            events=("end",), tag=[f"{{*}}{tag}" for tag in tags], encoding="utf-8", resolve_entities=False,
            no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        self.at = without = 0
        for chunk in self._chunks(part):
            parser.feed(chunk)
            self.at += len(chunk)
            without += len(chunk)
            for _, element in parser.read_events():
                without = 0
                yield element
                _forget(element)
            if without > MOST_BETWEEN:
                raise hostile(self.where, f"{without} bytes of {part!r} without anything in them")
        parser.close()

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by id; none where nothing says."""
        folder, name = posixpath.split(part)
        said = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(said):
            return {}
        return {
            one.get("Id", ""): Relation(one.get("Type", "").rpartition("/")[2], _target(folder, one))
            for one in self.elements(said, "Relationship")
        }

    def _chunks(self, part: str) -> Iterator[bytes]:
        before = b""
        self.size(part)
        with self._archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                if any(trick in before + chunk for trick in _TRICKS):
                    raise hostile(self.where, f"a document type, or another encoding than UTF-8, in {part!r}")
                yield chunk
                before = chunk[-10:]


def _target(folder: str, relation: _Element) -> str:
    target = relation.get("Target", "")
    if relation.get("TargetMode") == "External" or not target:
        return ""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _forget(element: _Element) -> None:
    """Takes an element out of memory with all that stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def local(element: _Element) -> str:
    """An element's name without its name space."""
    return str(element.tag).rpartition("}")[2]


def space(element: _Element) -> str:
    """The name space of an element's name, in brackets, as it stands before the names of those within."""
    found, sign, _ = str(element.tag).rpartition("}")
    return found + sign


def hostile(where: str, what: str) -> InputError:
    """The error for a workbook that no spreadsheet program writes."""
    return InputError(
        f"it holds {what}", where=where, why="No spreadsheet program writes that, and it could exhaust memory",
        fix="Open it in a spreadsheet program and save it again, or as CSV",
    )  # fmt: skip


def unreadable(where: str, bad: Exception) -> InputError:
    """The error for a file that is no workbook, or a damaged one."""
    said = str(bad).splitlines()[:1] or [type(bad).__name__]
    return InputError(
        f"not readable as XLSX: {said[0][:200]}", where=where,
        fix="Save it again as .xlsx without a password, or as CSV; an old .xls must be saved as .xlsx first",
    )  # fmt: skip
