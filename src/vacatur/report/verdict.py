"""The first screen: the question, the answer as a sentence, the acts that carry it, and the three clocks."""

from __future__ import annotations

from datetime import datetime

from vacatur.law.answer import DISPUTED, PROHIBITED, Answer, Row
from vacatur.model.extent import Extent, union
from vacatur.model.moment import FOREVER
from vacatur.model.spans import Spans
from vacatur.model.view import View
from vacatur.model.zones import zone
from vacatur.report.dates import count, day, days_between, instant, local, place
from vacatur.report.dossier import Dossier
from vacatur.report.glyphs import glyph, tag
from vacatur.report.html import Html, el, join
from vacatur.report.vocabulary import GLYPHS, VERDICTS, capital
from vacatur.report.words import (
    because_lines,
    late_words,
    next_change_words,
    question,
    reason,
    verdict_word,
    view_sentence,
)


def answer_section(dossier: Dossier) -> Html:
    """Question, verdict, reason, because, figures; and beside them the clocks."""
    answer = dossier.answer
    kind = GLYPHS[answer.answer]
    verdict = el("p", glyph(kind), el("span", verdict_word(answer)), class_=f"verdict t-{kind}")
    told = el("div", el("h2", "The answer", class_="vh"), el("p", question(answer, dossier.corpus), class_="ask"),
              verdict, el("p", reason(answer, dossier.corpus), class_="why"), _readings(dossier), _because(dossier),
              _figures(dossier), *_notes(dossier))  # fmt: skip
    return el("section", told, _clocks(dossier), class_="answer")


def act_number(dossier: Dossier, act_id: str) -> Html | None:
    """An act's number, leading to its words."""
    found = dossier.number(act_id)
    return el("a", found.number, class_="n", href=f"#{found.anchor}") if found is not None else None


def _because(dossier: Dossier) -> Html | None:
    lines = because_lines(dossier.answer, dossier.corpus)
    if not lines:
        return None
    items = [el("li", act_number(dossier, act.id), el("span", words)) for act, words in lines]
    return join([el("p", "because", class_="because-h"), el("ol", *items, class_="because")])


def _readings(dossier: Dossier) -> Html | None:
    """Two readings stand side by side, neither first by rank."""
    rows = [row for row in dossier.answer.rows if row.answer == DISPUTED and row.readings]
    return join([_sides(dossier, row) for row in rows]) if rows else None


def _sides(dossier: Dossier, row: Row) -> Html:
    asked = {name.partition("#")[0] for held in row.readings for name in held.readings}
    questions = [dispute.question for name in sorted(asked) if (dispute := dossier.corpus.dispute(name)) is not None]
    sides = []
    for held in row.readings:
        carrying = [name for reading in held.readings for name in _holding(dossier, reading)] or list(held.because)
        numbers = [act_number(dossier, name) for name in dict.fromkeys(carrying)]
        said = el("p", "if read: ", "; ".join(held.says))
        sides.append(el("li", tag(GLYPHS[held.answer], VERDICTS[held.answer]), said, el("p", *numbers, class_="ns")))
    return el("div", el("h3", "Open: ", " ".join(questions) or "how this is read"), el("ul", *sides), class_="sides")


def _holding(dossier: Dossier, reading: str) -> tuple[str, ...]:
    dispute = dossier.corpus.dispute(reading.partition("#")[0])
    found = [one.acts for one in dispute.readings if one.id == reading.partition("#")[2]] if dispute is not None else []
    return found[0] if found else ()


def _figures(dossier: Dossier) -> Html:
    answer = dossier.answer
    listed = [row for row in answer.rows if row.listing.maybe]
    facts = [
        ("Listed", _undone(dossier) or _days(dossier, [row.listing for row in listed])),
        ("Suspended", _days(dossier, [row.listing & row.suspension for row in listed])),
        ("Prohibited", _days(dossier, [row.prohibited for row in answer.rows])),
        ("Next change", capital(next_change_words(answer))),
    ]
    return el("dl", *(el("div", el("dt", name), el("dd", said)) for name, said in facts), class_="facts")


def _undone(dossier: Dossier) -> str | None:
    """Days of a listing that an annulment has since undone from the start."""
    lanes = dossier.timeline.lanes if dossier.timeline is not None else ()
    undone = Spans.of(pair for lane in lanes if lane.law is not None for pair in lane.law.annulled)
    if not undone or any(row.listing.maybe for row in dossier.answer.rows):
        return None
    return f"{count(_total(undone, dossier.view.on, dossier.zone_name))}, set aside from the start"


def _days(dossier: Dossier, found: list[Extent]) -> str:
    """Days up to the day asked about, under any list; where they are open, from the least to the most."""
    whole = union(found)
    least, most = (_total(spans, dossier.view.on, dossier.zone_name) for spans in (whole.sure, whole.maybe))
    if most == 0:
        return "never"
    return count(least) if least == most else f"{least:,} to {count(most)}, disputed"


def _total(spans: Spans, until: datetime, zone_name: str) -> int:
    return sum(days_between(start, min(end, until), zone_name) for start, end in spans if start <= until)


def _notes(dossier: Dossier) -> list[Html]:
    answer = dossier.answer
    conditions = tuple(dict.fromkeys(text for row in answer.rows for text in row.conditions))
    notes = [f"Condition: {text}" for text in conditions if answer.answer == PROHIBITED]
    names = {name: party.name for name, party in dossier.corpus.parties.items()}
    steps = [step for row in answer.rows for step in row.reached_via]
    told = [" ".join(names.get(word, word) for word in step.split()).rstrip(".") for step in steps]
    notes += [f"Reached through: {step}." for step in told]
    late = [el("p", glyph("warn"), " ", words, class_="note late") for words in late_words(answer)]
    return [*late, *(el("p", words, class_="note") for words in dict.fromkeys(notes))]


def _clocks(dossier: Dossier) -> Html:
    """The three clocks, and what the same question answers on other settings of them."""
    view, name = dossier.view, dossier.zone_name
    rows = [("Conduct on", view.on), ("Law as it stood at", view.law_at), ("As known at", view.known_at)]
    clocks = el(
        "dl", *(join([el("dt", words), el("dd", instant(at, name))]) for words, at in rows), class_="clock-rows"
    )
    sentence = f"{view_sentence(view, name)} A bare date is the end of that day in {place(name)}."
    return el("aside", el("h2", "Three clocks"), clocks, el("p", sentence, class_="restate"), _settings(dossier),
              class_="clocks", id="clocks")  # fmt: skip


def _settings(dossier: Dossier) -> Html | None:
    """The same question as of that day, with hindsight, and today: marked which of them this page answers."""
    where = zone(dossier.zone_name)
    on, today = (local(clock, where).date() for clock in (dossier.view.on, dossier.now))
    settings: list[tuple[str, str, Answer]] = []
    if on < today:
        settings.append((f"As of {day(on)}", "the law then in force, as then known", dossier.as_of))
    if on != today:
        settings.append(("With hindsight", "the same day, under today’s law and knowledge", dossier.hindsight))
    settings.append(("Today", day(today), dossier.current))
    if len(settings) < 2:
        return None
    items = [el("li", tag(GLYPHS[one.answer], VERDICTS[one.answer]), el("b", name), el("span", how),
                aria_current="true" if _same(one.view, dossier.view) else None)
             for name, how, one in settings]  # fmt: skip
    return join([el("h3", "The same question on other clocks"), el("ul", *items, class_="settings")])


def _same(one: View, other: View) -> bool:
    ends = ((one.on, other.on), (one.law_at, other.law_at), (one.known_at, other.known_at))
    return all(a == b or (a != FOREVER and abs((a - b).total_seconds()) < 1) for a, b in ends)
