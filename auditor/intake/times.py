"""The usual spelling of a time column: found from its own values, read by DuckDB in one step."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.intake.sql import literal
from auditor.intake.values.time import FIRST_YEAR, LAST_YEAR, Order
from auditor.intake.zone import offset_sql

YEAR_LAST = "^\\s*(\\d{1,2})([-/.])(\\d{1,2})[-/.]\\d{4}(\\D.*)?$"
"""Dates that do not say by themselves which figure is the day, for DuckDB and Python alike."""

_SHAPES = (
    (re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}"), "%Y{s}%m{s}%d"),
    (re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}"), "{order}"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"), "%Y年%m月%d日"),
)
_CLOCKS = (
    (re.compile(r""), ""),
    (re.compile(r"( |T)\d{1,2}:\d{1,2}"), "{t}%H:%M"),
    (re.compile(r"( |T)\d{1,2}:\d{1,2}:\d{1,2}"), "{t}%H:%M:%S"),
)
_COMPACT = re.compile(r"\d{8}")


@dataclass(frozen=True)
class Spelling:
    """A strptime format; ``dateonly`` when it has no time of day; ``order`` when the year stands last."""

    format: str
    dateonly: bool
    order: Order | None = None
    length: int | None = None


def usual_spelling(sample: Sequence[str], order: Order | None) -> Spelling | None:
    """The commonest spelling of ``sample`` that DuckDB can read; ``order`` is that of the column, if known."""
    spellings = [found for text in sample if (found := _spelling(text.strip(), order)) is not None]
    counted = Counter(spellings)
    return max(counted, key=lambda item: (counted[item], item.format), default=None)


def _spelling(text: str, order: Order | None) -> Spelling | None:
    if _COMPACT.fullmatch(text):
        return Spelling("%Y%m%d", True, order, 8)
    for shape, day_format in _SHAPES:
        found = shape.match(text)
        if found is None or (day_format == "{order}" and order is None):
            continue
        separator = found.group(1) if shape.groups else ""
        day = {"dmy": "%d{s}%m{s}%Y", "mdy": "%m{s}%d{s}%Y"}.get(order or "") if day_format == "{order}" else day_format
        return _with_clock((day or "").format(s=separator), text[found.end() :], order)
    return None


def _with_clock(day: str, tail: str, order: Order | None) -> Spelling | None:
    for shape, clock in _CLOCKS:
        found = shape.fullmatch(tail)
        if found is not None:
            mark = found.group(1) if shape.groups else ""
            return Spelling(day + clock.format(t=mark), not clock, order)
    return None


def time_sql(cell: str, spelling: Spelling | None, zone: str) -> str:
    """UTC seconds of ``cell`` when it has the usual spelling and a plausible year, else NULL."""
    if spelling is None:
        return "CAST(NULL AS BIGINT)"
    parsed = f"try_strptime({cell}, {literal(spelling.format)})"
    if spelling.length is not None:
        parsed = f"CASE WHEN length({cell}) = {spelling.length} THEN {parsed} END"
    return local_to_utc(parsed, zone)


def local_to_utc(local: str, zone: str) -> str:
    """UTC seconds of a TIMESTAMP of local wall time; NULL outside the years that are read."""
    wall = f"(epoch_us({local}) // 1000000)"
    low, high = f"TIMESTAMP '{FIRST_YEAR}-01-01'", f"TIMESTAMP '{LAST_YEAR + 1}-01-01'"
    return f"CASE WHEN {local} >= {low} AND {local} < {high} THEN {wall} - ({offset_sql(zone, wall)}) END"
