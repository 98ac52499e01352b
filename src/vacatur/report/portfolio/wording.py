"""What a portfolio comes to, in words: one voice for page and terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from vacatur.law.answer import DISPUTED, PERMITTED, PROHIBITED, Held
from vacatur.model.act import Act
from vacatur.model.zones import zone
from vacatur.report.charts.numbers import exact
from vacatur.report.dates import act_day, count, day, days_between, hours, local, short
from vacatur.report.timeline.spans import licensed
from vacatur.report.vocabulary import VERDICTS, deed
from vacatur.screen.portfolio.assess import Portfolio
from vacatur.screen.portfolio.coming import Change, Coming
from vacatur.screen.portfolio.course import Course, OutBy, Turn, holders
from vacatur.screen.portfolio.holding import Holding
from vacatur.screen.portfolio.states import STATES

GLYPHS = {"unlawful": "proh", "locked": "proh", "barred": "proh", "soon": "sched", "disputed": "disp",
          "unknown": "warn", "suspended": "susp", "listed": "list", "possible": "none", "unlisted": "perm",
          "clean": "perm"}  # fmt: skip
"""State → the glyph beside its word."""

_LEADS = (
    ("bars", "is barred", "are barred"),
    ("disputed", "is disputed", "are disputed"),
    ("soon", "will be barred", "will be barred"),
    ("possible", "is possibly listed", "are possibly listed"),
)
"""What the sentence says, gravest first: the kind of position, and the words for one and for several."""

Said = tuple[str, str, str]
"""Glyph, word and what qualifies it."""


def verdict(portfolio: Portfolio) -> tuple[str, str]:
    """The glyph and the sentence that stand above everything: `4 of 7 positions are barred`."""
    whole = len(portfolio.holdings)
    counts = {name: sum(name in _kinds(one) for one in portfolio.holdings) for name, _, _ in _LEADS}
    if not whole:
        return "none", "No position could be assessed" if portfolio.taken.rejects else "There is no position"
    for name, of_one, of_several in _LEADS:
        if counts[name]:
            words = of_one if counts[name] == 1 else of_several
            return "proh" if name == "bars" else GLYPHS[name], f"{counts[name]:,} of {positions(whole)} {words}"
    return "perm", "No position is barred"


def _kinds(one: Holding) -> tuple[str, ...]:
    return (one.state, "bars") if STATES[one.state].bars else (one.state,)


def positions(number: int) -> str:
    """`1 position`, `7 positions`."""
    return f"{number:,} position" + ("" if number == 1 else "s")


def why(portfolio: Portfolio) -> str:
    """Value and first deadline, in a sentence or two."""
    told = {"unlawful": "must not be held", "locked": "may only be kept", "barred": "may only be sold",
            "soon": "will be barred", "disputed": "is disputed"}  # fmt: skip
    said = [f"{amounts(portfolio, state)} {words}." for state, words in told.items() if _valued(portfolio, state)]
    due = [one.law.out_by for one in portfolio.holdings if one.law.out_by is not None]
    if due:
        first = min(due, key=lambda one: (one.at.at, one.surely != one.at))
        when = on_day(first.at)
        last = (f"The first must be gone by {when}" if first.compels == "hold"
                else f"The first can be sold until {when}; what is kept after that may only be kept")  # fmt: skip
        said.append(f"{last}{'' if first.surely == first.at else ', which is not settled'}.")
    by_name = sum(STATES[one.state].bars and one.by_name for one in portfolio.holdings)
    if by_name:
        said.append(f"Only a name says who issued {by_name:,} of them.")
    return " ".join(said)


def _valued(portfolio: Portfolio, state: str) -> bool:
    return any(one.state == state and one.value for one in portfolio.totals)


def amounts(portfolio: Portfolio, state: str) -> str:
    """The value of the positions of a state, each currency by itself: `56,961,500.00 USD and 1,200.00 CHF`."""
    found = [exact(one.value, one.currency) for one in portfolio.totals if one.state == state and one.currency]
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def on_day(turn: Turn) -> str:
    """The legal day of a turn: `11 November 2021`."""
    return day(local(turn.at, zone(turn.zone)).date())


def _short(turn: Turn) -> str:
    return short(local(turn.at, zone(turn.zone)).date())


def hour(turn: Turn) -> str:
    """The hour of a turn, where the law names one: `09:30 Eastern`."""
    here = local(turn.at, zone(turn.zone))
    return "" if (here.hour, here.minute) == (0, 0) else f"{here:%H:%M} {hours(turn.zone)}"


def may(course: Course) -> Said:
    """Whether an activity is allowed: glyph, word, and since or until when."""
    if course.answer == PROHIBITED:
        return "proh", VERDICTS[PROHIBITED], f"since {_began(course)}"
    if course.answer == DISPUTED:
        later = f"; forbidden from {_short(course.surely_until)}" if course.surely_until is not None else ""
        since = f"since {_short(course.since)}" if course.since is not None else ""
        return "disp", VERDICTS[DISPUTED], f"{since}{later}".strip("; ")
    if course.answer != PERMITTED:
        return "warn", VERDICTS[course.answer], ""
    ends = _ends(course)
    if conditions := _on_condition(course):
        return "lic", "Only to divest" if all("divest" in text for text in conditions) else "On a condition", ends
    if course.until is None:
        return "perm", VERDICTS[PERMITTED], ""
    return ("sched" if course.surely_until is not None else "disp"), VERDICTS[PERMITTED], ends


def _began(course: Course) -> str:
    """Since when it is forbidden: on every reading, and on one of them earlier the same day."""
    first, surely = course.since, course.surely_since
    assert first is not None
    assert surely is not None
    if first.at == surely.at:
        return _short(first)
    same_day = _short(first) == _short(surely)
    return f"{_short(first)} (on one reading from {hour(surely)})" if same_day else f"{_short(surely)} at the latest"


def _ends(course: Course) -> str:
    """`until 8 May 2021, 09:30 Eastern`, and what then, where it is not a plain prohibition."""
    if course.until is None:
        return ""
    at = ", ".join(filter(None, (_short(course.until), hour(course.until))))
    if course.surely_until is None:
        return f"until {at}, then disputed"
    if course.surely_until.at == course.until.at:
        return f"until {at}"
    return f"until {at} at the earliest, {_apart(course.until, course.surely_until)} at the latest"


def _apart(first: Turn, then: Turn) -> str:
    """The second of two turns: its hour if both lie on one day, else its day."""
    return hour(then) if _short(first) == _short(then) else _short(then)


def _on_condition(course: Course) -> list[str]:
    """The conditions on which alone it is permitted."""
    rows = [(answer.view.on, row) for answer in course.answers for row in answer.rows]
    return [text for on, row in rows if on in licensed(row) for text in row.conditions]


def out_words(due: OutBy, portfolio: Portfolio) -> tuple[str, str]:
    """By when to be out, and what compels: `8 Jan 2022`, `in 294 days; then holding is forbidden`."""
    left = count(days_between(portfolio.terms.view.on, due.at.at, due.at.zone))
    then = "then holding is forbidden" if due.compels == "hold" else "last sale; it may be kept"
    surely = "; not settled" if due.surely is None else ""
    if due.surely is not None and due.surely.at != due.at.at:
        surely = f"; {_apart(due.at, due.surely)} at the latest"
    return _short(due.at), f"in {left}; {then}{surely}"


def change_words(changes: Sequence[Change], zone_name: str) -> str:
    """What turns for the same positions on one day: `buying disputed from 09:30, forbidden from 10:30 Eastern`."""
    told = {PROHIBITED: "forbidden", DISPUTED: "disputed", PERMITTED: "allowed again"}
    by_turn: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        here = local(change.at, zone(zone_name))
        clock = "" if (here.hour, here.minute) == (0, 0) else f" from {here:%H:%M}"
        by_turn.setdefault((told.get(change.answer, change.answer), clock), []).append(deed(change.activity).gerund)
    said = [
        f"{' and '.join(dict.fromkeys(_bare(words)))} {answer}{clock}" for (answer, clock), words in by_turn.items()
    ]
    return ", ".join(said) + (f" {hours(zone_name)}" if any(clock for _, clock in by_turn) else "")


def _bare(gerunds: Iterable[str]) -> list[str]:
    return [words.removesuffix(" its securities") for words in gerunds]


def day_words(one: Coming) -> str:
    """`in 49 days: 1 position`."""
    when = "today" if one.days == 0 else f"in {count(one.days)}"
    return f"{when}: {positions(len(one.positions))}"


def same_rows(one: Coming) -> list[tuple[tuple[int, ...], list[Change]]]:
    """The changes of a day, those for the same positions together."""
    groups: dict[tuple[int, ...], list[Change]] = {}
    for change in one.changes:
        groups.setdefault(change.positions, []).append(change)
    return list(groups.items())


def summary(portfolio: Portfolio) -> str:
    """What was assessed and what came out, in a line."""
    counts = Counter(one.state for one in portfolio.holdings)
    told = [f"{counts[state]:,} {words.title.lower()}" for state, words in STATES.items() if counts[state]]
    said = f"{positions(len(portfolio.holdings))} assessed" + (f": {'; '.join(told)}" if told else "")
    rejects = len(portfolio.taken.rejects)
    return said + (f"; {rejects:,} row{'' if rejects == 1 else 's'} could not be assessed" if rejects else "")


def ways(portfolio: Portfolio, one: Holding) -> list[str]:
    """How a listing of another party reaches the issuer, parties by their names."""
    parties = portfolio.records.corpus.parties
    steps = [" ".join(parties[word].name if word in parties else word for word in step.split())
             for step in one.law.reached_via]  # fmt: skip
    return [step.rstrip(".") for step in steps]


def clean_words(portfolio: Portfolio) -> str:
    """On how many lists nothing was found, as they stood: what *clean* means, and no more."""
    found = portfolio.lists
    number = len(found.searched)
    lists, they = f"{number:,} list" + ("" if number == 1 else "s"), "it" if number == 1 else "they"
    late = f"; {len(found.late):,} of {number:,} not followed up to that day" if found.late else ""
    return f"Searched on {lists} as {they} stood on {day(view_day(portfolio))}; nothing found{late}."


def act_words(act: Act, zone_name: str) -> str:
    """`SMIC designated, 3 December 2020`."""
    return f"{act.title or act.kind}, {act_day(act, zone_name)}"


def sides(portfolio: Portfolio, course: Course) -> list[str]:
    """The readings of what is disputed or will be, each with its answer and the acts by which it is held."""
    found = [f"Open: {side}." for side in _sides(portfolio, course.readings)]
    for turn in course.turns:
        found += [f"Open from {_short(turn)}: {side}." for side in _sides(portfolio, turn.readings)]
    return found


def _sides(portfolio: Portfolio, readings: Iterable[Held]) -> Iterator[str]:
    corpus = portfolio.records.corpus
    for held in readings:
        acts = [corpus.acts[name].title for name in holders(corpus, held) if name in corpus.acts]
        by = f" ({'; '.join(acts)})" if acts else ""
        yield f"{VERDICTS[held.answer].lower()} if read: {' and '.join(held.says)}{by}"


def view_day(portfolio: Portfolio) -> date:
    """The day of the view in the zone of the portfolio."""
    return local(portfolio.terms.view.on, zone(portfolio.terms.zone_name)).date()
