"""Fits scores to probabilities: a monotone curve of a few whole numbers, learnt on one half and checked on the other.

Isotonic regression (pool adjacent violators) of the label on the raw score, then the fewest knots that keep close to
it. The curve is made strictly rising, so that it changes no order, and runs from (0, 0) to (1000, 1000).

Where a decision falls is settled first: the raw score at which the labelled pairs of the tune half are told apart best
(`decision`) gets the engine's threshold as its score, and the curve is fitted on either side of it (`pinned`).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from benchmarks.match.engine import Engine
from benchmarks.match.labelled import Pair
from benchmarks.match.report import table

MOST_KNOTS = 16
BINS = 10


class Seen(NamedTuple):
    """A raw score in thousandths, whether the pair is one party's, and how much it counts."""

    raw: int
    same: bool
    weight: float


Knots = list[tuple[int, int]]


def isotonic(seen: Sequence[Seen]) -> list[tuple[float, float, float]]:
    """The monotone step function nearest to the labels: (lowest raw, highest raw, share of same) of each step."""
    blocks: list[tuple[float, float, float, float]] = []  # lowest, highest, sum of labels, weight
    for each in sorted(seen):
        blocks.append((each.raw, each.raw, each.same * each.weight, each.weight))
        while len(blocks) > 1 and blocks[-2][2] / blocks[-2][3] >= blocks[-1][2] / blocks[-1][3]:
            low, _, left, of_left = blocks.pop(-2)
            _, high, right, of_right = blocks.pop()
            blocks.append((low, high, left + right, of_left + of_right))
    return [(low, high, labels / weight) for low, high, labels, weight in blocks]


def knots(seen: Sequence[Seen], most: int = MOST_KNOTS) -> Knots:
    """The curve: through the middle of each step, thinned to so many knots and made strictly rising."""
    inner = [(raw, min(999, max(1, score))) for raw, score in steps(seen, 0.5) if 0 < raw < 1000]
    return thinned(rising([(0, 0), *inner, (1000, 1000)]), most)


def pinned(seen: Sequence[Seen], raw: int, score: int, most: int = MOST_KNOTS) -> Knots:
    """The curve through a point that is given, fitted on either side of it.

    Below it goes through the steps' last quarters, because the last of them is long and the rise behind it steep.
    """
    below = steps([each for each in seen if each.raw < raw], 0.75)
    above = steps([each for each in seen if each.raw >= raw], 0.5)
    left = [(at, max(1, share)) for at, share in below if at > 0 and share < score]
    right = [(at, min(995, share)) for at, share in above if at < 1000 and share > score]
    half = (most - 3) // 2 + 2
    return [
        *thinned(rising([(0, 0), *left, (raw, score)]), half),
        *thinned(rising([(raw, score), *right, (1000, 1000)]), half)[1:],
    ]


def steps(seen: Sequence[Seen], part: float) -> Knots:
    """A point on each step of the regression, at a part of its breadth."""
    return [(round(low + (high - low) * part), round(1000 * share)) for low, high, share in isotonic(seen)]


def decision(pairs: Sequence[tuple[bool, int]], treated: Sequence[tuple[bool, int]]) -> int:
    """The raw score from which on a pair counts as one party's: where F1 on the labelled pairs is best, among those at
    which treated names keep a precision of .99 against their nearest others; the lowest of equals.
    """
    return max(range(500, 951, 5), key=lambda way: (precision(treated, way) >= 0.99, f1(pairs, way)))


def f1(pairs: Sequence[tuple[bool, int]], least: int) -> float:
    """The harmonic mean of precision and recall if all pairs from a raw score on are said to match."""
    said = [same for same, raw in pairs if raw >= least]
    return 2 * sum(said) / max(1, len(said) + sum(same for same, _ in pairs))


def precision(pairs: Sequence[tuple[bool, int]], least: int) -> float:
    """Of the pairs from a raw score on, the part that match."""
    said = [same for same, raw in pairs if raw >= least]
    return sum(said) / max(1, len(said))


def rising(curve: Knots) -> Knots:
    """Knots at different raw scores whose values rise by at least one thousandth each."""
    apart = list({raw: (raw, score) for raw, score in curve}.values())
    fixed = [apart[0]]
    for raw, score in apart[1:-1]:
        if raw > fixed[-1][0] and fixed[-1][1] < apart[-1][1] - 2:
            fixed.append((raw, max(score, fixed[-1][1] + 1)))
    return [*fixed, apart[-1]]


def thinned(curve: Knots, most: int) -> Knots:
    """The knots left when those that bend the curve least are taken out one by one."""
    left = list(curve)
    while len(left) > most:
        bend = [abs(value(left[:at] + left[at + 1 :], left[at][0]) - left[at][1]) for at in range(1, len(left) - 1)]
        del left[1 + bend.index(min(bend))]
    return left


def value(curve: Knots, raw: float) -> float:
    """The score of a raw score, both in thousandths: linear between the knots."""
    for (left, low), (right, high) in pairwise(curve):
        if raw <= right:
            return low + (high - low) * (raw - left) / (right - left)
    return curve[-1][1]


def reliability(predicted: Sequence[tuple[float, bool]]) -> list[list[object]]:
    """For each tenth: how many pairs, the mean of what was predicted, and the share that was so."""
    rows: list[list[object]] = []
    for at in range(BINS):
        held = [each for each in predicted if at == min(BINS - 1, int(each[0] * BINS))]
        if held:
            mean, share = (sum(float(each[part]) for each in held) / len(held) for part in (0, 1))
            rows.append([f"{at / BINS:.1f} to {(at + 1) / BINS:.1f}", len(held), f"{mean:.3f}", f"{share:.3f}"])
    return rows


def brier(predicted: Sequence[tuple[float, bool]]) -> float:
    """The mean squared distance of a prediction from what was so."""
    return sum((score - same) ** 2 for score, same in predicted) / max(1, len(predicted))


def off(predicted: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error: how far a tenth's prediction lies from what was so, on average over pairs."""
    rows = reliability(predicted)
    return sum(int(str(n)) * abs(float(str(mean)) - float(str(share))) for _, n, mean, share in rows) / len(predicted)


def calibration(machine: Engine, labelled: Sequence[Pair], treated: Sequence[Pair]) -> list[str]:
    """What would be fitted on the tune half now, and how reliable the engine's own curve is on either half."""
    raw = {pair: round(1000 * machine.raw(pair.left, pair.right, pair.kind)) for pair in (*labelled, *treated)}
    tune = [[(pair.same, raw[pair]) for pair in pairs if pair.half == "tune"] for pairs in (labelled, treated)]
    least = decision(*tune)
    seen = [Seen(score, same, 1.0) for pairs in tune for same, score in pairs]
    curve = pinned(seen, least, round(1000 * machine.threshold))
    lines = [
        f"# Calibration of {machine.name}",
        "",
        "Measured with `python -m benchmarks.match.accuracy --data DIR --calibrate --out benchmarks/results`.",
        "",
        "Fitted on the tune half of the labelled pairs and of the treated United Nations names, each with its nearest",
        f"other name ({len(seen):,} pairs); halves are fixed by a hash of the names. The decision, at score",
        f"{machine.threshold:.2f}, falls at raw {least / 1000:.3f}.",
        "",
        f"Knots (raw, score) in thousandths that these pairs give now: {', '.join(f'({x}, {y})' for x, y in curve)}.",
        "The tables judge the engine's own knots, which stand in `rust/src/engine/calibration.rs`.",
        "",
    ]
    for name in ("tune", "test"):
        held = [pair for pair in (*labelled, *treated) if pair.half == name]
        predicted = [(machine.score(pair.left, pair.right, pair.kind), pair.same) for pair in held]
        lines += [
            f"## The engine's scores on the {name} half",
            "",
            f"Brier score {brier(predicted):.4f}, calibration error {off(predicted):.4f}.",
            "",
            *table(["score", "pairs", "mean score", "share that match"], reliability(predicted)),
            "",
        ]
    return lines[:-1]
