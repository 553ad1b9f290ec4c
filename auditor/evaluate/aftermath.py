"""Aftermath: what became, in this run, of obligations that failed in an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.evaluate.evaluation import Evaluation, RuleResult
from auditor.evaluate.findings import fingerprint
from auditor.evaluate.plan import Group, Member
from auditor.kinds import Outcome

NOT_APPLICABLE = f"outcome BETWEEN {Outcome.EXCEPTION:d} AND {Outcome.SCOPE_UNKNOWN - 1:d}"


@dataclass(frozen=True, slots=True)
class Failed:
    """A finding of an earlier run: its rule, its ``fingerprint`` and the ``key`` of its record."""

    rule: str
    fingerprint: str
    key: str


def find_aftermath(evaluation: Evaluation, failed: Iterable[Failed]) -> tuple[frozenset[str], frozenset[str]]:
    """The fingerprints of obligations that are kept now, and of those whose row is there but owes this no more.

    Those in neither are not in the data, fail again or cannot be judged: nothing is known of them.
    """
    asked: dict[str, list[Failed]] = {}
    for one in failed:
        asked.setdefault(one.rule, []).append(one)
    kept: set[str] = set()
    gone: set[str] = set()
    for number, result in enumerate(evaluation.results):
        of_rule = asked.get(result.entry.rule.id)
        if of_rule and result.judgement is not None:
            found = _judged(evaluation, number, result, of_rule)
            kept |= {name for name, (passes, _) in found.items() if passes}
            gone |= {name for name, (_, inapplicable) in found.items() if inapplicable}
            rows = _present(evaluation, result, of_rule)
            gone |= {one.fingerprint for one in of_rule if one.fingerprint not in found and one.key in rows}
    return frozenset(kept), frozenset(gone)


def _judged(
    evaluation: Evaluation, number: int, result: RuleResult, failed: Sequence[Failed]
) -> dict[str, tuple[bool, bool]]:
    """Of each obligation that is owed now: do all that look like it pass, is none of them applicable."""
    judgement = result.judgement
    assert judgement is not None
    member = Member(number, result.entry, judgement)
    owed = (
        f"SELECT {number} AS rule, CAST({judgement.key} AS VARCHAR) AS key, {judgement.subject} AS subject,"
        f" '{judgement.subject_kind}' AS subject_kind, {judgement.occurred_at} AS occurred_at,"
        f" CAST({judgement.owed} AS VARCHAR) AS owed, {judgement.item or 'NULL'} AS item,"
        f" {judgement.outcome} AS outcome"
        f" FROM {Group(judgement.source, [member]).relation(details=True)}"
    )
    rows = evaluation.connection.execute(
        f"SELECT fingerprint, bool_and(outcome = {Outcome.PASS:d}), bool_and({NOT_APPLICABLE}) FROM"
        f" (SELECT {fingerprint([(0, member)])} AS fingerprint, outcome FROM ({owed})"
        "  WHERE outcome <> 0 AND (key IN (SELECT unnest($keys)) OR key LIKE 'row %'))"
        " WHERE fingerprint IN (SELECT unnest($names)) GROUP BY 1",
        {"keys": [one.key for one in failed], "names": [one.fingerprint for one in failed]},
    ).fetchall()
    return {name: (passes, inapplicable) for name, passes, inapplicable in rows}


def _present(evaluation: Evaluation, result: RuleResult, failed: Sequence[Failed]) -> set[str]:
    """Which of the records are in the data; a row without a key is known by none."""
    judgement = result.judgement
    assert judgement is not None
    rows = evaluation.connection.execute(
        f"SELECT DISTINCT CAST({judgement.key} AS VARCHAR) AS key FROM {judgement.source} AS r"
        f" {' '.join(join.sql for join in judgement.joins)} WHERE key IN (SELECT unnest(?)) AND key NOT LIKE 'row %'",
        [[one.key for one in failed]],
    ).fetchall()
    return {key for (key,) in rows}
