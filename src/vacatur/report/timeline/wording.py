"""Where the words of a stretch go: inside it, else beside it where the track is free, else nowhere but in its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vacatur.report.timeline.labels import text_width
from vacatur.report.timeline.scale import Scale
from vacatur.report.timeline.spans import Span, State

SIZES = (("", 296.0), ("wide", 602.0), ("roomy", 822.0))
"""Classes of words, each with the narrowest plot, in pixels, in which it is shown."""
STUB = 26
"""The length of an end that is not established, in pixels."""

_BESIDE = (State.DISPUTED, State.UNSEEN, State.SCHEDULED, State.PROHIBITED, State.LICENSED, State.ANNULLED)
_GROUND = (State.RUN, State.DISPUTED, State.LICENSED)


@dataclass(frozen=True, slots=True)
class Said:
    """Words at a place (per cent) on a track; `size` is the class of plots that have room for them."""

    state: State
    words: str
    at: float
    anchor: str
    size: str
    ground: bool
    later: bool


def say(spans: Sequence[Span], scale: Scale, *, slim: bool = False) -> list[Said]:
    """The words of a track, each shown from the first width at which it fits; what came later says nothing.

    The bars of a `slim` track are too low for words: they stand beside them.
    """
    found: list[Said] = []
    for span in sorted(spans, key=lambda span: span.state in (State.RUN, State.SUSPENDED)):
        if not span.words or (span.later and span.state is not State.WOULD) or not _visible(span, scale):
            continue
        for size, plot in SIZES:
            if (said := _said(span, spans, scale, (size, plot), slim)) is not None and _free(said, found, plot):
                found.append(said)
                break
    return found


def _said(span: Span, spans: Sequence[Span], scale: Scale, sized: tuple[str, float], slim: bool) -> Said | None:
    size, plot = sized
    left, right = scale.pct(span.start), scale.pct(span.end)
    if span.state is State.RUN:
        right = min([right, *(scale.pct(o.start) for o in spans if o.state is not State.RUN and o.end > span.start)])
    share = (text_width(span.words) + 12) / plot * 100
    if right - left >= share and (not slim or span.state is State.DISPUTED):
        return Said(span.state, span.words, (left + right) / 2, "middle", size, span.state in _GROUND, span.later)
    if span.state not in _BESIDE:
        return None
    right += (STUB + 6 if span.state is State.UNSEEN else 6) / plot * 100
    after = min((scale.pct(o.start) for o in spans if o is not span and o.end > span.end), default=100.0)
    if max(after, right) - right >= share and after > right:
        return Said(span.state, span.words, right, "start", size, False, span.later)
    ends = [scale.pct(o.end) for o in spans if o.start < span.start and o.state is not State.RUN]
    if left - max(ends, default=0.0) >= share + 600 / plot:
        return Said(span.state, span.words, left - 600 / plot, "end", size, True, span.later)
    return None


def _free(said: Said, found: Sequence[Said], plot: float) -> bool:
    mine = _cover(said, plot)
    return all(mine[1] <= first or last <= mine[0] for first, last in (_cover(other, plot) for other in found))


def _cover(said: Said, plot: float) -> tuple[float, float]:
    width, at = text_width(said.words) + 10, said.at / 100 * plot
    start = {"middle": at - width / 2, "start": at, "end": at - width}[said.anchor]
    return start, start + width


def _visible(span: Span, scale: Scale) -> bool:
    return scale.raw(span.end) > 0 and scale.raw(span.start) < 1
