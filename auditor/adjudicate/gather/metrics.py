"""Metrics: figures beside their targets, met or not; a figure of too few cases is not told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.adjudicate.gather.basis import SUSPICION, Basis
from auditor.adjudicate.given import Metric
from auditor.evaluate.plan import Member
from auditor.kinds import Outcome
from auditor.kinds import metric as kind


def gather_metrics(basis: Basis) -> list[Metric]:
    """One metric for each figure of a whole period; rates and means rest on ``min_sample`` cases or more."""
    members = sorted((each for group in basis.plan.groups for each in group.members), key=lambda each: each.number)
    return [metric for member in members for metric in _metrics(basis, member)]


def _metrics(basis: Basis, member: Member) -> Iterator[Metric]:
    rule, judgement = member.entry.rule, member.judgement
    if not isinstance(rule, kind.Metric) or basis.evaluation.results[member.number].status != "judged":
        return
    least = 0 if rule.measure.what == "count" else basis.policy.min_sample
    target = int(Decimal(rule.target.lstrip("<>= ")) * 1000)
    rows = basis.connection.execute(
        f"SELECT * FROM (SELECT {judgement.subject} AS subject, {judgement.owed} AS period, {judgement.key} AS key,"
        f" CAST(round(r._figure * 1000) AS BIGINT), r._count AS cases, {judgement.outcome} AS outcome"
        f" FROM {judgement.source} AS r) WHERE subject IS NOT NULL AND cases >= {least}"
        f" AND outcome IN ({Outcome.PASS:d}, {Outcome.TARGET:d}) ORDER BY ALL"
    ).fetchall()
    for subject, period, key, value, cases, outcome in rows:
        if subject not in basis.data.namesakes:
            yield Metric(
                f"metric/{rule.id}/{key}", subject, rule.id, period, outcome == Outcome.PASS, value, target, cases,
                subject_kind=judgement.subject_kind, held=(SUSPICION,) if member.number in basis.suspect else (),
            )  # fmt: skip
