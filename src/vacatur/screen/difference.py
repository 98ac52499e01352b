"""What two screenings of the same subjects find differently, and why.

Every difference has one cause. *Law changed*: an act was issued, or a span began or ended, between the two views. *We
learned*: an act issued before was published, read or recorded only later. *Matcher changed*: the same list, another
score. *Subject changed*: the subject says something else of itself. *Decided*: a good-guy entry was made or revoked;
one that lapses does so by an act, which is then the cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vacatur.law.corpus import Docket
from vacatur.law.formula import acts_in
from vacatur.law.readings import above_of
from vacatur.model.act import Act
from vacatur.model.kinds import Op
from vacatur.screen.part import Query, Screened

LAW, LEARNED, MATCHER, SUBJECT, DECIDED = "law changed", "we learned", "matcher changed", "subject changed", "decided"


@dataclass(frozen=True, slots=True)
class ActBetween:
    """An act that only one of two views sees, or that turns the answer between them, and what that is: the law
    changed, or something was learned.
    """

    act: str
    kind: str
    issued: str
    published: str
    cause: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one screening says of a subject and a party; None for a score where it is no hit."""

    score: float | None
    answers: dict[str, str]
    because: tuple[str, ...]
    conditions: tuple[str, ...]
    next_change: str
    muted: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One subject and one party that two screenings answer differently; `what` says in a few words how."""

    row: int
    query: Query
    party: str
    name: str
    what: str
    cause: str
    acts: tuple[ActBetween, ...]
    before: Side
    after: Side


NO_HIT = Side(None, {}, (), (), "", muted=False)


class Comparer:
    """Compares results of two screenings, each seen from its own view of its own basis."""

    def __init__(self, old: Docket, new: Docket, matchers: tuple[str, str]) -> None:
        self.old, self.new = old, new
        self._same_matcher = matchers[0] == matchers[1]
        self._between: dict[str, tuple[ActBetween, ...]] = {}

    def differences(self, old: Screened | None, new: Screened | None) -> Iterator[Difference]:
        """The differences for one subject; it may be missing on one side."""
        one = new or old
        if one is None or (old is not None and new is not None and old.result["hits"] == new.result["hits"]):
            return
        before, after = _by_party(old), _by_party(new)
        changed = old is not None and new is not None and old.subject.content != new.subject.content
        for party in dict.fromkeys((*after, *before)):
            was, now = before.get(party), after.get(party)
            sides = _side(was), _side(now)
            if sides[0] != sides[1]:
                name = str((now or was or {}).get("name", ""))
                moved = changed or old is None or new is None
                cause, acts = (SUBJECT, ()) if moved else self._cause(party, *sides)
                yield Difference(one.row, one.query, party, name, _what(*sides), cause, acts, *sides)

    def _cause(self, party: str, was: Side, now: Side) -> tuple[str, tuple[ActBetween, ...]]:
        if was.score != now.score and not self._same_matcher and self._described_alike(party):
            return MATCHER, ()
        between = self.between(party)
        if not between and was.score == now.score and was.muted != now.muted and was.answers == now.answers:
            return DECIDED, ()
        if not between or (was.answers, was.next_change) != (now.answers, now.next_change):
            between = _in_order({*between, *self._behind_rules(party)})
        if between:
            return (LAW if any(one.cause == LAW for one in between) else LEARNED), between
        if was.score != now.score:
            return LEARNED, ()
        turned = (self.new.get(name) or self.old.get(name) for name in now.because or was.because)
        return LAW, tuple(self._told(act, LAW) for act in turned if act is not None)

    def _described_alike(self, party: str) -> bool:
        return self.old.corpus.parties.get(party) == self.new.corpus.parties.get(party)

    def between(self, party: str) -> tuple[ActBetween, ...]:
        """The acts on a party's listings, and on those that reach it, that only one of the two views sees, oldest
        first.
        """
        if party not in self._between:
            self._between[party] = self._apart(*(_listings(docket, party) for docket in (self.old, self.new)))
        return self._between[party]

    def _behind_rules(self, party: str) -> tuple[ActBetween, ...]:
        """The acts behind the rules of the lists that name the party, or reach it, that only one view sees."""
        named = {programme for docket in (self.old, self.new) for programme in _programmes(docket, party)}
        return self._apart(*(_rules(docket, named) for docket in (self.old, self.new)))

    def _apart(self, before: list[str], after: list[str]) -> tuple[ActBetween, ...]:
        old, new = _acts(self.old, before), _acts(self.new, after)
        apart = (act for one, act in (old | new).items() if old.get(one) != new.get(one))
        return _in_order(self._told(act, self._why(act)) for act in apart)

    def _why(self, act: Act) -> str:
        """An act issued after the earlier of the two legal orders changed the law; any other was only learned of, and
        so was what is now told otherwise of one that both see.
        """
        both = self.old.get(act.id) is not None and self.new.get(act.id) is not None
        first = min(self.old.view.law_at, self.new.view.law_at)
        return LAW if act.issued.latest > first and not both else LEARNED

    def _told(self, act: Act, cause: str) -> ActBetween:
        return ActBetween(act.id, act.kind, _day(act.issued.earliest), _day(act.published.latest), cause)


def _in_order(acts: Iterable[ActBetween]) -> tuple[ActBetween, ...]:
    return tuple(sorted(acts, key=lambda one: (one.issued, one.act)))


def _listings(docket: Docket, party: str) -> list[str]:
    return [act.id for one in (party, *above_of(docket, party)) for act in docket.listings(one)]


def _programmes(docket: Docket, party: str) -> set[str]:
    return {act.programme for name in _listings(docket, party) if (act := docket.get(name)) is not None}


def _rules(docket: Docket, programmes: set[str]) -> list[str]:
    """The rules of some programmes, and the acts on which those rules rest."""
    known = [docket.corpus.programmes[name] for name in sorted(programmes) if name in docket.corpus.programmes]
    rules = [rule for programme in known for rule in programme.rules]
    return [*programmes, *(node for rule in rules for node in (rule.id, rule.since, rule.until) if node is not None)]


def _acts(docket: Docket, roots: Iterable[str]) -> dict[str, Act]:
    """The acts at some nodes that do anything, with all acts on them, and those for which their formulas wait."""
    found: dict[str, Act] = {}
    ahead, seen = list(roots), set[str]()
    while ahead:
        node = ahead.pop()
        if node in seen:
            continue
        seen.add(node)
        if (act := docket.get(node)) is not None:
            found[node] = act
            ahead += acts_in((act.effective, act.until, act.starts))
        ahead += [other.id for other in docket.on(node) if other.what.op is not Op.NONE]
    return found


def _day(instant: datetime) -> str:
    return instant.isoformat() if instant.year > 1 else ""


def _by_party(one: Screened | None) -> dict[str, dict[str, Any]]:
    return {hit["party"]: hit for hit in one.result["hits"]} if one is not None else {}


def _side(hit: dict[str, Any] | None) -> Side:
    if hit is None:
        return NO_HIT
    return Side(
        hit["score"], hit["answers"], tuple(hit["because"]), tuple(hit["conditions"]), _next(hit["next_change"]),
        muted="muted" in hit,
    )  # fmt: skip


def _next(change: dict[str, str] | None) -> str:
    """The next change in a few words, its instant in UTC: two runs may write theirs in two zones."""
    if change is None:
        return ""
    at = datetime.fromisoformat(change["at"]).astimezone(UTC).isoformat()
    return f"{at} {change['activity']} {change['answer']}"


def _what(was: Side, now: Side) -> str:
    if was.score is None:
        return "new hit"
    if now.score is None:
        return "hit gone"
    turned = [f"{activity}: {said} → {now.answers[activity]}" for activity, said in was.answers.items()
              if now.answers[activity] != said]  # fmt: skip
    if was.muted != now.muted:
        turned.append("muted" if now.muted else "no longer muted")
    if was.score != now.score:
        turned.append(f"score {was.score:.4f} → {now.score:.4f}")
    if not turned and was.next_change != now.next_change:
        turned.append(f"next change: {was.next_change or 'none'} → {now.next_change or 'none'}")
    if not turned and was.conditions != now.conditions:
        turned.append("other conditions")
    return "; ".join(turned) or "other acts carry the answer"


def by_cause(found: Iterable[Difference]) -> dict[str, int]:
    """How many differences have which cause."""
    counts: dict[str, int] = {}
    for one in found:
        counts[one.cause] = counts.get(one.cause, 0) + 1
    return counts
