"""The positions, grouped by what the law does to them, gravest first, and within a group the largest first."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from vacatur.report.charts.numbers import exact
from vacatur.report.glyphs import tag
from vacatur.report.html import Html, el
from vacatur.report.portfolio.figures import currencies
from vacatur.report.portfolio.wording import (
    GLYPHS,
    act_words,
    amounts,
    clean_words,
    may,
    out_words,
    positions,
    sides,
    ways,
)
from vacatur.report.words import because_lines
from vacatur.screen.portfolio.assess import Portfolio
from vacatur.screen.portfolio.course import Course
from vacatur.screen.portfolio.holding import Holding
from vacatur.screen.portfolio.states import ACTIVITIES, STATES

HEADS = ("Value", "Buy", "Sell", "Hold", "Out by", "Because")
MOST = 500
"""Rows of a group that are shown; the file of results has all of them."""
MOST_ACTS = 5


def positions_section(portfolio: Portfolio) -> Html | None:
    """The table of positions."""
    if not portfolio.holdings:
        return None
    head = el("div", el("h2", "Positions"), el("span", "grouped by what the law does, largest first", class_="s q"),
              class_="head")  # fmt: skip
    heads = (el("th", name, scope="col", class_="num" if name == "Value" else None) for name in ("Position", *HEADS))
    columns = el("tr", *heads)
    body = [el("tbody", *_group(portfolio, state, those)) for state, those in grouped(portfolio)]
    return el("section", head, el("table", el("thead", columns), *body, class_="stack pos"), id="positions")


def grouped(portfolio: Portfolio) -> list[tuple[str, list[Holding]]]:
    """By state, gravest first; within it the currencies of most positions first, and the largest value."""
    order = {code: place for place, code in enumerate(currencies(portfolio))}
    found = []
    for state in STATES:
        those = [one for one in portfolio.holdings if one.state == state]
        if those:
            found.append((state, sorted(those, key=lambda one: _size(one, order))))
    return found


def _size(one: Holding, order: dict[str, int]) -> tuple[int, Decimal, int]:
    value = one.position.value
    return order.get(one.position.currency, len(order)), -value if value is not None else Decimal(0), one.position.row


def _group(portfolio: Portfolio, state: str, those: list[Holding]) -> Iterable[Html]:
    words = STATES[state]
    meaning = clean_words(portfolio) if state == "clean" else words.meaning
    title = el("span", tag(GLYPHS[state], words.title), el("small", meaning),
               el("b", ", ".join(filter(None, (positions(len(those)), amounts(portfolio, state)))), class_="gt"),
               class_="grp")  # fmt: skip
    yield el("tr", el("th", title, colspan=len(HEADS) + 1, scope="rowgroup"), class_="group")
    yield from (_row(portfolio, one) for one in those[:MOST])
    if len(those) > MOST:
        more = f"{len(those) - MOST:,} more, smaller ones; the CSV and JSON exports hold all of them."
        yield el("tr", el("td", more, colspan=len(HEADS) + 1, class_="q"))


def _row(portfolio: Portfolio, one: Holding) -> Html:
    value = one.position.value
    amount = el("span", exact(value), " ", el("small", one.position.currency, class_="q")) if value is not None else (
        el("span", "not stated", class_="qq"))  # fmt: skip
    cells = [el("td", amount, class_="num", data_l="Value")]
    if one.state == "clean":
        return el("tr", _who(one), *cells, el("td", tag("perm", "Permitted"), colspan=len(HEADS) - 1, data_l="Law"))
    cells += [el("td", _may(one.law.courses[of]), data_l=of.capitalize()) for of in ACTIVITIES]
    return el("tr", _who(one), *cells, el("td", _out(portfolio, one), data_l="Out by"),
              el("td", _because(portfolio, one), data_l="Because"))  # fmt: skip


def _who(one: Holding) -> Html:
    """The position's name and identifier, and by what its issuer was found."""
    code = next((value for _, value in one.position.identifiers), "")
    name = one.position.subject.name or code
    told = [el("span", name), el("span", code, class_="id qq") if code and code != name else None]
    issuers = ", ".join(issuer.name for issuer in one.deciding)
    if one.by_name:
        told.append(el("small", f"possible: {issuers}, by {' and '.join(issuer.evidence for issuer in one.deciding)}"))
    elif issuers and issuers != name:
        told.append(el("small", issuers, class_="q"))
    return el("th", *told, scope="row")


def _may(course: Course) -> Html:
    glyph, word, rest = may(course)
    return el("div", tag(glyph, word), el("small", rest, class_="q") if rest else None)


def _out(portfolio: Portfolio, one: Holding) -> Html:
    if one.law.out_by is None:
        return el("span", "no date", class_="qq")
    when, rest = out_words(one.law.out_by, portfolio)
    return el("div", el("b", when), el("small", rest, class_="q"))


def _because(portfolio: Portfolio, one: Holding) -> Html:
    """The acts that carry the gravest answer and the day by which to be out; readings, conditions, ways, and who else
    it might be.
    """
    corpus, programmes = portfolio.records.corpus, portfolio.records.corpus.programmes
    course = min((one.law.courses[of] for of in ACTIVITIES), key=lambda of: _GRAVITY.index(of.answer))
    acts = [act for answer in course.answers for act, _ in because_lines(answer, corpus, MOST_ACTS)]
    due = one.law.out_by
    ahead = [corpus.acts[name] for name in (due.because if due is not None else ()) if name in corpus.acts]
    told = list(dict.fromkeys(act.id for act in [*acts, *ahead]))
    lines = [el("li", act_words(corpus.acts[name], programmes[corpus.acts[name].programme].zone), " ",
                el("span", name, class_="id qq")) for name in told]  # fmt: skip
    extra = [side for of in ACTIVITIES for side in sides(portfolio, one.law.courses[of])]
    extra += _conditions(one)
    extra += [f"Reached through: {step}." for step in ways(portfolio, one)]
    extra += [f"Near in name, {issuer.score:.2f}: {issuer.name}, {STATES[law.state].title.lower()}. Not counted here."
              for issuer, law in one.possible]  # fmt: skip
    extra += one.law.warnings
    notes = [el("p", text) for text in dict.fromkeys(extra)]
    return el("div", el("ul", *lines) if lines else None, *notes)


def _conditions(one: Holding) -> list[str]:
    """What softens or limits, each condition once: `Buy, sell: solely to divest`."""
    found: dict[str, list[str]] = {}
    for of in ACTIVITIES:
        for text in one.law.courses[of].conditions:
            found.setdefault(text, []).append(of)
    return [f"{', '.join(those).capitalize()}: {text}." for text, those in found.items()]


_GRAVITY = ("prohibited", "disputed", "unknown", "permitted")
