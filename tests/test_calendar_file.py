"""Calendar files: what ships, what each key does, and every mistake at its place, all at once."""

# ruff: noqa: E501 - a case a line

from pathlib import Path

import pytest

from auditor.calendar import Calendar, read_calendars

SHIPPED = Path(__file__).parent.parent / "rules" / "calendars.yaml"

SHOP = """\
calendars:
  shop:
    title: {zh: 门店, en: Shop}
    zone: Asia/Shanghai
"""


def written(tmp_path: Path, text: str) -> tuple[dict[str, Calendar], list[str]]:
    path = tmp_path / "calendars.yaml"
    path.write_text(text, encoding="utf-8")
    calendars, problems = read_calendars(path, "calendars.yaml")
    return calendars, [str(problem) for problem in problems]


def test_what_ships() -> None:
    calendars, problems = read_calendars(SHIPPED)
    assert (list(calendars), calendars.default, problems) == (["office", "always"], "office", [])
    assert calendars["office"].local_text(calendars["office"].horizon[0]) == "2015-01-01 00:00"
    assert len(calendars["always"].table.opens) == 1
    assert calendars["always"].table.total == calendars["always"].horizon[1] - calendars["always"].horizon[0]


# more lines of the shop, a local time, works that day, seconds worked from midnight to that time
KEYS = [
    ("    weekly: {mon-fri: 09:00-17:00}", "2025-03-05 10:00", True, 3600),
    ("    weekly: {mon: 09:00-17:00, sat: [10:00-11:00]}", "2025-03-08 23:00", True, 3600),
    ("    weekly: {mon: 09:00-17:00}", "2025-03-05 10:00", False, 0),
    ("    weekly: {wed: 22:00-06:00}", "2025-03-05 23:00", True, 3600),
    ("    weekly: {wed: 22:00-06:00}", "2025-03-06 07:00", False, 6 * 3600),
    ("    weekly: {mon-sun: 00:00-24:00}", "2025-03-05 10:00", True, 10 * 3600),
    ("    weekly: {mon-fri: 09:00-17:00}\n    closed: [2025-03-05]", "2025-03-05 10:00", False, 0),
    ("    weekly: {mon-fri: 09:00-17:00}\n    closed: [2025-03-04..2025-03-05]", "2025-03-05 10:00", False, 0),
    ("    weekly: {mon-fri: 09:00-17:00}\n    closed: [03-01..03-05]", "2025-03-05 10:00", False, 0),
    ("    weekly: {mon-fri: 09:00-17:00}\n    closed: [12-01..03-04]", "2025-03-05 10:00", True, 3600),
    ("    weekly: {mon-fri: 09:00-17:00}\n    holidays: china", "2025-10-01 10:00", False, 0),
    ("    weekly: {mon-fri: 09:00-17:00}\n    holidays: china", "2025-10-11 10:00", True, 3600),
    ("    weekly: {mon-fri: 09:00-17:00}\n    holidays: china\n    makeup_hours: [08:00-12:00]", "2025-10-11 10:00", True, 7200),
    ("    weekly: {mon-sun: 09:00-17:00}\n    holidays: china", "2025-03-08 10:00", True, 3600),
    ("    holidays: china\n    weekly: {mon-fri: 09:00-17:00}\n    closed: [2025-10-11]", "2025-10-11 10:00", False, 0),
    ("    closed: [2025-03-05]\n    days: {2025-03-05: [09:00-10:00]}", "2025-03-05 12:00", True, 3600),
    ("    weekly: {mon-fri: 09:00-17:00}\n    days: {2025-03-05: []}", "2025-03-05 12:00", False, 0),
    ("    weekly: {mon-fri: 09:00-17:00}\n    holidays: china\n    entered_years: [2027]", "2027-03-05 10:00", True, 3600),
    ("    weekly: {tue: 22:00-06:00}\n    days: {2025-03-05: [01:00-02:00]}", "2025-03-05 12:00", True, 6 * 3600),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "time", "works", "seconds"), KEYS, ids=[f"{it[1]} {it[0].strip()}" for it in KEYS])
def test_keys(tmp_path: Path, lines: str, time: str, works: bool, seconds: int) -> None:
    calendars, problems = written(tmp_path, SHOP + lines)
    assert problems == []
    shop = calendars["shop"]
    t = shop.parse_local(time)[0]
    midnight = shop.day_start(shop.day_of(t))
    assert shop.works(shop.day_of(t)) is works
    assert (shop.working_seconds(t) or 0) - (shop.working_seconds(midnight) or 0) == seconds
    assert not shop.provisional(t)


DATES = "Write 2025-03-08, 2025-10-01..2025-10-08, or 12-31..01-01 for every year."

# more lines of the shop, the whole message
MISTAKES = [
    ("    zoen: 1\n    weekly: {mon: 09:00-17:00}", "5:5: There is no key 'zoen' in a calendar. Did you mean 'zone'?"),
    ("    weekly: {mn: 09:00-17:00}", "5:14: 'mn' is not a weekday. Did you mean 'mon'?"),
    ("    weekly: {fri-mon: 09:00-17:00}", "5:14: 'fri-mon' is not a run of weekdays from Monday to Sunday. Write mon-fri, or each day by itself."),
    ("    weekly: {mon: 9-17}", "5:19: '9-17' is not a stretch of working time. Write it as 09:00-18:00."),
    ("    weekly: {mon: [09:00-10:00, 25:00-26:00]}", "5:33: '25:00-26:00' holds a time that no clock shows. Use times from 00:00 to 24:00."),
    ("    weekly: {mon: 08:00-08:00}", "5:19: '08:00-08:00' has no length. Write 00:00-24:00 for a whole day, or leave it out."),
    ("    weekly: {mon: [09:00-12:00, 11:00-13:00]}", "5:19: 11:00-13:00 overlaps other hours of the same day. Let each stretch begin after the one before."),
    ("    weekly: {mon-tue: 09:00-12:00, tue: 13:00-14:00}", "5:36: 'tue' names a weekday that already has its hours. Name each weekday once."),
    ("    weekly: {sun: 22:00-06:00, mon: 05:00-09:00}", "5:13: The night shift 22:00-06:00 runs into the hours of the day after. Let it end before the next day's hours begin."),
    ("    weekly: 8", "5:13: 'weekly' should be a mapping, not '8'. Write weekdays with their hours, such as mon-fri: [09:00-12:00, 13:00-18:00]."),
    ("    holidays: chnia", "5:15: 'holidays' cannot be 'chnia'. Did you mean 'china'?"),
    ("    fallback: guess", "5:15: 'fallback' cannot be 'guess'. It can be none or weekends."),
    ("    first_year: '2015'", "5:17: 'first_year' should be a whole number, not '2015'. Write a year from 1972 to 2100."),
    ("    closed: [2025-02-30]", f"5:14: '2025-02-30' is not a date. {DATES}"),
    ("    closed: [02-30..03-01]", f"5:14: '02-30' is not a date. {DATES}"),
    ("    closed: [2025-10-08..2025-10-01]", "5:14: '2025-10-08..2025-10-01' ends before it begins. Write the earlier date first."),
    ("    days: {2025-13-01: [09:00-10:00]}", f"5:12: '2025-13-01' is not a date. {DATES}"),
    ("    weekly: {mon: []}", "2:3: The calendar 'shop' has no working time at all. Give it hours under 'weekly'."),
    ("    weekly: {mon: 09:00-10:00}\n    closed: [01-01..12-31]", "2:3: The calendar 'shop' has no working time at all. Give it hours under 'weekly'."),
    ("    weekly: {mon: 09:00-10:00}\n    first_year: 2030\n    last_year: 2029", "6:17: The calendar covers no year from 2030 on. Correct 'first_year' and 'last_year'."),
    ("    weekly: {mon: 09:00-17:00}\n  other: 3", "6:10: A calendar should be a mapping, not '3'. Write {title: ..., zone: ...}."),
    ("    weekly: {mon: 09:00-17:00}\n  Other: {}", "6:3: 'Other' cannot name a calendar. Use small letters, digits and underscores."),
    ("    weekly: {mon: 09:00-17:00}\ndefault: shpo", "6:10: The default calendar 'shpo' is not in this file. Did you mean 'shop'?"),
    ("    weekly: {mon: 09:00-17:00}\ndefualt: shop", "6:1: There is no key 'defualt' in a calendar file. Did you mean 'default'?"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "message"), MISTAKES, ids=[it[0].strip() for it in MISTAKES])
def test_mistakes(tmp_path: Path, lines: str, message: str) -> None:
    assert written(tmp_path, SHOP + lines)[1] == [f"calendars.yaml:{message}"]


APART = "Let each stretch begin after the one before."
ALL_AT_ONCE = """\
default: shop
calendars:
  shop:
    zone: Asia/Shangai
    weekly:
      mon: [09:00-12:00, 11:00-18:00]
    closed: [soon]
  plain: {weekly: {mon: 09:00-10:00}}
"""


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    calendars, problems = written(tmp_path, ALL_AT_ONCE)
    assert calendars == {}
    assert problems == [
        "calendars.yaml:3:3: A calendar needs 'title'. Write it as {zh: 办公时间, en: Office hours}.",
        "calendars.yaml:4:11: 'Asia/Shangai' is not a time zone. Did you mean 'Asia/Shanghai'?",
        f"calendars.yaml:6:12: 11:00-18:00 overlaps other hours of the same day. {APART}",
        f"calendars.yaml:7:14: 'soon' is not a date. {DATES}",
        "calendars.yaml:8:3: A calendar needs 'title'. Write it as {zh: 办公时间, en: Office hours}.",
        "calendars.yaml:8:3: A calendar needs 'zone'. Write an IANA name, such as Asia/Shanghai.",
    ]


def test_unknown_years_are_told_and_not_judged(tmp_path: Path) -> None:
    lines = "    weekly: {mon-fri: 09:00-17:00}\n    holidays: china\n    last_year: 2099"
    shop, problems = written(tmp_path, SHOP + lines)
    year = shop["shop"].entry.years()[-1] + 1
    what = f"The public holidays of {year} are not known, so nothing from {year} on is judged."
    remedy = "Enter them under 'closed' and 'days' and name the year in 'entered_years', or set 'fallback: weekends'."
    assert problems == [f"calendars.yaml:7:16: {what} {remedy}"]
    assert not shop["shop"].covers(shop["shop"].parse_local(f"{year}-01-01")[0])


@pytest.mark.parametrize("text", ["", "- 1", "default: office", "calendars: 3", "calendars: {}"])
def test_a_file_without_calendars(tmp_path: Path, text: str) -> None:
    calendars, problems = written(tmp_path, text)
    assert calendars == {}
    assert [line.split(": ", 1)[1] for line in problems] == [
        "There are no calendars in this file. Write them under 'calendars:', each with its name."
    ]


def test_a_missing_file(tmp_path: Path) -> None:
    calendars, problems = read_calendars(tmp_path / "nowhere.yaml", "nowhere.yaml")
    assert (calendars, [problem.code for problem in problems]) == ({}, ["unreadable"])
