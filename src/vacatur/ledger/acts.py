"""Reading an authored act; a block with `for:` is a batch: one document, one act per party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo

from vacatur.law.formula import parse
from vacatur.ledger.fields import Fields
from vacatur.model.act import EFFECTS, GRADES, Act, Quote, Scope
from vacatur.model.kinds import ACTIVITIES, ACTORS, KINDS
from vacatur.model.moment import Moment, read_moment
from vacatur.model.programme import Programme
from vacatur.model.zones import zone

BOOK = "book"
"""`recorded_by` of every act authored in the book."""

_NEVER = Moment(read_moment("0001-01-02", UTC).earliest, read_moment("0001-01-02", UTC).latest, "")


def read_acts(fields: Fields, programmes: Mapping[str, Programme]) -> Iterator[Act]:
    """The act of a block, or, where it has `for:`, one act for each party named there.

    In a batch `{party}` and `{name}` in `id`, `target` and `title` stand for the entry's; an entry may give its own
    `name`, `number`, `groups`, `note`, `target` and `quote` or `fact`.
    """
    act = _read(fields, programmes)
    entries = list(fields.items("for"))
    fields.done()
    if not entries:
        yield act
    for entry in entries:
        yield _entry(act, entry)


def _entry(act: Act, entry: Fields) -> Act:
    party, name = entry.text("party"), entry.text("name", needed=False)
    target = entry.optional("target") or act.target.replace("{party}", party)
    values = {slot: getattr(act, slot) for slot in Act.__slots__} | {
        "id": act.id.replace("{party}", party),
        "target": target,
        "title": act.title.replace("{name}", name or party),
        "listed_as": name or act.listed_as,
        "number": entry.text("number", needed=False) or act.number,
        "groups": entry.texts("groups") or act.groups,
        "note": entry.text("note", needed=False) or act.note,
        "quote": read_quote(entry) or act.quote,
    }
    entry.done()
    return Act(**values)


def _read(fields: Fields, programmes: Mapping[str, Programme]) -> Act:
    act_id = fields.text("id")
    programme = programmes.get(act_id.partition("/")[0])
    where = zone(programme.zone) if programme is not None else UTC
    if act_id and programme is None:
        fields.problem(f"act {act_id!r} belongs to no programme", "Begin the id with a programme's id", key="id")
    issued = _moment(fields, "issued", where)
    return Act(
        id=act_id,
        rev=0,
        kind=fields.choice("kind", KINDS),
        target=fields.text("target"),
        title=fields.text("title"),
        issued=issued or _NEVER,
        published=(_moment(fields, "published", where) if fields.has("published") else None) or issued or _NEVER,
        effective=formula(fields, "effective"),
        until=formula(fields, "until"),
        starts=formula(fields, "starts"),
        issuer=fields.text("issuer"),
        authority=fields.text("authority", needed=False),
        grounds=fields.texts("grounds"),
        docket=fields.text("docket", needed=False),
        document=fields.optional("document"),
        quote=read_quote(fields),
        sources=fields.texts("sources"),
        grade=fields.choice("grade", GRADES),
        effect=fields.choice("effect", EFFECTS, needed=False) or None,
        disputed=fields.optional("disputed"),
        reading=fields.optional("reading"),
        settles=fields.optional("settles"),
        scope=_scope(fields.inner("scope")),
        groups=fields.texts("groups"),
        parties=fields.texts("parties"),
        listed_as=fields.text("name", needed=False),
        number=fields.text("number", needed=False),
        successor=fields.optional("successor"),
        note=fields.text("note", needed=False),
        recorded_by=BOOK,
    )


def read_quote(fields: Fields) -> Quote | None:
    """`quote:` holds the document's own words, `fact:` a statement in ours; one of the two, not both."""
    quoted, fact = fields.optional("quote"), fields.optional("fact")
    if quoted is not None and fact is not None:
        fields.problem("both quote and fact are given", "Keep the document's words, or ours", key="fact")
    text = quoted or fact
    return Quote(text=text, ours=not quoted, start=None, end=None) if text else None


def formula(fields: Fields, key: str) -> str | None:
    """A formula as text, checked against the grammar."""
    text = fields.optional(key)
    if text is not None:
        try:
            parse(text)
        except ValueError as bad:
            fields.problem(f"{key}: {bad}", "See the formula grammar in docs/reference", key=key)
            return None
    return text


def _moment(fields: Fields, key: str, where: tzinfo) -> Moment | None:
    if not (text := fields.text(key)):
        return None
    try:
        return read_moment(text, where)
    except ValueError as bad:
        fields.problem(f"{key}: {bad}", "Write 2021-01-14, an instant with offset, or a range with `..`", key=key)
        return None


def _scope(fields: Fields | None) -> Scope | None:
    if fields is None:
        return None
    for key, known in (("activities", ACTIVITIES), ("actors", ACTORS)):
        for word in fields.texts(key):
            if word not in known:
                fields.problem(f"{key[:-3]}y {word!r} is not known", f"Use one of: {', '.join(known)}", key=key)
    scope = Scope(
        activities=fields.texts("activities"),
        actors=fields.texts("actors"),
        rules=fields.texts("rules"),
        parties=fields.texts("parties"),
        excluded=fields.texts("excluded"),
        condition=fields.text("condition", needed=False),
        whole=fields.flag("whole", absent=True),
    )
    fields.done()
    return scope
