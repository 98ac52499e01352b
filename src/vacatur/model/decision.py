"""A decision: a question, the basis it was answered on, and the answer, so that it can be replayed byte for byte."""

from __future__ import annotations

from dataclasses import dataclass

DISPOSITIONS = ("true match", "false positive", "escalated", "cleared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One recorded screening answer.

    `query` is the subject as given, canonical JSON; `view` the three clocks; `basis` a position in the chain;
    `snapshot` the content id of everything the answer depends on; `result` the canonical JSON of the answer.
    `disposition`, `by`, `at` and `reason` are filled when a person decides on it.
    """

    id: str
    query: str
    view: str
    basis: int
    snapshot: str
    result: str
    disposition: str | None
    by: str
    at: str
    reason: str
