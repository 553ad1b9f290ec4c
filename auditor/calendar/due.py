"""Due: by when something must be done, for every kind of duration."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date
from typing import Literal

from auditor.calendar.clock import BusinessClock
from auditor.calendar.dates import date_of, day_number
from auditor.duration import Duration

Roll = Literal["next_working"]
AfterHours = Literal["roll"]
Ends = Literal["midnight", "close"]


@dataclass(frozen=True, slots=True)
class Due:
    """The last second that is in time, twice: strictly (``due_at``) and leniently (``breach_after``), in UTC seconds.

    They differ where no working time lies between them. Both are in time themselves: a day that ends at
    24:00 has its 23:59:59 here. None where the calendar does not reach so far.
    """

    due_at: int | None
    breach_after: int | None


UNKNOWN = Due(None, None)


def due(
    clock: BusinessClock,
    start: int,
    duration: Duration,
    *,
    roll: Roll | None = None,
    after_hours: AfterHours | None = None,
    ends: Ends = "midnight",
    paused: int = 0,
) -> Due:
    """When ``duration`` from the instant ``start`` is over.

    ``roll`` moves a calendar-day end on a rest day to the next working day; ``after_hours`` lets a start
    after closing time or on a rest day count as the next working day; ``ends`` says when a working day
    ends. ``paused`` are seconds to add, elapsed or working as the duration is; day words take none.
    """
    if duration.elapsed is not None:
        end = start + duration.elapsed + paused
        return Due(end, end)
    if duration.unit == "bh":
        return _working_hours(clock, start, duration.amount * 3600 + paused)
    if duration.unit == "wd":
        return _working_days(clock, start, duration.amount, after_hours, ends)
    return _calendar_days(clock, _day_after(clock.day_of(start), duration), roll)


def start_count(clock: BusinessClock, start: int, amount: int, after_hours: AfterHours | None) -> int | None:
    """W of the day on which working days from ``start`` are counted.

    A rest day counts as the working day before it, or under ``roll`` as the next one; with an amount
    of 0 there is no same working day on a rest day, so it is the next one either way.
    """
    day = clock.day_of(start)
    counted, closing = clock.working_days(day), clock.closing(day)
    if counted is None:
        return None
    if closing is None:
        return counted + (amount == 0 or after_hours == "roll")
    return counted + (after_hours == "roll" and start >= closing)


def _working_hours(clock: BusinessClock, start: int, budget: int) -> Due:
    used = clock.working_seconds(start)
    if used is None:
        return UNKNOWN
    due_at = start if budget == 0 else clock.inverse_earliest(used + budget)
    return Due(due_at, clock.inverse_latest(used + budget))


def _working_days(clock: BusinessClock, start: int, amount: int, after_hours: AfterHours | None, ends: Ends) -> Due:
    counted = start_count(clock, start, amount, after_hours)
    day = None if counted is None else clock.working_day(counted + amount)
    if day is None:
        return UNKNOWN
    following = clock.next_working(day)
    if ends == "close":
        return Due(clock.closing(day), None if following is None else clock.opening(following))
    last = None if following is None else clock.day_start(following) - 1
    return Due(clock.day_start(day + 1) - 1, last)


def _calendar_days(clock: BusinessClock, day: int | None, roll: Roll | None) -> Due:
    if day is not None and roll == "next_working":
        works = clock.works(day)
        day = None if works is None else day if works else clock.next_working(day)
    if day is None:
        return UNKNOWN
    end = clock.day_start(day + 1) - 1
    return Due(end, end)


def _day_after(day: int, duration: Duration) -> int | None:
    """The day number ``duration`` (d, mon or y) after ``day``; None past the year 9999."""
    if duration.unit == "d":
        return day + duration.amount
    from_ = date_of(day)
    month = from_.year * 12 + from_.month - 1 + duration.amount * (12 if duration.unit == "y" else 1)
    year, month = divmod(month, 12)
    if year > date.max.year:
        return None
    last = months.monthrange(year, month + 1)[1]
    return day_number(date(year, month + 1, min(from_.day, last)))
