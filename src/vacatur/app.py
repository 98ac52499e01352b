"""The front of the house, and the only place that reads the clock: one ledger and all that can be asked of it.

The command line, the Python API and (later) the web are thin doors over `App`; its rooms are in `vacatur.wiring`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vacatur.law.answer import Answer, ask, usual_actor
from vacatur.law.clocks import in_order
from vacatur.ledger.see import Records
from vacatur.ledger.snapshot import snapshot_id
from vacatur.match.parties import matcher_version
from vacatur.model.kinds import ACTIVITIES, ACTORS
from vacatur.wiring.held import Asked, known
from vacatur.wiring.impact import Impact
from vacatur.wiring.lists import Lists
from vacatur.wiring.portfolios import Portfolios
from vacatur.wiring.reporting import Reporting

if TYPE_CHECKING:
    from vacatur.ledger.chain import Head
    from vacatur.ledger.fields import Problem
    from vacatur.ledger.history import History
    from vacatur.ledger.roster import Change, Entry

BOOK = Path(__file__).parent / "book"
"""The curated law that ships with this version."""


def system_clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with everything needed to show it: `answer` is one of prohibited, permitted, disputed, unknown."""

    asked: Asked
    law: Answer
    records: Records
    snapshot: str

    @property
    def answer(self) -> str:
        """The answer in one word."""
        return self.law.answer

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON of `vacatur ask --format json`, as plain data."""
        from vacatur.ledger.wire import answer_json

        return answer_json(self.law, self.records.corpus, self.records.documents, self.snapshot, self.asked.where)


class App(Lists, Reporting, Portfolios, Impact):
    """One ledger and all that can be asked of it.

    Args:
        home: the data directory.
        database: the address of a database that holds the chain; by default it is a file in the data directory.
        clock: gives the present moment; tests give their own.
        book: the curated law to take in.
    """

    def __init__(self, home: Path, clock: Callable[[], datetime] = system_clock, book: Path = BOOK, *,
                 database: str | None = None) -> None:  # fmt: skip
        super().__init__(home, clock, book, database)

    @staticmethod
    def at(home: str | os.PathLike[str] | None) -> App:
        """The app on a data directory: the one given, `VACATUR_HOME`, or the platform's.

        A database address (`postgresql://…`) in its place keeps the chain there, and documents and cache in the
        platform's directory.
        """
        chosen = os.fspath(home or os.environ.get("VACATUR_HOME") or "")
        database = chosen if chosen.startswith("postgresql://") else None
        if database is not None or not chosen:
            from platformdirs import user_data_path

            chosen = str(user_data_path("vacatur", appauthor=False))
        return App(Path(chosen), database=database)

    # -- questions

    def ask(self, party: str, activity: str, *, actor: str | None = None, programme: str | None = None,
            strict: bool = False, basis: int | None = None, **clocks: str | None) -> Reply:  # fmt: skip
        """May this actor do this with this party?

        Args:
            party: an id, a name, an ISIN, a ticker or a LEI.
            activity: buy, sell, hold, deal, export, contract …
            actor: who acts; by default whom the activity's rules bind.
            programme: consult this programme only.
            strict: answer *unknown* for days after the last one followed.
            basis: a position in the chain; by default all that is recorded.
            clocks: `as_of`, or any of `on`, `law_at`, `known_at`: a date (its last instant) or an instant.

        Raises:
            PartyUnknown, PartyAmbiguous, WordUnknown, DateError: the question cannot be understood.
        """
        records = self.records(basis)
        known("activity", activity, ACTIVITIES)
        if actor is not None:
            known("actor", actor, ACTORS)
        if programme is not None:
            known("programme", programme, records.corpus.programmes)
        asked = self.asked(records, party, programme, **clocks)
        chosen = actor or usual_actor(records.corpus, asked.view, asked.party, activity)
        only = None if programme is None else [programme]
        law = ask(records.corpus, asked.view, asked.party, activity, chosen, only, strict)
        return Reply(asked, law, records, snapshot_id(records.basis, matcher_version()))

    def show(self, party: str, *, activity: str = "buy", basis: int | None = None, **clocks: str | None) -> str:
        """The party's page: a self-contained HTML document with its timeline."""
        from vacatur.report.party import party_page

        known("activity", activity, ACTIVITIES)
        records = self.records(basis)
        asked = self.asked(records, party, None, **clocks)
        return party_page(
            records.corpus, asked.view, asked.party, activity, ACTIVITIES[activity][0],
            documents=records.documents, snapshot=snapshot_id(records.basis, matcher_version()),
            basis=records.basis.seq, now=self._clock(), zone_name=asked.zone_name,
        )  # fmt: skip

    def roster(self, programme: str, *, basis: int | None = None, **clocks: str | None) -> list[Entry]:
        """The list as it stood."""
        from vacatur.ledger.roster import roster

        records = self.records(basis)
        known("programme", programme, records.corpus.programmes)
        asked = self.asked(records, None, programme, **clocks)
        found = roster(records.corpus, asked.view, programme)
        if (history := self._history(records, programme)) is None:
            return found
        from vacatur.intake.printed import as_printed

        return as_printed(found, history, asked.day)

    def changes(self, programme: str, start: str, end: str) -> list[Change]:
        """What changed on a list between two days, each as then known, with the acts that explain it.

        Raises `DateError` if `start` lies after `end`.
        """
        from vacatur.ledger.roster import changes

        records = self.records()
        known("programme", programme, records.corpus.programmes)
        before, after = (self.asked(records, None, programme, as_of=day) for day in (start, end))
        in_order(before.view, after.view, (start, end))
        if (history := self._history(records, programme)) is None:
            return changes(records.corpus, before.view, after.view, programme)
        from vacatur.intake.printed import differences

        return differences(history, records.corpus.acts.values(), programme, before.day, after.day)

    def _history(self, records: Records, programme: str) -> History | None:
        """The editions from which a programme's listings are taken, if there are any."""
        from vacatur.intake.printed import carrying

        editions = carrying(records.editions, programme)
        return self.shelves.history(editions[0].source, editions) if editions else None

    def verify(self) -> Head:
        """Walks the whole chain; returns its head, or raises `Tampered` naming the entry that does not hold."""
        from vacatur.ledger.chain import verify

        return verify(self.entries.walk())

    def check(self) -> tuple[int, list[Problem]]:
        """The book's own checks: how many cases were run, and every problem found."""
        from vacatur.ledger.cases import run_cases
        from vacatur.ledger.check import check, corpus_of
        from vacatur.ledger.doubt import doubt
        from vacatur.ledger.load import load

        loaded = load(self._book)
        problems = check(loaded)
        doubted = doubt(loaded, problems)
        count, failed = run_cases(
            self._book, corpus_of(loaded), lambda party, list_: doubted.about(loaded, party) or doubted.on_list(list_)
        )
        return count, sorted(problems + failed)
