"""A small world for tests: cell text, rules as they are written, and a whole run over them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from auditor.calendar import Calendars, read_calendars
from auditor.evaluate import make_plan
from auditor.evaluate.doubts import find_doubts
from auditor.evaluate.evaluation import evaluate
from auditor.evaluate.finding import Finding, fetch_findings
from auditor.evaluate.plan import Plan
from auditor.evaluate.verdicts import obligations
from auditor.intake import Dataset, from_rows
from auditor.kinds import KINDS, World, outcome_of
from auditor.problem import Problem
from auditor.records import RecordType
from auditor.rulebook import Entry
from auditor.yamlfile import YamlFile

CALENDARS = Path(__file__).parent / "calendars.yaml"
COMMON = {
    "id": "T-01",
    "regulation": "test",
    "title": {"zh": "规则", "en": "Rule"},
    "covers": ["T-1"],
    "severity": "major",
    "subject": {"role": "客服部"},
}
_FIELDS = {
    "ticket": {
        "ticket_id": "id", "priority": "text", "agent": "person", "opened_at": "time", "answered_at": "time",
        "resolved_at": "time", "reopened_at": "time", "closed_at": "time", "held_at": "time", "resumed_at": "time",
        "urgent": "yesno", "amount": "number",
    },
    "cycle": {"cycle_id": "id", "ticket_id": "id", "opened_at": "time", "closed_at": "time"},
    "note": {"note_id": "id", "ticket_id": "id", "written_at": "time", "author": "text", "useful": "yesno"},
    "hold": {"ticket_id": "id", "held_at": "time", "resumed_at": "time"},
    "site": {"site_id": "id", "opened_on": "time", "closed_on": "time"},
    "visit": {"visit_id": "id", "site_id": "id", "visited_at": "time"},
    "permit": {"permit_id": "id", "ticket_id": "id", "granted_at": "time"},
}  # fmt: skip
_TIMES = {"ticket": "opened_at", "cycle": "opened_at", "note": "written_at", "hold": "held_at", "site": "opened_on",
          "visit": "visited_at", "permit": "granted_at"}  # fmt: skip
RECORDS = {
    name: RecordType.model_validate(
        {
            "name": name,
            "name_zh": name,
            "key": next(iter(fields)) if name != "hold" else None,
            "time": _TIMES[name],
            "fields": {field: {"type": kind} for field, kind in fields.items()},
        }
    )
    for name, fields in _FIELDS.items()
}
Tables = Mapping[str, Sequence[Mapping[str, object]]]


class Outcome(NamedTuple):
    """What a run gave: verdicts and outcome words by obligation key, findings by key, and the run itself."""

    verdicts: dict[str, str]
    reasons: dict[str, str]
    findings: dict[str, Finding]
    plan: Plan
    data: Dataset
    doubts: Sequence[Problem]


@functools.cache
def calendars() -> Calendars:
    """The calendars of tests/calendars.yaml."""
    found, problems = read_calendars(CALENDARS)
    assert not problems
    return found


@functools.cache
def connection() -> duckdb.DuckDBPyConnection:
    """One connection for all small worlds."""
    return duckdb.connect(config={"threads": 1})


def run(
    rule: Mapping[str, Any],
    tables: Tables,
    as_of: str,
    calendar: str = "cn",
    *,
    known: Calendars | None = None,
    covers_until: Mapping[str, str] | None = None,
) -> Outcome:
    """Judge one rule over tables of cell text, as of a local time of ``calendar``."""
    known = known or calendars()
    clock = known[calendar]
    columns = {name: tuple(record.fields) for name, record in RECORDS.items()}
    data, problems = from_rows(tables, RECORDS, clock.zone, connection=connection(), columns=columns)
    assert not any(problem.fatal for problem in problems), problems
    until = {name: clock.parse_local(text)[0] for name, text in (covers_until or {}).items()}
    world = World(RECORDS, data.tables, known, calendar, clock.parse_local(as_of)[0], data.schema, until)
    entries = [entry({**rule, "calendar": rule.get("calendar", calendar)})]
    plan = make_plan(entries, world)
    assert not plan.unjudged, plan.unjudged
    evaluation = evaluate(plan, entries, connection())
    assert not evaluation.incomplete, evaluation.results
    codes = {key: outcome_of(code) for group in plan.groups for _, key, code, _ in obligations(connection(), group)}
    verdicts = {key: code.verdict.value for key, code in codes.items()}
    findings = {finding.key: finding for finding in fetch_findings(evaluation)}
    failed = {key for key, verdict in verdicts.items() if verdict == "fail"}
    assert set(findings) == failed, "the findings are not the failures"
    reasons = {key: code.name.lower() for key, code in codes.items()}
    return Outcome(verdicts, reasons, findings, plan, data, find_doubts(evaluation, data, world))


def entry(rule: Mapping[str, Any]) -> Entry:
    """A rule as its file would give it."""
    data = {**COMMON, **rule}
    return Entry(KINDS[data["kind"]].model_validate(data), YamlFile("test.yaml", {"rules": [data]}, {}, {}), 0, {}, ())
