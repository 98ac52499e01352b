"""How the UN list words names, dates of birth and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vacatur.intake.leaves import local
from vacatur.match.countries import alpha2

if TYPE_CHECKING:
    from lxml.etree import _Element

_BRACKETED = re.compile(r"(.*?)\s*\(([^()]*;[^()]*)\)\s*\Z", re.DOTALL)
# What the list files as a national number although it is none: the paper that is named proves no identity elsewhere.
_OTHER_PAPER = re.compile(
    r"ration|birth|driver|serviceman|resident|student|voter|certificate|travel|licen[cs]e", re.IGNORECASE
)
_PASSPORT = re.compile(r"pass(e)?port|pasaporte", re.IGNORECASE)
_DOCUMENT = ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE")


def texts_of(element: _Element, tag: str) -> list[str]:
    """The texts of an element's children of this tag, or its own for no tag: trimmed, none of them empty."""
    found = [element] if not tag else [child for child in element if local(child) == tag]
    return [text for text in (" ".join((each.text or "").split()) for each in found) if text]


def values(element: _Element | None, tag: str, only: _Element | None = None) -> list[str]:
    """The texts of a child, which some years give directly and others as `VALUE`s; of one child only, if given."""
    children = [] if element is None else [child for child in element if local(child) == tag]
    chosen = children if only is None else [only]
    return [text for child in chosen for text in (*texts_of(child, ""), *texts_of(child, "VALUE"))]


def wordings(printed: str) -> list[str]:
    """The names in one alias: some hold several, parted by semicolons or with the transliterations in brackets."""
    if ";" not in printed:
        return [printed]
    found = _BRACKETED.match(printed)
    if found is None and "(" in printed:
        return [printed]
    parts = [found.group(1), *found.group(2).split(";")] if found else printed.split(";")
    return [part.strip() for part in parts if part.strip()]


def birth_date(element: _Element) -> Iterator[tuple[str, str]]:
    """A date of birth, and what is noted beside it; a note without a date is all there is of the date."""
    kind = " ".join(texts_of(element, "TYPE_OF_DATE")).casefold()
    day = " ".join(text[:10] for text in texts_of(element, "DATE")) or " ".join(texts_of(element, "YEAR"))
    years = [*texts_of(element, "FROM_YEAR"), *texts_of(element, "TO_YEAR")]
    printed = day or " to ".join(years)
    notes = "; ".join(texts_of(element, "NOTE"))
    yield "birth-date", (f"circa {printed}" if kind == "approximately" else printed) if printed else notes
    if printed and notes:
        yield "remark", f"Date of birth {printed}: {notes}"


def document(element: _Element) -> tuple[str, str, str, str]:
    """A document as scheme, number, country of issue, and a remark of all of it where those do not say all."""
    kind, detail, number, issuer, country = (" ".join(texts_of(element, tag)) for tag in _DOCUMENT)
    issued = issuer or country
    everything = "; ".join(text for part in element for text in texts_of(part, ""))
    scheme = _scheme(kind, detail)
    others = [child for child in element if local(child) not in _DOCUMENT and texts_of(child, "")]
    whole = scheme and number and not others and detail in ("", kind) and (not issued or alpha2(issued))
    return scheme, number, issued, "" if whole else everything


def _scheme(kind: str, detail: str) -> str:
    if _PASSPORT.search(detail) or (_PASSPORT.search(kind) and not _OTHER_PAPER.search(detail)):
        return "passport"
    if "fiscal" in detail.casefold():
        return "tax"
    return "" if _OTHER_PAPER.search(detail) or not (kind or detail) else "national-id"
