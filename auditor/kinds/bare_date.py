"""Bare dates: budgets of hours where a cell holds a day but no time of day."""

from __future__ import annotations

from typing import Literal

from auditor.calendar import Calendar
from auditor.condition import Value
from auditor.duration import Duration
from auditor.kinds.clock import Timing

DateOnly = Literal["unknown", "day"]


def lacks_time(within: Duration, *times: Value) -> str | None:
    """SQL, never NULL: one of ``times`` is only a date although the budget counts hours; None if that never happens."""
    if within.unit in ("d", "wd", "mon", "y"):
        return None
    tests = [time.dateonly for time in times if time.dateonly]
    return f"coalesce({' OR '.join(tests)}, FALSE)" if tests else None


def by_day(within: Duration, date_only: DateOnly) -> bool:
    """Whether the rule lets days decide where hours are not known; working hours never can."""
    return date_only == "day" and within.unit != "bh"


def kept(
    timing: Timing, calendar: Calendar, start: Value, at: Value, date_only: DateOnly, exact: str | None = None
) -> str:
    """SQL: ``at`` is in time after ``start``, by the day where only days are known and may decide.

    ``exact`` is what holds where times of day are known, if not what ``timing`` says of ``at``.
    NULL where the calendar does not reach, or where a time of day is missing that the rule insists on.
    """
    within, exact = timing.options.within, exact or timing.in_time(at.sql)
    bare = lacks_time(within, start, at)
    if bare is None:
        return exact
    days = "NULL"
    if by_day(within, date_only):
        latest = f"{timing.breach_after} + CASE WHEN {start.dateonly or 'FALSE'} THEN 86399 ELSE 0 END"
        days = f"{calendar.day_sql(at.sql)} <= {calendar.day_sql(latest)}"
    return f"(CASE WHEN {bare} THEN {days} ELSE {exact} END)"
