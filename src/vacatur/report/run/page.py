"""The page of a screening: what came out in words, at a glance, alert by alert, and what was searched without a find.

It is one file that can be printed and kept: it needs no script, loads nothing, and is bounded however large the
screening was. What is left out is counted, and said where it is.
"""

from __future__ import annotations

from vacatur.report.html import Html, el, join
from vacatur.report.page import Fact, as_of_plate, document, foot, view_facts, view_words
from vacatur.report.run.alert import alerts_section
from vacatur.report.run.findings import Findings
from vacatur.report.run.law import drawn, law_section
from vacatur.report.run.lead import lead_section, name_line, title
from vacatur.report.run.lists import lists_section
from vacatur.report.run.overview import overview_section
from vacatur.report.run.rest import clean_section, muted_section, rejects_section
from vacatur.screen.results import Results


def run_page(findings: Findings) -> str:
    """The whole HTML document."""
    view, zone_name, terms = findings.asked.view, findings.asked.zone_name, findings.results.terms
    law = drawn(findings, findings.alerts[: findings.limits.full])
    sections = [name_line(findings), lead_section(findings), overview_section(findings), alerts_section(findings, law),
                law_section(findings, law), muted_section(findings), clean_section(findings), rejects_section(findings),
                lists_section(findings.records, view, findings.late)]  # fmt: skip
    when, how, _ = view_words(view, findings.now, zone_name)
    facts = [*view_facts(view, terms.snapshot, terms.basis, zone_name), *run_facts(findings.results)]
    return document(f"{title(findings)}, {when}, {how} · vacatur", as_of_plate(view, findings.now, zone_name), sections,
                    foot(facts))  # fmt: skip


def run_facts(results: Results) -> list[Fact]:
    """What the foot says of a screening: by which matcher, of which bytes, and how it is done again and proved."""
    run, terms = results.run, results.terms
    facts = [("Matcher", _id(terms.matcher)), ("Subjects", join([_id(terms.sha256), " (SHA-256)"]))]
    if run is None:
        return [*facts, ("Run", join(["not recorded"]))]
    return [
        *facts,
        ("Run", join([_id(run.id), join([", after ", _id(run.before)]) if run.before else None])),
        ("Replay", _id(f"vacatur replay {run.id}")),
        ("Prove", join([_id(f"vacatur proof {run.id} --out FILE"), ", then ", _id("vacatur verify FILE")])),
    ]  # fmt: skip


def _id(words: str) -> Html:
    return el("span", words, class_="id")
