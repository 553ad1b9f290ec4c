"""Column: the values of one column of a result as Arrow, batch by batch, without changing any of them."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pyarrow as pa

Kind = str
"""A key of ``_TYPES``, or ``decimal``: how a value is kept."""

_TYPES: dict[Kind, pa.DataType] = {
    "integer": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "wall": pa.timestamp("us"),
    "instant": pa.timestamp("us", "UTC"),
    "clock": pa.time64("us"),
    "text": pa.string(),
    "nothing": pa.null(),
}
_KINDS: dict[type, Kind] = {int: "integer", float: "float", bool: "bool", date: "date", str: "text", Decimal: "decimal"}
_EXACT = 2**53
"""Up to here every whole number is a floating-point number too."""
_DIGITS, _INTEGER_DIGITS, _MOST_DIGITS = 18, 19, 38
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


class Column:
    """What has been seen of one column: values that no one type can hold unchanged become text, all of them."""

    def __init__(self, name: str) -> None:
        """A column of which nothing has been seen yet."""
        self.name = name
        self._seen: set[Kind] = set()
        self._whole = self._scale = 0
        self._exact = True

    def take(self, values: Sequence[object]) -> pa.Array:
        """One batch of values, in a type that holds it as it is."""
        kinds = _kinds(values)
        for value in values if "decimal" in kinds else ():
            if isinstance(value, Decimal):
                self._scale = max(self._scale, -int(value.as_tuple().exponent))
                self._whole = max(self._whole, value.adjusted() + 1)
        if "integer" in kinds:
            self._exact &= all(abs(value) <= _EXACT for value in values if isinstance(value, int))
        self._seen |= kinds
        return _array(values, self._type_of(kinds))

    @property
    def type(self) -> pa.DataType:
        """The type that holds every batch so far as it is; decimal numbers without a fraction are whole numbers."""
        found = self._type_of(self._seen)
        if pa.types.is_decimal(found) and not found.scale and found.precision == _DIGITS:
            return _TYPES["integer"]
        return _TYPES["text"] if pa.types.is_null(found) else found

    def settle(self, batch: pa.ChunkedArray) -> pa.ChunkedArray:
        """An earlier batch in the column's type."""
        if pa.types.is_string(self.type) and not pa.types.is_null(batch.type):
            return pa.chunked_array([_array(batch.to_pylist(), self.type)], self.type)
        return batch.cast(self.type)

    def _type_of(self, kinds: set[Kind]) -> pa.DataType:
        if kinds == {"integer", "float"} and self._exact:
            return _TYPES["float"]
        if "decimal" in kinds and kinds <= {"integer", "decimal"}:
            return self._decimal(_INTEGER_DIGITS if "integer" in kinds else 0)
        kind, *others = kinds or {"nothing"}
        return _TYPES["text"] if others else _TYPES[kind]

    def _decimal(self, least: int) -> pa.DataType:
        """The type of decimal numbers with at least ``least`` digits before the point."""
        digits = max(self._whole, least) + self._scale
        if digits > _MOST_DIGITS:
            return _TYPES["text"]
        return pa.decimal128(_DIGITS if digits <= _DIGITS else _MOST_DIGITS, self._scale)


def _kinds(values: Sequence[object]) -> set[Kind]:
    """The kinds of ``values``; when one of them is text, or has no type of its own, all are."""
    kinds: set[Kind] = set()
    for kind in set(map(type, values)) - {type(None)}:
        if kind is datetime:
            kinds |= {"wall" if value.tzinfo is None else "instant" for value in values if isinstance(value, datetime)}
        elif kind is time:
            kinds |= {"clock" if value.tzinfo is None else "text" for value in values if isinstance(value, time)}
        else:
            kinds.add(_KINDS.get(kind, "text"))
    return {"text"} if "text" in kinds or not _fit(values, kinds) else kinds


def _fit(values: Sequence[object], kinds: set[Kind]) -> bool:
    """Whether all numbers among ``values`` are numbers, and not too large for their type."""
    return (
        ("integer" not in kinds or all(_SMALLEST <= value <= _LARGEST for value in values if isinstance(value, int)))
        and ("float" not in kinds or all(math.isfinite(value) for value in values if isinstance(value, float)))
        and ("decimal" not in kinds or all(value.is_finite() for value in values if isinstance(value, Decimal)))
    )


def _array(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):
        values = [value if value is None or type(value) is str else _text(value) for value in values]
    return pa.array(values, kind)


def _text(value: object) -> str:
    """A value as text that does not depend on what stands around it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else value.astimezone(UTC)).isoformat(" ")
    if isinstance(value, Decimal) and value.is_finite():
        return format(value.normalize(), "f")
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=_text)
    return str(value)
