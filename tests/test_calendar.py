"""The business clock: the numbered cases that the calendar alone decides, and the clock's own arithmetic."""

# ruff: noqa: E501 - a case a line

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from auditor.calendar import Calendar, Due, read_calendars
from auditor.duration import parse_duration

ROOT = Path(__file__).parent
CALENDARS, PROBLEMS = read_calendars(ROOT / "calendars.yaml")

NEXT_ROLL = {"roll": "next_working"}
AFTER_ROLL = {"after_hours": "roll"}
CLOSE = {"ends": "close"}

# case, calendar, start, duration, options, due at, breach after (None: the same); local times
CASES = [
    ("1", "cn", "2025-03-05 10:00", "4bh", {}, "2025-03-05 15:00", None),
    ("2", "cn", "2025-03-05 12:30", "1bh", {}, "2025-03-05 14:00", None),
    ("3", "cn", "2025-03-05 09:00", "8bh", {}, "2025-03-05 18:00", "2025-03-06 09:00"),
    ("4", "cn", "2025-03-07 14:00", "4bh", {}, "2025-03-07 18:00", "2025-03-10 09:00"),
    ("5", "cn", "2025-03-05 19:00", "1bh", {}, "2025-03-06 10:00", None),
    ("6", "cn", "2025-03-08 11:00", "1bh", {}, "2025-03-10 10:00", None),
    ("7", "cn", "2025-09-27 15:00", "4bh", {}, "2025-09-28 14:00", None),
    ("8", "cn", "2025-09-30 16:00", "8bh", {}, "2025-10-09 16:00", None),
    ("9", "cn", "2025-10-10 17:00", "3bh", {}, "2025-10-11 11:00", None),
    ("10", "cn", "2025-01-27 17:00", "8bh", {}, "2025-02-05 17:00", None),
    ("11", "ny", "2025-03-07 16:00", "2bh", {}, "2025-03-10 10:00", None),
    ("12", "night", "2025-03-08 23:00", "6bh", {}, "2025-03-09 06:00", "2025-03-09 22:00"),
    ("13", "night", "2025-11-01 23:00", "6bh", {}, "2025-11-02 04:00", None),
    ("14 spring", "ny", "2025-03-08 22:00", "8h", {}, "2025-03-09 07:00", None),
    ("14 autumn", "ny", "2025-11-01 22:00", "8h", {}, "2025-11-02 05:00", None),
    ("17", "cn", "2025-03-05 10:00", "2wd", {}, "2025-03-07 24:00", "2025-03-09 24:00"),
    ("17 at 18:00", "cn", "2025-03-05 18:00", "2wd", {}, "2025-03-07 24:00", "2025-03-09 24:00"),
    ("17 at 18:00 roll", "cn", "2025-03-05 18:00", "2wd", AFTER_ROLL, "2025-03-10 24:00", None),
    ("18 at 17:59", "cn", "2025-03-07 17:59", "2wd", {}, "2025-03-11 24:00", None),
    ("18 at 18:01", "cn", "2025-03-07 18:01", "2wd", {}, "2025-03-11 24:00", None),
    ("18 at 17:59 roll", "cn", "2025-03-07 17:59", "2wd", AFTER_ROLL, "2025-03-11 24:00", None),
    ("18 at 18:01 roll", "cn", "2025-03-07 18:01", "2wd", AFTER_ROLL, "2025-03-12 24:00", None),
    ("19", "cn", "2025-03-08 10:00", "2wd", {}, "2025-03-11 24:00", None),
    ("19 roll", "cn", "2025-03-08 10:00", "2wd", AFTER_ROLL, "2025-03-12 24:00", None),
    ("20", "cn", "2025-09-28 10:00", "2wd", {}, "2025-09-30 24:00", "2025-10-08 24:00"),
    ("21", "cn", "2025-09-30 10:00", "2wd", {}, "2025-10-10 24:00", None),
    ("22", "cn", "2025-10-11 10:00", "2wd", {}, "2025-10-14 24:00", None),
    ("23", "cn", "2025-12-30 10:00", "2wd", {}, "2026-01-04 24:00", None),
    ("24", "cn", "2025-03-05 10:00", "3d", {}, "2025-03-08 24:00", None),
    ("24 roll", "cn", "2025-03-05 10:00", "3d", NEXT_ROLL, "2025-03-10 24:00", None),
    ("25 roll", "cn", "2025-09-28 10:00", "3d", NEXT_ROLL, "2025-10-09 24:00", None),
    ("26", "cn", "2025-03-08 10:00", "0wd", {}, "2025-03-10 24:00", None),
    ("26 on a Friday", "cn", "2025-03-07 19:00", "0wd", {}, "2025-03-07 24:00", "2025-03-09 24:00"),
    ("26 on a Friday roll", "cn", "2025-03-07 19:00", "0wd", AFTER_ROLL, "2025-03-10 24:00", None),
    ("27", "cn", "2025-03-05 23:59:59", "0d", {}, "2025-03-05 24:00", None),
    ("28", "cn", "2025-03-05 10:00", "8bh", {"paused": 19 * 3600}, "2025-03-10 14:00", None),
    ("48 no budget", "cn", "2025-03-05 10:00", "0bh", {}, "2025-03-05 10:00", None),
    ("48 no budget at rest", "cn", "2025-03-08 11:00", "0bh", {}, "2025-03-08 11:00", "2025-03-10 09:00"),
    ("48 no elapsed budget", "cn", "2025-03-08 11:00", "0h", {}, "2025-03-08 11:00", None),
    ("49 month", "cn", "2024-01-31 10:00", "1mon", {}, "2024-02-29 24:00", None),
    ("49 leap day and month", "cn", "2024-02-29 10:00", "1mon", {}, "2024-03-29 24:00", None),
    ("49 leap day and year", "cn", "2024-02-29 10:00", "1y", {}, "2025-02-28 24:00", None),
    ("49 over New Year", "cn", "2024-12-31 10:00", "2mon", {}, "2025-02-28 24:00", None),
    ("49 year, rolled", "cn", "2024-03-08 10:00", "1y", NEXT_ROLL, "2025-03-10 24:00", None),
    ("ends at closing", "cn", "2025-03-05 10:00", "2wd", CLOSE, "2025-03-07 18:00", "2025-03-10 09:00"),
    ("night shift closes the day after", "night", "2025-03-05 23:00", "1wd", CLOSE, "2025-03-07 06:00", "2025-03-07 22:00"),
    ("36 perpetual holiday", "shop", "2024-12-30 19:00", "2bh", {}, "2025-01-02 11:00", None),
    ("46 half day", "shop", "2025-01-28 12:00", "2bh", {}, "2025-01-29 11:00", None),
    ("46 special shift", "shop", "2025-03-08 15:00", "2bh", {}, "2025-03-09 19:00", None),
    ("46 dated rest day", "shop", "2025-03-09 21:00", "2bh", {}, "2025-03-11 11:00", None),
]  # fmt: skip


def instant(calendar: Calendar, text: str) -> int:
    return calendar.parse_local(text)[0]


def test_the_calendars_are_sound() -> None:
    assert PROBLEMS == []
    assert list(CALENDARS) == ["cn", "ny", "night", "shop", "guessing"]


@pytest.mark.parametrize(
    ("case", "name", "start", "duration", "options", "due_at", "breach"), CASES, ids=[it[0] for it in CASES]
)
def test_due(case: str, name: str, start: str, duration: str, options: dict, due_at: str, breach: str | None) -> None:
    calendar = CALENDARS[name]
    found = calendar.due(instant(calendar, start), parse_duration(duration), **options)
    assert found.due_at is not None
    assert found.breach_after is not None
    assert (calendar.due_text(found.due_at), calendar.due_text(found.breach_after)) == (due_at, breach or due_at)


# case, calendar, duration, start, done, in time
DONE = [
    ("4 on Saturday", "cn", "4bh", "2025-03-07 14:00", "2025-03-08 11:00", True),
    ("26 on Monday", "cn", "0wd", "2025-03-08 10:00", "2025-03-10 17:00", True),
    ("26 on Tuesday", "cn", "0wd", "2025-03-08 10:00", "2025-03-11 09:00", False),
    ("27", "cn", "0d", "2025-03-05 23:59:59", "2025-03-06 00:00:00", False),
    ("27 the second before", "cn", "0d", "2025-03-05 23:59:58", "2025-03-05 23:59:59", True),
    ("48 exactly on the budget", "cn", "1bh", "2025-03-05 10:00", "2025-03-05 11:00", True),
    ("48 one second later", "cn", "1bh", "2025-03-05 10:00", "2025-03-05 11:00:01", False),
]


@pytest.mark.parametrize(("case", "name", "duration", "start", "done", "in_time"), DONE, ids=[it[0] for it in DONE])
def test_done(case: str, name: str, duration: str, start: str, done: str, in_time: bool) -> None:
    calendar = CALENDARS[name]
    found = calendar.due(instant(calendar, start), parse_duration(duration))
    assert found.breach_after is not None
    assert (instant(calendar, done) <= found.breach_after) is in_time


# calendar, local text, the UTC offset it is read with in hours, flag, shown as
WALL = [
    ("cn", "2025-03-05 10:00", 8, None, "2025-03-05 10:00"),
    ("cn", "2025-03-05T10:00:07", 8, None, "2025-03-05 10:00:07"),
    ("cn", "2025-03-05", 8, None, "2025-03-05 00:00"),
    ("cn", "2025-03-05 24:00", 8, None, "2025-03-06 00:00"),
    ("ny", "2025-11-02 00:59", -4, None, "2025-11-02 00:59"),
    ("ny", "2025-11-02 01:30", -4, "ambiguous_time", "2025-11-02 01:30"),
    ("ny", "2025-11-02 02:00", -5, None, "2025-11-02 02:00"),
    ("ny", "2025-03-09 01:59:59", -5, None, "2025-03-09 01:59:59"),
    ("ny", "2025-03-09 02:30", -5, "nonexistent_time", "2025-03-09 03:30"),
    ("ny", "2025-03-09 03:00", -4, None, "2025-03-09 03:00"),
]


@pytest.mark.parametrize(("name", "text", "hours", "flag", "shown"), WALL, ids=[f"{it[0]} {it[1]}" for it in WALL])
def test_cases_15_and_16_local_wall_time(name: str, text: str, hours: int, flag: str | None, shown: str) -> None:
    utc, found = CALENDARS[name].parse_local(text)
    as_utc = CALENDARS["cn"].parse_local(text)[0] + 8 * 3600
    assert (as_utc - utc, found) == (hours * 3600, flag)
    assert CALENDARS[name].local_text(utc) == shown


@pytest.mark.parametrize(
    "text", ["", "10:00", "2025-03-05 10", "2025-02-30 10:00", "2025-03-05 24:01", "2025-03-05 10:60"]
)
def test_what_is_no_local_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"local time|no clock shows|does not match|day is out of range"):
        CALENDARS["cn"].parse_local(text)


def test_case_36_perpetual_holiday() -> None:
    shop = CALENDARS["shop"]
    days = [shop.day_of(instant(shop, text)) for text in ("2024-12-30", "2024-12-31", "2025-01-01", "2025-01-02")]
    assert [shop.works(day) for day in days] == [True, False, False, True]


@pytest.mark.parametrize(("monday", "working"), [("2026-02-16", 0), ("2026-02-09", 6)], ids=["W08", "W07"])
def test_case_44_working_days_of_a_week(monday: str, working: int) -> None:
    cn = CALENDARS["cn"]
    first = cn.day_of(instant(cn, monday))
    assert cn.working_days_in(first, first + 6) == working


def test_case_38_a_year_without_holidays_is_unknown() -> None:
    cn = CALENDARS["cn"]
    start = instant(cn, "2026-12-31 17:00")
    assert cn.due(start, parse_duration("2bh")) == Due(None, None)
    assert cn.due(start, parse_duration("1wd")) == Due(None, None)
    assert cn.due(start, parse_duration("1d"), roll="next_working") == Due(None, None)
    on_time = instant(cn, "2026-12-31 18:00")
    assert cn.due(start, parse_duration("1bh")) == Due(on_time, None)
    assert not cn.covers(instant(cn, "2027-01-01"))
    assert cn.covers(instant(cn, "2027-01-01") - 1)


def test_case_38_the_fallback_is_provisional() -> None:
    guessing = CALENDARS["guessing"]
    found = guessing.due(instant(guessing, "2026-12-31 17:00"), parse_duration("2bh"))
    assert found.due_at == instant(guessing, "2027-01-01 10:00")
    assert guessing.provisional(found.due_at)
    assert not guessing.provisional(instant(guessing, "2026-12-31 17:00"))


def test_calendar_days_need_no_holidays() -> None:
    cn = CALENDARS["cn"]
    end = instant(cn, "2027-01-03 23:59:59")
    assert cn.due(instant(cn, "2026-12-31 17:00"), parse_duration("3d")) == Due(end, end)


def test_the_working_days_of_china_are_those_of_the_library() -> None:
    cn = CALENDARS["cn"]
    days = [date(2015, 1, 1) + timedelta(days=n) for n in range(365 * 12)]
    differing = [day for day in days if cn.works(day.toordinal() - 719163) != chinese_calendar.is_workday(day)]
    assert differing == []


def test_the_same_content_has_the_same_version(tmp_path: Path) -> None:
    text = (ROOT / "calendars.yaml").read_text(encoding="utf-8")
    (tmp_path / "same.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "changed.yaml").write_text(
        text.replace("2025-05-01..2025-05-03", "2025-05-01..2025-05-04"), encoding="utf-8"
    )
    same, changed = (read_calendars(tmp_path / name)[0] for name in ("same.yaml", "changed.yaml"))
    assert {key: it.version for key, it in same.items()} == {key: it.version for key, it in CALENDARS.items()}
    assert [key for key in changed if changed[key].version != same[key].version] == ["shop"]
