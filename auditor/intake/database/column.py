"""Column: the values of one column of a result as Arrow, batch by batch, without changing any of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from operator import attrgetter

import pyarrow as pa
import pyarrow.compute as pc

_INTEGER, _FLOAT, _TEXT, _NOTHING = pa.int64(), pa.float64(), pa.string(), pa.null()
_WALL, _INSTANT, _CLOCK = pa.timestamp("us"), pa.timestamp("us", "UTC"), pa.time64("us")
_TYPES = {int: _INTEGER, float: _FLOAT, bool: pa.bool_(), date: pa.date32(), str: _TEXT}
_FEW, _FLOAT_DIGITS, _MOST = 18, 15, 38
"""Digits of a short decimal number, of a whole number that is exact as a float, of the longest decimal number."""


class Column:
    """What has been seen of one column: values that no one type can hold unchanged become text, all of them.

    The type follows from the values alone, not from how they came in batches.
    """

    def __init__(self, name: str) -> None:
        """A column of which nothing has been seen yet."""
        self.name = name
        self._seen: set[pa.DataType] = set()
        self._whole = self._scale = 0

    def take(self, values: Sequence[object]) -> pa.Array:
        """One batch of values, in a type that holds it as it is."""
        batch = _arrow(values)
        if pa.types.is_decimal(batch.type):
            self._scale = max(self._scale, batch.type.scale)
            self._whole = max(self._whole, batch.type.precision - batch.type.scale)
            batch = batch.cast(_decimal(batch.type.precision, batch.type.scale))
        elif batch.type == _INTEGER:
            self._whole = max(self._whole, _digits(batch))
        self._seen.add(batch.type)
        return batch

    @property
    def type(self) -> pa.DataType:
        """The type that holds every batch so far as it is; decimal numbers without a fraction are integers."""
        seen = self._seen - {_NOTHING}
        if len(seen) == 1 and not any(map(pa.types.is_decimal, seen)):
            return next(iter(seen))
        if seen == {_INTEGER, _FLOAT} and self._whole <= _FLOAT_DIGITS:
            return _FLOAT
        if not seen or not all(one == _INTEGER or pa.types.is_decimal(one) for one in seen):
            return _TEXT
        digits = self._whole + self._scale
        return _INTEGER if not self._scale and digits <= _FEW else _decimal(digits, self._scale)

    def settle(self, batch: pa.ChunkedArray) -> pa.ChunkedArray:
        """An earlier batch in the column's type."""
        if batch.type == self.type or pa.types.is_null(batch.type):
            return batch.cast(self.type)
        if self.type == _TEXT:
            return pa.chunked_array([_as_text(batch.to_pylist())], _TEXT)
        if pa.types.is_decimal(self.type):
            batch = batch.cast(pa.decimal128(_MOST, self._scale))
        return batch.cast(self.type)


def _arrow(values: Sequence[object]) -> pa.Array:
    """``values`` in the one type that holds them all, else as text."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds == {str}:
        return pa.array(values, _TEXT)
    if not kinds:
        return pa.nulls(len(values))
    try:
        found = _typed(values, kinds)
    except (pa.ArrowInvalid, OverflowError, TypeError):
        found = None
    return _as_text(values) if found is None else found


def _typed(values: Sequence[object], kinds: set[type]) -> pa.Array | None:
    """``values`` of ``kinds`` in a type of their own, or None; raises what pyarrow does when one has no place in it."""
    if kinds == {datetime} or kinds == {time}:
        aware = {zone is not None for zone in set(map(attrgetter("tzinfo"), filter(None, values)))}
        forms = [(_WALL, {datetime}, {False}), (_INSTANT, {datetime}, {True}), (_CLOCK, {time}, {False})]
        return next((pa.array(values, form) for form, *found in forms if found == [kinds, aware]), None)
    if Decimal in kinds and kinds <= {Decimal, int}:
        numbers = pa.array([Decimal(value) if isinstance(value, int) else value for value in values])
        return numbers if numbers.type.precision <= _MOST else None
    if kinds == {int, float}:
        exact = all(abs(value) < 10**_FLOAT_DIGITS for value in values if isinstance(value, int))
        kinds = {float} if exact else kinds
    [kind, *others] = kinds
    array = pa.array(values, _TYPES[kind]) if kind in _TYPES and not others else None
    finite = array is None or array.type != _FLOAT or pc.all(pc.is_finite(array)).as_py()
    return array if finite else None


def _decimal(digits: int, scale: int) -> pa.DataType:
    """The type of decimal numbers with ``digits``, of which ``scale`` stand after the point; text beyond its limits."""
    if digits > _MOST:
        return _TEXT
    return pa.decimal128(_FEW if digits <= _FEW else _MOST, scale)


def _digits(integers: pa.Array) -> int:
    """How many digits the longest of ``integers`` has."""
    return max(len(str(abs(end))) for end in pc.min_max(integers).as_py().values())


def _as_text(values: Sequence[object]) -> pa.Array:
    return pa.array([value if value is None or type(value) is str else _text(value) for value in values], _TEXT)


def _text(value: object) -> str:
    """A value as text that does not depend on what stands around it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else value.astimezone(UTC)).isoformat(" ")
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, Decimal) and value.is_finite():
        return format(value.normalize(), "f")
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=_text)
    return str(value)
