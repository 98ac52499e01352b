"""The native core (Rust, in rust/). Private: import its functions from `vacatur.match`.

Calls are coarse: a whole batch in, a whole result out, with the interpreter lock released in between.
"""

def normalise(name: str, /) -> str:
    """Fold away what typesetting, typing and copying do to a name, and nothing that tells two names apart.

    Compatibility forms (NFKC), case (in full: ``ß`` is ``ss``), punctuation, symbols and white space are folded;
    control, bidirectional and other invisible characters are removed. Words are parted by single spaces.
    Diacritics stay, because they carry evidence. Idempotent; the result is in NFC, and empty if nothing is left.

    Args:
        name: a name as written, in any script.

    Returns:
        The normalised name.

    Raises:
        ValueError: the name holds a lone surrogate, so it is not text.
    """

def normalise_many(names: list[str], /) -> list[str]:
    """Normalise a batch of names: as `normalise` on each, in the same order, with the interpreter lock released.

    Args:
        names: names as written.

    Returns:
        The normalised names, row for row.

    Raises:
        ValueError: a row holds a lone surrogate; the message gives its number, counted from zero.
        TypeError: `names` is not a list, or a row is not a string.
    """

class Engine:
    """The matching engine with its lexicon: one score, and a search that returns what scoring every name would."""

    def __new__(cls, lexicon: bytes, /) -> Engine:
        """Takes a compiled lexicon; raises ValueError on bytes that are none."""

    @property
    def version(self) -> str:
        """Version of formula, shares, knots and lexicon: scores of different versions are not comparable."""

    def compare(
        self, a: str, b: str, kind: int, /
    ) -> tuple[
        int,
        int,
        list[tuple[str, int]],
        list[tuple[str, int]],
        list[tuple[tuple[int, int], tuple[int, int], int, int, str]],
        list[tuple[str, int]],
    ]:
        """Score and raw score in millionths, either name's words with weights, the pairs that met, the factors."""

    def build(
        self,
        ids: list[str],
        names: list[str],
        kinds: bytes,
        valid: list[tuple[int, int]] | None,
        marks: list[tuple[str, str, int, str, str, tuple[int, int]]],
        /,
    ) -> Segment:
        """Lays out a list in memory; `valid` holds microseconds since 1970, `[from, to)`.

        `marks` are identifiers: id, name to show, its kind, scheme, value in normal form, validity.
        """

    def open(self, path: str, verify: bool, /) -> Segment:
        """Maps an index file; raises OSError or ValueError with what is wrong."""

class Segment:
    """A searchable list of names; immutable, and shared by all processes that open the same file."""

    def __len__(self) -> int: ...
    @property
    def size(self) -> int:
        """Bytes of its image."""

    @property
    def checksum(self) -> int:
        """Content id of its image."""

    def save(self, path: str, /) -> None:
        """Writes the image: whole, or not at all, whichever other processes write it."""

    def find(self, scheme: str, value: str, at: int | None = None) -> list[tuple[str, str, int]]:
        """Id, name and kind of every party that carries an identifier, given in its normal form."""

    @property
    def schemes(self) -> list[str]:
        """The schemes under which identifiers are filed, in order."""

    def search(
        self, query: str, threshold: int, kind: int | None = None, at: int | None = None, exhaustive: bool = False
    ) -> list[tuple[str, str, int, int]]:
        """Id, name, score (millionths) and kind of every hit, best first."""

    def search_many(
        self,
        queries: list[str] | tuple[memoryview, memoryview],
        threshold: int,
        kind: int | bytes | None = None,
        at: int | None = None,
        exhaustive: bool = False,
        threads: int = 0,
    ) -> list[Column]:
        """Columns as little-endian arrays and Arrow string buffers.

        Query rows (u32), scores (f64), ids, names, kinds (u8). `kind` is of all queries, or a byte for each: 4 for one
        whose kind is not known. Raises ValueError when there are more or fewer of them.
        """

class Column:
    """The bytes of a column of hits, which are read where the core wrote them."""

    def __len__(self) -> int:
        """How many bytes it has."""

    def __buffer__(self, flags: int, /) -> memoryview:
        """The bytes, to be read only."""

class Lexicon:
    """What the engine knows of words, for looking into; the engine reads the same bytes."""

    def __new__(cls, data: bytes, /) -> Lexicon:
        """Takes a compiled lexicon; raises ValueError on bytes that are none."""

    @property
    def version(self) -> str:
        """What it was made of."""

    def tokenise(self, name: str, kind: str, /) -> list[tuple[str, str, int]]:
        """A name's words as they are compared: letters, class and weight of each."""

    def variants(self, word: str, /) -> list[int]:
        """The groups of name variants that a word belongs to."""

    def generic(self, word: str, /) -> str | None:
        """The generic form of a canonical legal form."""

def skeleton(word: str, /) -> str:
    """The key under which spellings and transliterations of one word fall together; empty if there is none."""

def compile_lexicon(version: str, rows: list[tuple[str, str, str, list[str]]], /) -> bytes:
    """Compiles rows of what the forms are, their canonical form, its general form, and the forms."""
