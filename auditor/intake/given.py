"""Small tables given by a program, written like cells: rule examples and tests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from auditor.intake.celltext import cell_text
from auditor.intake.columns import SQL_TYPES
from auditor.intake.dataset import Dataset, Source, event_fields
from auditor.intake.derive import CompileWhere, derive_tables, where_as_written
from auditor.intake.mend import order_of
from auditor.intake.relative import dated
from auditor.intake.sql import name
from auditor.intake.values import CellReader, Reading, State, reader_of
from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.records import FieldType, RecordType, Table

CASE = "_case"
GIVEN = "given"
Rows = Sequence[Mapping[str, object]]


def from_rows(
    tables: Mapping[str, Rows],
    records: Mapping[str, RecordType],
    zone: str,
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
    schema: str = "main",
    columns: Mapping[str, Collection[str]] | None = None,
    compile_where: CompileWhere = where_as_written,
) -> tuple[Dataset, list[Problem]]:
    """A Dataset of tables given as rows of cells (text, numbers, dates), read like those of a file.

    ``columns`` names fields, by record, that exist although no row writes them; a table without rows
    has all fields. When any row carries ``_case`` (an integer), every table has the column ``_case``
    and derived records are made case by case, so that many examples share one table.
    """
    connection = connection or duckdb.connect()
    if schema != "main":
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name(schema)}")
    cased = any(CASE in row for rows in tables.values() for row in rows)
    problems: list[Problem] = []
    made: dict[str, Table] = {}
    sources: list[Source] = []
    for record_name, rows in tables.items():
        record = records.get(record_name)
        if record is None:
            problems.append(_unknown(record_name, "", record_name, list(records)))
            continue
        given = _read(record, records, rows, zone, (columns or {}).get(record_name, ()), problems)
        _store(connection, schema, given, len(sources), cased)
        made[record_name] = given.table
        sources.append(given.source)
    derived, more = derive_tables(connection, schema, records, made, compile_where, (CASE,) if cased else ())
    return Dataset(connection, made | derived, tuple(sources), schema), problems + more


@dataclass
class _Given:
    """One table on its way into DuckDB: its readings, column by column."""

    record: RecordType
    rows: Rows
    readings: dict[str, list[Reading | None]]
    types: dict[str, FieldType]
    source: Source = field(init=False)
    table: Table = field(init=False)

    def __post_init__(self) -> None:
        names = tuple(self.readings)
        count = len(self.rows)
        missing = tuple(item for item in self.record.fields if item not in self.readings)
        self.source = Source(
            GIVEN, self.record.name, self.record.name, None, None, (), (), missing, rows_read=count, rows_kept=count
        )
        unreadable, inapplicable = (self._with(state) for state in (State.UNREADABLE, State.INAPPLICABLE))
        dateonly = frozenset(item for item in names if any(cell and cell.dateonly for cell in self.readings[item]))
        types = self.types if self.record.derive else {}
        self.table = Table(self.record, frozenset(names), count, unreadable, inapplicable, dateonly, types)
        instants = [
            cell.value
            for item in event_fields(self.table)
            for cell in self.readings[item]
            if cell is not None and isinstance(cell.value, int)
        ]
        if instants:
            self.source = replace(self.source, covers=(min(instants), max(instants)))

    def _with(self, state: State) -> frozenset[str]:
        return frozenset(
            item for item, cells in self.readings.items() if any(cell and cell.state is state for cell in cells)
        )

    def flags(self, state: State) -> list[str | None]:
        """``|field|field|`` of the cells in ``state``, row by row; None where there are none."""
        concerned = sorted(self._with(state), key=list(self.readings).index)
        out: list[str | None] = []
        for row in range(len(self.rows)):
            hit = [item for item in concerned if (cell := self.readings[item][row]) and cell.state is state]
            out.append("|" + "|".join(hit) + "|" if hit else None)
        return out


def _read(
    record: RecordType,
    records: Mapping[str, RecordType],
    rows: Rows,
    zone: str,
    more: Collection[str],
    problems: list[Problem],
) -> _Given:
    """All cells of one table, and a Problem for each unknown column and unreadable cell."""
    readers = _readers(record, records, zone)
    written = {item for row in rows for item in row} - {CASE}
    for item in sorted(written - readers.keys()):
        problems.append(_unknown(record.name, item, item, list(readers)))
    wanted = written | set(more) if rows or more else set(readers)
    readings: dict[str, list[Reading | None]] = {}
    for item, reader in readers.items():
        if item in wanted:
            readings[item] = _read_column(record, item, reader, rows, problems)
    return _Given(record, rows, readings, {item: reader.type for item, reader in readers.items()})


def _readers(record: RecordType, records: Mapping[str, RecordType], zone: str) -> dict[str, CellReader]:
    """The reader of each field; a derived record reads its columns as the record it follows from."""
    derive = record.derive
    if derive is None:
        return {item: reader_of(record, item, zone) for item in record.fields}
    source = records[derive.record]
    readers = {derive.key: reader_of(source, derive.key, zone)}
    for item, column in derive.columns.items():
        counted = column.take == "count"
        readers[item] = CellReader(FieldType.INTEGER, zone) if counted else reader_of(source, column.of, zone)
    return readers


def _read_column(
    record: RecordType, item: str, reader: CellReader, rows: Rows, problems: list[Problem]
) -> list[Reading | None]:
    beside = (item, record.fields[item].relative_to) if item in record.fields else (item,)
    texts = [dated(record, item, {key: cell_text(row.get(key)) for key in beside if key}) for row in rows]
    if reader.type is FieldType.TIME and reader.order is None:
        reader = replace(reader, order=order_of(text for text in texts if text is not None))
    known: dict[str | None, Reading | None] = {None: None}
    for line, text in enumerate(texts, start=1):
        if text is None or text in known:
            continue
        reading = known[text] = reader.read(text)
        if reading.state is State.UNREADABLE:
            place = Location(GIVEN, sheet=record.name, row=line, column=item)
            count = texts.count(text)
            problems.append(Problem(place, reading.code, reading.what, reading.remedy, count=count))
    return [known[text] for text in texts]


def _store(connection: duckdb.DuckDBPyConnection, schema: str, given: _Given, index: int, cased: bool) -> None:
    """Create and fill the table in one statement."""
    count = len(given.rows)
    lines = list(range(1, count + 1))
    typed: list[tuple[str, str, Sequence[object]]] = [
        ("_row", "BIGINT", lines),
        ("_source", "INTEGER", [index] * count),
        ("_line", "BIGINT", lines),
        ("_bad", "VARCHAR", given.flags(State.UNREADABLE)),
        ("_na", "VARCHAR", given.flags(State.INAPPLICABLE)),
    ]
    if cased:
        typed.append((CASE, "INTEGER", [row.get(CASE) for row in given.rows]))
    for item, cells in given.readings.items():
        kind = given.types[item]
        typed.append((item, SQL_TYPES[kind], [cell and cell.value for cell in cells]))
        if kind is FieldType.TIME:
            typed.append((item + "__dateonly", "BOOLEAN", [bool(cell and cell.dateonly) for cell in cells]))
    place = f"{name(schema)}.{name(given.record.name)}"
    items = ", ".join(f"unnest(?::{kind}[]) AS {name(item)}" for item, kind, _ in typed)
    connection.execute(f"CREATE OR REPLACE TABLE {place} AS SELECT {items}", [values for _, _, values in typed])


def _unknown(record: str, column: str, word: str, known: list[str]) -> Problem:
    what = f"'{record}' has no field '{word}'." if column else f"There is no record type '{word}'."
    place = Location(GIVEN, sheet=record, column=column or None)
    return Problem(place, "unknown-field" if column else "unknown-record", what, nearest(word, known), True)
