"""The spellings of a time column: found from its own values, each read by DuckDB in one step."""

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

_MOST = 12
"""How many spellings of a column are read by DuckDB; rarer ones go through Python."""

_SHAPES = (
    (re.compile(r"\d{8}"), "%Y%m%d"),
    (re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}"), "%Y{s}%m{s}%d"),
    (re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}"), "{order}"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}([日号])"), "%Y年%m月%d{s}"),
)
_ORDERS = {"dmy": "%d{s}%m{s}%Y", "mdy": "%m{s}%d{s}%Y"}
_CLOCKS = (
    (re.compile(r""), ""),
    (re.compile(r"( |T)\d{1,2}:\d{1,2}"), "{t}%H:%M"),
    (re.compile(r"( |T)\d{1,2}:\d{1,2}:\d{1,2}"), "{t}%H:%M:%S"),
    (re.compile(r"( |T)\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,6}"), "{t}%H:%M:%S.%f"),
    (re.compile(r"( )\d{1,2}时\d{1,2}分"), "{t}%H时%M分"),
)


@dataclass(frozen=True)
class Spelling:
    """A strptime format; ``dateonly`` when it has no time of day; ``order`` when the year stands last."""

    format: str
    dateonly: bool
    order: Order | None = None

    @property
    def pattern(self) -> str:
        """A LIKE pattern of all its texts, since a failed strptime costs DuckDB ten times a successful one."""
        if self.format == "%Y%m%d":
            return "_" * 8
        return re.sub("%[a-zA-Z]", "%", self.format.replace("%Y", "____"))


def spellings_of(sample: Sequence[str], order: Order | None) -> tuple[Spelling, ...]:
    """The spellings in ``sample`` that DuckDB can read, the most particular first; ``order`` is the column's, if known.

    So a text is tried as the first one whose pattern it has.
    """
    counted = Counter(found for text in sample if (found := _spelling(text.strip(), order)) is not None)
    return ordered([spelling for spelling, _ in counted.most_common()])


def ordered(spellings: Sequence[Spelling]) -> tuple[Spelling, ...]:
    """The first few of ``spellings``, the most particular first."""
    few = list(dict.fromkeys(spellings))[:_MOST]
    return tuple(sorted(few, key=lambda spelling: (-len(spelling.format), spelling.format)))


def _spelling(text: str, order: Order | None) -> Spelling | None:
    for shape, day in _SHAPES:
        found = shape.match(text)
        if found is None:
            continue
        if day == "{order}":
            return _with_clock(_ORDERS[order], found, order) if order else None
        return _with_clock(day, found, None)
    return None


def _with_clock(day: str, found: re.Match[str], order: Order | None) -> Spelling | None:
    day = day.format(s=found[1]) if found.re.groups else day
    tail = found.string[found.end() :]
    for shape, clock in _CLOCKS:
        mark = shape.fullmatch(tail)
        if mark is not None and not (clock and day == "%Y%m%d"):
            return Spelling(day + (clock.format(t=mark[1]) if clock else ""), not clock, order)
    return None


def time_sql(cell: str, spellings: Sequence[Spelling], zone: str) -> str:
    """UTC seconds of ``cell`` when it has one of the spellings and a plausible year, else NULL."""
    if not spellings:
        return "CAST(NULL AS BIGINT)"
    return local_to_utc(
        _chain(cell, [(item, f"try_strptime({cell}, {literal(item.format)})") for item in spellings]), zone
    )


def dateonly_sql(cell: str, spellings: Sequence[Spelling]) -> str:
    """Whether ``cell`` has a spelling without a time of day; FALSE for a blank one."""
    if not any(spelling.dateonly for spelling in spellings):
        return "FALSE"
    if all(spelling.dateonly for spelling in spellings):
        return f"{cell} IS NOT NULL"
    return f"coalesce({_chain(cell, [(item, str(item.dateonly).upper()) for item in spellings])}, FALSE)"


def _chain(cell: str, results: Sequence[tuple[Spelling, str]]) -> str:
    cases = " ".join(f"WHEN {cell} LIKE {literal(spelling.pattern)} THEN {result}" for spelling, result in results)
    return f"CASE {cases} END"


def local_to_utc(local: str, zone: str) -> str:
    """UTC seconds of a TIMESTAMP of local wall time; NULL outside the years that are read."""
    wall = f"(epoch_us({local}) // 1000000)"
    low, high = f"TIMESTAMP '{FIRST_YEAR}-01-01'", f"TIMESTAMP '{LAST_YEAR + 1}-01-01'"
    return f"CASE WHEN {local} >= {low} AND {local} < {high} THEN {wall} - ({offset_sql(zone, wall)}) END"
