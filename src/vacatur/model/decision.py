"""A decision: a question, the basis it was answered on, and the answer, so that it can be replayed byte for byte."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One recorded screening answer: one subject of a run.

    `id` is the run's, a point and the subject's row. `query` is what is known of the subject, canonical JSON; `view`
    the three clocks; `basis` a position in the chain; `snapshot` the content id of everything the answer depends on;
    `result` the canonical JSON of the answer; `by` and `at` say who had it screened, and when.
    """

    id: str
    query: str
    view: str
    basis: int
    snapshot: str
    result: str
    by: str
    at: str
