"""Where notices go: `notify.json` in the data directory, read strictly.

    {"sinks": [
      {"kind": "jsonl", "name": "log", "path": "notices.jsonl"},
      {"kind": "webhook", "name": "desk", "address": "https://desk.example/notices", "secret": {"env": "DESK_SECRET"}},
      {"kind": "mail", "name": "post", "path": "/var/spool/vacatur", "from": "vacatur@desk.example",
       "to": ["compliance@desk.example"]}
    ]}

Paths are taken from the data directory. A webhook's secret stands in an environment variable (`env`) or in a file that
nobody else may read (`file`), never here.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from vacatur.errors import InputError
from vacatur.notify.secret import Secret
from vacatur.notify.sink import Sink
from vacatur.notify.sinks.jsonl import JsonLines
from vacatur.notify.sinks.mail import MailDrop

NAME = "notify.json"
MOST_BYTES = 1_000_000
_WORD = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\Z")


class _Place(msgspec.Struct, forbid_unknown_fields=True):
    env: str = ""
    file: str = ""


class _Lines(msgspec.Struct, tag="jsonl", tag_field="kind", forbid_unknown_fields=True):
    name: str
    path: str


class _Hook(msgspec.Struct, tag="webhook", tag_field="kind", forbid_unknown_fields=True):
    name: str
    address: str
    secret: _Place


class _Mail(msgspec.Struct, tag="mail", tag_field="kind", forbid_unknown_fields=True, rename={"sender": "from"}):
    name: str
    path: str
    sender: str
    to: list[str]


class _Settings(msgspec.Struct, forbid_unknown_fields=True):
    sinks: list[_Lines | _Hook | _Mail]


def settings(home: Path) -> list[Sink]:
    """The sinks that the data directory's `notify.json` names, in its order; none where there is no such file.

    Raises `InputError` that says what is wrong, in which sink.
    """
    path = home / NAME
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return []
    except OSError as bad:
        raise InputError(f"cannot be read: {bad.strerror}", where=str(path), fix="Check its permissions") from bad
    if len(content) > MOST_BYTES:
        raise InputError(f"the settings are larger than {MOST_BYTES} bytes", where=str(path), fix="Write fewer sinks")
    try:
        said = msgspec.json.decode(content, type=_Settings)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as bad:
        raise InputError(
            f"not the settings of notices: {bad}", where=str(path), fix="See docs/guides/notifications.md"
        ) from bad
    found = [_sink(one, home, f"{path}, sink {number}") for number, one in enumerate(said.sinks, start=1)]
    names = [one.name for one in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(
            f"{', '.join(twice)} is named twice", where=str(path), why="What is delivered is remembered by name",
            fix="Give every sink a name of its own",
        )  # fmt: skip
    return found


def _sink(said: _Lines | _Hook | _Mail, home: Path, where: str) -> Sink:
    if not _WORD.match(said.name):
        raise InputError(f"{said.name[:60]!r} is no name for a sink", where=where, fix="Use small letters, digits, -")
    if isinstance(said, _Hook):
        from vacatur.notify.sinks.webhook import Webhook

        return Webhook(said.name, said.address, _secret(said.secret, home, where))
    if not said.path or "\0" in said.path:
        raise InputError("the path is empty or holds a NUL", where=where, fix="Name a file or folder")
    if isinstance(said, _Lines):
        return JsonLines(said.name, home / said.path)
    for address in (said.sender, *said.to):
        if not _ADDRESS.match(address):
            raise InputError(
                f"{address[:80]!r} is not a plain mail address", where=where, fix="Write it as desk@bank.example"
            )
    if not said.to:
        raise InputError("the message goes to nobody", where=where, fix="Name somebody in `to`")
    return MailDrop(said.name, home / said.path, said.sender, tuple(said.to))


def _secret(place: _Place, home: Path, where: str) -> Secret:
    if bool(place.env) == bool(place.file) or "\0" in place.env + place.file or "=" in place.env:
        raise InputError("the secret has no place, or two", where=where, fix="Name one: `env` or `file`")
    return Secret(place.env, home / place.file if place.file else None)
