"""The content id of everything that an answer depends on."""

from __future__ import annotations

import hashlib

from vacatur.ledger.chain import Head
from vacatur.ledger.codec import canonical
from vacatur.model.zones import tzdata_version


def snapshot_id(basis: Head, matcher: str, goodguys: str = "") -> str:
    """SHA-256 over the chain at the basis (acts, rules, parties), the matcher's version and configuration, the zone
    rules and the good-guy list. Two answers with one snapshot id and one view are the same answer.
    """
    parts = {
        "chain": basis.hash,
        "seq": basis.seq,
        "matcher": matcher,
        "tzdata": tzdata_version(),
        "goodguys": goodguys,
    }
    return hashlib.sha256(canonical(parts).encode()).hexdigest()
