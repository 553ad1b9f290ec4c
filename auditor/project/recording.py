"""Recording: a run of a project into its history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from auditor.adjudicate import Consequence
from auditor.evaluate import RuleResult
from auditor.evaluate.aftermath import Failed, find_aftermath
from auditor.evaluate.evidence import Cells
from auditor.evaluate.finding import Finding
from auditor.history import (
    ConsequenceRecord,
    FindingRecord,
    History,
    InputRecord,
    Outcomes,
    Recorded,
    RuleRecord,
    RunRecord,
    open_history,
    run_id,
)
from auditor.history.compare import Snapshot
from auditor.intake.people.othernames import other_names
from auditor.pipeline import Audit
from auditor.problem import RuleError
from auditor.project.assignment import Assignment
from auditor.project.load import PROJECT_FILE, read_project
from auditor.report.json import consequence_document, finding_document
from auditor.report.sentence import sentence

MOST_DETAILS = 50_000
"""With more findings than this, sentences and details are kept of those alone that a consequence rests on."""

_SAYS_NOTHING = (
    "title", "covers", "severity", "severity_reason", "tags", "note", "off_because", "formerly", "waivable_for",
)  # fmt: skip
"""Keys of a rule that do not decide what is kept and what is not."""


@contextmanager
def history_of(assignment: Assignment) -> Iterator[History | None]:
    """The history into which a run goes, open and locked; None where it goes into none. Raises as open_history."""
    if assignment.history is None:
        yield None
        return
    with open_history(assignment.history, write=True) as history:
        yield history


def history_folder(named: Path | None) -> Path:
    """The folder of the history of a project file, or of the one in this folder; raises RuleError without one."""
    project, problems = read_project(named or Path(PROJECT_FILE))
    if project is None:
        raise RuleError(problems)
    return project.folder / project.keys.history


def placed(assignment: Assignment, result: Audit, history: History) -> Audit:
    """The same audit, which knows its place in the history: its id there, and since when its findings are known."""
    name = run_id(_run(assignment, result))
    seen = history.seen((finding.fingerprint for finding in result.findings), without=name)
    return replace(result, run=replace(result.run, id=name), seen=seen)


def record_run(assignment: Assignment, result: Audit, history: History) -> Recorded:
    """Keep what was found and drawn, and enter into the ledger what follows from it."""
    failed = [Failed(one.rule, one.key, one.record_key) for one in history.at_stake()]
    passed, gone = find_aftermath(result.evaluation, failed)
    run, found = snapshot(assignment, result)
    return history.record(run, found.findings, found.consequences, Outcomes(passed=passed, gone=gone))


def snapshot(assignment: Assignment, result: Audit) -> tuple[RunRecord, Snapshot]:
    """The run as the history keeps it, and what it judged, found and drew."""
    run, names = _run(assignment, result), other_names(result.data)
    consequences = [_consequence(one, names.get(one.subject, ())) for one in result.consequences]
    return run, Snapshot(run.rules, list(_findings(result)), consequences)


def _run(assignment: Assignment, result: Audit) -> RunRecord:
    run, book = result.run, result.book
    policy = book.policy.read_bytes() if book.policy else b""
    return RunRecord(
        as_of=run.as_of,
        as_of_text=run.as_of_text,
        rulebook=run.rulebook,
        policy=hashlib.sha256(policy).hexdigest()[:12],
        regulations=run.regulations,
        profile=book.tailoring.profile if book.tailoring else None,
        decisions=_hash({key: (one.state, one.decisions) for key, one in result.states.items()}),
        inputs=tuple(
            InputRecord(one.file, one.sheet or "", one.record or "", one.sha256, one.rows_kept)
            for one in result.data.sources
        ),
        rules=tuple(map(_rule, result.evaluation.results)),
        settings={
            "calendars": run.calendars,
            "covers_until": run.covers_until,
            "reading": assignment.settings.model_dump(mode="json"),
            "drawn": _hash([consequence_document(one, "zh") for one in result.consequences]),
        },
        versions=run.versions,
        complete=result.complete,
    )


def _rule(result: RuleResult) -> RuleRecord:
    counts = {verdict.value: count for verdict, count in result.counts.items()}
    says = {key: value for key, value in result.entry.written().items() if key not in _SAYS_NOTHING}
    return RuleRecord(result.entry.rule.id, result.status, _hash(says), counts)


def _hash(said: object) -> str:
    """Twelve hex digits of plain values."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:12]


def _findings(result: Audit) -> Iterator[FindingRecord]:
    findings = result.findings
    told = findings if len(findings) <= MOST_DETAILS else _charged(findings, result.consequences)
    evidence = result.evidence(told)
    for finding in findings:
        yield _finding(finding, result, evidence.get(finding.fingerprint))


def _charged(findings: Iterable[Finding], consequences: Iterable[Consequence]) -> list[Finding]:
    """The findings that a consequence rests on."""
    keys = {key for one in consequences for key in one.findings}
    return [finding for finding in findings if finding.fingerprint in keys]


def _finding(finding: Finding, result: Audit, cells: Sequence[Cells] | None) -> FindingRecord:
    calendar, records = result.calendar, result.book.records
    return FindingRecord(
        key=finding.fingerprint,
        rule=finding.rule,
        severity=finding.severity,
        subject=finding.subject,
        subject_kind=finding.subject_kind,
        department=finding.department,
        record=finding.record,
        record_key=finding.key,
        occurred_at=finding.occurred_at,
        due_at=finding.due_at,
        evidence_hash=finding.evidence_hash,
        state=result.states[finding.fingerprint].state if finding.fingerprint in result.states else "open",
        sentence_zh=sentence(finding, calendar, records, "zh") if cells is not None else None,
        sentence_en=sentence(finding, calendar, records, "en") if cells is not None else None,
        details=finding_document(finding, cells, result, "zh") if cells is not None else None,
    )


def _consequence(consequence: Consequence, names: tuple[str, ...]) -> ConsequenceRecord:
    return ConsequenceRecord(
        key=consequence.key,
        policy=consequence.policy,
        kind=consequence.kind,
        measure=consequence.measure,
        subject=consequence.subject,
        subject_kind=consequence.subject_kind,
        period=consequence.period,
        points=consequence.points,
        amount=consequence.amount,
        state=consequence.state,
        findings=consequence.findings,
        names=names,
        held_because=consequence.held_because,
        details=consequence_document(consequence, "zh"),
    )
