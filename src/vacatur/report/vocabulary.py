"""The words in which the law's vocabulary is said to a reader: activities, actors, kinds of acts, states.

Nothing here decides anything; a kind or an activity that is new to the tables of `model.kinds` is still said, plainly.
"""

from __future__ import annotations

from dataclasses import dataclass

from vacatur.law.answer import DISPUTED, PERMITTED, PROHIBITED, UNKNOWN
from vacatur.model.kinds import ACTIVITIES, ACTORS, KINDS, Layer, Op

VERDICTS = {PROHIBITED: "Prohibited", PERMITTED: "Permitted", DISPUTED: "Disputed", UNKNOWN: "Not answered"}
GLYPHS = {PROHIBITED: "proh", PERMITTED: "perm", DISPUTED: "disp", UNKNOWN: "warn"}


@dataclass(frozen=True, slots=True)
class Deed:
    """An activity in the forms a sentence needs: `buy its securities`, `buying`, and the name of its track."""

    bare: str
    gerund: str
    track: str


_DEEDS = {
    "buy": Deed("buy its securities", "buying", "buying"),
    "sell": Deed("sell its securities", "selling", "selling"),
    "hold": Deed("keep holding its securities", "holding", "holding"),
    "deal": Deed("deal in its property", "dealing in its property", "dealing"),
    "export": Deed("export to it", "exporting to it", "export"),
    "contract": Deed("contract with it", "contracting with it", "contract"),
    "contract-goods": Deed("contract for goods that it made", "contracting for its goods", "goods"),
    "distribute": Deed("distribute its application", "distributing its application", "stores"),
    "host": Deed("host its application", "hosting its application", "hosting"),
    "transact": Deed("transact with it", "transacting with it", "transact"),
    "retain": Deed("retain the business to be divested", "retaining that business", "retain"),
}
_ACTORS = {"us-person": "a US person", "us-dod": "the US Department of Defense", "anyone": "anyone",
           "app-provider": "an app store or host", "named-party": "the named party",
           "us-exchange": "a US exchange", "eu-person": "an EU person", "uk-person": "a UK person",
           "un-member": "a UN member state", "ca-person": "a Canadian person"}  # fmt: skip

VERBS: dict[str, str] = {
    "designate": "designated", "enact": "enacted", "order": "issued", "regulate": "issued", "maintain": "maintained",
    "revive": "revived", "extend": "extended", "renew": "renewed", "delist": "delisted", "revoke": "revoked",
    "expire": "ended", "supersede": "superseded", "withdraw-licence": "withdrew", "lift": "lifted",
    "dissolve": "dissolved", "vacate": "vacated", "annul": "annulled", "reverse": "reversed", "enjoin": "enjoined",
    "stay": "stayed", "suspend": "suspended", "license": "licensed", "exempt": "exempted", "amend": "amended",
    "correct": "corrected", "guidance": "published guidance", "display": "changed the display of",
    "forbear": "said that it would not enforce", "sue": "sued over", "settle": "agreed on", "dismiss": "dismissed",
    "uphold": "upheld", "appeal": "appealed", "propose": "proposed", "withdraw": "withdrew",
    "admit-to-trading": "admitted to trading", "remove-from-trading": "removed from trading",
    "index-add": "added to an index", "index-delete": "deleted from an index", "market-move": "moved",
}  # fmt: skip
"""Kind of act → the verb of what was done, in the past."""


def deed(activity: str) -> Deed:
    """The words for an activity."""
    said = ACTIVITIES.get(activity, ("", activity))[1]
    return _DEEDS.get(activity, Deed(said, f"to {said}", activity))


def actor_words(actor: str) -> str:
    """The words for who is bound: `a US person`."""
    return _ACTORS.get(actor, ACTORS.get(actor, actor))


def verb(kind: str) -> str:
    """What was done, in the past tense."""
    return VERBS.get(kind, kind)


def effect_words(kind: str) -> str:
    """What a kind of act does, as the list of acts says it: `suspends efficacy`, `no effect`."""
    row = KINDS[kind]
    verbs = {Op.OPEN: "opens", Op.CLOSE: "closes", Op.SUSPEND: "suspends", Op.ANNUL: "annuls"}
    if row.op is Op.DESCRIBE:
        return "describes"
    if row.op is Op.SETTLE:
        return "says how it is read"
    if row.op is Op.NONE or row.layer is Layer.NONE:
        return "no effect"
    return f"{verbs[row.op]} {row.layer}"


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]
