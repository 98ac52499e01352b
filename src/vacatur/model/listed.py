"""One entry of a list edition, as the list prints it: what a source makes of a file, before it is law."""

from __future__ import annotations

from dataclasses import dataclass

from vacatur.model.party import Identifier, Name, Particular, Security


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry of one edition.

    `key` is the source's own id, unique in an edition and the same in every edition. `programme` is the list to which
    the entry belongs, where a file carries several. `stated` are dates that the entry itself prints, as ISO dates by
    name: `listed`, `effective`, `divest`, `changed`. `raw` are the source's own rows, table by table, field by field,
    in the order of the file: what the parsed fields were read from, and by what editions are compared.
    """

    key: str
    programme: str
    kind: str
    country: str
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    securities: tuple[Security, ...]
    particulars: tuple[Particular, ...]
    stated: tuple[tuple[str, str], ...]
    raw: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def name(self) -> str:
        """The primary name."""
        return next((name.text for name in self.names if name.kind == "primary"), self.key)
