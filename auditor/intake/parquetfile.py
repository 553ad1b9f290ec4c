"""Parquet files: typed columns, seen in place through a view."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from auditor.intake.columns import SQL_TYPES, TextColumn, joins
from auditor.intake.dataset import Source
from auditor.intake.digest import Digest
from auditor.intake.header import Candidate, places_of
from auditor.intake.mend import Mender
from auditor.intake.parquetstats import Statistics, statistics
from auditor.intake.part import Expression, Part, expression_of, reader_for
from auditor.intake.sheet import Body, HeadRow, Sheet
from auditor.intake.sql import literal, name
from auditor.intake.times import local_to_utc
from auditor.intake.zone import single_offset
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import FieldType, RecordType

_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"})
_TEXT_LIKE = frozenset({FieldType.ID, FieldType.PERSON, FieldType.TEXT})
_INSTANT = "TIMESTAMP WITH TIME ZONE"
SOURCE, RELATION = "auditor_source", "auditor_relation"
"""Under these keys a snapshot notes in its metadata what it was taken of."""


def open_parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Sheet | None, list[Problem]]:
    """The file as a sheet whose only head row are its column names."""
    try:
        names = tuple(_types(connection, path))
        shown, title = _origin(connection, path)
    except duckdb.Error:
        return None, [damaged(str(path))]
    return Sheet(path, title, (HeadRow(0, names, 0),), lambda *_: Body(_scan(path)), shown=shown), []


def damaged(file: str) -> Problem:
    """The file cannot be opened, or its cells cannot be read."""
    what = "The Parquet file cannot be opened: it is damaged or incomplete."
    return Problem(Location(file), "parquet-damaged", what, "Export it again.", True)


def readable(connection: duckdb.DuckDBPyConnection, part: Part) -> bool:
    """Whether every cell that is wanted of the part can be read; reads them all."""
    cells = ", ".join(f"hash({field.value})" for field in part.fields.values())
    try:
        connection.execute(f"SELECT bit_xor(hash({cells})) FROM {part.relation} r{part.joins}").fetchall()
    except duckdb.Error:
        return False
    return True


def _origin(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[str | None, str | None]:
    """The source and the relation that the file is a snapshot of, when it says so."""
    noted = f"SELECT decode(key), decode(value) FROM parquet_kv_metadata({literal(str(path))})"
    about = dict(connection.execute(f"{noted} WHERE key IN ({literal(SOURCE)}, {literal(RELATION)})").fetchall())
    return about.get(SOURCE), about.get(RELATION)


def _types(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """The file's columns and their DuckDB types."""
    described = connection.execute(f"DESCRIBE SELECT * FROM {_scan(path)}").fetchall()
    return {row[0]: row[1] for row in described}


def _scan(path: Path) -> str:
    return f"read_parquet({literal(str(path))})"


def parquet_part(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, chosen: Candidate, zone: str, digest: Digest, index: int
) -> tuple[Part, list[Problem]]:
    """The file of ``sheet`` as ``chosen`` says, without copying it; text columns are read like those of a CSV."""
    numbered = f"read_parquet({literal(str(sheet.path))}, file_row_number=true)"
    relation = f"(SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS _line FROM {numbered})"
    types = _types(connection, sheet.path)
    known = statistics(connection, str(sheet.path))
    fields: dict[str, Expression] = {}
    texts: list[TextColumn] = []
    problems = [_not_filled(sheet)] if places_of(chosen.header, chosen.mapping.fill_down) else []
    for match in chosen.columns:
        kind = types[match.header]
        cell = f"r.{name(match.header)}"
        found = typed(chosen.record, match.field, cell, kind, zone, known)
        if found is not None:
            fields[match.field] = found
        elif kind == "VARCHAR":
            texts.append(TextColumn(match.field, match.header, cell, reader_for(chosen, match.field, zone)))
        else:
            problems.append(_wrong_type(sheet, chosen.record, match.header, match.field, kind))
    mender = Mender(connection, relation, sheet, f"_mended_{index}")
    mended, unreadable = mender.mend(texts)
    fields |= {item.column.field: expression_of(item.column, sorted(item.states)) for item in mended}
    events = {match.field: match.header for match in chosen.columns if match.field in fields}
    source = Source(
        file=sheet.file,
        sheet=sheet.title,
        record=chosen.record.name,
        digest=digest,
        header_row=None,
        columns=tuple(match for match in chosen.columns if match.field in fields),
        extras=chosen.extras,
        missing=tuple(field for field in chosen.record.fields if field not in fields),
        rows_read=known.rows,
        rows_kept=known.rows,
        covers=_covers(chosen.record, events, types, known, zone),
    )
    joined = joins([item.column for item in mended])
    return Part(chosen.record, source, relation, fields, joined, True), problems + unreadable


def _covers(
    record: RecordType, events: Mapping[str, str], types: Mapping[str, str], known: Statistics, zone: str
) -> tuple[int, int] | None:
    """The first and last event time, where the file's statistics tell it of every time column."""
    spans = []
    for field, header in events.items():
        if record.fields[field].type is FieldType.TIME and not record.fields[field].planned:
            span = known.wall_seconds(header)
            if span is None:
                return None
            shift = 0 if types[header] == _INSTANT else single_offset(zone, *span)
            if shift is None:
                return None
            spans.append((span[0] - shift, span[1] - 1 - shift))
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def typed(record: RecordType, field: str, cell: str, kind: str, zone: str, known: Statistics) -> Expression | None:
    """A typed column as the field's type; None when it is text to be read, or of a type that cannot be it."""
    wanted, header = record.fields[field].type, cell.removeprefix("r.").strip('"')
    if wanted is FieldType.TIME:
        return _time(cell, kind, zone, known.wall_seconds(header))
    if wanted in _TEXT_LIKE:
        return _text(record, field, cell, kind, known.may_be_empty(header))
    if wanted is FieldType.YESNO and (kind == "BOOLEAN" or kind in _WHOLE):
        return Expression(f"CAST({cell} AS BOOLEAN)")
    if wanted is FieldType.CLOCK and kind == "TIME":
        return Expression(f"CAST(epoch_us({cell}) // 1000000 AS INTEGER)")
    numbers = kind in _WHOLE or kind in ("DOUBLE", "FLOAT", "HUGEINT", "UBIGINT") or kind.startswith("DECIMAL")
    if wanted is FieldType.NUMBER and numbers:
        return Expression(f"CAST({cell} AS DOUBLE)")
    if wanted is FieldType.INTEGER and kind in _WHOLE:
        return Expression(f"CAST({cell} AS {SQL_TYPES[wanted]})")
    return None


def _time(cell: str, kind: str, zone: str, span: tuple[int, int] | None) -> Expression | None:
    """A typed time as UTC seconds; one subtraction where the zone has one offset over the column's ``span``."""
    shift = None if span is None else single_offset(zone, *span)
    if shift is not None and kind in ("TIMESTAMP", "DATE"):
        utc = f"((epoch_us({cell}) - {shift * 1_000_000}) // 1000000)"
        return Expression(utc) if kind == "TIMESTAMP" else Expression(utc, f"{cell} IS NOT NULL")
    if kind == _INSTANT:
        return Expression(f"(epoch_us({cell}) // 1000000)")
    if kind.startswith("TIMESTAMP"):
        return Expression(local_to_utc(f"CAST({cell} AS TIMESTAMP)", zone))
    if kind == "DATE":
        return Expression(local_to_utc(f"CAST({cell} AS TIMESTAMP)", zone), f"{cell} IS NOT NULL")
    return Expression(f"CAST({cell} AS BIGINT)") if kind in ("BIGINT", "INTEGER", "UINTEGER") else None


def _text(record: RecordType, field: str, cell: str, kind: str, empties: bool) -> Expression | None:
    """Machine-written text is taken as it stands, but for blanks; a vocabulary is still read word by word."""
    if kind != "VARCHAR":
        return Expression(f"CAST({cell} AS VARCHAR)") if kind in _WHOLE else None
    if field in record.values:
        return None
    value = f"nullif({cell}, '')" if empties else cell
    for mark in record.blank:
        value = f"nullif({value}, {literal(mark)})"
    return Expression(value)


def _not_filled(sheet: Sheet) -> Problem:
    what = "A mapping asks to fill columns down, but a Parquet file is read as it stands."
    return Problem(sheet.at(), "not-filled-down", what, "Fill them where the file is written.", True)


def _wrong_type(sheet: Sheet, record: RecordType, header: str, field: str, kind: str) -> Problem:
    what = f"The column {header} has the type {kind}, which cannot be {record.fields[field].type.value} '{field}'."
    return Problem(sheet.at(None, header), "column-type", what, "Write the column with another type.")
