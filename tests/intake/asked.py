"""What tests of sources ask of an entry, and how they unpack a real file."""

from pathlib import Path

import pyarrow as pa

from vacatur.intake.reading import File
from vacatur.model.listed import Listed


def names(entry: Listed, kind: str) -> list[str]:
    return [name.text for name in entry.names if name.kind == kind]


def told(entry: Listed, kind: str) -> list[str]:
    return [particular.value for particular in entry.particulars if particular.kind == kind]


def numbers(entry: Listed, scheme: str) -> list[tuple[str, str]]:
    return [(found.value, found.country) for found in entry.identifiers if found.scheme == scheme]


def remarks(entry: Listed) -> str:
    return "\n".join(told(entry, "remark"))


def file(text: str | bytes, name: str = "list") -> File:
    return File(name, text if isinstance(text, bytes) else text.encode())


def unpacked(path: Path) -> File:
    if path.suffix != ".zst":
        return File(path.name, path.read_bytes())
    with pa.OSFile(str(path)) as packed, pa.CompressedInputStream(packed, "zstd") as stream:
        return File(path.stem, stream.read())
