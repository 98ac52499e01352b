"""Canonical bytes of a record: the same record is the same bytes on every machine, so that it can be hashed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import msgspec

from vacatur.model.act import Act
from vacatur.model.casework import Disposition, GoodGuy, Setting, Watch
from vacatur.model.document import Document
from vacatur.model.edition import Edition
from vacatur.model.party import Party
from vacatur.model.programme import Programme
from vacatur.model.run import Run

TYPES: dict[str, type[Any]] = {
    "programme": Programme,
    "document": Document,
    "party": Party,
    "act": Act,
    "edition": Edition,
    "run": Run,
    "disposition": Disposition,
    "goodguy": GoodGuy,
    "watch": Watch,
    "setting": Setting,
}
"""What the chain holds, by the name of its type."""

T = TypeVar("T")


def type_of(record: object) -> str:
    """The chain's name for a record's type."""
    return next(name for name, known in TYPES.items() if isinstance(record, known))


def encode(record: object) -> bytes:
    """Canonical JSON: sorted keys, no spaces, instants in UTC."""
    return msgspec.json.encode(record, order="deterministic")


LATER: dict[str, dict[str, Any]] = {"party": {"particulars": []}}
"""Fields that a type did not have at first, and what they are for records that were written before."""


def decode(name: str, body: bytes) -> Any:
    """The record of a chain entry; raises `msgspec.ValidationError` on bytes that are not one."""
    try:
        return _decoder(name).decode(body)
    except msgspec.ValidationError:
        if name not in LATER:
            raise
        return msgspec.convert(LATER[name] | msgspec.json.decode(body, type=dict[str, Any]), TYPES[name])


@cache
def _decoder(name: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(TYPES[name], strict=True)


def canonical(value: object) -> str:
    """Canonical JSON text of plain data, as stored in decisions."""
    return msgspec.json.encode(value, order="deterministic").decode()


def without_rev(record: object) -> bytes:
    """The record's bytes apart from its revision: equal when nothing was changed."""
    if not is_dataclass(record):
        raise TypeError(f"{record!r} is not a record")
    plain = {field.name: getattr(record, field.name) for field in fields(record) if field.name != "rev"}
    return msgspec.json.encode(plain, order="deterministic")
