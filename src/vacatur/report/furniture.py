"""What the reports on subjects have in common: headings, plain tables, the clocks beside the first sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vacatur.model.view import View
from vacatur.report.dates import instant, place
from vacatur.report.html import Html, el, join
from vacatur.report.words import view_sentence

PRIVATE = (
    "This page holds personal data of the subjects that were screened. Keep it, and pass it on, only as the law on "
    "personal data and your own rules allow."
)


def head(words: str, beside: str) -> Html:
    """A section's heading."""
    return el("div", el("h2", words), el("span", beside, class_="s q"), class_="head")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Html | str]]) -> Html:
    """A table whose rows fold on a phone; the first cell of a row names it."""
    body = [el("tr", el("th", row[0], scope="row"), *(el("td", el("span", cell), data_l=name)
                                                      for name, cell in zip(heads[1:], row[1:], strict=True)))
            for row in rows]  # fmt: skip
    return el("table", el("caption", caption, class_="vh"),
              el("thead", el("tr", *(el("th", name, scope="col") for name in heads))), el("tbody", *body),
              class_="stack")  # fmt: skip


def clocks(view: View, zone_name: str, title: str, *beside: Html | None) -> Html:
    """The three clocks of a view."""
    rows = [("Conduct on", view.on), ("Law as it stood at", view.law_at), ("As known at", view.known_at)]
    drawn = el("dl", *(join([el("dt", words), el("dd", instant(at, zone_name))]) for words, at in rows),
               class_="clock-rows")  # fmt: skip
    sentence = f"{view_sentence(view, zone_name)} A bare date is the end of that day in {place(zone_name)}."
    return el("div", el("h2", title), drawn, el("p", sentence, class_="restate"), *beside)


def many(count: int, what: str) -> str:
    """`1 subject`, `1,204 subjects`."""
    return f"{count:,} {what}" + ("" if count == 1 else "s")
