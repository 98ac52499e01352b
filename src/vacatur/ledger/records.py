"""Reading authored programmes, parties and documents."""

from __future__ import annotations

from vacatur.ledger.acts import formula, read_quote
from vacatur.ledger.fields import Fields
from vacatur.model.act import Quote
from vacatur.model.document import Document
from vacatur.model.kinds import ACTIVITIES, ACTORS
from vacatur.model.party import (
    LINK_KINDS,
    NAME_KINDS,
    PARTICULARS,
    PARTY_KINDS,
    Identifier,
    Link,
    Name,
    Particular,
    Party,
    Security,
)
from vacatur.model.programme import COVERAGE, REACHES, Carveout, Dispute, Programme, Reading, Rule
from vacatur.model.zones import zone

_NOTHING = Quote(text="", ours=True, start=None, end=None)


def read_programme(fields: Fields, top: Fields) -> Programme:
    """A programme with the `rules` and `disputes` that stand beside it in its file."""
    programme_id = fields.text("id")
    programme = Programme(
        id=programme_id,
        rev=0,
        title=fields.text("title"),
        short=fields.text("short"),
        issuer=fields.text("issuer"),
        zone=_zone(fields),
        coverage=fields.choice("coverage", COVERAGE),
        followed_from=fields.text("followed_from"),
        followed_until=fields.text("followed_until"),
        remark=fields.text("remark", needed=False),
        sources=fields.texts("sources"),
        rules=tuple(_rule(rule, programme_id) for rule in top.items("rules")),
        disputes=tuple(_dispute(dispute) for dispute in top.items("disputes")),
    )
    fields.done()
    return programme


def _zone(fields: Fields) -> str:
    name = fields.text("zone")
    try:
        zone(name)
    except ValueError as bad:
        fields.problem(str(bad), "Write an IANA zone such as America/New_York", key="zone")
        return "UTC"
    return name


def _rule(fields: Fields, programme: str) -> Rule:
    rule_id = fields.text("id")
    if not rule_id.startswith(f"{programme}#"):
        fields.problem(f"rule {rule_id!r} does not belong to {programme}", f"Begin its id with {programme}#", key="id")
    rule = Rule(
        id=rule_id,
        authority=fields.text("authority"),
        activity=fields.choice("activity", ACTIVITIES),
        actor=fields.choice("actor", ACTORS),
        object=fields.text("object"),
        groups=fields.texts("groups"),
        reach=fields.choice("reach", REACHES),
        starts=formula(fields, "starts") or "listed",
        ends=formula(fields, "ends"),
        unless=tuple(_carveout(carveout) for carveout in fields.items("unless")),
        since=fields.text("since"),
        until=fields.optional("until"),
        reading=fields.optional("reading"),
        document=fields.optional("document"),
        quote=read_quote(fields) or _NOTHING,
    )
    if rule.quote is _NOTHING:
        fields.problem(f"rule {rule_id!r} says no words of its source", "Add `quote:` (verbatim) or `fact:` (ours)")
    if not fields.has("starts"):
        fields.problem(f"rule {rule_id!r} does not say when it begins to bite", "Add `starts:`, e.g. listed + 60d")
    fields.done()
    return rule


def _carveout(fields: Fields) -> Carveout:
    carveout = Carveout(
        activity=fields.choice("activity", ACTIVITIES),
        condition=fields.text("condition"),
        until=formula(fields, "until"),
        whole=fields.flag("whole", absent=True),
    )
    fields.done()
    return carveout


def _dispute(fields: Fields) -> Dispute:
    readings = []
    for entry in fields.items("readings"):
        readings.append(Reading(id=entry.text("id"), says=entry.text("says"), acts=entry.texts("acts")))
        entry.done()
    if len(readings) < 2:
        fields.problem("a dispute needs at least two readings", "State each reading with id and says", key="readings")
    dispute = Dispute(id=fields.text("id"), question=fields.text("question"), readings=tuple(readings))
    fields.done()
    return dispute


def read_document(fields: Fields) -> Document:
    """A source: title, publisher, citation, address and date of publication."""
    document = Document(
        id=fields.text("id"),
        rev=0,
        title=fields.text("title"),
        publisher=fields.text("publisher"),
        citation=fields.text("citation", needed=False),
        url=fields.text("url", needed=False),
        published=fields.text("published", needed=False),
        retrieved=fields.text("retrieved", needed=False),
        mime=fields.text("mime", needed=False) or "text/html",
        sha256="",
    )
    fields.done()
    return document


def read_party(fields: Fields) -> Party:
    """A party with its names, identifiers, securities and links."""
    source = fields.text("source", needed=False)
    party = Party(
        id=fields.text("id"),
        rev=0,
        kind=fields.choice("kind", PARTY_KINDS),
        country=fields.text("country", needed=False),
        names=tuple(_name(entry, source) for entry in fields.items("names")),
        identifiers=tuple(_identifier(entry, source) for entry in fields.items("identifiers")),
        securities=tuple(_security(entry, source) for entry in fields.items("securities")),
        particulars=tuple(_particular(entry, source) for entry in fields.items("particulars")),
        links=tuple(_link(entry, source) for entry in fields.items("links")),
        note=fields.text("note", needed=False),
    )
    if sum(name.kind == "primary" for name in party.names) != 1:
        fields.problem(
            f"party {party.id!r} needs exactly one primary name", "Mark one name `kind: primary`", key="names"
        )
    fields.done()
    return party


def _source(fields: Fields, party_source: str) -> str:
    found = fields.text("source", needed=False) or party_source
    if not found:
        fields.problem("a fact without a source", "Add `source:` here or on the party", key="source")
    return found


def _name(fields: Fields, source: str) -> Name:
    name = Name(
        text=fields.text("text"),
        kind=fields.choice("kind", NAME_KINDS),
        script=fields.text("script", needed=False) or "Latn",
        source=_source(fields, source),
    )
    fields.done()
    return name


def _identifier(fields: Fields, source: str) -> Identifier:
    identifier = Identifier(
        scheme=fields.text("scheme"),
        value=fields.text("value"),
        country=fields.text("country", needed=False),
        source=_source(fields, source),
    )
    fields.done()
    return identifier


def _security(fields: Fields, source: str) -> Security:
    own = _source(fields, source)
    schemes = [(scheme, fields.text(scheme, needed=False)) for scheme in ("isin", "figi", "cusip", "ticker")]
    identifiers = tuple(Identifier(scheme=s, value=v, country="", source=own) for s, v in schemes if v)
    venue = fields.text("venue", needed=False)
    if not identifiers:
        fields.problem("a security without an identifier", "Give its isin or its ticker")
    known = dict(schemes)
    security = Security(
        id=known["isin"] or f"{known['ticker']}@{venue}",
        title=fields.text("title", needed=False),
        identifiers=identifiers,
        venue=venue,
        since=fields.text("since", needed=False),
        until=fields.text("until", needed=False),
    )
    fields.done()
    return security


def _particular(fields: Fields, source: str) -> Particular:
    particular = Particular(
        kind=fields.choice("kind", PARTICULARS), value=fields.text("value"), source=_source(fields, source)
    )
    fields.done()
    return particular


def _link(fields: Fields, source: str) -> Link:
    link = Link(
        kind=fields.choice("kind", LINK_KINDS),
        to=fields.text("to"),
        share=fields.text("share", needed=False),
        since=fields.text("since", needed=False),
        until=fields.text("until", needed=False),
        source=_source(fields, source),
    )
    fields.done()
    return link
