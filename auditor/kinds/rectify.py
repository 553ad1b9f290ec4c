"""Rectify: whether what an inspection found was put right in time."""

from __future__ import annotations

from auditor.condition import Value
from auditor.kinds.bare_date import lacks_time
from auditor.kinds.clock import ClockOptions, Timing
from auditor.kinds.lookup import not_before
from auditor.kinds.outcome import Outcome
from auditor.kinds.scope import Scope


class Rectification:
    """The budget that an item not met has, from ``found`` until ``done`` (both time columns)."""

    def __init__(self, scope: Scope, options: ClockOptions, found: Value, done: Value) -> None:
        """``options`` say how the budget is counted."""
        self.timing = Timing(scope.calendar, found.sql, options)
        self._as_of, self._found, self._done = scope.as_of, found, done
        self.came = f"coalesce({done.sql} <= {self._as_of} AND {not_before(done, found, scope.row)}, FALSE)"
        self._within = options.within

    @property
    def verdict(self) -> str:
        """SQL of the outcome of an item that was not met."""
        in_time, running = self.timing.in_time(self._done.sql), self.timing.in_time(str(self._as_of))
        arms = [
            f"WHEN {self._found.sql} IS NULL THEN {Outcome.START_MISSING:d}",
            f"WHEN {self._found.sql} > {self._as_of} THEN {Outcome.FUTURE:d}",
            *self._bare(),
            f"WHEN {self.came} THEN CASE WHEN {in_time} THEN {Outcome.PASS:d}"
            f" WHEN {in_time} IS NULL THEN {Outcome.CALENDAR:d} ELSE {Outcome.ITEM:d} END",
            f"WHEN {running} THEN {Outcome.RECTIFYING:d}",
            f"WHEN {running} IS NULL THEN {Outcome.CALENDAR:d}",
        ]
        return f"CASE {' '.join(arms)} ELSE {Outcome.ITEM:d} END"

    def _bare(self) -> list[str]:
        """A time of day is missing that a budget of hours needs."""
        done = f"({self.came} AND {self._done.dateonly})" if self._done.dateonly else None
        bare = lacks_time(self._within, self._found, Value(self._done.sql, self._done.type, done))
        return [f"WHEN {bare} THEN {Outcome.DATE_ONLY:d}"] if bare else []
