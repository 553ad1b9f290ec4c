"""Derived records: their conditions, checked when rules are loaded and compiled when data is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from auditor.calendar import Calendar
from auditor.condition import compile_condition
from auditor.kinds.row import Row
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import RecordType, Table
from auditor.yamlfile import read_yaml


def compile_where(text: str, source: RecordType, calendar: Calendar) -> str:
    """SQL of a derived column's condition over the table of ``source``; the condition is known to be sound."""
    compiled, problems = compile_condition(text, _row(source, calendar), Location(source.name))
    assert compiled is not None, problems
    return compiled.sql


def check_derived(path: Path, records: Mapping[str, RecordType], calendar: Calendar) -> list[Problem]:
    """What is wrong with the conditions of derived columns in the record file at ``path``."""
    file, _ = read_yaml(path)
    problems: list[Problem] = []
    for record in records.values():
        source = records.get(record.derive.record) if record.derive else None
        if file is None or record.derive is None or source is None:
            continue
        for name, column in record.derive.columns.items():
            if column.where:
                where = file.at((record.name, "derive", "columns", name, "where"))
                problems += compile_condition(column.where, _row(source, calendar), where)[1]
    return problems


def _row(source: RecordType, calendar: Calendar) -> Row:
    return Row(Table(source, frozenset(source.fields), 0), f'"{source.name}"', calendar)
