"""The SQL of a calendar says what its Python says: random calendars, random instants."""

from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.calendar import Calendar, CalendarEntry, read_calendars
from auditor.duration import parse_duration

CALENDARS = read_calendars(Path(__file__).parent / "calendars.yaml")[0]
CONNECTION = duckdb.connect()
ZONES = ["Asia/Shanghai", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kolkata"]
DAY = 86_400
FIRST, LAST = 1_704_067_200 - 3 * DAY, 1_767_225_600 + 3 * DAY
"""From a few days before 2024 to a few days after 2025, the years of the random calendars."""

quarters = st.integers(0, 95)


@st.composite
def hours(draw: st.DrawFn, *, night: bool) -> list[str]:
    """Up to two stretches of a day that do not overlap; the last may run into the night."""
    marks = sorted(draw(st.lists(quarters, min_size=0, max_size=4, unique=True)))
    found = [f"{clock(a)}-{clock(b)}" for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if night and draw(st.booleans()):
        found = ["22:00-06:00"]
    return found


def clock(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    night = draw(st.booleans())
    week = {day: draw(hours(night=night)) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    week["wed"] = week["wed"] or ["09:00-17:00"]
    entry = {
        "title": {"zh": "随机", "en": "Random"},
        "zone": draw(st.sampled_from(ZONES)),
        "weekly": week,
        "holidays": draw(st.sampled_from(["china", "none"])),
        "first_year": 2024,
        "last_year": 2025,
        "closed": ["12-31..01-01"],
        "days": {"2024-03-10": draw(hours(night=night)), "2025-11-02": ["00:30-03:30"]},
    }
    return Calendar("random", CalendarEntry.model_validate(entry))


def rows(calendar: Calendar, columns: str, joins: str, instants: list[int]) -> list[tuple[Any, ...]]:
    """One row of ``columns`` for each instant, in the same order."""
    query = f"SELECT {columns} FROM (SELECT unnest(?) AS t, generate_subscripts(?, 1) AS n) AS e {joins} ORDER BY n"
    return CONNECTION.execute(query, [instants, instants]).fetchall()


def compare_clock(calendar: Calendar, instants: list[int]) -> None:
    calendar.register(CONNECTION)
    c, day = calendar.c_sql("s", "e.t"), calendar.day_sql("e.t")
    columns = [
        day,
        calendar.day_start_sql("s.day"),
        c,
        calendar.w_sql("s"),
        calendar.next_working_sql("s"),
        calendar.due_at_sql("d", c),
        calendar.breach_after_sql("d", c),
    ]
    joins = calendar.join_sql("s", "e.t") + " " + calendar.due_join_sql("d", c)
    found = rows(calendar, ", ".join(columns), joins, instants)
    assert found == [expected_clock(calendar, t) for t in instants]


def expected_clock(calendar: Calendar, t: int) -> tuple[int | None, ...]:
    day, c = calendar.day_of(t), calendar.working_seconds(t)
    known = c is not None
    return (
        day,
        calendar.day_start(day),
        c,
        calendar.working_days(day),
        calendar.next_working(day),
        calendar.inverse_earliest(c) if known else None,
        calendar.inverse_latest(c) if known else None,
    )


DURATIONS = ["90min", "0bh", "1bh", "8bh", "0d", "3d", "0wd", "2wd", "1mon", "13mon", "1y"]
OPTIONS = [
    {"roll": roll, "after_hours": after, "ends": ends}
    for roll, after, ends in product([None, "next_working"], [None, "roll"], ["midnight", "close"])
]


def compare_due(calendar: Calendar, spelling: str, options: dict[str, Any], instants: list[int]) -> None:
    duration = parse_duration(spelling)
    due = calendar.due_sql("s", "e.t", duration, **options)
    joins = f"{calendar.join_sql('s', 'e.t')} {due.joins}"
    found = rows(calendar, f"{due.due_at}, {due.breach_after}", joins, instants)
    expected = [calendar.due(t, duration, **options) for t in instants]
    assert found == [(it.due_at, it.breach_after) for it in expected]


instant_lists = st.lists(st.integers(FIRST, LAST), min_size=20, max_size=40)
few = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@few
@given(calendars(), instant_lists)
def test_the_clock_of_a_random_calendar(calendar: Calendar, instants: list[int]) -> None:
    edges = [edge + step for edge in (*calendar.table.opens[:5], *calendar.table.closes[-5:]) for step in (-1, 0, 1)]
    compare_clock(calendar, instants + edges)


@few
@given(calendars(), st.sampled_from(DURATIONS), st.sampled_from(OPTIONS), instant_lists)
def test_due_times_of_a_random_calendar(
    calendar: Calendar, spelling: str, options: dict[str, Any], instants: list[int]
) -> None:
    calendar.register(CONNECTION)
    compare_due(calendar, spelling, options, instants)


@pytest.mark.parametrize("name", list(CALENDARS))
def test_every_duration_of_the_known_calendars(name: str) -> None:
    calendar = CALENDARS[name]
    nights = [calendar.parse_local(f"{day} {time}")[0] for day, time in product(DATES, TIMES)]
    compare_clock(calendar, nights)
    for spelling, options in product(DURATIONS, OPTIONS):
        compare_due(calendar, spelling, options, nights)


DATES = ["2024-12-31", "2025-03-07", "2025-03-08", "2025-03-09", "2025-09-30", "2025-11-01", "2025-11-02", "2026-12-31"]
TIMES = ["00:00", "01:30", "02:30", "06:00", "12:30", "18:00", "22:30", "23:59:59"]


@given(calendars(), instant_lists)
@few
def test_the_way_back(calendar: Calendar, instants: list[int]) -> None:
    for t in filter(calendar.covers, instants):
        c = calendar.working_seconds(t)
        assert c is not None
        early, late = calendar.inverse_earliest(c), calendar.inverse_latest(c)
        assert early is not None
        assert early <= t
        assert calendar.working_seconds(early) == c
        assert late is None or (late >= t and calendar.working_seconds(late) == c)
        assert late is None or calendar.working_seconds(late + 1) == c + 1


def test_an_unknown_instant_is_null() -> None:
    cn = CALENDARS["cn"]
    cn.register(CONNECTION)
    columns = f"{cn.c_sql('s', 'e.t')}, {cn.w_sql('s')}, {cn.provisional_sql('s')}"
    query = f"SELECT {columns} FROM (SELECT CAST(NULL AS BIGINT) AS t) AS e {cn.join_sql('s', 'e.t')}"
    assert CONNECTION.execute(query).fetchall() == [(None, None, None)]
    beyond = cn.parse_local("2027-03-01 10:00")[0]
    assert rows(cn, columns, cn.join_sql("s", "e.t"), [beyond]) == [(None, None, None)]


def test_a_zone_with_one_offset_needs_no_case() -> None:
    assert CALENDARS["cn"].day_sql("e.t") == "(((e.t) + 28800) // 86400)"
    assert "CASE" in CALENDARS["ny"].day_sql("e.t")
