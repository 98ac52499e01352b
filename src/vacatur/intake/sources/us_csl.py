"""The US Consolidated Screening List: the lists of Commerce, State and the Treasury in one file, each its programme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vacatur.errors import InputError
from vacatur.intake.keys import first_notice, name_key, numbered
from vacatur.intake.reading import File
from vacatur.intake.scripts import script_of
from vacatur.intake.source import Printed, Source
from vacatur.intake.sources.us_csl_forms import Record, records
from vacatur.intake.sources.us_csl_ids import Read, read_ids
from vacatur.match.countries import CODES, single
from vacatur.model.listed import Listed
from vacatur.model.party import Identifier, Name, Particular

ID = "us-csl"

_PROGRAMMES = {
    "(EL)": "us-bis-entity-list", "(MEU)": "us-bis-meu", "(UVL)": "us-bis-uvl", "(DPL)": "us-bis-dpl",
    "(ISN)": "us-state-isn", "(DTC)": "us-state-dtc", "(SDN)": "us-ofac-sdn", "(SSI)": "us-ofac-ssi",
    "(FSE)": "us-ofac-fse", "(PLC)": "us-ofac-plc", "(CAP)": "us-ofac-capta", "(NS-MBS List)": "us-ofac-mbs",
    "(CMIC)": "us-ns-cmic",
}  # fmt: skip
_ABBREVIATION = re.compile(r"\((?:NS-MBS List|[A-Z]+)\)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_KINDS = {"Individual": "person", "Entity": "organisation", "Vessel": "vessel", "Aircraft": "aircraft", "": "unknown"}
_FIELDS = {
    "title": "title", "programs": "programme", "addresses": "address", "citizenships": "citizenship",
    "dates_of_birth": "birth-date", "nationalities": "nationality", "places_of_birth": "birth-place",
    "call_sign": "call-sign", "vessel_type": "vessel-type", "gross_tonnage": "tonnage", "vessel_flag": "flag",
    "vessel_owner": "owner",
}  # fmt: skip
# Read elsewhere, or said of a whole list rather than of an entry (its web pages); `_id` and `id` are digests that
# change with the entry they are of.
_ELSEWHERE = frozenset(
    ["_id", "id", "source", "entity_number", "type", "name", "alt_names", "ids", "remarks", "source_list_url",
     "source_information_url"]
)  # fmt: skip


def programme_of(source: str, where: str) -> str:
    """The programme of a source text such as `Entity List (EL) - Bureau of Industry and Security`."""
    found = _ABBREVIATION.search(source)
    programme = _PROGRAMMES.get(found.group()) if found else None
    if programme is None:
        raise InputError(
            f"the list {source!r} is not known", where=where, why="An entry without its list has no legal effect",
            fix="Check the file; a new list needs a programme first",
        )  # fmt: skip
    return programme


def read(files: Sequence[File]) -> Printed:
    """The one file of an edition: the CSV or the JSON of trade.gov, or a reduced JSON made from it."""
    if len(files) != 1:
        raise InputError(f"{len(files)} files where one is expected", where=ID, fix="Give one file of one edition")
    found = records(files[0])
    programmes = [programme_of(record.one("source"), record.where) for record in found.records]
    keys = _keys(found.records, programmes)
    entries = tuple(map(_entry, keys, programmes, found.records))
    return Printed(form=found.form, published=found.published, count=found.count, entries=entries)


def _keys(found: Sequence[Record], programmes: Sequence[str]) -> list[str]:
    """OFAC's number where there is one, within its programme: a party on two OFAC lists has one number on both.

    The lists of Commerce and State have no number: see `vacatur.intake.keys`. The 2022 edition carries one CAPTA entry
    twice, as it came from two of OFAC's files; the same number under another name is a damaged file.
    """
    named: dict[str, str] = {}
    rows = []
    for record, programme in zip(found, programmes, strict=True):
        number, name = record.one("entity_number"), record.one("name")
        key = f"{programme}/{number}" if number else name_key(programme, name)
        if number and named.setdefault(key, name) != name:
            raise InputError(
                f"the number {number} is also that of {named[key]!r}", where=record.where,
                why="An entry's number is what its history is kept under", fix="Fetch the file again",
            )  # fmt: skip
        content = ("; ".join(record.all("addresses")), record.one("start_date"), "; ".join(record.all("alt_names")))
        rows.append((key, first_notice(record.one("federal_register_notice")), content))
    return numbered(rows)


def _entry(key: str, programme: str, record: Record) -> Listed:
    number = record.one("entity_number")
    own = (Identifier(scheme="ofac", value=number, country="", source=ID),) if number else ()
    kind = _KINDS.get(record.one("type"), "unknown")
    ids = read_ids(record.ids, ID)
    return Listed(
        key=key, programme=programme, kind=kind, country=_country(kind, record, ids), names=tuple(_names(record)),
        identifiers=own + ids.identifiers, securities=ids.securities,
        particulars=(*_particulars(record), *ids.particulars), stated=_stated(record, ids), raw=record.raw,
    )  # fmt: skip


def _names(record: Record) -> Iterator[Name]:
    name = record.one("name")
    yield Name(text=name, kind="primary", script=script_of(name), source=ID)
    for printed in record.all("alt_names"):
        # The Entity List joins its aliases as prose: "A; B; and C".
        alias = printed.removeprefix("and ").strip()
        if alias:
            yield Name(text=alias, kind="alias", script=script_of(alias), source=ID)


def _country(kind: str, record: Record, ids: Read) -> str:
    printed = record.all("nationalities") or record.all("citizenships")
    if not printed and kind != "person":
        printed = ids.registered or record.all("countries") or tuple(map(_last_part, record.all("addresses")))
    return single(printed)


def _last_part(address: str) -> str:
    last = address.rpartition(",")[2].strip()
    return last if last in CODES else ""


def _particulars(record: Record) -> Iterator[Particular]:
    for field, values in record.fields.items():
        if field == "remarks":
            yield from _remarks("; ".join(values))
        elif field in _FIELDS:
            yield from (Particular(kind=_FIELDS[field], value=value, source=ID) for value in values)
        elif field not in _ELSEWHERE and not (field == "start_date" and _ISO.match(values[0])):
            label = field.replace("_", " ").capitalize()
            yield Particular(kind="remark", value=f"{label}: {'; '.join(values)}", source=ID)
    if record.one("type") not in _KINDS:
        yield Particular(kind="remark", value=f"Type: {record.one('type')}", source=ID)


def _remarks(text: str) -> Iterator[Particular]:
    """A remark, with OFAC's `(Linked To: …)` taken out as what it is."""
    for part in text.split("; ") if "Linked To:" in text else [text]:
        bare = part[1:-1] if part.startswith("(") and part.endswith(")") else part
        if bare.startswith("Linked To:"):
            yield Particular(kind="linked-to", value=bare.removeprefix("Linked To:").strip(), source=ID)
        elif part:
            yield Particular(kind="remark", value=part, source=ID)


def _stated(record: Record, ids: Read) -> tuple[tuple[str, str], ...]:
    dates = dict(ids.stated)
    if _ISO.match(started := record.one("start_date")):
        dates.setdefault("listed", started)
    return tuple((name, dates[name]) for name in ("listed", "effective", "divest") if name in dates)


SOURCE = Source(
    id=ID,
    title="US Consolidated Screening List",
    programmes=tuple(_PROGRAMMES.values()),
    urls=("https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",),
    read=read,
)
