"""What another threshold would give: alerts against recall, and the labelled pairs, on the half to tune on.

python -m benchmarks.match.sweep --data DIR [--engine rapidfuzz]
"""

import argparse
import sys
from collections.abc import Sequence

from benchmarks.match import sources
from benchmarks.match.accuracy import DISGUISED, STRANGERS, Count, disguises, judge, ratio
from benchmarks.match.engine import Index, engine
from benchmarks.match.labelled import half, name_pairs, un_treated
from benchmarks.match.lists import Lists
from benchmarks.match.perturb import CLASSES
from benchmarks.match.report import table

THRESHOLDS = [hundredths / 100 for hundredths in (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)]


def best(index: Index, asked: Sequence[str], own: Sequence[str]) -> list[float]:
    """The highest score of each query with any name, or with its own entry where one is given."""
    met = [0.0] * len(asked)
    for row, hit in index.search_many(asked, THRESHOLDS[0]):
        if own[row] in {"", hit.id}:
            met[row] = max(met[row], hit.score)
    return met


def main() -> None:
    """Search once at the lowest threshold and count at each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="the folder of real names (or VACATUR_DATA)")
    parser.add_argument("--engine", default="vacatur", choices=["vacatur", "rapidfuzz"])
    given = parser.parse_args()
    data = sources.folder(given.data)
    if data is None:
        sys.exit("This needs real names: name their folder with --data or VACATUR_DATA.")
    machine, lists = engine(given.engine), Lists(data)
    names = sources.listed(data, sdn=True)
    index = machine.build(*[list(column) for column in zip(*names, strict=True)])
    others = [name for name in lists.strangers(STRANGERS, derive=False) if half(name.text) == "tune"]
    alerts = best(index, [name.text for name in others], [""] * len(others))
    worn = [each for each in disguises(lists, names, DISGUISED) if half(each.name.text) == "tune"]
    found = best(index, [each.text for each in worn], [each.name.id for each in worn])
    labelled = [each for each in judge(machine, name_pairs(data)) if each.pair.half == "tune"]
    treated = [each for each in judge(machine, un_treated(data, 5)) if each.pair.half == "tune"]
    rows: list[list[object]] = []
    for threshold in THRESHOLDS:
        pairs, un = (
            Count.of((each.pair.same, each.score >= threshold) for each in judged) for judged in (labelled, treated)
        )
        met = [(each.how, score >= threshold) for each, score in zip(worn, found, strict=True)]
        by_class = [[so for worn_as, so in met if worn_as == how] for how in CLASSES]
        share = ratio(sum(score >= threshold for score in alerts), len(alerts))
        whole = ratio(sum(so for _, so in met), len(met))
        figures = [
            f"{value:.3f}"
            for value in (pairs.f1, un.recall, un.precision, whole, *(ratio(sum(seen), len(seen)) for seen in by_class))
        ]
        rows.append([f"{threshold:.2f}", f"{share:.2%}", *figures])
    head = ["threshold", "alerts", "pairs F1", "UN recall", "UN precision", "all classes", *CLASSES]
    print("\n".join(table(head, rows)))


if __name__ == "__main__":
    main()
