"""Legal days live in the authority's zone, and the zone rules are part of the evidence.

Zones come from the pinned `tzdata` distribution rather than from the operating system, so that a decision
replays under the same rules on every machine. Fixed offsets exist because orders write "eastern standard
time" on days of daylight time.
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib import metadata, resources
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})\Z")
_KEY = re.compile(r"[A-Za-z_]+(/[A-Za-z_+-]+){0,2}\Z")


@cache
def zone(name: str) -> tzinfo:
    """The zone called `name`: an IANA key (`America/New_York`), `UTC`, or a fixed offset (`-05:00`).

    Raises `ValueError` for anything else.
    """
    if name in ("UTC", "Z"):
        return UTC
    if offset := _OFFSET.match(name):
        minutes = int(offset[2]) * 60 + int(offset[3])
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    if not _KEY.match(name):
        raise ValueError(f"{name!r} is neither an IANA zone nor an offset such as -05:00")
    try:
        with resources.files("tzdata.zoneinfo").joinpath(name).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (FileNotFoundError, IsADirectoryError) as gone:
        raise ValueError(f"no zone {name!r} in tzdata") from gone


@cache
def tzdata_version() -> str:
    """Version of the zone rules in use; part of every snapshot id."""
    return metadata.version("tzdata")
