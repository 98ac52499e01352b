"""A writer that is killed at any moment leaves a ledger that opens, holds, and has all that was acknowledged."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vacatur.ledger.chain import verify
from vacatur.store.sqlite import open_sqlite

KILLS = 40
BATCH = 60

# For each line that it is given it forks a writer, and says its process id, and later that it is gone.
# A writer appends batch after batch for ever, and says the head of each as soon as it is committed.
NURSERY = f"""
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from vacatur.ledger.chain import Draft, link
from vacatur.store.sqlite import open_sqlite

def write(ledger):
    entries = open_sqlite(ledger)
    while True:
        head = entries.head()
        drafts = [Draft("act", f"{{head.seq}}-{{n}}", 1, b"x" * 6000) for n in range({BATCH})]
        entries.append(link(drafts, head, "book", datetime.now(UTC)), head)
        print("head", entries.head().seq, flush=True)

for _ in sys.stdin:
    writer = os.fork()
    if writer == 0:
        write(Path(sys.argv[1]))
    print("writer", writer, flush=True)
    os.waitpid(writer, 0)
    print("gone 0", flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
def test_a_killed_writer_leaves_a_whole_ledger(tmp_path: Path) -> None:
    chance, ledger, held = random.Random(1789), tmp_path / "ledger.db", 0
    command = [sys.executable, "-c", NURSERY, str(ledger)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery:
        for _ in range(KILLS):
            said = one_killed(nursery, after=chance.randrange(4))
            head = verify(open_sqlite(ledger).walk())
            assert head.seq % BATCH == 0, "part of a batch was kept"
            assert head.seq >= max(held, said), "what was acknowledged was lost"
            held = head.seq
        assert nursery.stdin is not None
        nursery.stdin.close()
    assert held > BATCH


def one_killed(nursery: subprocess.Popen[str], after: int) -> int:
    """Has a writer started and kills it in the midst of the batch after so many; the last head that it said."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write("go\n")
    nursery.stdin.flush()
    writer, heads = 0, list[int]()
    for line in nursery.stdout:
        word, number = line.split()
        if word == "gone":
            return max(heads, default=0)
        if word == "writer":
            writer = int(number)
        else:
            heads.append(int(number))
        if writer and len(heads) == after:
            os.kill(writer, signal.SIGKILL)
    raise AssertionError("the writers' parent is gone")
