"""The reference on deadlines, against times worked out by hand. 2025-03-05 is a Wednesday, the 12th is closed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.bench import verdicts

LATER = "2025-04-30 00:00"


def _judge(fields: dict[str, Any], tables: dict[str, list[dict[str, str]]], as_of: str) -> dict[str, str]:
    rule = {"kind": "deadline", "record": "job", "from": "opened_at", "to": "closed_at", "within": "24h", **fields}
    return {key: verdict for key, (verdict, _) in verdicts(rule, tables, as_of).items()}


@pytest.mark.parametrize(
    ("within", "opened", "closed", "expected"),
    [
        ("24h", "05 10:00", "06 10:00", "pass"),
        ("24h", "05 10:00", "06 10:00:01", "fail"),
        ("30min", "05 10:00", "05 10:30", "pass"),
        ("30min", "05 10:00", "05 10:31", "fail"),
        ("0h", "05 10:00", "05 10:00", "pass"),
        ("0h", "05 10:00", "05 10:00:01", "fail"),
        ("24h", "05 10:00", "05 09:59", "fail"),
        ("24h", "", "05 10:00", "unknown"),
        ("24h", "05", "05 12:00", "unknown"),
        ("24h", "05 10:00", "06", "unknown"),
        ("24h", "05 10:00", "看不清", "unknown"),
        ("4bh", "05 10:00", "05 15:00", "pass"),
        ("4bh", "05 10:00", "05 15:00:01", "fail"),
        ("1bh", "05 12:30", "05 14:00", "pass"),
        ("8bh", "05 09:00", "05 23:00", "pass"),
        ("8bh", "05 09:00", "06 09:00", "pass"),
        ("8bh", "05 09:00", "06 09:00:01", "fail"),
        ("4bh", "07 14:00", "08 11:00", "pass"),
        ("4bh", "07 14:00", "10 09:00:01", "fail"),
        ("1bh", "05 19:00", "06 10:00", "pass"),
        ("1bh", "08 11:00", "10 10:00", "pass"),
        ("8bh", "11 17:00", "13 17:00", "pass"),
        ("8bh", "11 17:00", "13 17:00:01", "fail"),
        ("8bh", "14 10:00", "15 10:00", "pass"),
        ("8bh", "14 10:00", "15 10:00:01", "fail"),
        ("0d", "05 23:59:59", "05 23:59:59", "pass"),
        ("0d", "05 23:59:59", "06 00:00", "fail"),
        ("0d", "05 10:00", "05", "pass"),
        ("3d", "05 10:00", "08 23:59:59", "pass"),
        ("3d", "05 10:00", "09 00:00", "fail"),
        ("3d", "05", "08", "pass"),
        ("3d", "05", "09", "fail"),
        ("2wd", "05 10:00", "07 23:59", "pass"),
        ("2wd", "05 10:00", "09 12:00", "pass"),
        ("2wd", "05 10:00", "10 00:00", "fail"),
        ("2wd", "07 17:59", "11 23:59", "pass"),
        ("2wd", "07 17:59", "12 23:59", "pass"),
        ("2wd", "07 17:59", "13 00:00", "fail"),
        ("2wd", "08 10:00", "11 23:00", "pass"),
        ("2wd", "08 10:00", "13 00:00", "fail"),
        ("0wd", "08 10:00", "10 17:00", "pass"),
        ("0wd", "08 10:00", "11 09:00", "fail"),
        ("0wd", "07 10:00", "09 23:59", "pass"),
        ("0wd", "07 10:00", "10 00:00", "fail"),
        ("1mon", "05 10:00", "05 23:00", "pass"),
    ],
)
def test_the_clock(within: str, opened: str, closed: str, expected: str) -> None:
    job = {"job_id": "J1", "opened_at": _march(opened), "closed_at": _march(closed)}
    assert _judge({"within": within}, {"job": [job]}, LATER) == {"J1": expected}


def _march(time: str) -> str:
    return f"2025-03-{time}" if time[:1].isdigit() else time


@pytest.mark.parametrize(
    ("within", "opened", "closed", "expected"),
    [
        ("1mon", "2025-01-31 10:00", "2025-02-28 23:59", "pass"),
        ("1mon", "2025-01-31 10:00", "2025-03-01 00:00", "fail"),
        ("1mon", "2025-03-05", "2025-04-05", "pass"),
        ("1mon", "2025-03-05", "2025-04-06", "fail"),
        ("1y", "2024-12-31 10:00", "2025-03-01", "unknown"),
        ("2wd", "2025-12-31 10:00", "2025-12-31 11:00", "unknown"),
        ("8bh", "2025-12-31 17:00", "2025-12-31 18:00", "unknown"),
        ("1bh", "2025-12-31 17:00", "2025-12-31 18:00", "pass"),
    ],
)
def test_months_and_the_edge_of_the_calendar(within: str, opened: str, closed: str, expected: str) -> None:
    job = {"job_id": "J1", "opened_at": opened, "closed_at": closed}
    assert _judge({"within": within}, {"job": [job]}, "2026-01-15") == {"J1": expected}


@pytest.mark.parametrize(
    ("fields", "opened", "closed", "expected"),
    [
        ({"within": "4bh", "boundary": "strict"}, "07 14:00", "07 18:00", "pass"),
        ({"within": "4bh", "boundary": "strict"}, "07 14:00", "07 18:00:01", "fail"),
        ({"within": "4bh", "boundary": "strict"}, "07 14:00", "08 11:00", "fail"),
        ({"within": "0bh", "boundary": "strict"}, "07 14:00", "07 14:00", "pass"),
        ({"within": "24h", "boundary": "strict"}, "05 10:00", "06 10:00", "pass"),
        ({"within": "24h", "boundary": "strict"}, "05 10:00", "06 10:00:01", "fail"),
        ({"within": "2wd", "boundary": "strict"}, "05 10:00", "07 23:59", "pass"),
        ({"within": "2wd", "boundary": "strict"}, "05 10:00", "08 09:00", "fail"),
        ({"within": "2wd", "ends": "close"}, "05 10:00", "07 18:00", "pass"),
        ({"within": "2wd", "ends": "close"}, "05 10:00", "08 12:00", "pass"),
        ({"within": "2wd", "ends": "close"}, "05 10:00", "10 09:00:01", "fail"),
        ({"within": "2wd", "ends": "close", "boundary": "strict"}, "05 10:00", "07 18:00:01", "fail"),
        ({"within": "2wd", "ends": "close"}, "05 10:00", "07", "pass"),
        ({"within": "2wd", "after_hours": "roll"}, "07 18:00", "13 23:00", "pass"),
        ({"within": "2wd", "after_hours": "roll"}, "07 17:59", "13 09:00", "fail"),
        ({"within": "2wd", "after_hours": "roll"}, "08 10:00", "13 23:00", "pass"),
        ({"within": "0wd", "after_hours": "roll"}, "05 18:00", "06 20:00", "pass"),
        ({"within": "0wd"}, "05 18:00", "06 08:00", "fail"),
        ({"within": "3d", "roll": "next_working"}, "05 10:00", "10 23:59", "pass"),
        ({"within": "3d", "roll": "next_working"}, "05 10:00", "11 00:00", "fail"),
        ({"within": "24h", "date_only": "day"}, "05 10:00", "06", "pass"),
        ({"within": "24h", "date_only": "day"}, "05 10:00", "07", "fail"),
        ({"within": "24h", "date_only": "day"}, "05", "06 23:59", "pass"),
        ({"within": "25h", "date_only": "day"}, "05", "07 23:00", "pass"),
        ({"within": "24h", "date_only": "day"}, "05", "07 00:00", "fail"),
        ({"within": "24h", "date_only": "day"}, "05 10:00", "06 10:01", "fail"),
    ],
)
def test_the_options_of_the_clock(fields: dict[str, str], opened: str, closed: str, expected: str) -> None:
    job = {"job_id": "J1", "opened_at": _march(opened), "closed_at": _march(closed)}
    assert _judge(fields, {"job": [job]}, LATER) == {"J1": expected}


@pytest.mark.parametrize(
    ("within", "closed", "as_of", "expected"),
    [
        ("24h", "", "2025-03-05 09:59:59", "unknown"),
        ("24h", "", "2025-03-05 10:00", "pending"),
        ("24h", "", "2025-03-06 10:00", "pending"),
        ("24h", "", "2025-03-06 10:00:01", "fail"),
        ("24h", "2025-03-06 09:00", "2025-03-06 08:00", "pending"),
        ("24h", "2025-03-06 09:00", "2025-03-06 09:00", "pass"),
        ("24h", "2025-03-07 09:00", "2025-03-06 12:00", "fail"),
        ("24h", "2025-03-05 09:00", "2025-03-06 09:00", "pending"),
        ("8bh", "", "2025-03-06 10:00", "pending"),
        ("8bh", "", "2025-03-06 10:00:01", "fail"),
        ("2wd", "", "2025-03-09 23:59", "pending"),
        ("2wd", "", "2025-03-10 00:00", "fail"),
    ],
)
def test_a_target_that_is_not_there(within: str, closed: str, as_of: str, expected: str) -> None:
    job = {"job_id": "J1", "opened_at": "2025-03-05 10:00", "closed_at": closed}
    assert _judge({"within": within}, {"job": [job]}, as_of) == {"J1": expected}


@pytest.mark.parametrize(
    ("within", "holds", "closed", "expected"),
    [
        ("8bh", [("05 16:00", "10 10:00")], "10 14:00", "pass"),
        ("8bh", [("05 16:00", "10 10:00")], "10 14:00:01", "fail"),
        ("4h", [("05 11:00", "05 12:00")], "05 15:00", "pass"),
        ("4h", [("05 11:00", "05 12:00")], "05 15:00:01", "fail"),
        ("4h", [("05 11:00", "05 13:00"), ("05 12:00", "05 14:00")], "05 17:00", "pass"),
        ("4h", [("05 11:00", "05 13:00"), ("05 12:00", "05 14:00")], "05 17:01", "fail"),
        ("4h", [("05 08:00", "05 11:00")], "05 15:00", "pass"),
        ("4h", [("05 08:00", "05 11:00")], "05 15:01", "fail"),
        ("4h", [("05 12:00", "")], "07 10:00", "pass"),
        ("4h", [("05 12:00", "")], "", "pending"),
        ("4h", [("05 14:00:01", "")], "", "fail"),
        ("4h", [("05 12:00", "05 11:00")], "05 14:01", "fail"),
        ("4h", [("", "05 12:00")], "05 14:01", "unknown"),
        ("4h", [("", "05 12:00")], "05 14:00", "pass"),
        ("4h", [("05", "05 12:00")], "05 14:00", "unknown"),
    ],
)
def test_pauses(within: str, holds: list[tuple[str, str]], closed: str, expected: str) -> None:
    pauses = {"record": "hold", "match": "job_id = job_id", "from": "held_at", "to": "resumed_at"}
    job = {"job_id": "J1", "opened_at": "2025-03-05 10:00", "closed_at": _march(closed)}
    rows = [{"job_id": "J1", "held_at": _march(a), "resumed_at": _march(b)} for a, b in holds]
    assert _judge({"within": within, "pauses": pauses}, {"job": [job], "hold": rows}, LATER) == {"J1": expected}


def test_a_pause_in_the_row_itself() -> None:
    times = {"opened_at": "2025-03-05 10:00", "held_at": "2025-03-05 12:00", "resumed_at": "2025-03-05 13:00"}
    rows = [
        {"job_id": key, "closed_at": at, **times}
        for key, at in (("J1", _march("05 15:00")), ("J2", _march("05 15:01")))
    ]
    fields = {"within": "4h", "pauses": [{"from": "held_at", "to": "resumed_at"}]}
    assert _judge(fields, {"job": rows}, LATER) == {"J1": "pass", "J2": "fail"}


LOOKUP = {"v": {"record": "visit", "match": "job_id = job_id", "where": "good"}}


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ([], "fail"),
        ([("06 10:00", "是")], "pass"),
        ([("06 10:01", "是")], "fail"),
        ([("05 09:00", "是"), ("05 11:00", "是")], "pass"),
        ([("05 09:00", "是")], "fail"),
        ([("07 09:00", "是"), ("05 11:00", "是")], "pass"),
        ([("05 11:00", "否")], "fail"),
        ([("05 11:00", "")], "unknown"),
        ([("05 11:00", ""), ("05 12:00", "是")], "pass"),
        ([("05 09:00", "")], "fail"),
        ([("", "")], "fail"),
        ([("看不清", "")], "unknown"),
        ([("05 11:00", ""), ("07 12:00", "是")], "unknown"),
        ([("", "是")], "fail"),
        ([("看不清", "是")], "unknown"),
        ([("看不清", "是"), ("05 11:00", "是")], "pass"),
        ([("05", "是")], "unknown"),
    ],
)
def test_a_target_in_another_record(visits: list[tuple[str, str]], expected: str) -> None:
    rows = [{"job_id": "J1", "visited_at": _march(at), "good": good} for at, good in visits]
    job = {"job_id": "J1", "opened_at": "2025-03-05 10:00"}
    got = _judge({"to": "v.visited_at", "lookup": LOOKUP}, {"job": [job], "visit": rows}, LATER)
    assert got == {"J1": expected}


@pytest.mark.parametrize(("as_of", "expected"), [("05 11:59", "pending"), ("05 12:00", "pass")])
def test_a_visit_counts_from_its_own_second_on(as_of: str, expected: str) -> None:
    tables = {
        "job": [{"job_id": "J1", "opened_at": _march("05 10:00")}],
        "visit": [{"job_id": "J1", "visited_at": _march("05 12:00"), "good": "是"}],
    }
    assert _judge({"to": "v.visited_at", "lookup": LOOKUP}, tables, _march(as_of)) == {"J1": expected}


@pytest.mark.parametrize(
    ("match", "visits", "expected"),
    [
        ("shared", ["05 12:00"], ["pass", "pass"]),
        ("one_to_one", ["05 12:00"], ["pass", "fail"]),
        ("one_to_one", ["05 12:00", "05 12:00"], ["pass", "pass"]),
        ("one_to_one", ["05 10:30", "05 12:00"], ["pass", "pass"]),
        ("one_to_one", ["05 10:30", "05 10:40"], ["pass", "fail"]),
        ("one_to_one", ["05 12:00", "07 12:00"], ["pass", "fail"]),
        ("one_to_one", ["05 09:00", "05 12:00"], ["pass", "fail"]),
    ],
)
def test_one_to_one(match: str, visits: list[str], expected: list[str]) -> None:
    rows = [{"job_id": "J", "client": "C", "opened_at": "2025-03-05 11:00"} | {"job_id": key} for key in ("J2",)]
    jobs = [*rows, {"job_id": "J1", "client": "C", "opened_at": "2025-03-05 10:00"}]
    seen = [{"job_id": "C", "visited_at": _march(at)} for at in visits]
    lookup = {"v": {"record": "visit", "match": "job_id = client"}}
    fields = {"to": "v.visited_at", "lookup": lookup, "match": match}
    assert _judge(fields, {"job": jobs, "visit": seen}, LATER) == dict(zip(("J1", "J2"), expected, strict=True))
