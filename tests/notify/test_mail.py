"""Messages in a folder: whole, the same every time, and no word of theirs is obeyed."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notify.made import AT, queued, told

from vacatur.notify.notice import OBEYED
from vacatur.notify.sinks.mail import MOST_SUBJECT, MailDrop, message

FROM, TO = "vacatur@desk.example", ("one@desk.example", "two@desk.example")
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
           "Content-Transfer-Encoding", "MIME-Version"]  # fmt: skip


def read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=SMTP)
    assert isinstance(found, EmailMessage)
    return found


def content(found: EmailMessage) -> str:
    return str(found.get_content()).replace("\r\n", "\n")


def test_a_message_says_what_changed() -> None:
    one = told(name="小米 Rope Works")
    found = read(message(one, FROM, TO))
    assert found["Subject"] == "vacatur: law changed: 小米 Rope Works"
    assert (found["From"], found["To"]) == (FROM, ", ".join(TO))
    assert found["Message-ID"] == f"<{one.id}@desk.example>"
    assert found["Date"].datetime == AT
    body = content(found)
    assert body.startswith("小米 Rope Works: buy is now prohibited\n")
    for line in ("Key: c-1", "Row: 1", "Watch list: customers", "Run: r-1", f"Notice: {one.id}"):
        assert line in body.splitlines()


def test_every_line_is_ascii_and_short_enough_for_mail() -> None:
    raw = message(told(name="小" * 5000), FROM, TO)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("name", [
    "Rope\r\nBcc: thief@elsewhere.example\r\n\r\nforged", "Rope\nX-Evil: 1", "Rope\rX", "Rope\x00",
    "Rope\u2028Bcc: x@y", "=?utf-8?q?Rope=0ABcc=3A_x=40y?=", "\u202egnp.exe", "Rope\x85Bcc: x@y", "\x0bX: y",
    "\x1cX: y", " ", "\ttab",
])  # fmt: skip
def test_no_name_adds_a_header_or_turns_a_line_around(name: str) -> None:
    one = told(name=f"Rope {name}", text=name, watch=name, kind=name, run=name)
    raw = message(one, FROM, TO)
    found = read(raw)
    assert list(found.keys()) == HEADERS
    assert "thief" not in str(found["To"])
    assert content(found).count("\n") == content(read(message(told(), FROM, TO))).count("\n")
    assert OBEYED.search(content(found).replace("\n", "")) is None
    assert OBEYED.search(found["Subject"]) is None


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_whatever_a_subject_is_called_the_message_has_its_headers_and_no_others(name: str) -> None:
    found = read(message(told(name="x" + name), FROM, TO))
    assert list(found.keys()) == HEADERS
    assert not found.defects
    assert len(found["Subject"]) <= MOST_SUBJECT + 1


def test_dropping_again_is_the_same_file(tmp_path: Path) -> None:
    sink, one = MailDrop("post", tmp_path, FROM, TO), told()
    assert [verdict.state for verdict in sink.send([queued(one), queued(told(2))], AT)] == ["delivered"] * 2
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(before) == {f"{one.id}.eml", f"{told(2).id}.eml"}
    (tmp_path / f".{one.id}.part").write_bytes(b"what a crash left")
    sink.send([queued(one)], AT)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    (verdict,) = MailDrop("post", tmp_path / "nowhere", FROM, TO).send([queued(told())], AT)
    assert (verdict.state, verdict.note) == ("later", "the message cannot be written: No such file or directory")
