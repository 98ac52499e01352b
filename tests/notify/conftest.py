"""Notices, an outbox for them, and a receiver that listens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.notify.receiver import Receiver, receiving

from vacatur.notify.outbox import Outbox


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    """An empty outbox whose users do not wait for each other."""
    return Outbox(tmp_path / "outbox.db", wait=0)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on this machine."""
    with receiving() as made:
        yield made
