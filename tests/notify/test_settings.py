"""`notify.json`: what it may say, and that everything else is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vacatur.errors import InputError
from vacatur.notify.settings import NAME, settings
from vacatur.notify.sinks.jsonl import JsonLines
from vacatur.notify.sinks.mail import MailDrop
from vacatur.notify.sinks.webhook import Webhook

LOG: dict[str, Any] = {"kind": "jsonl", "name": "log", "path": "notices.jsonl"}
HOOK: dict[str, Any] = {"kind": "webhook", "name": "desk", "address": "https://desk.example/", "secret": {"env": "S"}}
POST: dict[str, Any] = {"kind": "mail", "name": "post", "path": "/drop", "from": "v@desk.example",
                        "to": ["c@desk.example"]}  # fmt: skip


def write(home: Path, content: object) -> None:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    (home / NAME).write_bytes(raw)


def test_without_settings_there_are_no_sinks(tmp_path: Path) -> None:
    assert settings(tmp_path / "nowhere") == []


def test_every_kind_of_sink_can_be_set_up(tmp_path: Path) -> None:
    write(tmp_path, {"sinks": [LOG, HOOK, POST]})
    log, hook, post = settings(tmp_path)
    assert isinstance(hook, Webhook)
    assert log == JsonLines("log", tmp_path / "notices.jsonl")
    assert post == MailDrop("post", Path("/drop"), "v@desk.example", ("c@desk.example",))
    assert [one.name for one in (log, hook, post)] == ["log", "desk", "post"]


@pytest.mark.parametrize(("content", "says"), [
    (b"", "Input data was truncated"), (b"\xff", "JSON is malformed"), (b"[" * 100_000, "Expected `object`"),
    (b'{"sinks": [' + b"[" * 100_000, r"\$.sinks"), (b" " * 1_000_001, "larger than"), ([], "Expected `object`"),
    ({}, "missing required field `sinks`"), ({"sinks": {}}, r"at `\$.sinks`"), ({"sinks": [], "x": 1}, "unknown field"),
    ({"sinks": [{}]}, "missing required field `kind`"), ({"sinks": [LOG | {"kind": "fax"}]}, r"'fax'.*\$.sinks"),
    ({"sinks": [LOG | {"pth": "x"}]}, "unknown field `pth`"), ({"sinks": [LOG | {"path": 1}]}, r"\$.sinks\[0\].path"),
    ({"sinks": [LOG, LOG]}, "log is named twice"), ({"sinks": [LOG | {"name": "Log\n"}]}, "sink 1.*no name for a sink"),
    ({"sinks": [LOG | {"path": ""}]}, "sink 1: the path is empty"), ({"sinks": [LOG | {"path": "a\0b"}]}, "NUL"),
    ({"sinks": [LOG, HOOK | {"secret": {}}]}, "sink 2: the secret has no place"),
    ({"sinks": [HOOK | {"secret": {"env": "A", "file": "b"}}]}, "no place, or two"),
    ({"sinks": [HOOK | {"secret": "the secret itself"}]}, r"Expected `object`, got `str`"),
    ({"sinks": [HOOK | {"secret": {"env": "A=B"}}]}, "no place"),
    ({"sinks": [HOOK | {"address": "http://x/"}]}, "https"),
    ({"sinks": [POST | {"from": "v@desk.example\nBcc: x@y"}]}, "not a plain mail address"),
    ({"sinks": [POST | {"to": ["Somebody <c@desk.example>"]}]}, "not a plain mail address"),
    ({"sinks": [POST | {"to": ["c@desk.example, d@desk.example"]}]}, "not a plain mail address"),
    ({"sinks": [POST | {"to": []}]}, "goes to nobody"), ({"sinks": [POST | {"to": ["c@désk.example"]}]}, "plain mail"),
])  # fmt: skip
def test_what_cannot_be_meant_is_refused(tmp_path: Path, content: object, says: str) -> None:
    write(tmp_path, content)
    with pytest.raises(InputError, match=says):
        settings(tmp_path)


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        settings(tmp_path)
