"""A working calendar that is walked day by day, and the periods of the ordinary calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Span = tuple[int, int]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ReferenceCalendar:
    """A zone, the working hours of each local date, and the first and last date it knows.

    ``hours`` gives ('09:00', '12:00') pairs; a close at or before its open is on the next day, and
    '24:00' is midnight. Instants are UTC seconds.
    """

    zone: str
    hours: Callable[[date], list[tuple[str, str]]]
    first: date = date(2015, 1, 1)
    last: date = date(2030, 12, 31)

    def day(self, utc: int) -> date:
        """The local date of an instant."""
        return datetime.fromtimestamp(utc, ZoneInfo(self.zone)).date()

    def midnight(self, day: date) -> int:
        """The instant at which a local date begins."""
        return self.at(day, 0)

    def at(self, day: date, seconds: int) -> int:
        """The instant of a wall-clock time, given in seconds since local midnight (more than a day is allowed)."""
        wall = datetime.combine(day, time()) + timedelta(seconds=seconds)
        return int(wall.replace(tzinfo=ZoneInfo(self.zone)).timestamp())

    def knows(self, day: date) -> bool:
        """Whether the calendar covers a local date."""
        return self.first <= day <= self.last

    def works(self, day: date) -> bool:
        """Whether working time opens on a local date the calendar knows."""
        return bool(self.spans(day))

    def spans(self, day: date) -> list[Span]:
        """The [open, close) spans that open on a local date, merged, as instants."""
        return _spans(self, day) if self.knows(day) else []

    def next_working(self, day: date) -> date | None:
        """The first working day on or after a date; None beyond what the calendar knows."""
        while self.knows(day):
            if self.works(day):
                return day
            day += ONE_DAY
        return None

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]; negative when ``until`` comes first."""
        if until < after:
            return -self.working_days(until, after)
        return sum(self.works(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))

    def working_seconds(self, begin: int, end: int) -> int:
        """How much working time lies in [begin, end)."""
        total, day = 0, self.day(begin) - ONE_DAY
        while day <= self.day(end):
            total += sum(max(0, min(end, shut) - max(begin, opened)) for opened, shut in self.spans(day))
            day += ONE_DAY
        return total

    def label(self, utc: int) -> str:
        """The local time as '2025-03-05 10:00'."""
        return datetime.fromtimestamp(utc, ZoneInfo(self.zone)).strftime("%Y-%m-%d %H:%M")


def seconds_of(text: str) -> int:
    """'09:30' in seconds since midnight."""
    parts = [int(part) for part in text.split(":")]
    return sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


@lru_cache(maxsize=20000)
def _spans(calendar: ReferenceCalendar, day: date) -> list[Span]:
    raw = []
    for opens, closes in calendar.hours(day):
        begin, end = seconds_of(opens), seconds_of(closes)
        raw.append((calendar.at(day, begin), calendar.at(day, end + (86400 if end <= begin else 0))))
    return union(raw)


def union(spans: list[Span]) -> list[Span]:
    """Overlapping and touching spans as one; empty and backward ones dropped."""
    out: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((begin, end))
    return out


def add_months(day: date, months: int) -> date:
    """The same day number some months later, or that month's last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError(day)


@dataclass(frozen=True)
class Period:
    """A named run of local dates, first and last included."""

    label: str
    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def period_of(day: date, every: str) -> Period:
    """The week (Monday to Sunday), month, quarter or year a date lies in."""
    if every == "week":
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return Period(f"{year}-W{week:02d}", monday, monday + timedelta(days=6))
    length = {"month": 1, "quarter": 3, "year": 12}[every]
    start = date(day.year, (day.month - 1) // length * length + 1, 1)
    label = {"month": f"{day:%Y-%m}", "quarter": f"{day.year}-Q{(day.month + 2) // 3}", "year": f"{day.year}"}[every]
    return Period(label, start, add_months(start, length) - ONE_DAY)
