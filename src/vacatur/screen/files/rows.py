"""Rows as every form of file gives them: texts by column, or why a row cannot be taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, Protocol

from vacatur.errors import InputError

MOST_FIELD = 100_000
"""Longest cell taken, in characters: a name that is longer is not a name."""
MOST_ROW = 1_000_000
"""Longest row held, in characters: of a longer one only the beginning is ever in memory."""
MOST_TEXT = 1_000
"""How much of a rejected row is kept to be shown."""
MOST_RATIO = 200
"""How many times larger than its packed file a table may be: tables come to ten times, at most a few dozen."""
SMALL = 100_000_000
"""Up to which size that is not asked, in bytes."""
UNIT = "\x1f"
"""What parts the texts of one cell where the form of the file has lists: the sign that ASCII has for it."""


class Row(NamedTuple):
    """One row: `row` counts the data rows from 1, `line` is where it begins in the file (0 where forms have no lines);
    `cells` are texts, as many as there are columns; `text` is the row as it stands, empty where forms have none.
    """

    row: int
    line: int
    cells: list[str]
    text: str


class Reject(NamedTuple):
    """A row that cannot be screened: where it stands, why, what to do, and its beginning as it stands."""

    row: int
    line: int
    why: str
    fix: str
    text: str


class Fault(NamedTuple):
    """What is wrong with a piece of a file, and how to mend it."""

    why: str
    fix: str


class Reader(Protocol):
    """One opened file or table, of any form; `size` and `at` count bytes of the file or rows, `size` 0 if unknown."""

    columns: tuple[str, ...]
    size: int

    @property
    def at(self) -> int:
        """How far it has been read."""
        ...

    def rows(self, wanted: Collection[int]) -> Iterator[Row | Reject]:
        """The rows in order, once; cells of columns that are not at `wanted` places may be empty."""
        ...

    def close(self) -> None:
        """Lets go of the file."""
        ...


LONG_CELL = Fault(f"a cell is longer than {MOST_FIELD} characters", "Shorten it; a name or an address has far less")
LONG_ROW = Fault(f"the row is longer than {MOST_ROW} characters", "Check its line ends and quotes, or shorten it")


def rejected(row: int, line: int, fault: Fault, text: str) -> Reject:
    """A row with this fault; of bytes that are not text a sign is shown (U+FFFD)."""
    shown = text[:MOST_TEXT].rstrip("\r\n").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return Reject(row, line, fault.why, fault.fix, shown)


def too_long(cells: Iterable[str]) -> bool:
    """Whether a cell is longer than any is taken."""
    return any(len(cell) > MOST_FIELD for cell in cells)


def too_packed(where: str) -> InputError:
    """The refusal of a file that unpacks to more than any table does."""
    return InputError(
        f"it unpacks to more than {MOST_RATIO} times its size", where=where,
        why="No table does; such files are made to exhaust machines", fix="Unpack it and look at it",
    )  # fmt: skip
