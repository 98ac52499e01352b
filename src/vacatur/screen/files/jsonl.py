"""JSON Lines: an object a line. Its columns are the keys of the first objects, in the order in which they appear."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

from vacatur.errors import InputError
from vacatur.screen.files.headers import column_of
from vacatur.screen.files.lines import Bytes, Line, lines
from vacatur.screen.files.rows import LONG_CELL, UNIT, Fault, Reject, Row, rejected, too_long

AHEAD = 10_000
"""How many lines are looked at for keys before the first row is given."""
_AHEAD_CHARACTERS = 8_000_000

_ZEROS = re.compile(r"\.0+\Z")
_INVALID = "Write each row as one JSON object on one line"

Pairs = list[tuple[str, object]]


class _Unfit(ValueError):
    """What JSON allows and no row may hold."""


class JsonLines:
    """A file of JSON objects. Numbers are taken as they are written (`1810` and `1810.0` are 1810), `null` as nothing,
    a list of texts as several values. Raises `InputError` for what is another kind of file.
    """

    def __init__(self, source: Bytes, encoding: str) -> None:
        self._source, self.size = source, source.size
        if source.head.lstrip()[:1] == b"[":
            raise InputError(
                "it is one JSON array, not JSON Lines", where=source.where,
                fix="Write an object a line, for instance with `jq -c '.[]'`",
            )  # fmt: skip
        self._lines = lines(source, encoding)
        self._first = list(self._look_ahead())
        keys = (key for _, pairs in self._first if isinstance(pairs, list) for key, _ in pairs)
        self.columns = tuple(dict.fromkeys(keys))

    @property
    def at(self) -> int:
        """Bytes read."""
        return self._source.at

    def close(self) -> None:
        """Lets go of the file."""
        self._source.close()

    def rows(self, wanted: Collection[int]) -> Iterator[Row | Reject]:
        """The rows; an empty line is none."""
        places = {key: place if place in wanted else -1 for place, key in enumerate(self.columns)}
        first, self._first = self._first, []
        row = 0
        for found in (first, ((line, _pairs(line)) for line in self._lines)):
            for (number, text, _), pairs in found:
                if pairs is None:
                    continue
                row += 1
                cells = _cells(pairs, places) if isinstance(pairs, list) else pairs
                if isinstance(cells, list):
                    yield Row(row, number, cells, text)
                else:
                    yield rejected(row, number, cells, text)

    def _look_ahead(self) -> Iterator[tuple[Line, Pairs | Fault | None]]:
        held = 0
        for line in self._lines:
            yield line, _pairs(line)
            held += len(line[1])
            if line[0] >= AHEAD or held > _AHEAD_CHARACTERS:
                return


def _pairs(line: Line) -> Pairs | Fault | None:
    """The keys and values of a line's object; none for an empty line."""
    _, text, fault = line
    if fault is not None:
        return fault
    if not text.strip():
        return None
    try:
        found = _DECODER.decode(text.strip())
    except json.JSONDecodeError as bad:
        return Fault(f"not JSON: {bad.msg} at character {bad.pos + 1}", _INVALID)
    except (_Unfit, RecursionError) as bad:
        return Fault(str(bad) if isinstance(bad, _Unfit) else "nested too deeply", _INVALID)
    return found.pairs if isinstance(found, _Object) else Fault("not a JSON object", _INVALID)


class _Object:
    """An object as its pairs: which value of a key that stands twice is meant, nobody can tell."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs


def _constant(text: str) -> str:
    raise _Unfit(f"{text} is no JSON number")


# Numbers stay texts: digits are never lost, and nobody can make a number that takes minutes to read.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_Object, parse_int=str, parse_float=lambda text: _ZEROS.sub("", text), parse_constant=_constant
)


def _cells(pairs: Pairs, places: dict[str, int]) -> list[str] | Fault:
    """A row's cells in the order of the columns."""
    cells, met = [""] * len(places), set()
    for key, value in pairs:
        place = places.get(key)
        if place is None:
            if column_of(key):
                return Fault(
                    f"{key[:100]!r} is not among the keys of the first {AHEAD} lines, which make the columns",
                    "Give it in the first line too, as null",
                )
            continue
        if key in met:
            return Fault(f"{key[:100]!r} stands twice", "Remove one of the two")
        met.add(key)
        if place >= 0:
            cell = _cell(value)
            if cell is None:
                return Fault(
                    f"{key[:100]!r} holds an object, or a list of them", "Write it as a text or a list of texts"
                )
            cells[place] = cell
    return LONG_CELL if too_long(cells) else cells


def _cell(value: object) -> str | None:
    """A value as text; none for what is not one text or a list of them."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        texts = [one for one in value if one is not None]
        return UNIT.join(texts) if all(isinstance(one, str) for one in texts) else None
    return None
