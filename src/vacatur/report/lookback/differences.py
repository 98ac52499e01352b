"""Differences one by one: the subject and the party, both records side by side, and the acts that differ."""

from __future__ import annotations

from vacatur.report.dates import moment
from vacatur.report.furniture import head, table
from vacatur.report.given import given, subject_name, values
from vacatur.report.glyphs import tag
from vacatur.report.html import Html, el, join
from vacatur.report.lookback.changes import CAUSES, Changes
from vacatur.report.run.score import score_words
from vacatur.report.vocabulary import GLYPHS, VERDICTS, capital, deed, verb
from vacatur.screen.difference import ActBetween, Difference, Side, by_cause
from vacatur.screen.part import SCREENED

_HEADS = ("Subject", "Party", "What is different", "Cause", "Acts")
_MOST_ACTS = 20


def differences_section(changes: Changes) -> Html:
    """Every difference, by cause: the first in full, more in a table, and how many have no row there either."""
    heading = head("Differences", f"{len(changes.found):,}, by cause")
    if not changes.found:
        said = "Both screenings found the same of every subject, with the same answers for the same reasons."
        return el("section", heading, el("p", said), id="differences")
    counts = by_cause(changes.found)
    parts: list[Html | None] = []
    last = ""
    for number, one in enumerate(changes.full, 1):
        if one.cause != last:
            parts.append(el("h3", capital(one.cause), " ", el("span", f"{counts[one.cause]:,}", class_="qq"),
                            el("small", f" {CAUSES[one.cause]}", class_="q"), class_="group"))  # fmt: skip
            last = one.cause
        parts.append(_difference(changes, one, number))
    return el("section", heading, *parts, _rest(changes), id="differences")


def _difference(changes: Changes, one: Difference, number: int) -> Html:
    facts = [el("span", f"row {one.row:,}"), *(el("span", "key ", given(key)) for key in values(one.query, "key")),
             el("span", one.party, class_="id"), el("span", one.cause)]  # fmt: skip
    name = el("h4", given(subject_name(one.query)), " and ", given(one.name or one.party))
    acts = [_act(changes, act) for act in one.acts[:_MOST_ACTS]]
    more = el("li", f"and {len(one.acts) - _MOST_ACTS:,} more acts") if len(one.acts) > _MOST_ACTS else None
    because = el("div", el("h5", "Because"), el("ul", *acts, more, class_="told"), class_="stake") if acts else None
    what = el("p", one.what, class_="what")
    return el("article", el("p", *facts, class_="meta s"), name, what, because, _sides(changes, one),
              id=f"difference-{number}", class_="alert")  # fmt: skip


def _act(changes: Changes, between: ActBetween) -> Html:
    """An act that only one view sees, or that turned the answer: what it is, when it was issued and could be known."""
    act, shown = changes.act(between.act), changes.acts.get(between.act)
    number = el("a", shown.number, class_="n", href=f"#{shown.anchor}") if shown is not None else el("span", "–")
    title = act.title if act is not None and act.title else capital(verb(between.kind))
    zone_name = changes.zone_of(act) if act is not None else "UTC"
    days = "" if act is None else (
        f"issued {moment(act.issued, zone_name, brief=True)}, public {moment(act.published, zone_name, brief=True)}: "
    )  # fmt: skip
    told = el("small", f"{days}{between.cause} · ", el("span", between.act, class_="id"), class_="q")
    return el("li", number, el("span", title, told))


def _sides(changes: Changes, one: Difference) -> Html:
    """Both records beside each other, field by field."""
    was, now = one.before, one.after
    rows = [_row("Score", _score(was), _score(now), same=was.score == now.score)]
    rows += [_row(capital(deed(activity).bare), _answer(was, activity), _answer(now, activity),
                  same=was.answers.get(activity) == now.answers.get(activity)) for activity in SCREENED]  # fmt: skip
    if was.muted or now.muted:
        rows.append(_row("Muted", _muted(was), _muted(now), same=was.muted == now.muted))
    rows.append(_row("Resting on", _resting(changes, was), _resting(changes, now), same=was.because == now.because))
    top = el("tr", el("td"), *(el("th", name, scope="col") for name in ("Before", "After", "Reading")))
    return el("table", el("caption", "Both records side by side", class_="vh"), el("thead", top), el("tbody", *rows),
              class_="cmp")  # fmt: skip


def _row(name: str, was: Html | str, now: Html | str, *, same: bool) -> Html:
    sign = el("span", "=" if same else "≠", class_="mk" if same else "mk no", aria_hidden="true")
    reading = el("span", sign, " same" if same else " differs")
    return el("tr", el("th", name, scope="row"), *(
        el("td", el("span", cell), data_l=to) for to, cell in
        zip(("Before", "After", "Reading"), (was, now, reading), strict=True)))  # fmt: skip


def _score(side: Side) -> str:
    return "no hit" if side.score is None else score_words(side.score)


def _answer(side: Side, activity: str) -> Html | str:
    said = side.answers.get(activity)
    return tag(GLYPHS[said], VERDICTS[said]) if said is not None else "–"


def _muted(side: Side) -> str:
    return "muted" if side.muted else "no"


def _resting(changes: Changes, side: Side) -> Html | str:
    """The acts that carry the answers of one side."""
    named = [act.title if (act := changes.act(name)) is not None and act.title else name for name in side.because]
    shown = [el("li", words) for words in named[:_MOST_ACTS]]
    more = [el("li", f"and {len(named) - _MOST_ACTS:,} more")] if len(named) > _MOST_ACTS else []
    return el("ul", *shown, *more) if shown else "–"


def _rest(changes: Changes) -> Html | None:
    """The differences that are not shown in full."""
    first, most = changes.limits.full, changes.limits.rows
    others = changes.ordered[first : first + most]
    if not others:
        return None
    rows = [[given(subject_name(one.query)), given(one.name or one.party), one.what, one.cause,
             el("span", " ".join(act.act for act in one.acts[:3]), class_="id")] for one in others]  # fmt: skip
    left = len(changes.found) - first - len(others)
    more = el("p", el("b", f"{left:,} more differences are not on this page. "), "All of them: the same command with ",
              el("code", "--format csv", class_="id"), ".", class_="note strong") if left else None  # fmt: skip
    return join(
        [el("h3", "Further differences, in brief", class_="group"), table("Further differences", _HEADS, rows), more]
    )
