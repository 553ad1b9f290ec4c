"""The tables of a calendar in DuckDB: one row for each local day, one for each unbroken span of work."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from auditor.calendar.clock import BusinessClock
from auditor.calendar.dates import date_of
from auditor.calendar.sql import dated_days, days_table, quoted, spans_table
from auditor.calendar.table import WorkTable

if TYPE_CHECKING:
    import duckdb

Column = tuple[str, str, Sequence[int | None]]


def create_tables(clock: BusinessClock, connection: duckdb.DuckDBPyConnection) -> None:
    """Create or replace ``calendar_<name>_days`` and ``calendar_<name>_spans``."""
    days = dated_days(clock)
    starts = [clock.day_start(day) for day in range(days[0], days[-1] + 2)]
    dates: list[Column] = [
        ("day", "INTEGER", days),
        ("day_start", "BIGINT", starts[:-1]),
        ("day_end", "BIGINT", starts[1:]),
        *_month_columns(days),
    ]
    covered = (*_count_columns(clock.table), *_work_columns(clock.table), _provisional(clock))
    lead = clock.table.first_day - days[0]
    work = [_padded(column, lead, len(days)) for column in covered]
    _create(connection, days_table(clock), [*dates, *work])
    _create(connection, spans_table(clock), _span_columns(clock.table))


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


def _padded(column: Column, lead: int, length: int) -> Column:
    """The column with the days around those covered: unknown, or an empty stretch of work."""
    name, kind, values = column
    blank = 0 if name[1:].isdigit() else None
    return name, kind, [*[blank] * lead, *values, *[blank] * (length - lead - len(values))]


def _month_columns(days: range) -> list[Column]:
    """The month (counted from year 0), the day in it and its length, for whole years of days."""
    month: list[int] = []
    month_day: list[int] = []
    month_days: list[int] = []
    first = date_of(days[0]).year * 12
    for number in range(first, date_of(days[-1]).year * 12 + 12):
        length = months.monthrange(number // 12, number % 12 + 1)[1]
        month += [number] * length
        month_day += range(1, length + 1)
        month_days += [length] * length
    return [("month", "INTEGER", month), ("month_day", "INTEGER", month_day), ("month_days", "INTEGER", month_days)]


def _count_columns(table: WorkTable) -> list[Column]:
    """Working days counted, and the next one with its midnights and opening."""
    ahead = [*table.working, None]
    following = [ahead[counted] for counted in table.counted]
    places = [None if day is None else day - table.first_day for day in following]
    return [
        ("w", "INTEGER", table.counted),
        ("works", "BOOLEAN", [bool(hours) for hours in table.hours]),
        ("closing", "BIGINT", [hours[-1][1] if hours else None for hours in table.hours]),
        ("next_working", "INTEGER", following),
        ("next_start", "BIGINT", [None if place is None else table.starts[place] for place in places]),
        ("next_end", "BIGINT", [None if place is None else table.starts[place + 1] for place in places]),
        ("next_opening", "BIGINT", [None if place is None else table.hours[place][0][0] for place in places]),
    ]


def _work_columns(table: WorkTable) -> Iterable[Column]:
    """Working seconds before each day, and its stretches, as many for every day."""
    yield "c", "BIGINT", table.worked
    for number in range(max(map(len, table.parts), default=0)):
        found = [parts[number] if number < len(parts) else (0, 0) for parts in table.parts]
        yield f"o{number + 1}", "BIGINT", [open_ for open_, _ in found]
        yield f"k{number + 1}", "BIGINT", [close for _, close in found]


def _provisional(clock: BusinessClock) -> Column:
    """Whether each day is judged by the fallback only."""
    found: list[int] = []
    for year in clock.entry.years():
        found += [not clock.entry.knows(year)] * (366 if months.isleap(year) else 365)
    return "provisional", "BOOLEAN", found


def _span_columns(table: WorkTable) -> list[Column]:
    spans = zip(table.opens, table.closes, table.before, strict=True)
    return [
        ("open", "BIGINT", table.opens),
        ("close", "BIGINT", table.closes),
        ("cum_start", "BIGINT", table.before),
        ("cum_end", "BIGINT", [before + close - open_ for open_, close, before in spans]),
    ]
