"""What a file is by its first bytes and its encoding: a name promises nothing, and error pages come with status 200."""

from __future__ import annotations

import re

from vacatur.errors import InputError
from vacatur.intake.reading import File

_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_DOCTYPE = re.compile(rb"<!doctype", re.IGNORECASE)
_TAG = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_ANY_CASE = re.IGNORECASE | re.DOTALL
_HTML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", _ANY_CASE)
_WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = bytes(range(0x80, 0x100))
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]")


def kind(file: File) -> str:
    """`empty`, `html`, `zip`, `xml`, `doctype` (XML that declares a document type, which no list does) or `text`."""
    head = file.content[:4096]
    if not head.strip():
        return "empty"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if _HTML.match(head):
        return "html"
    if _DOCTYPE.match(head, _after_prolog(head)):
        return "doctype"
    return "xml" if root(file) else "text"


def root(file: File) -> str:
    """The local name of an XML file's outermost element; empty when it is none."""
    head = file.content[:4096]
    tag = _TAG.match(head, _after_prolog(head))
    return tag[1].decode("ascii", "replace") if tag else ""


def _after_prolog(head: bytes) -> int:
    prolog = _PROLOG.match(head)
    return prolog.end() if prolog else 0


def encoding(file: File) -> str:
    """UTF-8 or, failing that, the Windows code page 1252.

    UTF-8 is tried first and strictly, since text in another encoding is hardly ever valid UTF-8 by chance, whereas the
    code page gives a letter to nearly every byte and would turn a UTF-8 file with one broken byte into wrong names.
    A file in which whole UTF-8 sequences stand beside such bytes is therefore neither.
    """
    try:
        file.content.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        sequences = sum(1 for _ in _WELL_FORMED.finditer(file.content))
        high = len(file.content) - len(file.content.translate(None, _HIGH))
        if sequences * 10 > high or _CONTROL.search(file.content) or b"\0" in file.content:
            line = file.content.count(b"\n", 0, bad.start) + 1
            raise InputError(
                f"byte 0x{file.content[bad.start]:02x} is not UTF-8, and the file is not in code page 1252 either",
                where=f"{file.name}, line {line}",
                why="Names read in a wrong encoding are other names", fix="Fetch it again",
            ) from bad  # fmt: skip
        return "cp1252"
    return "utf-8-sig"


def refusal(file: File, wanted: str) -> InputError:
    """The error for a file that is not `wanted`: what it is instead, as far as that can be told."""
    found = {
        "empty": "the file is empty",
        "html": "the file is a web page, perhaps an error message",
        "zip": "the file is an archive of something else",
        "xml": f"the file is XML with the root element {root(file)!r}",
        "doctype": "the file is XML that declares a document type",
        "text": "the file is text without the expected header",
    }[kind(file)]
    return InputError(
        f"{found}, not {wanted}", where=file.name, why="It would clear everybody who is on the list",
        fix="Fetch it again from the official address, or name the source that it belongs to",
    )  # fmt: skip


def whole_lines(file: File) -> None:
    """Refuses a file that stops within a line: what is half a number may look like a whole one."""
    if not file.content.endswith((b"\n", b"\r")):
        raise InputError(
            "the file stops in the middle of its last line", where=file.name, why="It was cut off", fix="Fetch it again"
        )
