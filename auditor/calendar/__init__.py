"""The business clock: calendars with their working time, due times, and both as SQL."""

from auditor.calendar.calendar import Calendar
from auditor.calendar.due import AfterHours, Due, Ends, Roll
from auditor.calendar.entry import CalendarEntry
from auditor.calendar.load import Calendars, read_calendars
from auditor.calendar.sql import DueSql
from auditor.calendar.zone import WallFlag

__all__ = [
    "AfterHours",
    "Calendar",
    "CalendarEntry",
    "Calendars",
    "Due",
    "DueSql",
    "Ends",
    "Roll",
    "WallFlag",
    "read_calendars",
]
