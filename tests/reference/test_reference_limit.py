"""The reference on limits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.bench import verdicts

Slip = dict[str, str]


def _slip(key: str, at: str = "03 10:00", person: str = "张敏", proven: str = "是", sort: str = "") -> Slip:
    time = f"2025-03-{at}" if at[:1].isdigit() else at
    return {"slip_id": key, "happened_at": time, "person": person, "proven": proven, "sort": sort}


def _judge(fields: dict[str, Any], slips: list[Slip], as_of: str) -> dict[str, str]:
    rule = {"kind": "limit", "of": {"record": "slip", "where": "proven"}, "at_most": 0, **fields}
    return {key: verdict for key, (verdict, _) in verdicts(rule, {"slip": slips}, as_of).items()}


@pytest.mark.parametrize(
    ("fields", "slips", "expected"),
    [
        ({}, [], {}),
        ({}, [_slip("S1")], {"S1": "fail"}),
        ({}, [_slip("S1", "")], {"S1": "fail"}),
        ({}, [_slip("S1", proven="否")], {}),
        ({}, [_slip("S1", proven="")], {"S1": "unknown"}),
        ({}, [_slip("S1", proven="看不清")], {"S1": "unknown"}),
        ({}, [_slip("")], {"row 1": "fail"}),
        (
            {"unless": [{"if": "sort = 'A'"}]},
            [_slip("S1", sort="A"), _slip("S2", sort="B")],
            {"S1": "not_applicable", "S2": "fail"},
        ),
    ],
)
def test_what_is_forbidden(fields: dict[str, Any], slips: list[Slip], expected: dict[str, str]) -> None:
    assert _judge(fields, slips, "2025-03-31") == expected


TWO = {"per": "person", "window": "week", "at_most": 1}


@pytest.mark.parametrize(
    ("fields", "slips", "as_of", "expected"),
    [
        ({}, [_slip("S1")], "2025-03-10 00:00", {"张敏/2025-W10": "pass"}),
        ({}, [_slip("S1")], "2025-03-09 23:59", {"张敏/2025-W10": "pending"}),
        ({}, [_slip("S2", "04 10:00"), _slip("S1")], "2025-03-05", {"S2": "fail"}),
        ({}, [_slip("S2"), _slip("S1")], "2025-03-05", {"S1": "fail"}),
        ({}, [_slip("S1"), _slip("S2", "10 10:00")], "2025-03-31", {"张敏/2025-W10": "pass", "张敏/2025-W11": "pass"}),
        (
            {},
            [_slip("S1"), _slip("S2", person="李强")],
            "2025-03-31",
            {"张敏/2025-W10": "pass", "李强/2025-W10": "pass"},
        ),
        ({}, [_slip("S1"), _slip("S2", proven="")], "2025-03-31", {"张敏/2025-W10": "pass", "S2": "unknown"}),
        ({}, [_slip("S1"), _slip("S2", "")], "2025-03-31", {"张敏/2025-W10": "pass", "S2": "unknown"}),
        ({}, [_slip("S1"), _slip("S2", person="")], "2025-03-31", {"张敏/2025-W10": "pass", "S2": "unknown"}),
        ({}, [_slip("S1", "20 10:00")], "2025-03-19", {"S1": "unknown"}),
        ({"window": "month"}, [_slip("S1"), _slip("S2", "31 10:00")], "2025-04-01", {"S2": "fail"}),
        ({"window": "quarter"}, [_slip("S1")], "2025-03-31 23:59", {"张敏/2025-Q1": "pending"}),
        ({"window": "year", "per": None}, [_slip("S1")], "2026-01-01", {"all/2025": "pass"}),
        ({"at_most": 0}, [_slip("S1"), _slip("S2")], "2025-03-31", {"S1": "fail", "S2": "fail"}),
        (
            {"same": ["sort"]},
            [_slip("S1", sort="A"), _slip("S2", sort="B"), _slip("S3", sort="B")],
            "2025-03-31",
            {"张敏/2025-W10": "pass", "S3": "fail"},
        ),
        ({"same": ["sort"]}, [_slip("S1"), _slip("S2")], "2025-03-31", {"S1": "unknown", "S2": "unknown"}),
    ],
)
def test_periods(fields: dict[str, Any], slips: list[Slip], as_of: str, expected: dict[str, str]) -> None:
    assert _judge(TWO | fields, slips, as_of) == expected


@pytest.mark.parametrize(
    ("times", "verdict"),
    [
        (["03 10:00", "10 10:00"], ["pass", "pass"]),
        (["03 10:00", "10 09:59:59"], ["pass", "fail"]),
        (["03 10:00", "03 10:00"], ["pass", "fail"]),
        (["10 09:00", "03 10:00"], ["fail", "pass"]),
        (["03 10:00", "09 10:00", "16 09:00"], ["pass", "fail", "fail"]),
        (["03 10:00", ""], ["pass", "unknown"]),
    ],
)
def test_a_sliding_window(times: list[str], verdict: list[str]) -> None:
    slips = [_slip(f"S{number}", at) for number, at in enumerate(times)]
    expected = {f"S{number}": word for number, word in enumerate(verdict)}
    assert _judge(TWO | {"window": "7d"}, slips, "2025-03-31") == expected
