"""Doubts: rows whose times contradict each other or the instant of judgement. They are Problems, not findings."""

from __future__ import annotations

from auditor.evaluate.early import Early
from auditor.evaluate.evaluation import Evaluation
from auditor.intake import Dataset
from auditor.intake.dataset import event_fields
from auditor.kinds import World
from auditor.location import Location
from auditor.problem import Problem


def find_doubts(evaluation: Evaluation, data: Dataset, world: World) -> list[Problem]:
    """A Problem for each column with events after as_of, and for each deadline with targets before their start.

    Alike rows are folded into one Problem with their count, at the first of them.
    """
    problems = [problem for name in data.tables for problem in _future(data, world, name)]
    return [*problems, *(_early(data, early) for early in dict.fromkeys(evaluation.early))]


def _future(data: Dataset, world: World, record: str) -> list[Problem]:
    """Events after as_of, unless the sources say that there are none; a derived row is told of at its source."""
    table, span = data.tables[record], data.span(record)
    if table.record.derive or span is None or span[1] <= world.as_of:
        return []
    columns = event_fields(table)
    tests = [f'"{column}" > {world.as_of}' for column in columns]
    counts = ", ".join(f"count_if({test}), min(CASE WHEN {test} THEN _row END)" for test in tests)
    [numbers] = data.connection.execute(f"SELECT {counts} FROM {world.sql_name(record)}").fetchall()
    remedy = "Correct the date, or judge as of a later time."
    return [
        Problem(
            _place(data, record, column, row), "future-event",
            f"'{column}' lies after the as-of time, so nobody is judged by it yet.", remedy, count=count,
        )
        for column, count, row in zip(columns, numbers[::2], numbers[1::2], strict=True) if count
    ]  # fmt: skip


def _early(data: Dataset, early: Early) -> Problem:
    what = f"'{early.target}' lies before '{early.start}', so it does not count."
    place = _place(data, early.record, early.target, early.row)
    return Problem(place, "target-before-start", what, "Correct one of the two times.", count=early.count)


def _place(data: Dataset, record: str, column: str, row: int) -> Location:
    table = f'"{data.schema}"."{record}"'
    [(source, line)] = data.connection.execute(f"SELECT _source, _line FROM {table} WHERE _row = ?", [row]).fetchall()
    read = data.sources[source]
    headers: dict[str, str] = {match.field: match.header for match in read.columns}
    return Location(read.file, sheet=read.sheet, row=line, column=headers.get(column, column))
