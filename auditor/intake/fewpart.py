"""From few rows to a Part: each cell is read in Python at once, which costs less than to plan a query for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import duckdb

from auditor.fold import simplify
from auditor.intake.columns import SQL_TYPES
from auditor.intake.dataset import ColumnMatch, Source
from auditor.intake.digest import Digest
from auditor.intake.header import Candidate
from auditor.intake.mend import Odd, order_of, tell
from auditor.intake.part import Expression, Part, reader_for
from auditor.intake.sheet import Sheet, Understood
from auditor.intake.sql import name
from auditor.intake.values import CellReader, Reading, State
from auditor.intake.values.reading import BLANK
from auditor.problem import Problem
from auditor.records import FieldType

_FIRST_ROWS = 3


@dataclass(frozen=True)
class _Column:
    """A column as it was read, cell by cell."""

    match: ColumnMatch
    type: FieldType
    readings: Sequence[Reading]

    def stored(self) -> list[tuple[str, str, list[object]]]:
        """Name, SQL type and cells of what DuckDB keeps of it."""
        field = self.match.field
        kept: list[tuple[str, str, list[object]]] = [
            (field, SQL_TYPES[self.type], [one.value for one in self.readings])
        ]
        if self.type is FieldType.TIME:
            kept.append((f"{field}__dateonly", "BOOLEAN", [one.dateonly for one in self.readings]))
        for state in (State.UNREADABLE, State.INAPPLICABLE):
            if self._has(state):
                kept.append((_mark(field, state), "BOOLEAN", [one.state is state for one in self.readings]))
        return kept

    def expression(self) -> Expression:
        """How the table of the record takes it from there."""
        field = self.match.field
        bad, inapplicable = (
            f"r.{name(_mark(field, state))}" if self._has(state) else None
            for state in (State.UNREADABLE, State.INAPPLICABLE)
        )
        dateonly = f"r.{name(f'{field}__dateonly')}" if self.type is FieldType.TIME else "FALSE"
        return Expression(f"r.{name(field)}", dateonly, bad, inapplicable)

    def _has(self, state: State) -> bool:
        return any(one.state is state for one in self.readings)


def few_part(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    told: Understood,
    chosen: Candidate,
    zone: str,
    digest: Digest,
    index: int,
) -> tuple[Part, list[Problem]]:
    """Read the records that are ``told`` of ``sheet``; ``index`` is the number its source will have."""
    traditional = any(simplify(match.header) != match.header for match in chosen.columns)
    columns: list[_Column] = []
    problems: list[Problem] = []
    for match in chosen.columns:
        reader = reader_for(chosen, match.field, zone)
        column, wrong = _read(sheet, told, match, replace(reader, traditional=traditional))
        columns.append(column)
        problems += wrong
    table = f"_few_{index}"
    _store(connection, table, told.lines, columns)
    fields = {column.match.field: column.expression() for column in columns}
    source = _source(sheet, told, chosen, digest, fields.keys())
    return Part(chosen.record, source, name(table), fields, scratch=(table,)), problems


def _read(sheet: Sheet, told: Understood, match: ColumnMatch, reader: CellReader) -> tuple[_Column, list[Problem]]:
    """A column with a Problem for each text that cannot be read."""
    texts = told.cells[match.position]
    if reader.type is FieldType.TIME and reader.order is None:
        reader = replace(reader, order=order_of(text for text in texts if text))
    lines = defaultdict[str, list[int]](list)
    for line, text in zip(told.lines, texts, strict=True):
        if text:
            lines[text].append(line)
    known = {text: reader.read(text) for text in lines}
    wrong = [
        (Odd(text, len(found), tuple(found[:_FIRST_ROWS])), known[text])
        for text, found in lines.items()
        if known[text].state is State.UNREADABLE
    ]
    readings = [known[text] if text else BLANK for text in texts]
    return _Column(match, reader.type, readings), tell(sheet, match.header, wrong)


def _store(connection: duckdb.DuckDBPyConnection, table: str, lines: Sequence[int], columns: Sequence[_Column]) -> None:
    kept = [("_line", "BIGINT", list[object](lines)), *(one for column in columns for one in column.stored())]
    items = ", ".join(f"unnest(?::{kind}[]) AS {name(title)}" for title, kind, _ in kept)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(table)} AS SELECT {items}", [cells for *_, cells in kept])


def _source(sheet: Sheet, told: Understood, chosen: Candidate, digest: Digest, read: Collection[str]) -> Source:
    return Source(
        file=sheet.file,
        sheet=sheet.title,
        record=chosen.record.name,
        digest=digest,
        header_row=chosen.header.line,
        columns=chosen.columns,
        extras=chosen.extras,
        missing=tuple(field for field in chosen.record.fields if field not in read),
        rows_read=len(told.lines) + sum(told.aside.values()),
        rows_kept=len(told.lines),
        set_aside=dict(sorted(told.aside.items())),
    )


def _mark(field: str, state: State) -> str:
    return f"{field}__{state.name.lower()}"
