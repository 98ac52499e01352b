"""Every notice is in one state at every sink, and none is lost."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.notify.made import AT, told

from vacatur.errors import LedgerError
from vacatur.notify.notice import Notice, body_of
from vacatur.notify.outbox import Outbox

SINKS = ("log", "desk")
NOTICES = [told(row) for row in range(1, 6)]
LATE = datetime.max.replace(tzinfo=AT.tzinfo)

a_sink = st.sampled_from(SINKS)
a_notice = st.sampled_from(NOTICES)


class Outboxes(RuleBasedStateMachine):
    """An outbox beside a plain dictionary of what it must hold; every step opens the file anew."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.now = AT
        self.states: dict[tuple[str, str], str] = {}
        self.after: dict[tuple[str, str], datetime] = {}

    @property
    def outbox(self) -> Outbox:
        return Outbox(Path(self.folder.name) / "outbox.db")

    @rule(notices=st.lists(a_notice), sinks=st.lists(a_sink, unique=True))
    def put(self, notices: list[Notice], sinks: list[str]) -> None:
        wanted = {(sink, one.id) for one in notices for sink in sinks}
        assert self.outbox.put(notices, sinks) == len(wanted - self.states.keys())
        for key in wanted - self.states.keys():
            self.states[key], self.after[key] = "due", AT

    @rule(sink=a_sink, ids=st.lists(a_notice.map(lambda one: one.id)))
    def deliver(self, sink: str, ids: list[str]) -> None:
        self.outbox.delivered(sink, ids, self.now)
        for id_ in ids:
            if self.states.get((sink, id_)) == "due":
                self.states[sink, id_] = "delivered"

    @rule(sink=a_sink, one=a_notice, pause=st.none() | st.integers(1, 100))
    def fail(self, sink: str, one: Notice, pause: int | None) -> None:
        after = None if pause is None else self.now + timedelta(seconds=pause)
        self.outbox.failed(sink, one.id, "it rains", after)
        if self.states.get((sink, one.id)) == "due":
            if after is None:
                self.states[sink, one.id] = "failed"
            else:
                self.after[sink, one.id] = after

    @rule(sink=a_sink)
    def again(self, sink: str) -> None:
        failed = [key for key, state in self.states.items() if key[0] == sink and state == "failed"]
        assert self.outbox.again(sink) == len(failed)
        for key in failed:
            self.states[key], self.after[key] = "due", AT

    @rule(seconds=st.integers(0, 60))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def what_is_due_is_given_and_nothing_else(self) -> None:
        for sink in SINKS:
            wanted = {id_ for (name, id_), state in self.states.items()
                      if name == sink and state == "due" and self.after[name, id_] <= self.now}  # fmt: skip
            assert {one.id for one in self.outbox.due(sink, self.now, 100)} == wanted

    @invariant()
    def every_notice_is_in_exactly_one_state(self) -> None:
        shown = [(one.sink, one.id, one.state)
                 for state in ("due", "delivered", "failed") for one in self.outbox.shown(state)]  # fmt: skip
        assert sorted(shown) == sorted((*key, state) for key, state in self.states.items())
        assert sum(self.outbox.tally().values()) == len(self.states)

    def teardown(self) -> None:
        self.folder.cleanup()


TestOutboxes = Outboxes.TestCase
TestOutboxes.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_notices_are_given_in_the_order_in_which_they_were_put(outbox: Outbox) -> None:
    outbox.put(reversed(NOTICES), SINKS)
    assert [one.id for one in outbox.due("log", AT, 2)] == [NOTICES[4].id, NOTICES[3].id]
    assert outbox.due("log", AT, 1)[0].body == body_of(NOTICES[4])


def test_notices_are_queued_all_or_none(outbox: Outbox) -> None:
    def torn() -> object:
        yield NOTICES[0]
        raise RuntimeError("the run broke off")

    with pytest.raises(RuntimeError):
        outbox.put(torn(), SINKS)  # type: ignore[arg-type]
    assert outbox.tally() == {}


def test_a_failed_try_is_told_and_waits(outbox: Outbox) -> None:
    outbox.put(NOTICES[:1], ["desk"])
    outbox.failed("desk", NOTICES[0].id, "the receiver says 503", AT + timedelta(seconds=30))
    assert outbox.due("desk", AT + timedelta(seconds=29), 9) == []
    (one,) = outbox.due("desk", AT + timedelta(seconds=30), 9)
    assert (one.tries, one.note, one.next_try) == (1, "the receiver says 503", AT + timedelta(seconds=30))


def test_the_latest_of_moments_can_be_kept(outbox: Outbox) -> None:
    outbox.put(NOTICES[:1], ["desk"])
    outbox.failed("desk", NOTICES[0].id, "never", LATE)
    assert outbox.shown("due")[0].next_try == LATE


def test_only_one_process_delivers_at_a_time(outbox: Outbox) -> None:
    with outbox.alone():
        with pytest.raises(LedgerError, match="another process is delivering"), outbox.alone():
            pass
        assert outbox.put(NOTICES, SINKS) == 10  # queueing goes on meanwhile
    with outbox.alone():
        pass


@pytest.mark.parametrize("content", [b"not a database, by any means" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_outbox_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "outbox.db"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="outbox cannot be used"):
        Outbox(path).put(NOTICES, SINKS)
    assert path.read_bytes() == content


def test_an_outbox_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table notices (id text)")
    connection.close()
    with pytest.raises(LedgerError, match="outbox cannot be used"):
        Outbox(path).tally()
