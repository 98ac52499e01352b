"""Reading elements by local names, whatever namespace an edition of a schema has put them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.intake.reading import MOST_FIELD, File

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(rb"<(?:\w+:)?(\w+)[\s>/]")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")


def root_of(file: File) -> tuple[str, str]:
    """The root element's local name and its head, as far as can be told without reading the file; empty if none."""
    head = file.content[:8192].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<"):
        return "", ""
    body = re.sub(rb"<\?.*?\?>|<!--.*?-->", b"", head, flags=re.DOTALL)
    found = _ROOT.search(body)
    return (found[1].decode(), body.partition(b">")[0].decode(errors="replace")) if found else ("", "")


def local(element: _Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def under(element: _Element, path: str) -> Iterator[_Element]:
    """The elements at a path of local names below an element."""
    first, _, rest = path.partition("/")
    for child in element.iterchildren(f"{{*}}{first}"):  # many times faster than `iterfind` with a wildcard
        if rest:
            yield from under(child, rest)
        else:
            yield child


def text(element: _Element, path: str) -> str:
    """The text of the first element at a path, or nothing."""
    found = next(under(element, path), None)
    return (found.text or "").strip() if found is not None else ""


def leaves(element: _Element, above: str = "") -> list[tuple[str, tuple[str, ...]]]:
    """What an element says, leaf by leaf in the order of the file: attributes as `path/@name`, texts by their path."""
    found: list[tuple[str, tuple[str, ...]]] = []
    _gather(element, above, found)
    return found


def _gather(element: _Element, above: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    if element.attrib:
        for name, value in element.items():
            found.append(_leaf(f"{above}@{str(name).rpartition('}')[2]}", str(value)))
    if not len(element):
        value = element.text or ""
        if len(value) > MOST_FIELD:
            raise InputError(f"a text of more than {MOST_FIELD} characters", where=above, fix="Fetch it again")
        found.append(_leaf(above[:-1], value))
    for child in element:
        _gather(child, f"{above}{local(child)}/", found)


@lru_cache(maxsize=65_536)  # most leaves are types, flags and references that recur: each is kept once
def _leaf(path: str, value: str) -> tuple[str, tuple[str, ...]]:
    return path, (value,)


def us_date(printed: str) -> str:
    """A date as American files write it (`05/06/2024`) in ISO form; anything else is no date."""
    found = _US_DATE.match(printed.strip())
    return f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}" if found else ""


def once(key: str, seen: set[str], file: File, line: int | None) -> str:
    """An entry's key, which must be there and be new."""
    if not key or key in seen:
        raise InputError(
            f"entry {key} comes twice" if key else "an entry without a number", where=f"{file.name}, line {line}",
            why="Entries are told by their numbers", fix="Fetch it again",
        )  # fmt: skip
    seen.add(key)
    return key
