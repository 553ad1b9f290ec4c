"""Early times: columns of times that are read while the rows are loaded, so that a large log is gone through once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.intake.columns import TextColumn
from auditor.intake.header import Candidate
from auditor.intake.layout.filldown import to_be_filled
from auditor.intake.sheet import Body, Sheet
from auditor.intake.sql import name
from auditor.intake.times import Spelling, spellings_of
from auditor.records import FieldType


def early_columns(
    sheet: Sheet, chosen: Candidate, columns: Mapping[int, TextColumn], printed: Sequence[Mapping[int, str]]
) -> dict[int, TextColumn]:
    """The time columns, by position, that can be read at once, with the spellings that the first rows show.

    Not those whose text is needed beyond its time: to fill other cells, to date a time of another column, or to know
    the rows that pages repeat (``printed``).
    """
    if to_be_filled(sheet, chosen):
        return {}
    dating = {chosen.record.fields[column.field].relative_to for column in columns.values()}
    return {
        position: replace(column, spellings=spellings)
        for position, column in columns.items()
        if column.type is FieldType.TIME and not column.reader.words
        if column.field not in dating
        if (spellings := _spellings(sheet, chosen, position, column))
        if not any(spellings_of([row[position]], "dmy") for row in printed)
    }


def _spellings(sheet: Sheet, chosen: Candidate, position: int, column: TextColumn) -> tuple[Spelling, ...]:
    """The spellings of the first cells of a column; none when only some of them have a time of day."""
    rows = [row.cells for row in sheet.head if row.line > chosen.header.last]
    found = spellings_of([row[position] for row in rows if position < len(row)], column.reader.order)
    return found if len({spelling.dateonly for spelling in found}) == 1 else ()


def as_loaded(column: TextColumn, position: int, early: Mapping[int, TextColumn], body: Body) -> TextColumn:
    """``column`` as the rows of ``body`` hold it."""
    if position not in body.times:
        return column
    first = early[position].spellings
    return replace(column, spellings=first, seconds=f"r.{name(f't{position}')}", dates=first[0].dateonly)
