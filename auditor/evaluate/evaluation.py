"""Evaluation: what running a plan gave: counts, findings, and the rules that could not be judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from auditor.evaluate.early import Early, find_early
from auditor.evaluate.evidencehash import hash_evidence
from auditor.evaluate.findings import add_findings, create_findings, tell_apart
from auditor.evaluate.plan import Group, Member, Plan, Unjudged
from auditor.evaluate.verdicts import count_others, count_owed, judge_group
from auditor.evaluate.workplaces import name_workplaces
from auditor.kinds import Judgement, Verdict, World, outcome_of
from auditor.rulebook import Entry

FINDINGS = "findings"
HITS = "hits"


@dataclass(frozen=True)
class RuleResult:
    """The five counts of one rule. ``status`` is judged, no_cases, not_checked, not_configured, off or error.

    ``reason`` says why a rule that is not ``judged`` is not; ``reasons`` counts the outcomes behind
    not_applicable and unknown.
    """

    entry: Entry
    status: str
    counts: Mapping[Verdict, int] = field(default_factory=dict)
    reason: str = ""
    detail: str = ""
    reasons: Mapping[int, int] = field(default_factory=dict)
    judgement: Judgement | None = None

    @property
    def rate(self) -> float | None:
        """Pass / (pass + fail), or None when nothing was decided."""
        decided = self.counts.get(Verdict.PASS, 0) + self.counts.get(Verdict.FAIL, 0)
        return self.counts.get(Verdict.PASS, 0) / decided if decided else None


@dataclass(frozen=True)
class Evaluation:
    """Every rule's result in the rulebook's order, counts by rule and subject, and the findings table."""

    connection: duckdb.DuckDBPyConnection
    results: tuple[RuleResult, ...]
    by_subject: Mapping[tuple[int, str | None], Mapping[Verdict, int]]
    early: tuple[Early, ...] = ()

    @property
    def incomplete(self) -> bool:
        """Whether a rule raised an error, so that the run cannot be called complete."""
        return any(result.status == "error" for result in self.results)

    @property
    def judged(self) -> int:
        """How many obligations got a verdict."""
        return sum(sum(result.counts.values()) for result in self.results)


def evaluate(
    plan: Plan,
    entries: Sequence[Entry],
    connection: duckdb.DuckDBPyConnection,
    *,
    progress: Callable[[str, int, int], None] | None = None,
) -> Evaluation:
    """Run the plan on DuckDB; a rule whose query fails is reported as ``error`` and the others still run."""
    for name, calendar in plan.world.calendars.items():
        if any(f"calendar_{name}_" in group.relation(details=True) for group in plan.groups):
            calendar.register(connection)
    create_findings(connection, FINDINGS)
    tally = _Tally()
    groups = list(plan.groups)
    for step, group in enumerate(groups):
        if progress:
            progress("evaluate", step, len(groups))
        try:
            _run(connection, plan.world, group, tally)
        except duckdb.Error as error:
            if len(group.members) == 1:
                tally.errors[group.members[0].number] = str(error).splitlines()[0]
            else:
                groups += [Group(group.source, [member]) for member in group.members]
    tell_apart(connection, FINDINGS)
    hash_evidence(connection, FINDINGS, tally.members.values(), plan.world)
    name_workplaces(connection, FINDINGS, plan.world.tables, plan.world.schema)
    if progress:
        progress("evaluate", len(groups), len(groups))
    return Evaluation(connection, _results(plan, entries, tally), tally.by_subject, tuple(tally.early))


class _Tally:
    """Counts as they come in, by rule number."""

    def __init__(self) -> None:
        self.by_subject: dict[tuple[int, str | None], dict[Verdict, int]] = {}
        self.reasons: dict[int, dict[int, int]] = {}
        self.members: dict[int, Member] = {}
        self.errors: dict[int, str] = {}
        self.early: list[Early] = []

    def add(self, number: int, subject: str | None, verdict: Verdict, count: int) -> None:
        counts = self.by_subject.setdefault((number, subject), dict.fromkeys(Verdict, 0))
        counts[verdict] += count


def _run(connection: duckdb.DuckDBPyConnection, world: World, group: Group, tally: _Tally) -> None:
    judge_group(connection, group, HITS)
    owed = count_owed(connection, group)
    add_findings(connection, group, HITS, FINDINGS)
    rows = count_others(connection, group, HITS)
    tally.early += find_early(connection, world, group, HITS)
    connection.execute(f"DROP TABLE {HITS}")
    for place, outcome, subject, count in rows:
        number = group.members[place].number
        tally.add(number, subject, outcome_of(outcome).verdict, count)
        reasons = tally.reasons.setdefault(number, {})
        reasons[outcome] = reasons.get(outcome, 0) + count
        owed[place, subject] -= count
    for (place, subject), passed in owed.items():
        tally.add(group.members[place].number, subject, Verdict.PASS, passed)
    tally.members.update({member.number: member for member in group.members})


def _results(plan: Plan, entries: Sequence[Entry], tally: _Tally) -> tuple[RuleResult, ...]:
    left_out = {unjudged.number: unjudged for unjudged in plan.unjudged}
    totals: dict[int, dict[Verdict, int]] = {}
    for (number, _), counts in tally.by_subject.items():
        total = totals.setdefault(number, dict.fromkeys(Verdict, 0))
        for verdict, count in counts.items():
            total[verdict] += count
    return tuple(_result(number, entry, left_out, totals, tally) for number, entry in enumerate(entries))


def _result(
    number: int,
    entry: Entry,
    left_out: Mapping[int, Unjudged],
    totals: Mapping[int, Mapping[Verdict, int]],
    tally: _Tally,
) -> RuleResult:
    if number in left_out:
        unjudged = left_out[number]
        return RuleResult(entry, unjudged.status, reason=unjudged.reason, detail=unjudged.detail)
    if number in tally.errors:
        return RuleResult(entry, "error", reason="error", detail=tally.errors[number])
    counts = totals.get(number, dict.fromkeys(Verdict, 0))
    status = "judged" if sum(counts.values()) else "no_cases"
    judgement = tally.members[number].judgement
    return RuleResult(
        entry, status, counts, "" if sum(counts.values()) else "no-cases", "", tally.reasons.get(number, {}), judgement
    )
