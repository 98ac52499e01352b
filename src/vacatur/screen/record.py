"""Runs as records: how a finished screening is named, and how it is done again, byte for byte."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec

from vacatur.errors import InputError, ReplayDiffers
from vacatur.ledger.codec import canonical
from vacatur.match.parties import matcher_version
from vacatur.model.decision import Decision
from vacatur.model.run import Run, Terms
from vacatur.model.view import View
from vacatur.model.zones import zone
from vacatur.screen.part import Part, Screened, packed
from vacatur.screen.run import Screener
from vacatur.screen.subject import known_subject

_RUN = re.compile(r"r-[0-9a-f]{16}\Z")
_ROW = re.compile(r"[0-9]{1,11}\Z")

Read = Callable[[str], Part]
"""Gives an archived part by its SHA-256."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The view of a run, read back: its clocks, zone and threshold."""

    view: View
    zone_name: str
    where: tzinfo
    threshold: float


def view_of(run: Run | Decision | Terms) -> Asked:
    """The view under which a run was screened."""
    said = msgspec.json.decode(run.view, type=dict[str, str | float])
    clocks = (datetime.fromisoformat(str(said[name])).astimezone(UTC) for name in ("on", "law_at", "known_at"))
    zone_name = str(said["zone"])
    return Asked(View(*clocks), zone_name, zone(zone_name), float(said["threshold"]))


Pairs = tuple[tuple[str, str], ...]


def run_id(source: str, columns: Pairs, reading: Pairs, screener: Screener, before: str = "") -> str:
    """The id of a run: the content id of its question. The same question on the same basis is the same run."""
    question: list[Any] = [source, columns, reading, screener.view_text, screener.snapshot, before]
    return "r-" + hashlib.sha256(canonical(question).encode()).hexdigest()[:16]


def is_run_id(text: str) -> bool:
    """Whether a text can be the id of a run."""
    return bool(_RUN.match(text))


def split_id(decision: str) -> tuple[str, int]:
    """The run and the row that a decision's id names; raises `InputError` for a text that is none."""
    run, _, row = decision.partition(".")
    if not (is_run_id(run) and _ROW.match(row)):
        raise InputError(
            f"{decision[:60]!r} is not the id of a decision", fix="Take it from a screening's output: r-….ROW"
        )
    return run, int(row)


def decision_of(run: Run, screened: Screened) -> Decision:
    """The decision on one subject of a run."""
    return Decision(
        id=f"{run.id}.{screened.row}", query=canonical(screened.query), view=run.view, basis=run.basis,
        snapshot=run.snapshot, result=canonical(screened.result), by=run.by, at=run.at,
    )  # fmt: skip


def replayed(decision: Decision, screener: Screener) -> str:
    """Recomputes a decision's result; returns it, or raises `ReplayDiffers`: with another matcher it says so."""
    query = msgspec.json.decode(decision.query, type=dict[str, str | list[str]])
    _, row = split_id(decision.id)
    result = canonical(screener.part([known_subject(query, row)]).result(0).result)
    if (screener.snapshot, screener.view_text, result) != (decision.snapshot, decision.view, decision.result):
        raise _differs(f"decision {decision.id}", decision, decision.result, result, screener)
    return result


def replayed_run(run: Run, read: Read, screener: Screener, told: Callable[[int], None]) -> None:
    """Recomputes every part of a run; raises `ReplayDiffers` naming the first subject that comes out differently.

    `told` is given the number of subjects done, part by part.
    """
    done = hits = 0
    for one in run.parts:
        old = read(one.sha256)
        new = screener.part(old.asked())
        if hashlib.sha256(packed(new)).hexdigest() != one.sha256 or screener.snapshot != run.snapshot:
            raise _first(run, old, new, screener)
        done += len(new.rows)
        hits += len(new.hits)
        told(done)
    asked = run_id(run.sha256, run.columns, run.reading, screener, run.before)
    if (asked, done, hits, screener.view_text) != (run.id, run.subjects, run.hits, run.view):
        was = canonical([run.id, run.subjects, run.hits, run.view])
        raise _differs(f"run {run.id}", run, was, canonical([asked, done, hits, screener.view_text]), screener)


def _first(run: Run, old: Part, new: Part, screener: Screener) -> ReplayDiffers:
    for before, after in zip(old.results(), new.results(), strict=True):
        was, now = canonical(before.result), canonical(after.result)
        if was != now:
            return _differs(f"row {before.row} of run {run.id}", run, was, now, screener)
    return _differs(f"run {run.id}", run, "", "", screener)


def _differs(what: str, of: Run | Decision, old: str, new: str, screener: Screener) -> ReplayDiffers:
    matcher = of.matcher if isinstance(of, Run) else _matcher_of(of)
    if matcher != matcher_version():
        why = f"The matcher has changed since: {matcher} decided, this program has {matcher_version()}"
        fix = "Replay it with the version of vacatur that decided, or screen the subject again with this one"
    else:
        why = (
            _difference(old, new)
            if old != new
            else f"snapshot {of.snapshot[:12]} recorded, {screener.snapshot[:12]} now"
        )
        fix = "Run `vacatur verify`; if the ledger holds, this program's rules differ from those that decided"
    return ReplayDiffers(f"{what} comes out differently", where=f"basis {of.basis}", why=why, fix=fix)


def _matcher_of(decision: Decision) -> str:
    searched = msgspec.json.decode(decision.result, type=dict[str, Any]).get("searched")
    return str(searched.get("matcher", "")) if isinstance(searched, dict) else ""


def _difference(old: str, new: str) -> str:
    place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"recorded …{old[max(0, place - 40) : place + 40]}… now …{new[max(0, place - 40) : place + 40]}…"
