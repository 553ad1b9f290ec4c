"""Implausible cells: an end before its start, a figure beyond what its column can hold. Problems, not findings."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.intake import Dataset
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import Table

_LAST_SECOND = 86_399


def find_implausible(data: Dataset) -> list[Problem]:
    """A Problem for each column that breaks what its field declares (``after``, ``least``, ``most``).

    It stands at the first such row and counts them all; a derived record is told of at its source.
    """
    return [problem for table in data.tables.values() if not table.record.derive for problem in _of(data, table)]


def _of(data: Dataset, table: Table) -> Iterator[Problem]:
    found = list(_tests(table))
    if not found:
        return
    counts = ", ".join(f"count_if({test}), min(CASE WHEN {test} THEN _row END)" for _, test, _ in found)
    place = f'"{data.schema}"."{table.record.name}"'
    [numbers] = data.connection.execute(f"SELECT {counts} FROM {place}").fetchall()
    for (field, _, what), count, row in zip(found, numbers[::2], numbers[1::2], strict=True):
        if count:
            remedy = "Correct the cell; until then it was judged as written."
            yield Problem(_place(data, place, field, row), "value-implausible", what, remedy, count=count)


def _tests(table: Table) -> Iterator[tuple[str, str, str]]:
    """Field, SQL that is true of an implausible row, and what to say of it."""
    for field, declared in table.record.fields.items():
        if field not in table.columns:
            continue
        if declared.after is not None and declared.after in table.columns:
            end = f'"{field}" + CASE WHEN "{field}__dateonly" THEN {_LAST_SECOND} ELSE 0 END'
            yield field, f'{end} < "{declared.after}"', f"'{field}' lies before '{declared.after}'."
        if declared.least is not None:
            yield field, f'"{field}" < {declared.least!r}', f"'{field}' is less than {declared.least:g}."
        if declared.most is not None:
            yield field, f'"{field}" > {declared.most!r}', f"'{field}' is more than {declared.most:g}."


def _place(data: Dataset, table: str, field: str, row: int) -> Location:
    [(index, line)] = data.connection.execute(f"SELECT _source, _line FROM {table} WHERE _row = ?", [row]).fetchall()
    source = data.sources[index]
    header = next((match.header for match in source.columns if match.field == field), field)
    return Location(source.file, sheet=source.sheet, row=line, column=header)
