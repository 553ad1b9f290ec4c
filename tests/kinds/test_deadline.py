"""Deadlines: rows that begin, end, are excepted or cannot be judged, each with the reason it gets."""

# ruff: noqa: E501 - a case a line

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from auditor.kinds.deadline import Deadline
from auditor.kinds.scope import Scope
from auditor.kinds.world import World
from tests.small_world import COMMON, RECORDS, calendars, entry, run

RULE: dict[str, Any] = {
    "kind": "deadline",
    "record": "ticket",
    "from": "opened_at",
    "to": "answered_at",
    "within": "8h",
}
OPENED, AS_OF = "2025-03-05 10:00", "2025-03-06 12:00"
BAD, NA = "看不清", "不适用"
CLOSE = {"within": "1wd", "ends": "close"}
NIGHTLY = [{"if": "priority = 'P3'", "because": {"zh": "夜间", "en": "By night"}}]


def reason(rule: dict[str, Any], cells: dict[str, str], as_of: str = AS_OF) -> str | None:
    """The outcome of one ticket T1, None where nothing is owed."""
    row = {"ticket_id": "T1", "opened_at": OPENED, **cells}
    return run({**RULE, **rule}, {"ticket": [row]}, as_of).reasons.get("T1")


@pytest.mark.parametrize(
    ("rule", "cells", "as_of", "expected"),
    [
        ({}, {"answered_at": "2025-03-05 18:00"}, AS_OF, "pass"),
        ({}, {"answered_at": "2025-03-05 18:00:01"}, AS_OF, "late"),
        ({}, {}, "2025-03-05 16:23:59", "open"),
        ({}, {}, "2025-03-05 16:24", "at_risk"),
        ({}, {}, "2025-03-05 18:00", "at_risk"),
        ({}, {}, "2025-03-05 18:00:01", "absent"),
        ({}, {"answered_at": "2025-03-05 17:00"}, "2025-03-05 16:59", "at_risk"),
        ({}, {"answered_at": "2025-03-05 17:00"}, "2025-03-05 17:00", "pass"),
        ({}, {"answered_at": "2025-03-05 09:59"}, AS_OF, "absent"),
        ({}, {"answered_at": "2025-03-05 09:59"}, "2025-03-05 12:00", "open"),
        ({}, {"answered_at": OPENED}, AS_OF, "pass"),
        ({}, {"opened_at": ""}, AS_OF, "start_missing"),
        ({}, {"opened_at": BAD}, AS_OF, "unreadable"),
        ({}, {"opened_at": NA}, AS_OF, "start_missing"),
        ({}, {"answered_at": BAD}, AS_OF, "unreadable"),
        ({}, {"answered_at": NA}, AS_OF, "inapplicable"),
        ({}, {"opened_at": "2025-03-06 12:00:01"}, AS_OF, "future"),
        ({}, {"agent": "张敏", "amount": BAD}, AS_OF, "absent"),
    ],
)
def test_in_time_late_open_over(rule: dict[str, Any], cells: dict[str, str], as_of: str, expected: str) -> None:
    assert reason(rule, cells, as_of) == expected


@pytest.mark.parametrize(
    ("rule", "cells", "as_of", "expected"),
    [
        ({"within": "2bh"}, {"answered_at": "2025-03-05 14:00"}, AS_OF, "late"),
        ({"within": "4bh"}, {}, "2025-03-05 14:11", "open"),
        ({"within": "4bh"}, {}, "2025-03-05 14:12", "at_risk"),
        ({"within": "4bh", "boundary": "strict"}, {}, "2025-03-05 14:59", "open"),
        ({"within": "1wd"}, {}, "2025-03-06 23:59:59", "open"),
        ({"within": "1wd"}, {}, "2025-03-07 00:00", "absent"),
        ({**CLOSE}, {"answered_at": "2025-03-06 18:00"}, "2025-03-07 12:00", "pass"),
        ({**CLOSE}, {"answered_at": "2025-03-06 20:00"}, "2025-03-07 12:00", "pass"),
        ({**CLOSE}, {"answered_at": "2025-03-07 09:00:01"}, "2025-03-07 12:00", "late"),
        ({**CLOSE, "boundary": "strict"}, {"answered_at": "2025-03-06 18:00:01"}, "2025-03-07 12:00", "late"),
        ({"within": "3d", "roll": "next_working"}, {"answered_at": "2025-03-10 23:59"}, "2025-03-12 12:00", "pass"),
        ({"within": "3d"}, {"answered_at": "2025-03-10 23:59"}, "2025-03-12 12:00", "late"),
        (
            {"within": "1wd", "after_hours": "roll"},
            {"opened_at": "2025-03-05 18:00", "answered_at": "2025-03-07 20:00"},
            "2025-03-12 12:00",
            "pass",
        ),
        (
            {"within": "1wd", "after_hours": "roll"},
            {"opened_at": "2025-03-05 17:59", "answered_at": "2025-03-07 20:00"},
            "2025-03-12 12:00",
            "late",
        ),
        ({"within": "1mon"}, {}, "2025-04-05 23:59:59", "open"),
        ({"within": "1mon"}, {}, "2025-04-06 00:00", "absent"),
        ({"within": "2bh"}, {"opened_at": "1990-03-05 10:00"}, AS_OF, "calendar"),
        ({"within": "2wd"}, {"opened_at": "1990-03-05 10:00"}, AS_OF, "calendar"),
        ({"within": "2h"}, {"opened_at": "1990-03-05 10:00"}, AS_OF, "absent"),
        (
            {"within": "1wd"},
            {"opened_at": "2026-12-30 10:00", "answered_at": "2026-12-31 10:00"},
            "2027-02-01 12:00",
            "pass",
        ),
        (
            {"within": "1wd"},
            {"opened_at": "2026-12-30 10:00", "answered_at": "2027-01-02 10:00"},
            "2027-02-01 12:00",
            "calendar",
        ),
    ],
)
def test_the_clocks(rule: dict[str, Any], cells: dict[str, str], as_of: str, expected: str) -> None:
    assert reason(rule, cells, as_of) == expected


@pytest.mark.parametrize(
    ("rule", "cells", "as_of", "expected"),
    [
        ({}, {"answered_at": "2025-03-05"}, AS_OF, "date_only"),
        ({}, {"opened_at": "2025-03-05"}, AS_OF, "date_only"),
        ({}, {"opened_at": "2025-03-05"}, "2025-03-05 12:00", "date_only"),
        ({}, {"answered_at": "2025-03-04"}, AS_OF, "absent"),
        ({"within": "1d"}, {"opened_at": "2025-03-05", "answered_at": "2025-03-06"}, "2025-03-09 12:00", "pass"),
        ({"within": "1d"}, {"opened_at": "2025-03-05", "answered_at": "2025-03-07"}, "2025-03-09 12:00", "late"),
        ({"within": "2wd"}, {"opened_at": "2025-03-05", "answered_at": "2025-03-10"}, "2025-03-12 12:00", "late"),
        ({"date_only": "day"}, {"answered_at": "2025-03-05"}, AS_OF, "pass"),
        ({"date_only": "day"}, {"answered_at": "2025-03-06"}, AS_OF, "late"),
        ({"date_only": "day", "within": "20h"}, {"answered_at": "2025-03-06"}, AS_OF, "pass"),
        ({"date_only": "day"}, {"opened_at": "2025-03-05", "answered_at": "2025-03-06 07:00"}, AS_OF, "pass"),
        ({"date_only": "day"}, {"opened_at": "2025-03-05", "answered_at": "2025-03-07 00:00"}, "2025-03-09 12:00", "late"),
        ({"date_only": "day"}, {"opened_at": "2025-03-05"}, "2025-03-06 23:59", "open"),
        ({"date_only": "day"}, {"opened_at": "2025-03-05"}, "2025-03-07 00:00", "absent"),
        ({"date_only": "day", "within": "4bh"}, {"opened_at": "2025-03-05 16:00", "answered_at": "2025-03-06"}, AS_OF, "pass"),
        ({"date_only": "day", "within": "4bh"}, {"opened_at": "2025-03-05 16:00", "answered_at": "2025-03-07"}, "2025-03-09 12:00", "late"),
        ({"date_only": "day", "within": "4bh"}, {"opened_at": "2025-03-07", "answered_at": "2025-03-10"}, "2025-03-12 12:00", "pass"),
        ({"date_only": "day", "within": "4bh", "boundary": "strict"}, {"opened_at": "2025-03-07 14:00", "answered_at": "2025-03-08"}, "2025-03-12 12:00", "late"),
    ],
)  # fmt: skip
def test_bare_dates(rule: dict[str, Any], cells: dict[str, str], as_of: str, expected: str) -> None:
    assert reason(rule, cells, as_of) == expected


@pytest.mark.parametrize(
    ("rule", "cells", "expected"),
    [
        ({"when": "priority = 'P1'"}, {"priority": "P2"}, None),
        ({"when": "priority = 'P1'"}, {"priority": "P1"}, "absent"),
        ({"when": "priority = 'P1'"}, {"priority": ""}, "scope_unknown"),
        ({"when": "priority = 'P1'"}, {"priority": "P2", "answered_at": BAD}, None),
        ({"when": "amount > 5"}, {"amount": BAD, "priority": "P1"}, "unreadable"),
        ({"unless": NIGHTLY}, {"priority": "P3"}, "exception"),
        ({"unless": NIGHTLY}, {"priority": "P1"}, "absent"),
        ({"unless": NIGHTLY}, {"priority": ""}, "exception_unknown"),
        ({"unless": NIGHTLY}, {"priority": "", "answered_at": "2025-03-05 12:00"}, "pass"),
        ({"unless": NIGHTLY}, {"priority": "", "answered_at": "2025-03-05"}, "exception_unknown"),
        ({"unless": NIGHTLY}, {"priority": "P3", "answered_at": BAD}, "unreadable"),
    ],
)
def test_scope_and_exceptions(rule: dict[str, Any], cells: dict[str, str], expected: str | None) -> None:
    assert reason(rule, cells) == expected


def test_a_finding_says_when_and_how_late() -> None:
    row = {"ticket_id": "T1", "opened_at": "2025-03-07 14:00", "answered_at": "2025-03-10 09:30", "agent": "张敏"}
    rule = {**RULE, "within": "4bh", "subject": "agent", "occurred": "answered_at"}
    [finding] = run(rule, {"ticket": [row]}, "2025-03-12 12:00").findings.values()
    times = (finding.occurred_at, finding.due_at, finding.breach_after, finding.observed_at)
    texts = ["2025-03-10 09:30", "2025-03-07 18:00", "2025-03-10 09:00", "2025-03-10 09:30"]
    assert [calendars()["cn"].local_text(time or 0) for time in times] == texts
    assert (finding.late_by, finding.subject, finding.subject_kind) == (1800, "张敏", "person")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"match": "one_to_one"}, "`one_to_one` pairs rows of another record. Let `to` be a column of a lookup."),
        (
            {"within": "2d", "pauses": [{"from": "held_at", "to": "resumed_at"}]},
            "Pauses are measured in seconds, not in days. Use a budget in h, min or bh.",
        ),
        (
            {"within": "2 days"},
            "'2 days' does not say which kind of time it means. Write 48h (elapsed hours), 2d (calendar days) or 2wd (working days).",
        ),
    ],
)
def test_fields_that_do_not_go_together(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Deadline.model_validate({**COMMON, **RULE, **fields})
    assert message in str(caught.value)


@pytest.mark.parametrize("within", ["8h", "3d"])
def test_elapsed_time_and_days_join_nothing(within: str) -> None:
    assert _joins({**RULE, "within": within}) == 0


@pytest.mark.parametrize("within", ["8bh", "2wd"])
def test_working_time_joins_the_days_of_start_and_end(within: str) -> None:
    assert _joins({**RULE, "within": within}) == 2


def _joins(rule: dict[str, Any]) -> int:
    found = run(rule, {"ticket": [{"ticket_id": "T1", "opened_at": OPENED}]}, AS_OF)
    world = World(RECORDS, found.data.tables, calendars(), "cn", 0)
    made = entry(rule)
    return len(made.rule.judge(Scope(made.rule, "ticket", world, made.place)).joins)
