"""Who this is, and where it was looked for without being found: an empty result says what was searched and how old."""

from __future__ import annotations

from collections.abc import Iterable

from vacatur.model.party import Party
from vacatur.report.dossier import Dossier
from vacatur.report.html import Html, el, join

_LINKS = {"not-same-as": "not this party", "same-as": "same as", "owned-by": "owned by", "close-name": "close name of",
          "controlled-by": "controlled by", "linked-to": "linked to", "successor-of": "successor of"}  # fmt: skip


def name_line(dossier: Dossier) -> Html:
    """The name as a heading, with the facts that tell it from others."""
    party = dossier.corpus.parties.get(dossier.party)
    if party is None:
        return el("h1", dossier.party)
    facts: list[Html | str] = [party.kind.capitalize() + (f", {party.country}" if party.country else "")]
    for security in party.securities[:2]:
        facts += [el("span", f"{one.scheme.upper()} " if one.scheme == "isin" else "",
                     el("span", one.value, class_="id"), f" {security.venue}" if one.scheme == "ticker" else "")
                  for one in security.identifiers]  # fmt: skip
    facts += [el("span", f"{one.scheme.upper()} ", el("span", one.value, class_="id"))
              for one in party.identifiers if one.scheme == "lei"]  # fmt: skip
    return join([el("h1", party.name), el("p", *(el("span", fact) for fact in facts), class_="meta")])


def who_section(dossier: Dossier) -> Html | None:
    """Names, identifiers, securities and links, each with its source."""
    party = dossier.corpus.parties.get(dossier.party)
    if party is None:
        return None
    columns = [("Names", _names(party)), ("Identifiers", _identifiers(party)), ("Securities", _securities(party)),
               ("Links", _links(party, dossier))]  # fmt: skip
    shown = [el("div", el("h3", name), el("dl", *_pairs(facts), class_="kv")) for name, facts in columns if facts]
    note = el("p", party.note, class_="note") if party.note else None
    return el("section", el("div", el("h2", "Who this is"), class_="head"), el("div", *shown, class_="cols"), note)


def elsewhere_section(dossier: Dossier) -> Html | None:
    """The lists that were consulted and do not have the party, as they stood, and how far each is followed."""
    if not dossier.elsewhere:
        return None
    rows = [el("li", el("b", one.short), " ", el("span", one.title, class_="q"),
               el("small", f"{one.coverage} coverage, followed from {one.followed_from} to {one.followed_until}"))
            for one in sorted(dossier.elsewhere, key=lambda one: one.short)]  # fmt: skip
    count = f"{len(rows)} list" + ("" if len(rows) == 1 else "s")
    return el("section", el("div", el("h2", "Checked and found without this party"),
              el("span", count, class_="s q"), class_="head"), el("ul", *rows, class_="lists"))  # fmt: skip


def _pairs(facts: Iterable[tuple[str, Html]]) -> list[Html]:
    return [join([el("dt", name), el("dd", value)]) for name, value in facts]


def _names(party: Party) -> list[tuple[str, Html]]:
    return [(name.kind, _sourced(name.text, name.source)) for name in party.names]


def _identifiers(party: Party) -> list[tuple[str, Html]]:
    return [(one.scheme.upper() if len(one.scheme) < 5 else one.scheme,
             _sourced(el("span", one.value, class_="id"), one.source)) for one in party.identifiers]  # fmt: skip


def _securities(party: Party) -> list[tuple[str, Html]]:
    found = []
    for security in party.securities:
        ids = join([el("span", one.value, class_="id") for one in security.identifiers], ", ")
        source = next((one.source for one in security.identifiers if one.source), "")
        found.append((security.venue or "security", _sourced(join([f"{security.title} ", ids]), source)))
    return found


def _links(party: Party, dossier: Dossier) -> list[tuple[str, Html]]:
    found = []
    for one in party.links:
        other = dossier.corpus.parties.get(one.to)
        share = f", {one.share} %" if one.share else ""
        dates = " to ".join(part for part in (one.since, one.until) if part)
        words = f"{other.name if other is not None else one.to}{share}" + (f" ({dates})" if dates else "")
        found.append((_LINKS.get(one.kind, one.kind), _sourced(words, one.source)))
    return found


def _sourced(value: Html | str, source: str) -> Html:
    return join([el("span", value), el("small", source) if source else None], " ")
