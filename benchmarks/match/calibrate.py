"""Fits scores to probabilities: a monotone curve of a few whole numbers, learnt on one half and checked on the other.

Isotonic regression (pool adjacent violators) of the label on the raw score, then the fewest knots that keep close to
it. The curve is made strictly rising, so that it changes no order, and runs from (0, 0) to (1000, 1000).
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
    steps = [(round((low + high) / 2), round(1000 * share)) for low, high, share in isotonic(seen)]
    inner = [(raw, min(999, max(1, score))) for raw, score in steps if 0 < raw < 1000]
    return thinned(rising([(0, 0), *inner, (1000, 1000)]), most)


def rising(curve: Knots) -> Knots:
    """Knots at different raw scores whose values rise by at least one thousandth each."""
    apart = list({raw: (raw, score) for raw, score in curve}.values())
    fixed = [apart[0]]
    for raw, score in apart[1:-1]:
        if raw > fixed[-1][0] and fixed[-1][1] < 998:
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


def calibration(machine: Engine, pairs: Sequence[Pair]) -> list[str]:
    """Knots fitted on the tune half, and the reliability of the test half with the engine's own and with these."""
    raw = [(pair, round(1000 * machine.raw(pair.left, pair.right, pair.kind))) for pair in pairs]
    curve = knots([Seen(score, pair.same, 1.0) for pair, score in raw if pair.half == "tune"])
    lines = [f"Knots, raw to score in thousandths (fitted on the tune half): {curve}", ""]
    apart = [(pair, score) for pair, score in raw if pair.half == "test"]
    for title, predicted in (
        ("as the engine scores now", [(machine.score(p.left, p.right, p.kind), p.same) for p, _ in apart]),
        ("with these knots", [(value(curve, score) / 1000, pair.same) for pair, score in apart]),
    ):
        lines += [
            f"## Test half, {title}: Brier score {brier(predicted):.4f}, calibration error {off(predicted):.4f}",
            "",
            *table(["score", "pairs", "mean score", "share that match"], reliability(predicted)),
            "",
        ]
    return lines
