"""The timeline's place on a page: heading and key, the picture, a dense stretch of it enlarged, and what to know."""

from __future__ import annotations

from vacatur.report.dates import local, short
from vacatur.report.dossier import Dossier
from vacatur.report.html import Html, el, join
from vacatur.report.timeline.dense import enlarged, thinned
from vacatur.report.timeline.draw import draw
from vacatur.report.timeline.lanes import Timeline
from vacatur.report.timeline.marks import SHAPES, effect
from vacatur.report.timeline.spans import State

KEY: dict[State, tuple[str, str]] = {
    State.LISTED: ("listed", '<rect y="4" width="30" height="6"/>'),
    State.INFERRED: ("listed, inferred from editions", '<line x1="2" y1="7" x2="30" y2="7"/>'),
    State.EXPECTED: ("expected to go on", '<line x1="0" y1="7" x2="30" y2="7"/>'),
    State.ANNULLED: ("listed, set aside from the start", '<rect x="1" y="3" width="28" height="8"/>'),
    State.RUN: ("days running", '<line x1="0" y1="7" x2="30" y2="7"/>'),
    State.PROHIBITED: ("prohibited", '<rect width="30" height="14"/>'),
    State.SCHEDULED: ("will be prohibited", '<rect x="1" y="1" width="28" height="12"/>'),
    State.WOULD: ("would have been prohibited", '<rect x="1" y="1" width="28" height="12"/>'),
    State.SUSPENDED: (
        "suspended",
        '<rect class="over" width="30" height="14"/><path class="post" d="M0 0V14M30 0V14"/>',
    ),
    State.LICENSED: ("permitted on a condition", '<rect x="1" y="1" width="28" height="12"/>'),
    State.DISPUTED: ("disputed", '<rect x="1" y="1" width="28" height="12"/>'),
    State.UNSEEN: ("end not seen", '<rect x="1" y="3" width="26" height="8"/>'),
}
"""The key of the picture: state → words and sample. Only what is drawn is explained."""
MARKS = {"opens": "opens", "closes": "ends", "annuls": "sets aside", "suspends": "suspends", "lifts": "lifts",
         "licenses": "licenses", "rule": "changes a rule", "edition": "edition", "none": "no effect",
         "consequence": "consequence"}  # fmt: skip


def timeline_section(dossier: Dossier) -> Html | None:
    """The picture of the party's law."""
    picture = dossier.timeline
    if picture is None:
        return None
    head = el("div", el("h2", "Timeline"), _key(picture), class_="head")
    closer = enlarged(picture)
    acts = dossier.corpus.acts
    detail = [el("h3", _title(closer), class_="zoom"), draw(closer, acts)] if closer is not None else []
    whole = picture if closer is None else thinned(picture, closer)
    return el("section", head, draw(whole, acts), *detail, _under(dossier, picture), id="timeline")


def small_picture(dossier: Dossier) -> Html | None:
    """The picture alone, with its key: for a page that shows many parties."""
    if dossier.timeline is None:
        return None
    return join([draw(dossier.timeline, dossier.corpus.acts), el("div", _key(dossier.timeline), class_="under")])


def _title(picture: Timeline) -> str:
    first, last = (local(at, picture.scale.where).date() for at in (picture.scale.start, picture.scale.end))
    return f"{short(first)[2:]} to {short(last)[2:]}, enlarged"


def _key(picture: Timeline) -> Html:
    spans = [span for lane in picture.lanes for track in lane.tracks for span in track.spans]
    drawn = {span.state for span in spans} | {span.state for lane in picture.lanes for span in lane.held}
    samples = [sample(el("g", Html(shape), class_=f"b {state.value}"), words)
               for state, (words, shape) in KEY.items() if state in drawn]  # fmt: skip
    return el("ul", *samples, class_="legend", aria_label="Key of the bars")


def _under(dossier: Dossier, picture: Timeline) -> Html:
    acts = {effect(one, dossier.corpus.acts.get(one.act.target)) for one in dossier.acts}
    marks = [sample(el("g", SHAPES[name], transform="translate(8 7)"), words, "tl mk")
             for name, words in MARKS.items() if name in acts]  # fmt: skip
    said = ["The upright line is the moment asked about."]
    if picture.seen < picture.scale.end and picture.seen < picture.now:
        said.append("On dotted ground, in grey: what came later than this view. It is not part of the answer.")
    elif picture.seen < picture.scale.end:
        said.append("On dotted ground: after today, as far as acts already in the ledger reach.")
    return el("div", el("p", " ".join(said)), el("ul", *marks, class_="legend", aria_label="Key of the acts"),
              class_="under")  # fmt: skip


def sample(shape: Html, words: str, kind: str = "tl") -> Html:
    """An entry of a key: a shape and the words for it."""
    return el("li", el("svg", shape, class_=kind, aria_hidden="true"), words)
