"""The texts of an element as the file has them, in its order: what an XML list keeps as the raw entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def local(element: _Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def leaves(element: _Element) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every leaf below an element as (path, texts), in the order of the file, texts untouched.

    Neighbours with one path share a row; a path that comes again begins the next of a repeated group. So nothing is
    lost, empty leaves included, and two years that order their elements differently hold the same rows.
    """
    rows: list[tuple[str, list[str]]] = []
    for path, text in _walk(element, ""):
        if rows and rows[-1][0] == path:
            rows[-1][1].append(text)
        else:
            rows.append((path, [text]))
    return tuple((path, tuple(texts)) for path, texts in rows)


def _walk(element: _Element, path: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for child in element:
        below = f"{path}/{local(child)}" if path else local(child)
        found += _walk(child, below) if len(child) else [(below, child.text or "")]
    return found
