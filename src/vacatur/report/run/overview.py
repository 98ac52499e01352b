"""A screening at a glance: hits by programme, alerts by age, and how alerts were decided."""

from __future__ import annotations

from collections import Counter

from vacatur.model.casework import DISPOSITIONS
from vacatur.report.charts.bars import Bar, bars, by_age
from vacatur.report.furniture import head
from vacatur.report.html import Html, el
from vacatur.report.run.findings import GROUPS, Findings, consequence
from vacatur.report.vocabulary import capital

UNDECIDED = ("open", "escalated")
"""States of an alert on which somebody has still to decide."""


def overview_section(findings: Findings) -> Html | None:
    """The charts; none where nothing was found."""
    if not findings.alerts:
        return None
    charts = [_consequences(findings), _programmes(findings), _ages(findings)]
    if any(alert.steps for alert in findings.alerts):
        charts.append(_decided(findings))
    heading = head("At a glance", "what raised alerts, and what became of them")
    return el("section", heading, el("div", *charts, class_="cols"))


def _consequences(findings: Findings) -> Html:
    count = Counter(map(consequence, findings.alerts))
    rows = [Bar(words, count[name]) for name, words in GROUPS.items() if count[name]]
    return bars("Alerts by what follows", rows, ("Consequence", "Alerts"))


def _programmes(findings: Findings) -> Html:
    """A hit counts for each programme that has to do with its party."""
    hits = [hit for alert in findings.alerts for hit in alert.hits]
    count = Counter(name for hit in hits for name in hit["programmes"])
    unlisted = sum(not hit["programmes"] for hit in hits)
    programmes = findings.records.corpus.programmes
    rows = [Bar(programmes[name].short if name in programmes else name, number) for name, number in count.most_common()]
    rows += [Bar("no list then", unlisted)] if unlisted else []
    return bars("Hits by programme", rows, ("Programme", "Hits"))


def _ages(findings: Findings) -> Html:
    ages = [findings.age(alert) for alert in findings.alerts if alert.state in UNDECIDED]
    return bars("Alerts not decided, by age", by_age(ages), ("Age", "Alerts"), empty="None: every alert is decided.")


def _decided(findings: Findings) -> Html:
    count = Counter(alert.state for alert in findings.alerts)
    rows = [Bar(capital(state), count[state]) for state in (*DISPOSITIONS, "open")]
    return bars("How they were decided", rows, ("Disposition", "Alerts"))
