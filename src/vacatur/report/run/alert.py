"""One alert in full: the question, what is at stake, both sides, the score, and what people made of it."""

from __future__ import annotations

from datetime import UTC, datetime

from vacatur.model.casework import Disposition
from vacatur.model.party import Party
from vacatur.report.dates import count, day
from vacatur.report.furniture import head, table
from vacatur.report.given import MOST_SAID, given, subject_name, values
from vacatur.report.html import Html, el, join
from vacatur.report.run.compare import fields, side_by_side
from vacatur.report.run.findings import GROUPS, Findings, consequence
from vacatur.report.run.law import Drawn, barred, stakes
from vacatur.report.run.score import score_section, score_words
from vacatur.report.vocabulary import capital
from vacatur.screen.alerts import Alert

_HEADS = ("Subject", "Party", "Score", "Forbidden", "Disputed", "State", "Age")


def alerts_section(findings: Findings, law: dict[str, Drawn]) -> Html:
    """The alerts by what follows if they are true: the gravest in full, then a table, then how many are left out."""
    found, limits = findings.alerts, findings.limits
    counted = f"{len(found):,}, by what follows if they are true"
    heading = head("Alerts", counted)
    if not found:
        return el("section", heading, el("p", "No alerts."), id="alerts")
    parts: list[Html | None] = []
    last = ""
    for number, alert in enumerate(found[: limits.full], 1):
        if (group := consequence(alert)) != last:
            parts.append(_group(group, findings))
            last = group
        parts.append(_alert(findings, alert, number, law.get(alert.party)))
    return el("section", heading, *parts, _rest(findings), id="alerts")


def written(at: str) -> str:
    """When something was recorded: `1 September 2026, 12:00 UTC`."""
    when = datetime.fromisoformat(at).astimezone(UTC)
    return f"{day(when.date())}, {when:%H:%M} UTC"


def _group(name: str, findings: Findings) -> Html:
    count = sum(consequence(alert) == name for alert in findings.alerts)
    return el("h3", GROUPS[name], " ", el("span", f"{count:,}", class_="qq"), class_="group")


def _alert(findings: Findings, alert: Alert, number: int, law: Drawn | None) -> Html:
    best = max(alert.hits, key=lambda hit: float(hit["score"]))
    record = findings.records.corpus.parties.get(best["party"])
    asked = el("h4", "Is “", given(subject_name(alert.query)), "” the party ", given(best["name"]), "?")
    days = findings.age(alert)
    known = f"known for {count(days)}" if days else "known for under a day"
    facts = [el("span", alert.id, class_="id"), *_where(alert), el("span", known), el("span", alert.state)]
    return el("article", el("p", *facts, class_="meta s"), asked, _stake(alert, law),
              side_by_side(fields(alert.query, best, record)) if isinstance(record, Party) else None,
              _other_hits(alert, best["party"]), score_section(best), _steps(alert),
              id=f"alert-{number}", class_="alert")  # fmt: skip


def _where(alert: Alert) -> list[Html]:
    key = [el("span", "key ", given(one)) for one in values(alert.query, "key")]
    row = alert.decision.rpartition(".")[2]
    return [*([el("span", f"row {int(row):,}")] if row else []), *key]


def _stake(alert: Alert, law: Drawn | None) -> Html:
    if law is None:  # the page had its fill of law: the record's own words
        said = el("ul", *(el("li", barred(alert, one)) for one in ("prohibited", "disputed", "unknown")
                          if one in alert.answers.values()))  # fmt: skip
        return el("div", el("h5", "If it is"), said, class_="stake")
    number = el("a", str(law.number), class_="n", href=f"#{law.anchor}")
    because = el("p", "Because: ", number, " the law on ", given(alert.name), ", act by act", class_="s")
    return el("div", el("h5", "If it is"), el("div", stakes(law.dossier), _warnings(alert), because), class_="stake")


def _other_hits(alert: Alert, best: str) -> Html | None:
    """The records that are linked as the same party, where they were hit too."""
    others = [hit for hit in alert.hits if hit["party"] != best]
    if not others:
        return None
    told = [
        join([given(hit["name"]), f" ({score_words(hit['score'])}, ", given(hit["evidence"]), ")"])
        for hit in others[:10]
    ]
    return el("p", "Also hit, as records of the same party: ", join(told, "; "), class_="note")


def _steps(alert: Alert) -> Html:
    heading = el("h4", "What was decided")
    if not alert.steps:
        return join([heading, el("p", "Nothing yet: the alert is open.", class_="note")])
    return join([heading, el("ol", *(_step(one) for one in alert.steps), class_="eyes")])


def _step(one: Disposition) -> Html:
    who = el("span", given(one.by), f", {written(one.at)}", class_="q")
    said = el("p", el("b", capital(one.disposition)), " ", who)
    note = el("p", given(one.note, MOST_SAID), class_="q") if one.note else None
    files = [join([given(file.name), " ", el("span", file.sha256, class_="id")]) for file in one.attachments]
    attached = el("p", "With: ", join(files, "; "), class_="s q") if files else None
    return el(
        "li",
        el("span", str(one.rev), class_="n"),
        el("div", said, el("p", given(one.reason, MOST_SAID)), note, attached),
    )


def _warnings(alert: Alert) -> Html | None:
    """What there is to warn of, such as how far the lists were followed."""
    told = dict.fromkeys(words for hit in alert.hits for words in hit["warnings"])
    return join([el("p", words, class_="s") for words in told]) if told else None


def _rest(findings: Findings) -> Html | None:
    """The alerts that are not shown in full, in a table; and how many have no row there either."""
    first, most = findings.limits.full, findings.limits.rows
    others = findings.alerts[first : first + most]
    if not others:
        return None
    drawn = table("Further alerts", _HEADS, (_row(findings, alert) for alert in others))
    left = len(findings.alerts) - first - len(others)
    return join([el("h3", "Further alerts, in brief", class_="group"), drawn, left_out(findings, left)])


def left_out(findings: Findings, left: int) -> Html | None:
    """How many alerts are not on the page, and where they are."""
    if left <= 0:
        return None
    run = findings.results.run
    where = (
        join(["All alerts are rows of ", el("code", f"vacatur report {run.id} --out alerts.csv", class_="id"),
              "; every result, the clean ones too, is in the CSV or Parquet of ",
              el("code", "vacatur screen FILE --out results.parquet", class_="id"), "."])
        if run is not None else "Screen with a record to have all of them as CSV or Parquet."
    )  # fmt: skip
    return el("p", el("b", f"{left:,} more alerts are not on this page. "), where, class_="note strong")


def _row(findings: Findings, alert: Alert) -> list[Html | str]:
    name = el("span", given(subject_name(alert.query)), el("small", *_where(alert), class_="q meta"))
    return [name, given(alert.name), score_words(alert.score), barred(alert, "prohibited"), barred(alert, "disputed"),
            alert.state, count(findings.age(alert))]  # fmt: skip
