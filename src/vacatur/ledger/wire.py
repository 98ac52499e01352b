"""The contract's JSON of an answer: the same words in the command line, the API, decisions and reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from vacatur.law.answer import Answer, Held, Row
from vacatur.law.corpus import Corpus
from vacatur.model.act import Act
from vacatur.model.document import Document
from vacatur.model.moment import write_instant
from vacatur.model.zones import zone

Documents = Mapping[str, Document]


def answer_json(answer: Answer, corpus: Corpus, documents: Documents, snapshot: str, where: tzinfo) -> dict[str, Any]:
    """The answer as plain data. Instants are written in `where` (the question's zone) or the programme's own."""
    view = answer.view
    change = answer.next_change
    return {
        "party": answer.party,
        "activity": answer.activity,
        "actor": answer.actor,
        "view": {
            "on": write_instant(view.on, where),
            "law_at": write_instant(view.law_at, where),
            "known_at": write_instant(view.known_at, where),
        },
        "answer": answer.answer,
        "programmes": [_row(row, corpus, documents) for row in answer.rows],
        "consulted": [
            {"programme": p.id, "coverage": p.coverage, "followed_until": p.followed_until}
            for p in sorted(corpus.programmes.values(), key=lambda p: p.id)
        ],
        "followed_until": answer.followed_until,
        "warnings": list(answer.warnings),
        "next_change": None if change is None else {"at": write_instant(change[0], where), "answer": change[1]},
        "snapshot": snapshot,
    }


def _row(row: Row, corpus: Corpus, documents: Documents) -> dict[str, Any]:
    where = zone(row.programme.zone)
    return {
        "programme": row.programme.id,
        "title": row.programme.title,
        "coverage": row.programme.coverage,
        "listed": row.listed,
        "suspended": row.suspended,
        "annulled": row.annulled,
        "answer": row.answer,
        "prohibited": [
            {"from": write_instant(start, where), "to": write_instant(end, where), "certain": certain}
            for start, end, certain in row.prohibited.pieces()
        ],
        "conditions": list(row.conditions),
        "reached_via": list(row.reached_via),
        "readings": [_reading(held) for held in row.readings],
        "because": [act_json(corpus.acts[act], documents) for act in row.because],
    }


def _reading(held: Held) -> dict[str, Any]:
    return {
        "reading": list(held.readings),
        "says": list(held.says),
        "answer": held.answer,
        "because": list(held.because),
    }


def act_json(act: Act, documents: Documents) -> dict[str, Any]:
    """One act with its evidence; `words` says whether `quote` is the document's own words or ours."""
    document = documents.get(act.document) if act.document is not None else None
    return {
        "act": act.id,
        "kind": act.kind,
        "target": act.target,
        "title": act.title,
        "issued": act.issued.text,
        "published": act.published.text,
        "issuer": act.issuer,
        "authority": act.authority,
        "docket": act.docket,
        "grounds": list(act.grounds),
        "document": (document.citation or document.title) if document else None,
        "url": document.url if document else (act.sources[0] if act.sources else None),
        "quote": act.quote.text if act.quote is not None else None,
        "words": None if act.quote is None else "ours" if act.quote.ours else "document",
        "grade": act.grade,
        "note": act.note,
    }
