"""Watched subjects: screened again whenever the law, the lists or the matcher may have changed, and told to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vacatur.errors import InputError, LedgerError
from vacatur.ledger.chain import Draft, opened
from vacatur.ledger.codec import encode
from vacatur.model.casework import Watch
from vacatur.wiring.held import author
from vacatur.wiring.rescreening import Again, Rescreening
from vacatur.wiring.screening import Told, nobody

if TYPE_CHECKING:
    from vacatur.notify.deliver import Delivery
    from vacatur.notify.notice import Notice
    from vacatur.notify.outbox import Outbox
    from vacatur.notify.sink import Sink
    from vacatur.screen.difference import Difference


@dataclass(frozen=True, slots=True)
class Tended:
    """A watched set that was screened again, what was different, and how many notices of it are new."""

    watch: Watch
    again: Again
    notices: int


class Watching(Rescreening):
    """The room of watched subjects."""

    def watch(self, name: str, subjects: Any, *, told: Told = nobody, **how: Any) -> Watch:
        """Watches subjects under a name; they are screened at once. A set of that name is replaced.

        Args:
            name: small letters, digits and hyphens.
            subjects: as for `screen`, or the id of a run, whose subjects are watched from then on.
            told: is told how far the work is.
            how: as for `screen`: `threshold`, `mapping`, `reading`.
        """
        if not name or not set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") or len(name) > 60:
            raise InputError(f"{name[:60]!r} is no name for a watched set", fix="Use small letters, digits, -")
        if isinstance(subjects, str) and subjects.startswith("r-"):
            run_id = self.run(subjects).id
        else:
            run = self.screen(subjects, told=told, **how).run
            run_id = run.id if run is not None else ""
        return self._watched(Watch(id=name, rev=0, run=run_id, closed=False, by=author(), at=self._clock().isoformat()))

    def watches(self) -> list[Watch]:
        """The sets that are watched, by name."""
        held = [opened(entry) for entry in self.entries.current(self.entries.head().seq, ("watch",))]
        return sorted((one for one in held if not one.closed), key=lambda one: str(one.id))

    def unwatch(self, name: str) -> Watch:
        """Ends a watch; its runs stay."""
        return self._watched(replace(self._watch(name), closed=True, by=author(), at=self._clock().isoformat()))

    def tend(self, name: str = "", *, told: Told = nobody) -> Iterator[Tended]:
        """Screens a watched set again, or all of them, and puts a notice of each difference into the outbox.

        A set whose basis has not moved since its last run on the same day is screened too: days turn answers. Notices
        are put down before the watch moves on: after a crash in between, the same differences make the same notices.
        """
        for watch in [self._watch(name)] if name else self.watches():
            again = self.rescreen(watch.run, told=told)
            now = self._clock()
            notices = [_notice(watch, one, now) for one in again.differences]
            put = self.outbox.put(notices, [sink.name for sink in self.sinks()])
            if again.after.run is not None:
                moved = replace(watch, run=again.after.run.id, by=author(), at=now.isoformat())
                yield Tended(self._watched(moved), again, put)

    def deliver(self) -> list[Delivery]:
        """Tries whatever notices are due, once."""
        from vacatur.notify.deliver import deliver

        return deliver(self.outbox, self.sinks(), self._clock)

    def sinks(self) -> list[Sink]:
        """Where notices go."""
        from vacatur.notify.settings import settings

        return settings(self._home.path)

    @property
    def outbox(self) -> Outbox:
        """The notices that are to be delivered, and those that were."""
        from vacatur.notify.outbox import Outbox

        return Outbox(self._home.path / "outbox.db")

    def _watch(self, name: str) -> Watch:
        held = self.entries.latest("watch", name)
        watch: Watch | None = opened(held[-1]) if held else None
        if watch is None or watch.closed:
            known = ", ".join(one.id for one in self.watches()) or "none"
            raise LedgerError(f"no set {name[:60]!r} is watched", fix=f"Watched are: {known}")
        return watch

    def _watched(self, watch: Watch) -> Watch:
        def drafts(_: Any) -> list[Draft]:
            rev = len(self.entries.latest("watch", watch.id)) + 1
            return [Draft("watch", watch.id, rev, encode(replace(watch, rev=rev)))]

        self._append(drafts, "user")
        recorded: Watch = opened(self.entries.latest("watch", watch.id)[-1])
        return recorded


def _notice(watch: Watch, one: Difference, now: datetime) -> Notice:
    """The notice of a difference: it names the run since which something is different, so that it stays the same
    notice if it is found once more.
    """
    from vacatur.notify.notice import notice
    from vacatur.screen.subject import known_subject

    subject = known_subject(one.query, one.row)
    who = subject.name or subject.key or f"row {one.row}"
    change = {
        "party": one.party, "name": one.name, "what": one.what, "cause": one.cause,
        "acts": [asdict(act) for act in one.acts], "before": asdict(one.before), "after": asdict(one.after),
    }  # fmt: skip
    text = f"{who}: {one.party}: {one.what} ({one.cause})"
    return notice(subject, kind=one.cause, watch=watch.id, run=watch.run, text=text, change=change, at=now)
