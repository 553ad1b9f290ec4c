"""Reading dates and times, in the spellings that logs and people use."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from auditor.fold import clean, simplify
from auditor.intake.values.clock import read_tail
from auditor.intake.values.reading import Reading, refuse
from auditor.intake.values.refusal import REMEDY, refuse_time
from auditor.intake.values.text import unprotect

Order = Literal["dmy", "mdy"]
FIRST_YEAR, LAST_YEAR = 1970, 2099

_YEAR_FIRST = re.compile(
    r"(\d{4})(?:\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})(?:\s*[日号]|(?!\d)))"
)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*(?:[日号]|(?!\d))")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?$|(?!\d))")
_SERIAL = re.compile(r"([2-7]\d{4})(?:(\.\d+)|(?= |$))")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_ZONE = re.compile(r"\s*(?:(z)|([-+])(0\d|1[0-4]):?([0-5]\d))$")
_HANZI = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日号])")
_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_SERIAL_DAY_0 = date(1899, 12, 30)


def read_time(text: str, zone: str, order: Order | None, year: int | None = None) -> Reading:
    """An instant as BIGINT UTC seconds; a date alone is local midnight in ``zone`` and says so.

    ``order`` says how 5/1/2024 is meant, ``year`` which 5月1日; without them such dates are refused.
    """
    word = _WEEKDAY.sub(" ", simplify(clean(unprotect(text)))).strip().lower()
    word = _HANZI.sub(lambda found: _arabic(found.group()), word)
    patterns = (_SERIAL, _YEAR_FIRST, _YEAR_LAST, _COMPACT, *((_WITHOUT_YEAR,) if year else ()))
    found = next((match for pattern in patterns if (match := pattern.match(word))), None)
    if found is None:
        return refuse_time(text, word)
    if found.re is _YEAR_LAST and order is None:
        what = f"In '{text}' the order of day and month is not known."
        return refuse("date-order-unknown", what, "Write the year first, or set `order: dmy` on the field.")
    day = _day(found, order, year)
    if day is None:
        what = f"'{text}' is not a date between {FIRST_YEAR} and {LAST_YEAR}."
        return refuse("date-impossible", what, REMEDY)
    return _with_clock(day, _tail(found), zone) or refuse_time(text, word)


def _day(found: re.Match[str], order: Order | None, known: int | None) -> date | None:
    """The calendar day of a match, or None when there is no such day."""
    if found.re is _SERIAL:
        return _SERIAL_DAY_0 + timedelta(int(found[1]))
    if found.re is _YEAR_LAST:
        first, second = int(found[1]), int(found[3])
        year, month, day = int(found[4]), *((second, first) if order == "dmy" else (first, second))
    elif found.re is _YEAR_FIRST:
        year, month, day = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
    elif found.re is _WITHOUT_YEAR:
        year, month, day = known or 0, int(found[1]), int(found[2])
    else:
        year, month, day = (int(part) for part in found.groups()[:3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _tail(found: re.Match[str]) -> str:
    """What is written of the time of day: that of 20240501103000 is ``10:30:00``, of 45413.5 ``.5``."""
    if found.re is _COMPACT and found[4]:
        return f"{found[4]}:{found[5]}:{found[6] or '00'}"
    fraction = found[2] or "" if found.re is _SERIAL else ""
    return (fraction + found.string[found.end() :]).strip().removeprefix("t").strip()


def _with_clock(day: date, tail: str, zone: str) -> Reading | None:
    """The instant of ``day`` and the time of day written in ``tail``, if it is one."""
    if not tail:
        return Reading(utc_seconds(day, 0, zone), dateonly=True)
    shift = _ZONE.search(tail)
    seconds = read_tail(tail[: shift.start()].strip() if shift else tail)
    if seconds is None:
        return None
    if shift is None:
        return Reading(utc_seconds(day, seconds, zone))
    return Reading(utc_seconds(day, seconds, "UTC") - _offset(shift))


def _offset(shift: re.Match[str]) -> int:
    """Seconds east of Greenwich of a ``+08:00`` or ``Z``."""
    if shift[1]:
        return 0
    return (1 if shift[2] == "+" else -1) * (int(shift[3]) * 3600 + int(shift[4]) * 60)


def utc_seconds(day: date, seconds: int, zone: str) -> int:
    """UTC seconds of a local wall time; an ambiguous one is the first, one that is skipped moves forward."""
    local = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)
    wall = int(local.replace(tzinfo=UTC).timestamp())
    shift = _zone(zone).utcoffset(local)
    return wall - (int(shift.total_seconds()) if shift else 0)


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _arabic(hanzi: str) -> str:
    """The figure of 二〇二四, 五, 十二 or 二十一."""
    if "十" not in hanzi:
        return "".join(_DIGITS[character] for character in hanzi)
    tens, _, ones = hanzi.partition("十")
    return (_DIGITS[tens] if tens else "1") + (_DIGITS[ones] if ones else "0")
