"""BusinessClock: working seconds and working days up to any instant, and the way back."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta

from auditor.calendar.dates import day_number
from auditor.calendar.entry import CalendarEntry
from auditor.calendar.interval import DAY
from auditor.calendar.pattern import WorkPattern
from auditor.calendar.table import WorkTable, lay_out
from auditor.calendar.zone import WallFlag, ZoneClock, zone_clock

_LOCAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?")


class BusinessClock:
    """The clock of one calendar: instants are UTC seconds, days are numbers since 1970-01-01 in its zone.

    What the calendar does not cover is None. The tables behind it are computed at first use.
    """

    def __init__(self, name: str, entry: CalendarEntry) -> None:
        """``name`` is its key in calendars.yaml."""
        self.name = name
        self.entry = entry

    @property
    def zone(self) -> str:
        """The IANA name of its zone."""
        return self.entry.zone

    @functools.cached_property
    def wall(self) -> ZoneClock:
        """The clock on the wall in its zone."""
        return zone_clock(self.zone)

    @functools.cached_property
    def pattern(self) -> WorkPattern:
        """The hours of every date."""
        return WorkPattern(self.entry)

    @functools.cached_property
    def table(self) -> WorkTable:
        """Its working time, laid out."""
        return lay_out(self.pattern, self.wall)

    @property
    def horizon(self) -> tuple[int, int]:
        """``[first, end)`` in UTC seconds: the time that it covers."""
        return self.wall.to_utc(self.pattern.first_day * DAY), self.wall.to_utc((self.pattern.last_day + 1) * DAY)

    def covers(self, t: int) -> bool:
        """Whether the instant lies in a year that it judges."""
        first, end = self.horizon
        return first <= t < end

    def provisional(self, t: int) -> bool:
        """Whether it judges the instant only by its fallback, because the year's holidays are not known."""
        year = datetime.fromtimestamp(t + self.wall.offset(t), UTC).year
        return self.covers(t) and not self.entry.knows(year)

    def day_of(self, t: int) -> int:
        """The local day of an instant."""
        return (t + self.wall.offset(t)) // DAY

    def day_start(self, day: int) -> int:
        """The first second of a local day."""
        return self.wall.to_utc(day * DAY)

    def works(self, day: int) -> bool | None:
        """Whether a stretch of work opens on ``day``."""
        index = self._index(day)
        return None if index is None else self.table.works(index)

    def working_days(self, day: int) -> int | None:
        """W: working days of the calendar up to and including ``day``."""
        index = self._index(day)
        return None if index is None else self.table.counted[index]

    def working_days_in(self, first: int, last: int) -> int | None:
        """Working days from ``first`` to ``last``, both included."""
        until, upto = self.working_days(first), self.working_days(last)
        return None if until is None or upto is None else upto - until + bool(self.works(first))

    def working_day(self, w: int) -> int | None:
        """The day on which W reaches ``w`` (1 is the first working day)."""
        return self.table.working[w - 1] if 0 < w <= len(self.table.working) else None

    def next_working(self, day: int) -> int | None:
        """The first working day after ``day``."""
        counted = self.working_days(day)
        return None if counted is None else self.working_day(counted + 1)

    def opening(self, day: int) -> int | None:
        """When the first stretch of a working day opens."""
        index = self._index(day)
        return self.table.hours[index][0][0] if index is not None and self.table.works(index) else None

    def closing(self, day: int) -> int | None:
        """When the last stretch of a working day closes; for a night shift that is on the day after."""
        index = self._index(day)
        return self.table.hours[index][-1][1] if index is not None and self.table.works(index) else None

    def working_seconds(self, t: int) -> int | None:
        """C: working seconds of the calendar before the instant ``t``."""
        if not self.covers(t):
            return None
        index = bisect_right(self.table.opens, t) - 1
        if index < 0:
            return 0
        return self.table.before[index] + min(t, self.table.closes[index]) - self.table.opens[index]

    def inverse_earliest(self, c: int) -> int | None:
        """The earliest instant with C >= ``c``; for 0 or less the beginning of the calendar."""
        if c <= 0:
            return self.horizon[0]
        if c > self.table.total:
            return None
        index = bisect_left(self.table.before, c) - 1
        return self.table.opens[index] + c - self.table.before[index]

    def inverse_latest(self, c: int) -> int | None:
        """The latest instant with C <= ``c``; None when the calendar ends sooner, or for less than 0."""
        if not 0 <= c < self.table.total:
            return None
        index = bisect_right(self.table.before, c) - 1
        return self.table.opens[index] + c - self.table.before[index]

    def parse_local(self, text: str) -> tuple[int, WallFlag | None]:
        """Read local wall time, ``2025-03-05 10:00``, with optional seconds; raises ValueError for anything else.

        Time that happens twice is taken as the first and flagged, time that the clock skips moves on and is flagged.
        """
        found = _LOCAL.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"'{text}' is not a local time such as 2025-03-05 10:00.")
        hour, minute, second = (int(part or 0) for part in found.groups()[1:])
        if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > DAY:
            raise ValueError(f"'{text}' holds a time that no clock shows.")
        date = datetime.strptime(found[1], "%Y-%m-%d").date()
        wall = day_number(date) * DAY + hour * 3600 + minute * 60 + second
        return self.wall.to_utc(wall), self.wall.flag(wall)

    def local_text(self, t: int) -> str:
        """Local wall time ``2025-03-05 10:00``; with seconds where they are not zero."""
        local = datetime(1970, 1, 1) + timedelta(seconds=t + self.wall.offset(t))
        return local.isoformat(" ", "seconds" if local.second else "minutes")

    def due_text(self, t: int) -> str:
        """Local wall time of a due time; the last second of a day is written ``2025-03-07 24:00``."""
        text = self.local_text(t)
        return f"{text[:10]} 24:00" if text.endswith("23:59:59") else text

    def _index(self, day: int) -> int | None:
        """The place of ``day`` in the table."""
        index = day - self.pattern.first_day
        return index if 0 <= index <= self.pattern.last_day - self.pattern.first_day else None
