"""Adjudication: what follows from a million findings, grouped first, beside posting each to the rules engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from auditor import read_rules
from auditor.adjudicate import Given, Limits, Policy, Tally, adjudicate, read_policy
from auditor.adjudicate.gather import Basis, gather
from auditor.evaluate import Evaluation, RuleResult, make_plan
from auditor.evaluate.evaluation import FINDINGS
from auditor.evaluate.findings import create_findings
from auditor.intake import Dataset
from auditor.intake.engine import open_engine
from auditor.kinds import Verdict
from auditor.rulebook import Rulebook

PEOPLE, RULES, EACH = 2_000, 200, 10
"""A person's post makes ten of the two hundred rules theirs; the findings fall into one month."""

SAMPLE = 20_000
"""How many findings are posted one by one; the time for all is reckoned from theirs in proportion."""

PATIENT = Limits(seconds=600, memory_bytes=8 << 30)


@dataclass(frozen=True)
class Adjudication:
    """A rulebook and a policy over ``findings`` made-up findings."""

    book: Rulebook
    policy: Policy
    findings: int

    @classmethod
    def prepare(cls, rules: Path, policy: Path, findings: int) -> Adjudication:
        """Read the rules and the policy; raises AssertionError when the policy cannot be read."""
        read, problems = read_policy(policy)
        assert read is not None, problems
        return cls(read_rules(rules), read, findings)

    def basis(self) -> Basis:
        """The findings in a table, as an evaluation leaves them."""
        connection = open_engine()
        connection.execute("SET memory_limit = '300 MiB'")
        plan = make_plan(self.book.entries, self.book.declared())
        members = {member.number: member for group in plan.groups for member in group.members}
        counts = {Verdict.PASS: 99, Verdict.FAIL: 1}
        results = tuple(
            RuleResult(entry, "judged", counts, judgement=members[number].judgement)
            for number, entry in enumerate(self.book.entries)
        )
        create_findings(connection, FINDINGS)
        connection.execute(f"INSERT INTO {FINDINGS} BY NAME {_findings(self.findings)}")
        data = Dataset(connection, {}, ())
        return Basis(self.policy, replace(plan, groups=()), Evaluation(connection, results, {}), data)

    def grouped(self, basis: Basis) -> int:
        """Gather and adjudicate, as a run does; returns the number of consequences."""
        given, _ = gather(basis)
        return len(adjudicate(self.policy, given, PATIENT)[0])

    def one_by_one(self, basis: Basis) -> int:
        """Every finding a fact of its own, through the same engine; returns the number of consequences."""
        rows = basis.connection.execute(
            f"SELECT fingerprint, subject, CAST(rule AS VARCHAR), severity FROM {FINDINGS} LIMIT {SAMPLE}"
        ).fetchall()
        given: list[Given] = [
            Tally(key, who, rule, "bench", severity, 1, "2025-03", fingerprints=(key,))
            for key, who, rule, severity in rows
        ]
        return len(adjudicate(self.policy, given, PATIENT)[0])


def _findings(count: int) -> str:
    """SQL of the findings: one event in ten has two of them; most are minor."""
    person, pick = f"hash(event) % {PEOPLE}", f"hash(i, 1) % {EACH}"
    severity = "CASE WHEN rule % 50 = 0 THEN 'critical' WHEN rule % 5 = 0 THEN 'major' ELSE 'minor' END"
    first = 1_735_689_600  # 2025-01-01
    made = f"SELECT i, CASE WHEN i % 10 = 9 THEN i - 1 ELSE i END AS event FROM range({count}) AS numbers(i)"
    rows = (
        f"SELECT i, event, {person} AS person, CAST((({person}) * 7 + {pick}) % {RULES} AS INTEGER) AS rule"
        f" FROM ({made})"
    )
    return (
        f"SELECT rule, 'R' || event AS key, event AS row, '员工' || person AS subject, 'person' AS subject_kind,"
        f" left(md5(CAST(i AS VARCHAR)), 16) AS fingerprint, {severity} AS severity, FALSE AS provisional,"
        f" CAST({first} + hash(event, 2) % (30 * 86400) AS BIGINT) AS occurred_at, [] AS seen, [] AS rows"
        f" FROM ({rows})"
    )
