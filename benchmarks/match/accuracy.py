"""How often the engine is right, at its one default threshold.

    python -m benchmarks.match.accuracy --data DIR [--engine rapidfuzz] [--errors FILE] [--out FOLDER] [--calibrate]

Three questions: labelled pairs (precision, recall, F1); treated names of the United Nations list against the other
names of the list; and a search end to end: 10,000 names that are on no list, which should not alert, and disguised
names of the SDN list, which should. Every figure is given for both halves of the data (`labelled`); single errors are
listed for the `tune` half only, so that nobody learns from the other.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.match import sources
from benchmarks.match.calibrate import calibration
from benchmarks.match.derive import dice
from benchmarks.match.engine import Engine, Index, engine
from benchmarks.match.labelled import Pair, half, name_pairs, un_treated
from benchmarks.match.lists import Lists
from benchmarks.match.perturb import CLASSES
from benchmarks.match.report import table
from benchmarks.match.sources import Name

STRANGERS = 10_000
DISGUISED = 400  # of each class
HALVES = "tune", "test", "all"


class Count(NamedTuple):
    """Right and wrong answers."""

    hit: int = 0
    missed: int = 0
    false: int = 0
    quiet: int = 0

    @classmethod
    def of(cls, answers: Iterable[tuple[bool, bool]]) -> "Count":
        """From pairs of (is it, was it said)."""
        seen = Counter(answers)
        return cls(seen[True, True], seen[True, False], seen[False, True], seen[False, False])

    @property
    def precision(self) -> float:
        """Of what was said to match, the part that does."""
        return ratio(self.hit, self.hit + self.false)

    @property
    def recall(self) -> float:
        """Of what matches, the part that was found."""
        return ratio(self.hit, self.hit + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return ratio(2 * self.hit, 2 * self.hit + self.missed + self.false)


def ratio(part: float, whole: float) -> float:
    """A part of a whole; of nothing, all."""
    return part / whole if whole else 1.0


class Judged(NamedTuple):
    """A pair and what the engine made of it."""

    pair: Pair
    score: float
    said: bool


def judge(machine: Engine, pairs: Sequence[Pair]) -> list[Judged]:
    """The score of every pair."""
    scores = [machine.score(pair.left, pair.right, pair.kind) for pair in pairs]
    return [Judged(pair, score, score >= machine.threshold) for pair, score in zip(pairs, scores, strict=True)]


def by_half(judged: Sequence[Judged]) -> dict[str, Count]:
    """The counts of each half and of the whole."""
    return {
        name: Count.of((each.pair.same, each.said) for each in judged if name in {each.pair.half, "all"})
        for name in HALVES
    }


def pairs_table(judged: Sequence[Judged], of: Callable[[Pair], str] | str) -> list[list[object]]:
    """Precision, recall and F1 of each group, or of all under one title, in each half."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        groups[of if isinstance(of, str) else of(each.pair)].append(each)
    return [
        [group, name, len([0 for each in held if name in {each.pair.half, "all"}]), *counts[:3], *measures(counts)]
        for group, held in sorted(groups.items())
        for name, counts in by_half(held).items()
        if sum(counts)
    ]


def measures(count: Count) -> list[str]:
    """Precision, recall and F1 as they stand in a table."""
    return [f"{value:.3f}" for value in (count.precision, count.recall, count.f1)]


class Disguise(NamedTuple):
    """A listed name, changed."""

    name: Name
    how: str
    text: str


def disguises(lists: Lists, names: Sequence[Name], count: int) -> list[Disguise]:
    """So many disguised names of each class, as far as the list has names that can wear it."""
    found = []
    for how in CLASSES:
        able = (
            Disguise(name, how, text)
            for name in dice(f"sample {how}").sample(names, len(names))
            if (text := lists.perturber(name, how))
        )
        found += [each for each, _ in zip(able, range(count), strict=False)]
    return found


def found_by(index: Index, asked: Sequence[str], threshold: float) -> list[set[str]]:
    """The entries that each query meets."""
    met: list[set[str]] = [set() for _ in asked]
    for row, hit in index.search_many(asked, threshold):
        met[row].add(hit.id)
    return met


def recall_rows(worn: Sequence[Disguise], met: Sequence[set[str]]) -> list[list[object]]:
    """Recall of each class, in each half and whole."""
    rows: list[list[object]] = []
    for how in (*CLASSES, "all classes"):
        row: list[object] = [how]
        for name in HALVES:
            seen = [
                each.name.id in ids
                for each, ids in zip(worn, met, strict=True)
                if how in {each.how, "all classes"} and name in {half(each.name.text), "all"}
            ]
            row += [len(seen), f"{ratio(sum(seen), len(seen)):.3f}"]
        rows.append(row)
    return rows


class Screening:
    """One list, searched for strangers and for disguised names."""

    def __init__(self, machine: Engine, lists: Lists, title: str, names: Sequence[Name]) -> None:
        self.title = title
        ids, texts, kinds = (list(column) for column in zip(*names, strict=True))
        index = machine.build(ids, texts, kinds)
        self._others = lists.strangers(STRANGERS, derive=False)
        primary = list({name.id: name for name in reversed(names)}.values())[::-1]
        self._worn = disguises(lists, primary, DISGUISED)
        self._alerts = found_by(index, [name.text for name in self._others], machine.threshold)
        self._met = found_by(index, [each.text for each in self._worn], machine.threshold)
        self._names = {name.id: name.text for name in reversed(names)}

    def alert_rate(self, kind: str) -> float:
        """The part of the strangers of a kind that alert."""
        seen = [bool(ids) for name, ids in zip(self._others, self._alerts, strict=True) if kind in {name.kind, "all"}]
        return ratio(sum(seen), len(seen)) if seen else 0.0

    @property
    def recalls(self) -> dict[str, float]:
        """Recall of each class over both halves."""
        return {str(row[0]): float(str(row[-1])) for row in recall_rows(self._worn, self._met)}

    def lines(self) -> list[str]:
        """The tables."""
        rates = ", ".join(f"{kind} {self.alert_rate(kind):.2%}" for kind in ("organisation", "person"))
        head = ["class", *(part for name in HALVES for part in (f"{name} n", f"{name} recall"))]
        return [
            f"### {self.title}",
            "",
            f"{len(self._others):,} names that are on no list: {self.alert_rate('all'):.2%} alert ({rates}).",
            "",
            *table(head, recall_rows(self._worn, self._met)),
        ]

    def errors(self) -> list[str]:
        """Disguised names that were not found and strangers that alert, of the half to tune on."""
        missed = [
            f"- missed {each.how}: {each.text!r} of {each.name.text!r} ({each.name.kind})"
            for each, ids in zip(self._worn, self._met, strict=True)
            if each.name.id not in ids and half(each.name.text) == "tune"
        ]
        false = [
            f"- alert: {name.text!r} ({name.kind}) meets {', '.join(repr(self._names[key]) for key in sorted(ids)[:3])}"
            for name, ids in zip(self._others, self._alerts, strict=True)
            if ids and half(name.text) == "tune"
        ]
        return [f"## {self.title}: {len(missed)} missed, {len(false)} alerts (tune half)", "", *missed, "", *false]


def wrong(judged: Sequence[Judged]) -> list[str]:
    """The pairs of the half to tune on that were judged wrongly, the worst first."""
    bad = [each for each in judged if each.said != each.pair.same and each.pair.half == "tune"]
    return [
        f"- {'missed' if each.pair.same else 'FALSE '} {each.score:.3f} {each.pair.left!r} ~ {each.pair.right!r}"
        f" ({each.pair.schema}, {each.pair.group}: {each.pair.note})"
        for each in sorted(bad, key=lambda each: (each.pair.same, -abs(each.score - 0.5)))
    ]


def native_scripts(machine: Engine, data: Path) -> str:
    """Recall of United Nations names asked for in their original script."""
    named = sources.native_names(data)
    index = machine.build(*[list(column) for column in zip(*(name for name, _ in named), strict=True)])
    met = found_by(index, [script for _, script in named], machine.threshold)
    seen = [name.id in ids for (name, _), ids in zip(named, met, strict=True)]
    recall = ratio(sum(seen), len(seen))
    return f"{len(seen)} United Nations names asked for in their original script: recall {recall:.3f}."


def counted(count: Count) -> dict[str, float]:
    """Counts and measures of a half."""
    return {**count._asdict(), "precision": count.precision, "recall": count.recall, "f1": count.f1}


class Measured(NamedTuple):
    """Everything that one run finds out."""

    machine: Engine
    labelled: list[Judged]
    nearest: list[Judged]
    near: list[Judged]
    far: list[Judged]
    screened: list[Screening]
    scripts: str

    @classmethod
    def of(cls, machine: Engine, data: Path) -> "Measured":
        """Measures."""
        nearest, near, far = (judge(machine, un_treated(data, most)) for most in (1, 5, None))
        lists = Lists(data)
        titled = {
            "SDN list, primary names": sources.listed(data, sdn=True, aliases=False),
            "SDN list, primary names and aliases": sources.listed(data, sdn=True),
        }
        screened = [Screening(machine, lists, title, names) for title, names in titled.items()]
        labelled = judge(machine, name_pairs(data))
        return cls(machine, labelled, nearest, near, far, screened, native_scripts(machine, data))

    def lines(self) -> list[str]:
        """All tables."""
        head = ["group", "half", "pairs", "hit", "missed", "false", "precision", "recall", "F1"]
        rows = [
            *pairs_table(self.labelled, "**all**"),
            *pairs_table(self.labelled, lambda pair: pair.group),
            *pairs_table(self.labelled, lambda pair: pair.schema),
        ]
        others = [
            *pairs_table(self.nearest, "the nearest other"),
            *pairs_table(self.near, "the 5 nearest others"),
            *pairs_table(self.far, "all others"),
        ]
        return [
            f"# Accuracy of {self.machine.name} at threshold {self.machine.threshold:.3f}",
            "",
            "Measured with `python -m benchmarks.match.accuracy --data DIR --out benchmarks/results`.",
            "`tune` is the half of the data that may be tuned on, `test` the other; the halves are fixed by a hash.",
            "",
            *("## Labelled name pairs", "", *table(head, rows), ""),
            *("## Treated names of the United Nations list against the other names of the file", ""),
            *(*table(head, others), ""),
            *("## Search end to end", ""),
            *(line for each in self.screened for line in (*each.lines(), "")),
            self.scripts,
        ]

    def figures(self) -> dict[str, object]:
        """The same for a machine."""
        judged = {
            "name_pairs": self.labelled,
            "un_nearest": self.nearest,
            "un_nearest_5": self.near,
            "un_all": self.far,
        }
        return {
            "engine": self.machine.name,
            "threshold": self.machine.threshold,
            **{
                title: {name: counted(count) for name, count in by_half(held).items()} for title, held in judged.items()
            },
            "search": {
                each.title: {"alerts": each.alert_rate("all"), "recall": each.recalls} for each in self.screened
            },
        }

    def errors(self) -> list[str]:
        """What went wrong in the tune half, one by one."""
        return [
            f"# Errors of {self.machine.name} at {self.machine.threshold:.3f}, tune half only",
            *("", "## Labelled pairs", "", *wrong(self.labelled)),
            *("", "## United Nations, treated names", "", *wrong(self.far), ""),
            *(line for each in self.screened for line in each.errors()),
        ]


def main() -> None:
    """Measure, print the tables, and write them where asked."""
    given = arguments()
    data = sources.folder(given.data)
    if data is None:
        sys.exit("The labelled pairs are not part of this project: name their folder with --data or VACATUR_DATA.")
    machine = engine(given.engine)
    machine.threshold = given.threshold or machine.threshold
    if given.calibrate:
        lines = calibration(machine, name_pairs(data), un_treated(data, 1))
        print("\n".join(lines))
        if given.out:
            (given.out / "calibration.md").write_text("\n".join(lines) + "\n", "utf-8")
        return
    found = Measured.of(machine, data)
    lines, figures = found.lines(), found.figures()
    if given.note:
        lines[1:1], figures["note"] = ["", f"**{given.note}**"], given.note
    print("\n".join(lines))
    if given.errors:
        given.errors.write_text("\n".join(found.errors()) + "\n", "utf-8")
    if given.out:
        (given.out / "accuracy.md").write_text("\n".join(lines) + "\n", "utf-8")
        (given.out / "accuracy.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="the folder of real names (or VACATUR_DATA)")
    parser.add_argument("--engine", default="vacatur", choices=["vacatur", "rapidfuzz"])
    parser.add_argument("--threshold", type=float, help="instead of the engine's default")
    parser.add_argument("--errors", type=Path, help="where the errors of the tune half are written")
    parser.add_argument("--out", type=Path, help="the folder for accuracy.md and accuracy.json")
    parser.add_argument("--note", default="", help="said above the figures, as «preliminary»")
    parser.add_argument("--calibrate", action="store_true", help="fit the calibration and show its table")
    return parser.parse_args()


if __name__ == "__main__":
    main()
