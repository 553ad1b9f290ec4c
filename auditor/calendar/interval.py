"""Interval: one stretch of working time in a day, ``09:00-12:00``; ``22:00-06:00`` runs past midnight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.mistake import Mistake

DAY = 86_400
_INTERVAL = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–—~]\s*([0-9]{1,2}):([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """``[open, close)`` in seconds after local midnight of the day it opens; ``close`` may pass 24:00."""

    open: int
    close: int

    def __str__(self) -> str:
        """``22:00-06:00``."""
        return f"{_clock(self.open)}-{_clock(self.close if self.close <= DAY else self.close - DAY)}"


def parse_interval(text: object) -> Interval:
    """Read ``09:00-12:00``; raises Mistake when it is no such text or has no length."""
    found = _INTERVAL.fullmatch(text.strip().replace("：", ":")) if isinstance(text, str) else None
    if found is None:
        raise Mistake(f"'{text}' is not a stretch of working time.", "Write it as 09:00-18:00.")
    open_, close = _seconds(found[1], found[2]), _seconds(found[3], found[4])
    if open_ is None or close is None or open_ == DAY:
        raise Mistake(f"'{text}' holds a time that no clock shows.", "Use times from 00:00 to 24:00.")
    if open_ == close:
        raise Mistake(f"'{text}' has no length.", "Write 00:00-24:00 for a whole day, or leave it out.")
    return Interval(open_, close if close > open_ else close + DAY)


def overlap(intervals: Sequence[Interval]) -> int | None:
    """The index of the first interval that overlaps an earlier one of the list, else None."""
    for index, late in enumerate(intervals):
        if any(late.open < early.close and early.open < late.close for early in intervals[:index]):
            return index
    return None


def _seconds(hours: str, minutes: str) -> int | None:
    """Seconds after midnight, or None past 24:00."""
    seconds = int(hours) * 3600 + int(minutes) * 60
    return seconds if int(minutes) < 60 and seconds <= DAY else None


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
