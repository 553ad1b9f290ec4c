"""Zones as integers: the offsets between local wall time and UTC, as SQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_FIRST, _LAST = datetime(1970, 1, 1), datetime(2100, 1, 1)
_STEP = timedelta(days=7)


@lru_cache(maxsize=16)
def offsets(zone: str) -> tuple[tuple[int, int], ...]:
    """``(from local second, offset)`` in time order over 1970-2099; the first holds from the beginning.

    A local time that occurs twice is the first one; one that is skipped keeps the offset before, so it moves forward.
    """
    clock = ZoneInfo(zone)
    steps = [(0, _offset(clock, _FIRST))]
    low = _FIRST
    while low < _LAST:
        high = low + _STEP
        before, after = _offset(clock, low), _offset(clock, high)
        if before != after:
            change = _change(clock, low, high)
            steps.append((_seconds(change) + max(before, after), after))
        low = high
    return tuple(steps)


def offset_sql(zone: str, wall: str) -> str:
    """The offset in seconds at the local second ``wall`` (an SQL expression)."""
    first, *later = offsets(zone)
    if not later:
        return str(first[1])
    cases = " ".join(f"WHEN {wall} >= {start} THEN {shift}" for start, shift in reversed(later))
    return f"CASE {cases} ELSE {first[1]} END"


def single_offset(zone: str, low: int, high: int) -> int | None:
    """The one offset that holds at every local second from ``low`` to ``high``; None when there is not just one."""
    known = offsets(zone)
    if low < _seconds(_FIRST) or high >= _seconds(_LAST):
        return None
    holding = [shift for start, shift in known if start <= low]
    changes = [start for start, _ in known if low < start <= high]
    return holding[-1] if holding and not changes else None


def _offset(clock: ZoneInfo, instant: datetime) -> int:
    """Seconds east of Greenwich at a UTC instant."""
    shift = instant.replace(tzinfo=UTC).astimezone(clock).utcoffset()
    return int(shift.total_seconds()) if shift else 0


def _change(clock: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The UTC instant between ``low`` and ``high`` from which the offset of ``high`` holds."""
    target = _offset(clock, high)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (low, middle) if _offset(clock, middle) == target else (middle, high)
    return high


def _seconds(instant: datetime) -> int:
    return int(instant.replace(tzinfo=UTC).timestamp())
