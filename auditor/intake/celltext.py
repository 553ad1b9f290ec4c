"""Typed cells (of a workbook, or given by a program) as text in one canonical spelling."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_EXACT = 10**15
"""Whole numbers below this have all their digits in a spreadsheet's number cell."""


def cell_text(cell: object) -> str | None:
    """A cell as text in one canonical spelling: ISO dates, whole numbers without ``.0``, blanks as None.

    A whole number too long for a number cell is written with an exponent, so that an id made of it is refused.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, timedelta):
        return _hours(cell)
    if isinstance(cell, (int, float)):
        return _number(cell)
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def _number(value: int | float) -> str:
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    if value == int(value):
        return str(int(value)) if abs(value) < _EXACT else f"{value:.14E}"
    return repr(value)


def _hours(span: timedelta) -> str:
    """A span as ``30:00:00``."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
