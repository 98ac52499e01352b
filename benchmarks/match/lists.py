"""Lists of names and files of customers, the same in every run.

    python -m benchmarks.match.lists --data DIR 20000 200000 1000000 3000000

With a folder of real names a list holds the names of the Consolidated Screening List first (SDN, the other
consolidated lists, the rest; primary names before aliases), then real companies and persons, then derived names
(`derive`). A quarter of the real companies and persons is kept out of every list: those are the customers, with
further derived ones where a file asks for more, and 3 % perturbed listed names. Without a folder all are invented.
"""

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.match import sources
from benchmarks.match.derive import Deriver, dice, invented
from benchmarks.match.engine import sorted_tokens
from benchmarks.match.perturb import CLASSES, Perturber
from benchmarks.match.sources import Name, distinct, share

VERSION = 2  # of what lists hold: raised with every change of a rule, so that no old file is taken for a new one
DISGUISES = 2  # the same of how names are disguised
SIZES = 20_000, 200_000, 1_000_000, 3_000_000
HELD_OUT = 4  # one of so many real companies and persons is a customer and on no list
PERTURBED = 0.03
PERSONS = 0.4  # of derived names: between the register of companies (none) and the SDN list (about a half)


class Query(NamedTuple):
    """A customer; where he is a listed name in disguise, of which entry and by which perturbation."""

    text: str
    entry: str
    how: str


class Lists:
    """Where lists and queries are kept once they are made."""

    def __init__(self, data: Path | None, cache: Path | None = None) -> None:
        self.data = data
        root = cache or Path(tempfile.gettempdir()) / "vacatur-benchmarks"
        self.folder = root / f"v{VERSION}-{'real' if data else 'invented'}"
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def origin(self) -> str:
        """Where the names are from, in words for a table."""
        return "real names first, derived names where they end" if self.data else "invented names"

    def list_of(self, size: int) -> Path:
        """The file of a list: id, kind and name, parted by tabs."""
        path = self.folder / f"list-{size}.tsv"
        if not path.exists():
            write(path, ((f"{row}", name.kind, name.text) for row, name in enumerate(self._names(size))))
        return path

    def queries(self, size: int, count: int) -> Path:
        """The file of so many customers for a list of a size: name, entry and perturbation, parted by tabs."""
        path = self.folder / f"queries-{size}-{count}-{DISGUISES}.tsv"
        if not path.exists():
            write(path, self._queries(size, count))
        return path

    def _names(self, size: int) -> Iterator[Name]:
        held = distinct(self._real())
        yield from held[:size]
        yield from self._derived(held, size - len(held), f"list {size}")

    def _real(self) -> Iterator[Name]:
        """All names that a list may hold, in the order in which it takes them."""
        if self.data is None:
            yield from invented(20_000, "list")
            return
        yield from sources.listed(self.data)
        yield from mixed(name for name in self._register() if share(name.text, HELD_OUT))

    def _register(self) -> list[Name]:
        """Companies and persons, most on the lists and some kept as customers."""
        if self.data is None:
            return invented(40_000, "customers")
        return [*sources.companies(self.data), *sources.people(self.data)]

    def _derived(self, held: list[Name], count: int, seed: str) -> Iterator[Name]:
        if count <= 0:
            return
        seen = {name.text for name in held}
        for text, kind in Deriver(held, seed, PERSONS).names():
            if text not in seen:
                seen.add(text)
                yield Name("", text, kind)
                count -= 1
                if not count:
                    return

    def strangers(self, count: int, derive: bool = True) -> list[Name]:
        """So many names that are on no list, in an order of chance; real ones first, then derived where allowed."""
        known = {sorted_tokens(name.text) for name in self._real()}
        apart = (name for name in self._register() if self.data is None or not share(name.text, HELD_OUT))
        real = mixed(name for name in apart if sorted_tokens(name.text) not in known)
        more = self._derived(real, count - len(real), "customers") if derive else ()
        return [*real[:count], *more]

    def _queries(self, size: int, count: int) -> Iterator[Query]:
        names = list(read_list(self.list_of(size)))
        wanted, luck = round(count * PERTURBED), dice(f"queries {size} {count}")
        found = (
            hit for name in luck.choices(names, k=wanted * 20) if (hit := self._disguise(name, luck.choice(CLASSES)))
        )
        planted = list(islice(found, wanted))
        asked = [*planted, *(Query(name.text, "", "") for name in self.strangers(count - len(planted)))]
        luck.shuffle(asked)
        yield from asked

    def _disguise(self, name: Name, how: str) -> Query | None:
        changed = self.perturber(name, how)
        return Query(changed, name.id, how) if changed else None

    @property
    def perturber(self) -> Perturber:
        """The one that disguises names; it knows name forms in other scripts where the data folder has them."""
        if not hasattr(self, "_perturber"):
            self._perturber = Perturber.of(self.data)
        return self._perturber


def mixed(names: Iterable[Name]) -> list[Name]:
    """The names in an order of chance that is the same in every run."""
    return sorted(names, key=lambda name: share(name.text, 2**64))


def write(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """Write a file of rows, at once or not at all."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)
    unfinished.rename(path)


def read(path: Path) -> Iterator[list[str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def read_list(path: Path) -> Iterator[Name]:
    """The names of a list."""
    return (Name(key, text, kind) for key, kind, text in read(path))


def read_queries(path: Path, most: int | None = None) -> list[Query]:
    """The customers of a file, or the first of them."""
    return [Query(*row) for row in islice(read(path), most)]


def main() -> None:
    """Make the lists and the customers for them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--data", help="the folder of real names (or VACATUR_DATA)")
    parser.add_argument("--cache", type=Path, help="where the files are kept")
    parser.add_argument("--customers", type=int, default=1_000_000)
    given = parser.parse_args()
    lists = Lists(sources.folder(given.data), given.cache)
    for size in given.sizes:
        print(lists.list_of(size), lists.queries(size, given.customers))


if __name__ == "__main__":
    main()
