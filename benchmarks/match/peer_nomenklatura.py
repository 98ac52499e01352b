"""nomenklatura's blocking index and logic-v2 over a list and a file of queries; runs in its own environment.

    python peer_nomenklatura.py LIST QUERIES COUNT THRESHOLD

Reads the tab-parted files of `lists`, prints one line of JSON. It stands alone, because the environment that has
nomenklatura (`peers.txt`) does not have this project. The queries go through the index as one batch, which is its
quickest way (`match_entities`, 75 candidates each by default), and each candidate is compared with logic-v2.
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


peer = importlib.import_module  # by name, so that types are checked without the peer's environment


def rows(path: str, most: int | None = None) -> list[list[str]]:
    """The rows of a tab-parted file."""
    with Path(path).open(encoding="utf-8", newline="\n") as file:
        return [line.rstrip("\n").split("\t") for line in islice(file, most)]


def main(listed: str, asked: str, count: int, threshold: float) -> None:
    """Build, match, compare, print."""
    dataset = peer("followthemoney").Dataset.make({"name": "bench", "title": "bench"})
    logic = peer("nomenklatura.matching")

    def entity(key: str, kind: str, name: str) -> Any:
        data = {"id": key, "schema": SCHEMATA[kind], "properties": {"name": [name]}, "datasets": ["bench"]}
        return peer("followthemoney").StatementEntity.from_data(dataset, data)

    names, queries = rows(listed), rows(asked, count)
    kinds = {key: kind for key, kind, _ in names}
    start = time.perf_counter()
    store = peer("nomenklatura.store").MemoryStore(dataset, peer("nomenklatura.resolver").Linker({}))
    with store.writer() as writer:
        for key, kind, name in names:
            writer.add_entity(entity(f"list-{key}", kind, name))
    view = store.default_view()
    with tempfile.TemporaryDirectory() as folder:
        index = peer("nomenklatura.blocker.index").Index(view, Path(folder))
        index.build()
        built = time.perf_counter() - start
        # What kind of party a customer is, nobody knows; the disguised names are given theirs, in the peer's favour.
        wanted = {
            f"query-{row}": entity(f"query-{row}", kinds.get(query[1], "other"), query[0])
            for row, query in enumerate(queries)
        }
        start = time.perf_counter()
        blocked = [(key.id, [each.id for each, _ in met]) for key, met in index.match_entities(wanted.values())]
        blocking = time.perf_counter() - start
        config = logic.ScoringConfig.defaults()
        held = {key: view.get_entity(key) for key in {each for _, met in blocked for each in met}}
        start = time.perf_counter()
        scored = [
            (key, [(each, logic.LogicV2.compare(wanted[key], held[each], config).score) for each in met])
            for key, met in blocked
        ]
        comparing = time.perf_counter() - start
        index.close()
    hits = {key: [each for each, score in met if score >= threshold] for key, met in scored}
    planted = {f"query-{row}": f"list-{query[1]}" for row, query in enumerate(queries) if query[1]}
    candidates = dict(blocked)
    figures = {
        "version": version("nomenklatura"),
        "names": len(names),
        "queries": len(queries),
        "build_seconds": built,
        "blocking_seconds": blocking,
        "comparing_seconds": comparing,
        "queries_per_second": len(queries) / (blocking + comparing),
        "candidates": statistics.mean(len(met) for met in candidates.values()),
        "alert_share": sum(bool(met) for key, met in hits.items() if key not in planted)
        / max(1, len(queries) - len(planted)),
        "planted": len(planted),
        "recall_of_index": sum(own in candidates.get(key, ()) for key, own in planted.items()) / max(1, len(planted)),
        "recall": sum(own in hits.get(key, ()) for key, own in planted.items()) / max(1, len(planted)),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    logging.disable(logging.INFO)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
