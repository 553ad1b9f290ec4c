"""Public holidays of China with their make-up working days, as far as chinesecalendar knows them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Holidays:
    """Rest days and make-up working days, and the years for which both are complete."""

    rest: frozenset[date]
    makeup: frozenset[date]
    years: frozenset[int]


NO_HOLIDAYS = Holidays(frozenset(), frozenset(), frozenset())


@functools.cache
def china() -> Holidays:
    """Ask the library; a year counts as known once it knows that year's National Day, the last one announced."""
    import chinese_calendar

    rest = frozenset(chinese_calendar.holidays)
    candidates = range(min(rest).year, max(rest).year + 1)
    years = frozenset(year for year in candidates if date(year, 10, 1) in rest)
    return Holidays(rest, frozenset(chinese_calendar.workdays), years)
