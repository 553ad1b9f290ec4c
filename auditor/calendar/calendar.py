"""Calendar: a business clock that also says when things are due and speaks SQL."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import TYPE_CHECKING

from auditor.calendar import sql
from auditor.calendar.clock import BusinessClock
from auditor.calendar.due import AfterHours, Due, Ends, Roll, due
from auditor.duration import Duration

if TYPE_CHECKING:
    import duckdb


class Calendar(BusinessClock):
    """One calendar of calendars.yaml. Instants are UTC seconds; ``t``, ``c`` and ``day`` of the SQL are expressions."""

    @functools.cached_property
    def version(self) -> str:
        """Twelve hex digits that change with its hours, its holidays or its years."""
        exceptions = {day.isoformat(): list(map(str, hours)) for day, hours in self.entry.exceptions().items()}
        years = self.entry.years()
        content = [self.entry.model_dump_json(), sorted(exceptions.items()), years[0], years[-1]]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]

    def due(
        self,
        start: int,
        duration: Duration,
        *,
        roll: Roll | None = None,
        after_hours: AfterHours | None = None,
        ends: Ends = "midnight",
        paused: int = 0,
    ) -> Due:
        """When ``duration`` from ``start`` is over; see ``auditor.calendar.due.due``."""
        return due(self, start, duration, roll=roll, after_hours=after_hours, ends=ends, paused=paused)

    def register(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Create or replace ``calendar_<name>_days`` and ``calendar_<name>_spans`` in the connection."""
        from auditor.calendar.tables import create_tables

        create_tables(self, connection)

    def day_sql(self, t: str) -> str:
        """The local day of ``t``."""
        return sql.day_number_sql(self, t)

    def day_start_sql(self, day: str) -> str:
        """The first second of ``day``."""
        return sql.day_start_sql(self, day)

    def wall_sql(self, t: str) -> str:
        """Local wall time of ``t`` in seconds, counted as if local were UTC."""
        return sql.wall_sql(self, t)

    def instant_sql(self, wall: str) -> str:
        """The instant of local wall time ``wall`` in seconds."""
        return sql.instant_sql(self, wall)

    def join_sql(self, alias: str, t: str) -> str:
        """The join that gives ``t`` the row of its day under ``alias``."""
        return sql.day_join(self, alias, sql.day_number_sql(self, t))

    def c_sql(self, alias: str, t: str) -> str:
        """Working seconds before ``t``, over join_sql; NULL outside the calendar."""
        return sql.worked_sql(self, alias, t)

    def w_sql(self, alias: str) -> str:
        """Working days up to and including the joined day."""
        return f"{sql.quoted(alias)}.w"

    def start_count_sql(self, alias: str, t: str, amount: int, after_hours: AfterHours | None = None) -> str:
        """W from which ``amount`` working days after ``t`` are counted: late when w_sql exceeds it by more."""
        return sql.start_count_sql(alias, t, amount, after_hours)

    def next_working_sql(self, alias: str) -> str:
        """The first working day after the joined day."""
        return f"{sql.quoted(alias)}.next_working"

    def provisional_sql(self, alias: str) -> str:
        """Whether the joined day is judged by the fallback only."""
        return f"{sql.quoted(alias)}.provisional"

    def due_join_sql(self, alias: str, c: str) -> str:
        """The joins in which due_at_sql and breach_after_sql look the target ``c`` up; for few rows."""
        return sql.spans_join(self, alias, c)

    def due_at_sql(self, alias: str, c: str) -> str:
        """The earliest instant at which ``c`` working seconds are reached."""
        return sql.reach_sql(self, alias, c)

    def breach_after_sql(self, alias: str, c: str) -> str:
        """The latest instant at which no more than ``c`` working seconds have passed."""
        return sql.leave_sql(alias, c)

    def due_sql(
        self,
        alias: str,
        t: str,
        duration: Duration,
        *,
        roll: Roll | None = None,
        after_hours: AfterHours | None = None,
        ends: Ends = "midnight",
        paused: str = "0",
        prefix: str | None = None,
    ) -> sql.DueSql:
        """Due for the start ``t`` joined under ``alias``: joins (named after ``prefix``) and both expressions."""
        return sql.due_sql(
            self, alias, t, duration, roll=roll, after_hours=after_hours, ends=ends, paused=paused, prefix=prefix
        )
