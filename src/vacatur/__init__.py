"""What was restricted, when, why, what it forbade to whom, and how we know.

    import vacatur

    v = vacatur.open()
    v.ask("xiaomi", "buy", as_of="2021-03-20").answer      # 'permitted'

`open` gives an `App`, the same object behind the command line. Imports are lazy: `import vacatur` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from vacatur.app import App

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def open(home: str | PathLike[str] | None = None) -> App:  # noqa: A001 -- the field's own word: open a ledger
    """Opens a ledger; nothing needs setting up first.

    Args:
        home: the data directory, or a database address (`postgresql://…`); by default `VACATUR_HOME`, else the
            platform's place for application data.

    Raises:
        LedgerError: the directory cannot be used as a ledger.
        BookError: the shipped book does not load (a damaged installation).
    """
    from vacatur.app import App

    return App.at(home)
