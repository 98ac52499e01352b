"""The page of a portfolio. It needs no script, loads nothing, and says on which lists and clocks it rests."""

from __future__ import annotations

from datetime import datetime

from vacatur.model.zones import zone
from vacatur.report.charts.numbers import exact
from vacatur.report.dates import day, instant, local, place, short
from vacatur.report.glyphs import glyph, tag
from vacatur.report.html import Html, el, join
from vacatur.report.page import as_of_plate, document, footer, view_words
from vacatur.report.portfolio.figures import MOST, currencies, sale_steps, value_bars
from vacatur.report.portfolio.groups import positions_section
from vacatur.report.portfolio.wording import GLYPHS, change_words, day_words, positions, same_rows, verdict, why
from vacatur.report.vocabulary import actor_words
from vacatur.report.words import view_sentence
from vacatur.screen.portfolio.assess import Portfolio
from vacatur.screen.portfolio.coming import Change, Coming
from vacatur.screen.portfolio.holding import Holding
from vacatur.screen.portfolio.states import ACTIVITIES, STATES

MOST_NAMED = 6
"""Positions of a day that are named; of more the number is said."""
MOST_REJECTS = 100


def portfolio_page(portfolio: Portfolio, now: datetime) -> str:
    """The whole HTML document."""
    terms = portfolio.terms
    when, how, _ = view_words(terms.view, now, terms.zone_name)
    sections = [_name(portfolio), _answer(portfolio), _dates(portfolio), positions_section(portfolio),
                _totals(portfolio), _rejects(portfolio), _lists(portfolio)]  # fmt: skip
    plate = as_of_plate(terms.view, now, terms.zone_name)
    foot = footer(terms.view, portfolio.snapshot, portfolio.records.basis.seq, terms.zone_name)
    return document(f"{portfolio.taken.title}, {when}, {how} · vacatur", plate, sections, foot)


def _name(portfolio: Portfolio) -> Html:
    taken = portfolio.taken
    read = f"{positions(len(taken.positions))} read" if taken.rejects else f"all {positions(len(taken.positions))} read"
    holders = dict.fromkeys(actor_words(portfolio.terms.acts_as(activity)) for activity in ACTIVITIES)
    facts = [f"held by {' or '.join(holders)}", read, *([f"{len(taken.rejects):,} rejected"] if taken.rejects else [])]
    return join([el("h1", taken.title), el("p", *(el("span", fact) for fact in facts), class_="meta")])


def _answer(portfolio: Portfolio) -> Html:
    terms = portfolio.terms
    kind, said = verdict(portfolio)
    asked = f"What does the law do to this portfolio on {instant(terms.view.on, terms.zone_name)}?"
    told = el("div", el("h2", "The answer", class_="vh"), el("p", asked, class_="ask"),
              el("p", glyph(kind), el("span", said), class_=f"verdict t-{kind}"),
              el("p", why(portfolio), class_="why"), value_bars(portfolio))  # fmt: skip
    return el("section", told, _clocks(portfolio), class_="answer")


def _clocks(portfolio: Portfolio) -> Html:
    """What was asked, and of what file."""
    terms, taken = portfolio.terms, portfolio.taken
    view = terms.view
    clocks = (("Conduct on", view.on), ("Law as it stood at", view.law_at), ("As known at", view.known_at))
    rows = [(words, instant(clock, terms.zone_name)) for words, clock in clocks]
    rows += [("Calendar", f"{terms.horizon:,} days ahead"), ("Lowest score of a name", f"{terms.threshold:.2f}")]
    facts = el("dl", *(join([el("dt", words), el("dd", said)]) for words, said in rows), class_="clock-rows")
    sentence = f"{view_sentence(view, terms.zone_name)} A bare date is the end of that day in {place(terms.zone_name)}."
    file = el("p", "File ", el("span", taken.name, class_="id"), ", SHA-256 ", el("span", taken.sha256, class_="id"),
              class_="restate")  # fmt: skip
    return el("aside", el("h2", "What was asked"), facts, el("p", sentence, class_="restate"), file, class_="clocks",
              id="clocks")  # fmt: skip


def _dates(portfolio: Portfolio) -> Html:
    """What has still to be sold, and the calendar."""
    found = sale_steps(portfolio)
    steps = [el("div", el("h2", "Value still to sell"), class_="head"),
             *(found or [el("p", "No position has to be gone by a day that is known.", class_="note")])]  # fmt: skip
    return el("section", el("div", *steps), el("div", *_calendar(portfolio)), class_="two")


def _calendar(portfolio: Portfolio) -> list[Html]:
    terms = portfolio.terms
    known = local(min(terms.view.law_at, terms.view.known_at), zone(terms.zone_name)).date()
    span = f"within {terms.horizon:,} days, by acts known on {short(known)}"
    head = el("div", el("h2", "Coming dates"), el("span", span, class_="s q"), class_="head")
    items = [_day(portfolio, one) for one in portfolio.calendar]
    listed = el("ol", *items, class_="cal") if items else el("p", "Nothing turns within that time.", class_="note")
    later = {turn.at for one in portfolio.holdings for course in one.law.courses.values() for turn in course.turns}
    shown = {change.at for one in portfolio.calendar for change in one.changes}
    beyond = f"{len(later - shown):,} later turn{'s are' if len(later - shown) > 1 else ' is'} known beyond it."
    return [head, listed, *([el("p", beyond, class_="note")] if later - shown else [])]


def _day(portfolio: Portfolio, one: Coming) -> Html:
    held = {holding.position.row: holding for holding in portfolio.holdings}
    said = [
        el("p", glyph(_shape(changes)), " ", el("b", _names([held[row] for row in rows])), " ",
           el("span", change_words(changes, one.zone), class_="q"))
        for rows, changes in same_rows(one)
    ]  # fmt: skip
    return el(
        "li", el("time", day(one.day), el("small", day_words(one)), datetime=one.day.isoformat()), el("div", *said)
    )


def _shape(changes: list[Change]) -> str:
    answers = {change.answer for change in changes}
    return "proh" if "prohibited" in answers else "disp" if "disputed" in answers else "perm"


def _names(found: list[Holding]) -> str:
    largest = sorted(found, key=lambda one: -(one.position.value or 0))
    named = ", ".join(one.position.name for one in largest[:MOST_NAMED])
    return named + (f" and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else "")


def _totals(portfolio: Portfolio) -> Html | None:
    """All totals, where the bars do not tell them: of further currencies, and of positions without a value."""
    silent = [one for one in portfolio.totals if one.currency not in currencies(portfolio)[:MOST]]
    if not silent:
        return None
    rows = [el("tr", el("th", tag(GLYPHS[one.state], STATES[one.state].title), scope="row"),
               el("td", one.currency or "no value stated", data_l="Currency"),
               el("td", exact(one.value) if one.currency else "", class_="num", data_l="Value"),
               el("td", f"{one.positions:,}", class_="num", data_l="Positions")) for one in silent]  # fmt: skip
    columns = (("State", None), ("Currency", None), ("Value", "num"), ("Positions", "num"))
    heads = el("tr", *(el("th", name, scope="col", class_=kind) for name, kind in columns))
    head = el("div", el("h2", "Further totals"), el("span", "nothing is converted", class_="s q"), class_="head")
    return el("section", head, el("table", el("thead", heads), el("tbody", *rows), class_="stack"))


def _rejects(portfolio: Portfolio) -> Html | None:
    rejects = portfolio.taken.rejects
    if not rejects:
        return None
    rows = [
        el("tr", el("th", f"row {one.row}" + (f", line {one.line}" if one.line else ""), scope="row"),
           el("td", one.why, data_l="Why"), el("td", one.fix, data_l="Remedy"),
           el("td", el("span", one.text[:200], class_="id"), data_l="As it stands"))
        for one in rejects[:MOST_REJECTS]
    ]  # fmt: skip
    heads = el("tr", *(el("th", name, scope="col") for name in ("Where", "Why", "Remedy", "As it stands")))
    more = len(rejects) - MOST_REJECTS
    return el("section", el("div", el("h2", "Not assessed"), el("span", "these rows are in no total", class_="s q"),
                            class_="head"), el("table", el("thead", heads), el("tbody", *rows), class_="stack"),
              el("p", f"{more:,} more; the file of rejects has all.", class_="note") if more > 0 else None,
              id="rejects")  # fmt: skip


def _lists(portfolio: Portfolio) -> Html:
    """The lists that were searched, how complete and how old they are, and those that named nobody then."""
    found = portfolio.lists
    late = {one.id for one in found.late}
    rows = [el("li", el("b", one.short), " ", el("span", one.title, class_="q"),
               el("small", glyph("warn") if one.id in late else None, " " if one.id in late else None,
                  f"{one.coverage} coverage, followed until {one.followed_until}"
                  + ("; nothing after that day is known here" if one.id in late else "")))
            for one in found.searched]  # fmt: skip
    head = el(
        "div", el("h2", "Lists searched"), el("span", f"{len(rows):,}, as they stood", class_="s q"), class_="head"
    )
    empty = ", ".join(one.short for one in found.empty)
    words = f"Without an entry in this ledger on that day, so that nothing is said of them: {empty}." if empty else ""
    return el("section", head, el("ul", *rows, class_="lists"), el("p", words, class_="note") if words else None)
