"""The difference between two runs, as text or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from auditor.commands.table import as_json, columns

if TYPE_CHECKING:
    from auditor.history import ConsequenceRecord, FindingRecord, RuleRecord, RunRecord
    from auditor.history.compare import Balance, Comparison, FindingChange

MOST_LINES = 20
"""So many findings of a part are listed; the JSON form has them all."""


def show_difference(before: RunRecord, after: RunRecord, found: Comparison, form: str) -> None:
    """Print the difference, as JSON where ``form`` is ``json``."""
    if form == "json":
        click.echo(as_json({"before": run_facts(before), "after": run_facts(after), **asdict(found)}))
        return
    click.echo(difference_text(before, after, found))


def run_facts(run: RunRecord) -> dict[str, Any]:
    """What a run judged by what, as plain data."""
    return {
        "run": run.id,
        "as_of": run.as_of_text,
        "regulations": list(run.regulations),
        "profile": run.profile,
        "rulebook": run.rulebook,
        "policy": run.policy,
        "complete": run.complete,
        "versions": dict(run.versions),
    }


def difference_text(before: RunRecord, after: RunRecord, found: Comparison) -> str:
    """New, fixed and open findings, changed consequences, and the rules whose failures changed."""
    parts = [
        f"From run {before.id} (as of {before.as_of_text}) to run {after.id} (as of {after.as_of_text}):",
        _findings("New findings", found.new),
        _findings("Found no more (kept now, or not in the data)", found.fixed),
        _findings("Found no more because the rule was not judged", found.not_judged),
        f"Still open: {len(found.open)}",
        _lines("Of these judged otherwise", [_otherwise(one) for one in found.changed]),
        _lines("Changed consequences", [_change(one.before, one.after) for one in found.consequences]),
        _lines("What it comes to", [_balance(one) for one in found.balances]),
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


def _otherwise(one: FindingChange) -> tuple[str, ...]:
    was, now = one.before, one.after
    pairs = ((was.severity, now.severity), (was.subject, now.subject), (was.state, now.state))
    told = [f"{old or '-'} → {new or '-'}" for old, new in pairs if old != new] or ["due at another time"]
    return one.after.key, one.after.rule, ", ".join(told)


def _balance(one: Balance) -> tuple[str, ...]:
    points = f"{one.points_before} → {one.points_after} points"
    amounts = f"{one.amount_before / 100:.2f} → {one.amount_after / 100:.2f} yuan"
    return (
        one.subject,
        one.kind,
        f"{one.number_before} → {one.number_after}",
        points,
        amounts if one.amount_before or one.amount_after else "",
    )


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
