"""The status algebra is this one table.

Every kind of act is one operation on what it targets, on one layer: *force* (is it listed, is the rule law?),
*efficacy* (is it suspended?), *application* (does it reach this activity?). Whoever adds a kind adds a row here,
a line in the glossary and a case; nothing else in the code knows kinds by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """What an act does to its target."""

    OPEN = "open"  # puts it in force, or keeps it there for a further term
    CLOSE = "close"  # ends it from here on (ex nunc)
    SUSPEND = "suspend"  # holds it without ending it
    ANNUL = "annul"  # undoes it from the beginning (ex tunc)
    DESCRIBE = "describe"  # changes what is said of a party, not its status
    SETTLE = "settle"  # ends a dispute between readings
    NONE = "none"  # evidence only: shown in the timeline, changes nothing


class Layer(StrEnum):
    """Where the operation works."""

    FORCE = "force"
    EFFICACY = "efficacy"
    APPLICATION = "application"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: the operation, the layer, and what a reader should know of it."""

    name: str
    op: Op
    layer: Layer
    note: str
    by_words: bool = False
    """Whether the document's own words decide between ex tunc and ex nunc (`effect` is then required)."""


def _rows(op: Op, layer: Layer, note: str, *names: str, by_words: bool = False) -> dict[str, Kind]:
    return {name: Kind(name, op, layer, note, by_words) for name in names}


KINDS: dict[str, Kind] = {
    **_rows(Op.OPEN, Layer.FORCE, "creates the listing: a listing is its designating act", "designate"),
    **_rows(Op.OPEN, Layer.FORCE, "creates or changes a programme's rules", "enact", "order", "regulate"),
    **_rows(Op.OPEN, Layer.FORCE, "a further term, separately annulled; lapse is the absence of the next", "maintain"),
    **_rows(Op.OPEN, Layer.FORCE, "opens again by operation of an earlier text", "revive"),
    **_rows(Op.OPEN, Layer.FORCE, "moves the end or the start of its target", "extend", "renew"),
    **_rows(Op.CLOSE, Layer.FORCE, "ends the listing, ex nunc", "delist", "revoke", "expire"),
    **_rows(Op.CLOSE, Layer.FORCE, "replaced by a successor", "supersede"),
    **_rows(Op.CLOSE, Layer.FORCE, "closes the licence", "withdraw-licence"),
    **_rows(Op.CLOSE, Layer.FORCE, "ends the order that it targets", "lift", "dissolve"),
    **_rows(Op.ANNUL, Layer.FORCE, "sets aside; its words decide how far back", "vacate", "annul", by_words=True),
    **_rows(Op.ANNUL, Layer.FORCE, "reverses the order that it targets", "reverse", by_words=True),
    **_rows(Op.SUSPEND, Layer.EFFICACY, "holds the effect; the entry stays", "enjoin", "stay", "suspend"),
    **_rows(Op.SUSPEND, Layer.APPLICATION, "takes activities out of application", "license", "exempt"),
    **_rows(Op.DESCRIBE, Layer.NONE, "names, identifiers, authority; moves no clock", "amend", "correct"),
    **_rows(Op.SETTLE, Layer.NONE, "an authority's published reading; may settle a dispute", "guidance"),
    **_rows(Op.NONE, Layer.NONE, "the official list shows or hides an entry", "display"),
    **_rows(Op.NONE, Layer.NONE, "an authority says it will not enforce; the law stands", "forbear"),
    **_rows(
        Op.NONE, Layer.NONE, "procedural", "sue", "settle", "dismiss", "uphold", "appeal", "propose", "withdraw"
    ),
    **_rows(
        Op.NONE, Layer.NONE, "consequence, kept as evidence beside the law",
        "admit-to-trading", "remove-from-trading", "index-add", "index-delete", "market-move",
    ),
}  # fmt: skip

CONSEQUENCES = frozenset(name for name, kind in KINDS.items() if kind.note.startswith("consequence"))

ACTIVITIES: dict[str, tuple[str, str]] = {
    "buy": ("us-person", "buy its publicly traded securities, derivatives of them or exposure to them"),
    "sell": ("us-person", "sell such securities"),
    "hold": ("us-person", "keep holding such securities"),
    "deal": ("us-person", "deal in its property, or make funds available to it"),
    "export": ("anyone", "export, reexport or transfer items subject to the export rules to it"),
    "contract": ("us-dod", "enter, renew or extend a procurement contract with it"),
    "contract-goods": ("us-dod", "contract for goods or services that include what it produced or developed"),
    "distribute": ("app-provider", "distribute, maintain or update its application, as a store does"),
    "host": ("app-provider", "provide internet hosting or similar services to its application"),
    "transact": ("anyone", "carry out transactions with it that the authority has identified"),
    "retain": ("named-party", "retain a business that an order says must be divested"),
}
"""Activity → (who is bound where a question names no actor, what it means)."""

ACTORS: dict[str, str] = {
    "us-person": "a United States person",
    "anyone": "anyone, anywhere, within the rule's reach",
    "us-dod": "the US Department of Defense",
    "app-provider": "app stores, hosting and network providers",
    "named-party": "the party that the order names",
    "us-exchange": "a securities exchange operated by a US person",
    "eu-person": "a person within the jurisdiction of the European Union",
    "uk-person": "a person within the jurisdiction of the United Kingdom",
    "un-member": "a member state of the United Nations and those within its jurisdiction",
    "ca-person": "a person in Canada or a Canadian outside Canada",
}
"""Actor → the words used for it in an answer."""


ALSO = {
    "us-exchange": ("us-person", "un-member"),
    "us-person": ("un-member",),
    "eu-person": ("un-member",),
    "uk-person": ("un-member",),
    "ca-person": ("un-member",),
}
"""Actor → the wider classes to which it belongs: a rule for the class binds it, a licence for it frees nobody else."""


def bound(rule_actor: str, asked: str) -> bool:
    """Whether a rule that binds `rule_actor` binds the actor of a question."""
    return rule_actor in (asked, "anyone", *ALSO.get(asked, ()))
