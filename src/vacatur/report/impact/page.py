"""The page of an event study: what was found in words, every act on one line of prices, each event, and the method."""

from __future__ import annotations

from vacatur.report.charts.numbers import per_cent, rounded
from vacatur.report.dates import day, moment, short
from vacatur.report.html import Html, el, join
from vacatur.report.impact.events import Event
from vacatur.report.impact.evidence import Evidence, dropped_words, file_remarks, remarks
from vacatur.report.impact.method import (
    CAVEAT,
    CAVEATS,
    FORMULAS,
    SOURCES,
    bands,
    chance,
    finding,
    model_words,
    p_words,
)
from vacatur.report.impact.plots import price_line, reaction_plot
from vacatur.report.impact.prices import Prices
from vacatur.report.impact.regression import Estimate
from vacatur.report.impact.study import Reaction
from vacatur.report.page import as_of_plate, document, footer, view_words
from vacatur.report.picture import MARKS, sample
from vacatur.report.timeline.marks import SHAPES
from vacatur.report.vocabulary import capital, effect_words, verb
from vacatur.report.words import view_sentence

MOST_ROWS = 20
"""So many rejected rows of a file are shown; the JSON has more."""


def impact_page(evidence: Evidence) -> str:
    """The whole HTML document. It needs no script and loads nothing."""
    when, how, _ = view_words(evidence.view, evidence.now, evidence.zone_name)
    sections = [_name(evidence), _lead(evidence), _line(evidence), _summary(evidence), _events(evidence),
                _refused(evidence), _files(evidence), _method(evidence)]  # fmt: skip
    return document(f"Prices around the acts on {evidence.name}, {when}, {how} · vacatur",
                    as_of_plate(evidence.view, evidence.now, evidence.zone_name), sections,
                    footer(evidence.view, evidence.snapshot, evidence.basis, evidence.zone_name))  # fmt: skip


def _name(evidence: Evidence) -> Html:
    facts = [
        el("span", evidence.party, class_="id"),
        f"prices {evidence.prices.file}",
        f"benchmark {evidence.benchmark.file}",
    ]
    return join([el("h1", f"Prices around the acts on {evidence.name}"),
                 el("p", *(el("span", fact) for fact in facts), class_="meta")])  # fmt: skip


def _lead(evidence: Evidence) -> Html:
    study = evidence.study
    question = "Did prices move more than the market explains when acts on it became public?"
    told = el("div", el("p", question, class_="ask"), el("p", finding(study), class_="why"),
              el("p", CAVEAT, class_="note strong"),
              el("p", chance(study), class_="note") if study.reactions else None)  # fmt: skip
    (first, last), (begin, end) = study.window, study.estimation
    rows = [("Window", _days(first, last)), ("Model from", _days(begin, end)), ("Market closes", str(evidence.close)),
            ("Confidence", bands())]  # fmt: skip
    facts = el("dl", *(join([el("dt", name), el("dd", value)]) for name, value in rows), class_="clock-rows")
    aside = el("aside", el("h2", "What was asked"), facts,
               el("p", view_sentence(evidence.view, evidence.zone_name), class_="restate"), class_="clocks",
               id="clocks")  # fmt: skip
    return el("section", told, aside, class_="answer")


def _line(evidence: Evidence) -> Html:
    study = evidence.study
    events = [event for one in study.reactions for event in one.events] + [no.event for no in study.refused]
    shapes = {evidence.act(event)[1] for event in events}
    samples = [sample(Html('<path class="line" d="M0 9 10 4 20 8 30 3"/>'), "closes"),
               sample(Html('<path class="beside" d="M0 7H30"/>'), "benchmark, from the same first value"),
               *(sample(el("g", SHAPES[name], transform="translate(8 7)"), words, "tl mk")
                 for name, words in MARKS.items() if name in shapes)]  # fmt: skip
    return el("section", _head("Every act on one line", "each number leads to its act"), price_line(evidence),
              el("ul", *samples, class_="legend"))  # fmt: skip


def _summary(evidence: Evidence) -> Html | None:
    """A row for each event day."""
    if not evidence.study.reactions:
        return None
    first, last = evidence.study.window
    heads = (
        "Acts",
        "Event day",
        "That day",
        "With the next",
        f"Days {_days(first, last)}",
        "t",
        "p",
        "Outside the band",
    )
    rows = [_row(evidence, one, heads) for one in evidence.study.reactions]
    table = el("table", el("caption", "Abnormal returns by event", class_="vh"),
               el("thead", el("tr", *(el("th", name, scope="col") for name in heads))), el("tbody", *rows),
               class_="stack figures")  # fmt: skip
    note = el("p", f"In brackets the {bands()} band; t and p are those of the whole window.", class_="note")
    return el("section", _head("What prices did beyond the market", "abnormal returns"), table, note)


def _row(evidence: Evidence, one: Reaction, heads: tuple[str, ...]) -> Html:
    acts = [el("li", _number(evidence, event, linked=True), el("span", event.title)) for event in one.events]
    outside = [name for name, told in (("that day", one.on_day), ("with the next", one.both), ("window", one.whole))
               if told is not None and told.firm]  # fmt: skip
    both = _banded(one.both) if one.both is not None else "–"
    cells = [short(one.day), _banded(one.on_day), both, _banded(one.whole), rounded(one.whole.t, 2, signed=True),
             p_words(one.whole), ", ".join(outside) or "no"]  # fmt: skip
    return el("tr", el("th", el("ul", *acts, class_="told"), scope="row"), *(el("td", el("span", cell), data_l=name)
                                                  for name, cell in zip(heads[1:], cells, strict=True)))  # fmt: skip


def _banded(one: Estimate) -> Html:
    return join(
        [el("b", per_cent(one.value)), " ", el("small", f"[{per_cent(one.low)}, {per_cent(one.high)}]", class_="q")]
    )


def _events(evidence: Evidence) -> Html | None:
    if not evidence.study.reactions:
        return None
    found = [_event(evidence, one) for one in evidence.study.reactions]
    words = "A filled dot: the band leaves zero out. A hollow one: it does not. Dotted poles: acts of these days."
    key = el("p", words, class_="note")
    return el("section", _head("Event by event", "oldest first"), el("div", *found, class_="events"), key)


def _event(evidence: Evidence, one: Reaction) -> Html:
    said = [el("p", words, class_="note") for words in (*remarks(evidence, one), model_words(one))]
    acts = el("ul", *(_act(evidence, event) for event in one.events), class_="told")
    return el("article", el("h3", day(one.day)), acts, reaction_plot(evidence, one), *said)


def _act(evidence: Evidence, event: Event, *more: Html) -> Html:
    """An act with its number, what it does, and when it became public."""
    act, _ = evidence.act(event)
    public = moment(act.published, evidence.zone_of(act), brief=True)
    facts = f"{act.kind} · {effect_words(act.kind)} · public {public} · "
    told = el("span", el("b", act.title or capital(verb(act.kind))), " ",
              el("small", facts, el("span", act.id, class_="id"), class_="q"), *more)  # fmt: skip
    return el("li", _number(evidence, event), told, id=f"act-{evidence.number(event)}")


def _number(evidence: Evidence, event: Event, *, linked: bool = False) -> Html:
    number = evidence.number(event)
    return el("a", number, class_="n", href=f"#act-{number}") if linked else el("span", number, class_="n")


def _refused(evidence: Evidence) -> Html | None:
    if not evidence.study.refused:
        return None
    items = [
        _act(evidence, no.event, el("p", f"{capital(no.why)}. {no.fix}.", class_="note"))
        for no in evidence.study.refused
    ]
    counted = "1 act" if len(items) == 1 else f"{len(items)} acts"
    return el("section", _head("Not studied", counted), el("ul", *items, class_="told"))


def _files(evidence: Evidence) -> Html:
    study = evidence.study
    columns = [_file("Prices", evidence.prices), _file("Benchmark", evidence.benchmark)]
    return el("section", _head("What it rests on", dropped_words(study)), el("div", *columns, class_="cols"))


def _file(name: str, prices: Prices) -> Html:
    days = list(prices.closes)
    facts = [("File", prices.file), ("Columns", ", ".join(prices.columns)),
             ("Days", f"{day(days[0])} to {day(days[-1])}"), ("Rows", "; ".join(file_remarks(prices)))]  # fmt: skip
    rows = [join([el("dt", key), el("dd", value)]) for key, value in facts]
    rows.append(join([el("dt", "SHA-256"), el("dd", el("span", prices.sha256, class_="id"))]))
    bad = [el("li", f"line {one.line}: {one.reason}") for one in prices.rejects[:MOST_ROWS]]
    if prices.rejected > len(bad):
        bad.append(el("li", f"and {prices.rejected - len(bad):,} more"))
    return el(
        "div", el("h3", name), el("dl", *rows, class_="kv"), el("ul", *bad, class_="note rejects") if bad else None
    )


def _method(evidence: Evidence) -> Html:
    formulas = el("dl", *(join([el("dt", name), el("dd", words)]) for name, words in FORMULAS), class_="kv")
    parts = (("What to know", CAVEATS), ("Sources", (*SOURCES, f"Computed by {evidence.computed_by}")))
    lists = [el("div", el("h3", head), el("ul", *(el("li", words) for words in said), class_="notes"))
             for head, said in parts]  # fmt: skip
    return el("section", _head("Method", "an event study by the market model"),
              formulas, el("div", *lists, class_="cols"))  # fmt: skip


def _head(words: str, beside: str) -> Html:
    return el("div", el("h2", words), el("span", beside, class_="s q"), class_="head")


def _days(first: int, last: int) -> str:
    return f"{rounded(first, 0, signed=True)} to {rounded(last, 0, signed=True)}"
