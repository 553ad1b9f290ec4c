"""A planted world: rules over records of cell text, judged, and the facts that a policy is given of it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from auditor.adjudicate import Given, Policy
from auditor.adjudicate.gather import Basis, Past, gather
from auditor.evaluate import Evaluation, evaluate, make_plan
from auditor.evaluate.finding import Finding, fetch_findings
from auditor.evaluate.namesakes import excuse_namesakes
from auditor.evaluate.plan import Plan
from auditor.intake import Dataset, from_rows
from auditor.kinds import KINDS, World
from auditor.problem import Problem
from auditor.records import RecordType
from auditor.records.load import read_record_types
from auditor.rulebook import Entry
from auditor.yamlfile import YamlFile
from tests.small_world import COMMON, RECORDS, calendars

SHIPPED = Path(__file__).parents[2] / "rules" / "records.yaml"
Tables = Mapping[str, Sequence[Mapping[str, object]]]


@functools.cache
def records() -> dict[str, RecordType]:
    """The shipped record types, and the tickets and notes of small worlds."""
    found, problems = read_record_types(SHIPPED)
    assert problems == []
    return {**found, **RECORDS}


def rule(identity: str, record: str = "ticket", **changed: Any) -> dict[str, Any]:
    """A rule that every row breaks of which the condition ``must`` is false; its subject is the agent of a ticket."""
    return {
        **COMMON, "id": identity, "kind": "condition", "record": record, "subject": "agent", "must": "not urgent",
        **changed,
    }  # fmt: skip


def ticket(
    key: str, agent: str | None = "张敏", opened: str | None = "2025-03-05 10:00", **cells: object
) -> dict[str, object]:
    """A ticket that breaks the rules of ``rule`` as they are."""
    return {"ticket_id": key, "agent": agent, "opened_at": opened, "urgent": "是", **cells}


class Planted:
    """A judged world."""

    def __init__(
        self, rules: Sequence[Mapping[str, Any]], tables: Tables, as_of: str = "2025-06-30 18:00",
        namesakes: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """Judge ``rules`` over ``tables`` as of a local time."""
        known = calendars()
        clock = known["cn"]
        connection = duckdb.connect(config={"threads": 1})
        data, problems = from_rows(tables, records(), clock.zone, connection=connection)
        assert not any(problem.fatal for problem in problems), problems
        self.data: Dataset = replace(data, namesakes=frozenset(namesakes))
        world = World(records(), data.tables, known, "cn", clock.parse_local(as_of)[0], data.schema)
        entries = [
            Entry(KINDS[one["kind"]].model_validate(one), YamlFile("t.yaml", {"rules": [one]}, {}, {}), 0, {}, ())
            for one in rules
        ]
        self.plan: Plan = make_plan(entries, world)
        self.evaluation: Evaluation = evaluate(self.plan, entries, connection)
        assert not self.evaluation.incomplete, self.evaluation.results
        excuse_namesakes(self.evaluation, self.data)

    def findings(self) -> list[Finding]:
        """The findings, as people read them."""
        return fetch_findings(self.evaluation)

    def fingerprint(self, rule_id: str, key: str) -> str:
        """The fingerprint of the one finding of a rule on a key."""
        [found] = [one.fingerprint for one in self.findings() if (one.rule, one.key) == (rule_id, key)]
        return found

    def given(
        self, *reads: str | Mapping[str, Any], states: Mapping[str, str] | None = None, past: Sequence[Past] = (),
        **heading: Any,
    ) -> list[Given]:  # fmt: skip
        """The facts for a policy that looks at facts of these names (or at these antecedents)."""
        return self.gathered(*reads, states=states, past=past, **heading)[0]

    def gathered(
        self, *reads: str | Mapping[str, Any], states: Mapping[str, str] | None = None, past: Sequence[Past] = (),
        **heading: Any,
    ) -> tuple[list[Given], list[Problem]]:  # fmt: skip
        """The same with the Problems."""
        never = {"suspect": {"share": 100}, "min_sample": 1}
        policy = Policy.model_validate({**never, **heading, "policies": [_reader(one) for one in reads]})
        return gather(Basis(policy, self.plan, self.evaluation, self.data, states or {}), past)


def _reader(read: str | Mapping[str, Any]) -> dict[str, Any]:
    when = {"fact": read} if isinstance(read, str) else read
    conclude = {"consequence": {"kind": "penalty", "measure": "oral"}}
    return {"id": "p", "title": {"zh": "某", "en": "some"}, "from": "ours", "when": [when], "conclude": conclude}
