"""How alike two names are, and why: one score, from the native core, that explains itself.

The formula stands in the core (`rust/src/engine/score.rs`): soft weighted Dice over the best one-to-one alignment of
words, then factors below one, then a strictly rising calibration. Evidence beside the name (countries, dates of birth,
genders) works as named, bounded factors; it never lifts a score to 1, which is kept for equal names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from vacatur._core import Engine
from vacatur.errors import InputError, WordUnknown

KINDS = ("person", "organisation", "vessel", "other")
"""Kinds of names, in the order in which the core numbers them."""

DEFAULT_THRESHOLD = 0.7
"""The lowest score that counts as a hit unless a caller says otherwise."""

EVIDENCE = "evidence-3"
"""Which factors stand beside a name's score, and how they are found; raised when that changes."""

MILLION = 1_000_000

Both = tuple[str, str]
"""What either side says of the same thing; an empty text is not known."""


@cache
def engine() -> Engine:
    """The engine with the lexicon that ships with this version."""
    return Engine(resources.files("vacatur.match").joinpath("lexicon.bin").read_bytes())


def kind_number(kind: str) -> int:
    """The core's number of a kind; parties' kinds that have no formula of their own count as `other`."""
    if kind in ("aircraft", "wallet", "application", "unknown"):
        return KINDS.index("other")
    if kind not in KINDS:
        raise WordUnknown("kind", kind, KINDS)
    return KINDS.index(kind)


@dataclass(frozen=True, slots=True)
class Met:
    """Words that met: `share_a` and `share_b` (0 to 1) of their weights are explained, and how."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    weight_a: int
    weight_b: int
    share_a: float
    share_b: float
    how: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score of two names with everything that made it; `explain` puts it in words.

    `only_a` and `only_b` are the words that met none. `raw` is the name's score after `factors` and before
    calibration; `evidence` are the factors from beside the name.
    """

    score: float
    raw: float
    a: tuple[tuple[str, int], ...]
    b: tuple[tuple[str, int], ...]
    met: tuple[Met, ...]
    only_a: tuple[tuple[str, int], ...]
    only_b: tuple[tuple[str, int], ...]
    factors: tuple[tuple[str, float], ...]
    evidence: tuple[tuple[str, float], ...]

    def explain(self) -> str:
        """A line per pair of words, per word left over and per factor; the last line is the score."""
        lines = [f"{' '.join(m.a)} ~ {' '.join(m.b)}: {m.how}, {m.share_a:.3f} of {m.weight_a} and "
                 f"{m.share_b:.3f} of {m.weight_b}" for m in self.met]  # fmt: skip
        lines += [f"{word}: only in the first name, weight {weight}" for word, weight in self.only_a]
        lines += [f"{word}: only in the second name, weight {weight}" for word, weight in self.only_b]
        lines += [f"{name}: × {factor:.3f}" for name, factor in (*self.factors, *self.evidence)]
        return "\n".join([*lines, f"raw {self.raw:.6f}, score {self.score:.6f}"])


def compare(a: str, b: str, *, kind: str = "other", country: Both | None = None, birth_date: Both | None = None,
            gender: Both | None = None, identifier: Both | None = None) -> Comparison:  # fmt: skip
    """Compares two names of one kind.

    Args:
        a: the first name.
        b: the second name; the score is the same either way round.
        kind: person, organisation, vessel or other: each reads names in its own way.
        country: both countries (ISO 3166), where both are known.
        birth_date: both dates of birth, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        gender: both genders.
        identifier: the values that both have of a scheme under which each party has one, as an LEI.

    Raises `InputError` for a name that holds lone surrogates.
    """
    try:
        score, raw, words_a, words_b, pairs, factors = engine().compare(a, b, kind_number(kind))
    except ValueError as bad:
        raise InputError(f"the names cannot be compared: {bad}") from bad
    met = tuple(
        Met(tuple(w for w, _ in words_a[slice(*of_a)]), tuple(w for w, _ in words_b[slice(*of_b)]),
            sum(n for _, n in words_a[slice(*of_a)]), sum(n for _, n in words_b[slice(*of_b)]),
            share_a / 1000, share_b / 1000, how)
        for of_a, of_b, share_a, share_b, how in pairs
    )  # fmt: skip
    evidence = tuple(beside(country, birth_date, gender, identifier))
    final = score
    for _, factor in evidence:
        final = final * factor // 1000
    shown = tuple((name, factor / 1000) for name, factor in evidence)
    lowered = tuple((name, factor / 1000) for name, factor in factors)
    alone = _alone(words_a, [pair[0] for pair in pairs]), _alone(words_b, [pair[1] for pair in pairs])
    return Comparison(final / MILLION, raw / MILLION, tuple(words_a), tuple(words_b), met, *alone, lowered, shown)


def _alone(words: list[tuple[str, int]], met: list[tuple[int, int]]) -> tuple[tuple[str, int], ...]:
    """The words that met none, by their places: the same word may stand twice, with two weights."""
    used = {place for start, end in met for place in range(start, end)}
    return tuple(word for place, word in enumerate(words) if place not in used)


def beside(country: Both | None, birth_date: Both | None, gender: Both | None,
           identifier: Both | None = None) -> list[tuple[str, int]]:  # fmt: skip
    """The factors (in thousandths) from evidence beside the name; what is unknown on either side says nothing."""
    found = []
    if country and all(country) and country[0].lower() != country[1].lower():
        found.append(("countries differ", 950))
    if gender and all(gender) and gender[0].lower() != gender[1].lower():
        found.append(("genders differ", 800))
    if identifier and all(identifier) and identifier[0] != identifier[1]:
        found.append(("identifiers differ", 700))
    if birth_date and all(birth_date):
        found += _birth(*birth_date)
    return found


def _birth(a: str, b: str) -> list[tuple[str, int]]:
    if a.startswith(b) or b.startswith(a):
        return []
    years = (a[:4], b[:4])
    if not all(year.isdigit() and len(year) == 4 for year in years):
        return []
    apart = abs(int(years[0]) - int(years[1]))
    if apart == 0:
        return [("days of birth differ", 900)]
    return [("years of birth are near", 900)] if apart <= 1 else [("years of birth differ", 600)]
