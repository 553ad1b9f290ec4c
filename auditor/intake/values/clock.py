"""Reading times of day."""

from __future__ import annotations

import re

from auditor.fold import clean, simplify
from auditor.intake.values.reading import Reading, refuse
from auditor.intake.values.text import unprotect

_PERIODS = r"上午|早上|中午|下午|傍晚|晚上|晚|凌晨|am|pm"
CLOCK = re.compile(
    rf"(?P<period>{_PERIODS})?\s*(?P<hour>\d{{1,2}})(?:[:时点]\s*(?P<minute>\d{{1,2}}|半)?(?:[:分]\s*(?P<second>\d{{1,2}})?)?秒?)"
    rf"(?:\.\d{{1,9}})?\s*(?P<after>am|pm)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"0?\.\d+|0|1")
_PART_OF_DAY = re.compile(r"0?\.\d+")
_NEXT_DAY = re.compile(r"(次日|翌日|第二天|第2天)\s*|(当日|当天|同日)\s*")
_DAY = 86_400


def read_clock(text: str) -> Reading:
    """A time of day as INTEGER seconds since local midnight, 24:00 included; after a date, the date is left aside."""
    word = simplify(clean(unprotect(text))).lower()
    if _FRACTION.fullmatch(word):
        return Reading(round(float(word) * _DAY))
    found = CLOCK.fullmatch(re.sub(r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ t]+", "", word))
    seconds = clock_seconds(found) if found else None
    if seconds is None:
        return refuse("clock-unreadable", f"'{text}' is not a time of day.", "Write it as 09:30.")
    return Reading(seconds)


def read_tail(text: str) -> int | None:
    """Seconds since midnight of a normalised time of day after a date; that of the next day lies beyond 86,400."""
    found = _NEXT_DAY.match(text)
    rest = text[found.end() :] if found else text
    clock = CLOCK.fullmatch(rest)
    seconds = clock_seconds(clock) if clock else None
    if seconds is None and _PART_OF_DAY.fullmatch(rest):
        seconds = round(float(rest) * _DAY)
    return None if seconds is None else seconds + (_DAY if found and found[1] else 0)


def clock_seconds(match: re.Match[str]) -> int | None:
    """Seconds since midnight of a match of ``CLOCK``; None when it is no time of day or could mean two."""
    minute = 30 if match["minute"] == "半" else int(match["minute"] or 0)
    second = int(match["second"] or 0)
    hour = _hour(int(match["hour"]), match["period"] or match["after"])
    if hour is None or hour > 24 or minute > 59 or second > 59:
        return None
    total = hour * 3600 + minute * 60 + second
    return total if total <= _DAY else None


def _hour(hour: int, period: str | None) -> int | None:
    """The hour of 24 that ``hour`` is in ``period``; None when nobody could say (上午12:00)."""
    if period is None or (hour > 12 and period in ("下午", "傍晚", "晚上", "晚", "pm")):
        return hour
    if period == "am":
        return hour % 12 if hour <= 12 else None
    if period == "pm":
        return hour % 12 + 12
    if period in ("上午", "早上", "凌晨"):
        return hour if hour < 12 else None
    if period == "中午":
        return hour + 12 if hour <= 2 else (hour if 11 <= hour <= 12 else None)
    if period == "下午":
        return hour % 12 + 12
    return hour + 12 if 5 <= hour <= 11 else None
