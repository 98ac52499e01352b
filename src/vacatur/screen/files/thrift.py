"""Structures in Thrift's compact protocol, read as far as numbers, binaries and structures within go.

Protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from typing import NamedTuple

MOST_DEPTH = 16
"""How deep structures, lists and maps may lie in each other."""

_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12
_NUMBERS = (4, 5, 6)


class Fields(NamedTuple):
    """The fields of a structure, by id."""

    numbers: dict[int, int]
    structures: dict[int, Fields]
    binaries: dict[int, bytes]

    def number(self, field: int) -> int:
        """A number; 0 if it is absent."""
        return self.numbers.get(field, 0)

    def within(self, field: int) -> Fields:
        """A structure; one without fields if it is absent."""
        return self.structures.get(field, Fields({}, {}, {}))


def structure(raw: bytes) -> tuple[Fields, int]:
    """The structure with which these bytes begin, and its length; raises `IndexError` if they end before it does, and
    `ValueError` for what is none.
    """
    reader = _Reader(raw)
    return reader.structure(0), reader.at


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self._raw, self.at = raw, 0

    def structure(self, depth: int) -> Fields:
        found, field = Fields({}, {}, {}), 0
        while (lead := self._byte()) != 0:
            kind = lead & 15
            field = field + (lead >> 4) if lead >> 4 else self._signed()
            if kind in _NUMBERS:
                found.numbers[field] = self._signed()
            elif kind == _STRUCT:
                found.structures[field] = self.structure(self._deeper(depth))
            elif kind == _BINARY:
                if field in found.binaries:
                    raise ValueError("a field that stands twice")
                self._skip(length := self._varint())
                found.binaries[field] = self._raw[self.at - length : self.at]
            elif kind not in (_TRUE, _FALSE):  # in a field, the kind is the value
                self._pass(kind, depth)
        return found

    def _pass(self, kind: int, depth: int) -> None:
        """Passes over a value of this kind."""
        if kind in (_TRUE, _FALSE, _BYTE):
            self._skip(1)
        elif kind in _NUMBERS:
            self._varint()
        elif kind == _DOUBLE:
            self._skip(8)
        elif kind == _BINARY:
            self._skip(self._varint())
        elif kind == _STRUCT:
            self.structure(self._deeper(depth))
        elif kind in (_LIST, _SET):
            lead = self._byte()
            count = lead >> 4 if lead >> 4 != 15 else self._varint()
            for _ in range(count):
                self._pass(lead & 15, self._deeper(depth))
        elif kind == _MAP:
            count = self._varint()
            kinds = self._byte() if count else 0
            for _ in range(count):
                self._pass(kinds >> 4, self._deeper(depth))
                self._pass(kinds & 15, self._deeper(depth))
        else:
            raise ValueError(f"a value of no known kind ({kind})")

    def _deeper(self, depth: int) -> int:
        if depth == MOST_DEPTH:
            raise ValueError("structures that lie too deep in each other")
        return depth + 1

    def _signed(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)

    def _varint(self) -> int:
        number = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
        raise ValueError("a number that is too long")

    def _skip(self, count: int) -> None:
        self.at += count
        if self.at > len(self._raw):
            raise IndexError("cut off")

    def _byte(self) -> int:
        self._skip(1)
        return self._raw[self.at - 1]
