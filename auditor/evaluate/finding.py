"""Finding: one failed obligation, fetched from the findings table for people to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.evaluate.evaluation import FINDINGS, Evaluation
from auditor.kinds import SEVERITIES, Outcome, outcome_of
from auditor.rulebook import Entry


@dataclass(frozen=True)
class Finding:
    """A failed obligation. Times are UTC seconds, ``late_by`` seconds; ``seen`` the values its sentence is made of,
    ``times`` the names among them that are UTC seconds.

    ``rows`` are the row numbers of the judgement's evidence, None where a looked-up row is absent.
    A ``provisional`` finding rests on a calendar's fallback or on a log that stands still: it has no consequences.
    """

    fingerprint: str
    entry: Entry
    outcome: Outcome
    severity: str
    clause: str
    item: str | None
    subject: str | None
    subject_kind: str
    department: str | None
    record: str
    key: str
    occurred_at: int | None
    due_at: int | None
    breach_after: int | None
    observed_at: int | None
    late_by: int | None
    provisional: bool
    seen: Mapping[str, str | None]
    times: frozenset[str]
    rows: tuple[int | None, ...]
    number: int

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.entry.rule.id


_PICKED = (
    "rule, outcome, fingerprint, severity, clause, item, subject, subject_kind, department, key, occurred_at, due_at,"
    " breach_after, observed_at, late_by, provisional, seen, rows"
)


def fetch_findings(evaluation: Evaluation, limit: int | None = None) -> list[Finding]:
    """The findings, gravest first, then by rule, time and key; at most ``limit`` of them."""
    rank = " ".join(f"WHEN '{severity}' THEN {place}" for place, severity in enumerate(SEVERITIES))
    rows = evaluation.connection.execute(
        f"SELECT {_PICKED} FROM {FINDINGS} ORDER BY CASE severity {rank} END, rule, occurred_at NULLS LAST, key,"
        f" fingerprint" + (f" LIMIT {limit}" if limit is not None else "")
    ).fetchall()
    return [_finding(evaluation, row) for row in rows]


def count_severities(evaluation: Evaluation) -> dict[str, int]:
    """How many findings there are of each severity that occurs, gravest first."""
    counts = dict(evaluation.connection.execute(f"SELECT severity, count(*) FROM {FINDINGS} GROUP BY 1").fetchall())
    return {severity: counts[severity] for severity in SEVERITIES if severity in counts}


def _finding(evaluation: Evaluation, row: tuple[object, ...]) -> Finding:
    number, outcome, fingerprint, severity, clause, item, *rest = row
    result = evaluation.results[number]  # type: ignore[call-overload]
    *middle, seen, rows = rest
    return Finding(
        fingerprint, result.entry, outcome_of(outcome), severity, clause, item, middle[0], middle[1], middle[2],  # type: ignore[arg-type]
        result.judgement.record, *middle[3:], dict(zip(result.judgement.seen, seen, strict=True)),
        result.judgement.times, tuple(rows), number,
    )  # fmt: skip
