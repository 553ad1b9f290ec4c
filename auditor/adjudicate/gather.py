"""Gather: findings grouped in the query engine into the tallies that policies see."""

from __future__ import annotations

from auditor.adjudicate.given import Tally
from auditor.calendar import Calendar
from auditor.evaluate import Evaluation
from auditor.evaluate.evaluation import FINDINGS

MOST_FINGERPRINTS = 20
"""How many fingerprints a tally names; its count is always the whole."""


def gather_tallies(evaluation: Evaluation, calendar: Calendar) -> list[Tally]:
    """One tally for each subject, rule, severity and month. Provisional findings and nameless subjects give none."""
    day = calendar.day_sql("coalesce(occurred_at, observed_at, 0)")
    rows = evaluation.connection.execute(
        f"SELECT subject, subject_kind, max(department), rule, severity,"
        f" strftime(DATE '1970-01-01' + CAST({day} AS INTEGER), '%Y-%m') AS period, count(*),"
        f" list(fingerprint ORDER BY fingerprint)[1:{MOST_FINGERPRINTS}]"
        f" FROM {FINDINGS} WHERE subject IS NOT NULL AND NOT provisional"
        f" GROUP BY subject, subject_kind, rule, severity, period ORDER BY ALL"
    ).fetchall()
    return [_tally(evaluation, number, row) for number, row in enumerate(rows, start=1)]


def _tally(evaluation: Evaluation, number: int, row: tuple[object, ...]) -> Tally:
    subject, kind, department, rule_number, severity, period, count, fingerprints = row
    rule = evaluation.results[rule_number].entry.rule  # type: ignore[call-overload]
    return Tally(
        id=str(number), subject=str(subject), subject_kind=str(kind), role=None,
        department=None if department is None else str(department), rule=rule.id, regulation=rule.regulation,
        severity=str(severity), tags=rule.tags, period=str(period), count=int(str(count)),
        fingerprints=tuple(fingerprints),  # type: ignore[arg-type]
    )  # fmt: skip
