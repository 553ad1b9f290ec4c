"""Derived records: one row for each key of another record's table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import duckdb

from auditor.intake.sql import literal, name
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import Derivation, DerivedColumn, FieldType, RecordType, Table

_NAME = re.compile(r"[A-Za-z_]\w*")
_QUOTED = re.compile(r"'[^']*'")

CompileWhere = Callable[[str, RecordType], str]
"""Turns a condition over a record into SQL text."""


def where_as_written(condition: str, record: RecordType) -> str:
    """The condition itself, for conditions that are SQL already."""
    return condition


def derive_tables(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    records: Mapping[str, RecordType],
    tables: Mapping[str, Table],
    compile_where: CompileWhere,
    apart: Sequence[str] = (),
) -> tuple[dict[str, Table], list[Problem]]:
    """The tables of all record types that follow from a table in ``tables``.

    Rows that differ in a column of ``apart`` are never taken together. A derived record whose key the
    source lacks is a Problem.
    """
    made: dict[str, Table] = {}
    problems: list[Problem] = []
    for record in records.values():
        if record.derive is None or record.name in tables:
            continue
        source = tables.get(record.derive.record)
        if source is None:
            continue
        if record.derive.key not in source.columns:
            problems.append(_without_key(record, record.derive))
            continue
        builder = _Builder(record.derive, source, compile_where, apart)
        made[record.name] = _create(connection, schema, record, builder)
    return made, problems


def _without_key(record: RecordType, derive: Derivation) -> Problem:
    what = f"'{record.name}' cannot be derived, because the table of '{derive.record}' has no column '{derive.key}'."
    place = Location(derive.record, column=derive.key)
    return Problem(place, "derive-without-key", what, "Add the column to the log.")


def _create(connection: duckdb.DuckDBPyConnection, schema: str, record: RecordType, builder: _Builder) -> Table:
    """Create the table of ``record`` by the query of ``builder``."""
    place = f"{name(schema)}.{name(record.name)}"
    connection.execute(f"CREATE OR REPLACE TABLE {place} AS {builder.select(schema)}")
    types = builder.types
    flagged = [f"coalesce(bool_or(contains(_bad, {literal(f'|{field}|')})), FALSE)" for field in types]
    dated = [f for f, kind in types.items() if kind is FieldType.TIME]
    flagged += [f"coalesce(bool_or({name(field + '__dateonly')}), FALSE)" for field in dated]
    [(rows, *flags)] = connection.execute(f"SELECT {', '.join(['count(*)', *flagged])} FROM {place}").fetchall()
    unreadable = frozenset(field for field, flag in zip(types, flags, strict=False) if flag)
    dateonly = frozenset(field for field, flag in zip(dated, flags[len(types) :], strict=True) if flag)
    return Table(record, frozenset(types), rows, unreadable, frozenset(), dateonly, types)


class _Builder:
    """Builds the query of one derived table; columns that rest on fields the source lacks are left out."""

    def __init__(self, derive: Derivation, source: Table, compile_where: CompileWhere, apart: Sequence[str]) -> None:
        self.derive = derive
        self.apart = apart
        self.source = source
        self.compile_where = compile_where
        self.order = [*(name(field) for field in derive.order if field in source.columns), "_row"]
        self.columns = {
            field: column for field, column in derive.columns.items() if self._needs(column) <= source.columns
        }
        self.types = {derive.key: source.type_of(derive.key)} | {
            field: FieldType.INTEGER if column.take == "count" else source.type_of(column.of)
            for field, column in self.columns.items()
        }

    def select(self, schema: str) -> str:
        """The whole query: rows with a key, grouped by it."""
        key = name(self.derive.key)
        first = f"ORDER BY {', '.join(self.order)}"
        items = [
            "min(_row) AS _row",
            f"first(_source {first}) AS _source",
            f"first(_line {first}) AS _line",
            f"{self._bad()} AS _bad",
            "CAST(NULL AS VARCHAR) AS _na",
            key,
            *self.apart,
        ]
        for field, column in self.columns.items():
            items.append(f"{self._aggregate(column, name(column.of))} AS {name(field)}")
            if self.types[field] is FieldType.TIME:
                dateonly = self._aggregate(column, name(column.of + "__dateonly"), beside=name(column.of))
                items.append(f"coalesce({dateonly}, FALSE) AS {name(field + '__dateonly')}")
        table = f"{name(schema)}.{name(self.source.record.name)}"
        group = ", ".join([key, *self.apart])
        return f"SELECT {', '.join(items)} FROM {table} WHERE {key} IS NOT NULL GROUP BY {group} ORDER BY min(_row)"

    def _aggregate(self, column: DerivedColumn, value: str, beside: str | None = None) -> str:
        """One column; ``beside`` is the column that decides which row is taken when it is not ``value`` itself."""
        decides = beside or value
        tests = [f"({self.compile_where(column.where, self.source.record)})"] if column.where else []
        if column.take == "count":
            tests += [] if column.of == "*" else [f"{value} IS NOT NULL"]
            return f"count_if({' AND '.join(tests)})" if tests else "count(*)"
        picked = f"CASE WHEN {' AND '.join([*tests, f'{decides} IS NOT NULL'])} THEN {value} END"
        if column.take in ("min", "max"):
            if beside is None:
                return f"{column.take}({picked})"
            keep = f"CASE WHEN {' AND '.join([*tests, 'TRUE'])} THEN {beside} END"
            return f"arg_{column.take}({picked}, {keep})"
        order = self.order if column.take == "first" else [f"{item} DESC NULLS LAST" for item in self.order]
        return f"first({picked} ORDER BY {picked} IS NULL, {', '.join(order)})"

    def _needs(self, column: DerivedColumn) -> set[str]:
        """The fields of the source on which a derived column rests."""
        words = set(_NAME.findall(_QUOTED.sub("", column.where or "")))
        ordered = set(self.derive.order) if column.take in ("first", "last") else set()
        return ({column.of} - {"*"}) | (words & self.source.record.fields.keys()) | ordered

    def _bad(self) -> str:
        """A derived column is unreadable where any cell it rests on is."""
        pieces = []
        for field, column in self.columns.items():
            doubtful = sorted(self._needs(column) & self.source.unreadable)
            tests = [f"bool_or(contains(_bad, {literal(f'|{item}|')}))" for item in doubtful]
            if tests:
                pieces.append(f"CASE WHEN {' OR '.join(tests)} THEN {literal(field + '|')} ELSE '' END")
        return f"'|' || nullif({' || '.join(pieces)}, '')" if pieces else "CAST(NULL AS VARCHAR)"
