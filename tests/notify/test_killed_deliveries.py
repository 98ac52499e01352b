"""A delivery killed at any moment loses nothing and writes nothing twice; what is sent twice carries the same id."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.notify.made import told
from tests.notify.receiver import Receiver
from tests.nursery import Nursery, ended, opened

from vacatur.notify.outbox import Outbox

KILLS = 60
A_ROUND = 12

# Children of one process that has everything loaded; a timer of the kernel's ends each at its own moment, and nothing
# of Python runs after it. Each puts the notices of its round and delivers all that is due.
NURSERY = f"""
import os, signal, sys
from datetime import timedelta
from pathlib import Path
import httpx
from tests.notify.made import AT, told
from vacatur.notify.deliver import deliver
from vacatur.notify.outbox import Outbox
from vacatur.notify.settings import settings
home = Path(sys.argv[1])
sinks = settings(home)
sinks[1]._trust
for line in sys.stdin:
    number, after = line.split()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if float(after):
            signal.setitimer(signal.ITIMER_REAL, float(after))
        outbox, now = Outbox(home / "outbox.db"), AT + timedelta(days=int(number))
        outbox.put([told(row, run=f"r-{{number}}") for row in range({A_ROUND})], ["log", "desk", "post"])
        deliver(outbox, sinks, lambda: now)
        os._exit(0)
    print("killed" if os.WIFSIGNALED(os.waitpid(child, 0)[1]) else "ended", flush=True)
"""


@pytest.fixture
def place(tmp_path: Path, receiver: Receiver) -> Path:
    """A data directory whose notices go to a file, a receiver and a folder."""
    (tmp_path / "drop").mkdir()
    (tmp_path / "notify.json").write_text(json.dumps({"sinks": [
        {"kind": "jsonl", "name": "log", "path": "notices.jsonl"},
        {"kind": "webhook", "name": "desk", "address": receiver.url, "secret": {"env": "DESK_SECRET"}},
        {"kind": "mail", "name": "post", "path": "drop", "from": "v@desk.example", "to": ["c@desk.example"]},
    ]}))  # fmt: skip
    return tmp_path


@pytest.fixture
def nursery(place: Path) -> Iterator[Nursery]:
    """The process whose children deliver."""
    with opened(NURSERY, place, DESK_SECRET="an invented secret of tests") as process:
        yield process


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
def test_a_killed_delivery_loses_nothing_and_writes_nothing_twice(
    nursery: Nursery, place: Path, receiver: Receiver
) -> None:
    chance, ends = random.Random(1848), []
    for number in range(KILLS):
        ends.append(ended(nursery, number, chance.uniform(0.0005, 0.12)))
        there = {"log": set(lines(place)), "desk": set(receiver.ids), "post": messages(place)}
        for one in Outbox(place / "outbox.db").shown("delivered", most=10_000):
            assert one.id in there[one.sink]
        assert set(Counter(lines(place)).values()) <= {1}
    assert ended(nursery, KILLS, 0) == "ended"
    killed = ends.count("killed")
    assert killed > KILLS // 4
    held = Outbox(place / "outbox.db").tally()
    rounds = {one.id: number for number in range(KILLS + 1)
              for one in (told(row, run=f"r-{number}") for row in range(A_ROUND))}  # fmt: skip
    assert set(held) == {(sink, "delivered") for sink in ("log", "desk", "post")}
    assert len(set(held.values())) == 1
    found = lines(place)
    assert len(found) == len(set(found)) == held["log", "delivered"]
    assert set(found) <= rounds.keys()
    assert Counter(rounds[id_] for id_ in found) == dict.fromkeys({rounds[id_] for id_ in found}, A_ROUND)
    assert messages(place) == set(found) == set(receiver.ids)
    assert len(receiver.ids) - len(set(receiver.ids)) <= killed


def lines(place: Path) -> list[str]:
    """The ids that the file of lines holds: whole lines only, for the last may just have been torn."""
    path = place / "notices.jsonl"
    whole = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [json.loads(line)["id"] for line in whole]


def messages(place: Path) -> set[str]:
    """The ids of the messages in the folder."""
    return {path.stem for path in (place / "drop").glob("*.eml")}
