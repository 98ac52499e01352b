"""Labelled pairs of names, and which half of them may be tuned on.

A pair is `tune` or `test` by a hash of its two names, lower-cased and in alphabetical order: fixed before anything was
measured, the same for a pair that two groups list, and blind to labels. Tuning, and lists of single errors, see the
`tune` half only.
"""

import heapq
from pathlib import Path
from typing import NamedTuple

from benchmarks.match.engine import sorted_tokens
from benchmarks.match.sources import rows, share
from rapidfuzz import fuzz

NAME_PAIRS = "pairs/name_pairs.csv"
UN_TREATED = "pairs/un_treated.csv"
KINDS = {
    "Person": "person",
    "Company": "organisation",
    "Organization": "organisation",
    "LegalEntity": "other",
    "Vessel": "vessel",
}


class Pair(NamedTuple):
    """Two names, whether they are one party's, and where the label is from."""

    left: str
    right: str
    same: bool
    kind: str
    schema: str
    group: str
    note: str

    @property
    def half(self) -> str:
        """`tune` or `test`."""
        return half(self.left, self.right)


def half(*names: str) -> str:
    """The half of what is known by these names."""
    return "test" if share("\n".join(sorted(name.casefold() for name in names)), 2) else "tune"


def name_pairs(data: Path) -> list[Pair]:
    """Pairs labelled by the makers of other matchers, with names that differ in hard ways."""
    return [
        Pair(
            row["name1"],
            row["name2"],
            row["is_match"] == "true",
            KINDS[row["schema"]],
            row["schema"],
            row["case_group"],
            f"{row['category']} {row['notes'] or ''}".strip(),
        )
        for row in rows(data / NAME_PAIRS)
    ]


def un_treated(data: Path, neighbours: int | None) -> list[Pair]:
    """Listed names with their treated spellings, and treated names with other listed names.

    With so many others each, the nearest by an edit distance that is not the engine's; with none given, all of them.
    """
    pairs = list(rows(data / UN_TREATED))
    listed = sorted({row["listed_name"] for row in pairs})
    plain = {name: sorted_tokens(name) for name in listed}
    found = []
    for row in pairs:
        treated, own = row["treated_name"], row["listed_name"]
        found.append(Pair(treated, own, True, "person", "Person", "un_treated", ""))
        others = [name for name in listed if plain[name] != plain[own]]
        nearest = others if neighbours is None else heapq.nlargest(neighbours, others, key=likeness(treated))
        found += [Pair(treated, name, False, "person", "Person", "un_nearest", f"of {own}") for name in nearest]
    return found


class likeness:  # noqa: N801
    """How alike a name is to a fixed one, as a key to sort by."""

    def __init__(self, text: str) -> None:
        self._plain = sorted_tokens(text)

    def __call__(self, name: str) -> float:
        """The ratio of the edit distance over sorted tokens."""
        return fuzz.ratio(self._plain, sorted_tokens(name))
