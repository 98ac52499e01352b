"""OFAC's lists: Specially Designated Nationals, and all the others in the Consolidated list.

Both are published in the same formats: flat files, SDN.XML, Advanced XML, Enhanced XML, and deltas of the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial, reduce

from vacatur.errors import InputError
from vacatur.intake.reading import File, unzipped
from vacatur.intake.source import Printed, Source
from vacatur.intake.sources.us_ofac_advanced import read_advanced
from vacatur.intake.sources.us_ofac_delta import apply_delta, is_delta
from vacatur.intake.sources.us_ofac_enhanced import read_enhanced
from vacatur.intake.sources.us_ofac_entry import CONSOLIDATED, PROGRAMMES, SDN, programme_of
from vacatur.intake.sources.us_ofac_flat import read_flat
from vacatur.intake.sources.us_ofac_trees import root_of
from vacatur.intake.sources.us_ofac_xml import read_xml

_EXPORTS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
_READERS = {"sdnList": read_xml, "Sanctions": read_advanced, "sanctionsData": read_enhanced}
_SHARE = 0.3
"""Of the Consolidated list's entries more than half carry tags of lists of their own; of the SDN list's, under 1 %."""


def read(source: str, files: Sequence[File]) -> Printed:
    """An edition of `source` from its files, whichever of the formats they are."""
    files = [one for file in files for one in (unzipped(file) if file.content.startswith(b"PK") else (file,))]
    changes = [file for file in files if is_delta(file)]
    if changes and len(changes) < len(files):
        # An edition and what was changed since, in the order in which it was published.
        printed = read(source, [file for file in files if not is_delta(file)])
        return reduce(apply_delta, changes, printed)
    for file in files:
        _readable(file)
    marked = [file for file in files if root_of(file)[0]]
    if not marked and files:
        return _checked(source, read_flat(source, files), files)
    if len(files) != 1:
        raise InputError(
            f"{len(files)} files where one is expected", where=", ".join(file.name for file in files),
            why="An edition is one XML file, or flat files alone", fix="Give the files of one edition at a time",
        )  # fmt: skip
    reader = _READERS.get(root_of(files[0])[0])
    if reader is None:
        raise InputError(
            f"not a list of OFAC's: <{root_of(files[0])[0]}>", where=files[0].name,
            why="A page of a web site, an error message or another list",
            fix="Fetch it again, or give it to its own source",
        )  # fmt: skip
    return _checked(source, reader(source, files[0]), files)


def _readable(file: File) -> None:
    if not file.content.strip(b"\x1a\r\n\t "):
        raise InputError("the file is empty", where=file.name, fix="Fetch it again")
    if b"\0" in file.content[:1_000_000] and root_of(file)[0]:
        raise InputError(
            "the file holds NUL bytes", where=file.name, why="It was cut off while being written", fix="Fetch it again"
        )
    if is_delta(file):
        raise InputError(
            "a delta file, not an edition", where=file.name, why="It prints changes only",
            fix="Apply it to the edition before it",
        )  # fmt: skip


def _checked(source: str, edition: Printed, files: Sequence[File]) -> Printed:
    """The edition, if it has entries and they look like the source's."""
    names = ", ".join(file.name for file in files)
    if not edition.entries:
        raise InputError("no entries", where=names, why="An empty list would clear everybody", fix="Fetch it again")
    if "enhanced" in edition.form:  # names the list of every entry
        return edition
    special = sum(map(_telling, (
        tuple(one.value for one in entry.particulars if one.kind == "programme") for entry in edition.entries)
    ))  # fmt: skip
    if (special / len(edition.entries) >= _SHARE) == (source == SDN):
        other = "Consolidated" if source == SDN else "SDN"
        raise InputError(
            f"the {other} list's file", where=names,
            why=f"{special} of its {len(edition.entries)} entries carry tags of the Consolidated list",
            fix=f"Give it to {CONSOLIDATED if source == SDN else SDN}",
        )  # fmt: skip
    return edition


@lru_cache(maxsize=4096)
def _telling(tags: tuple[str, ...]) -> bool:
    """Whether tags tell the Consolidated list; those of its menu-based list are tags of the SDN list too."""
    return programme_of(CONSOLIDATED, list(tags), "") not in ("us-ofac-mbs", CONSOLIDATED)


SOURCES = (
    Source(
        id=SDN,
        title="OFAC Specially Designated Nationals and Blocked Persons List",
        programmes=(SDN,),
        urls=tuple(_EXPORTS + name for name in ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")),
        read=partial(read, SDN),
        is_change=is_delta,
    ),
    Source(
        id=CONSOLIDATED,
        title="OFAC Consolidated Sanctions List (all lists but the SDN list)",
        programmes=PROGRAMMES,
        urls=tuple(_EXPORTS + name for name in ("CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV")),
        read=partial(read, CONSOLIDATED),
        is_change=is_delta,
    ),
)
