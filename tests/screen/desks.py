"""What tests of the screening room share: dockets and screeners over a law that is made up on the spot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from vacatur.law.clocks import view_of
from vacatur.law.corpus import Corpus, Docket
from vacatur.ledger.chain import Head
from vacatur.ledger.check import corpus_of
from vacatur.ledger.load import load
from vacatur.ledger.see import Records
from vacatur.match.parties import index_of
from vacatur.match.score import DEFAULT_THRESHOLD
from vacatur.model.act import Act
from vacatur.model.moment import read_moment
from vacatur.model.view import View
from vacatur.model.zones import zone
from vacatur.screen.goodguys import NOBODY, GoodGuys
from vacatur.screen.part import Part, packed
from vacatur.screen.run import Screener
from vacatur.screen.subject import Subject

HERE = Path(__file__).parent.parent
NEW_YORK = zone("America/New_York")


@cache
def law_of(book: Path) -> Corpus:
    """The law of a book in the tests, read once."""
    return corpus_of(load(book))


QUAY = HERE / "quay"


def at(**clocks: str) -> View:
    """A view, as typed on the command line of the Quay Authority's clerk."""
    return view_of(datetime(2026, 9, 1, 12, tzinfo=UTC), NEW_YORK, **clocks)


def screener(corpus: Corpus, view: View, goodguys: GoodGuys = NOBODY, threshold: float = DEFAULT_THRESHOLD,
             zone_name: str = "America/New_York") -> Screener:  # fmt: skip
    """A screener over a law."""
    records = Records(Head(1, "0" * 64), corpus, {}, ())
    index = index_of(corpus.parties.values())
    return Screener(records, lambda: index, view, zone_name, zone(zone_name), threshold, goodguys)


def sha256(part: Part) -> str:
    """What a part is archived under."""
    return hashlib.sha256(packed(part)).hexdigest()


def docket(corpus: Corpus, view: View) -> Docket:
    """What a view sees of a law."""
    return Docket(corpus, view)


def part_of(corpus: Corpus, view: View, subjects: Sequence[Subject], goodguys: GoodGuys = NOBODY) -> Part:
    """Some subjects, screened."""
    return screener(corpus, view, goodguys).part(subjects)


def with_acts(corpus: Corpus, acts: Iterable[Act], without: Iterable[str] = ()) -> Corpus:
    """The law with other acts."""
    gone = set(without)
    held = {name: act for name, act in corpus.acts.items() if name not in gone}
    return Corpus(corpus.programmes, {**held, **{act.id: act for act in acts}}, corpus.parties)


def moment(text: str) -> object:
    """A moment in New York."""
    return read_moment(text, NEW_YORK)
