"""Small runs, findings and consequences for the tests of the history."""

from datetime import UTC, date, datetime

from auditor.history import ConsequenceRecord, FindingRecord, InputRecord, RuleRecord, RunRecord

JULY = date(2025, 7, 1)


def run(day: str = "2025-06-30", *, file: str = "a", version: str = "v1", status: str = "judged") -> RunRecord:
    """A run of rule R1 over one file."""
    return RunRecord(
        as_of=int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()),
        as_of_text=f"{day} 00:00",
        rulebook="book",
        policy="policy",
        regulations=("decoration",),
        profile=None,
        decisions="",
        inputs=(InputRecord("logs.csv", "", "service_request", file * 64, 10),),
        rules=(RuleRecord("R1", status, version, {"pass": 9, "fail": 1}),),
    )


def finding(key: str, state: str = "open") -> FindingRecord:
    return FindingRecord(
        key=key,
        rule="R1",
        severity="major",
        subject="张敏",
        subject_kind="person",
        department="客服部",
        record="service_request",
        record_key=key.upper(),
        occurred_at=1,
        due_at=None,
        evidence_hash="e" * 16,
        state=state,
        sentence_zh="逾期",
        sentence_en="late",
        details={"cells": ["受理时间"]},
    )


def penalty(key: str, *findings: str, state: str = "proposed", subject: str = "张敏") -> ConsequenceRecord:
    return ConsequenceRecord(
        key=key,
        policy="P1",
        kind="penalty",
        measure="书面警告",
        subject=subject,
        subject_kind="person",
        period="2025-06",
        points=2,
        amount=0,
        state=state,
        findings=findings,
        held_because=("the finding is disputed",) if state == "held" else (),
    )
