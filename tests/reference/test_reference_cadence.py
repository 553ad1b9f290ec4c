"""The reference on cadences. Weeks: W10 from 3 March, W11, W12, W13 (closed all week, 24 to 30 March), W14."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.bench import verdicts

FOR = {"record": "place", "from": "opened_on", "to": "closed_on"}
OF = {"record": "visit", "match": "place_id = place_id", "where": "good"}
FIRST = ("2025-01-06 10:00", "是", "P0")


def _judge(fields: dict[str, Any], place: dict[str, str], visits: list[Any], as_of: str) -> dict[str, str]:
    rule = {"kind": "cadence", "for": FOR, "of": OF, **fields}
    rows = []
    for visit in visits:
        at, good, where = (*visit, "P1")[:3] if isinstance(visit, tuple) else (visit, "是", "P1")
        rows.append({"place_id": where, "visited_at": _march(at), "good": good})
    tables = {"place": [{"place_id": "P1"} | {name: _march(cell) for name, cell in place.items()}], "visit": rows}
    return {key: verdict for key, (verdict, _) in verdicts(rule, tables, _march(as_of)).items()}


def _march(time: str) -> str:
    return f"2025-03-{time}" if time[:2].isdigit() and time[2:3] in ("", " ") else time


def _weeks(**named: str) -> dict[str, str]:
    return {f"P1/2025-{week}": verdict for week, verdict in named.items()}


@pytest.mark.parametrize(
    ("fields", "place", "visits", "as_of", "expected"),
    [
        ({}, {"opened_on": "03"}, [FIRST, "05 10:00"], "09 23:59", _weeks(W10="pass")),
        ({}, {"opened_on": "03"}, [FIRST], "09 23:59", _weeks(W10="pending")),
        ({}, {"opened_on": "03"}, [FIRST], "10 00:00", _weeks(W10="fail", W11="pending")),
        ({}, {"opened_on": "03"}, [FIRST, "09 23:59", "10 00:00"], "17", _weeks(W10="pass", W11="pass", W12="pending")),
        ({"at_least": 2}, {"opened_on": "03"}, [FIRST, "05 10:00"], "10", _weeks(W10="fail", W11="pending")),
        ({"at_least": 2}, {"opened_on": "03"}, [FIRST, "05", "05"], "09", _weeks(W10="pass")),
        ({}, {"opened_on": "03"}, [FIRST, ("05 10:00", "否")], "10", _weeks(W10="fail", W11="pending")),
        ({}, {"opened_on": "03"}, [FIRST, ("05 10:00", "")], "09 23:00", _weeks(W10="unknown")),
        ({}, {"opened_on": "03"}, [FIRST, ("05 10:00", ""), "06"], "09 23:00", _weeks(W10="pass")),
        ({}, {"opened_on": "03"}, [FIRST, ""], "09 23:00", _weeks(W10="unknown")),
        ({}, {"opened_on": "03"}, [FIRST, ("05", "是", "P2")], "09 23:00", _weeks(W10="pending")),
        ({}, {"opened_on": "03"}, [FIRST, "07 10:00"], "06 23:00", _weeks(W10="pending")),
        ({}, {"opened_on": "06"}, [FIRST], "10", _weeks(W10="fail", W11="pending")),
        ({}, {"opened_on": "07"}, [FIRST], "10", _weeks(W11="pending")),
        ({}, {"opened_on": "03", "closed_on": "13"}, [FIRST], "31", _weeks(W10="fail", W11="fail")),
        ({}, {"opened_on": "03", "closed_on": "13"}, [FIRST], "13 23:59", _weeks(W10="fail", W11="pending")),
        ({}, {"opened_on": "03", "closed_on": "13"}, [FIRST], "14 00:00", _weeks(W10="fail", W11="fail")),
        ({}, {"opened_on": "03", "closed_on": "12"}, [FIRST], "31", _weeks(W10="fail")),
        ({"partial": "skip"}, {"opened_on": "04", "closed_on": "16"}, [FIRST], "31", _weeks(W11="fail")),
        ({"partial": "full"}, {"opened_on": "07", "closed_on": "10"}, [FIRST], "31", _weeks(W10="fail", W11="fail")),
        ({"partial": "full"}, {"opened_on": "08", "closed_on": "09"}, [FIRST], "31", _weeks(W10="not_applicable")),
        ({}, {"opened_on": "24", "closed_on": "30"}, [FIRST], "31", _weeks(W13="not_applicable")),
        ({}, {"opened_on": "24", "closed_on": "30"}, [FIRST, "25"], "31", _weeks(W13="not_applicable")),
        ({}, {"opened_on": "03", "closed_on": "09"}, [], "31", _weeks(W10="unknown")),
        ({}, {"opened_on": "03", "closed_on": "09"}, ["13 10:00"], "31", _weeks(W10="unknown")),
        ({}, {"opened_on": "03", "closed_on": "09"}, [("03 10:00", "否")], "31", _weeks(W10="fail")),
        ({}, {"opened_on": "03", "closed_on": "09"}, [("04 10:00", "否")], "31", _weeks(W10="unknown")),
        ({}, {"opened_on": ""}, [FIRST], "31", {"P1/?": "unknown"}),
        ({}, {"opened_on": "看不清"}, [FIRST], "31", {"P1/?": "unknown"}),
        ({}, {"opened_on": "03", "closed_on": "看不清"}, [FIRST], "31", {"P1/?": "unknown"}),
        ({}, {"opened_on": "31"}, [FIRST], "20", {}),
        ({}, {"opened_on": "06"}, [FIRST], "05", _weeks(W10="pending")),
        ({}, {"opened_on": "06", "closed_on": "05"}, [FIRST], "31", {}),
        ({}, {"opened_on": "2025-12-29 10:00"}, [FIRST], "2025-12-30", {"P1/2026-W01": "pending"}),
    ],
)
def test_weeks(fields: dict[str, Any], place: dict[str, str], visits: list[Any], as_of: str, expected: Any) -> None:
    assert _judge({"every": "week", **fields}, place, visits, as_of) == expected


AWAY = {"for": {**FOR, "suspended": {"from": "paused_from", "to": "paused_to"}}}


@pytest.mark.parametrize(
    ("place", "visits", "expected"),
    [
        ({"paused_from": "03", "paused_to": "05"}, [FIRST], _weeks(W10="fail")),
        ({"paused_from": "03", "paused_to": "06"}, [FIRST], {}),
        ({"paused_from": "07", "paused_to": "09"}, [FIRST, "08 10:00"], _weeks(W10="pass")),
        ({"paused_from": "04"}, [FIRST], {}),
        ({"paused_to": "08"}, [FIRST], _weeks(W10="fail")),
    ],
)
def test_suspended_days(place: dict[str, str], visits: list[Any], expected: dict[str, str]) -> None:
    span = {"opened_on": "03", "closed_on": "09"}
    assert _judge({"every": "week", **AWAY}, span | place, visits, "31") == expected


@pytest.mark.parametrize(
    ("every", "place", "as_of", "expected"),
    [
        ("month", {"opened_on": "16"}, "2025-04-01", {"P1/2025-03": "fail", "P1/2025-04": "pending"}),
        ("month", {"opened_on": "17"}, "2025-04-01", {"P1/2025-04": "pending"}),
        ("quarter", {"opened_on": "2025-01-01"}, "2025-03-31", {"P1/2025-Q1": "unknown"}),
        ("quarter", {"opened_on": "2025-01-06"}, "2025-03-31", {"P1/2025-Q1": "pending"}),
        ("year", {"opened_on": "2025-01-06"}, "2025-03-31", {"P1/2025": "pending"}),
        ("7d", {"opened_on": "05", "closed_on": "15"}, "31", {"P1/2025-03-05": "fail", "P1/2025-03-12": "fail"}),
        ("7d", {"opened_on": "05", "closed_on": "14"}, "31", {"P1/2025-03-05": "fail"}),
        ("7d", {"opened_on": "05 10:00"}, "12 00:00", {"P1/2025-03-05": "fail", "P1/2025-03-12": "pending"}),
    ],
)
def test_other_periods(every: str, place: dict[str, str], as_of: str, expected: dict[str, str]) -> None:
    assert _judge({"every": every}, place, [FIRST], as_of) == expected


@pytest.mark.parametrize(
    ("visits", "as_of", "expected"),
    [
        (["03 10:00"], "09 12:00", {"W10": "pass"}),
        (["03 10:00"], "12 12:00", {"W10": "pass"}),
        (["03 10:00"], "13 12:00", {"W10": "pass", "W11": "pending"}),
        (["03 10:00", ("11 10:00", "否")], "16 12:00", {"W10": "pass", "W11": "pending"}),
        ([("03 10:00", "否")], "10 12:00", {"W10": "fail"}),
    ],
)
def test_the_organisation_itself(visits: list[Any], as_of: str, expected: dict[str, str]) -> None:
    got = _judge({"every": "week", "for": None, "of": {"record": "visit", "where": "good"}}, {}, visits, as_of)
    assert got == {f"organisation/2025-{week}": verdict for week, verdict in expected.items()}


@pytest.mark.parametrize(
    ("roster", "place", "expected"),
    [
        ({"where": "sort = 'A'"}, {"sort": "B"}, {}),
        ({"where": "sort = 'A'"}, {"sort": "A"}, _weeks(W10="fail")),
        ({"where": "sort = 'A'"}, {}, {"P1/?": "unknown"}),
        ({"key": "sort"}, {"sort": "A"}, {"A/2025-W10": "fail"}),
    ],
)
def test_the_roster(roster: dict[str, str], place: dict[str, str], expected: dict[str, str]) -> None:
    span = {"opened_on": "03", "closed_on": "09"}
    assert _judge({"every": "week", "for": {**FOR, **roster}}, span | place, [FIRST], "31") == expected


def _gaps(**named: str) -> dict[str, str]:
    return {f"P1/2025-03-03 {start[1:3]}:{start[3:]}": verdict for start, verdict in named.items()}


@pytest.mark.parametrize(
    ("visits", "as_of", "expected"),
    [
        ([], "03 10:00", {}),
        ([], "03 10:30", _gaps(t1000="pending")),
        ([], "03 11:00", _gaps(t1000="pending")),
        ([], "03 11:01", _gaps(t1000="fail")),
        (["03 11:00"], "03 11:00", _gaps(t1000="pass")),
        (["03 11:00"], "03 11:30", _gaps(t1000="pass", t1100="pending")),
        (["03 11:00"], "04", _gaps(t1000="pass", t1100="pass")),
        (["03 10:59"], "04", _gaps(t1000="pass", t1059="fail")),
        (["03 10:00", "03 11:00"], "04", _gaps(t1000="pass", t1100="pass")),
        (["03 09:59", "03 12:00"], "04", _gaps(t1000="fail")),
        (["03"], "04", _gaps(t1000="unknown")),
        ([("03 11:00", "")], "04", _gaps(t1000="unknown")),
        ([("03 13:00", "")], "04", _gaps(t1000="fail")),
        ([""], "04", _gaps(t1000="unknown")),
        (["03 11:30"], "03 11:15", _gaps(t1000="fail")),
    ],
)
@pytest.mark.parametrize("hours", ["doors", {"from": "opens_at", "to": "closes_at"}])
def test_gaps(visits: list[Any], as_of: str, expected: dict[str, str], hours: Any) -> None:
    place = {"opened_on": "03", "closed_on": "03", "opens_at": "10:00", "closes_at": "12:00"}
    assert _judge({"max_gap": "60min", "hours": hours}, place, [FIRST, *visits], as_of) == expected


def test_gaps_before_the_log_begins() -> None:
    place = {"opened_on": "03", "closed_on": "04"}
    got = _judge({"max_gap": "60min", "hours": "doors"}, place, ["04 11:01"], "05")
    assert got == {"P1/2025-03-03 10:00": "unknown", "P1/2025-03-04 10:00": "fail", "P1/2025-03-04 11:01": "pass"}


@pytest.mark.parametrize(
    ("max_gap", "visits", "as_of", "expected"),
    [
        ("3d", [], "06 23:59", {"03 10:00": "pending"}),
        ("3d", [], "07 00:00", {"03 10:00": "fail"}),
        ("72h", [], "06 10:00", {"03 10:00": "pending"}),
        ("72h", [], "06 10:01", {"03 10:00": "fail"}),
        ("3d", ["06", "06"], "09 12:00", {"03 10:00": "pass", "06 00:00": "pending"}),
        ("72h", ["06"], "09 12:00", {"03 10:00": "unknown"}),
    ],
)
def test_gaps_of_a_whole_span(max_gap: str, visits: list[Any], as_of: str, expected: dict[str, str]) -> None:
    got = _judge({"max_gap": max_gap}, {"opened_on": "03 10:00"}, [FIRST, *visits], as_of)
    assert got == {f"P1/2025-03-{begin}": verdict for begin, verdict in expected.items()}
