"""CalendarEntry: one calendar as it is written in calendars.yaml, and which hours that gives each date."""

from __future__ import annotations

import zoneinfo
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from auditor.calendar.dates import ClosedDays, parse_closed, parse_date
from auditor.calendar.holidays import NO_HOLIDAYS, Holidays, china
from auditor.calendar.interval import Interval, overlap, parse_interval
from auditor.mistake import Mistake, nearest

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_YEAR = 2015
LAST_YEAR = 2030


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _apart(hours: tuple[Interval, ...]) -> tuple[Interval, ...]:
    index = overlap(hours)
    if index is None:
        return hours
    raise Mistake(
        f"{hours[index]} overlaps other hours of the same day.", "Let each stretch begin after the one before."
    )


def _weekdays(text: object) -> tuple[int, ...]:
    """The weekdays (Monday 0) that ``mon`` or ``mon-fri`` names; raises Mistake."""
    words = str(text).split("-")
    for word in words:
        if word not in WEEKDAYS:
            raise Mistake(f"'{text}' is not a weekday.", nearest(word, WEEKDAYS))
    first, last = WEEKDAYS.index(words[0]), WEEKDAYS.index(words[-1])
    if len(words) > 2 or (len(words) == 2 and last <= first):
        raise Mistake(
            f"'{text}' is not a run of weekdays from Monday to Sunday.", "Write mon-fri, or each day by itself."
        )
    return tuple(range(first, last + 1))


def _known_zone(text: object) -> str:
    if isinstance(text, str):
        try:
            return zoneinfo.ZoneInfo(text).key
        except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
            pass
    places = sorted(zoneinfo.available_timezones())
    remedy = nearest(text, places, "Write an IANA name such as Asia/Shanghai.")
    raise Mistake(f"'{text}' is not a time zone.", remedy)


Stretch = Annotated[Interval, BeforeValidator(parse_interval)]
Hours = Annotated[tuple[Stretch, ...], BeforeValidator(_as_list), AfterValidator(_apart)]
Year = Annotated[int, Field(strict=True, ge=1972, le=2100)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Frozen):
    """What people call the calendar."""

    zh: str
    en: str


class CalendarEntry(_Frozen):
    """One calendar: zone, weekly hours, holidays, closed days, dated hours, and the years it covers.

    ``days`` win over ``closed``, ``closed`` over public holidays and make-up days, those over the week.
    A stretch such as 22:00-06:00 belongs to the day it opens.
    """

    title: Title
    zone: Annotated[str, BeforeValidator(_known_zone)]
    weekly: dict[Annotated[tuple[int, ...], BeforeValidator(_weekdays)], Hours] = {}
    holidays: Literal["china", "none"] = "none"
    makeup_hours: Hours | None = None
    first_year: Year = FIRST_YEAR
    last_year: Year | None = None
    entered_years: tuple[Year, ...] = ()
    """Years that the source of holidays does not know, but whose days stand under ``closed`` and ``days``."""
    closed: tuple[Annotated[ClosedDays, BeforeValidator(parse_closed)], ...] = ()
    days: dict[Annotated[date, BeforeValidator(parse_date)], Hours] = {}
    fallback: Literal["none", "weekends"] = "none"

    def with_changes(self, written: dict[str, Any]) -> CalendarEntry:
        """The calendar with what ``written`` says in its place; its dates are added. Raises ValidationError."""
        own = {key: value for key, value in written.items() if key != "like"}
        needed = {"title": self.title.model_dump(), "zone": self.zone}
        changed = CalendarEntry.model_validate({**needed, **own})
        kept = {day: hours for day, hours in self.days.items() if not any(day in closed for closed in changed.closed)}
        added = {
            "days": {**kept, **changed.days},
            "closed": (*self.closed, *changed.closed),
            "entered_years": (*self.entered_years, *changed.entered_years),
        }
        return self.model_copy(update={**{key: getattr(changed, key) for key in own}, **added})

    def source(self) -> Holidays:
        """The public holidays it asks for."""
        return china() if self.holidays == "china" else NO_HOLIDAYS

    def knows(self, year: int) -> bool:
        """Whether the rest days of ``year`` are known rather than guessed from the week."""
        return self.holidays == "none" or year in self.source().years or year in self.entered_years

    def years(self) -> range:
        """The years it judges: up to ``last_year``, but without a fallback no further than holidays are known."""
        last = self.last_year or (LAST_YEAR if self.fallback == "weekends" or self.holidays == "none" else 2100)
        wanted = range(self.first_year, last + 1)
        if self.fallback == "weekends":
            return wanted
        unknown = next((year for year in wanted if not self.knows(year)), last + 1)
        return range(self.first_year, unknown)

    def weekly_hours(self) -> tuple[tuple[Interval, ...], ...]:
        """The hours of Monday to Sunday."""
        named = {weekday: hours for weekdays, hours in self.weekly.items() for weekday in weekdays}
        return tuple(named.get(weekday, ()) for weekday in range(7))

    def exceptions(self) -> dict[date, tuple[Interval, ...]]:
        """The hours of each date of its years that public holidays or ``days`` take out of the week."""
        source, years = self.source(), self.years()
        makeup = self.weekly_hours()[0] if self.makeup_hours is None else self.makeup_hours
        return {
            **{day: () for day in source.rest if day.year in years},
            **{day: makeup for day in source.makeup if day.year in years},
            **self.days,
        }
