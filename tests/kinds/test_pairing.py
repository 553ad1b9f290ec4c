"""One-to-one pairing: a target serves one start only, and no start goes without that could have had one."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.kinds.scope import Scope
from auditor.kinds.world import declared_world
from tests.small_world import RECORDS, calendars, entry, run

BAD = "看不清"
LATER = "2025-03-31 12:00"
RULE: dict[str, Any] = {
    "kind": "deadline", "record": "ticket", "from": "opened_at", "to": "reply.written_at", "within": "24h",
    "match": "one_to_one", "lookup": {"reply": {"record": "note", "match": "author = agent"}},
}  # fmt: skip


def outcomes(starts: list[str], targets: list[str], rule: dict[str, Any] = {}, **cells: str) -> list[str]:  # noqa: B006
    """What becomes of tickets opened at these times of 5 March (or other days), given replies at those."""
    tickets = [{"ticket_id": f"T{n}", "agent": "张敏", "opened_at": on(at)} for n, at in enumerate(starts)]
    notes = [{"note_id": f"N{n}", "author": "张敏", "written_at": on(at), **cells} for n, at in enumerate(targets)]
    found = run({**RULE, **rule}, {"ticket": tickets, "note": notes}, LATER).reasons
    return [found.get(f"T{n}", "-") for n in range(len(starts))]


def on(time: str) -> str:
    return f"2025-03-05 {time}" if ":" in time and len(time) < 9 else time


@pytest.mark.parametrize(
    ("starts", "targets", "expected"),
    [
        (["10:00"], ["11:00"], ["pass"]),
        (["10:00", "10:30"], ["11:00"], ["pass", "absent"]),
        (["10:30", "10:00"], ["11:00"], ["absent", "pass"]),
        (["10:00", "10:30"], ["11:00", "12:00"], ["pass", "pass"]),
        (["10:00", "12:00"], ["09:00", "11:00", "13:00"], ["pass", "pass"]),  # the k-th start has not the k-th target
        (["10:00", "12:00"], ["11:00", "11:30"], ["pass", "absent"]),
        (["10:00", "10:10", "12:00"], ["11:00", "13:00"], ["pass", "pass", "absent"]),
        (["10:00", "10:00"], ["10:00", "10:00"], ["pass", "pass"]),
        (["10:00"], [], ["absent"]),
        (["", "10:00"], ["11:00"], ["start_missing", "pass"]),
        (["10:00", "10:30"], ["11:00", ""], ["pass", "absent"]),
        (["10:00", "15:00"], ["2025-03-05", "11:00"], ["pass", "date_only"]),  # the bare date is kept for who needs it
        (["2025-03-05", "15:00"], ["16:00", "14:00"], ["date_only", "pass"]),
    ],
)
def test_pairs_in_time_order(starts: list[str], targets: list[str], expected: list[str]) -> None:
    assert outcomes(starts, targets) == expected


@pytest.mark.parametrize(
    ("starts", "targets", "cells", "expected"),
    [
        (["10:00"], ["11:00"], {"useful": "是"}, ["pass"]),
        (["10:00"], ["11:00"], {"useful": "否"}, ["absent"]),
        (["10:00"], ["11:00"], {"useful": ""}, ["unsure_match"]),
        (["10:00"], ["11:00"], {"useful": BAD}, ["unsure_match"]),
        (["10:00"], [BAD], {"useful": "是"}, ["unsure_match"]),
        (["10:00"], [BAD], {"useful": "否"}, ["absent"]),
        (["10:00"], ["09:00"], {"useful": ""}, ["absent"]),
    ],
)
def test_targets_that_may_count(
    starts: list[str], targets: list[str], cells: dict[str, str], expected: list[str]
) -> None:
    lookup = {"reply": {**RULE["lookup"]["reply"], "where": "useful"}}
    assert outcomes(starts, targets, {"lookup": lookup}, **cells) == expected


def test_only_what_surely_owes_uses_a_target_up() -> None:
    rows = [
        {"ticket_id": "OUT", "priority": "P2"}, {"ticket_id": "OPEN", "priority": ""},
        {"ticket_id": "FREE", "priority": "P1", "urgent": "是"}, {"ticket_id": "BAD", "priority": "P1", "urgent": BAD},
        {"ticket_id": "OWES", "priority": "P1", "urgent": "否"},
    ]  # fmt: skip
    tickets = [{"agent": "张敏", "opened_at": on(f"10:0{n}"), **row} for n, row in enumerate(rows)]
    notes = [{"note_id": "N1", "author": "张敏", "written_at": on("11:00")}]
    rule = {**RULE, "when": "priority = 'P1'", "unless": [{"if": "urgent", "because": {"zh": "急", "en": "Urgent"}}]}
    assert run(rule, {"ticket": tickets, "note": notes}, LATER).reasons == {
        "OPEN": "scope_unknown", "FREE": "exception", "BAD": "unreadable", "OWES": "pass",
    }  # fmt: skip


def test_groups_do_not_share() -> None:
    tickets = [
        {"ticket_id": f"T{n}", "agent": who, "opened_at": on("10:00")} for n, who in enumerate(["张敏", "李强", ""])
    ]
    notes = [{"note_id": "N1", "author": "李强", "written_at": on("11:00")}]
    assert run(RULE, {"ticket": tickets, "note": notes}, LATER).reasons == {
        "T0": "absent",
        "T1": "pass",
        "T2": "unsure_match",
    }


def test_pairs_go_by_equality() -> None:
    lookup = {"reply": {"record": "note", "match": "author = agent and written_at >= opened_at"}}
    made = entry({**RULE, "lookup": lookup})
    scope = Scope(made.rule, "ticket", declared_world(RECORDS, calendars(), "cn"), made.place)
    made.rule.judge(scope)
    assert [(problem.code, problem.what, problem.remedy) for problem in scope.problems] == [
        ("match", "Rows are paired one to one by equality only.", "Write `their_column = our_column`.")
    ]
