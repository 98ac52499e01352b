"""The page of two screenings: what is different in words, by cause, both sides beside each other, and the acts.

It is one file that can be printed and kept: it needs no script, loads nothing, and is bounded. What is left out is
counted, and said where it is.
"""

from __future__ import annotations

from vacatur.report.charts.bars import Bar, bars
from vacatur.report.evidence import act_item
from vacatur.report.furniture import PRIVATE, clocks, head, many
from vacatur.report.given import given, plain
from vacatur.report.html import Html, el, join
from vacatur.report.lookback.changes import CAUSES, Changes, Half
from vacatur.report.lookback.differences import differences_section
from vacatur.report.page import Fact, as_of_plate, document, foot, view_facts, view_words
from vacatur.report.run.lists import lists_section, lists_words
from vacatur.report.run.page import run_facts
from vacatur.report.vocabulary import capital
from vacatur.report.words import view_sentence
from vacatur.screen.difference import by_cause


def lookback_page(changes: Changes) -> str:
    """The whole HTML document."""
    after = changes.after
    view, zone_name = after.asked.view, after.asked.zone_name
    sections = [_name(changes), _lead(changes), _glance(changes), differences_section(changes), _acts(changes),
                lists_section(after.records, view, {})]  # fmt: skip
    when, how, _ = view_words(view, changes.now, zone_name)
    title = f"What is different for {plain(after.results.terms.source)}, {when}, {how} · vacatur"
    facts = [*_facts("Before", changes.before), *_facts("After", after)]
    return document(title, as_of_plate(view, changes.now, zone_name), sections, foot(facts))


def _name(changes: Changes) -> Html:
    facts = [many(len(changes.after.results), "subject"), lists_words(changes.after.records)]
    return join([el("h1", "What is different for ", given(changes.after.results.terms.source)),
                 el("p", *(el("span", fact) for fact in facts), class_="meta"),
                 el("p", PRIVATE, class_="note strong")])  # fmt: skip


def _lead(changes: Changes) -> Html:
    counts = by_cause(changes.found)
    told = ", ".join(f"{counts[cause]:,} {cause}" for cause in CAUSES if cause in counts)
    found = f"{capital(many(len(changes.found), 'difference'))}: {told}." if told else "Nothing is different."
    asked = el("p", f"{many(len(changes.after.results), 'subject')}, screened under two views.", class_="ask")
    sides = [_half(name, half) for name, half in (("Before", changes.before), ("After", changes.after))]
    return el("section", el("div", el("h2", "What came out", class_="vh"), asked, el("p", found, class_="why")),
              el("aside", *sides, class_="clocks", id="clocks"), class_="answer")  # fmt: skip


def _half(name: str, half: Half) -> Html:
    run = half.results.run
    beside = el("p", "Run ", el("span", run.id, class_="id"), class_="restate") if run is not None else None
    return clocks(half.asked.view, half.asked.zone_name, name, beside)


def _glance(changes: Changes) -> Html | None:
    if not changes.found:
        return None
    counts = by_cause(changes.found)
    rows = [Bar(capital(cause), counts.get(cause, 0), said) for cause, said in CAUSES.items()]
    return el("section", head("At a glance", "counts of differences"),
              bars("Differences by cause", rows, ("Cause", "Differences")))  # fmt: skip


def _acts(changes: Changes) -> Html | None:
    """The acts behind the differences, each once."""
    if not changes.acts:
        return None
    corpus, documents = changes.after.records.corpus, changes.documents
    items = [act_item(one, corpus, documents, named=True) for one in changes.acts.values()]
    return el("section", head("The acts behind them", f"{len(items):,}, oldest first"), el("ol", *items, class_="acts"),
              id="acts")  # fmt: skip


def _facts(name: str, half: Half) -> list[Fact]:
    """What the foot says of one side."""
    terms, view, zone_name = half.results.terms, half.asked.view, half.asked.zone_name
    said = el("b", view_sentence(view, zone_name))
    return [(name, said), *view_facts(view, terms.snapshot, terms.basis, zone_name), *run_facts(half.results)]
