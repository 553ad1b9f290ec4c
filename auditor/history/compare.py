"""Compare: two runs side by side: which findings are new, which are found no more, which consequences changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.history.record import ConsequenceRecord, FindingRecord, RuleRecord

JUDGED = ("judged", "no_cases")


@dataclass(frozen=True)
class Snapshot:
    """What one run judged, found and drew."""

    rules: Sequence[RuleRecord]
    findings: Sequence[FindingRecord]
    consequences: Sequence[ConsequenceRecord]


@dataclass(frozen=True)
class RuleChange:
    """A rule whose counts by verdict, status or text differ; a side is None where the run does not have the rule."""

    rule: str
    before: RuleRecord | None
    after: RuleRecord | None


@dataclass(frozen=True)
class ConsequenceChange:
    """A consequence that differs; a side is None where the run does not draw it."""

    before: ConsequenceRecord | None
    after: ConsequenceRecord | None


@dataclass(frozen=True)
class FindingChange:
    """A finding of both runs whose severity, subject, due instant or state of review differs."""

    before: FindingRecord
    after: FindingRecord


@dataclass(frozen=True)
class Balance:
    """How many proposals of one kind one subject gets and what they come to, after cuts; ``amount`` is in cents."""

    subject: str
    kind: str
    number_before: int
    number_after: int
    points_before: int
    points_after: int
    amount_before: int
    amount_after: int


@dataclass(frozen=True)
class Comparison:
    """What is different. ``fixed`` are findings that a rule judged by both runs finds no more: their obligations are
    kept now, or their rows are not in the data; ``not_judged`` those whose rule the later run did not judge.
    """

    new: tuple[FindingRecord, ...]
    fixed: tuple[FindingRecord, ...]
    not_judged: tuple[FindingRecord, ...]
    open: tuple[FindingRecord, ...]
    changed: tuple[FindingChange, ...]
    rules: tuple[RuleChange, ...]
    consequences: tuple[ConsequenceChange, ...]
    balances: tuple[Balance, ...]


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """The difference between two runs, each part in the order of its own run."""
    earlier = {one.key for one in before.findings}
    later = {one.key for one in after.findings}
    judged = {one.rule for one in after.rules if one.status in JUDGED}
    missing = [one for one in before.findings if one.key not in later]
    return Comparison(
        new=tuple(one for one in after.findings if one.key not in earlier),
        fixed=tuple(one for one in missing if one.rule in judged),
        not_judged=tuple(one for one in missing if one.rule not in judged),
        open=tuple(one for one in after.findings if one.key in earlier),
        changed=tuple(_changed(before.findings, after.findings)),
        rules=tuple(_rules(before.rules, after.rules)),
        consequences=tuple(_consequences(before.consequences, after.consequences)),
        balances=tuple(_balances(before.consequences, after.consequences)),
    )


def _changed(before: Iterable[FindingRecord], after: Iterable[FindingRecord]) -> Iterable[FindingChange]:
    earlier = {one.key: one for one in before}
    for one in after:
        known = earlier.get(one.key)
        if known is not None and _judged(known) != _judged(one):
            yield FindingChange(known, one)


def _judged(one: FindingRecord) -> tuple[object, ...]:
    return one.severity, one.subject, one.due_at, one.state


def _rules(before: Iterable[RuleRecord], after: Iterable[RuleRecord]) -> Iterable[RuleChange]:
    earlier, later = {one.rule: one for one in before}, {one.rule: one for one in after}
    for rule in dict.fromkeys([*later, *earlier]):
        if earlier.get(rule) != later.get(rule):
            yield RuleChange(rule, earlier.get(rule), later.get(rule))


def _consequences(
    before: Iterable[ConsequenceRecord], after: Iterable[ConsequenceRecord]
) -> Iterable[ConsequenceChange]:
    earlier, later = {one.key: one for one in before}, {one.key: one for one in after}
    for key in dict.fromkeys([*later, *earlier]):
        if _terms(earlier, key) != _terms(later, key):
            yield ConsequenceChange(earlier.get(key), later.get(key))


def _terms(consequences: Mapping[str, ConsequenceRecord], key: str) -> tuple[object, ...] | None:
    """What a consequence costs or gives, and whether it is proposed."""
    one = consequences.get(key)
    return None if one is None else (one.measure, one.points, one.amount, one.state)


def _balances(before: Iterable[ConsequenceRecord], after: Iterable[ConsequenceRecord]) -> Iterable[Balance]:
    """By subject and kind, where the sums differ."""
    earlier, later = _sums(before), _sums(after)
    for subject, kind in sorted(earlier.keys() | later.keys()):
        was, now = earlier.get((subject, kind), (0, 0, 0)), later.get((subject, kind), (0, 0, 0))
        if was != now:
            yield Balance(subject, kind, was[0], now[0], was[1], now[1], was[2], now[2])


def _sums(consequences: Iterable[ConsequenceRecord]) -> dict[tuple[str, str], tuple[int, int, int]]:
    sums: dict[tuple[str, str], tuple[int, int, int]] = {}
    for one in consequences:
        if one.state == "proposed":
            number, points, amount = sums.get((one.subject, one.kind), (0, 0, 0))
            points += one.points - int(one.details.get("points_cut") or 0)
            amount += one.amount - int(one.details.get("amount_cut_cents") or 0)
            sums[one.subject, one.kind] = number + 1, points, amount
    return sums
