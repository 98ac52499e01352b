"""What the values of an Arrow column weigh once each is a text of its own: many may share the same bytes, so that a
column of little room makes texts of any size.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
"""Types of text, and the types of the same bytes."""

_VIEWS = (pa.string_view(), pa.binary_view())
_POINTER = 8


def is_text(kind: Any) -> bool:
    """Whether values of a type can be texts: what is not nested, and lists of texts."""
    types = pa.types
    if types.is_dictionary(kind):
        return not types.is_nested(kind.value_type) and not types.is_dictionary(kind.value_type)
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        within = kind.value_type.value_type if types.is_dictionary(kind.value_type) else kind.value_type
        return within in BYTES or types.is_null(within)
    return not types.is_nested(kind)


def weight(column: Any) -> int:
    """The bytes that a column's values come to as texts; of values that can be none, nothing."""
    kind, types = column.type, pa.types
    if not is_text(kind) or len(column) == 0:
        return 0
    inner = kind.value_type if types.is_dictionary(kind) else kind
    if types.is_fixed_size_binary(inner):
        return len(column) * int(inner.byte_width)
    if types.is_dictionary(kind):
        return _sum(pc.take(_lengths(column.dictionary), column.indices)) if _is_bytes(inner) else 0
    if types.is_nested(kind):
        values = column.flatten()
        return _POINTER * len(values) + weight(values)
    return _sum(_lengths(column)) if _is_bytes(kind) else 0


def _is_bytes(kind: Any) -> bool:
    return kind in BYTES or kind in BYTES.values()


def _lengths(values: Any) -> Any:
    """The length of each text in bytes; a view's are its first of four numbers."""
    if values.type not in _VIEWS:
        return pc.binary_length(values)
    if len(values) == 0:
        return pa.array([], pa.int32())
    end = values.offset + len(values)
    numbers = pa.Array.from_buffers(pa.int32(), 4 * end, [None, values.buffers()[1]])
    lengths = pc.list_element(pa.FixedSizeListArray.from_arrays(numbers, 4).slice(values.offset), 0)
    return pc.if_else(values.is_valid(), lengths, 0)


def _sum(numbers: Any) -> int:
    return int(pc.sum(numbers).as_py() or 0)
