"""ZoneClock: local wall time and UTC in whole seconds, by the table of a zone's changes of offset."""

from __future__ import annotations

import functools
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

WallFlag = Literal["ambiguous_time", "nonexistent_time"]

_WEEK = 7 * 86_400
_FIRST = int(datetime(1970, 1, 1, tzinfo=UTC).timestamp())
_LAST = int(datetime(2120, 1, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Change:
    """At the UTC second ``at`` the offset from UTC goes from ``before`` to ``after`` seconds."""

    at: int
    before: int
    after: int

    @property
    def wall(self) -> int:
        """The first local wall second that is read with the new offset only."""
        return self.at + max(self.before, self.after)


@dataclass(frozen=True)
class ZoneClock:
    """A time zone from 1970 to 2120: its first offset in seconds and its changes in time order."""

    zone: str
    first_offset: int
    changes: tuple[Change, ...]

    @functools.cached_property
    def _moments(self) -> tuple[int, ...]:
        return tuple(change.at for change in self.changes)

    @functools.cached_property
    def _walls(self) -> tuple[int, ...]:
        return tuple(change.wall for change in self.changes)

    def offset(self, utc: int) -> int:
        """Seconds that local time is ahead of UTC at ``utc``."""
        index = bisect_right(self._moments, utc)
        return self.changes[index - 1].after if index else self.first_offset

    def to_utc(self, wall: int) -> int:
        """The UTC second of a local wall second (counted as if local were UTC).

        A wall time that happens twice means the first; one that the clock skips moves on by the skipped time.
        """
        index = bisect_right(self._walls, wall)
        return wall - (self.changes[index - 1].after if index else self.first_offset)

    def flag(self, wall: int) -> WallFlag | None:
        """What is doubtful about a local wall second: it happens twice, never, or neither."""
        for change in self.changes:
            if change.at + change.after <= wall < change.at + change.before:
                return "ambiguous_time"
            if change.at + change.before <= wall < change.at + change.after:
                return "nonexistent_time"
        return None

    def changes_between(self, first: int, last: int) -> tuple[Change, ...]:
        """The changes with ``first <= at < last`` (UTC seconds)."""
        return tuple(change for change in self.changes if first <= change.at < last)


@functools.cache
def zone_clock(zone: str) -> ZoneClock:
    """The clock of an IANA zone; raises zoneinfo.ZoneInfoNotFoundError for an unknown one."""
    info = ZoneInfo(zone)
    first = _offset(info, _FIRST)
    changes: list[Change] = []
    before = first
    for week in range(_FIRST + _WEEK, _LAST, _WEEK):
        after = _offset(info, week)
        if after != before:
            changes.append(Change(_moment(info, week - _WEEK, week), before, after))
            before = after
    return ZoneClock(zone, first, tuple(changes))


def _offset(info: ZoneInfo, utc: int) -> int:
    offset = datetime.fromtimestamp(utc, info).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _moment(info: ZoneInfo, early: int, late: int) -> int:
    """The first second in ``(early, late]`` that has the offset of ``late``."""
    wanted = _offset(info, late)
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (early, middle) if _offset(info, middle) == wanted else (middle, late)
    return late
