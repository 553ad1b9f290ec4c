"""Periods: weeks, months, quarters, years, or so many days from a first one, in SQL over local day numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.calendar import Calendar
from auditor.mistake import Mistake

_EPOCH = "DATE '1970-01-01'"
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = re.compile(r"([1-9][0-9]{0,3})d")
SPELLINGS = "week, month, quarter or year"


def days_of(every: str) -> int | None:
    """The length of a period of days such as ``7d``; None for the periods of the calendar of months."""
    found = _DAYS.fullmatch(every)
    return int(found[1]) if found else None


def read_every(every: str, *, days: bool) -> str:
    """Check the name of a period; raises Mistake. ``days``: ``7d`` is allowed."""
    if every == "week" or every in _MONTHS or (days and days_of(every)):
        return every
    remedy = f"Write {SPELLINGS}{', or days such as 7d' if days else ''}."
    raise Mistake(f"'{every}' is not a period.", remedy)


@dataclass(frozen=True)
class Periods:
    """The periods named ``every``, numbered: the ordinal of a day, the first day and the label of an ordinal.

    ``first`` is SQL of the day from which periods of days are counted. All of them are SQL expressions.
    """

    every: str
    first: str = "0"

    def ordinal(self, day: str) -> str:
        """The number of the period in which the local day ``day`` lies."""
        if length := days_of(self.every):
            return f"((({day}) - {self.first}) // {length})"
        if self.every == "week":
            return f"((({day}) + 3) // 7)"
        month = f"(year({_date(day)}) * 12 + month({_date(day)}) - 1)"
        return f"({month} // {_MONTHS[self.every]})"

    def start(self, ordinal: str) -> str:
        """The first local day of the period ``ordinal``."""
        if length := days_of(self.every):
            return f"({self.first} + ({ordinal}) * {length})"
        if self.every == "week":
            return f"(({ordinal}) * 7 - 3)"
        month = f"(({ordinal}) * {_MONTHS[self.every]})"
        return f"date_diff('day', {_EPOCH}, make_date({month} // 12, {month} % 12 + 1, 1))"

    def end(self, ordinal: str) -> str:
        """The last local day of the period ``ordinal``."""
        return f"({self.start(f'({ordinal}) + 1')} - 1)"

    def label(self, ordinal: str) -> str:
        """Its name: 2025-W10, 2025-03, 2025-Q1, 2025, or the date of its first day."""
        if days_of(self.every):
            return f"CAST({_date(self.start(ordinal))} AS VARCHAR)"
        if self.every == "week":
            thursday = _date(f"{self.start(ordinal)} + 3")
            week = f"((dayofyear({thursday}) - 1) // 7 + 1)"
            return f"(CAST(year({thursday}) AS VARCHAR) || '-W' || {_padded(week)})"
        year = f"CAST(({ordinal}) * {_MONTHS[self.every]} // 12 AS VARCHAR)"
        if self.every == "year":
            return year
        if self.every == "quarter":
            return f"({year} || '-Q' || CAST(({ordinal}) % 4 + 1 AS VARCHAR))"
        return f"({year} || '-' || {_padded(f'({ordinal}) % 12 + 1')})"

    def over(self, calendar: Calendar, ordinal: str, as_of: int) -> str:
        """At the instant ``as_of`` (UTC seconds) the period is over."""
        return f"({as_of} >= {calendar.day_start_sql(f'{self.end(ordinal)} + 1')})"

    def begins(self, calendar: Calendar, ordinal: str) -> str:
        """The first second of the period, in UTC seconds."""
        return calendar.day_start_sql(self.start(ordinal))

    def last_second(self, calendar: Calendar, ordinal: str) -> str:
        """The last second of the period, in UTC seconds."""
        return f"({calendar.day_start_sql(f'{self.end(ordinal)} + 1')} - 1)"


def _date(day: str) -> str:
    return f"({_EPOCH} + CAST({day} AS INTEGER))"


def _padded(number: str) -> str:
    return f"lpad(CAST({number} AS VARCHAR), 2, '0')"
