"""The reference on sequences: jobs closed on 2025-03-05 at 10:00, approved by consents."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.bench import verdicts

Consent = dict[str, str]
BEFORE = {"record": "consent", "match": "job_id = job_id", "where": "granted"}


def _consent(at: str, granted: str = "是", role: str = "经理", approver: str = "李强", job: str = "J1") -> Consent:
    time = at if not at[:1].isdigit() else at if at.startswith("2025") else f"2025-03-{at}"
    return {"job_id": job, "given_at": time, "granted": granted, "approver_role": role, "approver": approver}


def _judge(fields: dict[str, Any], tables: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    rule = {"kind": "sequence", "record": "job", "action": "closed_at", "before": BEFORE, **fields}
    return {key: verdict for key, (verdict, _) in verdicts(rule, tables, "2025-03-31").items()}


EARLY = _consent("2025-01-02 09:00", job="J0")


@pytest.mark.parametrize(
    ("fields", "closed", "consents", "expected"),
    [
        ({}, "05 10:00", [], "fail"),
        ({}, "05 10:00", [_consent("05 09:59")], "pass"),
        ({}, "05 10:00", [_consent("05 10:00")], "pass"),
        ({"ties": "strict"}, "05 10:00", [_consent("05 10:00")], "fail"),
        ({}, "05 10:00", [_consent("05 10:01")], "fail"),
        ({}, "05 10:00", [_consent("05")], "pass"),
        ({"ties": "strict"}, "05 10:00", [_consent("05")], "unknown"),
        ({"ties": "strict"}, "05", [_consent("05 09:00")], "unknown"),
        ({}, "05", [_consent("05 23:00")], "pass"),
        ({}, "05", [_consent("06 01:00")], "fail"),
        ({"ties": "strict"}, "05", [_consent("04")], "pass"),
        ({}, "05 10:00", [_consent("05 09:00", job="J2")], "fail"),
        ({}, "05 10:00", [_consent("05 09:00", granted="否")], "fail"),
        ({}, "05 10:00", [_consent("05 09:00", granted="")], "unknown"),
        ({}, "05 10:00", [_consent("05 11:00", granted="")], "fail"),
        ({}, "05 10:00", [_consent("")], "unknown"),
        ({}, "05 10:00", [_consent("看不清")], "unknown"),
        ({}, "05 10:00", [_consent(""), _consent("05 09:00")], "pass"),
        ({}, "", [], None),
        ({}, "看不清", [_consent("05 09:00")], "unknown"),
        ({"by": {"role": "经理"}}, "05 10:00", [_consent("05 09:00")], "pass"),
        ({"by": {"role": ["总监", "经理"]}}, "05 10:00", [_consent("05 09:00")], "pass"),
        ({"by": {"role": "总监"}}, "05 10:00", [_consent("05 09:00")], "fail"),
        ({"by": {"role": "总监"}}, "05 10:00", [_consent("05 09:00", role="")], "unknown"),
        ({"by": {"role": "总监"}}, "05 10:00", [_consent("05 11:00", role="")], "fail"),
        ({"by": {"different_from": "owner"}}, "05 10:00", [_consent("05 09:00")], "pass"),
        ({"by": {"different_from": "owner"}}, "05 10:00", [_consent("05 09:00", approver="张敏")], "fail"),
        ({"by": {"different_from": "owner"}}, "05 10:00", [_consent("05 09:00", approver="")], "unknown"),
        ({"by": {"different_from": "note"}}, "05 10:00", [_consent("05 09:00")], "unknown"),
        ({"valid_for": "30d"}, "05 10:00", [EARLY], "fail"),
        ({"valid_for": "30d"}, "05 10:00", [EARLY, _consent("2025-02-03 01:00")], "pass"),
        ({"valid_for": "30d"}, "05 10:00", [EARLY, _consent("2025-02-02 23:00")], "fail"),
        ({"valid_for": "48h"}, "05 10:00", [EARLY, _consent("03 10:00")], "pass"),
        ({"valid_for": "48h"}, "05 10:00", [EARLY, _consent("03 09:59")], "fail"),
        ({"valid_for": "48h"}, "05 10:00", [EARLY, _consent("03")], "unknown"),
        ({"valid_for": "30d"}, "05 10:00", [_consent("2025-02-20 10:00", job="J0")], "unknown"),
        ({"valid_for": "30d"}, "05 10:00", [_consent("2025-02-03 10:00", job="J0")], "unknown"),
        ({"valid_for": "30d"}, "05 10:00", [_consent("2025-02-02 10:00", job="J0")], "fail"),
        ({"valid_for": "30d"}, "05 10:00", [], "unknown"),
        ({"before": "opened_at"}, "05 10:00", [], "pass"),
        ({"before": "held_at"}, "05 10:00", [], "fail"),
        ({"before": "resumed_at"}, "05 10:00", [], "fail"),
        ({"before": "opened_at", "valid_for": "1d"}, "05 10:00", [], "fail"),
    ],
)
def test_approved_before(fields: dict[str, Any], closed: str, consents: list[Consent], expected: str | None) -> None:
    job = {"job_id": "J1", "owner": "张敏", "opened_at": "2025-03-03 10:00", "resumed_at": "2025-03-06 10:00"}
    job["closed_at"] = f"2025-03-{closed}" if closed[:1].isdigit() else closed
    assert _judge(fields, {"job": [job], "consent": consents}) == ({"J1": expected} if expected else {})


def test_an_action_after_the_judgement_is_not_judged() -> None:
    job = {"job_id": "J1", "closed_at": "2025-04-05 10:00"}
    assert _judge({}, {"job": [job], "consent": []}) == {"J1": "unknown"}


@pytest.mark.parametrize(
    ("each", "consents", "expected"),
    [
        (False, ["04 10:00"], ["pass", "pass"]),
        (True, ["04 10:00"], ["pass", "fail"]),
        (True, ["04 10:00", "04 11:00"], ["pass", "pass"]),
        (True, ["04 10:00", "05 11:00"], ["pass", "pass"]),
        (True, ["05 11:00"], ["fail", "pass"]),
        (True, ["05 11:00", "06 11:00"], ["fail", "pass"]),
    ],
)
def test_one_approval_for_one_action(each: bool, consents: list[str], expected: list[str]) -> None:
    jobs = [
        {"job_id": "J2", "client": "C", "closed_at": "2025-03-05 12:00"},
        {"job_id": "J1", "client": "C", "closed_at": "2025-03-05 10:00"},
    ]
    before = {"record": "consent", "match": "job_id = client"}
    tables = {"job": jobs, "consent": [_consent(at, job="C") for at in consents]}
    got = _judge({"before": before, "each": each}, tables)
    assert got == dict(zip(("J1", "J2"), expected, strict=True))
