"""The reference on metrics."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.bench import verdicts


def _judge(fields: dict[str, Any], cells: list[dict[str, str]], as_of: str = "2025-04-01 00:00") -> dict[str, str]:
    rule = {"kind": "metric", "record": "visit", "period": "month", **fields}
    rows = [{"visited_at": "2025-03-05 10:00", **cell} for cell in cells]
    return {key: verdict for key, (verdict, _) in verdicts(rule, {"visit": rows}, as_of).items()}


def _good(*answers: str) -> list[dict[str, str]]:
    return [{"good": answer} for answer in answers]


def _scores(*scores: str) -> list[dict[str, str]]:
    return [{"score": score} for score in scores]


@pytest.mark.parametrize(
    ("measure", "target", "rows", "expected"),
    [
        ({"count": "*"}, ">= 2", _good("", ""), "pass"),
        ({"count": "*"}, "> 2", _good("", ""), "fail"),
        ({"rate": "good"}, ">= 50", _good("是", "否"), "pass"),
        ({"rate": "good"}, "> 50", _good("是", "否"), "fail"),
        ({"rate": "good"}, ">= 100", _good("是", "", "不适用", "看不清"), "pass"),
        ({"rate": "good"}, "<= 0", _good("否"), "pass"),
        ({"rate": "good"}, ">= 1", _good("", ""), "not_applicable"),
        ({"mean": "score"}, ">= 2", _scores("1", "3", ""), "pass"),
        ({"mean": "score"}, ">= 2", _scores("1", "2"), "fail"),
        ({"mean": "score * 2"}, "= 3", _scores("1", "2"), "pass"),
        ({"median": "score"}, "= 2", _scores("9", "1", "2"), "pass"),
        ({"median": "score"}, "= 1.5", _scores("1", "2"), "pass"),
        ({"p90": "score"}, "= 10", _scores(*[str(n) for n in range(1, 12)]), "pass"),
        ({"p90": "score"}, "= 1.9", _scores("1", "2"), "pass"),
        ({"p90": "score"}, "< 5", _scores("5"), "fail"),
        ({"mean": "minutes(left_at - visited_at)"}, "<= 15", [{"left_at": "2025-03-05 10:15"}, {}], "pass"),
    ],
)
def test_measures(measure: dict[str, str], target: str, rows: list[dict[str, str]], expected: str) -> None:
    assert _judge({"measure": measure, "target": target}, rows) == {"all/2025-03": expected}


RATE = {"measure": {"rate": "good"}, "target": ">= 50"}


@pytest.mark.parametrize(
    ("fields", "rows", "as_of", "expected"),
    [
        ({}, _good("否"), "2025-03-31 23:59", {"all/2025-03": "pending"}),
        ({"min_sample": 2}, _good("否"), "2025-03-31 23:59", {"all/2025-03": "pending"}),
        ({"min_sample": 2}, _good("否"), "2025-04-01", {"all/2025-03": "not_applicable"}),
        ({"min_sample": 2}, _good("否", "否"), "2025-04-01", {"all/2025-03": "fail"}),
        ({"when": "score > 1"}, [{"good": "否", "score": "1"}], "2025-04-01", {}),
        ({"when": "score > 1"}, [{"good": "否"}], "2025-04-01", {}),
        ({}, [{"good": "否", "visited_at": ""}], "2025-04-01", {}),
        ({}, [{"good": "否", "visited_at": "2025-04-02"}], "2025-04-01", {}),
        ({"per": "visitor"}, [{"good": "否"}], "2025-04-01", {}),
        (
            {"per": "visitor"},
            [{"good": "否", "visitor": "张敏"}, {"good": "是", "visitor": "李强"}],
            "2025-04-01",
            {"张敏/2025-03": "fail", "李强/2025-03": "pass"},
        ),
        ({"period": "week"}, _good("是"), "2025-03-10", {"all/2025-W10": "pass"}),
        ({"period": "quarter"}, _good("是"), "2025-03-31", {"all/2025-Q1": "pending"}),
        ({"period": "year"}, _good("是"), "2026-01-01", {"all/2025": "pass"}),
    ],
)
def test_groups(fields: dict[str, Any], rows: list[dict[str, str]], as_of: str, expected: dict[str, str]) -> None:
    assert _judge(RATE | fields, rows, as_of) == expected
