"""nomenklatura's blocking index and logic-v2 over a list and a file of queries; runs in its own environment.

    python peer_nomenklatura.py LIST QUERIES COUNT THRESHOLD

Reads the tab-parted files of `lists`, prints one line of JSON. It stands alone, because the environment that has
nomenklatura (`peers.txt`) does not have this project. The queries go through the index as one batch, which is its
quickest way (`match_entities`, 75 candidates each by default), and each candidate is compared with logic-v2. Like the
engine it has answered as many others before those that are measured.
"""

import importlib
import json
import logging
import resource
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

SCHEMATA = {"person": "Person", "organisation": "Organization", "vessel": "Vessel", "other": "LegalEntity"}


Scores = dict[str, list[tuple[str, float]]]
"""Of each query, the candidates and their scores."""

peer = importlib.import_module  # by name, so that types are checked without the peer's environment


def rows(path: str, most: int | None = None) -> list[list[str]]:
    """The rows of a tab-parted file."""
    with Path(path).open(encoding="utf-8", newline="\n") as file:
        return [line.rstrip("\n").split("\t") for line in islice(file, most)]


class Peer:
    """A list behind nomenklatura's index, and what asking it costs."""

    def __init__(self, names: list[list[str]]) -> None:
        self._dataset = peer("followthemoney").Dataset.make({"name": "bench", "title": "bench"})
        self._kinds = {key: kind for key, kind, _ in names}
        start = time.perf_counter()
        store = peer("nomenklatura.store").MemoryStore(self._dataset, peer("nomenklatura.resolver").Linker({}))
        with store.writer() as writer:
            for key, kind, name in names:
                writer.add_entity(self.entity(f"list-{key}", kind, name))
        self._view = store.default_view()
        self._folder = tempfile.TemporaryDirectory()
        self._index = peer("nomenklatura.blocker.index").Index(self._view, Path(self._folder.name))
        self._index.build()
        self.build_seconds = time.perf_counter() - start

    def entity(self, key: str, kind: str, name: str) -> Any:
        """A party as the peer takes it."""
        data = {"id": key, "schema": SCHEMATA[kind], "properties": {"name": [name]}, "datasets": ["bench"]}
        return peer("followthemoney").StatementEntity.from_data(self._dataset, data)

    def ask(self, queries: list[list[str]]) -> tuple[Scores, float, float]:
        """Every candidate's score, and the seconds that finding and comparing them took."""
        logic = peer("nomenklatura.matching")
        config = logic.ScoringConfig.defaults()
        # What kind of party a customer is, nobody knows; the disguised names are given theirs, in the peer's favour.
        wanted = {
            f"query-{row}": self.entity(f"query-{row}", self._kinds.get(query[1], "other"), query[0])
            for row, query in enumerate(queries)
        }
        start = time.perf_counter()
        blocked = [(key.id, [each.id for each, _ in met]) for key, met in self._index.match_entities(wanted.values())]
        blocking = time.perf_counter() - start
        held = {key: self._view.get_entity(key) for key in {each for _, met in blocked for each in met}}
        start = time.perf_counter()
        scored = {
            key: [(each, logic.LogicV2.compare(wanted[key], held[each], config).score) for each in met]
            for key, met in blocked
        }
        return scored, blocking, time.perf_counter() - start

    def close(self) -> None:
        """Lets its files go."""
        self._index.close()
        self._folder.cleanup()


def main(listed: str, asked: str, count: int, threshold: float) -> None:
    """Build, match, compare, print."""
    names, queries = rows(listed), rows(asked, 2 * count)
    queries, others = queries[:count], queries[count:]
    held = Peer(names)
    held.ask(others)
    scored, blocking, comparing = held.ask(queries)
    held.close()
    figures = {
        "version": version("nomenklatura"),
        "names": len(names),
        "queries": len(queries),
        "build_seconds": held.build_seconds,
        "blocking_seconds": blocking,
        "comparing_seconds": comparing,
        "queries_per_second": len(queries) / (blocking + comparing),
        "candidates": statistics.mean(len(met) for met in scored.values()),
        **found(queries, scored, threshold),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


def found(queries: list[list[str]], scored: Scores, threshold: float) -> dict[str, float]:
    """How many of the disguised names were among the candidates and were hits, and how many of the others alert."""
    hits = {key: [each for each, score in met if score >= threshold] for key, met in scored.items()}
    planted = {f"query-{row}": f"list-{query[1]}" for row, query in enumerate(queries) if query[1]}
    candidates = {key: [each for each, _ in met] for key, met in scored.items()}
    alerts = sum(bool(met) for key, met in hits.items() if key not in planted)
    return {
        "alert_share": alerts / max(1, len(queries) - len(planted)),
        "planted": len(planted),
        "recall_of_index": sum(own in candidates.get(key, ()) for key, own in planted.items()) / max(1, len(planted)),
        "recall": sum(own in hits.get(key, ()) for key, own in planted.items()) / max(1, len(planted)),
    }


if __name__ == "__main__":
    logging.disable(logging.INFO)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
