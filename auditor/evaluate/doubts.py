"""Doubts: rows whose times contradict each other or the instant of judgement. They are Problems, not findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.evaluate.plan import Group, Member, Plan
from auditor.intake import Dataset
from auditor.intake.dataset import event_fields
from auditor.kinds.deadline import Deadline
from auditor.kinds.lookup import not_before
from auditor.kinds.row import Row
from auditor.location import Location
from auditor.problem import Problem


@dataclass(frozen=True)
class _Doubt:
    """Rows of ``record`` for which ``test`` (SQL over ``r``) is true; ``column`` is where a person should look."""

    record: str
    column: str
    test: str
    code: str
    what: str
    remedy: str


def find_doubts(plan: Plan, data: Dataset) -> list[Problem]:
    """A Problem for each column with events after as_of, and for each deadline with targets before their start.

    Alike rows are folded into one Problem with their count, at the first of them. One query a record for the first,
    one a group of rules for the second.
    """
    problems = []
    for name, table in data.tables.items():
        if table.record.derive:
            continue  # its rows are told of where they come from
        doubts = [_future(plan, name, column) for column in event_fields(table)]
        problems += _found(data, doubts, f"{plan.world.sql_name(name)} AS r")
    for group in plan.groups:
        early = [_early(plan, member) for member in group.members if _own_columns(member)]
        problems += _found(data, list(dict.fromkeys(early)), _relation(group, early))
    return problems


def _future(plan: Plan, record: str, column: str) -> _Doubt:
    return _Doubt(
        record, column, f'r."{column}" > {plan.world.as_of}', "future-event",
        f"'{column}' lies after the as-of time, so nobody is judged by it yet.",
        "Correct the date, or judge as of a later time.",
    )  # fmt: skip


def _own_columns(member: Member) -> bool:
    rule = member.entry.rule
    return isinstance(rule, Deadline) and "." not in rule.from_ and "." not in rule.to


def _early(plan: Plan, member: Member) -> _Doubt:
    rule = member.entry.rule
    assert isinstance(rule, Deadline)
    calendar = plan.world.calendars[rule.calendar or plan.world.calendar]
    row = Row(plan.world.table(rule.record), "r", calendar)
    start, target = row.value(None, rule.from_), row.value(None, rule.to)
    assert start is not None
    assert target is not None
    owed = f" AND {member.judgement.scope}" if member.judgement.scope else ""
    return _Doubt(
        rule.record, rule.to, f"(NOT {not_before(target, start, row)}{owed})", "target-before-start",
        f"'{rule.to}' lies before '{rule.from_}', so it does not count.",
        "Correct one of the two times.",
    )  # fmt: skip


def _relation(group: Group, doubts: Iterable[_Doubt]) -> str:
    """The rows of a group; without the joins where no test needs them."""
    needed = any(join.alias in doubt.test for join in group.joins for doubt in doubts)
    return group.relation() if needed else f"{group.source} AS r"


def _found(data: Dataset, doubts: Sequence[_Doubt], relation: str) -> list[Problem]:
    if not doubts:
        return []
    counts = ", ".join(f"count_if({doubt.test}), min(CASE WHEN {doubt.test} THEN r._row END)" for doubt in doubts)
    [numbers] = data.connection.execute(f"SELECT {counts} FROM {relation}").fetchall()
    rows = zip(doubts, numbers[::2], numbers[1::2], strict=True)
    return [
        Problem(_place(data, doubt, row), doubt.code, doubt.what, doubt.remedy, count=count)
        for doubt, count, row in rows
        if count
    ]


def _place(data: Dataset, doubt: _Doubt, row: int) -> Location:
    table = f'"{data.schema}"."{doubt.record}"'
    [(source, line)] = data.connection.execute(f"SELECT _source, _line FROM {table} WHERE _row = ?", [row]).fetchall()
    read = data.sources[source]
    headers = {match.field: match.header for match in read.columns}
    return Location(read.file, sheet=read.sheet, row=line, column=headers.get(doubt.column, doubt.column))
