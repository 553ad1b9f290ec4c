"""lookup: what a row that could not be read, or does not name what it belongs to, means for the rows that seek it."""

from __future__ import annotations

import pytest

from auditor.kinds.condition import Condition
from tests.kinds.harness import BAD, Case, Rows, record

CALL = record("call", key="call_id", time="made_at", call_id="id", made_at="time")
VISIT = record(
    "visit", key="visit_id", time="made_at", visit_id="id", call_ref="id", kind="text", damage="text", made_at="time"
)
WHERE = "kind = '维修' and damage is not null"


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ([], "fail"),
        ([{"call_ref": "C1", "kind": "维修", "damage": "破损"}], "pass"),
        ([{"call_ref": "C1", "kind": "维修"}], "fail"),
        ([{"call_ref": "C1", "kind": "维修", "damage": BAD}], "unknown"),
        ([{"call_ref": "C1", "kind": "巡访", "damage": BAD}], "fail"),
        ([{"call_ref": "C1", "kind": BAD, "damage": "破损"}], "unknown"),
        ([{"call_ref": "C1", "kind": BAD}], "fail"),
        ([{"call_ref": BAD, "kind": "维修", "damage": "破损"}], "unknown"),
        ([{"call_ref": BAD, "kind": "维修", "damage": BAD}], "unknown"),
        ([{"call_ref": BAD, "kind": "巡访", "damage": BAD}], "fail"),
        ([{"call_ref": BAD, "kind": "维修"}, {"call_ref": "C1", "kind": "维修", "damage": "破损"}], "pass"),
        ([{"call_ref": BAD, "kind": "维修"}], "fail"),
        ([{"call_ref": None, "kind": "维修", "damage": "破损"}], "fail"),
    ],
)  # fmt: skip
def test_a_row_that_surely_does_not_count_leaves_an_absence_sure(visits: Rows, expected: str) -> None:
    lookup = {"check": {"record": "visit", "match": "call_ref = call_id", "where": WHERE}}
    rule = {"kind": "condition", "record": "call", "lookup": lookup, "must": "check.found"}
    case = Case(Condition, rule, (CALL, VISIT), {"call": [{"call_id": "C1"}], "visit": visits}, "2025-03-31")
    assert case.verdicts() == {"C1": expected}
