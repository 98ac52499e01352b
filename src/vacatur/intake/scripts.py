"""In which script a name is written, by ISO 15924, as far as its letters tell."""

from __future__ import annotations

import unicodedata

_SCRIPTS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "CJK": "Hani", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva",
    "GEORGIAN": "Geor", "GREEK": "Grek", "HANGUL": "Hang", "HEBREW": "Hebr", "HIRAGANA": "Jpan", "KATAKANA": "Jpan",
    "LATIN": "Latn", "MYANMAR": "Mymr", "THAI": "Thai",
}  # fmt: skip


def script_of(name: str) -> str:
    """The script of a name's letters; empty for a mixture and for what is not known here.

    Chinese characters are `Hani`: which of the simplified and traditional forms they are, single letters do not tell.
    """
    if name.isascii():
        return "Latn"
    found = {unicodedata.name(sign, "").partition(" ")[0] for sign in name if sign.isalpha()}
    return _SCRIPTS.get(found.pop(), "") if len(found) == 1 else ""
