"""The tables of a calendar in DuckDB: one row for each local day, one for each unbroken span of work."""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.calendar.clock import BusinessClock
from auditor.calendar.dates import date_of
from auditor.calendar.sql import dated_days, days_table, quoted, spans_table

if TYPE_CHECKING:
    import duckdb

Column = tuple[str, str, Sequence[int | None]]


def create_tables(clock: BusinessClock, connection: duckdb.DuckDBPyConnection) -> None:
    """Create or replace ``calendar_<name>_days`` and ``calendar_<name>_spans``."""
    _create(connection, days_table(clock), _day_columns(clock))
    table = clock.table
    spans = zip(table.opens, table.closes, table.before, strict=True)
    ends = [before + close - open_ for open_, close, before in spans]
    columns: list[Column] = [
        ("open", "BIGINT", list(table.opens)),
        ("close", "BIGINT", list(table.closes)),
        ("cum_start", "BIGINT", list(table.before)),
        ("cum_end", "BIGINT", list(ends)),
    ]
    _create(connection, spans_table(clock), columns)


def _create(connection: duckdb.DuckDBPyConnection, name: str, columns: list[Column]) -> None:
    import numpy

    arrays = {
        column: numpy.ma.masked_array(
            [value or 0 for value in values], [value is None for value in values], numpy.int64
        )
        for column, _, values in columns
    }
    typed = ", ".join(f"CAST({quoted(column)} AS {kind}) AS {quoted(column)}" for column, kind, _ in columns)
    connection.register("calendar_rows", arrays)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {typed} FROM calendar_rows")
    connection.unregister("calendar_rows")


def _day_columns(clock: BusinessClock) -> list[Column]:
    """What each listed day is in the calendar of months, and what it is to work."""
    days = dated_days(clock)
    dates = [date_of(day) for day in days]
    starts = [clock.day_start(day) for day in range(days[0], days[-1] + 2)]
    following = [clock.next_working(day) for day in days]
    return [
        ("day", "INTEGER", list(days)),
        ("w", "INTEGER", [clock.working_days(day) for day in days]),
        ("works", "BOOLEAN", [clock.works(day) for day in days]),
        ("provisional", "BOOLEAN", _provisional(clock, days)),
        ("day_start", "BIGINT", list(starts[:-1])),
        ("day_end", "BIGINT", list(starts[1:])),
        ("closing", "BIGINT", [clock.closing(day) for day in days]),
        ("next_working", "INTEGER", list(following)),
        ("next_start", "BIGINT", [None if day is None else clock.day_start(day) for day in following]),
        ("next_end", "BIGINT", [None if day is None else clock.day_start(day + 1) for day in following]),
        ("next_opening", "BIGINT", [None if day is None else clock.opening(day) for day in following]),
        ("month", "INTEGER", [it.year * 12 + it.month - 1 for it in dates]),
        ("month_day", "INTEGER", [it.day for it in dates]),
        ("month_days", "INTEGER", [months.monthrange(it.year, it.month)[1] for it in dates]),
        *_work_columns(clock, days),
    ]


def _work_columns(clock: BusinessClock, days: range) -> list[Column]:
    """Working seconds before each day, NULL where the calendar ends, and its stretches, padded with empty ones."""
    table = clock.table
    lead = table.first_day - days[0]
    tail = len(days) - lead - len(table.worked)
    columns: list[Column] = [("c", "BIGINT", [None] * lead + list(table.worked) + [None] * tail)]
    widest = max((len(stretches) for stretches in table.parts), default=0)
    for number in range(widest):
        found = [stretches[number] if number < len(stretches) else (0, 0) for stretches in table.parts]
        columns.append((f"o{number + 1}", "BIGINT", [0] * lead + [open_ for open_, _ in found] + [0] * tail))
        columns.append((f"k{number + 1}", "BIGINT", [0] * lead + [close for _, close in found] + [0] * tail))
    return columns


def _provisional(clock: BusinessClock, days: range) -> list[bool | None]:
    """Whether each day is judged by the fallback only; NULL where it is not judged."""
    guessed = {year for year in clock.entry.years() if not clock.entry.knows(year)}
    return [None if clock.works(day) is None else date_of(day).year in guessed for day in days]
