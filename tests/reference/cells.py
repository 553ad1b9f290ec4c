"""Cells in their one canonical spelling, read into the values the reference judges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.reference.clock import seconds_of
from tests.reference.values import NOT_APPLICABLE, UNREADABLE, Moment, RecordSpec, Row

_FORMS = {10: "%Y-%m-%d", 16: "%Y-%m-%d %H:%M", 19: "%Y-%m-%d %H:%M:%S"}


def read_moment(text: str, zone: str) -> Moment:
    """'2025-03-05 10:00', '2025-03-05 10:00:30' or '2025-03-05' as local time; ValueError otherwise."""
    wall = datetime.strptime(text, _FORMS.get(len(text), "%Y"))
    return Moment(int(wall.replace(tzinfo=ZoneInfo(zone)).timestamp()), len(text) == 10)


def read_number(text: str) -> int | Fraction:
    """A number exactly as written; ValueError when it is none."""
    value = Fraction(text)
    return int(value) if value.denominator == 1 else value


def read_cell(text: str | None, kind: str, zone: str) -> Any:
    """The value of one cell of type word ``kind``: None for a blank, a mark for what cannot be read or applied."""
    if text is None or text == "":
        return None
    if kind in ("text", "id", "person"):
        return text
    if text == "不适用":
        return NOT_APPLICABLE
    try:
        return _READERS[kind](text, zone)
    except (KeyError, ValueError):
        return UNREADABLE


_READERS: dict[str, Callable[[str, str], Any]] = {
    "time": read_moment,
    "number": lambda text, _: read_number(text),
    "integer": lambda text, _: int(text),
    "yesno": lambda text, _: {"是": True, "否": False}[text],
    "clock": lambda text, _: seconds_of(text),
}


def read_table(rows: Sequence[Mapping[str, str | None]], spec: RecordSpec, zone: str) -> list[Row]:
    """All rows of one table; ``_line`` counts them from 1. A column that is not written is blank."""
    out = []
    for line, row in enumerate(rows, start=1):
        cells: Row = {name: read_cell(row.get(name), kind, zone) for name, kind in spec.types.items()}
        out.append({"_line": line, **cells})
    return out
