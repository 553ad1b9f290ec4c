"""Checks of ``merits``: that the records, columns and conditions they name exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.adjudicate.source import MeritSource
from auditor.condition import compile_condition
from auditor.kinds import World
from auditor.kinds.row import Row
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.records import FieldType
from auditor.yamlfile import Path_, YamlFile

_NAMES, _MONEY = (FieldType.PERSON, FieldType.TEXT), (FieldType.NUMBER, FieldType.INTEGER)


def source_mistakes(sources: Sequence[MeritSource], file: YamlFile, world: World) -> list[Problem]:
    """What is wrong with the ``merits`` of a policy file: records, columns and conditions that do not exist."""
    return [
        problem for index, source in enumerate(sources) for problem in _mistakes(source, ("merits", index), file, world)
    ]


def _mistakes(source: MeritSource, place: Path_, file: YamlFile, world: World) -> Iterator[Problem]:
    record = world.records.get(source.record)
    if record is None:
        what = f"There is no record type '{source.record}'."
        yield Problem(file.at((*place, "record")), "unknown-record", what, nearest(source.record, world.records), True)
        return
    row = Row(world.table(source.record), "r", world.calendars[world.calendar])
    for key, column, wanted in (
        ("subject", source.subject, _NAMES),
        ("amount", source.amount, _MONEY),
    ):
        if column is not None and not row.has(column):
            what = f"There is no column '{column}' in '{source.record}'."
            remedy = nearest(column, row.suggestions(None))
            yield Problem(file.at((*place, key)), "unknown-column", what, remedy, True)
        elif column is not None and row.table.type_of(column) not in wanted:
            what = f"The column '{column}' does not hold {wanted[0]}s."
            yield Problem(file.at((*place, key)), "column-type", what, f"Name one that holds {wanted[0]}s.", True)
    if source.where is not None:
        yield from compile_condition(source.where, row, file.at((*place, "where")))[1]
