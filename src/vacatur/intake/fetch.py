"""Fetching list files from their official addresses, a mirror or a folder: bounded, retried, and only what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vacatur.errors import InputError
from vacatur.intake.reading import MOST_BYTES, File

if TYPE_CHECKING:
    import httpx

TRIES = 4
"""How often an address is asked before it is given up."""
FIRST_PAUSE = 1.0
"""Seconds before the second try; each later pause is twice as long."""
LONGEST = 600.0
"""Seconds that one file may take in all."""
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class Seen(msgspec.Struct):
    """What an address said of a file when it was last fetched, so that it is fetched again only when it has changed."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came, with what its address says of it; no file where it has not changed."""

    file: File | None
    seen: Seen


@dataclass(frozen=True, slots=True)
class Patience:
    """The clock and the pause that fetching lives by; tests give their own."""

    now: Callable[[], float]
    pause: Callable[[float], None]


def from_place(url: str, place: str) -> str:
    """The address of a file at a mirror or in a folder: by its name."""
    return f"{place.rstrip('/')}/{url.rsplit('/', 1)[-1]}"


def fetched(url: str, seen: Seen, patience: Patience) -> Fetched:
    """Fetches one file; raises `InputError` when it cannot be had, is too large or takes too long."""
    if "://" not in url:
        return Fetched(_local(Path(url)), Seen())
    import httpx

    pause = FIRST_PAUSE
    for attempt in range(1, TRIES + 1):
        try:
            return _asked(url, seen, patience)
        except (httpx.TransportError, _Later) as bad:
            if attempt == TRIES:
                raise InputError(
                    f"cannot be fetched: {bad}", where=url, why="The last good edition stays in force",
                    fix="Try again later, or name a mirror or folder with --from",
                ) from bad  # fmt: skip
        patience.pause(pause)
        pause *= 2
    raise AssertionError("the last try returns or raises")


class _Later(Exception):
    """An answer that may be another one later."""


def _asked(url: str, seen: Seen, patience: Patience) -> Fetched:
    import httpx

    headers = {"Accept-Encoding": "gzip, identity", "User-Agent": "vacatur"}
    headers |= {"If-None-Match": seen.etag} if seen.etag else {}
    headers |= {"If-Modified-Since": seen.modified} if seen.modified else {}
    limits = httpx.Timeout(30.0, read=60.0)
    with (
        httpx.Client(timeout=limits, follow_redirects=True, max_redirects=5) as client,
        client.stream("GET", url, headers=headers) as answer,
    ):
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return Fetched(None, seen)
        if answer.status_code in _AGAIN:
            raise _Later(f"the server says {answer.status_code}")
        if answer.status_code != httpx.codes.OK:
            raise InputError(
                f"the server says {answer.status_code}", where=url, why="The last good edition stays in force",
                fix="Check the address, or name a mirror or folder with --from",
            )  # fmt: skip
        content = _read(answer, url, patience)
        told = Seen(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        return Fetched(File(url.rsplit("/", 1)[-1].partition("?")[0], content), told)


def _read(answer: httpx.Response, url: str, patience: Patience) -> bytes:
    content, began = bytearray(), patience.now()
    for chunk in answer.iter_bytes():
        content += chunk
        if len(content) > MOST_BYTES or patience.now() - began > LONGEST:
            raise InputError(
                f"more than {MOST_BYTES} bytes, or more than {LONGEST:.0f} seconds", where=url,
                why="No list is so large or so slow", fix="Name a mirror or folder with --from",
            )  # fmt: skip
    expected = answer.headers.get("content-length")
    if expected and not answer.headers.get("content-encoding") and int(expected) != len(content):
        raise _Later(f"{len(content)} of {expected} bytes came")
    return bytes(content)


def _local(path: Path) -> File:
    try:
        with path.open("rb") as handle:
            return File(path.name, handle.read(MOST_BYTES))
    except OSError as bad:
        raise InputError(f"cannot be read: {bad.strerror}", where=str(path), fix="Check the folder") from bad
