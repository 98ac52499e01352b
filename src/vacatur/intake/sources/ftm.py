"""FollowTheMoney bulk files (OpenSanctions' `entities.ftm.json`), so that a user's existing data comes along.

Every party in the file is an entry, whatever its topics: it is the user's own selection. What is no party (addresses,
sanctions, documents, securities, relations) is added to the parties to which it belongs.
"""

from __future__ import annotations

from collections.abc import Sequence

from vacatur.errors import InputError
from vacatur.intake.reading import File
from vacatur.intake.source import Printed, Source
from vacatur.intake.sources.ftm_around import Around
from vacatur.intake.sources.ftm_entry import KINDS, entry
from vacatur.intake.sources.ftm_lines import WANTED, things
from vacatur.model.listed import Listed


def read(files: Sequence[File]) -> Printed:
    """The edition in one file, in two passes: what belongs to a party may stand before or after it."""
    if len(files) != 1:
        raise InputError(f"{len(files)} files for one edition", fix=f"Give {WANTED}")
    file = files[0]
    seen, captions = set[str](), dict[str, str]()
    around = Around(captions)
    for line, thing in things(file):
        if not thing.id or thing.id in seen:
            raise InputError(
                f"id {thing.id} appears twice" if thing.id else "an entity without an id",
                where=f"{file.name}, line {line}", why="The file was joined from several", fix="Fetch it again",
            )  # fmt: skip
        seen.add(thing.id)
        if thing.schema in KINDS:
            captions[thing.id] = thing.caption or thing.one("name")
        else:
            around.keep(thing)
    entries: tuple[Listed, ...] = tuple(entry(thing, around) for _, thing in things(file) if thing.schema in KINDS)
    if not entries:
        raise InputError(
            "the file holds no parties", where=file.name, why="Nothing could be matched", fix=f"Give {WANTED}"
        )
    return Printed(form="ftm-json", published="", count=None, entries=entries)


SOURCE = Source(
    id="ftm",
    title="FollowTheMoney entities (OpenSanctions bulk data)",
    programmes=("ftm",),
    urls=("https://data.opensanctions.org/datasets/latest/sanctions/entities.ftm.json",),
    read=read,
)
