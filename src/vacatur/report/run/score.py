"""A score as a sum whose parts are visible: which words met, how, with what weight, and what was lost.

The lines of an explanation are a record; they are read back, and what they do not say is not said here either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from vacatur.report.charts.numbers import rounded
from vacatur.report.given import given, plain
from vacatur.report.html import Html, el, join

HOW = {
    "equal": "same", "variant": "forms of one name", "sound": "sounds the same", "spelling": "a few letters apart",
    "near": "one letter apart", "akin": "forms of one kind", "initial": "initial of the word",
    "joined": "written as one word",
}  # fmt: skip
"""How words met, as the matcher and as a reader says it."""

MOST_ROWS = 40
"""So many words are shown; a name of more is shown by its heaviest."""

ROUNDING = 0.005
"""By how much shares and factors of three places can miss a sum of six."""

_NUMBER = r"(\d+(?:\.\d+)?)"
_MET = re.compile(rf"(.+) ~ (.+): (\w+), {_NUMBER} of (\d+) and {_NUMBER} of (\d+)\Z", re.DOTALL)
_LEFT = re.compile(r"(.+): only in the (first|second) name, weight (\d+)\Z", re.DOTALL)
_FACTOR = re.compile(rf"(.+): × {_NUMBER}\Z", re.DOTALL)
_LAST = re.compile(rf"raw {_NUMBER}, score {_NUMBER}\Z")


@dataclass(frozen=True, slots=True)
class Words:
    """Words that met, or a word that has no counterpart: `weight` is theirs, `share` (0 to 1) what is explained."""

    subject: str
    party: str
    how: str
    weight: int
    share: float


@dataclass(frozen=True, slots=True)
class Sum:
    """A score's parts. `factors` lower the words' sum to `raw`, which reads `score` on the scale of scores once what
    stands beside the name (`beside`) has lowered it too.
    """

    words: tuple[Words, ...]
    factors: tuple[tuple[str, float], ...]
    beside: tuple[tuple[str, float], ...]
    raw: float
    score: float

    @property
    def weight(self) -> int:
        """The weight of all words of both names."""
        return sum(one.weight for one in self.words)

    @property
    def explained(self) -> float:
        """The share of that weight which met: where the factors begin."""
        return sum(one.weight * one.share for one in self.words) / self.weight if self.weight else 0.0

    @property
    def adds_up(self) -> bool:
        """Whether the parts make the sum, but for the places that explanations leave out."""
        return abs(self.explained * prod(factor for _, factor in self.factors) - self.raw) < ROUNDING


def read_sum(explanation: Sequence[str], evidence: str) -> Sum | None:
    """The parts of a score from its explanation.

    None where there is no explanation, one of another form, or parts that do not add up: its lines are shown then.
    """
    words: list[Words] = []
    factors: list[tuple[str, float]] = []
    last = _LAST.match(explanation[-1]) if explanation else None
    for line in explanation[:-1]:
        if (met := _MET.match(line)) is not None:
            words.append(_met(met))
        elif (left := _LEFT.match(line)) is not None:
            first = left[2] == "first"
            words.append(Words(left[1] if first else "", "" if first else left[1], "", int(left[3]), 0.0))
        elif (factor := _FACTOR.match(line)) is not None:
            factors.append((factor[1], float(factor[2])))
        else:
            return None
    if last is None:
        return None
    beside = set(evidence.split(", ")[1:])
    found = Sum(tuple(words), tuple(one for one in factors if one[0] not in beside),
                tuple(one for one in factors if one[0] in beside), float(last[1]), float(last[2]))  # fmt: skip
    return found if found.adds_up else None


def score_section(hit: dict[str, Any]) -> Html:
    """Why a hit has its score."""
    head = el("h4", f"Why {score_words(hit['score'])}")
    if not hit["explanation"]:
        return join([head, el("p", "The identifier is the same: ", given(hit["evidence"]),
                              ". That says all, whatever the names.", class_="note")])  # fmt: skip
    if (found := read_sum(hit["explanation"], hit["evidence"])) is None:
        return join([head, el("ul", *(el("li", given(line)) for line in hit["explanation"]), class_="notes")])
    return join([head, _table(found)])


def score_words(score: float) -> str:
    """A score as people write it: `.728`, and `1` only for equal names."""
    return "1" if score >= 1 else rounded(min(score, 0.999), 3).removeprefix("0")


def _met(met: re.Match[str]) -> Words:
    a, b = int(met[5]), int(met[7])
    share = (float(met[4]) * a + float(met[6]) * b) / (a + b) if a + b else 0.0
    return Words(met[1], met[2], HOW.get(met[3], met[3]), a + b, share)


def _table(found: Sum) -> Html:
    order = sorted(range(len(found.words)), key=lambda at: -found.words[at].weight)[:MOST_ROWS]
    heaviest = max((one.weight for one in found.words), default=1)
    rows = [_row(found.words[at], found.weight, heaviest) for at in sorted(order)]
    if (left := len(found.words) - len(rows)) > 0:
        rows.append(el("tr", el("td", f"and {left:,} lighter words", colspan=5, class_="q")))
    heads = ("Subject", "Party", "How", "Weight", "Adds")
    head = el("tr", *(el("th", name, scope="col", class_="num" if name == "Adds" else None) for name in heads))
    return el("table", el("caption", "The score, part by part", class_="vh"), el("thead", head), el("tbody", *rows),
              el("tfoot", *_foot(found)), class_="tok-t")  # fmt: skip


def _row(one: Words, whole: int, heaviest: int) -> Html:
    adds = rounded(one.weight * one.share / whole, 3, signed=True)
    of = rounded(one.weight / whole, 3)
    said = adds if one.share == 1 else join([adds, el("small", f" of {of}", class_="q")])
    cells = [_word(one.subject), _word(one.party), el("span", one.how or "no counterpart", class_="q"),
             _bar(one, heaviest)]  # fmt: skip
    return el("tr", *(el("td", cell, data_l=name)
                      for name, cell in zip(("Subject", "Party", "How", "Weight"), cells, strict=True)),
              el("td", said, class_="num", data_l="Adds"), class_=None if one.how else "miss")  # fmt: skip


def _word(word: str) -> Html:
    """A word as it was compared; legal forms and other words of a class carry a sign that readers need not see."""
    return el("span", given(" ".join(part.removeprefix("_") for part in word.split())) if word else "–", class_="tok")


def _bar(one: Words, heaviest: int) -> Html:
    """What met is solid, what was lost is an outline."""
    long, met = 100 * one.weight / heaviest, 100 * one.share
    full = el("i", class_="full", style=f"width:{met:.1f}%") if one.share else None
    none = el("i", class_="none", style=f"width:{100 - met:.1f}%") if one.share < 1 else None
    said = f"weight {one.weight}, {met:.0f} % of it met"
    return el("span", full, none, class_="wbar", style=f"width:{long:.1f}%", role="img", aria_label=said)


def _foot(found: Sum) -> list[Html]:
    calibrated = found.score / prod(factor for _, factor in found.beside)
    steps: list[tuple[str, str]] = []
    if found.factors or found.beside or found.raw != found.score:
        steps.append(("Words that met, of all words", rounded(found.explained, 3)))
        steps += [(plain(name), f"× {rounded(factor, 3)}") for name, factor in found.factors]
        if found.raw != found.score:
            words = f"on the scale of scores {rounded(found.raw, 3)} reads"
            steps.append((words, rounded(min(calibrated, 1.0), 3)))
        steps += [(plain(name), f"× {rounded(factor, 3)}") for name, factor in found.beside]
    rows = [el("tr", el("td", name, colspan=4, class_="q"), el("td", value, class_="num")) for name, value in steps]
    last = el("tr", el("td", "Score", colspan=4), el("td", el("b", rounded(found.score, 3)), class_="num"))
    return [*rows, last]
