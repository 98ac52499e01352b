"""The shell of a page: its head with the rules for the browser, the bar on top with the view, and the foot.

A page is one file that asks for nothing: no script, no font, no picture from anywhere, and a policy that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib import resources

from vacatur.model.view import View
from vacatur.model.zones import tzdata_version, zone
from vacatur.report.dates import local, short
from vacatur.report.glyphs import DEFS
from vacatur.report.html import Html, el, join

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_BRAND = Html(
    '<svg viewBox="0 0 26 12" aria-hidden="true"><path d="M0 2H11V10H0Z" fill="currentColor"/>'
    '<path class="dash" d="M15 2.75h10.25v6.5H15"/><path class="bar" d="M13 0v12"/></svg>'
)


@cache
def _style() -> Html:
    return Html(resources.files("vacatur.report").joinpath("style.css").read_text("utf-8"))


def document(title: str, plate: Html, sections: Sequence[Html | None], foot: Html) -> str:
    """A whole HTML document."""
    head = el("head", el("meta", charset="utf-8"),
              el("meta", http_equiv="Content-Security-Policy", content=POLICY),
              el("meta", name="viewport", content="width=device-width, initial-scale=1"),
              el("meta", name="referrer", content="no-referrer"), el("meta", name="color-scheme", content="light dark"),
              el("title", title), el("style", _style()))  # fmt: skip
    top = el("header", el("div", el("span", _BRAND, "vacatur", class_="brand"), plate), class_="top")
    body = el("body", DEFS, el("a", "Skip to the answer", class_="skip", href="#main"), top,
              el("main", join(sections), id="main"), foot)  # fmt: skip
    return "<!doctype html>\n" + el("html", head, body, lang="en") + "\n"


def view_words(view: View, now: datetime, zone_name: str) -> tuple[str, str, bool]:
    """The view as the plate says it: `As of 20 Mar 2021`, `as then known`, and whether it is today's."""
    on, law, known, today = (
        local(clock, zone(zone_name)).date() for clock in (view.on, view.law_at, view.known_at, now)
    )
    if on == law == known:
        here = on == today
        return ("Today, " if here else "As of ") + short(on), "as known now" if here else "as then known", here
    return f"On {short(on)}", "with hindsight" if law == known == today else "clocks set apart", False


def as_of_plate(view: View, now: datetime, zone_name: str) -> Html:
    """The as-of plate: outlined for today, inverted for any other view, in sight at every scroll position."""
    when, how, current = view_words(view, now, zone_name)
    return el("a", el("b", when), el("span", how), class_="plate" if current else "plate past", href="#clocks",
              aria_label=f"The view of this page: {when}, {how}")  # fmt: skip


def footer(view: View, snapshot: str, basis: int, zone_name: str) -> Html:
    """The same view once more, exactly, with what it was computed from."""
    return foot(view_facts(view, snapshot, basis, zone_name))


Fact = tuple[str, Html]
"""What the foot of a page says of something: its name and its value."""


def view_facts(view: View, snapshot: str, basis: int, zone_name: str) -> list[Fact]:
    """A view exactly, and what was computed from it."""
    clocks = (local(clock, zone(zone_name)).isoformat() for clock in (view.on, view.law_at, view.known_at))
    told = [el("span", f"{name} ", el("span", clock, class_="id"))
            for name, clock in zip(("on", "law at", "known at"), clocks, strict=True)]  # fmt: skip
    ledger = ["entry ", el("span", f"{basis:,}", class_="id"), " of the ledger; tz data ",
              el("span", tzdata_version(), class_="id"), f"; days of {zone_name}"]  # fmt: skip
    return [("View", join(told, ", ")), ("Snapshot", el("span", snapshot, class_="id")), ("Basis", join(ledger))]


def foot(facts: Sequence[Fact]) -> Html:
    """The foot of a page."""
    listed = el("dl", *(join([el("dt", name), el("dd", value)]) for name, value in facts))
    return el("footer", el("div", listed, el("p", "The record of the law and its evidence. Not legal advice.")),
              class_="foot")  # fmt: skip
