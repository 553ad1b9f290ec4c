"""WorkPattern: the working hours of every single date of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.calendar.dates import date_of, day_number
from auditor.calendar.entry import CalendarEntry
from auditor.calendar.interval import Interval

Hours = tuple[Interval, ...]


class WorkPattern:
    """Which hours open on a day, by the precedence of CalendarEntry."""

    def __init__(self, entry: CalendarEntry) -> None:
        """Look the layers up once; nothing is computed for single days yet."""
        years = entry.years()
        self.first_day = day_number(date(years[0], 1, 1))
        self.last_day = day_number(date(years[-1], 12, 31))
        self._week = tuple(tuple(sorted(hours)) for hours in entry.weekly_hours())
        self._exceptions = {day_number(day): tuple(sorted(hours)) for day, hours in entry.exceptions().items()}
        self._dated = frozenset(map(day_number, entry.days))
        self._closed = entry.closed

    def hours(self, day: int) -> Hours:
        """The stretches that open on the local day number ``day``, in time order."""
        if day not in self._dated and self._closed:
            written = date_of(day)
            if any(written in closed for closed in self._closed):
                return ()
        found = self._exceptions.get(day)
        return self._week[(day + 3) % 7] if found is None else found

    def days(self) -> Iterator[tuple[int, Hours]]:
        """Every day of the calendar's years with its hours."""
        return ((day, self.hours(day)) for day in range(self.first_day, self.last_day + 1))

    def ever_works(self) -> bool:
        """Whether any day has working time; looks no further than the first one."""
        return any(hours for _, hours in self.days())
