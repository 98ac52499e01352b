"""Listed names as a customer file would hold them: one class of change each, applied only where it makes sense.

| class | what changes |
|---|---|
| typo1, typo2 | a letter (two apart) more, less, wrong or swapped; words of ≥ 4 letters in names of ≥ 6 (10) |
| swap | the family name moves: `LAST, First` becomes `First LAST`, or loses its comma |
| dropped | one word of at least three is left out: of a person an inner name, of others the commonest word |
| initials | one given name becomes its first letter |
| legal-form | the legal form is written another way, or, one time in five, left out |
| transliteration | other Latin spellings: by rules of romanisation, or from a collection of name forms |
| cross-script | the whole name in another script: by form of each word, or letter by letter into Cyrillic |
| joined-split | two neighbouring words become one, or one two where both are words of their own |
"""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Self

from benchmarks.match import sources
from benchmarks.match.derive import dice, invented
from benchmarks.match.sources import Name
from benchmarks.match.variants import (
    ARTICLE,
    BETWEEN,
    CYRILLIC_FORMS,
    ENGLISH,
    LEGAL_FORMS,
    PARTICLES,
    ROMANISATIONS,
    SCRIPTS,
    SLAVIC,
    Forms,
    cyrillic,
    plain,
)

CLASSES = (
    "typo1",
    "typo2",
    "swap",
    "dropped",
    "initials",
    "legal-form",
    "transliteration",
    "cross-script",
    "joined-split",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
CARRIED = {"al", "el", "abd", "abu", "abdul", "bin", "ben", "ibn", "de", "van", "von", "la", "del", "bu", "ould"}
APART = {*re.findall(r"\w+", "and for of the in ii iii iv vi vii viii fzco llc fzc dmcc eood ood sal jscb evich evna")}
FORM_WORDS = {plain(word).strip(".,") for line in LEGAL_FORMS for form in line for word in form.split()}
LATIN_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


class Perturber:
    """Disguises a name; the same name and class give the same disguise in every run."""

    def __init__(self, forms: Forms, common: dict[str, int]) -> None:
        self._forms, self._common = forms, common
        self._ways: dict[str, Callable[[Name, random.Random], str | None]] = {
            "typo1": lambda name, luck: typos(name.text, 1, luck),
            "typo2": lambda name, luck: typos(name.text, 2, luck),
            "swap": swap,
            "dropped": self._dropped,
            "initials": initials,
            "legal-form": legal_form,
            "transliteration": self._spelt,
            "cross-script": self._rewritten,
            "joined-split": self._joined_or_split,
        }

    @classmethod
    def of(cls, data: Path | None) -> Self:
        """With the name forms of a data folder and the words of its screening list."""
        common: dict[str, int] = {}
        for name in sources.listed(data) if data else invented(20_000, "list"):
            for word in words(name.text):
                common[plain(word)] = common.get(plain(word), 0) + 1
        return cls(Forms.of(data), common)

    def __call__(self, name: Name, how: str) -> str | None:
        """The name in a disguise, or nothing where that class has none for it."""
        if not name.text.isprintable() or len(words(name.text)) == 0:
            return None
        changed = self._ways[how](name, dice(f"{how} {name.text}"))
        return changed if changed and changed != name.text else None

    def _dropped(self, name: Name, luck: random.Random) -> str | None:
        if name.kind == "person":
            family, given = parted(name.text)
            if not family or len(given) < 2 or syllables(family, given):
                return None
            gone = luck.randrange(1, len(given))
            return f"{family}, {' '.join(given[:gone] + given[gone + 1 :])}"
        tokens = name.text.split()
        core = [at for at, token in enumerate(tokens) if significant(token)]
        if len(core) < 3:
            return None
        gone = max(core, key=lambda at: self._common.get(plain(tokens[at]), 0))
        return " ".join(tokens[:gone] + tokens[gone + 1 :])

    def _spelt(self, name: Name, luck: random.Random) -> str | None:
        if name.kind not in {"person", "vessel"}:
            return None
        listed = luck.random() < 0.5
        ways = {
            found.span(): made
            for found in LATIN_WORD.finditer(name.text)
            if (made := self._forms.latin(found[0]) if listed else romanised(found[0]))
        }
        if not ways:
            return None
        taken = [span for span in ways if luck.random() < 0.5] or [luck.choice(list(ways))]
        changed = name.text
        for start, end in sorted(taken, reverse=True):
            new = luck.choice(ways[start, end])
            changed = changed[:start] + like(new, changed[start:end]) + changed[end:]
        return changed

    def _rewritten(self, name: Name, luck: random.Random) -> str | None:
        if name.kind == "person":
            family, given = parted(name.text)
            ways = [made for script in SCRIPTS if (made := self._in_script(given, family, script, luck))]
            if ways:
                return luck.choice(ways)
            if SLAVIC.search(plain(family)) and family.isascii() and "".join(given).isascii():
                return " ".join(cyrillic(word).title() for word in (*given, family))
        tokens = re.sub(r"[^\w\s-]", " ", name.text).split()
        foreign = any(ENGLISH.search(word.casefold()) for word in tokens) or not name.text.isascii()
        if tokens and tokens[0].casefold() in CYRILLIC_FORMS and not foreign:
            return " ".join(CYRILLIC_FORMS.get(word.casefold(), cyrillic(word).title()) for word in tokens)
        return None

    def _in_script(self, given: list[str], family: str, script: str, luck: random.Random) -> str | None:
        """Each word in a form of the script, or nothing if one has none."""
        made = [self._word_in(word, script, luck) for word in (*given, *family.split())]
        if not given or syllables(family, given) or any(word is None for word in made):
            return None
        written = [word for word in made if word]
        if script == "CJK" and len(written[-1]) == 1:
            return "".join([written[-1], *written[:-1]]) if len(given) == 1 else None
        return BETWEEN.get(script, " ").join(written)

    def _word_in(self, word: str, script: str, luck: random.Random) -> str | None:
        bare, article = re.subn(r"^(al|el)[- ]?(?=\w{3})", "", plain(word)) if "-" in word else (plain(word), 0)
        known = PARTICLES[bare].get(script) if bare in PARTICLES else None
        forms = [known] if known else self._forms.written(bare, script)
        if not forms or (article and script not in ARTICLE):
            return None
        return (ARTICLE[script] if article else "") + luck.choice(forms).title()

    def _joined_or_split(self, name: Name, luck: random.Random) -> str | None:
        """Two neighbouring words as one, or one as two."""
        ways = [joined(name), self._split(name.text, luck)]
        first, second = ways if luck.random() < 0.5 else ways[::-1]
        return first or second

    def _known(self, word: str) -> int:
        """How often the list has a word that may stand alone."""
        return 0 if plain(word) in APART else self._common.get(plain(word), 0)

    def _split(self, text: str, luck: random.Random) -> str | None:
        """A word in two of at least four letters that both stand alone elsewhere on the list."""
        cuts = [
            (found, at)
            for found in LATIN_WORD.finditer(text)
            if len(found[0]) >= 7 and can_slip(found[0])
            for at in range(4, len(found[0]) - 3)
            if min(self._known(half) for half in (found[0][:at], found[0][at:])) > 1
        ]
        if not cuts:
            return None
        found, at = luck.choice(cuts)
        return f"{text[: found.start() + at]} {like(found[0][at:], found[0])}{text[found.end() :]}"


def words(text: str) -> list[str]:
    """The words of a name that are written in letters."""
    return LATIN_WORD.findall(text)


def significant(token: str) -> bool:
    """Whether a word says more than a legal form, an article or a number."""
    return len(plain(token).strip(".,()")) > 2 and plain(token).strip(".,()") not in FORM_WORDS and token.isalpha()


def syllables(family: str, given: list[str]) -> bool:
    """Whether a name is of single syllables, as Kim Jong Un: each is part of one name, and stands for many others."""
    return all(len(word) <= 6 and re.fullmatch(r"[^aeiou]*[aeiou]+[^aeiou]*", plain(word)) for word in (family, *given))


def parted(text: str) -> tuple[str, list[str]]:
    """Family name and given names, where a comma parts them or the last word is taken for the family name."""
    family, comma, given = text.partition(",")
    if comma:
        return family.strip(), given.split()
    tokens = text.split()
    return (tokens[-1], tokens[:-1]) if tokens else ("", [])


def like(word: str, model: str) -> str:
    """A word in the case of another one."""
    return word.upper() if model.isupper() else word.capitalize() if model[0].isupper() else word


def typos(text: str, count: int, luck: random.Random) -> str | None:
    """Slips of the finger, in different words where there are enough, never in a legal form."""
    able = [found.span() for found in LATIN_WORD.finditer(text) if can_slip(found[0])]
    letters = sum(len(word) for word in words(text) if plain(word) not in FORM_WORDS)
    if not able or letters < 2 + 4 * count or (count == 2 and len(able) == 1 and able[0][1] - able[0][0] < 8):
        return None
    spans = luck.sample(able, min(count, len(able)))
    spans += [spans[0]] if len(spans) < count else []
    changed = text
    for at, (start, end) in sorted(enumerate(spans), key=lambda each: -each[1][0]):
        half = (start + end) // 2
        low, high = (start, end) if spans.count((start, end)) == 1 else ((half, end), (start, half))[at]
        changed = changed[:low] + slip(changed[low:high], luck) + changed[high:]
    return changed


def can_slip(word: str) -> bool:
    """Whether a word can bear a slip: four letters, and no legal form."""
    return len(word) >= 4 and plain(word) not in FORM_WORDS and plain(word).isascii()


def slip(word: str, luck: random.Random) -> str:
    """One letter inserted, left out, replaced by a neighbour on the keyboard, or swapped with the next."""
    at, how = luck.randrange(len(word)), luck.choice("ilrs")
    if how == "s":
        pairs = [here for here in range(len(word) - 1) if word[here].casefold() != word[here + 1].casefold()]
        if pairs:
            at = luck.choice(pairs)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == "l":
        return word[:at] + word[at + 1 :]
    letter = like(beside(word[at].casefold(), luck), word[at])
    return word[:at] + letter + word[at + (how != "i") :]


def beside(letter: str, luck: random.Random) -> str:
    """A letter that stands beside another one on the keyboard."""
    row = next((row for row in KEYS if letter in row), LETTERS)
    at = max(0, row.find(letter))
    return luck.choice([near for near in (row[max(0, at - 1)], row[min(len(row) - 1, at + 1)]) if near != letter])


def swap(name: Name, luck: random.Random) -> str | None:
    """The family name at the other end."""
    family, comma, given = (part.strip() for part in name.text.partition(","))
    if name.kind != "person" or not family or (comma and not given):
        return None
    if not comma:
        tokens = name.text.split()
        return f"{tokens[-1]}, {' '.join(tokens[:-1])}" if len(tokens) > 1 else None
    return luck.choice([f"{given} {family}", f"{family} {given}"])


def initials(name: Name, luck: random.Random) -> str | None:
    """One given name as its first letter."""
    family, given = parted(name.text)
    able = [at for at, word in enumerate(given) if len(word) > 2 and word.isalpha() and plain(word) not in CARRIED]
    if name.kind != "person" or len(words(family)) == 0 or not able:
        return None
    at = luck.choice(able)
    shortened = [*given[:at], given[at][0] + luck.choice([".", ""]), *given[at + 1 :]]
    return f"{' '.join(shortened)} {family}"


def legal_form(name: Name, luck: random.Random) -> str | None:
    """Another way to write the legal form, or the name without it."""
    if name.kind != "organisation":
        return None
    low = name.text.casefold()
    known = ((way, line) for line in LEGAL_FORMS for way in line)
    for way, ways in sorted(known, key=lambda each: -len(each[0])):
        found = re.search(rf"(?<![\w.]){re.escape(way)}(?![\w.])", low)
        if found and len(low) == len(name.text):
            rest = f"{name.text[: found.start()]} {name.text[found.end() :]}"
            if luck.random() < 0.2 and any(significant(token) for token in rest.split()):
                return " ".join(rest.split()).strip(" ,")
            new = luck.choice([other for other in ways if other != way])
            cased = new.upper() if name.text[found.start() : found.end()].isupper() else new.title()
            return name.text[: found.start()] + cased + name.text[found.end() :]
    return None


def joined(name: Name) -> str | None:
    """The first pair of words that people write as one: a particle and its name, two parts of a hyphen, short words."""
    if name.kind == "other":
        return None
    for found in re.finditer(r"(?=(?<![\w.'])([^\W\d_]{2,})([ -])([^\W\d_]{2,})(?![\w.']))", name.text):
        left, right = found[1], found[3]
        if {plain(left), plain(right)} & (FORM_WORDS | APART) or not 5 <= len(left + right) <= 18:
            continue
        short = len(left) <= 4 or (name.kind != "person" and len(right) <= 4)
        if plain(left) in CARRIED or found[2] == "-" or short:
            start = found.start(1)
            fused = left + (right if right.isupper() else right.lower())
            return name.text[:start] + fused + name.text[start + len(left) + 1 + len(right) :]
    return None


def romanised(word: str) -> list[str]:
    """Other spellings of a word by the rules of romanisation, each by one rule."""
    low = plain(word)
    made = {rule.sub(way, low, count=1) for rule, ways in ROMANISATIONS if rule.search(low) for way in ways}
    return sorted(made - {low}) if len(low) >= 2 and low.isascii() and low not in FORM_WORDS else []
