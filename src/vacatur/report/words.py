"""The answer in words: verdict, reason, the acts that carry it, what comes next. One voice for page and terminal.

We say *forbidden until, since, from*; *listed, delisted* for restriction lists only. *Permitted* is the absence of a
prohibition in the programmes consulted, never a blessing.
"""

from __future__ import annotations

from datetime import date, timedelta

from vacatur.law.answer import DISPUTED, PERMITTED, PROHIBITED, Answer, Row
from vacatur.law.clocks import zone_of
from vacatur.law.corpus import Corpus
from vacatur.model.act import Act
from vacatur.model.kinds import Layer, Op
from vacatur.model.view import View
from vacatur.report.dates import act_day, day, instant
from vacatur.report.reasons import Case, reasons
from vacatur.report.timeline.acts import in_order
from vacatur.report.vocabulary import VERDICTS, actor_words, capital, deed, verb

_ARTICLE = frozenset({"US", "Department", "President", "Court", "Council", "Bureau", "Secretary", "General", "United"})


def verdict_word(answer: Answer) -> str:
    """One word, three values, and *Not answered* for what the ledger does not cover."""
    return VERDICTS[answer.answer]


def question(answer: Answer, corpus: Corpus) -> str:
    """`May a US person buy its securities on 20 March 2021?`"""
    return f"May {actor_words(answer.actor)} {deed(answer.activity).bare} on {_day(answer, corpus)}?"


def verdict_sentence(answer: Answer, corpus: Corpus) -> str:
    """`Permitted: a US person may buy its securities on 20 March 2021.`"""
    who, what, day = actor_words(answer.actor), deed(answer.activity).bare, _day(answer, corpus)
    said = {PROHIBITED: f"{who} may not {what} on {day}", PERMITTED: f"{who} may {what} on {day}",
            DISPUTED: f"whether {who} may {what} on {day} is not settled"}  # fmt: skip
    return f"{verdict_word(answer)}: {said.get(answer.answer, f'the ledger does not answer for {day}')}."


def reason(answer: Answer, corpus: Corpus) -> str:
    """The reason in one line: that of the row which decides."""
    told = [reasons(Case(row, answer, corpus)) for row in deciding(answer, corpus)]
    if not told:
        return "Not listed on that day."
    others = [words for rank, words in told[1:] if answer.answer == PROHIBITED and words != told[0][1]]
    return " ".join([told[0][1], *(f"Also: {words[0].lower()}{words[1:]}" for words in others[:2])])


def deciding(answer: Answer, corpus: Corpus) -> list[Row]:
    """The rows that give the answer, the strongest reason first."""
    rows = [row for row in answer.rows if row.answer == answer.answer]
    return sorted(rows, key=lambda row: (_rank(row, answer, corpus), -_latest(row, corpus)))


def because_lines(answer: Answer, corpus: Corpus, limit: int = 4) -> list[tuple[Act, str]]:
    """The acts that carry the answer, oldest first, each with who did what and when; at most `limit`."""
    found: dict[str, tuple[int, int, Act, Row]] = {}
    rows = deciding(answer, corpus)
    strongest = [row for row in rows if _rank(row, answer, corpus) == _rank(rows[0], answer, corpus)]
    for place, row in enumerate(strongest):
        for act in (corpus.acts[name] for name in row.because if name in corpus.acts):
            found.setdefault(act.id, (place, _lightness(act), act, row))
    chosen = sorted(found.values(), key=lambda item: (item[0], item[1], item[2].issued.earliest))[:limit]
    chosen.sort(key=lambda item: in_order(item[2]))
    return [(act, _line(act, Case(row, answer, corpus))) for _, _, act, row in chosen]


def view_sentence(view: View, zone_name: str) -> str:
    """The three clocks as one sentence."""
    on, law, known = (instant(clock, zone_name) for clock in (view.on, view.law_at, view.known_at))
    if on == law == known:
        return f"You ask about {on}, under the law as it stood then, as known then."
    return f"You ask about {on}, under the law as it stood at {law}, as known at {known}."


def next_change_words(answer: Answer) -> str:
    """When the answer next changes and to what, as far as this view knows."""
    if answer.next_change is None:
        return "none known in this view"
    when, said = answer.next_change
    where = next((row.programme.zone for row in answer.rows if when in row.prohibited.edges()), "UTC")
    return f"{instant(when, where, hour_of=True)}: {said}"


def _latest(row: Row, corpus: Corpus) -> float:
    """When the last act that carries a row was issued: of two lists that ended, the later speaks."""
    acts = [corpus.acts[name] for name in row.because if name in corpus.acts]
    return max((act.issued.earliest.timestamp() for act in acts), default=0.0)


def late_words(answer: Answer) -> list[str]:
    """What the reader has to know of how far the lists were followed, the lists of one day together."""
    until: dict[str, list[str]] = {}
    others: list[str] = []
    for row in answer.rows:
        for warning in row.warnings:
            if row.programme.followed_until in warning:
                until.setdefault(row.programme.followed_until, []).append(row.programme.short)
            else:
                others.append(warning)
    parts = [f"{day(date.fromisoformat(last))} ({', '.join(names)})" for last, names in sorted(until.items())]
    late = [f"Followed until {' and '.join(parts)}; nothing later is known here."] if parts else []
    return [*late, *others]


def _rank(row: Row, answer: Answer, corpus: Corpus) -> int:
    return reasons(Case(row, answer, corpus))[0]


def _day(answer: Answer, corpus: Corpus) -> str:
    name, _ = zone_of(corpus, (answer.party,), None)
    return instant(answer.view.on, name)


def _line(act: Act, case: Case) -> str:
    """`On 12 March 2021 the US Department … enjoined the designation of 14 January 2021.`"""
    when, target = act_day(act, case.zone), case.corpus.acts.get(act.target)
    if act.is_designation and sum(one.target == act.target for one in case.listings()) > 1:
        return f"{act.title}, {when}."
    if act.is_designation:
        return f"On {when} {_the(act.issuer)} designated {_stop(_named(act, case.corpus) + _ban(act, case))}"
    if target is None or not target.is_designation or act.what.op in (Op.NONE, Op.SETTLE, Op.DESCRIBE, Op.OPEN):
        return f"{act.title or capital(verb(act.kind))}, {when}."
    if act.kind == "delist":
        return f"On {when} {_the(act.issuer)} delisted {_stop(_named(target, case.corpus))}"
    stays = " The entry stayed on the list." if act.what.layer is Layer.EFFICACY else ""
    return f"On {when} {_the(act.issuer)} {verb(act.kind)} the designation of {act_day(target, case.zone)}.{stays}"


def _ban(act: Act, case: Case) -> str:
    """What the designation led to, where its ban has a first day."""
    first = next((start for start, end in case.row.running.maybe if start >= act.issued.earliest), None)
    if first is None or act.target.partition("@")[0] != case.answer.party:
        return ""
    settled = any(abs(start - first) <= timedelta(days=1) for start, _ in case.row.prohibited.sure)
    bites = True if settled else case.row.prohibited.at(max(first, case.on))
    is_to = "is" if first <= case.on else "is to be"
    barred, how = {True: (is_to, ""), None: (is_to, ", on one reading"), False: ("was to be", "")}[bites]
    return f"; {deed(case.answer.activity).gerund} {barred} forbidden from {instant(first, case.zone)}{how}"


def _named(act: Act, corpus: Corpus) -> str:
    party = corpus.parties.get(act.target.partition("@")[0])
    return party.name if party is not None else act.listed_as or act.target.partition("@")[0]


def _stop(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


def _the(issuer: str) -> str:
    return f"the {issuer}" if issuer.partition(" ")[0] in _ARTICLE else issuer or "the authority"


def _lightness(act: Act) -> int:
    """What may be left out first when there are many: guidance before rules, rules before the listing itself."""
    if act.is_designation or act.what.op in (Op.SUSPEND, Op.CLOSE, Op.ANNUL):
        return 0
    return 1 if act.what.op is Op.OPEN else 2
