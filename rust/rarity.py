"""Measure how common the words of names are: `rarity.py LEXICON ORGANISATIONS PERSONS... [FORMS] > rarity.tsv`.

- LEXICON: a compiled lexicon; words are counted as the engine reads them.
- ORGANISATIONS: CSV with a column `legal_name` (GLEIF's names of legal entities, CC0).
- PERSONS: the US list's SDN.CSV and ALT.CSV (US Government work); individuals are taken.
- FORMS: lines `form, form => id` of forms of one name in many scripts (Wikidata, CC0): a word that writes many
  different names is counted once for each.

Files may be compressed (.zst). Of each corpus, a word's frequency is taken; a word is as common as in the corpus
where it is commonest. Class 1 begins at FLOOR in a million, each class is STEP times as
common as the one before, 15 is the last. What is written is single words with their class, no names.
"""

import csv
import io
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from vacatur import _core

VERSION = 1
FLOOR = 25  # in a million: rarer words are all rare
STEP = 1.7
CLASSES = 15
ROWS = 6000
LEAST = {"organisation": 40, "person": 4, "form": 6}  # fewer than so many say nothing about how common a word is


def text(path: Path) -> str:
    """A file's text, decompressed."""
    if path.suffix == ".zst":
        data = subprocess.run(["zstd", "-dc", "--long=27", path], check=True, stdout=subprocess.PIPE).stdout
    else:
        data = path.read_bytes()
    return data.decode("utf-8", errors="replace").replace("\x1a", "")


def organisations(path: Path) -> Iterator[str]:
    """Each legal name once."""
    yield from sorted({row["legal_name"] for row in csv.DictReader(io.StringIO(text(path)))})


def persons(sdn: Path, alt: Path | None) -> Iterator[str]:
    """The names of individuals of the SDN list, with their aliases; each once."""
    names = {}
    for row in csv.reader(io.StringIO(text(sdn))):
        if len(row) > 2 and row[2].strip() == "individual":
            names[row[0].strip()] = {row[1]}
    if alt is not None:
        for row in csv.reader(io.StringIO(text(alt))):
            if len(row) > 3 and row[0].strip() in names:
                names[row[0].strip()].add(row[3])
    # Of one person's many spellings each word counts once.
    for every in names.values():
        yield "\n".join(sorted(every))


def count(lexicon: _core.Lexicon, names: Iterable[str], kind: str) -> tuple[Counter[str], int]:
    """In how many names each word stands, and how many words there are."""
    words: Counter[str] = Counter()
    total = 0
    for name in names:
        found = {
            token
            for part in name.split("\n")
            for token, role, _ in lexicon.tokenise(part, kind)
            if role in {"plain", "generic"} and len(token) > 1 and not any(letter.isdigit() for letter in token)
        }
        words.update(found)
        total += len(found)
    return words, total


def forms(path: Path) -> Iterator[str]:
    """Of each set of forms, all words."""
    for line in text(path).splitlines():
        yield line.split(" => ")[0].replace(", ", "\n")


def main() -> None:
    """Measure, and print the table."""
    if len(sys.argv) not in {5, 6}:
        sys.exit("usage: python rust/rarity.py LEXICON ORGANISATIONS SDN ALT [FORMS] > rust/rarity.tsv")
    paths = [Path(argument) for argument in sys.argv[1:]]
    lexicon = _core.Lexicon(paths[0].read_bytes())
    corpora = {
        "organisation": count(lexicon, organisations(paths[1]), "organisation"),
        "person": count(lexicon, persons(paths[2], paths[3]), "person"),
    }
    if len(paths) == 5:
        corpora["form"] = count(lexicon, forms(paths[4]), "person")
    rates: dict[str, float] = {}
    for corpus, (words, total) in corpora.items():
        for word, times in words.items():
            if times >= LEAST[corpus]:
                rates[word] = max(rates.get(word, 0), times * 1_000_000 / total)
    commonest = sorted(((rate, word) for word, rate in rates.items() if rate >= FLOOR), reverse=True)[:ROWS]
    print(f"# version {VERSION}: how common the words of names are, 1 to {CLASSES}; made by rarity.py, not by hand")
    print(f"# class 1 begins at {commonest[-1][0]:.0f} in a million words, each class is {STEP} times as common")
    for corpus, (words, total) in corpora.items():
        print(f"# {corpus}: {len(words):,} different of {total:,} words, read with lexicon {lexicon.version}")
    floor = commonest[-1][0]
    for word, rate in sorted((word, rate) for rate, word in commonest):
        print(f"{word}\t{min(CLASSES, 1 + int(math.log(rate / floor, STEP)))}")


if __name__ == "__main__":
    main()
