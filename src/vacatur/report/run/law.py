"""The law on the parties that alerts are about: what is forbidden to whom, a picture, the acts and their words.

Each party stands once, however many alerts lead to it. The pictures are bounded; whoever has none is named in a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vacatur.law.answer import DISPUTED, PERMITTED, PROHIBITED, Answer, actor_bound
from vacatur.report.dates import instant
from vacatur.report.dossier import Dossier, compile_dossier
from vacatur.report.evidence import acts_list
from vacatur.report.furniture import head, table
from vacatur.report.given import given
from vacatur.report.glyphs import glyph, tag
from vacatur.report.html import Html, el, join
from vacatur.report.picture import small_picture
from vacatur.report.reasons import since
from vacatur.report.run.findings import Findings
from vacatur.report.table import forbidden_table
from vacatur.report.timeline.spans import licensed
from vacatur.report.vocabulary import GLYPHS, actor_words, capital, deed
from vacatur.report.words import deciding, reason
from vacatur.screen.alerts import Alert
from vacatur.screen.part import SCREENED


@dataclass(frozen=True, slots=True)
class Drawn:
    """A party with its law: `number` is its place on the page, `markup` its whole article."""

    number: int
    dossier: Dossier
    markup: Html

    @property
    def anchor(self) -> str:
        """The id of its article."""
        return f"party-{self.number}"


def drawn(findings: Findings, shown: Sequence[Alert]) -> dict[str, Drawn]:
    """The parties of the alerts shown in full, in their order, until the page has its fill of law."""
    found: dict[str, Drawn] = {}
    room, count = findings.limits.law, Counter(alert.party for alert in findings.alerts)
    for alert in shown:
        if alert.party in found or room <= 0:
            continue
        number = len(found) + 1
        dossier = _dossier(findings, alert, number)
        made = Drawn(number, dossier, _article(findings, alert, dossier, number, count[alert.party]))
        found[alert.party] = made
        room -= len(made.markup)
    return found


def law_section(findings: Findings, found: dict[str, Drawn]) -> Html | None:
    """The parties with their law, and those whose picture is not here."""
    if not findings.alerts:
        return None
    count = Counter(alert.party for alert in findings.alerts)
    heading = head("The law on these parties", f"{len(count):,} in all")
    return el("section", heading, *(one.markup for one in found.values()), _others(findings, found, count), id="law")


def stakes(dossier: Dossier) -> Html:
    """What is forbidden if the subject is the party: a line for each activity and actor that is not free."""
    lines = [line for answer in dossier.table for line in _stakes(answer, dossier)]
    return el("ul", *(lines or [_line("perm", reason(dossier.answer, dossier.corpus))]))


def _stakes(answer: Answer, dossier: Dossier) -> Iterator[Html]:
    rows, on = deciding(answer, dossier.corpus), dossier.view.on
    what, who = f"{capital(deed(answer.activity).bare)}: ", actor_words(answer.actor)
    under = ", ".join(dict.fromkeys(row.programme.short for row in rows))
    conditions = "; ".join(dict.fromkeys(words for row in rows for words in row.conditions))
    if answer.answer == PROHIBITED:
        when = "; ".join(dict.fromkeys(f"since {since(row, on)}" for row in rows))
        unless = f"; unless {conditions}" if conditions else ""
        yield _line("proh", f"{what}forbidden to {who} {when}, {under}{unless}")
    elif answer.answer == DISPUTED:
        yield _line("disp", f"{what}whether it is forbidden to {who} is not settled, {under}")
    elif answer.answer != PERMITTED:
        yield _line("warn", f"{what}the ledger does not answer")
    elif bound := [row for row in rows if on in licensed(row)]:
        said = "; ".join(dict.fromkeys(words for row in bound for words in row.conditions))
        yield _line("lic", f"{what}only {said}, {', '.join(dict.fromkeys(row.programme.short for row in bound))}")
    if answer.next_change is not None and answer.answer == PERMITTED:
        at, said = answer.next_change
        turning = [row.programme for row in answer.rows if at in row.prohibited.edges()]
        day = instant(at, turning[0].zone if turning else dossier.zone_name)
        said = "forbidden" if said == PROHIBITED else said
        yield _line("sched", f"{what}{said} from {day}, {', '.join(dict.fromkeys(one.short for one in turning))}")


def _dossier(findings: Findings, alert: Alert, number: int) -> Dossier:
    """The party's dossier, begun with the activity that is answered most strictly."""
    order = ("prohibited", "disputed", "unknown", "permitted")
    activity = min(SCREENED, key=lambda one: order.index(alert.answers[one]))
    corpus, view = findings.records.corpus, findings.asked.view
    actor = actor_bound(findings.docket, alert.party, activity)
    return compile_dossier(corpus, view, alert.party, (activity, actor), findings.now, findings.asked.zone_name,
                           of=f"{number}-")  # fmt: skip


def _article(findings: Findings, alert: Alert, dossier: Dossier, number: int, count: int) -> Html:
    party = dossier.corpus.parties.get(alert.party)
    alerts = f"{count:,} alert" + ("" if count == 1 else "s")
    facts = [party.kind.capitalize(), party.country] if party is not None else []
    meta = el("p", *(el("span", fact) for fact in (*facts, alerts) if fact), el("span", alert.party, class_="id"),
              class_="meta")  # fmt: skip
    acts = join([el("h4", "The acts and their words"), acts_list(dossier, findings.records.documents)])
    name = el("h3", el("span", str(number), class_="n"), " ", given(party.name if party else alert.party))
    return el("article", name, meta, forbidden_table(dossier), small_picture(dossier), acts if dossier.acts else None,
              id=f"party-{number}", class_="party")  # fmt: skip


def _others(findings: Findings, found: dict[str, Drawn], count: Counter[str]) -> Html | None:
    """The parties without a picture, those that the gravest alerts are about first."""
    first: dict[str, Alert] = {}
    for alert in findings.alerts:
        first.setdefault(alert.party, alert)
    others = [alert for party, alert in first.items() if party not in found]
    if not others:
        return None
    most = findings.limits.parties
    heads = ("Party", "Forbidden", "Disputed", "Lists", "Alerts")
    rows = [_other(findings, alert, count[alert.party]) for alert in others[:most]]
    left = len(others) - len(rows)
    more = f"{left:,} more parties are not named on this page; the CSV has each beside its alerts. " if left else ""
    note = el("p", more, "The law on a party, with picture and acts: ",
              el("code", "vacatur show PARTY --format html", class_="id"), class_="note")  # fmt: skip
    return join([el("h3", "Parties without a picture", class_="group"),
                 table("Parties without a picture", heads, rows), note])  # fmt: skip


def _other(findings: Findings, alert: Alert, count: int) -> list[Html | str]:
    lists = dict.fromkeys(name for hit in alert.hits for name in hit["programmes"])
    programmes = findings.records.corpus.programmes
    shorts = ", ".join(programmes[name].short if name in programmes else name for name in lists)
    name = el("span", given(alert.name), " ", el("small", alert.party, class_="id q"))
    return [name, barred(alert, PROHIBITED), barred(alert, DISPUTED), shorts or "none", f"{count:,}"]


def barred(alert: Alert, said: str) -> Html | str:
    """The activities that are answered like this, after the glyph of the answer."""
    names = [activity for activity in SCREENED if alert.answers[activity] == said]
    return tag(GLYPHS[said], ", ".join(names)) if names else "–"


def _line(name: str, words: str) -> Html:
    return el("li", glyph(name), el("span", words))
