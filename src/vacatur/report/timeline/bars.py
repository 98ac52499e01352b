"""Stretches of time as bars: every state differs in form or texture, so the picture holds in grey and in print."""

from __future__ import annotations

from vacatur.report.html import Html, el, join
from vacatur.report.timeline.labels import text_width
from vacatur.report.timeline.scale import Scale
from vacatur.report.timeline.spans import Span, State
from vacatur.report.timeline.wording import Said

STUB = 26


def bar(span: Span, scale: Scale, y: float, height: float, title: str) -> Html:
    """One stretch with its name, and an arrow where no end is known."""
    left, right = scale.pct(span.start), scale.pct(span.end)
    if right <= 0 or left >= 100:
        return Html("")
    name = f"b {span.state.value}" + (" later" if span.later else "")
    shape = _shape(span, left, right, y, height)
    arrow = _arrow(span, y, height) if span.open else None
    return el("g", el("title", title), shape, arrow, class_=name)


def hold(span: Span, scale: Scale, y: float, height: float, title: str) -> Html:
    """A suspension laid over what it suspends, with a post at each end that is real."""
    left, right = scale.pct(span.start), scale.pct(span.end)
    posts = [el("line", x1=_pc(x), x2=_pc(x), y1=y, y2=y + height, class_="post")
             for x, real in ((left, span.head), (right, span.tail and not span.open)) if real]  # fmt: skip
    ground = el("rect", x=_pc(left), width=_pc(right - left), y=y, height=height, class_="over")
    return el("g", el("title", title), ground, *posts, class_="b suspended" + (" later" if span.later else ""))


def _shape(span: Span, left: float, right: float, y: float, height: float) -> Html:
    middle = y + height / 2
    if span.state in (State.RUN, State.EXPECTED, State.INFERRED):
        dots = el("line", x1=_pc(left), x2=_pc(right), y1=middle, y2=middle)
        return dots if span.state is not State.RUN else join([dots, _foot(right, y, height)])
    if span.state is State.UNSEEN or (span.state is State.DISPUTED and right - left < 2):
        return _short(span, left, right, y, height)
    inset = 0.75 if span.state in (State.WOULD, State.SCHEDULED, State.LICENSED, State.ANNULLED) else 0
    slim = height * 0.28 if span.later and height > 10 and span.state is State.PROHIBITED else 0
    return el("rect", x=_pc(left), width=_pc(right - left), y=y + inset + slim, height=height - 2 * (inset + slim))


def _short(span: Span, left: float, right: float, y: float, height: float) -> Html:
    """A doubt too short to be seen is widened around its middle; an end not seen is a stub, never a clean edge."""
    least = STUB if span.state is State.UNSEEN else 6
    true = el("rect", x=_pc(left), width=_pc(right - left), y=y, height=height)
    at = left if span.state is State.UNSEEN else (left + right) / 2
    off = 0 if span.state is State.UNSEEN else -least / 2
    return join([el("svg", el("rect", x=off, y=0, width=least, height=height), x=_pc(at), y=y, **_POINT), true])


def _foot(right: float, y: float, height: float) -> Html | None:
    return el("line", x1=_pc(right), x2=_pc(right), y1=y + 3, y2=y + height - 3, class_="foot") if right < 100 else None


def _arrow(span: Span, y: float, height: float) -> Html:
    if span.state in (State.EXPECTED, State.INFERRED):
        return el("svg", el("path", d=f"M1 {height / 2 - 3.5}L6.5 {height / 2}L1 {height / 2 + 3.5}"),
                  x="100%", y=y, class_="tip", **_POINT)  # fmt: skip
    return el("svg", el("path", d=f"M0 0 7 {height / 2} 0 {height}"), x="100%", y=y, class_="tip", **_POINT)


def said(words: Said, y: float, height: float) -> Html:
    """The words of a stretch where `wording` found room for them."""
    width = text_width(words.words) + 8
    kind = f"words w-{words.state.value}{'' if words.anchor == 'middle' else ' out'}{' later' if words.later else ''}"
    start = {"middle": -width / 2, "start": -3.0, "end": 3.0 - width}[words.anchor]
    ground = el("rect", x=start, y=0, width=width, height=height, class_="under") if words.ground else None
    text = el("text", words.words, y=height / 2 + 4.2, text_anchor=words.anchor)
    return el("svg", ground, text, x=_pc(words.at), y=y, class_=f"{kind} {words.size}".rstrip(),
              **_POINT)  # fmt: skip


def _pc(value: float) -> str:
    return f"{value:.3f}%"


_POINT: dict[str, str | int] = {"width": 1, "height": 1, "overflow": "visible"}
