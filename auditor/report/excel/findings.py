"""发现明细: every failed obligation with its clause and the cells it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from auditor.calendar import Calendar
from auditor.evaluate.finding import Finding
from auditor.report.excel.look import Look
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.pen import Pen
from auditor.report.excel.review import Written, answer_columns, answers, offer_decisions
from auditor.report.excel.table import Column, Row, Shown, write_table
from auditor.report.reviewsheet import mark
from auditor.report.telling import Told, tell
from auditor.report.texts import text
from auditor.report.wording import SEVERITIES, Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

TABLE = "Findings"

_EPOCH = datetime(1970, 1, 1)


def columns(lang: Language) -> list[Column]:
    """The columns of the table, in order."""
    return [
        Column(text("fingerprint", lang), Look.TEXT, 16, 19),
        Column(text("rule", lang), Look.TEXT, 10, 16),
        Column(text("title", lang), Look.WRAPPED, 14, 20),
        Column(text("severity", lang), Look.CENTRED, 6, 12),
        Column(text("department", lang), Look.WRAPPED, 6, 12),
        Column(text("subject", lang), Look.WRAPPED, 6, 12),
        Column(text("key", lang), Look.WRAPPED, 8, 16),
        Column(text("occurred", lang), Look.TIME, 15, 17),
        Column(text("due", lang), Look.TIME, 15, 17),
        Column(text("late", lang), Look.SPAN, 8, 11),
        Column(text("sentence", lang), Look.WRAPPED, 24, 36),
        Column(text("clause", lang), Look.WRAPPED, 14, 26),
        Column(text("provisional", lang), Look.CENTRED, 4, 9),
        Column(text("evidence", lang), Look.WRAPPED, 24, 44),
        Column(text("first-seen", lang), Look.DAY, 10, 12),
        Column(text("times-seen", lang), Look.COUNT, 6, 10),
        Column(text("review", lang), Look.WRAPPED, 10, 24),
        *answer_columns(lang),
    ]


def write_findings(
    audit: Audit, findings: Sequence[Finding], nth: int, sheet: Sheet, pen: Pen, lang: Language
) -> list[Written]:
    """Fill the sheet number ``nth`` (from 0) of findings, and tell what was written of each."""
    name = f"{TABLE}{nth + 1}" if nth else TABLE
    written: list[Written] = []
    rows = (_noted(told, audit.calendar, written, lang) for told in tell(audit, findings, lang))
    write_table(sheet, name, columns(lang), rows, pen, frozen=3, empty=text("no-finding", lang))
    offer_decisions(sheet, columns(lang), max(len(findings), 1) + 1, lang)
    return written


def _noted(told: Told, calendar: Calendar, written: list[Written], lang: Language) -> Row:
    """The row of a finding, of which is kept what was ``written``."""
    row, finding = _row(told, calendar, lang), told.finding
    shown = "".join([mark(value.value if isinstance(value, Shown) else value) for value in row])
    written.append((finding.fingerprint, finding.rule, told.key, finding.subject, finding.evidence_hash, shown))
    return row


def _row(told: Told, calendar: Calendar, lang: Language) -> Row:
    finding = told.finding
    return (
        finding.fingerprint,
        finding.rule,
        getattr(finding.entry.rule.title, lang),
        Shown(SEVERITIES[finding.severity][lang], Look(finding.severity)),
        finding.department,
        finding.subject,
        told.key,
        local(finding.occurred_at, calendar),
        local(finding.due_at, calendar),
        None if not finding.late_by else timedelta(seconds=finding.late_by),
        told.sentence,
        "\n".join(told.clauses),
        text("yes", lang) if finding.provisional else None,
        "\n".join(told.evidence),
        told.review.first,
        told.review.times,
        told.review.words,
        *answers(told.review, lang),
    )


def local(instant: int | None, calendar: Calendar) -> datetime | None:
    """An instant (UTC seconds) as wall time of ``calendar``'s zone, without a zone as Excel wants it."""
    return None if instant is None else _EPOCH + timedelta(seconds=instant + calendar.wall.offset(instant))
