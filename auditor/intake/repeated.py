"""Repeated rows: one row of the world that stands in the logs more than once, as overlapping exports have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from auditor.intake.dataset import Source
from auditor.intake.sql import literal, name
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import Table

REPEATED = "repeated"
_MOST = 20
"""A key in more rows than this is no key; such rows are not compared with one another."""

_NAMED = 3


def set_repeats_aside(
    connection: duckdb.DuckDBPyConnection, schema: str, table: Table, sources: Sequence[Source]
) -> tuple[Table, tuple[Source, ...], list[Problem]]:
    """``table`` without rows that say nothing that another row of the same key does not say.

    An export of March and one of the quarter hold the same row twice, the older with cells that were
    filled later: only the fuller row counts. Rows of one key that contradict each other stay, with a Problem.
    """
    if table.record.key not in table.columns:
        return table, tuple(sources), []
    repeats = _Repeats(connection, schema, table, table.record.key or "")
    if not repeats.any():
        return table, tuple(sources), []
    lost = repeats.set_aside()
    counted = tuple(_less(source, lost[index]) for index, source in enumerate(sources))
    return replace(table, rows=table.rows - lost.total()), counted, repeats.contradictions(sources)


def _less(source: Source, lost: int) -> Source:
    if not lost:
        return source
    aside = dict(sorted({**source.set_aside, REPEATED: lost}.items()))
    return replace(source, rows_kept=source.rows_kept - lost, set_aside=aside)


@dataclass(frozen=True)
class _Repeats:
    """The rows of ``table`` whose key stands in several rows."""

    connection: duckdb.DuckDBPyConnection
    schema: str
    table: Table
    key: str

    @property
    def _place(self) -> str:
        return f"{name(self.schema)}.{name(self.table.record.name)}"

    def _keys(self, rows: str) -> str:
        key = name(self.key)
        return f"(SELECT {key} FROM {self._place} WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) {rows})"

    def any(self) -> bool:
        """Some key stands in several rows."""
        return bool(self.connection.execute(f"SELECT 1 FROM {self._keys('> 1')} LIMIT 1").fetchall())

    def set_aside(self) -> Counter[int]:
        """Take the rows that say nothing of their own out of the table; how many of each source."""
        key = name(self.key)
        few = f"(SELECT * FROM {self._place} WHERE {key} IN {self._keys(f'BETWEEN 2 AND {_MOST}')})"
        spare = (
            f"SELECT DISTINCT a._row FROM {few} a JOIN {few} b ON a.{key} = b.{key} AND a._row <> b._row"
            f" WHERE {self._says_all('b', 'a')} AND (b._row < a._row OR NOT {self._says_all('a', 'b')})"
        )
        gone = self.connection.execute(
            f"DELETE FROM {self._place} WHERE _row IN ({spare}) RETURNING _source"
        ).fetchall()
        return Counter(source for (source,) in gone)

    def _says_all(self, fuller: str, other: str) -> str:
        """SQL, never NULL: every cell of ``other`` is blank or the same as that of ``fuller``."""
        return f"({' AND '.join(self._says(fuller, other, field) for field in sorted(self.table.columns))})"

    def _says(self, fuller: str, other: str, field: str) -> str:
        ours, theirs = f"{other}.{name(field)}", f"{fuller}.{name(field)}"
        marks = [
            f"(NOT {_marked(other, mark, field)} OR {_marked(fuller, mark, field)} OR {theirs} IS NOT NULL)"
            for mark, fields in (("_bad", self.table.unreadable), ("_na", self.table.inapplicable))
            if field in fields
        ]
        blank = " AND ".join([f"{ours} IS NULL", *marks])
        return f"coalesce(({blank}) OR {ours} = {theirs}, FALSE)"

    def contradictions(self, sources: Sequence[Source]) -> list[Problem]:
        """One Problem for the keys that still stand in several rows; a roster may hold one row for each span."""
        record = self.table.record
        if record.time and record.fields[record.time].planned:
            return []
        key = name(self.key)
        query = (
            f"SELECT {key}, count(*), arg_min(_source, _row), arg_min(_line, _row) FROM {self._place}"
            f" WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1 ORDER BY min(_row)"
        )
        found = self.connection.execute(query).fetchall()
        if not found:
            return []
        source = sources[found[0][2]]
        header = next((column.header for column in source.columns if column.field == self.key), self.key)
        listed = ", ".join(str(row[0]) for row in found[:_NAMED]) + (", ..." if len(found) > _NAMED else "")
        what = f"Rows of one number do not agree, so each was judged by itself: {listed}."
        remedy = "Keep the right row of each, or give them different numbers."
        place = Location(source.file, sheet=source.sheet, row=found[0][3], column=header)
        return [Problem(place, "key-repeated", what, remedy, count=sum(row[1] for row in found))]


def _marked(row: str, mark: str, field: str) -> str:
    return f"coalesce(contains({row}.{mark}, {literal(f'|{field}|')}), FALSE)"
