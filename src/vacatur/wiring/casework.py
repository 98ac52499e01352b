"""The desk: alerts, what people make of them, what is remembered, and by which rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vacatur.errors import InputError, LedgerError, WordUnknown
from vacatur.ledger.chain import Draft, opened
from vacatur.ledger.codec import encode
from vacatur.model.casework import Attachment, Disposition, GoodGuy, Setting
from vacatur.wiring.screening import Screening

if TYPE_CHECKING:
    from vacatur.law.corpus import Docket
    from vacatur.model.run import Run
    from vacatur.screen.alerts import Alert, Steps
    from vacatur.screen.part import Screened

SETTINGS = {"four-eyes": ("on", "off")}
"""What can be set, with the values; the last is the default."""

MOST_ATTACHED = 50_000_000
"""Largest attachment, in bytes."""


class Casework(Screening):
    """The room of the desk."""

    _seen: tuple[str, Docket, tuple[str, str]] | None = None
    """The last run that was asked for: what it saw of the law, and who had it screened first, and when."""

    def alerts(self, run_id: str = "", *, only_open: bool = False) -> list[Alert]:
        """The alerts of a run, of the last one by default, by what the law forbids if they are true."""
        from vacatur.screen.alerts import by_consequence

        if run_id:
            run = self.run(run_id)
        elif (last := max(self.runs(), key=lambda one: one.at, default=None)) is not None:
            run = last
        else:
            return []
        steps = self._steps()
        found = (alert for screened, decision in self.results(run.id).hit()
                 for alert in self._alerts(run, screened, decision or "", lambda one: steps.get(one, ())))  # fmt: skip
        return by_consequence(one for one in found if not only_open or one.state == "open")

    def alert(self, named: str) -> list[Alert]:
        """The alerts of a decision (`r-….ROW`), or the one on a party (`r-….ROW/PARTY`)."""
        from vacatur.screen.record import split_id

        decision_id, _, party = named.partition("/")
        run_id, row = split_id(decision_id)
        run = self.run(run_id)
        screened = self.screened(run, row)
        decision_id = f"{run_id}.{row}"

        def steps(one: str) -> list[Disposition]:
            return [opened(entry) for entry in self.entries.latest("disposition", one)]

        found = list(self._alerts(run, screened, decision_id, steps))
        chosen = [one for one in found if not party or party in (one.party, *(hit["party"] for hit in one.hits))]
        if not chosen:
            raise LedgerError(
                f"{named[:120]!r} is no alert",
                why="The subject came out clean, or every hit is muted" if not found else "",
                fix=f"Take one of: {', '.join(f'{decision_id}/{one.party}' for one in found)}" if found
                else "Take an alert from `vacatur alerts`",
            )  # fmt: skip
        return chosen

    def decide(self, named: str | Iterable[str], disposition: str, *, by: str, reason: str, note: str = "",
               attach: Sequence[Path] = (), remember: bool = False, until: str = "") -> list[Disposition]:  # fmt: skip
        """Records what a person made of alerts: true match, false positive, escalated or cleared; of all or of none.

        Args:
            named: decisions or alerts; a decision stands for all of its alerts.
            disposition: the word.
            by: who decides.
            reason: why; kept for good.
            note: anything else.
            attach: files that are archived with it.
            remember: remember a false positive until the subject or the listing changes (see `goodguys`).
            until: the last day on which it is remembered (ISO).
        """
        from vacatur.screen.alerts import Said, judged, remembered

        ids = [named] if isinstance(named, str) else sorted(dict.fromkeys(named), key=_place)
        _check_day(until)
        attached = tuple(self._attached(path) for path in attach)
        said = Said(disposition, by, reason, note, attached, remember, until)
        steps: dict[str, Disposition] = {}

        def drafts(_: Any) -> list[Draft]:
            four_eyes = self.setting("four-eyes") == "on"
            made: dict[tuple[str, str], Draft] = {}
            for alert in (one for name in ids for one in self.alert(name)):
                screeners = self._screeners(alert.decision) if four_eyes else ()
                step = judged(alert, said, self._clock(), four_eyes=four_eyes, screeners=screeners)
                steps[alert.id] = step
                made["disposition", step.id] = Draft("disposition", step.id, step.rev, encode(step))
                for entry in remembered(alert, step, until, 0) if remember else ():
                    made["goodguy", entry.id] = self._draft(entry)
            return list(made.values())

        self._append(drafts, "user")
        return list(steps.values())

    def goodguys(self) -> list[GoodGuy]:
        """Every remembered false positive, revoked ones too, oldest first."""
        return [opened(entry) for entry in self.entries.current(self.entries.head().seq, ("goodguy",))]

    def revoke(self, goodguy: str, *, by: str, reason: str) -> GoodGuy:
        """Ends a good-guy entry; what was screened with it stands as it was."""
        if not by.strip() or not reason.strip():
            raise LedgerError("a revocation needs an author and a reason", fix="Give --by and --reason")

        def drafts(_: Any) -> list[Draft]:
            held = self.entries.latest("goodguy", goodguy)
            if not held:
                raise LedgerError(f"no good-guy entry {goodguy[:60]!r}", fix="Take the id from `vacatur goodguys`")
            now = self._clock().isoformat()
            return [self._draft(replace(opened(held[-1]), revoked=True, by=by.strip(), reason=reason.strip(), at=now))]

        self._append(drafts, "user")
        entry: GoodGuy = opened(self.entries.latest("goodguy", goodguy)[-1])
        return entry

    def setting(self, name: str) -> str:
        """The value of a setting of the desk."""
        if name not in SETTINGS:
            raise WordUnknown("setting", name, tuple(SETTINGS))
        held = self.entries.latest("setting", name)
        return opened(held[-1]).value if held else SETTINGS[name][-1]

    def set(self, name: str, value: str, *, by: str, reason: str) -> Setting:
        """Changes a setting of the desk; the change is chained like everything else."""
        if name not in SETTINGS:
            raise WordUnknown("setting", name, tuple(SETTINGS))
        if value not in SETTINGS[name]:
            raise WordUnknown("value", value, SETTINGS[name])
        if not by.strip() or not reason.strip():
            raise LedgerError("a change of settings needs an author and a reason", fix="Give --by and --reason")
        now = self._clock().isoformat()
        new = Setting(id=name, rev=0, value=value, reason=reason.strip(), by=by.strip(), at=now)
        self._append(lambda _: [self._draft(new)], "user")
        entry: Setting = opened(self.entries.latest("setting", name)[-1])
        return entry

    def _alerts(self, run: Run, screened: Screened, decision: str, steps: Steps) -> Iterator[Alert]:
        from vacatur.screen.alerts import alerts

        docket, raised = self._case(run)
        return alerts(screened, decision, raised, docket, steps)

    def _docket(self, run: Run) -> Docket:
        """What a run saw of the law."""
        return self._case(run)[0]

    def _case(self, run: Run) -> tuple[Docket, tuple[str, str]]:
        from vacatur.law.corpus import Docket
        from vacatur.screen.record import view_of

        if self._seen is None or self._seen[0] != run.id:
            first: Run = opened(self.entries.latest("run", run.id)[0])  # screened again, it raises nothing new
            docket = Docket(self.records(run.basis).corpus, view_of(run).view)
            self._seen = (run.id, docket, (first.by, first.at))
        return self._seen[1:]

    def _screeners(self, decision: str) -> list[str]:
        """Who first had the subjects of a decision screened, in its run and in those that it came after."""
        run_id = decision.partition(".")[0]
        found: list[str] = []
        while run_id and (revisions := self.entries.latest("run", run_id)):
            first: Run = opened(revisions[0])
            found.append(first.by)
            run_id = first.before
        return found

    def _steps(self) -> dict[str, list[Disposition]]:
        """Every disposition, by alert."""
        found: dict[str, list[Disposition]] = {}
        for entry in self.entries.of_type("disposition"):
            found.setdefault(entry.id, []).append(opened(entry))
        return found

    def _draft(self, entry: GoodGuy | Setting) -> Draft:
        """The next revision of a record."""
        kind = "goodguy" if isinstance(entry, GoodGuy) else "setting"
        rev = len(self.entries.latest(kind, entry.id)) + 1
        return Draft(kind, entry.id, rev, encode(replace(entry, rev=rev)))

    def _attached(self, path: Path) -> Attachment:
        try:
            with path.open("rb") as file:
                content = file.read(MOST_ATTACHED + 1)
        except (OSError, ValueError) as bad:
            raise InputError(f"the attachment cannot be read: {bad}", where=str(path)) from bad
        if len(content) > MOST_ATTACHED:
            raise InputError(f"the attachment is larger than {MOST_ATTACHED} bytes", where=str(path), fix="Split it")
        return Attachment(name=path.name, sha256=self._home.archive.keep(content))


def _place(named: str) -> tuple[str, int, str]:
    """Where an alert's row stands, so that the parts of a run are read one after the other."""
    run, _, rest = named.partition(".")
    row, _, party = rest.partition("/")
    return run, int(row) if row.isdecimal() and len(row) < 12 else 0, party


def _check_day(text: str) -> None:
    from datetime import date

    try:
        if text and date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError as bad:
        raise InputError(f"{text[:40]!r} is not a day", fix="Write it as 2021-03-20") from bad
