"""Finding: one failed obligation, fetched from the findings table for people to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.evaluate.evaluation import FINDINGS, Evaluation
from auditor.kinds import SEVERITIES, Outcome, outcome_of
from auditor.rulebook import Entry


@dataclass(frozen=True)
class Finding:
    """A failed obligation. Times are UTC seconds, ``late_by`` seconds; ``seen`` the values its sentence is made of,
    ``times`` the names among them that are UTC seconds.

    ``rows`` are the row numbers of the judgement's evidence, None where a looked-up row is absent;
    ``evidence_hash`` changes when what was read does.
    A ``provisional`` finding rests on a calendar's fallback, on a log that stands still, on a row that was written
    twice or on a name that may mean several people: it has no consequences.
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
    evidence_hash: str
    number: int

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.entry.rule.id


_PLAIN = (
    "fingerprint", "severity", "clause", "item", "subject", "subject_kind", "department", "key", "occurred_at",
    "due_at", "breach_after", "observed_at", "late_by", "provisional", "evidence_hash",
)  # fmt: skip
"""The columns of the findings table that a Finding takes as they are."""
_AMONG = " WHERE fingerprint IN (SELECT unnest(?::VARCHAR[]))"


def fetch_findings(evaluation: Evaluation, limit: int | None = None) -> list[Finding]:
    """The findings, gravest first, then by rule, time and key; at most ``limit`` of them."""
    rank = " ".join(f"WHEN '{severity}' THEN {place}" for place, severity in enumerate(SEVERITIES))
    rows = evaluation.connection.execute(
        f"SELECT rule, outcome, seen, rows, {', '.join(_PLAIN)} FROM {FINDINGS}"
        f" ORDER BY CASE severity {rank} END, rule, occurred_at NULLS LAST, key, fingerprint"
        + (f" LIMIT {limit}" if limit is not None else "")
    ).fetchall()
    return [_finding(evaluation, row) for row in rows]


def count_severities(evaluation: Evaluation, among: Collection[str] | None = None) -> dict[str, int]:
    """How many findings there are of each severity that occurs, gravest first; ``among`` are fingerprints."""
    where, values = ("", None) if among is None else (_AMONG, [list(among)])
    query = f"SELECT severity, count(*) FROM {FINDINGS}{where} GROUP BY 1"
    counts = dict(evaluation.connection.execute(query, values).fetchall())
    return {severity: counts[severity] for severity in SEVERITIES if severity in counts}


def evidence_hashes(evaluation: Evaluation, among: Iterable[str]) -> dict[str, str]:
    """The evidence hash of each finding whose fingerprint is ``among`` these."""
    query = f"SELECT fingerprint, evidence_hash FROM {FINDINGS}{_AMONG}"
    return dict(evaluation.connection.execute(query, [list(among)]).fetchall())


def _finding(evaluation: Evaluation, row: tuple[Any, ...]) -> Finding:
    number, outcome, seen, rows, *plain = row
    result = evaluation.results[number]
    judgement = result.judgement
    assert judgement is not None, "a rule with findings was judged"
    return Finding(
        entry=result.entry,
        outcome=outcome_of(outcome),
        record=judgement.record,
        seen=dict(zip(judgement.seen, seen, strict=True)),
        times=judgement.times,
        rows=tuple(rows),
        number=number,
        **dict(zip(_PLAIN, plain, strict=True)),
    )
