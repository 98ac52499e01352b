"""Every error that vacatur raises on purpose, one tree.

An error says *what* went wrong, *where* (file:line, act id, row), *why* it matters and how to *fix* it;
the command line prints those four and exits with 2 (problems in the book: 1).

    VacaturError
    ├── AskError           the question cannot be understood
    │   ├── DateError          a date or instant that cannot be read
    │   ├── PartyUnknown       no party by this name (carries the nearest names)
    │   ├── PartyAmbiguous     more than one party by this name
    │   └── WordUnknown        an activity, actor, programme or format that is not in the vocabulary
    ├── InputError         a file that cannot be taken (unreadable, ragged, wrong or double headers)
    ├── BookError          the curated book has problems (carries all of them)
    ├── LawError           acts that cannot be folded (a cycle, too many open disputes)
    ├── LedgerError        the store cannot be used
    │   └── Tampered           the hash chain does not hold (carries the entry that broke it)
    ├── ReplayDiffers      a decision recomputed is not the decision recorded
    └── ProofBroken        a proof does not hold (carries item, line and bytes)
"""

from __future__ import annotations


class VacaturError(Exception):
    """Root of the tree: four plain sentences instead of one opaque one.

    `what` is required. `where`, `why` and `fix` are printed when they are not empty.
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.why, self.fix = what, where, why, fix

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what, self.why, self.fix]
        return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


class AskError(VacaturError):
    """The question cannot be understood as asked."""


class DateError(AskError):
    """A date or instant that cannot be read; dates are written 2021-03-20."""


class PartyUnknown(AskError):
    """No party by this name, identifier or ticker; `nearest` holds the names that come closest."""

    def __init__(self, query: str, nearest: tuple[str, ...]) -> None:
        near = f"Nearest: {'; '.join(nearest)}" if nearest else ""
        super().__init__(
            f"no party is known here as {query!r}",
            why=near,
            fix="Ask by id, full name, ISIN, ticker or LEI; a party that is not in the ledger cannot be answered for",
        )
        self.query, self.nearest = query, nearest


class PartyAmbiguous(AskError):
    """Several parties answer to this name; `candidates` holds their ids."""

    def __init__(self, query: str, candidates: tuple[str, ...]) -> None:
        super().__init__(
            f"{query!r} names {len(candidates)} parties: {', '.join(candidates)}",
            why="An answer for the wrong one could be a breach",
            fix="Ask again with one of these ids",
        )
        self.query, self.candidates = query, candidates


class WordUnknown(AskError):
    """A word that is not in the vocabulary (activity, actor, programme, format)."""

    def __init__(self, what: str, word: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{what} {word!r} is not known", fix=f"Use one of: {', '.join(known)}")
        self.word, self.known = word, known


class InputError(VacaturError):
    """A user's file cannot be taken; nothing was written."""


class BookError(VacaturError):
    """The curated book does not load; `problems` holds every located problem of the run."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"the book has {len(problems)} problem(s)", why="\n".join(problems))
        self.problems = problems


class LawError(VacaturError):
    """Acts that cannot be folded into a state of the law."""


class LedgerError(VacaturError):
    """The store cannot be opened, read or written."""


class Tampered(LedgerError):
    """The hash chain does not hold: an entry was changed, removed or inserted after the fact."""

    def __init__(self, seq: int, record: str) -> None:
        super().__init__(
            f"entry {seq} ({record}) does not match its hash",
            why="The ledger was altered outside vacatur; no answer from it can be relied on",
            fix="Restore the store from a backup, or rebuild it from the book and the archived documents",
        )
        self.seq, self.record = seq, record


class ReplayDiffers(VacaturError):
    """A decision recomputed from its own basis is not, byte for byte, the decision that was stored."""


class ProofBroken(VacaturError):
    """A proof does not hold; `item`, `line` (from 1) and `span` (its first byte, and the one after its last) say where.

    `item` is empty for the lines that are no item's: the opening, the manifest and the signature.
    """

    def __init__(self, what: str, *, item: str, line: int, span: tuple[int, int], why: str = "") -> None:
        named = f" ({item})" if item else ""
        super().__init__(
            what, where=f"line {line}{named}, bytes {span[0]} to {span[1]}",
            why=why or "It was altered since it was signed, or cut off on its way; nothing in it can be relied on",
            fix="Ask whoever made it for another copy",
        )  # fmt: skip
        self.item, self.line, self.span = item, line, span
