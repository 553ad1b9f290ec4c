"""Bare dates: budgets of hours where a cell holds a day but no time of day."""

from __future__ import annotations

from typing import Literal

from auditor.calendar import Calendar
from auditor.condition import Value
from auditor.duration import Duration
from auditor.kinds.clock import Timing

DateOnly = Literal["unknown", "day"]
"""What is done with a bare date: nobody knows, or days decide, each read as is best for who answers."""


def lacks_time(within: Duration, *times: Value) -> str | None:
    """SQL, never NULL: one of ``times`` is only a date although the budget counts hours; None if that never happens."""
    if within.unit in ("d", "wd", "mon", "y"):
        return None
    tests = [time.dateonly for time in times if time.dateonly]
    return f"coalesce({' OR '.join(tests)}, FALSE)" if tests else None


def begins(calendar: Calendar, within: Duration, start: Value, date_only: DateOnly) -> str:
    """SQL of the instant from which a budget runs: where days decide, the last second of a start that is a day."""
    bare = lacks_time(within, start)
    if bare is None or date_only == "unknown":
        return start.sql
    return f"(CASE WHEN {bare} THEN {last_second(calendar, start.sql)} ELSE {start.sql} END)"


def comes(calendar: Calendar, begin: str, at: str, bare: str | None, date_only: DateOnly) -> str:
    """SQL of the instant that is compared: where ``bare`` and days decide, the first of its day after ``begin``."""
    if bare is None or date_only == "unknown":
        return at
    return f"(CASE WHEN {bare} THEN greatest({begin}, {calendar.day_start_sql(calendar.day_sql(at))}) ELSE {at} END)"


def kept(timing: Timing, start: Value, at: Value, date_only: DateOnly) -> str:
    """SQL: ``at`` is in time after ``start``, by the day where only days are known and may decide.

    ``timing`` counts from where the budget ``begins``. NULL where the calendar does not reach, or where a time
    of day is missing that the rule insists on.
    """
    bare = lacks_time(timing.options.within, start, at)
    in_time = timing.in_time(comes(timing.calendar, timing.start, at.sql, bare, date_only))
    return f"(CASE WHEN NOT {bare} THEN {in_time} END)" if bare and date_only == "unknown" else in_time


def last_second(calendar: Calendar, t: str) -> str:
    """SQL of the last second of the local day of ``t``."""
    return f"({calendar.day_start_sql(f'{calendar.day_sql(t)} + 1')} - 1)"
