"""Acts as marks: the shape says what an act does, the number leads to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vacatur.model.act import Act
from vacatur.model.kinds import Layer, Op
from vacatur.model.zones import zone
from vacatur.report.dates import local, moment, short
from vacatur.report.html import Html, el
from vacatur.report.timeline.acts import Shown, opens_listing, weight
from vacatur.report.timeline.labels import Label, Placed, aside, place, shared
from vacatur.report.timeline.scale import Scale
from vacatur.report.timeline.wording import SIZES
from vacatur.report.vocabulary import capital, effect_words, verb

SHAPES: dict[str, Html] = {
    "opens": el("path", d="M-5-5H5V5H-5Z", class_="m"),
    "closes": el("path", d="M-4.5-4.5H4.5V4.5H-4.5Z", class_="m hollow"),
    "annuls": el("path", d="M-5-5H5V5H-5ZM-5 5 5-5", class_="m hollow"),
    "suspends": el("circle", r=5.5, class_="m eff"),
    "lifts": el("circle", r=5, class_="m eff hollow"),
    "licenses": el("path", d="M0-6 6 0 0 6-6 0Z", class_="m app"),
    "rule": el("circle", r=4.5, class_="m rule"),
    "edition": el("path", d="M-2-6V6M2-6V6", class_="m none"),
    "none": el("path", d="M0-6V6", class_="m none"),
    "consequence": el("circle", r=2.8, class_="m dot"),
}
"""Effect → mark, drawn around its own origin."""


def effect(act: Shown, target: Act | None) -> str:
    """Which mark an act carries: what it does, and, for an end, whether it ends a listing or lifts a suspension."""
    if act.consequence or act.act.kind == "display":
        return "consequence" if act.consequence else "edition"
    op, efficacy = act.act.what.op, act.act.what.layer is Layer.EFFICACY
    if op in (Op.CLOSE, Op.ANNUL) and target is not None and target.what.op is Op.SUSPEND:
        return "lifts" if target.what.layer is Layer.EFFICACY else "rule"
    if op is Op.SETTLE:
        return "rule" if act.act.settles is not None else "none"
    return {Op.CLOSE: "closes", Op.ANNUL: "annuls", Op.SUSPEND: "suspends" if efficacy else "licenses",
            Op.OPEN: "opens" if opens_listing(act.act) else "rule"}.get(op, "none")  # fmt: skip


def label_words(act: Act, zone_name: str) -> str:
    """A few words for a label: `Enjoined 12 Mar`, or the title of what touches a whole regime, cut at a word."""
    whole = act.what.op in (Op.CLOSE, Op.ANNUL, Op.SUSPEND) or act.kind == "extend" or opens_listing(act)
    if act.party is not None and whole:
        return f"{capital(verb(act.kind))} {short(local(act.issued.earliest, zone(zone_name)).date(), year=False)}"
    return clipped(act.title or capital(verb(act.kind)), 30)


def clipped(words: str, most: int) -> str:
    """Words cut at a space, with an ellipsis, when there are more than `most` letters."""
    if len(words) <= most:
        return words
    return words[:most].rpartition(" ")[0].rstrip(",;:") + "…" if " " in words[:most] else words[: most - 1] + "…"


def labels(acts: Sequence[Shown], scale: Scale, zone_name: str) -> list[Label]:
    """What the acts of a lane would like to have written at them."""
    return [Label(where(act, scale), (act.number,), _dated(act.act, scale, zone_name), weight(act.act))
            for act in acts]  # fmt: skip


def where(act: Shown, scale: Scale) -> float:
    """Where an act stands, as a share of the width; one older than the picture stands at its edge."""
    return min(1.0, max(0.0, scale.raw(act.act.issued.earliest)))


def _dated(act: Act, scale: Scale, zone_name: str) -> str:
    words = label_words(act, zone_name)
    return words if scale.holds(act.issued.earliest) else f"{act.issued.text[:4]}: {words}"


def rows(wanted: Sequence[Label], cursor: float) -> dict[str, list[Placed]]:
    """The placed labels for each class of widths that shows words."""
    return {name: place(wanted, plot, cursor if 0 <= cursor <= 1 else None) for name, plot in SIZES if name}


def draw_marks(acts: Sequence[Shown], targets: Mapping[str, Act], scale: Scale, y: float, zone_name: str) -> list[Html]:
    """The marks on the line of acts, each a link to its act; near neighbours step aside, for wide and narrow plots."""
    ordered = sorted(acts, key=lambda act: act.act.issued.earliest)
    xs = [where(act, scale) for act in ordered]
    steps = {name: aside(xs, plot) for name, plot in SIZES}
    return [_mark(act, targets.get(act.act.target), x, y, zone_name,
                  f"--n:{steps[''][n]:.1f}px;--w:{steps['wide'][n]:.1f}px;--r:{steps['roomy'][n]:.1f}px")
            for n, (act, x) in enumerate(zip(ordered, xs, strict=True))]  # fmt: skip


def _mark(act: Shown, target: Act | None, x: float, y: float, zone_name: str, steps: str) -> Html:
    day = moment(act.act.issued, zone_name)
    name = f"{act.number}: {act.act.title or capital(verb(act.act.kind))}, {day}; {effect_words(act.act.kind)}"
    shape = el("g", el("circle", r=12, class_="hit"), SHAPES[effect(act, target)], class_="step", style=steps)
    spot = el("svg", el("title", name), shape, x=f"{x * 100:.3f}%", y=y, width=1, height=1, overflow="visible")
    return el("a", spot, href=f"#{act.anchor}", aria_label=f"Act {name}", class_="later" if act.later else None)


def draw_labels(name: str, placed: Sequence[Placed], later: frozenset[str], y: float) -> Html:
    """Words on their poles, for one class of widths; the lowest row stands nearest to the marks."""
    parts: list[Html] = []
    for spot in placed:
        up = 18 + 19 * spot.row
        pole = el("path", d=f"M0 {-up - 9}V-7", class_="pole")
        words = el("text", el("tspan", spot.label.number, class_="nm"), f" {spot.label.words}".rstrip(),
                   x=-6 if spot.left else 6, y=-up, text_anchor="end" if spot.left else None)  # fmt: skip
        grey = "later" if later.issuperset(spot.label.numbers) else None
        parts.append(el("svg", pole, words, x=f"{spot.label.x * 100:.3f}%", y=y, width=1, height=1,
                        overflow="visible", class_=grey))  # fmt: skip
    return el("g", *parts, class_=name, aria_hidden="true")


def draw_numbers(wanted: Sequence[Label], y: float) -> Html:
    """Numbers alone, for narrow lanes."""
    plot = SIZES[0][1]
    return el("g", *(el("text", words, x=f"{x * 100:.3f}%", y=y - 11, text_anchor="middle", class_="nm")
              for x, words in shared(wanted, plot)), class_="narrow", aria_hidden="true")  # fmt: skip
