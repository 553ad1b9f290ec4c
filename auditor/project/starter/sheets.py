"""Example sheets: for each record of a regulation a few rows that show one of its rules at work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.kinds.rule import Rule
from auditor.records import FieldType, RecordType
from auditor.rulebook import Entry, Rulebook

_PEOPLE = ("张敏", "李强", "王芳", "陈静")
_DAY = "2025-03-03 09:00"
_MOST_OF_A_VERDICT = 3

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ExampleSheet:
    """A sheet of a ``record``: its title, the fields of its columns, and its rows by field."""

    record: RecordType
    rule: Rule
    fields: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """What the sheet and its file are called."""
        return (*self.record.sheets, self.record.name_zh)[0].replace("/", "")

    def header(self, field: str) -> str:
        """The header of a column, as a log would have it."""
        return (*self.record.fields[field].aliases, field)[0]


def example_sheets(book: Rulebook, regulation: str) -> list[ExampleSheet]:
    """One sheet for each record that a rule can be shown on by whole rows: some keep the rule, some break it."""
    shown: dict[str, tuple[Entry, list[Row]]] = {}
    for entry in book.entries:
        rule = entry.rule
        if rule.regulation != regulation or not rule.enabled or entry.unconfigured:
            continue
        record, rows = rule.judged_record(), _rows(entry)
        if (
            record in book.records
            and rows
            and (record not in shown or _telling(entry, rows) > _telling(*shown[record]))
        ):
            shown[record] = entry, rows
    return [_sheet(book.records[record], entry, rows) for record, (entry, rows) in shown.items()]


def _telling(entry: Entry, rows: Sequence[Row]) -> tuple[bool, int]:
    """How well the rule shows what rules do: best are deadlines, and many rows."""
    return entry.rule.kind == "deadline", len(rows)


def _rows(entry: Entry) -> list[Row]:
    """The rows of the rule's examples that keep or break it by themselves; nothing without one that breaks it."""
    found: dict[str, list[Row]] = {"pass": [], "fail": []}
    for example in entry.examples:
        tables = example.tables
        rows = tables.get(entry.rule.judged_record(), ())
        if example.as_of is None and len(tables) == len(rows) == 1 and example.expect in ("pass", "fail"):
            found[str(example.expect)].append(rows[0])
    if not all(found.values()):
        return []
    return [row for rows in found.values() for row in rows[:_MOST_OF_A_VERDICT]]


def _sheet(record: RecordType, entry: Entry, rows: Sequence[Row]) -> ExampleSheet:
    completed = [_completed(record, entry.rule, row, number) for number, row in enumerate(rows, start=1)]
    used = {field for row in completed for field in row}
    return ExampleSheet(record, entry.rule, tuple(field for field in record.fields if field in used), tuple(completed))


def _completed(record: RecordType, rule: Rule, row: Row, number: int) -> Row:
    """The row with a number, a time and somebody to answer for it."""
    times = [str(row[name]) for name in row if name in record.fields and record.fields[name].type is FieldType.TIME]
    added: dict[str, Any] = {name: _PEOPLE[number % len(_PEOPLE)] for name in _people(record, rule)}
    if record.time:
        added[record.time] = min(times, default=_DAY)
    key = {record.key: f"{number:03}"} if record.key else {}
    return {**added, **row, **key}


def _people(record: RecordType, rule: Rule) -> Iterator[str]:
    """The columns of the record in which those stand who answer for the rule."""
    named = (
        (rule.subject,) if isinstance(rule.subject, str) else rule.subject if isinstance(rule.subject, tuple) else ()
    )
    for name in named[:1]:
        if name in record.fields and record.fields[name].type is FieldType.PERSON:
            yield name
