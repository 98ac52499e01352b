"""A study as plain data. Prices stay the decimals of the file; estimates are rounded far below what they can carry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vacatur.model.moment import write_instant
from vacatur.model.zones import zone
from vacatur.report.impact.events import Event
from vacatur.report.impact.evidence import Evidence
from vacatur.report.impact.prices import Prices
from vacatur.report.impact.regression import LEVEL, Estimate, Model
from vacatur.report.impact.study import Day, Reaction

PLACES = 8
"""Decimal places of returns and their errors."""


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """The JSON of `vacatur impact --format json`."""
    study, where = evidence.study, zone(evidence.zone_name)
    view = {"on": evidence.view.on, "law_at": evidence.view.law_at, "known_at": evidence.view.known_at}
    ours, theirs = study.market.dropped
    return {
        "party": evidence.party,
        "name": evidence.name,
        "view": {clock: write_instant(at, where) for clock, at in view.items()},
        "files": {"prices": _file(evidence.prices), "benchmark": _file(evidence.benchmark)},
        "market": {
            "days": len(study.market.days),
            "dropped": {"prices": ours, "benchmark": theirs},
            "close": str(evidence.close),
        },
        "window": list(study.window),
        "estimation": list(study.estimation),
        "confidence": LEVEL,
        "events": [_reaction(one, evidence) for one in study.reactions],
        "refused": [{**_act(one.event, evidence), "why": one.why, "fix": one.fix} for one in study.refused],
        "computed_by": evidence.computed_by,
        "snapshot": evidence.snapshot,
        "basis": evidence.basis,
    }


def _reaction(one: Reaction, evidence: Evidence) -> dict[str, Any]:
    before, after = one.gap
    return {
        "day": one.day.isoformat(),
        "acts": [_act(event, evidence) for event in one.events],
        "model": _model(one.model) | {"from": one.estimated[0].isoformat(), "to": one.estimated[1].isoformat()},
        "on_day": _estimate(one.on_day),
        "on_day_and_next": _estimate(one.both) if one.both is not None else None,
        "window": _estimate(one.whole),
        "days": [_day(day, evidence) for day in one.days],
        "overlapping": _keys(one.overlapping),
        "in_estimation": _keys(one.beneath),
        "days_waited": one.waited,
        "longest_gap": {"from": before.isoformat(), "to": after.isoformat(), "days": (after - before).days},
    }


def _act(event: Event, evidence: Evidence) -> dict[str, Any]:
    act, _ = evidence.act(event)
    return {"number": int(evidence.number(event)), "act": act.id, "kind": act.kind, "title": act.title,
            "published": act.published.text}  # fmt: skip


def _day(one: Day, evidence: Evidence) -> dict[str, Any]:
    return {
        "offset": one.offset,
        "day": one.day.isoformat(),
        "close": str(evidence.prices.closes[one.day]),
        "benchmark_close": str(evidence.benchmark.closes[one.day]),
        "return": round(one.actual, PLACES),
        "benchmark_return": round(one.benchmark, PLACES),
        "abnormal": _estimate(one.abnormal),
        "cumulative": _estimate(one.cumulative),
    }


def _estimate(one: Estimate) -> dict[str, float]:
    return {"value": round(one.value, PLACES), "error": round(one.error, PLACES), "t": round(one.t, 4),
            "p": float(f"{one.p:.4g}"), "low": round(one.low, PLACES), "high": round(one.high, PLACES)}  # fmt: skip


def _model(one: Model) -> dict[str, Any]:
    return {"alpha": round(one.alpha, PLACES), "alpha_error": round(one.alpha_error, PLACES),
            "beta": round(one.beta, PLACES), "beta_error": round(one.beta_error, PLACES),
            "deviation": round(one.deviation, PLACES), "explained": round(one.explained, PLACES),
            "days": one.days}  # fmt: skip


def _file(prices: Prices) -> dict[str, Any]:
    days = list(prices.closes)
    return {
        "file": prices.file,
        "sha256": prices.sha256,
        "columns": list(prices.columns),
        "rows": prices.rows,
        "used": len(days),
        "from": days[0].isoformat(),
        "to": days[-1].isoformat(),
        "later_than_view": prices.later,
        "in_order": prices.in_order,
        "rejected": prices.rejected,
        "rejects": [{"line": one.line, "reason": one.reason} for one in prices.rejects],
    }


def _keys(events: Iterable[Event]) -> list[str]:
    return [one.key for one in events]
