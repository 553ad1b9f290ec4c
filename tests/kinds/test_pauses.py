"""Pauses: unioned, clipped to the obligation, measured by its clock; and what is not known of them."""

# ruff: noqa: E501 - a case a line

from __future__ import annotations

from typing import Any

import pytest

from tests.small_world import calendars, run

BAD = "看不清"
OPENED, LATER = "2025-03-05 10:00", "2025-03-31 12:00"
HOLDS = {"record": "hold", "match": "ticket_id = ticket_id", "from": "held_at", "to": "resumed_at"}
RULE: dict[str, Any] = {
    "kind": "deadline", "record": "ticket", "from": "opened_at", "to": "answered_at", "within": "4h", "pauses": HOLDS,
}  # fmt: skip
OWN = {**RULE, "pauses": [{"from": "held_at", "to": "resumed_at"}]}


def day(*spans: tuple[str, str]) -> list[dict[str, str]]:
    """Pauses of T1 on 5 March, by their times of day."""
    times = [tuple(f"2025-03-05 {time}" if len(time) in (5, 8) else time for time in span) for span in spans]
    return [{"ticket_id": "T1", "held_at": begin, "resumed_at": end} for begin, end in times]


@pytest.mark.parametrize(
    ("within", "pauses", "due"),
    [
        ("4h", [], "14:00"),
        ("4h", day(("11:00", "12:00")), "15:00"),
        ("4h", day(("11:00", "12:00"), ("11:30", "12:30")), "15:30"),
        ("4h", day(("11:00", "13:00"), ("11:30", "12:00"), ("12:30", "13:00")), "16:00"),
        ("4h", day(("11:00", "12:00"), ("12:00", "13:00")), "16:00"),
        ("4h", day(("12:00", "13:00"), ("11:00", "12:00")), "16:00"),
        ("4h", day(("08:00", "11:00")), "15:00"),
        ("4h", day(("08:00", "09:00")), "14:00"),
        ("4h", day(("12:00", "11:00")), "14:00"),
        ("4h", day(("11:00", "11:00")), "14:00"),
        ("4h", day(("15:00", "16:00")), "14:00"),
        ("4h", day(("13:00", "15:00")), "16:00"),
        ("4h", [{**one, "ticket_id": "T2"} for one in day(("11:00", "12:00"))], "14:00"),
        ("4h", [{**one, "ticket_id": ""} for one in day(("11:00", "12:00"))], "14:00"),
        ("2bh", day(("11:00", "13:30")), "14:30"),
        ("2bh", day(("12:00", "13:00")), "13:00"),
        ("8bh", day(("18:00", "23:00")), "2025-03-06 10:00"),
    ],
)
def test_due_after_pauses(within: str, pauses: list[dict[str, str]], due: str) -> None:
    """Just in time passes, a second later fails, and the finding says until when it was in time."""
    clock = calendars()["cn"]
    limit = clock.parse_local(due if len(due) > 5 else f"2025-03-05 {due}")[0]
    answers = {"T1": limit, "T1b": limit + 1}
    verdicts = {}
    for key, answer in answers.items():
        ticket = {"ticket_id": "T1", "opened_at": OPENED, "answered_at": clock.local_text(answer)}
        found = run({**RULE, "within": within}, {"ticket": [ticket], "hold": pauses}, LATER)
        verdicts[key] = found.verdicts["T1"]
    assert verdicts == {"T1": "pass", "T1b": "fail"}
    assert found.findings["T1"].breach_after == limit


@pytest.mark.parametrize(
    ("rule", "cells", "pauses", "as_of", "expected"),
    [
        (RULE, {}, day(("11:00", "")), "2025-03-20 12:00", "open"),
        (RULE, {}, day(("13:50", "")), "2025-03-20 12:00", "at_risk"),
        (RULE, {}, day(("14:00", "")), "2025-03-20 12:00", "at_risk"),
        (RULE, {}, day(("14:00:01", "")), "2025-03-20 12:00", "absent"),
        (RULE, {"answered_at": "2025-03-20 12:00"}, day(("11:00", "")), LATER, "pass"),
        (RULE, {"answered_at": "2025-03-05 15:00"}, day(("11:00", "2025-03-30 12:00")), LATER, "pass"),
        (RULE, {"answered_at": "2025-03-05 15:00"}, day(("14:30", "2025-03-30 12:00")), LATER, "late"),
        ({**RULE, "within": "2bh"}, {"answered_at": "2025-03-05 15:00"}, day(("14:30", "2025-03-30 12:00")), LATER, "late"),
        (RULE, {"answered_at": "2025-03-05 15:00"}, day(("", "12:00")), LATER, "pause_unknown"),
        (RULE, {"answered_at": "2025-03-05 13:00"}, day(("", "12:00")), LATER, "pass"),
        (RULE, {}, day(("", "12:00")), "2025-03-05 12:00", "open"),
        (RULE, {"answered_at": "2025-03-05 15:00"}, day(("", "")), LATER, "late"),
        (RULE, {"answered_at": "2025-03-05 15:00"}, day((BAD, "12:00")), LATER, "pause_unknown"),
        (RULE, {"answered_at": "2025-03-05 15:00"}, day(("14:30", BAD)), LATER, "pause_unknown"),
        (RULE, {"answered_at": "2025-03-05 15:00"}, day(("11:00", BAD)), LATER, "pass"),
        (RULE, {"ticket_id": "", "answered_at": "2025-03-05 15:00"}, day(("11:00", "12:00")), LATER, "pause_unknown"),
        (RULE, {"answered_at": "2025-03-05 15:00"}, [{"ticket_id": "T1", "held_at": "2025-03-05", "resumed_at": "2025-03-05 12:00"}], LATER, "date_only"),
        ({**RULE, "date_only": "day"}, {"answered_at": "2025-03-05 16:00"}, [{"ticket_id": "T1", "held_at": "2025-03-05", "resumed_at": "2025-03-05 12:00"}], LATER, "pass"),
        ({**RULE, "date_only": "day"}, {"answered_at": "2025-03-06 03:00"}, [{"ticket_id": "T1", "held_at": "2025-03-05 11:00", "resumed_at": "2025-03-05"}], LATER, "pass"),
        ({**RULE, "date_only": "day"}, {"answered_at": "2025-03-06 03:01"}, [{"ticket_id": "T1", "held_at": "2025-03-05 11:00", "resumed_at": "2025-03-05"}], LATER, "late"),
        (OWN, {"held_at": "2025-03-05 11:00", "resumed_at": "2025-03-05 12:00", "answered_at": "2025-03-05 15:00"}, [], LATER, "pass"),
        (OWN, {"held_at": "", "resumed_at": "2025-03-05 12:00", "answered_at": "2025-03-05 15:00"}, [], LATER, "pause_unknown"),
        (OWN, {"held_at": "2025-03-05", "resumed_at": "2025-03-05 12:00", "answered_at": "2025-03-05 15:00"}, [], LATER, "date_only"),
        (OWN, {"held_at": BAD, "answered_at": "2025-03-05 12:00"}, [], LATER, "unreadable"),
    ],
)  # fmt: skip
def test_pauses_that_last_or_are_not_known(
    rule: dict[str, Any], cells: dict[str, str], pauses: list[dict[str, str]], as_of: str, expected: str
) -> None:
    ticket = {"ticket_id": "T1", "opened_at": OPENED, **cells}
    tables = {"ticket": [ticket], "hold": pauses}
    assert list(run(rule, tables, as_of).reasons.values()) == [expected]
