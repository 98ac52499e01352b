"""A delta file of the Sanctions List Service: what one publication added, changed and removed."""

from __future__ import annotations

from dataclasses import replace

from vacatur.errors import InputError
from vacatur.intake.reading import File, elements
from vacatur.intake.source import Printed
from vacatur.intake.sources.us_ofac_enhanced import entry_of, on_list
from vacatur.intake.sources.us_ofac_trees import local, once, root_of, text


def is_delta(file: File) -> bool:
    """Whether a file is a delta by its root and namespace."""
    name, head = root_of(file)
    return name == "sanctionsData" and "DeltaFile" in head


def apply_delta(edition: Printed, file: File) -> Printed:
    """The edition that a delta makes of the one before it, which must be the one that it was made from.

    Additions come last, in the order of the delta. A change must print the whole entry; of one that prints only parts,
    nothing can be made without guessing.
    """
    if not is_delta(file) or not edition.entries:
        raise InputError(
            "not a delta file, or nothing to apply it to",
            where=file.name,
            fix="Give an edition and a file of its changes",
        )
    source = edition.entries[0].names[0].source
    entries = {entry.key: entry for entry in edition.entries}
    published, seen = "", set[str]()
    for element in elements(file, "publicationInfo", "entity"):
        if local(element) == "publicationInfo":
            published = _in_order(edition, text(element, "datePublished")[:10], file)
            continue
        key = once(element.get("id", ""), seen, file, element.sourceline)
        action, ours = element.get("action", "").strip().lower(), on_list(source, element)
        _fits(action, key, key in entries, ours, file)
        if action == "remove" or not ours:  # removed, or changed and no longer on this list
            entries.pop(key, None)
        elif any(one.get("action") for one in element.iterdescendants()):
            raise _partial(key, file)
        else:
            entries[key] = entry_of(source, element)
    return replace(edition, form="ofac-delta", published=published, count=None, entries=tuple(entries.values()))


def _in_order(edition: Printed, published: str, file: File) -> str:
    if published and edition.published and published < edition.published:
        raise InputError(
            f"a delta of {published} for an edition of {edition.published}", where=file.name,
            why="What it changed has happened already", fix="Apply deltas in their order to the edition before them",
        )  # fmt: skip
    return published


def _fits(action: str, key: str, known: bool, ours: bool, file: File) -> None:
    """Refuses what cannot have been done to the edition; a removal may also be one from another list."""
    what = {
        "add": f"entry {key} is added, but is there" if known and ours else "",
        "remove": f"entry {key} is removed, but is not there" if ours and not known else "",
        "change": "",
    }.get(action, f"entry {key}: unknown action {action!r}")
    if what:
        raise InputError(
            what, where=file.name, why="The delta was made from another edition", fix="Take the whole edition instead"
        )


def _partial(key: str, file: File) -> InputError:
    return InputError(
        f"entry {key} is changed in parts", where=file.name,
        why="The parts that stay are not printed", fix="Take the whole edition instead",
    )  # fmt: skip
