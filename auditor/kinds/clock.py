"""Timing: whether something done at one instant was in time for something begun at another, in SQL."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from auditor.calendar import AfterHours, Calendar
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
    """The budget of one obligation, as SQL over its ``start`` (UTC seconds).

    ``joins`` are needed for the verdict, ``details`` only for ``due_at`` and ``breach_after``. Elapsed time and
    plain days join nothing, working time the day of the start and that of the act.
    """

    def __init__(
        self,
        calendar: Calendar,
        start: str,
        options: ClockOptions,
        paused: str = "0",
        shifts: tuple[str, str] = ("0", "0"),
    ) -> None:
        """``paused`` is SQL of the seconds paused so far; ``shifts`` of those that move due_at and breach_after."""
        self.calendar, self.start, self.options, self.paused = calendar, start, options, paused
        self.joins: list[Join] = []
        self.details: list[Join] = []
        self._counted = options.within.unit in ("bh", "wd")
        self._by_due = options.boundary == "strict" or options.ends == "close" or not self._counted
        tabled = self._counted or options.within.unit in ("mon", "y")
        self._begin = self._day(start) if tabled else "unused"
        self._due_at = self._due(shifts[0])
        self._breach = self._due_at if shifts[0] == shifts[1] else self._due(shifts[1])

    def in_time(self, t: str) -> str:
        """SQL: an act at ``t`` (an expression) keeps the limit; NULL where the calendar does not reach."""
        if self._by_due:
            return f"({t} <= {self.due_at if self.options.boundary == 'strict' else self.breach_after})"
        used, budget, spent, total = self._used(t) if self.options.within.unit == "bh" else self._days_used(t)
        kept = f"({used} <= {budget} AND ({t} < {self.calendar.horizon[1]} OR NULL))"
        return f"(CASE WHEN {spent} + {budget} > {total} THEN NULL ELSE {kept} END)"

    def at_risk(self, t: str) -> str | None:
        """SQL: at ``t`` most of the budget is used; None for budgets of days, and for due times in working hours."""
        within = self.options.within
        if within.elapsed is not None:
            used, budget = f"{t} - {self.start} - {self.paused}", within.elapsed
        elif within.unit == "bh" and not self._by_due:
            used, budget, _, _ = self._used(t)
        else:
            return None
        return f"(({used}) * 100 >= {budget * AT_RISK_PERCENT})" if budget else None

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
        return f"coalesce({self.calendar.provisional_sql(self._begin)}, FALSE)" if self._counted else "FALSE"

    def _used(self, t: str) -> tuple[str, int, str, int]:
        """Working seconds used at ``t``, the budget, and the clock's reading at the start and at its very end."""
        last = self._within_calendar(t)
        begun = f"{self.calendar.c_sql(self._begin, self.start)} + {self.paused}"
        worked = self.calendar.c_sql(self._day(last), last)
        return f"{worked} - ({begun})", self.options.within.amount * 3600, begun, self.calendar.table.total

    def _days_used(self, t: str) -> tuple[str, int, str, int]:
        """The same in working days."""
        begun = self.calendar.start_count_sql(self._begin, self.start, self.options.within.amount, self._after_hours)
        counted = self.calendar.w_sql(self._day(self._within_calendar(t)))
        return f"{counted} - {begun}", self.options.within.amount, begun, len(self.calendar.table.working)

    @property
    def _after_hours(self) -> AfterHours | None:
        return "roll" if self.options.after_hours == "roll" else None

    def _within_calendar(self, t: str) -> str:
        """``t``, or the calendar's last second: what is used up by then stays used up."""
        return f"least({t}, {self.calendar.horizon[1] - 1})"

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
            self._begin,
            self.start,
            options.within,
            roll="next_working" if options.roll == "next_working" else None,
            after_hours=self._after_hours,
            ends=options.ends,
            paused=paused,
            prefix=prefix,
        )
        if found.joins:
            (self.joins if self._by_due else self.details).append(Join(prefix, found.joins))
        return found.due_at, found.breach_after


def _alias(calendar: Calendar, text: str) -> str:
    return "c" + hashlib.sha256(f"{calendar.name} {text}".encode()).hexdigest()[:12]
