"""The timeline as markup: HTML rows with inline SVG, X in per cent and Y in pixels, complete without a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vacatur.model.act import Act
from vacatur.report.glyphs import tag
from vacatur.report.html import Html, el, join
from vacatur.report.timeline.axis import axis
from vacatur.report.timeline.bars import bar, hold, said
from vacatur.report.timeline.captions import lane_sentence, span_title, state_at
from vacatur.report.timeline.labels import Placed
from vacatur.report.timeline.lanes import Lane, Timeline
from vacatur.report.timeline.marks import draw_labels, draw_marks, draw_numbers, labels, rows
from vacatur.report.timeline.scale import Scale
from vacatur.report.timeline.wording import say

TOP, ROW, NARROW = 10, 19, 24
"""Space above the labels, height of a row of labels, space above the marks of a narrow lane; all in pixels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The heights of one lane: `head` is the room of the labels, `acts` the line of the marks."""

    head: int
    tracks: int
    foot: int
    least: int

    @property
    def acts(self) -> int:
        """Where the marks stand."""
        return self.head + 12

    def track(self, place: int) -> tuple[int, int]:
        """Top and height of a track's bar: 0 is the listing."""
        return (self.acts + 15, 8) if place == 0 else (self.acts + 37 + 25 * (place - 1), 16)

    @property
    def drawn(self) -> int:
        """Height of what is drawn."""
        last = self.acts + 8 if self.tracks == 0 else sum(self.track(self.tracks - 1))
        return last + self.foot + 12

    @property
    def height(self) -> int:
        """Height of the whole lane: no less than what is written beside it needs."""
        return max(self.drawn, self.least)


def draw(picture: Timeline, targets: Mapping[str, Act]) -> Html:
    """The whole picture. `targets` are the acts by id, to tell what an act ends."""
    lanes = [_lane(lane, picture, targets) for lane in picture.lanes]
    return el("div", axis(picture), el("ol", *lanes), class_="timeline")


def _lane(lane: Lane, picture: Timeline, targets: Mapping[str, Act]) -> Html:
    zone_name = lane.programme.zone if lane.programme is not None else "UTC"
    wanted = labels(lane.acts, picture.scale, zone_name)
    placed = rows(wanted, picture.scale.raw(picture.on))
    deep = {name: 1 + max((spot.row for spot in spots), default=-1) for name, spots in placed.items()}
    most = max(deep.values(), default=0)
    frame = Frame(TOP + ROW * most if most else 4, len(lane.tracks), 17 if lane.held else 0, _beside(lane))
    spare = {"w": ROW * (most - deep["wide"]), "r": ROW * (most - deep["roomy"]), "n": max(0, frame.acts - NARROW)}
    crops = ";".join(f"--c{name}:{space}px" for name, space in spare.items())
    crops += f";--extra:{frame.height - frame.drawn}px"
    svg = el("svg", *_ground(picture, frame), *_stretches(lane, picture.scale, frame), _cursor(picture, frame.height),
             *_acts(lane, picture, targets, frame, placed), class_="tl", height=frame.height, role="group",
             aria_label=lane_sentence(lane))  # fmt: skip
    return el("li", _head(lane, picture), el("div", *_caps(lane, frame), class_="caps crop", style=crops),
              el("div", svg, class_="plot crop", style=crops), class_="lane")  # fmt: skip


def _head(lane: Lane, picture: Timeline) -> Html:
    if lane.programme is None:
        return el("div", el("h3", "Consequences"), el("p", "kept beside the law, change nothing in it"),
                  class_="lane-h")  # fmt: skip
    state = tag(*state_at(lane, picture.on, picture.asked))
    return el("div", el("h3", lane.programme.short), el("p", _issuer(lane)), el("p", state, class_="now"),
              class_="lane-h")  # fmt: skip


def _issuer(lane: Lane) -> str:
    return lane.programme.issuer.partition(";")[0] if lane.programme is not None else "kept beside the law"


def _beside(lane: Lane) -> int:
    """About how high the name, issuer and state of a lane stand, in pixels."""
    lines = -(-len(_issuer(lane)) // 19) + (-(-len(lane.programme.short) // 17) if lane.programme is not None else 1)
    return 24 + 19 * lines + (50 if lane.programme is not None else 0)


def _caps(lane: Lane, frame: Frame) -> list[Html]:
    words = [("acts" if lane.programme is not None else "market", frame.acts - 7)]
    for place, track in enumerate(lane.tracks):
        top, height = frame.track(place)
        words.append((track.label, top + height // 2 - 7))
    return [el("span", label, style=f"top:{top}px") for label, top in words]


def _ground(picture: Timeline, frame: Frame) -> list[Html]:
    """Grid, the dotted ground of what came later, base lines, and today where it lies inside."""
    scale = picture.scale
    found = [el("line", x1=_pc(scale, tick.at), x2=_pc(scale, tick.at), y1=0, y2=frame.height, class_="grid")
             for tick in scale.ticks()]  # fmt: skip
    seen = scale.pct(picture.seen)
    if seen < 100:
        found.append(el("rect", x=f"{seen:.3f}%", width=f"{100 - seen:.3f}%", y=0, height=frame.height, class_="after"))
    for place in range(frame.tracks):
        top, height = frame.track(place)
        found.append(el("line", x1="0%", x2="100%", y1=top + height / 2, y2=top + height / 2, class_="base"))
    if scale.holds(picture.now):
        x = _pc(scale, picture.now)
        found.append(el("line", el("title", "today"), x1=x, x2=x, y1=0, y2=frame.height, class_="today"))
    return found


def _stretches(lane: Lane, scale: Scale, frame: Frame) -> list[Html]:
    zone_name = lane.programme.zone if lane.programme is not None else "UTC"
    found: list[Html] = []
    last = frame.track(frame.tracks - 1) if frame.tracks else (0, 0)
    for span in lane.held:
        top = frame.track(0)[0] - 4
        found.append(hold(span, scale, top, sum(last) + 4 - top, span_title(span, None, zone_name)))
    for place, track in enumerate(lane.tracks):
        top, height = frame.track(place)
        found += [hold(span, scale, top - 3, height + 6, span_title(span, track, zone_name))
                  if span.state == "suspended" else bar(span, scale, top, height, span_title(span, track, zone_name))
                  for span in track.spans]  # fmt: skip
        found += [said(words, top, height) for words in say(track.spans, scale, slim=place == 0)]
        if track.note:
            found.append(_note(track.note, lane, scale, top + height / 2 + 4))
    if lane.held:
        found.append(_held_words(lane, scale, sum(last) + 17))
    return found


def _note(words: str, lane: Lane, scale: Scale, y: float) -> Html:
    """A track that shows nothing says so: after the listing or its suspension, or where the listing begins."""
    spans = (*lane.tracks[0].spans, *lane.held)
    ends = [scale.pct(span.end) for span in spans]
    at = max(ends, default=0.0)
    if at > 80:
        at = min(scale.pct(span.start) for span in spans)
    return el("text", words, x=f"{at:.3f}%", dx=8 if at else 2, y=y, class_="sm note")


def _held_words(lane: Lane, scale: Scale, y: int) -> Html:
    """`suspended`, beneath the first post; right of it, or left where the edge is near."""
    first = min(lane.held, key=lambda span: span.start)
    share = scale.pct(first.start)
    return el("text", "suspended", x=f"{share:.3f}%", y=y, text_anchor="end" if share > 85 else None,
              class_="w-susp later" if first.later else "w-susp")  # fmt: skip


def _cursor(picture: Timeline, height: int) -> Html | None:
    """The moment asked about: a line under the words, which part it, and over everything else."""
    if not picture.scale.holds(picture.on):
        return None
    x = _pc(picture.scale, picture.on)
    return el("line", x1=x, x2=x, y1=0, y2=height, class_="cursor")


def _acts(lane: Lane, picture: Timeline, targets: Mapping[str, Act], frame: Frame,
          placed: dict[str, list[Placed]]) -> list[Html]:  # fmt: skip
    zone_name = lane.programme.zone if lane.programme is not None else "UTC"
    later = frozenset(act.number for act in lane.acts if act.later)
    words = [draw_labels(name, spots, later, frame.acts) for name, spots in placed.items()]
    numbers = draw_numbers(labels(lane.acts, picture.scale, zone_name), frame.acts)
    return [join(words), numbers, *draw_marks(lane.acts, targets, picture.scale, frame.acts, zone_name)]


def _pc(scale: Scale, instant: datetime) -> str:
    return f"{scale.pct(instant):.3f}%"
