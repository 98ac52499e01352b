"""The content id of everything that an answer depends on."""

from __future__ import annotations

import hashlib

from vacatur.law.answer import FOLDED
from vacatur.ledger.chain import Head
from vacatur.ledger.codec import canonical
from vacatur.model.zones import tzdata_version


def snapshot_parts(basis: Head, matcher: str, goodguys: str = "") -> bytes:
    """What an answer depends on, as canonical JSON: the chain at the basis (acts, rules, parties), how this program
    reads law out of acts, the matcher's version and configuration, the zone rules, the good-guy list. Archived by
    content it stands under the snapshot's id.
    """
    parts = {
        "chain": basis.hash,
        "seq": basis.seq,
        "law": FOLDED,
        "matcher": matcher,
        "tzdata": tzdata_version(),
        "goodguys": goodguys,
    }
    return canonical(parts).encode()


def snapshot_id(basis: Head, matcher: str, goodguys: str = "") -> str:
    """SHA-256 over `snapshot_parts`. Two answers with one snapshot id and one view are the same answer."""
    return hashlib.sha256(snapshot_parts(basis, matcher, goodguys)).hexdigest()
