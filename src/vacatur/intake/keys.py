"""Keys for lists that give their entries no number: the same entry must have the same key in the next edition.

What these lists print of an entry all changes: a Federal Register notice is added days after the order and its page
corrected later, a temporary order's effective date moves with each renewal, addresses are corrected. Over the editions
at hand a name alone kept most keys, a name with its first notice fewer, with its date or address fewer still. So the
key is a digest of the name. Entries of one name (one row for each address, or several orders) are numbered, the oldest
notice first: a row that is added takes the next number and moves none of the others.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_NOTICE = re.compile(r"(\d+)\.?\s*F\.?\s*R\.?,?\s*(\d+)|Vol\. (\d+), No\. (\d+)")
_UNPUBLISHED = (9999, 0)


def first_notice(text: str) -> tuple[int, int]:
    """Volume and page (or number) of the first Federal Register notice cited; without one, after every other."""
    found = _NOTICE.search(text)
    if found is None:
        return _UNPUBLISHED
    volume, page = (group for group in found.groups() if group is not None)
    return int(volume), int(page)


def name_key(prefix: str, name: str) -> str:
    """A key from a name, blind to case, spacing and width, in which the editions differ."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return f"{prefix}/{hashlib.sha256(plain.encode()).hexdigest()[:16]}"


def numbered(rows: Sequence[tuple[str, tuple[int, int], tuple[str, ...]]]) -> list[str]:
    """Unique keys for rows of (key, first notice, content), in the order of the rows, whatever that order is."""
    seen: Counter[str] = Counter()
    keys = [""] * len(rows)
    for place in sorted(range(len(rows)), key=lambda at: rows[at]):
        key = rows[place][0]
        seen[key] += 1
        keys[place] = key if seen[key] == 1 else f"{key}-{seen[key]}"
    return keys
