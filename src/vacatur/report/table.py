"""What is forbidden, to whom: a listing may forbid shares, exports, contracts, or nothing."""

from __future__ import annotations

from vacatur.law.answer import DISPUTED, PERMITTED, PROHIBITED, Answer, Row
from vacatur.report.dates import instant
from vacatur.report.dossier import Dossier
from vacatur.report.glyphs import tag
from vacatur.report.html import Html, el, join
from vacatur.report.reasons import since, stretch
from vacatur.report.timeline.spans import licensed
from vacatur.report.vocabulary import GLYPHS, VERDICTS, actor_words, capital, deed
from vacatur.report.words import deciding

_HEADS = ("Activity", "Who is bound", "Answer", "When", "Under")


def forbidden_section(dossier: Dossier) -> Html | None:
    """A row for every activity and actor that the rules of the party's lists know, on the day asked about."""
    if (table := forbidden_table(dossier)) is None:
        return None
    head = el("div", el("h2", "What is forbidden, to whom"),
              el("span", f"on {instant(dossier.view.on, dossier.zone_name)}", class_="s q"), class_="head")  # fmt: skip
    return el("section", head, table, _remarks(dossier))


def forbidden_table(dossier: Dossier) -> Html | None:
    """The table alone; None where no list has anything to say of the party."""
    if not dossier.table or not any(answer.rows for answer in dossier.table):
        return None
    body = [_row(dossier, answer) for answer in dossier.table]
    return el("table", el("thead", el("tr", *(el("th", name, scope="col") for name in _HEADS))), el("tbody", *body),
              class_="stack")  # fmt: skip


def _remarks(dossier: Dossier) -> Html | None:
    """What each list forbids and does not, in a few sentences."""
    programmes = {row.programme.id: row.programme for row in dossier.answer.rows if row.programme.remark}
    if not programmes:
        return None
    told = [el("p", el("b", one.short), " ", one.remark, class_="note") for one in programmes.values()]
    return el("div", *told, class_="remarks")


def _row(dossier: Dossier, answer: Answer) -> Html:
    rows = deciding(answer, dossier.corpus)
    name, words = _state(answer, rows)
    cells = [actor_words(answer.actor), tag(name, words), _when(answer, rows), _under(answer, rows)]
    return el("tr", el("th", capital(deed(answer.activity).bare), scope="row"),
              *(el("td", cell, data_l=head) for head, cell in zip(_HEADS[1:], cells, strict=True)))  # fmt: skip


def _state(answer: Answer, rows: list[Row]) -> tuple[str, str]:
    """Glyph and word: the verdict, or the shape of a permission that is suspended, conditional or soon to end."""
    on, row = answer.view.on, rows[0] if rows else None
    if answer.answer == PERMITTED and row is not None:
        if row.suspended or (row.running.at(on) and row.suspension.at(on)):
            return "susp", "Permitted, suspended"
        if on in licensed(row):
            return "lic", "Only on a condition"
    if answer.answer == PERMITTED and answer.next_change is not None:
        when, then = instant(answer.next_change[0], _zone(answer)), answer.next_change[1]
        return ("sched" if then == PROHIBITED else "perm"), f"Permitted until {when}"
    return GLYPHS[answer.answer], VERDICTS[answer.answer]


def _when(answer: Answer, rows: list[Row]) -> Html:
    on, said = answer.view.on, list[str]()
    for row in rows:
        if answer.answer == PROHIBITED:
            said.append(f"since {since(row, on)}")
        elif answer.answer == DISPUTED and (piece := stretch(row.prohibited, on)) is not None:
            said.append(f"since {instant(piece[0], row.programme.zone)}")
        elif answer.answer == PERMITTED:
            said += _permitted(row, answer)
    if answer.next_change is not None:
        said.append(f"from {instant(answer.next_change[0], _zone(answer))}: {answer.next_change[1]}")
    never = (
        "never forbidden in this view" if not any(row.prohibited.maybe for row in answer.rows) else "not on this day"
    )
    return el("span", "; ".join(dict.fromkeys(said)) or never, class_="q")


def _permitted(row: Row, answer: Answer) -> list[str]:
    on = answer.view.on
    past = [(end, sure) for _, end, sure in row.prohibited.pieces() if end <= on]
    ended = [
        f"{'forbidden' if sure else 'disputed'} until {instant(end, row.programme.zone)}" for end, sure in past[-1:]
    ]
    return [*(row.conditions if on in licensed(row) else ()), *ended]


def _under(answer: Answer, rows: list[Row]) -> Html:
    """The programmes that decide; for what is permitted, those whose rules know the activity at all."""
    told = (
        rows
        if answer.answer != PERMITTED
        else [row for row in rows if any(rule.activity == answer.activity for rule in row.programme.rules)]
    )
    return (
        join([row.programme.short for row in told], ", ") if told else el("span", "no rule of these lists", class_="qq")
    )


def _zone(answer: Answer) -> str:
    when = answer.next_change[0] if answer.next_change is not None else None
    return next((row.programme.zone for row in answer.rows if when in row.prohibited.edges()), "UTC")
