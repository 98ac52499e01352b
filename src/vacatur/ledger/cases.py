"""Cases: questions with the answers that must come out, as rows that a lawyer can write.

They are the book's own tests. `vacatur check` runs them; a case that fails is a problem like any other, with its file
and line. The format is described in docs/guides/authoring.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from vacatur.errors import VacaturError
from vacatur.law.answer import Answer, Row, ask
from vacatur.law.clocks import view_of, zone_of
from vacatur.law.corpus import Corpus
from vacatur.ledger.fields import Fields, Problem, read_yaml
from vacatur.ledger.roster import roster
from vacatur.model.kinds import ACTIVITIES, ACTORS
from vacatur.model.moment import read_instant
from vacatur.model.view import View

TODAY = datetime(2026, 9, 1, tzinfo=UTC)
"""The day on which a case is asked when it leaves a clock open: a fixed one, so that cases do not age."""

_STATES = {"true": True, "false": False, "unsettled": None}
_CLOCKS = ("as_of", "on", "law_at", "known_at")


def run_cases(
    book: Path, corpus: Corpus, in_doubt: Callable[[str, str], bool] | None = None
) -> tuple[int, list[Problem]]:
    """Runs the cases of a book directory; how many were run, and what failed.

    `in_doubt` is given the party, or the programme, that a case asks about: where it says so, the case is not run.
    """
    problems: list[Problem] = []
    count = 0
    for path in sorted((book / "cases").rglob("*.y*ml")):
        if (top := read_yaml(path, str(path.relative_to(book)), problems)) is None:
            continue
        for case in top.items("cases"):
            if in_doubt is not None and in_doubt(*_about(case)):
                continue
            count += 1
            for said in _run(case, corpus):
                case.problem(
                    f"case {case.text('title')!r}: {said}", "Mend the law in the book, or the case if it is wrong"
                )
            case.done()
        top.done()
    return count, problems


def _about(case: Fields) -> tuple[str, str]:
    question, listed = case.inner("ask"), case.inner("roster")
    return (
        question.text("party", needed=False) if question is not None else "",
        listed.text("programme", needed=False) if listed is not None else "",
    )


def _run(case: Fields, corpus: Corpus) -> Iterator[str]:
    case.text("title")
    case.texts("traps")
    question, listed = case.inner("ask"), case.inner("roster")
    expect = case.inner("expect")
    if expect is None or (question is None) == (listed is None):
        yield "needs `expect:` and either `ask:` or `roster:`"
        return
    try:
        if question is not None:
            yield from _asked(question, expect, corpus)
        elif listed is not None:
            yield from _rostered(listed, expect, corpus)
    except (VacaturError, ValueError) as bad:
        yield f"cannot be answered: {bad}"
        return  # its other keys have not been looked at
    for fields in (question, listed, expect):
        if fields is not None:
            fields.done()


def _view(fields: Fields, corpus: Corpus, party: str, programme: str | None) -> View:
    _, where = zone_of(corpus, (party,), programme)
    return view_of(TODAY, where, **{clock: fields.optional(clock) for clock in _CLOCKS})


def _asked(question: Fields, expect: Fields, corpus: Corpus) -> Iterator[str]:
    party, activity, programme = question.text("party"), question.text("activity"), question.optional("programme")
    _known("party", party, corpus.parties)
    _known("activity", activity, ACTIVITIES)
    _known("programme", programme, corpus.programmes)
    actor = question.optional("actor") or ACTIVITIES[activity][0]
    strict = question.flag("strict", absent=False)
    _known("actor", actor, ACTORS)
    view = _view(question, corpus, party, programme)
    found = ask(corpus, view, party, activity, actor, [programme] if programme else None, strict)
    yield from _compare(expect, found, corpus)


def _known(what: str, word: str | None, among: Iterable[str]) -> None:
    if word is not None and word not in (known := list(among)):
        close = get_close_matches(word, known, n=3)
        raise ValueError(f"{what} {word!r} is not known" + (f"; did you mean {' or '.join(close)}" if close else ""))


def _compare(expect: Fields, found: Answer, corpus: Corpus) -> Iterator[str]:
    if (wanted := expect.text("answer")) != found.answer:
        yield f"answer is {found.answer}, expected {wanted}"
    reasons = {act for row in found.rows for act in row.because}
    for act in expect.texts("because"):
        if act not in reasons:
            yield f"{act} is not among the reasons ({', '.join(sorted(reasons)) or 'none'})"
    if (change := expect.optional("next_change")) is not None:
        yield from _next_change(change, found, corpus)
    if (since := expect.optional("since")) is not None:
        starts = [start for row in found.rows for start, end in row.prohibited.maybe if start <= found.view.on < end]
        if read_instant(since, UTC) not in starts:
            yield f"prohibited since {', '.join(map(str, starts)) or 'never'}, expected {since}"
    if expect.has("readings"):
        wanted_readings, got = (
            sorted(expect.texts("readings")),
            sorted(r.answer for row in found.rows for r in row.readings),
        )
        if wanted_readings != got:
            yield f"readings answer {got}, expected {wanted_readings}"
    condition = expect.optional("condition")
    if condition is not None and not any(condition in text for row in found.rows for text in row.conditions):
        yield f"no condition says {condition!r}"
    absent = expect.optional("no_condition")
    if absent is not None and any(absent in text for row in found.rows for text in row.conditions):
        yield f"a condition says {absent!r}"
    yield from _programmes(expect, found)


def _next_change(wanted: str, found: Answer, corpus: Corpus) -> Iterator[str]:
    if wanted == "none":
        if found.next_change is not None:
            yield f"next change is {found.next_change[0]}, expected none"
        return
    _, where = zone_of(corpus, (found.party,), None)
    if found.next_change is None or found.next_change[0] != read_instant(wanted, where):
        yield f"next change is {found.next_change and found.next_change[0]}, expected {wanted}"


def _programmes(expect: Fields, found: Answer) -> Iterator[str]:
    rows = {row.programme.id: row for row in found.rows}
    for name, fields in expect.mappings("programmes").items():
        if name in rows:
            yield from _row(name, fields, rows[name])
        else:
            yield f"{name} has no row"
        fields.done()


def _row(name: str, fields: Fields, row: Row) -> Iterator[str]:
    if (wanted := fields.optional("answer")) is not None and wanted != row.answer:
        yield f"{name} answers {row.answer}, expected {wanted}"
    for key, state in (("listed", row.listed), ("suspended", row.suspended)):
        if fields.has(key) and _STATES.get(fields.word(key), "?") != state:
            yield f"{name}: {key} is {state}, expected {fields.word(key)}"


def _rostered(listed: Fields, expect: Fields, corpus: Corpus) -> Iterator[str]:
    programme = listed.text("programme")
    _known("programme", programme, corpus.programmes)
    _, where = zone_of(corpus, (), programme)
    entries = roster(corpus, view_of(TODAY, where, **{c: listed.optional(c) for c in _CLOCKS}), programme)
    parties = {entry.party for entry in entries}
    for party in expect.texts("has"):
        if party not in parties:
            yield f"{party} is not on the list"
    for party in expect.texts("has_not"):
        if party in parties:
            yield f"{party} is on the list"
    if (count := expect.optional("count")) is not None and int(count) != len(entries):
        yield f"the list has {len(entries)} entries, expected {count}"
