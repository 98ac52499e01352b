"""What FollowTheMoney says of a party in entities of their own: addresses, documents, sanctions, securities, ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from vacatur.intake.gather import Gathered, iso, tidy
from vacatur.intake.sources.ftm_lines import Thing
from vacatur.match.countries import alpha2
from vacatur.model.party import Identifier, Security

# The property by which an entity points at its owner.
_OWNER = {
    "Sanction": "entity", "Identification": "holder", "Passport": "holder", "Security": "issuer", "Debt": "debtor",
}  # fmt: skip
# Relations, by the properties that name their two ends, and what the second end is to the first.
_ENDS = {
    "Ownership": ("owner", "asset", "owns"), "Directorship": ("director", "organization", "director of"),
    "Membership": ("member", "organization", "member of"), "Employment": ("employee", "employer", "employee of"),
    "Associate": ("person", "associate", "associate"), "Family": ("person", "relative", "relative"),
    "Representation": ("agent", "client", "agent of"), "Succession": ("predecessor", "successor", "succeeded by"),
    "UnknownLink": ("subject", "object", "linked to"),
}  # fmt: skip


class Around:
    """The entities that are no parties, by the id of the party to which they belong."""

    def __init__(self, captions: dict[str, str]) -> None:
        self.captions = captions
        self._owned: dict[str, list[Thing]] = defaultdict(list)
        self._addresses: dict[str, Thing] = {}

    def keep(self, thing: Thing) -> None:
        """Keeps an entity for its owners."""
        if thing.schema == "Address":
            self._addresses[thing.id] = thing
        elif thing.schema in _OWNER:
            for owner in thing.all(_OWNER[thing.schema]):
                self._owned[owner].append(thing)
        elif thing.schema in _ENDS:
            for end in dict.fromkeys(thing.all(*_ENDS[thing.schema][:2])):
                self._owned[end].append(thing)

    def add(self, gathered: Gathered, party: Thing) -> None:
        """Adds to a party what is said of it elsewhere."""
        for address in filter(None, map(self._addresses.get, party.all("addressEntity"))):
            gathered.particular("address", tidy(address.one("full") or ", ".join(_parts(address))))
            gathered.raw.extend(raw(address, f"{address.schema}/{address.id}/"))
        for thing in self._owned.get(party.id, ()):
            if thing.schema == "Sanction":
                _sanction(gathered, thing)
            elif thing.schema == "Security":
                gathered.security(_security(thing, gathered.source))
            elif thing.schema in _ENDS:
                self._relation(gathered, thing)
            else:
                _document(gathered, thing)
            gathered.raw.extend(raw(thing, f"{thing.schema}/{thing.id}/"))

    def _relation(self, gathered: Gathered, thing: Thing) -> None:
        first, second, said = _ENDS[thing.schema]
        more = ", ".join(tidy(text) for text in thing.all("role", "relationship", "percentage", "startDate", "endDate"))
        more = f" ({more})" if more else ""
        if gathered.key in thing.properties.get(first, ()):
            for other in thing.all(second):
                gathered.particular("linked-to", f"{said}: {self.captions.get(other, other)}{more}")
        else:
            for other in thing.all(first):
                kind = "owner" if thing.schema == "Ownership" else "linked-to"
                name = self.captions.get(other, other)
                gathered.particular(kind, f"{name}{more}" if kind == "owner" else f"{name}: {said} this{more}")


def raw(thing: Thing, path: str = "") -> Iterable[tuple[str, tuple[str, ...]]]:
    """An entity's properties, each with its values, in the order of the file."""
    if not path:
        yield "id", (thing.id,)
        yield "schema", (thing.schema,)
        yield "caption", (thing.caption,)
        yield "datasets", tuple(thing.datasets)
        yield "referents", tuple(thing.referents)
        for name in ("first_seen", "last_seen", "last_change"):
            if value := getattr(thing, name):
                yield name, (value,)
    for name, values in thing.properties.items():
        yield f"{path}properties/{name}" if not path else f"{path}{name}", tuple(values)


def _parts(address: Thing) -> list[str]:
    return address.all("postOfficeBox", "street", "street2", "postalCode", "city", "region", "state", "country")


def _sanction(gathered: Gathered, thing: Thing) -> None:
    for text in thing.all("program", "programId"):
        gathered.particular("programme", text)
    gathered.state("listed", iso(thing.one("listingDate") or thing.one("startDate")))
    said = [f"{name} {tidy(value)}" for name in
            ("authority", "authorityId", "unscId", "provisions", "startDate", "listingDate", "endDate", "status")
            for value in thing.all(name)]  # fmt: skip
    gathered.remark("Sanction", ", ".join(said))
    for text in thing.all("reason", "summary"):
        gathered.remark("Reason", text)


def _document(gathered: Gathered, thing: Thing) -> None:
    """A passport or another document; a document of unknown type is a remark alone."""
    typed = thing.one("type").casefold()
    passport = thing.schema == "Passport" or "passport" in typed
    scheme = "passport" if passport else "national-id" if "national" in typed or "identity" in typed else ""
    for number in thing.all("number"):
        if scheme:
            gathered.identifier(scheme, number, alpha2(thing.one("country").upper()))
    names = ("type", "number", "country", "authority", "startDate", "endDate", "summary", "description")
    said = [f"{name} {tidy(value)}" for name in names for value in thing.all(name)]
    gathered.remark(thing.schema, ", ".join(said))


def _security(thing: Thing, source: str) -> Security:
    isin, ticker = thing.one("isin"), thing.one("ticker")
    found = [
        Identifier(scheme=scheme, value=value, country="", source=source)
        for scheme, name in (("isin", "isin"), ("ticker", "ticker"), ("figi", "figiCode")) for value in thing.all(name)
    ]  # fmt: skip
    return Security(
        id=isin or ticker or thing.id, title=thing.caption or thing.one("name"), identifiers=tuple(found), venue="",
        since=iso(thing.one("issueDate")), until="",
    )  # fmt: skip
