"""Timing: whether something done at one instant was in time for something begun at another, in SQL."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from auditor.calendar import Calendar
from auditor.duration import Duration
from auditor.kinds.judgement import Join

AT_RISK_PERCENT = 80
"""Share of the budget from which a pending obligation is at risk (semantics: 80 %)."""


@dataclass(frozen=True)
class ClockOptions:
    """How a budget is counted; the fields mean what they mean in a deadline rule."""

    within: Duration
    boundary: Literal["lenient", "strict"] = "lenient"
    roll: Literal["none", "next_working"] = "none"
    after_hours: Literal["none", "roll"] = "none"
    ends: Literal["midnight", "close"] = "midnight"


class Timing:
    """The budget of one obligation, as SQL over the start ``start`` (UTC seconds).

    ``in_time(t, day)`` is NULL where the calendar does not reach. ``joins`` are needed for the verdict,
    ``details`` only for ``due_at`` and ``breach_after``.
    """

    def __init__(
        self, calendar: Calendar, start: str, options: ClockOptions, paused: str = "0", shifts: tuple[str, str] = ("0", "0")
    ) -> None:
        """``paused`` is SQL of the seconds paused so far; ``shifts`` of those that move due_at and breach_after."""
        self.calendar, self.start, self.options, self.paused = calendar, start, options, paused
        self.joins: list[Join] = []
        self.details: list[Join] = []
        self._clocked = options.within.unit in ("bh", "wd")
        self._by_due = options.boundary == "strict" or options.ends == "close" or not self._clocked
        tabled = self._clocked or options.within.unit in ("mon", "y")
        self._begin = self._day(start) if tabled else "unused"
        self._due_at = self._due(shifts[0])
        self._breach = self._due_at if shifts[0] == shifts[1] else self._due(shifts[1])

    def in_time(self, t: str) -> str:
        """SQL: an act at ``t`` (an expression) keeps the limit."""
        within = self.options.within
        if self._by_due:
            return f"({t} <= {self.due_at if self.options.boundary == 'strict' else self.breach_after})"
        alias = self._day(t)
        if within.unit == "bh":
            used = f"{self.calendar.c_sql(alias, t)} - {self.calendar.c_sql(self._begin, self.start)}"
            return f"({used} - {self.paused} <= {within.amount * 3600})"
        return f"({self.calendar.w_sql(alias)} - {self._count()} <= {within.amount})"

    def running(self, as_of: int) -> str:
        """SQL: at the instant ``as_of`` the budget is not used up."""
        if self._by_due:
            return self.in_time(str(as_of))
        if self.options.within.unit == "bh":
            worked = _constant(self.calendar.working_seconds(as_of))
            used = f"{worked} - {self.calendar.c_sql(self._begin, self.start)} - {self.paused}"
            return f"({used} <= {self.options.within.amount * 3600})"
        counted = _constant(self.calendar.working_days(self.calendar.day_of(as_of)))
        return f"({counted} - {self._count()} <= {self.options.within.amount})"

    def at_risk(self, as_of: int) -> str:
        """SQL: most of the budget is used at ``as_of``; only for budgets measured in seconds."""
        within, seconds = self.options.within, 0
        if within.elapsed is not None:
            seconds, used = within.elapsed, f"({as_of} - {self.start} - {self.paused})"
        elif within.unit == "bh" and self.options.boundary == "lenient":
            seconds = within.amount * 3600
            worked = _constant(self.calendar.working_seconds(as_of))
            used = f"({worked} - {self.calendar.c_sql(self._begin, self.start)} - {self.paused})"
        return f"({used} * 100 >= {seconds * AT_RISK_PERCENT})" if seconds else "FALSE"

    @property
    def due_at(self) -> str:
        """SQL: the earliest instant at which the budget is used up; the last second in time, strictly."""
        return self._due_at[0]

    @property
    def breach_after(self) -> str:
        """SQL: the last instant that is in time, leniently."""
        return self._breach[1]

    @property
    def provisional(self) -> str:
        """SQL: the calendar knows the start's year only by its fallback."""
        return f"coalesce({self.calendar.provisional_sql(self._begin)}, FALSE)" if self._clocked else "FALSE"

    def _count(self) -> str:
        after = "roll" if self.options.after_hours == "roll" else None
        return self.calendar.start_count_sql(self._begin, self.start, self.options.within.amount, after)  # type: ignore[arg-type]

    def _day(self, t: str) -> str:
        """Join the calendar's row for the day of ``t``; equal joins share one alias."""
        alias = _alias(self.calendar, t)
        join = Join(alias, self.calendar.join_sql(alias, t))
        if join not in self.joins:
            self.joins.append(join)
        return alias

    def _due(self, shift: str) -> tuple[str, str]:
        """The strict and the lenient limit, with the joins they need."""
        options = self.options
        paused = shift if options.within.unit == "bh" or options.within.elapsed is not None else "0"
        prefix = _alias(self.calendar, f"{self.start} {options} {paused}")
        found = self.calendar.due_sql(
            self._begin, self.start, options.within, roll="next_working" if options.roll == "next_working" else None,
            after_hours="roll" if options.after_hours == "roll" else None, ends=options.ends, paused=paused, prefix=prefix,
        )  # fmt: skip
        if found.joins:
            (self.joins if self._by_due else self.details).append(Join(prefix, found.joins))
        return found.due_at, found.breach_after


def _alias(calendar: Calendar, text: str) -> str:
    return "c" + hashlib.sha256(f"{calendar.name} {text}".encode()).hexdigest()[:12]


def _constant(value: int | None) -> str:
    return "CAST(NULL AS BIGINT)" if value is None else str(value)
