"""The EU's consolidated list of persons, groups and entities under financial sanctions (FSF), XML 1.1 and CSV."""

from __future__ import annotations

from collections.abc import Sequence

from vacatur.errors import InputError
from vacatur.intake import sniff
from vacatur.intake.reading import File
from vacatur.intake.source import Printed, Source
from vacatur.intake.sources import eu_fsf_csv, eu_fsf_xml


def read(files: Sequence[File]) -> Printed:
    """The edition in one file."""
    if len(files) != 1:
        raise InputError(f"{len(files)} files for one edition", fix=f"Give the one file of {eu_fsf_csv.WANTED}")
    file = files[0]
    kind = sniff.kind(file)
    if kind == "xml" and sniff.root(file) == "export":
        edition = eu_fsf_xml.read(file)
    elif kind == "text":
        edition = eu_fsf_csv.read(file)
    else:
        raise sniff.refusal(file, eu_fsf_csv.WANTED)
    if not edition.entries:
        raise InputError(
            "the file holds no entries", where=file.name, why="The list is never empty", fix="Fetch it again"
        )
    return edition


# The token is no secret: it is part of the published address, and the same for everybody.
SOURCE = Source(
    id="eu-fsf",
    title="EU consolidated list of persons, groups and entities subject to financial sanctions",
    programmes=("eu-fsf",),
    urls=("https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",),
    read=read,
)
