"""Totals: the five counts over all rules, by rule and by subject, and who has most failures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.evaluate import Evaluation, RuleResult
from auditor.kinds import Verdict

Counts = Mapping[Verdict, int]


def all_counts(results: Iterable[RuleResult]) -> dict[Verdict, int]:
    """The five counts of all rules together."""
    totals = dict.fromkeys(Verdict, 0)
    for result in results:
        for verdict, count in result.counts.items():
            totals[verdict] += count
    return totals


def rate(counts: Counts) -> float | None:
    """The share of passes among what was decided, pass / (pass + fail), or None when nothing was decided."""
    decided = counts.get(Verdict.PASS, 0) + counts.get(Verdict.FAIL, 0)
    return counts.get(Verdict.PASS, 0) / decided if decided else None


def worst_rules(results: Iterable[RuleResult], most: int) -> list[RuleResult]:
    """The rules with failures, most first, at most ``most`` of them."""
    failed = [result for result in results if result.counts.get(Verdict.FAIL, 0)]
    return sorted(failed, key=lambda one: (-one.counts[Verdict.FAIL], one.entry.rule.id))[:most]


def worst_subjects(evaluation: Evaluation, most: int) -> list[tuple[str | None, dict[Verdict, int]]]:
    """The subjects with failures and their five counts over all rules, most failures first, at most ``most``."""
    totals: dict[str | None, dict[Verdict, int]] = {}
    for (_, subject), counts in evaluation.by_subject.items():
        total = totals.setdefault(subject, dict.fromkeys(Verdict, 0))
        for verdict, count in counts.items():
            total[verdict] += count
    failed = [(subject, counts) for subject, counts in totals.items() if counts[Verdict.FAIL]]
    return sorted(failed, key=lambda one: (-one[1][Verdict.FAIL], one[0] is None, one[0] or ""))[:most]
