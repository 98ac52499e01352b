"""The part of the ledger that can matter to one party, so that a page is drawn as fast from a million acts as from ten.

Left out are the acts on parties that no chain of links joins to this one. Answers do not change by it (tested).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vacatur.law.corpus import Corpus
from vacatur.law.formula import named_acts, parse
from vacatur.model.act import Act
from vacatur.model.programme import Rule


def part_about(corpus: Corpus, party: str) -> Corpus:
    """The same programmes and parties, with the acts that bear on `party`, on what is linked to it, or on regimes."""
    related = _related(corpus, party)
    kept = {act.id: act for act in corpus.acts.values() if _bears(act, party, related)}
    ahead = [*kept.values()]
    wanted = {name for rule in _rules(corpus) for name in _named(rule)}
    while wanted or ahead:
        wanted |= {name for act in ahead for name in (*_named(act), act.target)}
        ahead = [corpus.acts[name] for name in wanted if name in corpus.acts and name not in kept]
        kept |= {act.id: act for act in ahead}
        wanted = set()
    return replace(corpus, acts=kept)


def _related(corpus: Corpus, party: str) -> frozenset[str]:
    found, ahead = {party}, [party]
    while ahead:
        record = corpus.parties.get(ahead.pop())
        new = {link.to for link in record.links} - found if record is not None else set[str]()
        found |= new
        ahead += new
    return frozenset(found)


def _bears(act: Act, party: str, related: frozenset[str]) -> bool:
    own = act.target.partition("@")[0] if act.is_designation else act.party
    return own is None or own in related or party in act.parties or act.settles is not None


def _rules(corpus: Corpus) -> Iterable[Rule]:
    return (rule for programme in corpus.programmes.values() for rule in programme.rules)


def _named(record: Act | Rule) -> set[str]:
    """The acts that a record's formulas and references name."""
    if isinstance(record, Rule):
        formulas = [record.starts, record.ends, *(carveout.until for carveout in record.unless)]
        named = {record.since} | ({record.until} if record.until is not None else set())
    else:
        formulas, named = [record.effective, record.until, record.starts], set[str]()
    return named.union(*(named_acts(parse(formula)) for formula in formulas if formula is not None))
