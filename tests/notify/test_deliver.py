"""Delivery over time: in order, each once, with longer and longer pauses, and nothing given up in silence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.notify.made import AT, told
from tests.notify.receiver import Receiver, Reply

from vacatur.notify.deliver import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    MOST_ASKED,
    MOST_MISSED,
    MOST_TRIES,
    Delivery,
    deliver,
)
from vacatur.notify.outbox import Outbox
from vacatur.notify.secret import Secret
from vacatur.notify.sink import Queued, Verdict
from vacatur.notify.sinks.jsonl import JsonLines
from vacatur.notify.sinks.mail import MailDrop
from vacatur.notify.sinks.webhook import Patience, Webhook

NOTICES = [told(row) for row in range(1, 6)]


class Says:
    """A sink that says the same of everything, and remembers what it was given."""

    name, most = "says", 1

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts, self.given = list(verdicts), list[str]()

    def send(self, batch: Sequence[Queued], now: datetime) -> list[Verdict]:
        self.given += [one.id for one in batch]
        return [self.verdicts.pop(0) if len(self.verdicts) > 1 else self.verdicts[0] for _ in batch]


@pytest.fixture
def hook(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    monkeypatch.setenv("DESK_SECRET", "an invented secret of tests")
    return Webhook("desk", receiver.url, Secret("DESK_SECRET", None), Patience(0.3, 0.6))


def at(moment: datetime, outbox: Outbox, *sinks: object) -> list[Delivery]:
    return deliver(outbox, sinks, lambda: moment)  # type: ignore[arg-type]


def test_a_notice_goes_to_every_sink_once(outbox: Outbox, hook: Webhook, receiver: Receiver, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    sinks = JsonLines("log", tmp_path / "notices.jsonl"), hook, MailDrop("post", drop, "v@x.example", ("c@x.example",))
    for _ in range(3):
        outbox.put(NOTICES, ["log", "desk", "post"])
        found = at(AT, outbox, *sinks)
    assert found == []
    wanted = [one.id for one in NOTICES]
    assert ids(tmp_path / "notices.jsonl") == wanted
    assert receiver.ids == wanted
    assert sorted(path.stem for path in drop.iterdir()) == sorted(wanted)
    assert outbox.tally() == {(name, "delivered"): 5 for name in ("log", "desk", "post")}


def test_pauses_grow_and_end_in_sight(outbox: Outbox) -> None:
    outbox.put(NOTICES[:1], ["says"])
    sink, now, pauses = Says(Verdict("later", "it rains")), AT, list[timedelta]()
    while True:
        (one,) = at(now, outbox, sink)
        if one.next_try is None:
            break
        assert at(one.next_try - timedelta(microseconds=1), outbox, sink) == []
        pauses.append(one.next_try - now)
        now = one.next_try
    assert pauses[:4] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4, FIRST_PAUSE * 8]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert timedelta(days=3) < sum(pauses, timedelta()) < timedelta(days=4)
    assert len(sink.given) == MOST_TRIES
    assert (one.state, one.note) == ("failed", f"given up after {MOST_TRIES} tries: it rains")
    assert [(kept.state, kept.note) for kept in outbox.shown("failed")] == [(one.state, one.note)]
    assert outbox.again("says") == 1
    assert at(now, outbox, Says(Verdict("delivered")))[0].state == "delivered"


@pytest.mark.parametrize(("asked", "pause"), [
    (timedelta(0), FIRST_PAUSE), (timedelta(minutes=5), timedelta(minutes=5)), (timedelta(days=365), MOST_ASKED),
])  # fmt: skip
def test_a_receiver_may_ask_for_a_longer_pause_within_a_bound(
    outbox: Outbox, asked: timedelta, pause: timedelta
) -> None:
    outbox.put(NOTICES[:1], ["says"])
    (one,) = at(AT, outbox, Says(Verdict("later", "busy", asked)))
    assert one.next_try == AT + pause


def test_what_is_refused_is_kept_in_sight_and_holds_nobody_up(
    outbox: Outbox, receiver: Receiver, hook: Webhook
) -> None:
    outbox.put(NOTICES, ["desk"])
    receiver.replies = [Reply(404), Reply(), Reply(302, {"Location": "http://127.0.0.1:1/"})]
    states = [one.state for one in at(AT, outbox, hook)]
    assert states == ["failed", "delivered", "failed", "delivered", "delivered"]
    assert [one.note[:21] for one in outbox.shown("failed")] == ["the receiver says 404", "the receiver says 302"]
    assert at(AT + timedelta(days=9), outbox, hook) == []


def test_a_receiver_that_is_down_costs_a_few_tries_and_gets_everything_later(
    outbox: Outbox, receiver: Receiver, hook: Webhook
) -> None:
    outbox.put(NOTICES, ["desk"])
    receiver.replies = [Reply(hang=True), Reply(503), Reply(raw=b"\xff")]
    assert [one.state for one in at(AT, outbox, hook)] == ["due"] * MOST_MISSED
    assert outbox.tally() == {("desk", "due"): 5}
    assert [one.state for one in at(AT + FIRST_PAUSE, outbox, hook)] == ["delivered"] * 5
    assert sorted(receiver.ids[MOST_MISSED:]) == sorted(one.id for one in NOTICES)


def test_one_notice_that_fails_does_not_hold_up_the_others(outbox: Outbox, receiver: Receiver, hook: Webhook) -> None:
    outbox.put(NOTICES, ["desk"])
    receiver.replies = [Reply(500)]
    assert [one.state for one in at(AT, outbox, hook)] == ["due"] + ["delivered"] * 4


def test_one_sink_that_fails_does_not_hold_up_the_others(outbox: Outbox, tmp_path: Path) -> None:
    outbox.put(NOTICES, ["lost", "log"])
    found = at(AT, outbox, JsonLines("lost", tmp_path / "no" / "where"), JsonLines("log", tmp_path / "notices.jsonl"))
    assert [(one.sink, one.state) for one in found] == [("lost", "due")] * 5 + [("log", "delivered")] * 5


def test_what_is_queued_for_a_sink_that_is_gone_stays_in_sight(outbox: Outbox) -> None:
    outbox.put(NOTICES, ["gone"])
    assert at(AT, outbox) == []
    assert len(outbox.shown("due")) == 5


def test_a_clock_that_goes_back_does_not_make_a_delivery_go_on_for_ever(outbox: Outbox) -> None:
    outbox.put(NOTICES[:1], ["says"])
    moments = iter([AT, *(AT - timedelta(days=day) for day in range(1, 50))])
    sink = Says(Verdict("later", "it rains"))
    deliver(outbox, [sink], lambda: next(moments))
    assert len(sink.given) == 1


def test_many_notices_go_in_batches(outbox: Outbox, tmp_path: Path) -> None:
    many = [told(row) for row in range(1, 2500)]
    outbox.put(many, ["log"])
    sink = JsonLines("log", tmp_path / "notices.jsonl", most=1000)
    assert len(at(AT, outbox, sink)) == len(many)
    assert ids(sink.path) == [one.id for one in many]


def ids(path: Path) -> list[str]:
    """The ids in a file, line by line."""
    return [json.loads(line)["id"] for line in path.read_bytes().splitlines()]
