"""Explanation: the derivation of one finding, its clause and the cells it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.evaluate.finding import Finding
from auditor.location import Location
from auditor.problem import Problem, RuleError
from auditor.report.sentence import sentence
from auditor.report.tailored import change_reason
from auditor.report.wording import SEVERITIES, Language, span

if TYPE_CHECKING:
    from auditor.pipeline import Audit

_LABELS: dict[str, dict[Language, str]] = {
    "finding": {"zh": "发现", "en": "finding"},
    "rule": {"zh": "规则", "en": "rule"},
    "clause": {"zh": "条款", "en": "clause"},
    "subject": {"zh": "责任人", "en": "subject"},
    "occurred": {"zh": "起算", "en": "begun"},
    "due": {"zh": "应完成", "en": "due"},
    "breach": {"zh": "最迟", "en": "last in time"},
    "observed": {"zh": "实际/截至", "en": "seen at"},
    "late": {"zh": "超时", "en": "late by"},
    "calendar": {"zh": "日历", "en": "calendar"},
    "figure": {"zh": "参数", "en": "figure"},
    "ours": {"zh": "(本公司设定,非制度原文)", "en": "(ours, not printed in the regulation)"},
    "severity": {"zh": "严重度", "en": "severity"},
    "note": {"zh": "说明", "en": "reading"},
    "cells": {"zh": "证据", "en": "evidence"},
}


def explanation(audit: Audit, fingerprint: str, lang: Language) -> str:
    """The explanation of the one finding whose fingerprint begins so; raises RuleError if there is not just one."""
    found = [finding for finding in audit.findings if finding.fingerprint.startswith(fingerprint)]
    if len(found) != 1:
        none = f"There is no finding '{fingerprint}'."
        what = f"{len(found)} findings begin with '{fingerprint}'." if found else none
        remedy = "Copy the fingerprint from the report; give the same files and the same --as-of."
        raise RuleError([Problem(Location("FINDING"), "unknown-finding", what, remedy, True)])
    parts = (_head, _derivation, _evidence)
    return "\n".join(line for part in parts for line in part(found[0], audit, lang))


def _line(label: str, text: str, lang: Language) -> str:
    return f"{_LABELS[label][lang]}: {text}"


def _head(finding: Finding, audit: Audit, lang: Language) -> Iterator[str]:
    rule = finding.entry.rule
    yield _line("finding", f"{finding.fingerprint}  {SEVERITIES[finding.severity][lang]}", lang)
    yield _line("rule", f"{rule.id}  {getattr(rule.title, lang)}", lang)
    regulation = audit.book.regulations[rule.regulation]
    for clause in regulation.clauses:
        if clause.id in finding.clause.split(", "):
            text = clause.zh if lang == "zh" else clause.requirement
            yield _line("clause", f"{clause.id}  {getattr(regulation.title, lang)} {clause.place}: {text}", lang)
    yield _line("subject", finding.subject or "—", lang)
    yield "  " + sentence(finding, audit.calendar, audit.book.records, lang)


def _derivation(finding: Finding, audit: Audit, lang: Language) -> Iterator[str]:
    calendar = audit.calendar
    if finding.occurred_at is not None:
        yield _line("occurred", calendar.local_text(finding.occurred_at), lang)
    for label, instant in (("due", finding.due_at), ("breach", finding.breach_after)):
        if instant is not None:
            yield _line(label, calendar.due_text(instant), lang)
    if finding.observed_at is not None:
        yield _line("observed", calendar.local_text(finding.observed_at), lang)
    if finding.late_by:
        yield _line("late", span(finding.late_by, lang), lang)
    name = finding.entry.rule.calendar or audit.book.calendars.default
    yield _line("calendar", f"{name} {audit.run.calendars[name]}", lang)
    for name, parameter in finding.entry.parameters.items():
        ours = f" {_LABELS['ours'][lang]}" if parameter.origin == "ours" else ""
        yield _line("figure", f"{name} = {parameter.value}{_changed(finding, 'parameter', name) or ours}", lang)
    severity = _changed(finding, "severity", finding.rule)
    if severity:
        yield _line("severity", f"{SEVERITIES[finding.severity][lang]}{severity}", lang)
    if finding.entry.rule.note:
        yield _line("note", finding.entry.rule.note, lang)


def _changed(finding: Finding, kind: str, name: str) -> str:
    """Who of the project changed this setting of the rule and why, in brackets; empty when nobody did."""
    change = finding.entry.changes.get((kind, name))
    return f" ({change_reason(change)})" if change else ""


def _evidence(finding: Finding, audit: Audit, lang: Language) -> Iterator[str]:
    for cells in audit.evidence([finding])[finding.fingerprint]:
        source = audit.data.sources[cells.source]
        row = f"第 {cells.line} 行" if lang == "zh" else f"row {cells.line}"
        place = " › ".join(part for part in (source.file, source.sheet, row) if part)
        headers = {column.field: " ".join(column.header.split()) for column in source.columns}
        empty = "空" if lang == "zh" else "empty"
        shown = ((headers.get(name, name), empty if value is None else value) for name, value in cells.values.items())
        values = ", ".join(f"{name} = {value}" for name, value in shown)
        yield _line("cells", f"{place}: {values}", lang)
