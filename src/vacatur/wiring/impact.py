"""Market evidence: a party's acts from the ledger, prices from two files, and the study of the one on the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.law.corpus import Docket
from vacatur.ledger.snapshot import snapshot_id
from vacatur.match.parties import matcher_version
from vacatur.wiring.held import Held

if TYPE_CHECKING:
    from vacatur.model.view import View
    from vacatur.report.impact.evidence import Evidence
    from vacatur.report.impact.prices import Prices
    from vacatur.report.impact.study import Window


class Impact(Held):
    """The room of market evidence."""

    def impact(
        self, party: str, prices: Path, benchmark: Path, *, window: Window = (-10, 10),
        estimation: Window = (-250, -11), kinds: Sequence[str] = (), close: str | None = None, basis: int | None = None,
        **clocks: str | None,
    ) -> Evidence:  # fmt: skip
        """What prices did around the acts on a party, beyond what the market explains: an event study.

        Args:
            party: an id, a name, an ISIN, a ticker or a LEI.
            prices: a CSV file with a date and a close of the party's security per row.
            benchmark: the same for what stands for the market.
            window: first and last day, in trading days from the event's day.
            estimation: the days before it on which the market model is estimated.
            kinds: only acts of these kinds; by default those with a legal effect.
            close: when the market closes (`16:00 Asia/Hong_Kong`), for acts whose hour is known; else 16:00 in the
                zone in which bare dates are read.
            basis: a position in the chain; by default all that is recorded.
            clocks: `as_of`, or any of `on`, `law_at`, `known_at`; neither acts nor prices later than the view are used.

        Raises:
            AskError: the question, the windows or the hour cannot be understood.
            InputError: a file cannot be taken.
            VacaturError: the extra `impact` is not installed.
        """
        from vacatur.report.impact.events import acts_with_effect, event, read_close
        from vacatur.report.impact.evidence import Evidence
        from vacatur.report.impact.study import study
        from vacatur.report.timeline.acts import Shown
        from vacatur.report.timeline.marks import effect

        records = self.records(basis)
        asked = self.asked(records, party, None, **clocks)
        corpus, view = records.corpus, asked.view
        market_close = read_close(close, asked.zone_name)
        acts = acts_with_effect(Docket(corpus, view), asked.party, kinds)
        ours, theirs = (_until(path, view, asked.where) for path in (prices, benchmark))
        zones = {act.id: corpus.programmes[act.programme].zone if act.programme in corpus.programmes else "UTC"
                 for act in acts}  # fmt: skip
        events = [event(act, zones[act.id], market_close) for act in acts]
        marks = [effect(Shown("", act, False), corpus.acts.get(act.target)) for act in acts]
        return Evidence(
            party=asked.party, name=corpus.parties[asked.party].name, view=view, zone_name=asked.zone_name,
            now=self._clock(), close=market_close, prices=ours, benchmark=theirs,
            acts=tuple(zip(acts, marks, strict=True)), zones=zones,
            study=study(ours.closes, theirs.closes, events, window=window, estimation=estimation),
            computed_by=_library(), snapshot=snapshot_id(records.basis, matcher_version()), basis=records.basis.seq,
        )  # fmt: skip


def _until(path: Path, view: View, where: tzinfo) -> Prices:
    """A file's prices up to the day of the view: what was known then, and no more."""
    from vacatur.report.impact.prices import read_prices

    last = view.known_at.astimezone(where).date()
    found = read_prices(path).until(last)
    if not found.closes:
        raise InputError(f"has no price up to {last}, the day of the view", where=str(path),
                         fix="Give earlier prices, or ask as of a later day")  # fmt: skip
    return found


def _library() -> str:
    try:
        return f"statsmodels {version('statsmodels')}"
    except PackageNotFoundError:
        return "statsmodels"
