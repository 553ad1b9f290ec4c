"""Typed cells (of a workbook, or given by a program) as text in one canonical spelling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any


def cell_text(cell: object) -> str | None:
    """A cell as text in one canonical spelling: ISO dates, whole numbers without ``.0``, blanks as None.

    A whole number too long for a number cell is written with an exponent, so that an id made of it is refused.
    """
    spell = _SPELLINGS.get(type(cell)) or _spelling_of(cell)
    return spell(cell)


def _spelling_of(cell: object) -> Callable[[Any], str | None]:
    """The spelling of a type that is derived from a known one (a numpy number, a pandas Timestamp)."""
    return next((spell for kind, spell in _SPELLINGS.items() if isinstance(cell, kind)), str)


def _moment(cell: datetime) -> str:
    return cell.isoformat(" ", "seconds")


def _float(cell: float) -> str:
    """A number with the fifteen digits that a spreadsheet keeps, shows and compares by, its exponent as ``E+17``."""
    return f"{cell:.15G}" if isfinite(cell) else "#NUM!"


def _hours(span: timedelta) -> str:
    """A span as ``30:00:00``."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


_SPELLINGS: dict[type, Callable[[Any], str | None]] = {
    str: lambda cell: cell or None,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    int: str,
    float: _float,
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _hours,
    type(None): lambda _: None,
}
"""How a cell of each type is written; a type comes before those it is derived from."""
