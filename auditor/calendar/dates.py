"""Dates of a calendar file: single days, ranges of days, and ranges that come back every year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from auditor.mistake import Mistake

_EPOCH = date(1970, 1, 1).toordinal()
_YEARLY = re.compile(r"([0-9]{2})-([0-9]{2})")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Rest days from ``first`` to ``last``, both included: ISO dates, or ``MM-DD`` texts when they recur every year."""

    first: str
    last: str
    yearly: bool

    def __contains__(self, day: date) -> bool:
        """Whether ``day`` is one of them; a yearly range may run across New Year."""
        text = day.isoformat()[5:] if self.yearly else day.isoformat()
        if self.first <= self.last:
            return self.first <= text <= self.last
        return text >= self.first or text <= self.last


def parse_closed(text: object) -> ClosedDays:
    """Read ``2025-03-08``, ``2025-10-01..2025-10-08`` or ``12-31..01-01``; raises Mistake."""
    parts = text.split("..") if isinstance(text, str) else []
    if len(parts) not in (1, 2):
        raise _unreadable(text)
    first, last = parts[0].strip(), parts[-1].strip()
    if _is_yearly(first) and _is_yearly(last):
        return ClosedDays(first, last, True)
    if parse_date(last) < parse_date(first):
        raise Mistake(f"'{text}' ends before it begins.", "Write the earlier date first.")
    return ClosedDays(first, last, False)


def parse_date(text: object) -> date:
    """Read an ISO date such as ``2025-03-08``; raises Mistake."""
    try:
        if isinstance(text, str) and len(text) == 10:
            return date.fromisoformat(text)
    except ValueError as error:
        raise _unreadable(text) from error
    raise _unreadable(text)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + _EPOCH)


def _is_yearly(text: str) -> bool:
    found = _YEARLY.fullmatch(text)
    if found is None:
        return False
    try:
        date(_LEAP_YEAR, int(found[1]), int(found[2]))
    except ValueError as error:
        raise _unreadable(text) from error
    return True


def _unreadable(text: object) -> Mistake:
    return Mistake(
        f"'{text}' is not a date.", "Write 2025-03-08, 2025-10-01..2025-10-08, or 12-31..01-01 for every year."
    )
