"""Columns of people: which columns of which tables name our own people, what they say, and how they are renamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from auditor.intake.people.roster import Row
from auditor.intake.sql import name
from auditor.records import FieldType, Table

ROSTER, NAME, NUMBER, OTHERS = "staff", "staff_name", "staff_no", "also_called"
PLACES = ("store_name", "department", "staff_role")
"""What tells people of one name apart where nobody wrote their numbers."""


@dataclass(frozen=True)
class NameColumn:
    """A column of names; ``beside`` are the columns of its table that say more about the person it names."""

    schema: str
    record: str
    field: str
    beside: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The table, as SQL."""
        return f"{name(self.schema)}.{name(self.record)}"

    def row(self, cells: Sequence[str | None]) -> Row:
        """The cells of ``field`` and ``beside`` as a Row."""
        more = dict(zip(self.beside, cells[1:], strict=True))
        return Row(cells[0] or "", more.get(NUMBER), tuple(more.get(field) for field in PLACES))


def name_columns(schema: str, tables: Mapping[str, Table], *, apart: bool) -> Iterator[NameColumn]:
    """The columns of our own people. Number, store and post belong to the person a record is about.

    Without ``apart`` no two people share a name, so that only a number can say more about a person.
    """
    for record, table in tables.items():
        beside = tuple(item for item in (NUMBER, *(PLACES if apart else ())) if item in table.columns)
        for field, declared in table.record.fields.items():
            if field in table.columns and declared.type is FieldType.PERSON and not declared.outside:
                yield NameColumn(schema, record, field, beside if field == table.record.subject else ())


def read_roster(connection: duckdb.DuckDBPyConnection, schema: str, tables: Mapping[str, Table]) -> list[Row]:
    """The rows of the roster, if there is one."""
    table = tables.get(ROSTER)
    if table is None or NAME not in table.columns:
        return []
    fields = [field if field in table.columns else None for field in (NAME, NUMBER, OTHERS, *PLACES)]
    items = ", ".join("NULL" if field is None else name(field) for field in fields)
    place = f"{name(schema)}.{name(ROSTER)}"
    rows = connection.execute(f"SELECT {items} FROM {place} WHERE {name(NAME)} IS NOT NULL ORDER BY _row").fetchall()
    return [Row(who, number, tuple(places), others) for who, number, others, *places in rows]


def written(connection: duckdb.DuckDBPyConnection, column: NameColumn) -> list[tuple[str | None, ...]]:
    """Each distinct name of a column, with what stands beside it."""
    items = ", ".join(map(name, (column.field, *column.beside)))
    query = f"SELECT DISTINCT {items} FROM {column.place} WHERE {name(column.field)} IS NOT NULL ORDER BY ALL"
    return connection.execute(query).fetchall()


def rename(
    connection: duckdb.DuckDBPyConnection, column: NameColumn, changes: Mapping[tuple[str | None, ...], str]
) -> None:
    """Write the new names into a table; a view (Parquet in place) is seen through another one."""
    keys = [f"k{index}" for index in range(1 + len(column.beside))]
    table = f"_names_{column.record}_{column.field}"
    _store(connection, table, keys, changes)
    fields = zip(keys, (column.field, *column.beside), strict=True)
    alike = " AND ".join(f"t.{name(field)} IS NOT DISTINCT FROM n.{key}" for key, field in fields)
    if not _is_view(connection, column):
        set_name = f"{name(column.field)} = n.called"
        connection.execute(f"UPDATE {column.place} AS t SET {set_name} FROM {name(table)} AS n WHERE {alike}")
        connection.execute(f"DROP TABLE {name(table)}")
        return
    under = f"_written_{column.record}_{column.field}"
    connection.execute(f"ALTER VIEW {column.place} RENAME TO {name(under)}")
    called = f"coalesce(n.called, t.{name(column.field)}) AS {name(column.field)}"
    source = f"{name(column.schema)}.{name(under)}"
    connection.execute(
        f"CREATE VIEW {column.place} AS SELECT t.* REPLACE ({called}) FROM {source} AS t"
        f" LEFT JOIN {name(table)} AS n ON {alike}"
    )


def _store(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    keys: Sequence[str],
    changes: Mapping[tuple[str | None, ...], str],
) -> None:
    columns = [*zip(*changes, strict=True), tuple(changes.values())]
    items = ", ".join(f"unnest(?::VARCHAR[]) AS {key}" for key in (*keys, "called"))
    connection.execute(f"CREATE OR REPLACE TABLE {name(table)} AS SELECT {items}", [list(cells) for cells in columns])


def _is_view(connection: duckdb.DuckDBPyConnection, column: NameColumn) -> bool:
    query = "SELECT 1 FROM duckdb_views() WHERE schema_name = ? AND view_name = ?"
    return bool(connection.execute(query, [column.schema, column.record]).fetchall())
