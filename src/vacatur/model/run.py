"""A run: many subjects screened at one view of one basis, with everything needed to screen them again, byte for byte.

What was screened and what was found is kept in parts, archived by content; the run names them and is itself one entry
of the chain. A subject without a hit is in a part like any other: that nothing was found is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of a run's subjects, in order: `sha256` is the archived part; `hits` counts those with a hit."""

    sha256: str
    subjects: int
    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One screening of many subjects. Its id is the content id of the question, so that the same question has one.

    `source` names the file and `sha256` its bytes (of what a program gave: their canonical form); `columns` says as
    what each of its columns was understood, `reading` how else the file was read, where the user said so. `view` holds
    the three clocks, zone and threshold, `basis` the position of the law and `ledger` that of the whole chain, good-guy
    entries among it, `snapshot` the content id of all that the results depend on. `rejects` is the archived list of
    rows that could not be screened. `before` is the run whose subjects were screened again.
    """

    id: str
    rev: int
    source: str
    sha256: str
    columns: tuple[tuple[str, str], ...]
    reading: tuple[tuple[str, str], ...]
    view: str
    basis: int
    ledger: int
    snapshot: str
    matcher: str
    subjects: int
    hits: int
    rejected: int
    parts: tuple[Part, ...]
    rejects: str
    before: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a screening rests on, whether a run was recorded of it or not: the fields of `Run` by the same names."""

    source: str
    sha256: str
    view: str
    basis: int
    ledger: int
    snapshot: str
    matcher: str


def terms_of(run: Run) -> Terms:
    """What a recorded run rests on."""
    return Terms(
        source=run.source, sha256=run.sha256, view=run.view, basis=run.basis, ledger=run.ledger, snapshot=run.snapshot,
        matcher=run.matcher,
    )  # fmt: skip
