"""What the outbox needs of a place that notices go to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A notice (`body`, canonical JSON) on its way to one sink.

    Its `state` is `due` until it is `delivered`, or `failed` when it is not tried again by itself. `tries` counts those
    that failed, `note` says why the last one did, and `next_try` (of a due one) is when it may be tried again.
    """

    sink: str
    id: str
    state: Literal["due", "delivered", "failed"]
    body: bytes
    tries: int
    next_try: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sink made of a notice: taken, to be tried `later` (after `wait`, where it said so), or `refused`."""

    state: Literal["delivered", "later", "refused"]
    note: str = ""
    wait: timedelta | None = None


TAKEN = Verdict("delivered")


class Sink(Protocol):
    """A place that takes notices: `name` is the user's word for it, `most` how many it takes at once."""

    @property
    def name(self) -> str:
        """The user's word for it, under which notices are queued."""

    @property
    def most(self) -> int:
        """How many it takes at once."""

    def send(self, batch: Sequence[Queued], now: datetime) -> list[Verdict]:
        """Takes notices, in order; a verdict on each. What it has taken before (after a crash it may be given the same
        ones again) it takes as often as need be, without keeping it twice.
        """
