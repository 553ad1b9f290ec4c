"""The JSON contract: keys in English whatever the language, a version that changes when a key does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from auditor.adjudicate import Consequence
from auditor.evaluate import RuleResult
from auditor.evaluate.evidence import Cells
from auditor.evaluate.finding import Finding
from auditor.intake import Source
from auditor.kinds import Verdict, outcome_of
from auditor.problem import Problem
from auditor.report.sentence import sentence
from auditor.report.tailored import tailoring_document
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.history import Decision
    from auditor.pipeline import Audit
    from auditor.review import Reviewed

SCHEMA_VERSION = "1.0"


def to_json(audit: Audit, lang: Language = "zh") -> str:
    """The audit as one JSON document with sorted findings; times are local wall time of the run's zone."""
    return json.dumps(as_document(audit, lang), ensure_ascii=False, indent=1)


def as_document(audit: Audit, lang: Language) -> dict[str, Any]:
    """The document of to_json as plain data."""
    evidence = audit.evidence(audit.findings)
    return {
        "schema_version": SCHEMA_VERSION,
        "run": _run(audit),
        "rules": [_rule(result) for result in audit.evaluation.results],
        "reviews": audit.reviews,
        "findings": [
            finding_document(finding, evidence[finding.fingerprint], audit, lang) for finding in audit.findings
        ],
        "consequences": [consequence_document(consequence, lang) for consequence in audit.consequences],
        "problems": [_problem(problem) for problem in audit.problems],
    }


def _run(audit: Audit) -> dict[str, Any]:
    run = audit.run
    return {
        "project": tailoring_document(audit.book.tailoring),
        "as_of": run.as_of_text,
        "zone": run.zone,
        "regulations": list(run.regulations),
        "rulebook": run.rulebook,
        "calendars": run.calendars,
        "versions": run.versions,
        "covers_until": run.covers_until,
        "complete": audit.complete,
        "sources": [_source(source) for source in audit.data.sources],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "file": source.file,
        "sheet": source.sheet,
        "record": source.record,
        "sha256": source.sha256,
        "rows_read": source.rows_read,
        "rows_kept": source.rows_kept,
        "rows_set_aside": dict(source.set_aside),
    }


def _rule(result: RuleResult) -> dict[str, Any]:
    counts = {verdict.value: result.counts.get(verdict, 0) for verdict in Verdict}
    reasons: dict[str, int] = {}
    for code, count in result.reasons.items():
        name = outcome_of(code).name.lower()
        reasons[name] = reasons.get(name, 0) + count
    reason = ": ".join(part for part in (result.reason, result.detail) if part)
    return {"id": result.entry.rule.id, "status": result.status, **counts, "reason": reason or None, "reasons": reasons}


def finding_document(finding: Finding, cells: Sequence[Cells], audit: Audit, lang: Language) -> dict[str, Any]:
    """One finding as the document has it, with the cells behind it."""
    calendar, records, sources = audit.calendar, audit.book.records, audit.data.sources

    def local(instant: int | None) -> str | None:
        return None if instant is None else calendar.local_text(instant)

    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "clause": finding.clause,
        "severity": finding.severity,
        "subject": finding.subject,
        "subject_kind": finding.subject_kind,
        "department": finding.department,
        "record": finding.record,
        "key": finding.key,
        "item": finding.item,
        "outcome": finding.outcome.name.lower(),
        "occurred_at": local(finding.occurred_at),
        "due_at": None if finding.due_at is None else calendar.due_text(finding.due_at),
        "breach_after": None if finding.breach_after is None else calendar.due_text(finding.breach_after),
        "observed_at": local(finding.observed_at),
        "late_by": finding.late_by,
        "provisional": finding.provisional,
        "message": sentence(finding, calendar, records, lang),
        "parameters": {name: parameter.value for name, parameter in finding.entry.parameters.items()},
        "parameters_ours": list(finding.entry.ours),
        "evidence": [_cells(one, sources) for one in cells],
        "evidence_hash": finding.evidence_hash,
        "review": review_document(audit.states.get(finding.fingerprint)),
    }


def review_document(reviewed: Reviewed | None) -> dict[str, Any]:
    """What reviewers made of a finding; None where nobody decided."""
    decisions = reviewed.decisions if reviewed else ()
    return {"state": reviewed.state if reviewed else "open", "decisions": [_decision(one) for one in decisions]}


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "decision": decision.decision,
        "reason": decision.reason,
        "reviewer": decision.reviewer,
        "decided_on": decision.decided_on.isoformat(),
        "expires": decision.expires.isoformat() if decision.expires else None,
    }


def _cells(cells: Cells, sources: Sequence[Source]) -> dict[str, Any]:
    source = sources[cells.source]
    return {
        "record": cells.record,
        "file": source.file,
        "sheet": source.sheet,
        "row": cells.line,
        "cells": dict(cells.values),
    }


def consequence_document(consequence: Consequence, lang: Language) -> dict[str, Any]:
    """One consequence as the document has it."""
    measure = consequence.measure_zh if lang == "zh" else consequence.measure_en
    return {
        "key": consequence.key,
        "subject": consequence.subject,
        "subject_kind": consequence.subject_kind,
        "kind": consequence.kind,
        "period": consequence.period,
        "measure": None if consequence.measure is None else measure,
        "to": consequence.to,
        "mandatory": consequence.mandatory,
        "compensation": consequence.compensation,
        "points": consequence.points,
        "points_cut": consequence.points_cut,
        "amount_cents": consequence.amount,
        "amount_cut_cents": consequence.amount_cut,
        "policy": consequence.policy,
        "cites": list(consequence.cites),
        "origin": consequence.origin,
        "state": consequence.state,
        "held_because": list(consequence.held_because),
        "instead_of": list(consequence.instead_of),
        "because": [_step(step) for step in consequence.because],
    }


def _step(step: Any) -> Mapping[str, Any]:
    facts = [{"fact": fact.name, "findings": list(fact.findings), "records": list(fact.records)} for fact in step.facts]
    return {"policy": step.policy, "facts": facts}


def _problem(problem: Problem) -> dict[str, Any]:
    where = problem.where
    return {
        "file": where.file,
        "sheet": where.sheet,
        "row": where.row if where.row is not None else where.line,
        "column": where.column,
        "code": problem.code,
        "what": problem.what,
        "remedy": problem.remedy,
        "count": problem.count,
    }
