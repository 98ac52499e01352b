"""Which lanes a party's timeline has, and what stands in them: pure data, drawn elsewhere.

A lane is a programme that lists the party, reaches it, or has acts on it. A last lane holds the consequences: markets
and indices moved, and nothing in law did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vacatur.model.moment import BEGINNING, FOREVER
from vacatur.model.programme import Programme
from vacatur.model.zones import zone
from vacatur.report.timeline.acts import Shown
from vacatur.report.timeline.law import Pair, Standing
from vacatur.report.timeline.scale import Scale, fit
from vacatur.report.timeline.spans import Cut, Span, State, forbidden, held, listed
from vacatur.report.vocabulary import actor_words, deed

FORESEEN = (State.RUN, State.SCHEDULED, State.EXPECTED)
"""What a view can say of the time after it."""
LEAD = timedelta(days=400)
"""How long before the first stretch the picture begins at most."""


@dataclass(frozen=True, slots=True)
class Track:
    """One line of a lane: the listing, or one activity of one actor. `note` is written where nothing is drawn."""

    label: str
    pair: Pair | None
    spans: tuple[Span, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One programme: its tracks, what suspends the whole listing, and its acts. `programme` is None for consequences;
    `law` is what the view holds.
    """

    programme: Programme | None
    law: Standing | None
    tracks: tuple[Track, ...]
    held: tuple[Span, ...]
    acts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All lanes on one scale, with the moment asked about, the end of the view's knowledge, and today."""

    lanes: tuple[Lane, ...]
    scale: Scale
    on: datetime
    seen: datetime
    now: datetime
    asked: Pair


def lanes(then: Sequence[Standing], today: Sequence[Standing], acts: Sequence[Shown],
          seen: datetime, now: datetime) -> list[Lane]:  # fmt: skip
    """A lane per programme, in order of first listing. `today` is drawn from `seen` on, where the view ends."""
    later = {law.programme.id: law for law in today} if seen < now else {}
    order = sorted(then, key=lambda law: _begins(law, later.get(law.programme.id), acts))
    homes = {law.programme.id for law in order}
    made = [_lane(law, later.get(law.programme.id), acts, homes, seen, now) for law in order]
    beside = tuple(act for act in acts if act.consequence)
    return [*made, Lane(None, None, (), (), beside)] if beside else made


def timeline(found: Sequence[Lane], on: datetime, seen: datetime, now: datetime, asked: Pair,
             zone_name: str) -> Timeline:  # fmt: skip
    """The lanes on the scale that shows every act, every known edge, and the moment asked about."""
    return Timeline(tuple(found), fit([on, *instants(found, now)], zone(zone_name)), on, seen, now, asked)


def instants(found: Iterable[Lane], now: datetime) -> list[datetime]:
    """The moments that a scale has to show: acts, edges of stretches, and today where something is still open.

    What a past view merely expected to go on for ever does not stretch the picture, and a statute that is far older
    than the first listing stands at its left edge.
    """
    spans = [span for lane in found for track in lane.tracks for span in track.spans if span.state is not State.RUN]
    begun = min((span.start for span in spans if span.start > BEGINNING), default=BEGINNING)
    points = [act.act.issued.earliest for lane in found for act in lane.acts]
    points = [max(at, begun - LEAD) if begun > BEGINNING else at for at in points]
    points += [edge for span in spans for edge in (span.start, span.end) if BEGINNING < edge < FOREVER]
    lasting = any(span.open for span in spans if span.later or not any(other.later for other in spans))
    return [*points, now] if lasting else points


def _lane(law: Standing, later: Standing | None, acts: Sequence[Shown], homes: set[str],
          seen: datetime, now: datetime) -> Lane:  # fmt: skip
    zone_name = law.programme.zone
    cuts = [(law, Cut(seen, now, False, zone_name))]
    if later is not None:
        cuts.append((later, Cut(seen, now, True, zone_name)))
    rows = _ordered(span for side, cut in cuts for span in listed(side, cut))
    tracks = [Track("listed", None, rows, "" if rows else "never listed itself" if law.ruled else "never listed")]
    several = {pair[0] for pair in law.ruled if sum(other[0] == pair[0] for other in law.ruled) > 1}
    for pair in law.ruled:
        spans = _ordered(span for side, cut in cuts for span in forbidden(side, side.ruled[pair], cut))
        label = deed(pair[0]).track if pair[0] not in several else actor_words(pair[1]).removeprefix("a ")
        tracks.append(Track(label, pair, spans, "" if spans else "never forbidden"))
    mine = tuple(act for act in acts if not act.consequence and _home(act, homes, law) == law.programme.id)
    return Lane(law.programme, law, tuple(tracks), _ordered(s for side, cut in cuts for s in held(side, cut)), mine)


def _ordered(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In the order of drawing; what came later and was foreseen just so is drawn once."""
    order, found = list(State), list(spans)
    foreseen = {(span.state, span.end) for span in found if span.state in FORESEEN and not span.later}
    kept = [span for span in found if not span.later or (span.state, span.end) not in foreseen]
    return tuple(sorted(kept, key=lambda span: (span.later, order.index(span.state), span.start)))


def _begins(law: Standing, later: Standing | None, acts: Sequence[Shown]) -> tuple[datetime, str]:
    """The first listing; for a programme that never listed the party, its first act."""
    firsts = [act.issued.earliest for side in (law, later) if side is not None for act in side.listings]
    firsts = firsts or [act.act.issued.earliest for act in acts if act.act.programme == law.programme.id]
    return min(firsts, default=FOREVER), law.programme.id


def _home(act: Shown, homes: set[str], law: Standing) -> str:
    """The lane of an act: its own programme's; for one of another book, the lane whose rules it made or ended."""
    if act.act.programme in homes:
        return act.act.programme
    ruled = [law.programme.id for rule in law.programme.rules if act.act.id in (rule.since, rule.until)]
    return ruled[0] if ruled else min(homes, default="")
