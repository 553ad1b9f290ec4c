"""Judges one rule over small tables, as the planner would: tables by hand, one query, outcomes by key."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from auditor.calendar import Calendar, Calendars, read_calendars
from auditor.kinds.judgement import Judgement
from auditor.kinds.outcome import Outcome, outcome_of
from auditor.kinds.rule import Rule
from auditor.kinds.scope import Scope
from auditor.kinds.world import World
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import FieldType, RecordType, Table

CALENDARS = Path(__file__).parents[1] / "calendars.yaml"
COMMON = {
    "id": "T-01", "regulation": "test", "title": {"zh": "规则", "en": "Rule"}, "covers": ["T-1"], "severity": "major",
    "subject": {"role": "客服部"},
}  # fmt: skip
STORED = {
    FieldType.TIME: "BIGINT", FieldType.NUMBER: "DOUBLE", FieldType.INTEGER: "BIGINT", FieldType.YESNO: "BOOLEAN",
    FieldType.CLOCK: "INTEGER",
}  # fmt: skip

BAD, NA = object(), object()
"""A cell that could not be read, and one that says "not applicable"."""

Rows = list[dict[str, Any]]


@functools.cache
def calendars() -> Calendars:
    """The calendars of tests/calendars.yaml."""
    found, problems = read_calendars(CALENDARS)
    assert not problems
    return found


@functools.cache
def connection() -> duckdb.DuckDBPyConnection:
    """One connection with the tables of every calendar."""
    opened = duckdb.connect()
    for calendar in calendars().values():
        calendar.register(opened)
    return opened


def record(name: str, *, key: str | None, time: str | None, **types: str) -> RecordType:
    """A record type with these fields and their types (``"text"``, ``"time"``, ...)."""
    fields = {column: {"type": kind} for column, kind in types.items()}
    return RecordType.model_validate({"name": name, "name_zh": name, "key": key, "time": time, "fields": fields})


class Case:
    """A rule, its tables and the instant of judgement (local time of ``calendar``)."""

    def __init__(
        self,
        kind: type[Rule],
        rule: Mapping[str, Any],
        records: Iterable[RecordType],
        tables: Mapping[str, Rows],
        as_of: str,
        calendar: str = "cn",
        lacking: Mapping[str, set[str]] = {},
    ) -> None:
        """``lacking`` names columns that the data of a record does not have."""
        self.calendar: Calendar = calendars()[calendar]
        types = {one.name: one for one in records}
        made = {name: self._store(types[name], rows, lacking.get(name, set())) for name, rows in tables.items()}
        self.world = World(types, made, calendars(), calendar, self.second(as_of))
        self.rule = kind.model_validate({**COMMON, **rule})
        self.scope = Scope(self.rule, self.rule.judged_record(), self.world, _place)

    def second(self, text: str) -> int:
        """UTC seconds of local wall time."""
        return self.calendar.parse_local(text)[0]

    def judgement(self) -> Judgement:
        """The rule compiled, without mistakes."""
        judged = self.rule.judge(self.scope)
        self.scope.checked()
        assert not self.scope.problems, [str(problem) for problem in self.scope.problems]
        return judged

    def mistakes(self) -> list[Problem]:
        """What is wrong with the rule."""
        self.rule.judge(self.scope)
        return self.scope.problems

    def outcomes(self) -> dict[str, Outcome]:
        """The outcome of every obligation; also checks that scope, keys, rows and details fit together."""
        judged = self.judgement()
        scope = f"coalesce({judged.scope}, TRUE)" if judged.scope else "TRUE"
        rows = self._query(judged, [judged.key, judged.outcome, scope], "TRUE")
        for key, code, owed in rows:
            assert bool(code) == owed, f"{key}: outcome {code} where scope is {owed}"
        owing = [(key, code) for key, code, _ in rows if code]
        assert len({key for key, _ in owing}) == len(owing), f"keys are not unique: {owing}"
        self.details()
        return {key: outcome_of(code) for key, code in owing}

    def verdicts(self) -> dict[str, str]:
        """The verdict of every obligation, as an example of a rule writes it."""
        return {key: outcome.verdict.value for key, outcome in self.outcomes().items()}

    def details(self) -> dict[str, dict[str, Any]]:
        """Everything a finding would say about each obligation, by its key; times as local text."""
        judged = self.judgement()
        named = {
            "subject": judged.subject, "owed": judged.owed, "occurred_at": judged.occurred_at, "due_at": judged.due_at,
            "breach_after": judged.breach_after, "observed_at": judged.observed_at, "late_by": judged.late_by,
            "provisional": judged.provisional, "department": judged.department, "severity": judged.severity or "NULL",
            "clause": judged.clause or "NULL", "item": judged.item or "NULL", **judged.seen,
            **{f"evidence {index} {one.record}": one.row for index, one in enumerate(judged.evidence)},
        }  # fmt: skip
        rows = self._query(judged, [judged.key, *named.values()], f"{judged.outcome} <> 0", details=True)
        times = {"occurred_at", "due_at", "breach_after", "observed_at"} | judged.times
        return {
            key: {name: self._shown(name in times, value) for name, value in zip(named, values, strict=True)}
            for key, *values in rows
        }

    def _query(
        self, judged: Judgement, columns: list[str], where: str, *, details: bool = False
    ) -> list[tuple[Any, ...]]:
        joins = list(dict.fromkeys((*judged.joins, *(judged.details if details else ()))))
        assert len({join.alias for join in joins}) == len(joins), "two joins share an alias"
        relation = " ".join([f"{judged.source} AS r", *(join.sql for join in joins)])
        sql = f"SELECT {', '.join(columns)} FROM {relation} WHERE {where} ORDER BY r._row"
        rows = connection().execute(sql).fetchall()
        owed = connection().execute(f"SELECT count(*) FROM {judged.source} AS r").fetchone()
        assert details or owed == (len(rows),), "a join multiplies rows"
        return rows

    def _shown(self, time: bool, value: Any) -> Any:
        return self.calendar.local_text(value) if time and value is not None else value

    def _store(self, kind: RecordType, rows: Rows, lacking: set[str]) -> Table:
        unknown = {column for row in rows for column in row} - set(kind.fields)
        assert not unknown, f"{kind.name} has no {unknown}"
        columns = [column for column in kind.fields if column not in lacking]
        declared = ", ".join(_declared(column, kind.fields[column].type) for column in columns)
        name = f'main."{kind.name}"'
        own = "_row BIGINT, _source INTEGER, _line BIGINT, _bad VARCHAR, _na VARCHAR"
        connection().execute(f"CREATE OR REPLACE TABLE {name} ({own}, {declared})")
        for number, row in enumerate(rows):
            values = [number, 0, number + 2, _flags(row, BAD), _flags(row, NA)]
            for column in columns:
                values += self._cell(kind.fields[column].type, row.get(column))
            connection().execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", values)
        times = [column for column in columns if kind.fields[column].type is FieldType.TIME]
        bare = frozenset(column for column in times if any(_bare(row.get(column)) for row in rows))
        return Table(kind, frozenset(columns), len(rows), _flagged(rows, BAD), _flagged(rows, NA), bare)

    def _cell(self, kind: FieldType, value: Any) -> list[Any]:
        value = None if value is BAD or value is NA else value
        if kind is not FieldType.TIME:
            return [value]
        return [None, None] if value is None else [self.second(value), _bare(value)]


def _place(path: tuple[str | int, ...]) -> Location:
    return Location(".".join(map(str, path)))


def _declared(column: str, kind: FieldType) -> str:
    stored = f'"{column}" {STORED.get(kind, "VARCHAR")}'
    return f'{stored}, "{column}__dateonly" BOOLEAN' if kind is FieldType.TIME else stored


def _bare(value: Any) -> bool:
    return isinstance(value, str) and len(value) == len("2025-03-05")


def _flags(row: dict[str, Any], mark: object) -> str | None:
    names = [column for column, value in row.items() if value is mark]
    return f"|{'|'.join(names)}|" if names else None


def _flagged(rows: Rows, mark: object) -> frozenset[str]:
    return frozenset(column for row in rows for column, value in row.items() if value is mark)
