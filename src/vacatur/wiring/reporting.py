"""Reports: a screening, or what two of them find differently, as a page that stands on its own, or as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from vacatur.wiring.held import author
from vacatur.wiring.proving import Proving

if TYPE_CHECKING:
    from vacatur.report.lookback.changes import Half
    from vacatur.report.run.findings import Desk
    from vacatur.screen.results import Results
    from vacatur.wiring.rescreening import Again

MOST_BACK = 10
"""So many earlier runs of the same subjects are looked through for who raised an alert first."""


class Reporting(Proving):
    """The room of reports."""

    def report(self, run: str | Results) -> str:
        """The page of a screening, as HTML: what came out, each alert with its law and what was decided, and what was
        searched without a find. It is bounded, however many subjects there are; `report_csv` has all alerts.

        Args:
            run: the id of a run, or what `screen` gave, recorded or not.
        """
        from vacatur.report.run.findings import Limits, gather
        from vacatur.report.run.page import run_page
        from vacatur.screen.record import view_of

        results = self.results(run) if isinstance(run, str) else run
        asked, records = view_of(results.terms), self.records(results.terms.basis)
        return run_page(gather(results, asked, records, self._desk(results), self._clock(), Limits()))

    def report_csv(self, run: str | Results) -> Iterator[str]:
        """The alerts of a screening as lines of CSV: a row for each, with what was decided last and its age in days."""
        from vacatur.law.corpus import Docket
        from vacatur.report.run.table import alerts_csv
        from vacatur.screen.record import view_of

        results = self.results(run) if isinstance(run, str) else run
        docket = Docket(self.records(results.terms.basis).corpus, view_of(results.terms).view)
        return alerts_csv(results, docket, self._desk(results), self._clock())

    def lookback_report(self, again: Again) -> str:
        """The page of what two screenings of the same subjects find differently, as HTML: by cause, with the acts."""
        from vacatur.report.lookback.changes import Changes, Limits
        from vacatur.report.lookback.page import lookback_page

        before, after = self._half(again.before), self._half(again.after)
        return lookback_page(Changes(before, after, again.differences, self._clock(), Limits()))

    def _half(self, results: Results) -> Half:
        from vacatur.report.lookback.changes import Half
        from vacatur.screen.record import view_of

        return Half(results, view_of(results.terms), self.records(results.terms.basis))

    def _desk(self, results: Results) -> Desk:
        from vacatur.report.run.findings import Desk

        run, steps = results.run, self._steps()
        raised = (run.by, run.at) if run is not None else (author(), self._clock().isoformat())
        goodguys = {one.id: one for one in self.goodguys()}
        return Desk(raised, lambda alert: steps.get(alert, ()), self._first(results), goodguys)

    def _first(self, results: Results) -> dict[str, datetime]:
        """Since when alerts are known that runs before this one raised, one after the other, without a gap."""
        first: dict[str, datetime] = {}
        still: set[str] | None = None
        before = results.run.before if results.run is not None else ""
        for _ in range(MOST_BACK):
            if not before or still == set() or not self.entries.latest("run", before):
                break
            run = self.run(before)
            known = {alert.id for alert in self.alerts(run.id)}
            still = known if still is None else known & still
            first |= dict.fromkeys(still, datetime.fromisoformat(run.at))
            before = run.before
        return first
