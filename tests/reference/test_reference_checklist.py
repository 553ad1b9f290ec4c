"""The reference on checklists."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.bench import verdicts

ITEMS = [
    {"code": "A", "title": {"zh": "着装", "en": "Dress"}, "weight": 3, "points": 30},
    {"code": "B", "title": {"zh": "工牌", "en": "Badge"}, "weight": 1, "points": 5},
    {"code": "C", "title": {"zh": "问候", "en": "Greeting"}, "weight": 4, "points": 50, "critical": "sheet"},
]
YES, NO, NA = "是", "否", "不适用"


def _judge(fields: dict[str, Any], rows: list[dict[str, str]], as_of: str = "2025-03-31") -> dict[str, str]:
    rule = {"kind": "checklist", "items": ITEMS, "score": "deduct", **fields}
    return {key: verdict for key, (verdict, _) in verdicts(rule, {"inspection": rows}, as_of).items()}


def _row(code: str, result: str, **cells: str) -> dict[str, str]:
    return {"sheet_id": "S1", "item_code": code, "result": result, **cells}


@pytest.mark.parametrize(
    ("fields", "row", "expected"),
    [
        ({}, _row("A", YES), {"S1/A": "pass"}),
        ({}, _row("A", NO), {"S1/A": "fail"}),
        ({}, _row("A", NA), {"S1/A": "not_applicable"}),
        ({}, _row("A", ""), {"S1/A": "unknown"}),
        ({"unanswered": "fail"}, _row("A", ""), {"S1/A": "fail"}),
        ({"unanswered": "fail"}, _row("A", "看不清"), {"S1/A": "unknown"}),
        ({}, _row("X", NO), {}),
        ({}, _row("", NO, item_name="着装"), {"S1/A": "fail"}),
        ({}, _row("", NO, item_name="Dress"), {"S1/A": "fail"}),
        ({}, _row("", NO), {}),
        ({}, _row("B", NO, item_name="着装"), {"S1/B": "fail"}),
        ({"match_by": "name"}, _row("B", NO, item_name="着装"), {"S1/A": "fail"}),
        ({}, {"item_code": "A", "result": YES}, {"row 1/A": "pass"}),
        ({"when": "inspected = '张敏'"}, _row("A", NO, inspected="李强"), {}),
        ({"when": "inspected = '张敏'"}, _row("A", NO), {"S1/A": "unknown"}),
    ],
)
def test_items(fields: dict[str, Any], row: dict[str, str], expected: dict[str, str]) -> None:
    assert _judge(fields, [row]) == expected


@pytest.mark.parametrize(
    ("inspected", "rectified", "as_of", "expected"),
    [
        ("05 10:00", "08 23:00", "31 00:00", "pass"),
        ("05 10:00", "09 00:00", "31 00:00", "fail"),
        ("05 10:00", "", "08 23:00", "pending"),
        ("05 10:00", "", "09 00:00", "fail"),
        ("05 10:00", "04 10:00", "09 00:00", "fail"),
        ("", "06 10:00", "09 00:00", "unknown"),
        ("05 10:00", "看不清", "09 00:00", "unknown"),
    ],
)
def test_rectification(inspected: str, rectified: str, as_of: str, expected: str) -> None:
    times = {"inspected_at": inspected, "rectified_at": rectified}
    cells = {name: f"2025-03-{time}" if time[:1].isdigit() else time for name, time in times.items()}
    assert _judge({"rectify_within": "3d"}, [_row("A", NO, **cells)], f"2025-03-{as_of}") == {"S1/A": expected}


@pytest.mark.parametrize(
    ("fields", "results", "expected"),
    [
        ({"pass_mark": 70}, {"A": NO, "B": YES}, "pass"),
        ({"pass_mark": 71}, {"A": NO, "B": YES}, "fail"),
        ({"pass_mark": 65}, {"A": NO, "B": NO}, "pass"),
        ({"pass_mark": 66}, {"A": NO, "B": NO}, "fail"),
        ({"pass_mark": 0}, {"C": NO}, "fail"),
        ({"pass_mark": 90}, {"A": NA, "B": NA}, "not_applicable"),
        ({"pass_mark": 90}, {"A": YES, "B": ""}, "unknown"),
        ({"pass_mark": 71}, {"A": NO, "B": ""}, "fail"),
        ({"pass_mark": 70}, {"A": NO, "B": "看不清"}, "unknown"),
        ({"pass_mark": 75, "score": "weighted"}, {"A": YES, "B": NO}, "pass"),
        ({"pass_mark": 76, "score": "weighted"}, {"A": YES, "B": NO}, "fail"),
        ({"pass_mark": 100, "score": "weighted"}, {"A": YES, "B": NA}, "pass"),
        ({"pass_mark": 26, "score": "weighted"}, {"A": NO, "B": ""}, "fail"),
        ({"pass_mark": 25, "score": "weighted"}, {"A": NO, "B": ""}, "unknown"),
        ({"pass_mark": 50, "score": "weighted"}, {"A": NO, "B": YES, "C": YES}, "pass"),
    ],
)
def test_scores(fields: dict[str, Any], results: dict[str, str], expected: str) -> None:
    rows = [_row(code, result) for code, result in results.items()]
    assert _judge(fields, rows)["S1/score"] == expected


def test_each_sheet_has_its_own_score() -> None:
    rows = [_row("A", NO), {**_row("A", YES), "sheet_id": "S2"}, {**_row("A", YES), "sheet_id": ""}]
    scores = {"S1/score": "fail", "S2/score": "pass"}
    assert _judge({"pass_mark": 90}, rows) == {"S1/A": "fail", "S2/A": "pass", "row 3/A": "pass", **scores}
