"""A dense stretch is not squeezed: an enlarged panel repeats the same lanes over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from vacatur.model.moment import BEGINNING, FOREVER
from vacatur.report.timeline.acts import Shown, weight
from vacatur.report.timeline.lanes import Lane, Timeline
from vacatur.report.timeline.scale import fit

LEAST = 4
"""Acts that must stand together for a stretch to be called dense."""
NEAR = 0.07
"""Acts closer than this share of the whole picture stand together."""
SHORT = timedelta(days=500)
"""A whole picture shorter than this is not enlarged."""
MOST = 0.5
"""A stretch longer than this share of the picture gains too little by being enlarged."""


def enlarged(picture: Timeline) -> Timeline | None:
    """The densest stretch as a picture of its own, with the lanes that have something in it; None when nothing is."""
    whole = picture.scale.end - picture.scale.start
    if whole < SHORT or (found := _densest(picture, whole)) is None:
        return None
    scale = fit([*found, *_edges_near(picture, found[0], found[-1], whole * NEAR)], picture.scale.where, margin=0.06)
    if scale.end - scale.start > whole * MOST:
        return None
    lanes = [replace(lane, acts=tuple(act for act in lane.acts if scale.holds(act.act.issued.earliest)))
             for lane in picture.lanes if _touches(lane, scale.start, scale.end)]  # fmt: skip
    return replace(picture, scale=scale, lanes=tuple(lanes))


def thinned(picture: Timeline, closer: Timeline) -> Timeline:
    """The whole picture without the lesser acts of the stretch that is enlarged: there they have room."""

    def stays(act: Shown) -> bool:
        return not closer.scale.holds(act.act.issued.earliest) or weight(act.act) > 2

    lanes = [replace(lane, acts=tuple(act for act in lane.acts if stays(act))) for lane in picture.lanes]
    return replace(picture, lanes=tuple(lane for lane in lanes if lane.acts or lane.programme is not None))


def _densest(picture: Timeline, whole: timedelta) -> list[datetime] | None:
    """The moments of the largest group of acts that stand together."""
    acts = [act.act.issued.earliest for lane in picture.lanes for act in lane.acts]
    times = sorted(at for at in acts if picture.scale.holds(at))
    groups: list[list[datetime]] = []
    for at in times:
        if groups and at - groups[-1][-1] <= whole * NEAR:
            groups[-1].append(at)
        else:
            groups.append([at])
    best = max(groups, key=len, default=[])
    return best if len(best) >= LEAST else None


def _edges_near(picture: Timeline, first: datetime, last: datetime, near: timedelta) -> list[datetime]:
    """Where stretches begin or end close by: a ban that starts soon after the acts belongs to them."""
    spans = [span for lane in picture.lanes for track in lane.tracks for span in track.spans]
    edges = [edge for span in spans for edge in (span.start, span.end) if BEGINNING < edge < FOREVER]
    return [edge for edge in edges if first - near < edge < last + near and edge != picture.seen]


def _touches(lane: Lane, start: datetime, end: datetime) -> bool:
    spans = [span for track in lane.tracks for span in track.spans]
    return any(span.start < end and start < span.end for span in spans) or any(
        start <= act.act.issued.earliest <= end for act in lane.acts
    )
