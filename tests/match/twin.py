"""A slow twin of the score in plain Python, written from its documentation: what an explanation must add up to.

It takes the words, weights, shares and factors that the core shows and makes the raw and the final score of them, in
whole numbers. It knows the formula, not how words are read or aligned; so it catches a formula that drifted from its
explanation. It is for tests only.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from vacatur.match.score import MILLION, Comparison

CORE = Path(__file__).parents[2] / "rust" / "src" / "engine" / "calibration.rs"
UNEQUAL = 990_000
"""Names that are not equal stay at or below this score."""


def curve() -> list[tuple[int, int]]:
    """The knots of the calibration, raw to score in millionths, as the core's source states them."""
    table = re.search(r"pub const KNOTS.*?= \[(.*?)\];", CORE.read_text("utf-8"), re.DOTALL)
    assert table, "the knots are not where they were"
    text = table[1].replace("ONE", str(MILLION)).replace("_", "")
    return [(int(raw), int(score)) for raw, score in re.findall(r"\((\d+), (\d+)\)", text)]


def calibrated(raw: int, knots: list[tuple[int, int]]) -> int:
    """The score of a raw one: along the line between two knots, rounded down."""
    for (left, low), (right, high) in pairwise(knots):
        if raw <= right:
            return low + (raw - left) * (high - low) // (right - left)
    return knots[-1][1]


def raw(found: Comparison) -> int:
    """Soft weighted Dice: what matched words explain of both names' weight, then the factors, each rounded down."""
    explained = sum(round(1000 * m.share_a) * m.weight_a + round(1000 * m.share_b) * m.weight_b for m in found.met)
    whole = sum(weight for _, weight in (*found.a, *found.b))
    value = explained * 1000 // whole if whole else 0
    for _, factor in found.factors:
        value = value * round(1000 * factor) // 1000
    return value


def score(found: Comparison, *, equal: bool, knots: list[tuple[int, int]]) -> tuple[float, float]:
    """Raw and final score of two names that are or are not equal once normalised."""
    value = MILLION if equal else raw(found)
    final = MILLION if equal else min(calibrated(value, knots), UNEQUAL)
    for _, factor in found.evidence:
        final = final * round(1000 * factor) // 1000
    return final / MILLION, value / MILLION
