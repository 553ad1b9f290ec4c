"""Whether something was in time: a start, a number of minutes, working hours, days, months, and pauses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.reference.clock import ONE_DAY, ReferenceCalendar, Span, add_months, union
from tests.reference.values import Moment

_SECONDS = {"s": 1, "min": 60, "h": 3600, "bh": 3600}


@dataclass(frozen=True)
class Pause:
    """A pause; without an end it is still open."""

    begin: Moment
    end: Moment | None


@dataclass(frozen=True)
class Budget:
    """So much time on one clock, and how its limits are read."""

    calendar: ReferenceCalendar
    amount: int
    unit: str
    strict: bool = False
    roll_due: bool = False
    roll_start: bool = False
    until_close: bool = False
    days_for_dates: bool = False

    @property
    def hourly(self) -> bool:
        """Whether the clock counts seconds rather than days."""
        return self.unit in _SECONDS

    def covered(self, start: Moment, pauses: list[Pause], end: int) -> bool:
        """Whether the calendar knows the start's day and, where working time is counted, the day it is due."""
        day = self.calendar.day(start.utc)
        if not self.calendar.knows(day):
            return False
        if self.unit == "bh":
            return self._working_hours_fit(start.utc, self._paused(start.utc, end, pauses))
        due = self.due_day(start.utc)
        return due is not None and (self.calendar.knows(due) or not (self.unit == "wd" or self.roll_due))

    def in_time(self, start: Moment, at: Moment, pauses: list[Pause]) -> bool | None:
        """Whether ``at`` lies within the budget; None when a date without a time, or the calendar, leaves it open."""
        if not self.hourly:
            return self._certain(at, self._day_in_time(start.utc, at, pauses))
        dates = start.dateonly or at.dateonly
        if (dates or any(_has_date(pause) for pause in pauses)) and not self.days_for_dates:
            return None
        if not dates:
            return self._certain(at, self._second_in_time(start.utc, at.utc, pauses))
        begin = self._day_end(start.utc) - 1 if start.dateonly else start.utc
        earliest = max(begin, self.calendar.midnight(self.calendar.day(at.utc)))
        return self._certain(at, self._second_in_time(begin, earliest, pauses))

    def due_day(self, start: int) -> date | None:
        """The last day of a budget of days; None when the calendar ends before it. For hours, the start's day."""
        day = self.calendar.day(start)
        if self.unit == "wd":
            return self._nth_working_day(self._first_day(start))
        days = {"d": timedelta(days=self.amount)}.get(self.unit, timedelta())
        months = {"mon": self.amount, "y": 12 * self.amount}.get(self.unit, 0)
        due = add_months(day, months) + days
        return self.calendar.next_working(due) if self.roll_due and not self.hourly else due

    def _certain(self, at: Moment, answer: bool) -> bool | None:
        outside = self.unit in ("bh", "wd") and not self.calendar.knows(self.calendar.day(at.utc))
        return None if answer and outside else answer

    def _second_in_time(self, start: int, at: int, pauses: list[Pause]) -> bool:
        budget = self.amount * _SECONDS[self.unit]
        if self.strict:
            return at <= start or self._used(start, at - 1, pauses) < budget
        return self._used(start, at, pauses) <= budget

    def _used(self, start: int, at: int, pauses: list[Pause]) -> int:
        return self._length(start, at) - sum(self._length(*span) for span in self._paused(start, at, pauses))

    def _length(self, begin: int, end: int) -> int:
        return self.calendar.working_seconds(begin, end) if self.unit == "bh" else end - begin

    def _paused(self, start: int, end: int, pauses: list[Pause]) -> list[Span]:
        return union([(max(start, pause.begin.utc), min(end, self._pause_end(pause, end))) for pause in pauses])

    def _pause_end(self, pause: Pause, end: int) -> int:
        if pause.end is None:
            return end
        return self._day_end(pause.end.utc) if pause.end.dateonly else pause.end.utc

    def _day_end(self, utc: int) -> int:
        return self.calendar.midnight(self.calendar.day(utc) + ONE_DAY)

    def _working_hours_fit(self, start: int, paused: list[Span]) -> bool:
        left, day = self.amount * 3600, self.calendar.day(start)
        while left > 0 and self.calendar.knows(day):
            begin, end = max(start, self.calendar.midnight(day)), self.calendar.midnight(day + ONE_DAY)
            left -= self.calendar.working_seconds(begin, end)
            left += sum(
                self.calendar.working_seconds(max(begin, a), min(end, b)) for a, b in paused if a < end and b > begin
            )
            day += ONE_DAY
        return left <= 0

    def _day_in_time(self, start: int, at: Moment, pauses: list[Pause]) -> bool:
        day, due = self.calendar.day(at.utc), self.due_day(start)
        paused = sum(self._days(*span) for span in self._paused(start, at.utc, pauses))
        if due is None:
            return True
        if self.unit != "wd":
            return day <= due + timedelta(days=paused)
        if self.until_close:
            return self._before_close(self._later_working_day(due, paused), at)
        if self.strict:
            return day <= self._later_working_day(due, paused)
        return self.calendar.working_days(self._first_day(start), day) - paused <= self.amount

    def _days(self, begin: int, end: int) -> int:
        first, last = self.calendar.day(begin), self.calendar.day(end)
        return self.calendar.working_days(first, last) if self.unit == "wd" else (last - first).days

    def _first_day(self, start: int) -> date:
        """The day the start counts for: a rest day or the evening may count as the next working day."""
        day = self.calendar.day(start)
        spans = self.calendar.spans(day)
        resting = not spans if self.roll_start or self.amount == 0 else False
        evening = self.roll_start and bool(spans) and start >= spans[-1][1]
        if not (resting or evening):
            return day
        return self.calendar.next_working(day + ONE_DAY) or date.max

    def _nth_working_day(self, first: date) -> date | None:
        day: date | None = first
        for _ in range(self.amount):
            day = self.calendar.next_working(day + ONE_DAY) if day and day != date.max else None
        return None if day == date.max else day

    def _later_working_day(self, due: date, count: int) -> date:
        for _ in range(count):
            due = self.calendar.next_working(due + ONE_DAY) or date.max
        return due

    def _before_close(self, due: date, at: Moment) -> bool:
        close = self.calendar.spans(due)[-1][1]
        moment = self.calendar.midnight(self.calendar.day(at.utc)) if at.dateonly else at.utc
        if moment <= close:
            return True
        return not self.strict and self.calendar.working_seconds(close, moment) == 0


def _has_date(pause: Pause) -> bool:
    return pause.begin.dateonly or (pause.end is not None and pause.end.dateonly)


def read_budget(rule: Mapping[str, Any], calendar: ReferenceCalendar, field: str = "within") -> Budget:
    """The budget a rule writes under ``field``, with the rule's options of the clock."""
    amount, unit = read_duration(rule[field])
    return Budget(
        calendar,
        amount,
        unit,
        strict=rule.get("boundary") == "strict",
        roll_due=rule.get("roll") == "next_working",
        roll_start=rule.get("after_hours") == "roll",
        until_close=rule.get("ends") == "close",
        days_for_dates=rule.get("date_only") == "day",
    )


def read_duration(text: str) -> tuple[int, str]:
    """'8bh' as (8, 'bh'); ValueError when it is no duration."""
    found = re.fullmatch(r"(\d+)(s|min|h|bh|d|wd|mon|y)", text)
    if not found:
        raise ValueError(f"{text!r} is no duration")
    return int(found[1]), found[2]
