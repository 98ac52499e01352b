"""Against what was screened: the programmes with how far each is followed, and the editions of lists in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from vacatur.ledger.see import Records
from vacatur.model.edition import Edition
from vacatur.model.view import View
from vacatur.report.dates import short
from vacatur.report.furniture import head, table
from vacatur.report.html import Html, el, join


def lists_section(records: Records, view: View, late: Mapping[str, str]) -> Html:
    """Every programme consulted and every edition held, as the view's basis had them."""
    programmes = sorted(records.corpus.programmes.values(), key=lambda one: one.short)
    heading = head("Against what was screened", lists_words(records))
    items = [el("li", el("b", one.short), " ", el("span", one.title, class_="q"),
                el("small", f"{one.coverage} coverage, followed from {one.followed_from} to {one.followed_until}",
                   "; the day asked about is later" if one.id in late else None))
             for one in programmes]  # fmt: skip
    return el("section", heading, el("ul", *items, class_="lists"), _editions(records.editions, view), id="lists")


def lists_words(records: Records) -> str:
    """`12 programmes, 17,034 parties`."""
    corpus = records.corpus
    many = len(corpus.programmes)
    return f"{many:,} programme{'' if many == 1 else 's'}, {len(corpus.parties):,} parties"


def _editions(editions: tuple[Edition, ...], view: View) -> Html | None:
    """Of each source the newest edition that the view can know of, and how many are held."""
    if not editions:
        return None
    day = min(view.on, view.known_at).date().isoformat()
    rows: list[list[Html | str]] = []
    for source, group in groupby(sorted(editions, key=lambda one: (one.source, one.published)), lambda one: one.source):
        held = list(group)
        newest = next((one for one in reversed(held) if one.published <= day), None)
        said: list[Html | str] = ["none so early", "–", "–"]
        if newest is not None:
            first = el("span", newest.files[0].sha256 if newest.files else "", class_="id")
            said = [_day(newest.published), f"{newest.entries:,}", first]
        rows.append([source, *said, f"{len(held):,}"])
    heads = ("Source", "Newest edition then", "Entries", "Its first file (SHA-256)", "Editions held")
    return join([el("h3", "Editions", class_="group"), table("Editions", heads, rows)])


def _day(text: str) -> str:
    try:
        return short(date.fromisoformat(text))
    except ValueError:
        return text
