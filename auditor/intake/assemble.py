"""Assembling: the parts of one record type become its table (or, for Parquet, a view)."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from auditor.intake.columns import SQL_TYPES
from auditor.intake.part import Expression, Part
from auditor.intake.sql import literal, name
from auditor.records import FieldType, RecordType, Table


def assemble(connection: duckdb.DuckDBPyConnection, schema: str, parts: Sequence[tuple[int, Part]]) -> Table:
    """Create the table of the record type that all ``parts`` (with their source numbers) are of."""
    record = parts[0][1].record
    fields = [field for field in record.fields if any(field in part.fields for _, part in parts)]
    place = f"{name(schema)}.{name(record.name)}"
    selects = []
    offset = 0
    for index, part in parts:
        selects.append(_select(part, index, fields, offset))
        offset += _last_line(connection, part)
    union = " UNION ALL ".join(selects)
    if any(part.in_place for _, part in parts):
        connection.execute(f"CREATE OR REPLACE VIEW {place} AS {union}")
    else:
        connection.execute(f"CREATE OR REPLACE TABLE {place} AS {union}")
        for table in (table for _, part in parts for table in part.scratch):
            connection.execute(f"DROP TABLE {name(table)}")
    return describe(connection, place, record, fields, [part for _, part in parts])


def _last_line(connection: duckdb.DuckDBPyConnection, part: Part) -> int:
    if part.in_place:
        return part.source.rows_read
    [found] = connection.execute(f"SELECT coalesce(max(_line), 0) FROM {part.relation} r").fetchall()
    return int(found[0])


def _select(part: Part, index: int, fields: Sequence[str], offset: int) -> str:
    """The rows of one part in the form of the table."""
    items = [f"r._line + {offset} AS _row", f"CAST({index} AS INTEGER) AS _source", "CAST(r._line AS BIGINT) AS _line"]
    items += [f"{_bad(part, fields)} AS _bad", f"{_inapplicable(part)} AS _na"]
    for field in fields:
        kind = part.record.fields[field].type
        found = part.fields.get(field, Expression(f"CAST(NULL AS {SQL_TYPES[kind]})"))
        items.append(f"{found.value} AS {name(field)}")
        if kind is FieldType.TIME:
            items.append(f"{found.dateonly} AS {name(field + '__dateonly')}")
    return f"SELECT {', '.join(items)} FROM {part.relation} r{part.joins}"


def _bad(part: Part, fields: Sequence[str]) -> str:
    absent = "".join(f"{field}|" for field in fields if field not in part.fields)
    tests = [(item.bad, field) for field, item in part.fields.items() if item.bad is not None]
    return _flags([(str(test), field) for test, field in tests], absent)


def _inapplicable(part: Part) -> str:
    return _flags([(item.na, field) for field, item in part.fields.items() if item.na is not None], "")


def _flags(tests: Sequence[tuple[str, str]], always: str) -> str:
    """``|field|field|`` of the fields whose test holds and of ``always``; NULL when there are none."""
    if not tests:
        return literal("|" + always) if always else "CAST(NULL AS VARCHAR)"
    pieces = [f"CASE WHEN {test} THEN {literal(field + '|')} ELSE '' END" for test, field in tests]
    joined = " || ".join([*pieces, *([literal(always)] if always else [])])
    return f"'|' || nullif({joined}, '')"


def describe(
    connection: duckdb.DuckDBPyConnection,
    place: str,
    record: RecordType,
    fields: Sequence[str],
    parts: Sequence[Part],
) -> Table:
    """What is known about the rows of the table at ``place``, from one aggregate query."""
    doubtful = [f for f in fields if any(f not in part.fields or part.fields[f].bad for part in parts)]
    skipped = [f for f in fields if any(f in part.fields and part.fields[f].na for part in parts)]
    dated = [f for f in fields if any(f in part.fields and part.fields[f].dateonly != "FALSE" for part in parts)]
    items = ["count(*)"]
    items += [f"coalesce(bool_or(contains(_bad, {literal(f'|{field}|')})), FALSE)" for field in doubtful]
    items += [f"coalesce(bool_or(contains(_na, {literal(f'|{field}|')})), FALSE)" for field in skipped]
    items += [f"coalesce(bool_or({name(field + '__dateonly')}), FALSE)" for field in dated]
    [(rows, *flags)] = connection.execute(f"SELECT {', '.join(items)} FROM {place}").fetchall()
    held = iter(flags)
    unreadable, inapplicable, dateonly = (
        frozenset(field for field in group if next(held)) for group in (doubtful, skipped, dated)
    )
    return Table(record, frozenset(fields), rows, unreadable, inapplicable, dateonly)
