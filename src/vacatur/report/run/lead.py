"""The first screen of a screening's report: what was screened, when, by whom, against what, and what came out."""

from __future__ import annotations

from vacatur.report.furniture import PRIVATE, clocks, many
from vacatur.report.given import given, plain
from vacatur.report.html import Html, el, join
from vacatur.report.run.alert import written
from vacatur.report.run.findings import Findings
from vacatur.report.run.lists import lists_words


def name_line(findings: Findings) -> Html:
    """The heading, and that the page holds personal data."""
    run, terms = findings.results.run, findings.results.terms
    facts: list[Html | str] = [
        el("span", run.id, class_="id") if run is not None else "not recorded",
        f"{len(findings.results):,} subjects",
        f"threshold {findings.asked.threshold:g}",
        lists_words(findings.records),
    ]
    meta = el("p", *(el("span", fact) for fact in facts), class_="meta")
    return join([el("h1", "Screening of ", given(terms.source)), meta, el("p", PRIVATE, class_="note strong")])


def title(findings: Findings) -> str:
    """The page's title, without the view."""
    return f"Screening of {plain(findings.results.terms.source)}"


def lead_section(findings: Findings) -> Html:
    """The sentence, the figures, and the clocks beside them."""
    told = el("div", el("h2", "What came out", class_="vh"), el("p", _screened(findings), class_="ask"),
              el("p", _finding(findings), class_="why"), _figures(findings))  # fmt: skip
    return el("section", told, _clocks(findings), class_="answer")


def _screened(findings: Findings) -> Html:
    results, run = findings.results, findings.results.run
    who = again = None
    if run is not None:
        who = join([" by ", given(run.by), f" on {written(run.at)}"])
        again = join([", again after ", el("span", run.before, class_="id"), ","]) if run.before else None
    lists = el("a", lists_words(findings.records), href="#lists")
    return join([f"{many(len(results), 'subject')} of ", given(results.terms.source), " ",
                 "was" if len(results) == 1 else "were", " screened", who, again, " against ", lists, "."])  # fmt: skip


def _finding(findings: Findings) -> str:
    """What came out, in a sentence."""
    found = findings.with_hits
    if not found:
        said = "Nothing was found"
    else:
        alerts = many(len(findings.alerts), "alert")
        have = "has" if found == 1 else "have"
        barred = f"if true, something is forbidden with {findings.barred:,} of them"
        said = f"{many(found, 'subject')} {have} {alerts}; {barred}"
    muted = f"; {many(findings.muted_count, 'hit')} muted" if findings.muted_count else ""
    rejected = findings.results.rejected
    refused = f"; {many(rejected, 'row')} could not be screened" if rejected else ""
    return f"{said}{muted}{refused}."


def _figures(findings: Findings) -> Html:
    results = findings.results
    still = sum(alert.state in ("open", "escalated") for alert in findings.alerts)
    facts = [("Subjects", f"{len(results):,}", "#clean"), ("Alerts", f"{len(findings.alerts):,}", "#alerts"),
             ("Not decided", f"{still:,}", "#alerts"), ("Muted hits", f"{findings.muted_count:,}", "#muted"),
             ("Rejected rows", f"{results.rejected:,}", "#rejects")]  # fmt: skip
    present = {"#clean", "#alerts"} | ({"#muted"} if findings.muted_count else set[str]())
    present |= {"#rejects"} if results.rejected else set()
    return el("dl", *(el("div", el("dt", name), el("dd", el("a", said, href=to) if to in present else said))
                      for name, said, to in facts), class_="facts")  # fmt: skip


def _clocks(findings: Findings) -> Html:
    drawn = clocks(findings.asked.view, findings.asked.zone_name, "Three clocks")
    return el("aside", drawn, class_="clocks", id="clocks")
