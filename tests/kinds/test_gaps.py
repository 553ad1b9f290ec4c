"""Cadences by gap: how long nothing may happen while the doors are open."""

from typing import Any

import pytest

from auditor.kinds.cadence import Cadence
from tests.kinds.harness import BAD, Case, Rows, record

SHOP = record(
    "shop", key="shop_id", time="since", shop_id="id", since="time", until="time", opens="clock", closes="clock",
    shut="time", reopened="time",
)  # fmt: skip
ROUND = record("round", key=None, time="at", shop_id="id", at="time", done="yesno")
HOURS = {"from": "opens", "to": "closes"}
RULE = {
    "for": {"record": "shop", "from": "since", "to": "until", "suspended": {"from": "shut", "to": "reopened"}},
    "of": {"record": "round", "match": "shop_id = shop_id", "where": "done"},
    "max_gap": "60min", "hours": HOURS,
}  # fmt: skip
OPEN = {"since": "2025-03-05", "until": "2025-03-05", "opens": 10 * 3600, "closes": 12 * 3600}
FIRST = {"shop_id": "other", "at": "2025-01-01 09:00", "done": True}


def outcomes(
    rounds: list[Any],
    as_of: str = "2025-03-31",
    shop: dict[str, Any] | None = None,
    rule: dict[str, Any] | None = None,
    calendar: str = "cn",
) -> dict[str, str]:
    """Outcome names by key without the shop, for rounds at these times (or whole rows)."""
    rows: Rows = [{"shop_id": "甲", "done": True, **(row if isinstance(row, dict) else {"at": row})} for row in rounds]
    tables = {"shop": [{"shop_id": "甲", **OPEN, **(shop or {})}], "round": [FIRST, *rows]}
    case = Case(Cadence, {"kind": "cadence", **RULE, **(rule or {})}, [SHOP, ROUND], tables, as_of, calendar)
    return {key.removeprefix("甲/"): one.name for key, one in case.outcomes().items()}


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        ([], {"10:00": "GAP"}),
        (["2025-03-05 11:00"], {"10:00": "PASS", "11:00": "PASS"}),
        (["2025-03-05 11:01"], {"10:00": "GAP", "11:01": "PASS"}),
        (["2025-03-05 10:00", "2025-03-05 11:00", "2025-03-05 11:00"], {"10:00": "PASS", "11:00": "PASS"}),
        (["2025-03-05 09:59", "2025-03-05 12:00"], {"10:00": "GAP"}),
        (["2025-03-05 10:20", "2025-03-05 11:30"], {"10:00": "PASS", "10:20": "GAP", "11:30": "PASS"}),
    ],
)
def test_gaps_run_from_opening_to_closing(rounds: list[str], expected: dict[str, str]) -> None:
    assert outcomes(rounds) == {f"2025-03-05 {time}": outcome for time, outcome in expected.items()}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-03-05 10:00", {}),
        ("2025-03-05 10:30", {"10:00": "RUNNING"}),
        ("2025-03-05 10:40", {"10:00": "PASS"}),
        ("2025-03-05 11:40", {"10:00": "PASS", "10:40": "RUNNING"}),
        ("2025-03-05 11:41", {"10:00": "PASS", "10:40": "GAP"}),
        ("2025-03-05 12:00", {"10:00": "PASS", "10:40": "GAP"}),
    ],
)
def test_the_gap_that_still_runs(as_of: str, expected: dict[str, str]) -> None:
    found = outcomes(["2025-03-05 10:40", "2025-03-05 11:50"], as_of)
    if as_of.endswith("12:00"):
        expected = {**expected, "11:50": "PASS"}
    assert found == {f"2025-03-05 {time}": outcome for time, outcome in expected.items()}


def test_only_days_in_force_count() -> None:
    shop = {"until": None, "shut": "2025-03-06", "reopened": "2025-03-07"}
    assert set(outcomes([], "2025-03-09 10:30", shop)) == {"2025-03-05 10:00", "2025-03-08 10:00", "2025-03-09 10:00"}


def test_a_shop_that_closes_after_midnight() -> None:
    night = {"opens": 22 * 3600, "closes": 2 * 3600}
    rounds = ["2025-03-05 23:00", "2025-03-06 00:00", "2025-03-06 01:00"]
    expected = {f"2025-03-0{time}": "PASS" for time in ("5 22:00", "5 23:00", "6 00:00", "6 01:00")}
    assert outcomes(rounds, shop=night) == expected


def test_the_hours_of_a_calendar() -> None:
    rule = {"hours": "cn", "max_gap": "4h"}
    found = outcomes(["2025-03-05 17:00"], shop={"until": "2025-03-09"}, rule=rule)
    days = {f"2025-03-0{day} {time}" for day in (5, 6, 7) for time in ("09:00", "13:00")} | {"2025-03-05 17:00"}
    assert (set(found), found["2025-03-06 13:00"], found["2025-03-05 17:00"]) == (days, "GAP", "PASS")


def test_hours_when_the_clocks_change() -> None:
    shop = {"since": "2025-03-09", "until": "2025-03-09", "opens": 3600, "closes": 4 * 3600}
    rule = {"calendar": "ny", "max_gap": "2h"}
    assert outcomes([], shop=shop, rule=rule, calendar="ny") == {"2025-03-09 01:00": "PASS"}


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ({"at": "2025-03-05 11:00", "done": None}, "UNSURE_MATCH"),
        ({"at": "2025-03-05 12:00", "done": None}, "GAP"),
        ({"at": "2025-03-05"}, "UNSURE_MATCH"),
        ({"at": "2025-03-06"}, "GAP"),
        ({"at": BAD}, "UNSURE_MATCH"),
        ({"at": "2025-03-05 11:00", "done": False}, "GAP"),
        ({"at": "2025-03-05 11:00", "shop_id": None}, "GAP"),
    ],
)
def test_a_round_that_may_have_been_made_excuses(row: dict[str, Any], outcome: str) -> None:
    assert outcomes([row]) == {"2025-03-05 10:00": outcome}


@pytest.mark.parametrize(
    ("shop", "key", "outcome"),
    [
        ({"since": None}, "?", "START_MISSING"),
        ({"opens": None}, "?", "TIME_MISSING"),
        ({"closes": BAD}, "?", "UNREADABLE"),
        ({"since": "2024-12-31", "until": "2024-12-31"}, "2024-12-31 10:00", "LOG_STARTS_LATER"),
    ],
)
def test_shops_of_which_something_is_not_known(shop: dict[str, Any], key: str, outcome: str) -> None:
    assert outcomes([], shop=shop) == {key: outcome}


def test_what_a_finding_says() -> None:
    tables = {"shop": [{"shop_id": "甲", **OPEN}], "round": [FIRST]}
    case = Case(Cadence, {"kind": "cadence", **RULE}, [SHOP, ROUND], tables, "2025-03-31")
    found = case.details()["甲/2025-03-05 10:00"]
    said = {
        "gap": 7200, "max_gap": 3600, "from": "2025-03-05 10:00", "to": "2025-03-05 12:00",
        "due_at": "2025-03-05 11:00", "late_by": 3600, "evidence 0 shop": 0,
    }  # fmt: skip
    assert {name: found[name] for name in said} == said


def test_hours_name_a_calendar_that_exists() -> None:
    tables: dict[str, Rows] = {"shop": [], "round": []}
    case = Case(Cadence, {"kind": "cadence", **RULE, "hours": "nigth"}, [SHOP, ROUND], tables, "2025-03-31")
    (problem,) = case.mistakes()
    assert str(problem) == "hours: There is no calendar 'nigth'. Did you mean 'night'?"


def spans(
    rounds: list[Any],
    as_of: str,
    max_gap: str = "3d",
    shop: dict[str, Any] | None = None,
    rule: dict[str, Any] | None = None,
) -> dict[str, str]:
    """Outcomes of a shop in force from 3 March 2025, 10:00, by the day and time at which a gap begins."""
    whole = {"since": "2025-03-03 10:00", "until": None, **(shop or {})}
    times = [{**row, "at": f"2025-03-{row['at']}"} if isinstance(row, dict) else f"2025-03-{row}" for row in rounds]
    found = outcomes(times, f"2025-03-{as_of}", whole, {"max_gap": max_gap, "hours": None, **(rule or {})})
    return {key.removeprefix("2025-03-"): outcome for key, outcome in found.items()}


@pytest.mark.parametrize(
    ("max_gap", "as_of", "expected"),
    [
        ("3d", "03 10:00", {}),
        ("3d", "06 23:59:59", {"03 10:00": "RUNNING"}),
        ("3d", "07 00:00", {"03 10:00": "GAP"}),
        ("72h", "06 10:00", {"03 10:00": "RUNNING"}),
        ("72h", "06 10:00:01", {"03 10:00": "GAP"}),
    ],
)
def test_the_day_before_and_the_day_after_a_span_becomes_too_long(
    max_gap: str, as_of: str, expected: dict[str, str]
) -> None:
    assert spans([], as_of, max_gap) == expected


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        (["06 23:00", "09 01:00"], {"03 10:00": "PASS", "06 23:00": "PASS", "09 01:00": "RUNNING"}),
        (["07 00:00", "09 01:00"], {"03 10:00": "GAP", "07 00:00": "PASS", "09 01:00": "RUNNING"}),
        (["05 12:00", "05 12:00"], {"03 10:00": "PASS", "05 12:00": "GAP"}),
        (["05 12:00", "05 12:01"], {"03 10:00": "PASS", "05 12:00": "PASS", "05 12:01": "GAP"}),
        (["03 10:00", "06"], {"03 10:00": "PASS", "06 00:00": "RUNNING"}),
        (["02 10:00", "03"], {"03 10:00": "GAP"}),
        (["09 12:00"], {"03 10:00": "GAP"}),
        (["06 10:00", {"at": "08 10:00", "done": None}], {"03 10:00": "PASS", "06 10:00": "RUNNING"}),
        ([{"at": "06 10:00", "done": None}], {"03 10:00": "UNSURE_MATCH"}),
    ],
)
def test_spans_without_hours_run_from_event_to_event(rounds: list[Any], expected: dict[str, str]) -> None:
    assert spans(rounds, "09 12:00") == expected


@pytest.mark.parametrize(
    ("shop", "max_gap", "expected"),
    [
        ({"until": "2025-03-06 09:00"}, "3d", {"03 10:00": "PASS"}),
        ({"until": "2025-03-07 09:00"}, "3d", {"03 10:00": "GAP"}),
        ({"until": "2025-03-03 10:00"}, "3d", {}),
        ({"until": "2025-03-01"}, "3d", {}),
        ({"since": "2025-04-01"}, "3d", {}),
        ({"since": "2025-03-03", "until": "2025-03-06"}, "3d", {"03 00:00": "PASS"}),
        ({"since": "2025-03-03"}, "72h", {"?": "DATE_ONLY"}),
        ({"until": "2025-03-06"}, "72h", {"?": "DATE_ONLY"}),
        ({"since": None}, "3d", {"?": "START_MISSING"}),
        ({"shut": "2025-03-05", "reopened": "2025-03-28 09:00"}, "3d", {"03 10:00": "PASS", "29 00:00": "RUNNING"}),
        ({"shut": "2025-03-05"}, "3d", {"03 10:00": "PASS"}),
        ({"shut": "2025-03-05", "reopened": "2025-03-04"}, "3d", {"03 10:00": "GAP"}),
    ],
)
def test_spans_that_end_pause_or_are_not_clear(shop: dict[str, Any], max_gap: str, expected: dict[str, str]) -> None:
    assert spans([], "31 10:00", max_gap, shop) == expected


def test_the_organisation_is_in_force_from_the_first_event_of_its_log() -> None:
    rule = {"for": None, "of": {"record": "round", "where": "done"}}
    tables = {"round": [{"at": "2025-03-03 10:00", "done": True}, {"at": "2025-03-09", "done": True}]}
    fields = {"kind": "cadence", **RULE, "hours": None, "max_gap": "3d", **rule}
    found = Case(Cadence, fields, [SHOP, ROUND], tables, "2025-03-10").verdicts()
    assert found == {"organisation/2025-03-03 10:00": "fail", "organisation/2025-03-09 00:00": "pending"}


def test_what_a_finding_says_of_days() -> None:
    shop = {"shop_id": "甲", "since": "2025-03-03 10:00"}
    fields = {"kind": "cadence", **RULE, "hours": None, "max_gap": "3d"}
    case = Case(Cadence, fields, [SHOP, ROUND], {"shop": [shop], "round": [FIRST]}, "2025-03-08 09:00")
    found = case.details()["甲/2025-03-03 10:00"]
    said = {"gap": 5 * 86_400, "max_gap": 3 * 86_400, "due_at": "2025-03-06 23:59:59", "late_by": 33 * 3600 + 1}
    assert {name: found[name] for name in said} == said
