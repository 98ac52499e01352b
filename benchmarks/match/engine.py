"""The one place that knows an engine's API: the harness measures whatever stands behind these two protocols.

`native()` is the engine of this project; `standin()` is a brute force over rapidfuzz with the same doors, on which the
harness itself is tested and which stays as the simplest peer.
"""

import importlib
import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

from rapidfuzz import fuzz, process


class Found(NamedTuple):
    """A listed name that a query met."""

    id: str
    name: str
    score: float


class Index(Protocol):
    """Listed names, searchable."""

    def save(self, path: Path) -> None:
        """Write the index to a file."""

    def search(self, query: str, threshold: float) -> list[Found]:
        """All names at or above the threshold, best first."""

    def search_many(self, names: Sequence[str], threshold: float) -> list[tuple[int, Found]]:
        """The hits of many queries, each with the row number of its query."""

    def count_many(self, names: Sequence[str], threshold: float) -> int:
        """How many hits many queries have: what is timed, so that no Python object is made for a hit."""

    def brute_force(self, query: str, threshold: float) -> list[Found]:
        """The same answer as `search`, from scoring every name."""


class Engine(Protocol):
    """A way to build, open and compare."""

    name: str
    threshold: float

    def build(self, ids: Sequence[str], names: Sequence[str], kinds: Sequence[str]) -> Index:
        """An index over the names."""

    def open(self, path: Path) -> Index:
        """An index that was saved."""

    def score(self, left: str, right: str, kind: str) -> float:
        """How alike two names of a kind are, 0 to 1."""

    def raw(self, left: str, right: str, kind: str) -> float:
        """The same before calibration, where the engine shows it."""


class NativeIndex:
    """`vacatur.match.Index` behind the protocol."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        self._index.save(path)

    def search(self, query: str, threshold: float) -> list[Found]:
        """All names at or above the threshold, best first."""
        return [Found(hit.id, hit.name, hit.score) for hit in self._index.search(query, threshold=threshold)]

    def search_many(self, names: Sequence[str], threshold: float) -> list[tuple[int, Found]]:
        """The hits of many queries, each with the row number of its query."""
        table = self._index.search_many(names, threshold=threshold)
        columns = [table.column(each).to_pylist() for each in ("query", "id", "name", "score")]
        return [(row, Found(*hit)) for row, *hit in zip(*columns, strict=True)]

    def count_many(self, names: Sequence[str], threshold: float) -> int:
        """How many hits many queries have."""
        return int(self._index.search_many(names, threshold=threshold).num_rows)

    def brute_force(self, query: str, threshold: float) -> list[Found]:
        """The same answer as `search`, from scoring every name."""
        return [Found(hit.id, hit.name, hit.score) for hit in self._index.brute_force(query, threshold=threshold)]


class Native:
    """The engine of this project."""

    name = "vacatur"

    def __init__(self) -> None:
        self._match = importlib.import_module("vacatur.match")
        self.threshold = float(self._match.DEFAULT_THRESHOLD)

    def build(self, ids: Sequence[str], names: Sequence[str], kinds: Sequence[str]) -> Index:
        """An index over the names."""
        return NativeIndex(self._match.Index.build(ids, names, kinds))

    def open(self, path: Path) -> Index:
        """An index that was saved."""
        return NativeIndex(self._match.Index.open(path))

    def score(self, left: str, right: str, kind: str) -> float:
        """How alike two names of a kind are, 0 to 1."""
        return float(self._match.compare(left, right, kind=kind).score)

    def raw(self, left: str, right: str, kind: str) -> float:
        """The same before calibration, where the engine shows it."""
        compared = self._match.compare(left, right, kind=kind)
        return float(getattr(compared, "raw", compared.score))


SPACES = re.compile(r"[^\w]+")


def sorted_tokens(text: str) -> str:
    """Lower case, without accents and punctuation, the tokens in alphabetical order."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(sorted(SPACES.sub(" ", plain.casefold()).split()))


class StandinIndex:
    """Every name, compared with every query."""

    def __init__(self, ids: Sequence[str], names: Sequence[str]) -> None:
        self.ids, self.names = list(ids), list(names)
        self._plain = [sorted_tokens(name) for name in names]

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        path.write_text(json.dumps([self.ids, self.names]), "utf-8")

    @classmethod
    def open(cls, path: Path) -> Self:
        """An index that was saved."""
        return cls(*json.loads(path.read_text("utf-8")))

    def search(self, query: str, threshold: float) -> list[Found]:
        """All names at or above the threshold, best first."""
        ranked = process.extract(
            sorted_tokens(query), self._plain, scorer=fuzz.ratio, score_cutoff=threshold * 100, limit=None
        )
        return [Found(self.ids[row], self.names[row], score / 100) for _, score, row in ranked]

    def search_many(self, names: Sequence[str], threshold: float) -> list[tuple[int, Found]]:
        """The hits of many queries, each with the row number of its query."""
        return [(row, found) for row, name in enumerate(names) for found in self.search(name, threshold)]

    def count_many(self, names: Sequence[str], threshold: float) -> int:
        """How many hits many queries have."""
        return len(self.search_many([str(name) for name in names], threshold))  # of an Arrow column, too

    def brute_force(self, query: str, threshold: float) -> list[Found]:
        """The same answer as `search`, one comparison after the other."""
        plain = sorted_tokens(query)
        scores = [fuzz.ratio(plain, name, score_cutoff=threshold * 100) / 100 for name in self._plain]
        found = [Found(*each) for each in zip(self.ids, self.names, scores, strict=True) if each[2]]
        return sorted(found, key=lambda each: -each.score)


class Standin:
    """Edit distance over sorted tokens, by brute force."""

    name = "rapidfuzz"
    threshold = 0.8

    def build(self, ids: Sequence[str], names: Sequence[str], kinds: Sequence[str]) -> Index:  # noqa: ARG002
        """An index over the names; it knows no kinds."""
        return StandinIndex(ids, names)

    def open(self, path: Path) -> Index:
        """An index that was saved."""
        return StandinIndex.open(path)

    def score(self, left: str, right: str, kind: str) -> float:  # noqa: ARG002
        """How alike two names are, 0 to 1."""
        return fuzz.ratio(sorted_tokens(left), sorted_tokens(right)) / 100

    def raw(self, left: str, right: str, kind: str) -> float:
        """The same: it has no calibration."""
        return self.score(left, right, kind)


def landed() -> bool:
    """Whether this checkout's engine can be measured."""
    return hasattr(importlib.import_module("vacatur.match"), "Index")


def engine(name: str) -> Engine:
    """The engine of a name: `vacatur` or `rapidfuzz`."""
    return Native() if name == "vacatur" else Standin()
