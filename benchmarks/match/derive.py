"""More names than there are: recombined from the tokens of real ones, or from nothing, with the same skew.

A derived name takes the shape of a name (its kind, script and number of tokens) and draws each token from the
occurrences at the same place of names of that kind and script, so that common words stay as common as they were. New
words come up at the rate at which a longer list would bring them (Good-Turing for the start, Heaps for the decline),
spliced from two words seen once.
"""

import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from benchmarks.match.sources import Name

Pool = tuple[str, str, str]  # kind, script, place


def dice(seed: str) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(seed)  # noqa: S311


def script(text: str) -> str:
    """The script of the first letter, as the Unicode name begins: LATIN, CYRILLIC, ARABIC, CJK …"""
    letter = next((sign for sign in text if sign.isalpha()), "?")
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "NONE").split()[0]


def place(position: int, count: int) -> str:
    """Where in its name a token stands."""
    return "first" if position == 0 else "last" if position == count - 1 else "inner"


class Deriver:
    """Draws names that the given ones could have been."""

    def __init__(self, names: Sequence[Name], seed: str, persons: float | None = None) -> None:
        self._dice = dice(seed)
        self._shapes: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._pools: dict[Pool, list[str]] = defaultdict(list)
        seen = Counter(token for name in names for token in name.text.split())
        for name in names:
            tokens, written = name.text.split(), script(name.text)
            self._shapes[name.kind].append((written, len(tokens)))
            for position, token in enumerate(tokens):
                self._pools[name.kind, written, place(position, len(tokens))].append(token)
        self._rare = {pool: [token for token in held if seen[token] == 1] for pool, held in self._pools.items()}
        once = sum(count == 1 for count in seen.values())
        self._total, self._start = seen.total(), max(1, seen.total())
        self._fresh, self._heaps = once / self._start, once / max(1, len(seen))
        kinds = Counter(name.kind for name in names)
        if persons is not None:
            others = sum(kinds.values()) - kinds["person"]
            kinds["person"] = round(others * persons / (1 - persons))
        self._kinds = list(kinds), list(kinds.values())

    def names(self) -> Iterator[tuple[str, str]]:
        """Texts and kinds without end; texts may come again."""
        draw, choose = self._dice.random, self._dice.choice
        while True:
            for kind in self._dice.choices(self._kinds[0], self._kinds[1], k=1000):
                written, count = choose(self._shapes[kind])
                rate = self._fresh * (self._start / self._total) ** (1 - self._heaps)
                tokens = []
                for position in range(count):
                    pool = kind, written, place(position, count)
                    tokens.append(self._coin(pool) if draw() < rate else choose(self._pools[pool]))
                self._total += count
                yield " ".join(tokens), kind

    def _coin(self, pool: Pool) -> str:
        """A word that was not there: the beginning of one rare word and the end of another."""
        held = self._rare[pool] or self._pools[pool]
        left, right = self._dice.choice(held), self._dice.choice(held)
        return left[: max(1, (len(left) + 1) // 2)] + right[len(right) // 2 :].lower()


# --- from nothing: a small stock of invented names with a long tail, where no real ones are at hand

ONSETS = [
    "b",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "ch",
    "kh",
    "sh",
    "br",
    "dr",
    "kr",
    "tr",
    "st",
]
NUCLEI = ["a", "e", "i", "o", "u", "ai", "ou", "ia"]
CODAS = ["", "", "", "n", "r", "l", "m", "s", "k", "d", "ng", "sh"]
ENDINGS = ["ov", "ev", "ez", "man", "sen", "i", "zadeh", "sky", "oglu", "wala", "son", "ian"]
FORMS = ["Ltd", "Limited", "LLC", "Inc", "Corporation", "GmbH", "S.A.", "OOO", "JSC", "Co., Ltd.", "PLC", "d.o.o."]
TRADES = [
    "Trading",
    "Shipping",
    "Bank",
    "Petroleum",
    "Energy",
    "Group",
    "Industries",
    "Aviation",
    "Engineering",
    "International",
    "Holdings",
]


def invented(count: int, seed: str) -> list[Name]:
    """Persons, organisations and vessels of invented words, used with the skew of real ones (Zipf)."""
    luck = dice(seed)

    def word(syllables: int) -> str:
        parts = (luck.choice(ONSETS) + luck.choice(NUCLEI) + luck.choice(CODAS) for _ in range(syllables))
        return "".join(parts).capitalize()

    size = max(200, count // 3)
    given = [word(luck.choice((1, 2, 2, 3))) for _ in range(size)]
    family = [word(luck.choice((1, 2, 2))) + luck.choice(ENDINGS) for _ in range(size)]
    brand = [word(luck.choice((2, 2, 3))) for _ in range(size)]

    def pick(words: list[str]) -> str:
        return words[min(len(words) - 1, int(len(words) ** luck.random()) - 1)]

    made: dict[str, Name] = {}
    while len(made) < count:
        chance = luck.random()
        if chance < 0.5:
            text, kind = f"{pick(family).upper()}, {pick(given)}{luck.choice(['', ' ' + pick(given)])}", "person"
        elif chance < 0.95:
            text, kind = f"{pick(brand)} {luck.choice(['', pick(brand)])} {pick(TRADES)} {pick(FORMS)}", "organisation"
        else:
            text, kind = f"{pick(brand)} {pick(given)}".upper(), "vessel"
        text = " ".join(text.split())
        made.setdefault(text, Name(f"made-{len(made)}", text, kind))
    return list(made.values())
