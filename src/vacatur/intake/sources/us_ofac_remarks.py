"""OFAC's remarks: one line of phrases, in which flat files print what has no column of its own."""

from __future__ import annotations

import re

from vacatur.intake.sources.us_ofac_entry import Draft
from vacatur.intake.sources.us_ofac_labels import parted

MOST = 1000
"""Longest remark of a flat file; what is cut off goes on, in mid-word, in the file of comments."""
ALIASES = {"a": "alias", "f": "former", "n": "alias"}
"""The kind of a name by the first letter of aka, fka and nka (now known as)."""
_ALIAS = re.compile(r"(?:alt\. )?([afn])\.k\.a\. (.+)", re.DOTALL | re.IGNORECASE)
# A full stop ends every remark, but is not doubled after an abbreviation.
_ABBREVIATED = re.compile(
    r"(\b(LTD|CO|INC|CORP|LTDA|CIA|BROS|JR|SR|EST|PTE|PVT|PTY|DR|No)|[. ][A-Za-z])\.\Z", re.IGNORECASE
)
# One phrase of the sanctions on Iran holds a semicolon of its own.
_PHRASES = re.compile(r";(?! U\.S\. Persons Must Continue to Block)")


def take_remark(draft: Draft, remark: str, cut: bool = False) -> None:
    """Takes a remark to pieces; the last piece of one that was cut off is kept as it stands."""
    phrases = [phrase.strip() for phrase in _PHRASES.split(remark.strip())]
    for phrase in phrases[:-1]:
        _phrase(draft, phrase)
    if cut:
        draft.note("remark", phrases[-1])
    else:
        _phrase(draft, phrases[-1] if _ABBREVIATED.search(phrases[-1]) else phrases[-1].removesuffix("."))


def _phrase(draft: Draft, phrase: str) -> None:
    if phrase.startswith("(Linked To:") and phrase.endswith(")"):
        phrase = phrase[1:-1]  # as XML prints it
    if ".k.a. " in phrase and (alias := _ALIAS.match(phrase)):
        _alias(draft, alias[1].lower(), alias[2].strip())
        return
    label, value = parted(phrase)
    if label:
        draft.take(label, value)
    else:
        draft.note("remark", phrase.removeprefix("alt. "))


def _alias(draft: Draft, letter: str, name: str) -> None:
    quoted = len(name) > 2 and name[0] == name[-1] and name[0] in "'\""
    kind = ALIASES[letter]
    draft.call(name[1:-1] if quoted else name, "weak" if quoted and kind == "alias" else kind)
