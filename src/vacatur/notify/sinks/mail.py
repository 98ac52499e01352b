"""Notices as messages in a folder, for a mail program to pick up: RFC 5322, one file a notice, named by its id.

Everything in a message comes from its notice, the date too. Dropping it again makes the same file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from vacatur.ledger.codec import canonical
from vacatur.notify.notice import Notice, notice_in, spelled
from vacatur.notify.sink import TAKEN, Queued, Verdict
from vacatur.notify.sinks.jsonl import sync_folder

MOST_SUBJECT = 150
"""Longest subject line, in characters."""


@dataclass(frozen=True, slots=True)
class MailDrop:
    """A folder that takes a message a notice, from one address to some; both are plain addresses, checked before."""

    name: str
    folder: Path
    sender: str
    to: tuple[str, ...]
    most: int = 100

    def send(self, batch: Sequence[Queued], now: datetime) -> list[Verdict]:  # noqa: ARG002 -- dated by the notice
        """Writes the messages, each whole or not at all."""
        try:
            for queued in batch:
                self._drop(queued)
            sync_folder(self.folder)
        except OSError as bad:
            return [Verdict("later", f"the message cannot be written: {bad.strerror}")] * len(batch)
        return [TAKEN] * len(batch)

    def _drop(self, queued: Queued) -> None:
        part = self.folder / f".{queued.id}.part"
        with part.open("wb") as file:
            file.write(message(notice_in(queued.body), self.sender, self.to))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / f"{queued.id}.eml")


def message(notice: Notice, sender: str, to: Sequence[str]) -> bytes:
    """The message of a notice. No word of it can end a header or begin one: what would is written out."""
    made = EmailMessage(policy=SMTP)
    subject = _inert(f"vacatur: {notice.kind}: {notice.name or notice.key or f'row {notice.row}'}")
    made["From"], made["To"] = sender, ", ".join(to)
    made["Subject"] = subject if len(subject) <= MOST_SUBJECT else f"{subject[:MOST_SUBJECT]}…"
    made["Date"] = datetime.fromisoformat(notice.at)
    made["Message-ID"] = f"<{notice.id}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    facts = {
        "Subject": notice.name, "Key": notice.key, "Row": str(notice.row), "Why": notice.kind,
        "Watch list": notice.watch, "Run": notice.run, "Found": notice.at, "Change": canonical(notice.change),
        "Notice": notice.id,
    }  # fmt: skip
    lines = [spelled(notice.text), "", *(f"{name}: {spelled(value)}" for name, value in facts.items() if value)]
    made.set_content("\n".join(lines) + "\n", cte="quoted-printable")
    return made.as_bytes()


def _inert(text: str) -> str:
    """A text for a header. What looks like an encoded word would be decoded, and with it a line's end inside it."""
    return spelled(text).replace("=?", "=\\u003f")
