"""What the product says about cases: read, compiled and judged as in a run, all in one connection."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from auditor.calendar import Calendars, read_calendars
from auditor.evaluate import make_plan
from auditor.evaluate.verdicts import obligations
from auditor.intake import from_rows
from auditor.kinds import KINDS, World, outcome_of
from auditor.records import RecordType
from auditor.records.load import read_record_types
from auditor.rulebook import Entry
from auditor.yamlfile import YamlFile
from tests.properties.draws import Case

_HERE = Path(__file__).parent
_COMMON = {
    "id": "BENCH-01",
    "regulation": "bench",
    "title": {"zh": "试验", "en": "Trial"},
    "covers": ["BENCH-001"],
    "severity": "major",
    "subject": {"role": "客服部"},
}


@functools.cache
def records() -> dict[str, RecordType]:
    """The record types of the random worlds."""
    found, problems = read_record_types(_HERE / "records.yaml")
    assert not problems
    return found


@functools.cache
def calendars() -> Calendars:
    """The calendars of the random worlds."""
    found, problems = read_calendars(_HERE / "calendars.yaml")
    assert not problems
    return found


@functools.cache
def connection() -> duckdb.DuckDBPyConnection:
    """One connection for all cases, with the tables of the calendars; small queries need no second thread."""
    opened = duckdb.connect(config={"threads": 1})
    for calendar in calendars().values():
        calendar.register(opened)
    return opened


def product_verdicts(cases: Sequence[Case]) -> list[dict[str, str]]:
    """Obligation key -> verdict, for each case."""
    return [_verdicts(case) for case in cases]


def _verdicts(case: Case) -> dict[str, str]:
    calendar = calendars()[calendars().default]
    columns = {name: tuple(record.fields) for name, record in records().items()}
    data, problems = from_rows(case.tables, records(), calendar.zone, connection=connection(), columns=columns)
    assert not any(problem.fatal for problem in problems), problems
    as_of = calendar.parse_local(case.as_of)[0]
    world = World(records(), data.tables, calendars(), calendars().default, as_of, data.schema)
    plan = make_plan([_entry(case.rule)], world)
    assert not plan.unjudged, plan.unjudged
    return {
        key: outcome_of(code).verdict.value
        for group in plan.groups
        for _, key, code, _ in obligations(connection(), group)
    }


def _entry(rule: Mapping[str, Any]) -> Entry:
    data = {**_COMMON, **rule}
    model = KINDS[data["kind"]].model_validate(data)
    return Entry(model, YamlFile("bench.yaml", {"rules": [data]}, {}, {}), 0, {}, ())
