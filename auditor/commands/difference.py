"""The difference between two runs as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.commands.table import columns

if TYPE_CHECKING:
    from auditor.history import ConsequenceRecord, FindingRecord, RuleRecord, RunRecord
    from auditor.history.compare import Comparison

MOST_LINES = 20
"""So many findings of a part are listed; the JSON form has them all."""


def difference_text(before: RunRecord, after: RunRecord, found: Comparison) -> str:
    """New, fixed and open findings, changed consequences, and the rules whose failures changed."""
    parts = [
        f"From run {before.id} (as of {before.as_of_text}) to run {after.id} (as of {after.as_of_text}):",
        _findings("New findings", found.new),
        _findings("Found no more (kept now, or not in the data)", found.fixed),
        _findings("Found no more because the rule was not judged", found.not_judged),
        f"Still open: {len(found.open)}",
        _lines("Changed consequences", [_change(one.before, one.after) for one in found.consequences]),
        _lines("Rules", [_rule(one.rule, one.before, one.after) for one in found.rules]),
    ]
    return "\n\n".join(part for part in parts if part)


def _findings(title: str, found: Sequence[FindingRecord]) -> str:
    return _lines(title, [(one.key, one.rule, one.severity, one.subject or "-", one.record_key) for one in found])


def _lines(title: str, lines: Sequence[tuple[str, ...]]) -> str:
    if not lines:
        return f"{title}: none"
    more = f"\n... and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    return f"{title}: {len(lines)}\n{columns(lines[:MOST_LINES])}{more}"


def _change(before: ConsequenceRecord | None, after: ConsequenceRecord | None) -> tuple[str, ...]:
    known = after or before
    assert known is not None
    return known.key, known.subject, f"{_terms(before)} → {_terms(after)}"


def _terms(one: ConsequenceRecord | None) -> str:
    if one is None:
        return "nothing"
    amount = f", {one.amount / 100:.2f}" if one.amount else ""
    return f"{one.measure or one.kind} ({one.state}), {one.points} points{amount}"


def _rule(rule: str, before: RuleRecord | None, after: RuleRecord | None) -> tuple[str, ...]:
    changed = before is not None and after is not None and before.version != after.version
    return rule, f"{_failures(before)} → {_failures(after)}", "the rule was changed" if changed else ""


def _failures(one: RuleRecord | None) -> str:
    if one is None:
        return "no such rule"
    total = one.counts.get("pass", 0) + one.counts.get("fail", 0)
    return f"{one.counts.get('fail', 0)} of {total} failed" if one.status == "judged" else one.status
