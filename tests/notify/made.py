"""Invented notices."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vacatur.notify.notice import Notice, body_of, notice
from vacatur.notify.sink import Queued
from vacatur.screen.subject import subject

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


def told(row: int = 1, name: str = "Rope Works", run: str = "r-1", **said: Any) -> Notice:
    """A notice that the Rope Works may no longer be bought from, or another one."""
    words: dict[str, Any] = {
        "kind": "law changed", "watch": "customers", "text": f"{name}: buy is now prohibited", "at": AT,
        "change": {"buy": ["permitted", "prohibited"], "because": ["quay/rope/2026-09-01-designate"]},
    }  # fmt: skip
    return notice(subject({"name": name, "key": f"c-{row}"}, row=row), run=run, **(words | said))


def queued(one: Notice, sink: str = "log", tries: int = 0) -> Queued:
    """A notice as the outbox gives it to a sink."""
    return Queued(sink=sink, id=one.id, state="due", body=body_of(one), tries=tries, next_try=AT, note="")
