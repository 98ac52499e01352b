"""Elements of XML files by their local names; namespaces change between editions and mean nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def local(element: _Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def leaves(element: _Element, above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every leaf below an element that says something: its path and its text, in the order of the file."""
    for child in element:
        path = (*above, local(child))
        if len(child):
            yield from leaves(child, path)
        elif text := (child.text or "").strip():
            yield "/".join(path), (text,)
