"""The files in which the Consolidated Screening List comes, each read into the same fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from vacatur.errors import InputError
from vacatur.intake.reading import File, csv_rows, text_of
from vacatur.intake.sources.us_csl_ids import Printed, printed, split_ids

_NEEDED = frozenset(
    ["source", "entity_number", "type", "programs", "name", "addresses", "federal_register_notice", "start_date",
     "alt_names", "ids"]
)  # fmt: skip
_MANY = frozenset(
    ["programs", "addresses", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"]
)
_SHORT = {"n": "name", "a": "alt_names", "s": "source", "t": "type", "c": "countries", "e": "entity_number",
          "lr": "license_requirement", "lp": "license_policy", "pg": "programs", "fr": "federal_register_notice",
          "u": "source_list_url"}  # fmt: skip
_TABLES = {"s": "sources", "lr": "licenceRequirements", "lp": "licencePolicies", "pg": "programmes", "u": "urls"}


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as its file has it: fields by the names of the CSV file, each with the values that it lists."""

    where: str
    fields: Mapping[str, tuple[str, ...]]
    ids: tuple[Printed, ...]
    raw: tuple[tuple[str, tuple[str, ...]], ...]

    def one(self, field: str) -> str:
        """A field's only value, empty where there is none."""
        values = self.fields.get(field, ())
        return values[0] if values else ""

    def all(self, field: str) -> tuple[str, ...]:
        """A field's values."""
        return self.fields.get(field, ())


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds."""

    form: str
    published: str
    count: int | None
    records: list[Record]


def records(file: File) -> Found:
    """The records of a file in whichever of the forms it is."""
    found = _json(file) if file.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) else _csv(file)
    if not found.records:
        raise _other(file, "it holds no entries")
    for record in found.records:
        if not record.one("name"):
            raise InputError("the entry has no name", where=record.where, fix="Fetch the file again")
    if found.count is not None and found.count != len(found.records):
        raise InputError(
            f"the file says that it has {found.count} entries and has {len(found.records)}", where=file.name,
            why="It was cut off or put together wrongly", fix="Fetch it again",
        )  # fmt: skip
    return found


def _other(file: File, why: str) -> InputError:
    return InputError(
        "the file is not a Consolidated Screening List", where=file.name, why=why[:1].upper() + why[1:],
        fix="Fetch consolidated.csv or consolidated.json again",
    )  # fmt: skip


def _csv(file: File) -> Found:
    rows = csv_rows(file)
    _, header = next(rows, (0, ()))
    if missing := sorted(_NEEDED.difference(header)):
        raise _other(file, f"the columns {', '.join(missing)} are missing")
    if not file.content.endswith(b"\n"):
        raise InputError("the last line has no end", where=file.name, why="The file was cut off", fix="Fetch it again")
    return Found("us-csl-csv", "", None, [_from_row(file, header, line, row) for line, row in rows])


def _from_row(file: File, header: tuple[str, ...], line: int, row: tuple[str, ...]) -> Record:
    where = f"{file.name}, line {line}"
    if len(row) != len(header):
        raise InputError(
            f"{len(row)} fields where {len(header)} are expected", where=where,
            why="The file was cut off, or its columns have changed", fix="Fetch it again and compare",
        )  # fmt: skip
    fields = {field: _values(field, text) for field, text in zip(header, row, strict=True) if text}
    return Record(where, fields, split_ids(row[header.index("ids")]), (("csl", row),))


def _values(field: str, text: str) -> tuple[str, ...]:
    if field in _MANY:
        return tuple(filter(None, map(str.strip, text.split("; "))))
    text = text.strip()
    return (text,) if text else ()


def _json(file: File) -> Found:
    try:
        whole: object = json.loads(text_of(file))
    except (json.JSONDecodeError, RecursionError) as bad:
        raise InputError(
            f"not readable as JSON: {bad}", where=file.name, why="The file was cut off or is another kind of file",
            fix="Fetch it again",
        ) from bad  # fmt: skip
    top = _object(whole, file.name)
    if "results" in top:
        total = top.get("total")
        found = _each(top["results"], file, _from_result)
        return Found("us-csl-json", "", total if isinstance(total, int) else None, found)
    if "entries" in top and "tables" in top:
        return _reduced(file, top)
    raise _other(file, "it has neither results nor entries")


def _object(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InputError("not an entry of the Consolidated Screening List", where=where, fix="Fetch the file again")
    return cast("dict[str, object]", value)


def _each(entries: object, file: File, make: Callable[[str, dict[str, object]], Record]) -> list[Record]:
    if not isinstance(entries, list):
        raise _other(file, "its entries are not a list")
    places = ((f"{file.name}, entry {place}", entry) for place, entry in enumerate(entries, start=1))
    return [make(where, _object(entry, where)) for where, entry in places]


def _from_result(where: str, entry: dict[str, object]) -> Record:
    ids = entry.get("ids") or ()
    fields = {field: _texts(value) for field, value in entry.items() if field != "ids" and value}
    structured = tuple(_printed(_object(one, where)) for one in ids) if isinstance(ids, list) else split_ids(str(ids))
    return Record(where, {field: texts for field, texts in fields.items() if texts}, structured, _raw(entry))


def _printed(one: dict[str, object]) -> Printed:
    parts = (str(one.get(part) or "") for part in ("country", "expiration_date", "issue_date", "number", "type"))
    return printed(*parts)


def _texts(value: object) -> tuple[str, ...]:
    """The values of a JSON field; an address in parts is put together as the CSV file prints it."""
    if isinstance(value, list):
        return tuple(text for item in value for text in _texts(item))
    if isinstance(value, dict):
        parts = (str(value.get(part) or "").strip() for part in ("address", "city", "state", "postal_code", "country"))
        return tuple(filter(None, [", ".join(filter(None, parts))]))
    text = "" if value is None else str(value).strip()
    return (text,) if text else ()


def _raw(entry: Mapping[str, object]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((field, tuple(_leaf(item) for item in _items(value))) for field, value in entry.items())


def _items(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else (value,)


def _leaf(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _reduced(file: File, top: dict[str, object]) -> Found:
    """A JSON file reduced from the official one: short names, and tables of the texts that recur."""
    tables = _object(top["tables"], file.name)
    found = _each(top["entries"], file, lambda where, entry: _from_short(where, entry, tables))
    count = top.get("entryCount")
    made = str(top.get("sourceGeneratedAt") or "")[:10]
    result = Found("us-csl-reduced-json", made, count if isinstance(count, int) else None, found)
    _check_counts(file, top.get("countsBySource"), found)
    return result


def _from_short(where: str, entry: dict[str, object], tables: Mapping[str, object]) -> Record:
    fields: dict[str, tuple[str, ...]] = {}
    for short, value in entry.items():
        field = _SHORT.get(short, short)
        texts = _texts(_looked_up(where, tables.get(_TABLES[short]), value) if short in _TABLES else value)
        fields[field] = tuple(part for text in texts for part in _values(field, text)) if short == "pg" else texts
    return Record(where, {field: texts for field, texts in fields.items() if texts}, (), _raw(entry))


def _looked_up(where: str, table: object, place: object) -> object:
    if isinstance(table, list) and isinstance(place, int) and 0 <= place < len(table):
        return cast("object", table[place])
    raise InputError(f"there is no row {place!r} in the file's table", where=where, fix="Fetch the file again")


def _check_counts(file: File, stated: object, found: list[Record]) -> None:
    for source, count in _object(stated or {}, file.name).items():
        if (had := sum(record.one("source") == source for record in found)) != count:
            raise InputError(
                f"the file says that {source} has {count} entries and has {had}", where=file.name,
                why="It was cut off or put together wrongly", fix="Fetch it again",
            )  # fmt: skip
