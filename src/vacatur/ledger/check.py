"""The book's own checks: what holds between records, beyond what one record can show.

All problems are found in one run. Each says where it is, what is wrong, and how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from difflib import get_close_matches

from vacatur.law.corpus import Corpus, own_dispute
from vacatur.law.formula import named_acts, parse
from vacatur.ledger.fields import Problem
from vacatur.ledger.load import Loaded
from vacatur.model.act import Act
from vacatur.model.kinds import KINDS, Layer, Op
from vacatur.model.moment import read_moment
from vacatur.model.party import Party
from vacatur.model.programme import Programme, Rule

_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")

Finding = tuple[str, str, str]
"""Key of the record at fault, what is wrong, how to mend it."""


def check(loaded: Loaded) -> list[Problem]:
    """Every problem of a loaded book, those met on reading included, in order of file and line."""
    problems = list(loaded.problems)

    def note(section: str, record_id: str, findings: Iterable[Finding]) -> None:
        for key, what, fix in findings:
            file, line = loaded.place(section, record_id, key)
            problems.append(Problem(file, line, f"{record_id}: {what}", fix))

    for act in loaded.acts.values():
        note("acts", act.id, _act(loaded, act))
    for party in loaded.parties.values():
        note("parties", party.id, _party(loaded, party))
    for programme in loaded.programmes.values():
        note("programme", programme.id, _programme(loaded, programme))
    return sorted(set(problems))


def corpus_of(loaded: Loaded) -> Corpus:
    """The loaded book as the law reads it; an act that is no act of law or of a programme is left out."""
    acts = {act.id: act for act in loaded.acts.values() if act.kind in KINDS and act.programme in loaded.programmes}
    return Corpus(loaded.programmes, acts, loaded.parties)


def _act(loaded: Loaded, act: Act) -> Iterator[Finding]:
    yield from _evidence(loaded, act)
    yield from _identity(loaded, act)
    yield from _target(loaded, act)
    yield from _dates(loaded, act)
    for key, reading in (("reading", act.reading), ("settles", act.settles)):
        yield from _reading(loaded, key, reading)
    if act.kind in KINDS and act.what.by_words and act.effect is None:
        yield "kind", f"{act.kind} does not say how far back it works", "Add effect: ex-tunc, ex-nunc or unknown"
    for party in act.concerns - loaded.parties.keys():
        yield "parties", f"party {party!r} is not in the book", _near(party, loaded.parties)


def _evidence(loaded: Loaded, act: Act) -> Iterator[Finding]:
    if act.quote is None:
        why = (
            "A documented act without its words does not load"
            if act.grade == "documented"
            else "No fact without its words"
        )
        yield "grade", f"{act.grade} act without quote or fact", f"{why}: add `quote:` (verbatim) or `fact:` (ours)"
    if act.document is None and (act.grade == "documented" or not act.sources):
        yield "grade", f"{act.grade} act without a document", "Add `document:` with the id of a document in the book"
    if act.document is not None and act.document not in loaded.documents:
        yield "document", f"document {act.document!r} is not in the book", _near(act.document, loaded.documents)


def _identity(loaded: Loaded, act: Act) -> Iterator[Finding]:
    date = _DATE.match(act.id.rpartition("/")[2])
    if date is None:
        yield "id", "the id does not carry the act's date", "End it with /YYYY-MM-DD-kind"
    elif not _agrees(act):
        yield "issued", f"issued {act.issued.text} but the id says {date[0]}", "Make id and date agree"
    if act.party is not None and act.party not in loaded.parties:
        yield "id", f"party {act.party!r} is not in the book", _near(act.party, loaded.parties)


def _agrees(act: Act) -> bool:
    """Whether the act was issued in the month that its id names; nothing is said where no date could be read."""
    date = _DATE.match(act.id.rpartition("/")[2])
    return date is None or not act.issued.text or act.issued.text.startswith(date[0][:7])


def _target(loaded: Loaded, act: Act) -> Iterator[Finding]:
    if act.kind == "designate":
        party, at, programme = act.target.partition("@")
        if not at or party not in loaded.parties or programme not in loaded.programmes:
            yield "target", f"target {act.target!r} is not party@programme", _near(party, loaded.parties)
        return
    target = loaded.acts.get(act.target)
    rules = {rule.id for programme in loaded.programmes.values() for rule in programme.rules}
    if target is None and act.target not in loaded.programmes and act.target not in rules:
        known = [*loaded.acts, *rules, *loaded.programmes]
        yield "target", f"target {act.target!r} is no act, rule or programme of the book", _near(act.target, known)
    elif target is not None:
        yield from _fits(act, target)


def _fits(act: Act, target: Act) -> Iterator[Finding]:
    dated = act.issued.text and target.issued.text and _agrees(act) and _agrees(target)
    if dated and act.issued.latest < target.issued.earliest:
        yield (
            "issued",
            f"issued {act.issued.text}, before the act it targets ({target.issued.text})",
            "Check both dates",
        )
    wanted = {"withdraw-licence": Layer.APPLICATION, "dissolve": Layer.EFFICACY}.get(act.kind)
    if (
        wanted is not None
        and target.kind in KINDS
        and (target.what.op is not Op.SUSPEND or target.what.layer is not wanted)
    ):
        yield "target", f"{act.kind} cannot target a {target.kind}", "Target the order or licence that it ends"


def _dates(loaded: Loaded, act: Act) -> Iterator[Finding]:
    if act.published.latest < act.issued.earliest and _agrees(act):
        yield (
            "published",
            f"published {act.published.text}, before it was issued ({act.issued.text})",
            "Check both dates",
        )
    for key, text in (("effective", act.effective), ("until", act.until), ("starts", act.starts)):
        yield from _anchors(loaded, key, text)


def _anchors(loaded: Loaded, key: str, text: str | None) -> Iterator[Finding]:
    for name in sorted(named_acts(parse(text)) if text is not None else ()):
        if name not in loaded.acts:
            yield key, f"{key} is anchored to {name!r}, which is no act of the book", _near(name, loaded.acts)


def _reading(loaded: Loaded, key: str, reading: str | None) -> Iterator[Finding]:
    if reading is None:
        return
    dispute_id, _, reading_id = reading.partition("#")
    dispute = corpus_of(loaded).dispute(dispute_id)
    if dispute is None:
        known = [d.id for programme in loaded.programmes.values() for d in programme.disputes]
        known += [own.id for act in loaded.acts.values() if (own := own_dispute(act))]
        yield key, f"dispute {dispute_id!r} is not stated", _near(dispute_id, known)
    elif reading_id not in {known.id for known in dispute.readings}:
        yield key, f"{dispute_id} has no reading {reading_id!r}", f"Known: {', '.join(r.id for r in dispute.readings)}"


def _party(loaded: Loaded, party: Party) -> Iterator[Finding]:
    for link in party.links:
        if link.to not in loaded.parties:
            yield "links", f"linked party {link.to!r} is not in the book", _near(link.to, loaded.parties)


def _programme(loaded: Loaded, programme: Programme) -> Iterator[Finding]:
    for key in ("followed_from", "followed_until"):
        yield from _day(key, getattr(programme, key))
    if programme.followed_until < programme.followed_from:
        yield "followed_until", "followed_until lies before followed_from", "Check both dates"
    for rule in programme.rules:
        for _, what, fix in _rule(loaded, rule):
            yield "id", f"rule {rule.id}: {what}", fix
    for dispute in programme.disputes:
        for act_id in (act for reading in dispute.readings for act in reading.acts):
            if act_id not in loaded.acts:
                yield "id", f"dispute {dispute.id}: act {act_id!r} is not in the book", _near(act_id, loaded.acts)


def _day(key: str, text: str) -> Iterator[Finding]:
    try:
        read_moment(text or "2021-01-14", UTC)
    except ValueError as bad:
        yield key, f"{key}: {bad}", "Write it as 2021-01-14"


def _rule(loaded: Loaded, rule: Rule) -> Iterator[Finding]:
    for key, act_id in (("since", rule.since), ("until", rule.until)):
        if act_id is not None and act_id not in loaded.acts:
            yield key, f"{key} names {act_id!r}, which is no act of the book", _near(act_id, loaded.acts)
    groups = {group for act in loaded.acts.values() if act.programme == rule.programme for group in act.groups}
    for group in set(rule.groups) - groups:
        yield "groups", f"no listing is of group {group!r}", f"Known: {', '.join(sorted(groups)) or 'none'}"
    if rule.document is not None and rule.document not in loaded.documents:
        yield "document", f"document {rule.document!r} is not in the book", _near(rule.document, loaded.documents)
    yield from _reading(loaded, "reading", rule.reading)
    for text in (rule.starts, rule.ends, *(carveout.until for carveout in rule.unless)):
        yield from _anchors(loaded, "starts", text)


def _near(wrong: str, known: Iterable[str]) -> str:
    close = get_close_matches(wrong, list(known), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(close)}?" if close else "Check the spelling, or add the record"
