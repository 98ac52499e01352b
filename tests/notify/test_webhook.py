"""Notices sent to a receiver that fails, hangs, redirects and answers nonsense."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
from tests.notify.made import AT, queued, told
from tests.notify.receiver import Receiver, Reply

from vacatur.errors import InputError
from vacatur.notify.notice import body_of
from vacatur.notify.secret import Secret, verify_signature
from vacatur.notify.sink import Verdict
from vacatur.notify.sinks.webhook import Patience, Webhook

SECRET = "an invented secret of tests"
BRIEF = Patience(step=0.3, whole=0.6)


@pytest.fixture
def hook(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    """A webhook to the receiver, with little patience; a proxy that is set must not be asked."""
    monkeypatch.setenv("DESK_SECRET", SECRET)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    return Webhook("desk", receiver.url, Secret("DESK_SECRET", None), BRIEF)


def verdict(hook: Webhook) -> Verdict:
    (found,) = hook.send([queued(told(), "desk")], AT)
    return found


def test_a_request_carries_the_notice_its_id_and_a_signature(hook: Webhook, receiver: Receiver) -> None:
    assert verdict(hook).state == "delivered"
    (got,) = receiver.got
    assert got.body == body_of(told())
    assert got.headers["Vacatur-Notice"] == told().id
    stamp, signed = got.headers["Vacatur-Timestamp"], got.headers["Vacatur-Signature"]
    assert stamp == str(int(AT.timestamp()))
    assert signed == "v1=" + hmac.new(SECRET.encode(), f"{stamp}.".encode() + got.body, hashlib.sha256).hexdigest()
    assert verify_signature(SECRET.encode(), stamp, got.body, signed, AT)


@pytest.mark.parametrize(("status", "state"), [
    (200, "delivered"), (201, "delivered"), (204, "delivered"), (299, "delivered"),
    (400, "refused"), (401, "refused"), (404, "refused"), (410, "refused"), (422, "refused"), (304, "refused"),
    (408, "later"), (425, "later"), (429, "later"), (500, "later"), (502, "later"), (503, "later"), (599, "later"),
])  # fmt: skip
def test_a_status_decides(hook: Webhook, receiver: Receiver, status: int, state: str) -> None:
    receiver.replies = [Reply(status)]
    found = verdict(hook)
    assert found.state == state
    assert state == "delivered" or str(status) in found.note


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(hook: Webhook, receiver: Receiver, status: int) -> None:
    receiver.replies = [Reply(status, {"Location": f"{receiver.url}/elsewhere"})]
    assert verdict(hook).state == "refused"
    assert len(receiver.got) == 1


@pytest.mark.parametrize("reply", [
    Reply(hang=True), Reply(drip=True), Reply(raw=b""), Reply(raw=b"\x00\xff garbage\r\n\r\n"),
    Reply(raw=f"HTTP/1.1 {SECRET}\r\n\r\n".encode()), Reply(raw=b"HTTP/1.1 999999 Nonsense\r\n\r\n"),
    Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000), Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Len"),
    Reply(raw=b"HTTP/1.1 100 Continue\r\n\r\n" * 3),
])  # fmt: skip
def test_what_is_no_answer_is_tried_again_and_takes_no_longer_than_it_may(
    hook: Webhook, receiver: Receiver, reply: Reply
) -> None:
    receiver.replies = [reply]
    began = time.monotonic()
    found = verdict(hook)
    assert time.monotonic() - began < 3
    assert found.state == "later"
    assert SECRET not in found.note
    assert verdict(hook).state == "delivered"


@pytest.mark.parametrize("body", [
    b"Content-Length: 900000000000\r\n\r\nabc", b"Transfer-Encoding: chunked\r\n\r\nnot a chunk",
    b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
])  # fmt: skip
def test_once_it_has_said_2xx_the_rest_of_an_answer_does_not_matter(
    hook: Webhook, receiver: Receiver, body: bytes
) -> None:
    receiver.replies = [Reply(raw=b"HTTP/1.1 200 OK\r\n" + body)]
    assert verdict(hook).state == "delivered"


def test_nobody_there_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    found = verdict(Webhook("desk", "http://127.0.0.1:1/", Secret("DESK_SECRET", None), BRIEF))
    assert found.state == "later"
    assert "cannot be reached" in found.note


@pytest.mark.parametrize(("said", "wait"), [
    ("120", timedelta(minutes=2)), ("0", timedelta(0)), (format_datetime(AT + timedelta(hours=1)), timedelta(hours=1)),
    (format_datetime(AT - timedelta(hours=1)), timedelta(0)), ("999999999", timedelta(seconds=999999999)),
    ("-5", None), ("soon", None), ("9" * 4000, None), ("1e9", None), ("", None),
    ("Tue, 99 Foo 2026 25:61:61 GMT", None),
    ("Tue, 01 Sep 2026 12:00:00 -0000", None), ("Mon, 01 Jan 99999 00:00:00 GMT", None),
])  # fmt: skip
def test_a_receiver_may_ask_for_time(hook: Webhook, receiver: Receiver, said: str, wait: timedelta | None) -> None:
    receiver.replies = [Reply(503, {"Retry-After": said})]
    assert verdict(hook).wait == wait


def test_it_works_within_an_event_loop(hook: Webhook) -> None:
    async def notebook() -> str:
        return verdict(hook).state

    assert asyncio.run(notebook()) == "delivered"


def test_without_its_secret_nothing_is_sent(hook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_SECRET")
    found = verdict(hook)
    assert found.state == "later"
    assert "there is no secret" in found.note
    assert receiver.got == []


def test_the_secret_is_in_no_log(hook: Webhook, receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    receiver.replies = [Reply(500), Reply(hang=True)]
    with caplog.at_level(logging.DEBUG):
        said = [repr(verdict(hook)) for _ in range(3)]
    assert SECRET not in caplog.text + "".join(said) + repr(hook) + repr(vars(hook))


@pytest.mark.parametrize("address", [
    "http://desk.example/", "http://127.0.0.1.desk.example/", "http://127.0.0.1@desk.example/", "ftp://desk.example/",
    "https://", "desk.example", "", "https://user:word@desk.example/", "https://desk.example/#part", "file:///etc/passwd",
    "https://desk.example/\r\nX: y", "http://0.0.0.0/", "http://[::2]/", "http://localhost.desk.example/", "http:///x",
    "https://[", "https://desk.example:99999999/", "http://2130706433/",
])  # fmt: skip
def test_an_address_that_others_could_read_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="sink desk: the address"):
        Webhook("desk", address, Secret("DESK_SECRET", None))


@pytest.mark.parametrize("address", [
    "https://desk.example/notices?team=1", "http://127.0.0.1:8080/", "http://127.9.9.9/", "http://[::1]:80/x",
    "http://localhost/", "https://münchen.example/",
])  # fmt: skip
def test_an_address_that_others_cannot_read_is_taken(address: str) -> None:
    Webhook("desk", address, Secret("DESK_SECRET", None))
