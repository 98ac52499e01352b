"""OFSI's consolidated list of financial sanctions targets in the UK (ConList), CSV, in its forms before and since 2022.

The list was closed in January 2026; the UK Sanctions List took its place. Its editions remain evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from vacatur.errors import InputError
from vacatur.intake import sniff
from vacatur.intake.reading import File, csv_rows
from vacatur.intake.source import Printed, Source
from vacatur.intake.sources.uk_ofsi_entry import Target
from vacatur.intake.table import Row, table

_WANTED = "OFSI's consolidated list"
_NEEDED = ("name6", "name1", "grouptype", "aliastype", "regime", "listedon", "groupid")


def read(files: Sequence[File]) -> Printed:
    """The edition in one file."""
    if len(files) != 1:
        raise InputError(f"{len(files)} files for one edition", fix=f"Give the one file of {_WANTED}")
    file = files[0]
    if sniff.kind(file) != "text":
        raise sniff.refusal(file, _WANTED)
    found = table(file, csv_rows(file, encoding=sniff.encoding(file)), _NEEDED, _WANTED)
    targets, seen, types = dict[str, Target](), set[tuple[str, ...]](), dict[str, str]()
    row = None
    for row in found.rows:
        key, typed = row.record.get("groupid", ""), row.record.get("grouptype", "")
        if not key.isdigit():
            raise _bad(file, row, f"{key!r} is not a Group ID")
        # The rows of a target stand apart, sorted by name: only what contradicts or repeats them shows a double id.
        if types.setdefault(key, typed) != typed:
            raise _bad(file, row, f"Group ID {key} is {types[key]} and also {typed}")
        if row.cells in seen:
            raise _bad(file, row, f"a row of Group ID {key} appears twice")
        seen.add(row.cells)
        target = targets.setdefault(key, Target(key))
        target.take(row.record)
        target.gathered.raw.append(("rows", row.cells))
    if row is None:
        raise InputError(
            "the file holds no entries", where=file.name, why="The list was never empty", fix="Fetch it again"
        )
    _whole(file, row, targets)
    listed = tuple(target.listed() for target in targets.values())
    return Printed(form="ofsi-csv", published=found.published, count=None, entries=listed)


def _whole(file: File, last: Row, targets: dict[str, Target]) -> None:
    """Refuses a file that may have been cut within its last Group ID, which would then be that of a target of its own.

    Some editions end without a line's end. There the last row is believed if its target has other rows too.
    """
    if not file.content.endswith((b"\n", b"\r")) and len(targets[last.record["groupid"]].gathered.raw) == 1:
        raise InputError(
            f"the file stops in its last line, at Group ID {last.record['groupid']}",
            where=f"{file.name}, line {last.line}",
            why="No other row has this id: it may be the beginning of another, cut off",
            fix="Fetch it again; if the file is whole, end its last line",
        )  # fmt: skip


def _bad(file: File, row: Row, what: str) -> InputError:
    return InputError(
        what, where=f"{file.name}, line {row.line}", why="The file was joined, cut or changed", fix="Fetch it again"
    )


SOURCE = Source(
    id="uk-ofsi",
    title="OFSI consolidated list of financial sanctions targets in the UK",
    programmes=("uk-ofsi",),
    urls=("https://ofsistorage.blob.core.windows.net/publishlive/2022format/ConList.csv",),
    read=read,
)
