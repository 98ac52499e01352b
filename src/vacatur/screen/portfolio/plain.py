"""A portfolio as plain data: the contract's JSON, and one flat row of texts a position.

Amounts are texts, exact to the last digit; instants are written on the clock of the authority whose rule turns there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vacatur.law.answer import Held
from vacatur.law.corpus import Corpus
from vacatur.model.moment import write_instant
from vacatur.model.zones import zone
from vacatur.screen.portfolio.course import Course, OutBy, Turn, holders
from vacatur.screen.portfolio.holding import Holding
from vacatur.screen.portfolio.issuers import Issuer
from vacatur.screen.portfolio.lists import Lists
from vacatur.screen.portfolio.states import ACTIVITIES

if TYPE_CHECKING:
    from vacatur.screen.portfolio.assess import Portfolio


def portfolio_json(portfolio: Portfolio) -> dict[str, Any]:
    """The whole portfolio; acts are named by id, and told once at the end."""
    terms, taken, corpus = portfolio.terms, portfolio.taken, portfolio.records.corpus
    where = zone(terms.zone_name)
    held = [_holding(one, corpus) for one in portfolio.holdings]
    clocks = {name: write_instant(getattr(terms.view, name), where) for name in ("on", "law_at", "known_at")}
    return {
        "file": {"name": taken.name, "sha256": taken.sha256, "positions": len(taken.positions),
                 "rejected": len(taken.rejects)},
        "view": {**clocks, "zone": terms.zone_name},
        "actor": {activity: terms.acts_as(activity) for activity in ACTIVITIES},
        "horizon_days": terms.horizon,
        "totals": [{"state": one.state, "currency": one.currency, "value": written(one.value),
                    "by_name": written(one.by_name), "positions": one.positions} for one in portfolio.totals],
        "calendar": _calendar(portfolio),
        "positions": held,
        "lists": _lists(portfolio.lists),
        "rejects": [{"row": one.row, "line": one.line, "why": one.why, "fix": one.fix} for one in taken.rejects],
        "acts": _acts(portfolio),
        "snapshot": portfolio.snapshot,
        "basis": portfolio.records.basis.seq,
    }  # fmt: skip


def written(value: Decimal | None) -> str | None:
    """An amount with every digit it has, and none that it has not."""
    return None if value is None else f"{value:f}"


def moment(turn: Turn | None) -> str | None:
    """The instant of a turn, on its authority's clock."""
    return None if turn is None else write_instant(turn.at, zone(turn.zone))


def _holding(one: Holding, corpus: Corpus) -> dict[str, Any]:
    position, law = one.position, one.law
    return {
        "row": position.row,
        "position": position.key,
        **{name: value for name, value in position.subject.query().items() if name not in ("key", "kind")},
        "quantity": written(position.quantity),
        "value": written(position.value),
        "currency": position.currency,
        "state": one.state,
        "issuers": [_issuer(issuer) for issuer in one.deciding],
        "certain": one.certain,
        **{activity: _course(law.courses[activity], corpus) for activity in ACTIVITIES},
        "out_by": _out_by(law.out_by),
        "because": list(law.because),
        "reached_via": list(law.reached_via),
        "possible": [{**_issuer(issuer), "state": other.state, **other.answers} for issuer, other in one.possible],
        "warnings": list(law.warnings),
    }


def _issuer(one: Issuer) -> dict[str, Any]:
    return {"party": one.party, "records": list(one.records), "name": one.name, "matched": one.matched,
            "evidence": one.evidence, "score": one.score}  # fmt: skip


def _course(one: Course, corpus: Corpus) -> dict[str, Any]:
    return {
        "answer": one.answer,
        "since": moment(one.since),
        "surely_since": moment(one.surely_since),
        "until": moment(one.until),
        "surely_until": moment(one.surely_until),
        "turns": [{"at": moment(turn), "answer": turn.answer, "readings": _readings(turn.readings, corpus),
                   "because": list(turn.because)} for turn in one.turns],
        "conditions": list(one.conditions),
        "readings": _readings(one.readings, corpus),
        "because": list(one.because),
    }  # fmt: skip


def _readings(readings: Iterable[Held], corpus: Corpus) -> list[dict[str, Any]]:
    return [{"answer": held.answer, "says": list(held.says), "held_by": list(holders(corpus, held))}
            for held in readings]  # fmt: skip


def _out_by(due: OutBy | None) -> dict[str, Any] | None:
    if due is None:
        return None
    return {"at": moment(due.at), "surely": moment(due.surely), "for": due.compels, "because": list(due.because)}


def _calendar(portfolio: Portfolio) -> list[dict[str, Any]]:
    keys = {one.position.row: one.position.key for one in portfolio.holdings}
    return [
        {"day": one.day.isoformat(), "zone": one.zone, "in_days": one.days,
         "positions": [keys[row] for row in one.positions],
         "changes": [{"at": write_instant(change.at, zone(one.zone)), "activity": change.activity,
                      "answer": change.answer, "positions": [keys[row] for row in change.positions]}
                     for change in one.changes]}
        for one in portfolio.calendar
    ]  # fmt: skip


def _lists(found: Lists) -> dict[str, Any]:
    late = {one.id for one in found.late}
    return {
        "searched": [{"programme": one.id, "coverage": one.coverage, "followed_until": one.followed_until,
                      "late": one.id in late} for one in found.searched],
        "empty": [one.id for one in found.empty],
    }  # fmt: skip


def _acts(portfolio: Portfolio) -> dict[str, dict[str, Any]]:
    corpus = portfolio.records.corpus
    named = {act for one in portfolio.holdings for act in acts_of(one, corpus)}
    told = sorted((corpus.acts[name] for name in named if name in corpus.acts),
                  key=lambda act: (act.issued.earliest, act.id))  # fmt: skip
    return {act.id: {"title": act.title, "issued": act.issued.text, "issuer": act.issuer, "authority": act.authority,
                     "grade": act.grade} for act in told}  # fmt: skip


def acts_of(one: Holding, corpus: Corpus) -> set[str]:
    """Every act that something said of a position rests on."""
    courses = one.law.courses.values()
    turns = [turn for course in courses for turn in course.turns]
    held = [reading for course in courses for reading in course.readings]
    held += [reading for turn in turns for reading in turn.readings]
    carrying = {act for turn in turns for act in turn.because} | {act for one in held for act in holders(corpus, one)}
    return carrying | set(one.law.because)


COLUMNS = (
    "row", "position", "name", "isin", "ticker", "mic", "quantity", "value", "currency", "state", "issuer", "party",
    "evidence", "certain", "buy", "sell", "hold", "barred_since", "barred_surely_since", "sell_until", "hold_until",
    "out_by", "out_by_surely", "out_for", "conditions", "readings", "reached_via", "because", "possible",
)  # fmt: skip
"""The columns of the flat rows."""


def rows(portfolio: Portfolio) -> Iterator[dict[str, str]]:
    """A flat row of texts for each position, in the order of the file; clean ones too."""
    return (_row(one) for one in portfolio.holdings)


def _row(one: Holding) -> dict[str, str]:
    position, law, due = one.position, one.law, one.law.out_by
    cells = {
        "row": str(position.row), "position": position.key, "name": position.name,
        **{scheme: "; ".join(v for s, v in position.identifiers if s == scheme) for scheme in ("isin", "ticker")},
        "mic": position.subject.mic, "quantity": written(position.quantity), "value": written(position.value),
        "currency": position.currency, "state": one.state,
        "issuer": "; ".join(issuer.name for issuer in one.deciding),
        "party": "; ".join(issuer.party for issuer in one.deciding),
        "evidence": "; ".join(issuer.evidence for issuer in one.deciding), "certain": "yes" if one.certain else "no",
        **law.answers, "barred_since": moment(law.courses["buy"].since),
        "barred_surely_since": moment(law.courses["buy"].surely_since),
        "sell_until": moment(law.courses["sell"].until), "hold_until": moment(law.courses["hold"].until),
        "out_by": moment(due.at) if due else None, "out_by_surely": moment(due.surely) if due else None,
        "out_for": due.compels if due else None,
        "conditions": "; ".join(_each(f"{of}: {text}" for of in ACTIVITIES for text in law.courses[of].conditions)),
        "readings": "; ".join(_each(f"{of} {held.answer}: {' and '.join(held.says)}"
                                    for of in ACTIVITIES for held in law.courses[of].readings)),
        "reached_via": "; ".join(law.reached_via), "because": " ".join(law.because),
        "possible": "; ".join(f"{issuer.party} {issuer.score:.2f} {other.state}" for issuer, other in one.possible),
    }  # fmt: skip
    return {column: cells[column] or "" for column in COLUMNS}


def _each(texts: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(texts))
