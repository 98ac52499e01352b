"""Portfolios: a file of positions in, what the law does to each of them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vacatur.law.clocks import view_of
from vacatur.match.score import DEFAULT_THRESHOLD
from vacatur.model.kinds import ACTORS
from vacatur.wiring.held import Held, known

if TYPE_CHECKING:
    from vacatur.screen.portfolio.assess import Portfolio

USUAL = "us-person"
"""Whom rules on securities bind where nobody says who holds them."""


class Portfolios(Held):
    """The room of portfolios."""

    def portfolio(self, file: Any, *, horizon: str = "90d", actor: str | None = None,
                  threshold: float = DEFAULT_THRESHOLD, mapping: Mapping[str, str] | None = None,
                  reading: Mapping[str, Any] | None = None, basis: int | None = None,
                  **clocks: str | None) -> Portfolio:  # fmt: skip
        """What the law does to each position of a portfolio, and when that turns.

        Args:
            file: the path of a file (CSV, TSV, JSON Lines, Parquet, Arrow, XLSX), or a table of pandas, polars
                or Arrow.
            horizon: how far ahead the calendar looks: `90d`, `12w`, `6m`, `1y`.
            actor: who holds the positions; by default whom the rules on securities bind, a US person.
            threshold: lowest score of a name that may be the issuer's.
            mapping: column → header, where headers are not understood by themselves.
            reading: how a file is read: `form`, `encoding`, `delimiter`, `sheet`.
            basis: a position in the chain; by default all that is recorded.
            clocks: `as_of`, or any of `on`, `law_at`, `known_at`: a date (its last instant, in the zone of the
                authorities that bind the actor) or an instant.

        Rows that cannot be assessed are in `taken.rejects`; the others are assessed. Raises `InputError` for a file
        that cannot be taken, `AskError` for a question that cannot be understood.
        """
        from vacatur.screen.portfolio.assess import Terms, assess
        from vacatur.screen.portfolio.coming import horizon_days
        from vacatur.screen.portfolio.lists import zone_for
        from vacatur.screen.portfolio.reading import taken

        if actor is not None:
            known("actor", actor, ACTORS)
        days = horizon_days(horizon)
        records = self.records(basis)
        zone_name, where = zone_for(records.corpus, actor or USUAL)
        view = view_of(self._clock(), where, **clocks)
        terms = Terms(view, zone_name, actor, days, threshold)
        return assess(records, self.resolver(records).index, terms, taken(file, mapping or {}, reading or {}))

    def portfolio_page(self, portfolio: Portfolio) -> str:
        """The portfolio's page: a self-contained HTML document."""
        from vacatur.report.portfolio.page import portfolio_page

        return portfolio_page(portfolio, self._clock())
