"""A portfolio on the terminal: the sentence, the totals, every position, what is coming, and the acts behind it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from vacatur.cli.console import brief, console, shown, table_of
from vacatur.report.charts.numbers import exact
from vacatur.report.dates import day
from vacatur.report.portfolio.groups import grouped
from vacatur.report.portfolio.wording import (
    GLYPHS,
    act_words,
    amounts,
    change_words,
    clean_words,
    day_words,
    may,
    out_words,
    positions,
    same_rows,
    verdict,
    why,
)
from vacatur.report.words import view_sentence
from vacatur.screen.portfolio.assess import Portfolio
from vacatur.screen.portfolio.course import Course
from vacatur.screen.portfolio.holding import Holding
from vacatur.screen.portfolio.states import ACTIVITIES, STATES

SIGNS = {"proh": "■", "sched": "□", "disp": "▨", "susp": "‖", "list": "▬", "none": "·", "perm": "○", "warn": "?",
         "lic": "◇"}  # fmt: skip
STYLES = {"proh": "bold red", "sched": "red", "disp": "bold yellow", "susp": "blue", "lic": "green"}
MOST_PRINTED = 2000
"""Positions that are printed; whoever holds more wants a file."""
MOST_ACTS = 40
MOST_NAMED = 4


def table_text(portfolio: Portfolio) -> str:
    """The whole as text, with colours where a terminal shows them."""
    out = console()
    with out.capture() as got:
        _print(portfolio, out)
    return got.get()


def _print(portfolio: Portfolio, out: Console) -> None:
    glyph, said = verdict(portfolio)
    out.print(_signed(glyph, shown(said)))
    if words := why(portfolio):
        out.print(shown(words))
    out.print()
    out.print(_totals(portfolio))
    out.print()
    out.print(_positions(portfolio))
    if len(portfolio.holdings) > MOST_PRINTED:
        out.print(f"… {len(portfolio.holdings) - MOST_PRINTED} more; write them to a file with --out")
    out.print()
    for line in _coming(portfolio):
        out.print(line)
    for line in _acts(portfolio):
        out.print(line)
    out.print()
    for one in portfolio.lists.late:
        out.print(
            f"[yellow]{shown(one.short)} was followed until {one.followed_until}; nothing later is known here.[/]"
        )
    terms = portfolio.terms
    out.print(shown(view_sentence(terms.view, terms.zone_name)), style="dim")
    out.print(f"[dim]snapshot {portfolio.snapshot[:16]}, basis {portfolio.records.basis.seq}[/]")


def _signed(glyph: str, words: str) -> str:
    said = f"{SIGNS[glyph]} {words}"
    return f"[{STYLES[glyph]}]{said}[/]" if glyph in STYLES else said


def _totals(portfolio: Portfolio) -> Table:
    table = table_of("law", "positions", "value", "what it means")
    for state, those in grouped(portfolio):
        meaning = clean_words(portfolio) if state == "clean" else STATES[state].meaning
        title = _signed(GLYPHS[state], STATES[state].title)
        table.add_row(title, positions(len(those)), amounts(portfolio, state) or "–", meaning)
    return table


def _positions(portfolio: Portfolio) -> Table:
    table = table_of("position", "security", "value", "buy", "sell", "hold", "out by")
    left = MOST_PRINTED
    for _, those in grouped(portfolio):
        for one in those[:left]:
            table.add_row(*_cells(portfolio, one))
        left = max(0, left - len(those))
    return table


def _cells(portfolio: Portfolio, one: Holding) -> Iterator[str]:
    position = one.position
    mark = " (possible)" if one.by_name or one.state == "possible" else ""
    yield brief(position.key)
    yield f"{SIGNS[GLYPHS[one.state]]} {brief(position.name)}{mark}"
    yield exact(position.value, position.currency) if position.value is not None else "–"
    for activity in ACTIVITIES:
        yield _may(one.law.courses[activity])
    yield ", ".join(out_words(one.law.out_by, portfolio)) if one.law.out_by is not None else "–"


def _may(course: Course) -> str:
    glyph, word, rest = may(course)
    return _signed(glyph, f"{word} {rest}".strip())


def _coming(portfolio: Portfolio) -> Iterator[str]:
    names = {one.position.row: one.position.name for one in portfolio.holdings}
    yield f"Coming within {portfolio.terms.horizon} days:" + ("" if portfolio.calendar else " nothing.")
    for one in portfolio.calendar:
        yield f"  {day(one.day)}, {day_words(one)}"
        for rows, changes in same_rows(one):
            named = ", ".join(brief(names[row]) for row in rows[:MOST_NAMED])
            more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
            yield f"    {named}{more}: {change_words(changes, one.zone)}"


def _acts(portfolio: Portfolio) -> Iterator[str]:
    """The acts behind what is forbidden, disputed, suspended or coming, oldest first."""
    corpus = portfolio.records.corpus
    named = {act for one in portfolio.holdings for act in (*one.law.because, *_due(one)) if act in corpus.acts}
    acts = sorted((corpus.acts[name] for name in named), key=lambda act: (act.issued.earliest, act.id))
    if acts:
        yield ""
        yield "Because:"
    for act in acts[:MOST_ACTS]:
        yield f"  {shown(act_words(act, corpus.programmes[act.programme].zone))}  [dim]{shown(act.id)}[/]"
    if len(acts) > MOST_ACTS:
        yield f"  … {len(acts) - MOST_ACTS} more; --format json tells them for each position"


def _due(one: Holding) -> tuple[str, ...]:
    return one.law.out_by.because if one.law.out_by is not None else ()
