"""The reference evaluator against tables worked out by hand: cells, conditions, scope and lookups."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.reference.bench import BENCH, ZONE, verdicts
from tests.reference.cells import read_cell, read_moment
from tests.reference.condition import worth
from tests.reference.values import NOT_APPLICABLE, UNREADABLE, Moment

WEDNESDAY = 1741104000  # 2025-03-05 00:00 in Shanghai


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2025-03-05", "time", Moment(WEDNESDAY, True)),
        ("2025-03-05 10:00", "time", Moment(WEDNESDAY + 36000)),
        ("2025-03-05 10:00:30", "time", Moment(WEDNESDAY + 36030)),
        ("看不清", "time", UNREADABLE),
        ("3", "number", 3),
        ("3.5", "number", Fraction(7, 2)),
        ("看不清", "number", UNREADABLE),
        ("3", "integer", 3),
        ("是", "yesno", True),
        ("否", "yesno", False),
        ("不适用", "yesno", NOT_APPLICABLE),
        ("看不清", "yesno", UNREADABLE),
        ("09:30", "clock", 34200),
        ("看不清", "text", "看不清"),
        ("007", "id", "007"),
        ("", "time", None),
        (None, "text", None),
    ],
)
def test_cells(text: str | None, kind: str, value: Any) -> None:
    assert read_cell(text, kind, ZONE) == value


COLUMNS = {
    "size": 3,
    "half": Fraction(1, 2),
    "sort": "A",
    "quote": "it's",
    "urgent": True,
    "blank": None,
    "opened_at": read_moment("2025-03-05 10:00", ZONE),
    "closed_at": read_moment("2025-03-06 10:30", ZONE),
    "bare_at": read_moment("2025-03-05", ZONE),
    "later_at": read_moment("2025-03-07", ZONE),
}


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("size > 2", True),
        ("size > 3", False),
        ("size >= 3 and size <= 3", True),
        ("size <> 3 or size != 4", True),
        ("blank > 2", None),
        ("blank > 2 and size > 3", False),
        ("blank > 2 and size > 2", None),
        ("blank > 2 or size > 2", True),
        ("blank > 2 or size > 3", None),
        ("not blank > 2", None),
        ("not size > 3 and urgent", True),
        ("blank is null", True),
        ("blank is not null", False),
        ("size is null", False),
        ("sort in ('A', 'B')", True),
        ("sort in ('B', null)", None),
        ("sort not in ('B', 'C')", True),
        ("sort not in ('B', null)", None),
        ("blank in ('A')", None),
        ("size between 3 and 4 and urgent", True),
        ("size not between 1 and 2", True),
        ("sort like 'a%'", False),
        ("sort like '_'", True),
        ("quote like 'i%s'", True),
        ("sort like blank", None),
        ("quote = 'it''s'", True),
        ("urgent = true", True),
        ("not urgent", False),
        ("1 + 2 * 3 = 7", True),
        ("(1 + 2) * 3 = 9", True),
        ("5 - 2 - 1 = 2", True),
        ("- size < 0", True),
        ("half = 0.5", True),
        ("size + blank = 3", None),
        ("case when blank then 1 when urgent then 2 else 3 end = 2", True),
        ("case when blank then 1 end is null", True),
        ("coalesce(blank, size) = 3", True),
        ("length(quote) = 4", True),
        ("lower(sort) = 'a'", True),
        ("trim(' x ') = 'x'", True),
        ("abs(1 - size) = 2", True),
        ("contains(quote, 't''')", True),
        ("starts_with(quote, 'it') and ends_with(quote, 's')", True),
        ("contains(quote, blank)", None),
        ("opened_at < closed_at", True),
        ("opened_at = '2025-03-05 10:00'", True),
        ("opened_at > '2025-03-05'", True),
        ("'2025-03-06' <= closed_at", True),
        ("minutes(closed_at - opened_at) = 1470", True),
        ("hours(closed_at - opened_at) <= 24.5", True),
        ("days(closed_at - opened_at) > 1", True),
        ("hours(closed_at - blank) > 1", None),
        ("day(closed_at) - day(opened_at) = 1", True),
        ("year(opened_at) = 2025 and month(opened_at) = 3", True),
        ("day(opened_at) = 20152", True),
        ("bare_at < opened_at", None),
        ("bare_at < closed_at", True),
        ("bare_at < later_at", True),
        ("bare_at = '2025-03-05'", True),
        ("bare_at < '2025-03-05 10:00'", None),
        ("hours(closed_at - bare_at) > 1", None),
        ("hours(later_at - bare_at) > 1", None),
        ("days(later_at - bare_at) = 2", True),
        ("days(later_at - opened_at) > 1", None),
    ],
)
def test_conditions(condition: str, value: bool | None) -> None:
    assert worth(condition, COLUMNS.__getitem__, BENCH) is value


@pytest.mark.parametrize("condition", ["size >", "size = 'A'", "(size", "size 3", "sort ~ 'A'"])
def test_what_is_no_condition(condition: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        worth(condition, COLUMNS.__getitem__, BENCH)


@pytest.mark.parametrize(
    ("fields", "row", "expected"),
    [
        ({}, {"size": "3"}, "pass"),
        ({}, {"size": "2"}, "fail"),
        ({}, {}, "unknown"),
        ({"missing": "fail"}, {}, "fail"),
        ({"missing": "pass"}, {}, "pass"),
        ({}, {"size": "看不清"}, "unknown"),
        ({"missing": "fail"}, {"size": "看不清"}, "unknown"),
        ({"when": "urgent"}, {"size": "2", "urgent": "是"}, "fail"),
        ({"when": "urgent"}, {"size": "2", "urgent": "否"}, None),
        ({"when": "urgent"}, {"size": "2"}, "unknown"),
        ({"when": "urgent"}, {"size": "3"}, "unknown"),
        ({"when": "urgent"}, {"size": "3", "urgent": "看不清"}, "unknown"),
        ({"when": "urgent"}, {"size": "看不清", "urgent": "否"}, None),
        ({"when": "urgent and sort = 'A'"}, {"size": "2", "urgent": "看不清", "sort": "B"}, None),
        ({"unless": [{"if": "urgent"}]}, {"size": "2", "urgent": "是"}, "not_applicable"),
        ({"unless": [{"if": "urgent"}]}, {"size": "3", "urgent": "是"}, "not_applicable"),
        ({"unless": [{"if": "urgent"}]}, {"size": "2", "urgent": "否"}, "fail"),
        ({"unless": [{"if": "urgent"}]}, {"size": "2"}, "unknown"),
        ({"unless": [{"if": "urgent"}]}, {"size": "3"}, "pass"),
        ({"unless": [{"if": "urgent"}]}, {"size": "3", "urgent": "看不清"}, "unknown"),
        ({"unless": [{"if": "urgent"}, {"if": "agreed"}]}, {"size": "2", "agreed": "是"}, "not_applicable"),
        ({"must": "urgent"}, {"urgent": "不适用"}, "not_applicable"),
        ({"must": "urgent is not null"}, {"urgent": "不适用"}, "not_applicable"),
        ({"must": "urgent", "when": "agreed"}, {"urgent": "是", "agreed": "不适用"}, "unknown"),
        ({"must": "note is not null"}, {}, "fail"),
    ],
)
def test_condition_and_scope(fields: dict[str, Any], row: dict[str, str], expected: str | None) -> None:
    rule = {"kind": "condition", "record": "job", "must": "size >= 3", **fields}
    got = verdicts(rule, {"job": [{"job_id": "J1", **row}]}, "2025-03-05")
    assert {key: verdict for key, (verdict, _) in got.items()} == ({"J1": expected} if expected else {})


def _visit(at: str = "", good: str = "", score: str = "", job: str = "J1") -> dict[str, str]:
    return {"job_id": job, "visited_at": at, "good": good, "score": score}


MORNING, NOON, EVENING = "2025-03-05 09:00", "2025-03-05 12:00", "2025-03-05 19:00"


@pytest.mark.parametrize(
    ("must", "lookup", "visits", "expected"),
    [
        ("v.found", {}, [], "fail"),
        ("v.found", {}, [_visit()], "pass"),
        ("v.found", {}, [_visit(job="J2")], "fail"),
        ("v.found", {}, [_visit(job="")], "fail"),
        ("v.found", {"where": "good"}, [_visit(good="是")], "pass"),
        ("v.found", {"where": "good"}, [_visit(good="否")], "fail"),
        ("v.found", {"where": "good"}, [_visit()], "unknown"),
        ("v.found", {"where": "good"}, [_visit(good="看不清")], "unknown"),
        ("v.found", {"where": "good"}, [_visit(), _visit(good="是")], "pass"),
        ("v.count = 2", {}, [_visit(), _visit()], "pass"),
        ("v.count = 0", {}, [], "pass"),
        ("v.score > 1", {}, [], "unknown"),
        ("v.score > 1", {}, [_visit(score="2")], "pass"),
        ("v.score > 1", {}, [_visit(score="看不清")], "unknown"),
        ("v.score = 1", {}, [_visit(NOON, score="2"), _visit(MORNING, score="1")], "pass"),
        ("v.score = 2", {"take": "last"}, [_visit(NOON, score="2"), _visit(MORNING, score="1")], "pass"),
        ("v.score = 1", {}, [_visit(NOON, score="1"), _visit(NOON, score="2")], "pass"),
        ("v.score = 2", {"take": "last"}, [_visit(NOON, score="1"), _visit(NOON, score="2")], "pass"),
        ("v.score = 1", {}, [_visit("", score="2"), _visit(NOON, score="1")], "pass"),
        ("v.score = 1", {"take": "last"}, [_visit("", score="2"), _visit(NOON, score="1")], "pass"),
        ("v.score = 2", {"take": "last"}, [_visit("", score="1"), _visit("", score="2")], "pass"),
        ("v.score = 1", {}, [_visit("看不清", score="2"), _visit(NOON, score="1")], "unknown"),
        ("v.good", {}, [_visit(good="不适用")], "not_applicable"),
        ("v.found", {"match": "job_id = job_id and visited_at >= opened_at"}, [_visit(EVENING)], "pass"),
        ("v.found", {"match": "job_id = job_id and visited_at >= opened_at"}, [_visit(MORNING)], "fail"),
        ("v.found", {"match": "job_id = job_id and visited_at >= opened_at"}, [_visit()], "fail"),
        ("v.found", {"match": "job_id = job_id and visited_at >= opened_at"}, [_visit("看不清")], "unknown"),
    ],
)
def test_lookups(must: str, lookup: dict[str, str], visits: list[dict[str, str]], expected: str) -> None:
    rule = {
        "kind": "condition",
        "record": "job",
        "must": must,
        "lookup": {"v": {"record": "visit", "match": "job_id = job_id", **lookup}},
    }
    job = {"job_id": "J1", "opened_at": NOON}
    assert verdicts(rule, {"job": [job], "visit": visits}, "2025-03-06")["J1"][0] == expected


@pytest.mark.parametrize(("must", "expected"), [("v.found", "unknown"), ("v.count = 0", "unknown"), ("true", "pass")])
def test_a_row_that_does_not_say_what_it_matches(must: str, expected: str) -> None:
    lookup = {"v": {"record": "visit", "match": "job_id = client"}}
    rule = {"kind": "condition", "record": "job", "must": must, "lookup": lookup}
    assert verdicts(rule, {"job": [{"job_id": "J1"}], "visit": []}, "2025-03-06")["J1"][0] == expected


def test_rows_without_a_key_are_called_by_their_line() -> None:
    rule = {"kind": "condition", "record": "job", "must": "size > 1"}
    got = verdicts(rule, {"job": [{"size": "2"}, {"job_id": "J2", "size": "1"}]}, "2025-03-05")
    assert got == {"row 1": ("pass", "true"), "J2": ("fail", "false")}
