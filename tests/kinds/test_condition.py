"""Conditions as rules: true, false, nobody knows; what a blank means is the rule's to say."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small_world import run

BAD, NA = "看不清", "不适用"
EXCEPT = [{"if": "priority = 'P3'", "because": {"zh": "低", "en": "Low"}}]


def reason(rule: dict[str, Any], cells: dict[str, str]) -> str | None:
    tickets = {"ticket": [{"ticket_id": "T1", "opened_at": "2025-03-05 10:00", **cells}]}
    made = {"kind": "condition", "record": "ticket", "must": "amount <= 5", **rule}
    return run(made, tickets, "2025-03-06 10:00").reasons.get("T1")


@pytest.mark.parametrize(
    ("rule", "cells", "expected"),
    [
        ({}, {"amount": "5"}, "pass"),
        ({}, {"amount": "5.01"}, "condition"),
        ({}, {"amount": ""}, "null_condition"),
        ({"missing": "unknown"}, {"amount": ""}, "null_condition"),
        ({"missing": "fail"}, {"amount": ""}, "empty"),
        ({"missing": "pass"}, {"amount": ""}, "pass"),
        ({"missing": "pass"}, {"amount": "6"}, "condition"),
        ({}, {"amount": BAD}, "unreadable"),
        ({"missing": "pass"}, {"amount": BAD}, "unreadable"),
        ({}, {"amount": NA}, "inapplicable"),
        ({"missing": "pass"}, {"amount": NA}, "inapplicable"),
        ({"must": "amount <= 5 or urgent"}, {"amount": NA, "urgent": "是"}, "inapplicable"),
        ({"must": "urgent"}, {"amount": NA, "urgent": "是"}, "pass"),
        ({"when": "urgent"}, {"amount": "6", "urgent": "否"}, None),
        ({"when": "urgent"}, {"amount": BAD, "urgent": "否"}, None),
        ({"when": "urgent"}, {"amount": "6", "urgent": ""}, "scope_unknown"),
        ({"when": "urgent"}, {"amount": "5", "urgent": ""}, "scope_unknown"),
        ({"when": "urgent"}, {"amount": "5", "urgent": BAD}, "unreadable"),
        ({"unless": EXCEPT}, {"amount": "6", "priority": "P3"}, "exception"),
        ({"unless": EXCEPT}, {"amount": "6", "priority": "P1"}, "condition"),
        ({"unless": EXCEPT}, {"amount": "6", "priority": ""}, "exception_unknown"),
        ({"unless": EXCEPT}, {"amount": "5", "priority": ""}, "pass"),
        ({"unless": EXCEPT}, {"amount": "", "priority": ""}, "exception_unknown"),
        ({"unless": EXCEPT, "missing": "pass"}, {"amount": "", "priority": ""}, "pass"),
        ({"unless": EXCEPT, "missing": "pass"}, {"amount": NA, "priority": ""}, "exception_unknown"),
    ],
)
def test_verdicts(rule: dict[str, Any], cells: dict[str, str], expected: str | None) -> None:
    assert reason(rule, cells) == expected


def test_a_finding_says_what_was_read() -> None:
    tickets = [{"ticket_id": "T1", "opened_at": "2025-03-05 10:00", "amount": "6", "priority": "P1", "agent": "张敏"}]
    must = "amount <= 5 and (priority <> 'P1' or opened_at < '2025-03-05')"
    rule = {"kind": "condition", "record": "ticket", "must": must, "subject": ["agent", "priority"]}
    [finding] = run(rule, {"ticket": tickets}, "2025-03-06 10:00").findings.values()
    assert list(finding.seen) == ["amount", "priority", "opened_at"]
    assert finding.times == {"opened_at"}
    assert (finding.subject, finding.subject_kind, finding.key) == ("张敏", "person", "T1")
