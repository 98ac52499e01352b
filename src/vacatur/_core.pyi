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
