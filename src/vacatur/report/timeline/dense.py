"""A dense stretch is not squeezed: an enlarged panel repeats the same lanes over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from vacatur.report.timeline.lanes import Lane, Timeline
from vacatur.report.timeline.scale import fit

LEAST = 4
"""Acts that must stand together for a stretch to be called dense."""
NEAR = 0.045
"""Acts closer than this share of the whole picture stand together."""
MOST = 0.35
"""A stretch longer than this share of the picture gains too little by being enlarged."""


def enlarged(picture: Timeline) -> Timeline | None:
    """The densest stretch as a picture of its own, with the lanes that have something in it; None when nothing is."""
    whole = picture.scale.end - picture.scale.start
    if whole < timedelta(days=3 * 365) or (found := _densest(picture, whole)) is None:
        return None
    scale = fit(found, picture.scale.where, margin=0.08)
    if scale.end - scale.start > whole * MOST:
        return None
    lanes = tuple(lane for lane in picture.lanes if _touches(lane, scale.start, scale.end))
    return replace(picture, scale=scale, lanes=lanes)


def _densest(picture: Timeline, whole: timedelta) -> list[datetime] | None:
    """The moments of the largest group of acts that stand together."""
    times = sorted(act.act.issued.earliest for lane in picture.lanes for act in lane.acts)
    groups: list[list[datetime]] = []
    for at in times:
        if groups and at - groups[-1][-1] <= whole * NEAR:
            groups[-1].append(at)
        else:
            groups.append([at])
    best = max(groups, key=len, default=[])
    return best if len(best) >= LEAST else None


def _touches(lane: Lane, start: datetime, end: datetime) -> bool:
    spans = [span for track in lane.tracks for span in track.spans]
    return any(span.start < end and start < span.end for span in spans) or any(
        start <= act.act.issued.earliest <= end for act in lane.acts
    )
