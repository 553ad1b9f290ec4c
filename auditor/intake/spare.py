"""Spare rows: rows that are taken out of a table because another row counts instead."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

_FIRST = 3
_TABLE = "_spare"


@dataclass(frozen=True)
class Spare:
    """How many rows were taken out of one source, and the first: their line, and the source and line that counts."""

    source: int
    count: int
    first: tuple[tuple[int, int, int], ...]


def take_out(connection: duckdb.DuckDBPyConnection, place: str, pairs: str) -> list[Spare]:
    """Delete the rows ``spare`` of ``pairs`` (SQL: ``spare``, ``winner``, both ``_row``) from ``place``."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_TABLE} AS SELECT a._row AS spare, a._source AS source, a._line AS line,"
        f" b._source AS by_source, b._line AS by_line FROM ({pairs}) AS p"
        f" JOIN {place} a ON a._row = p.spare JOIN {place} b ON b._row = p.winner"
    )
    found = connection.execute(
        f"SELECT source, count(*), list([line, by_source, by_line] ORDER BY spare)[1:{_FIRST}]"
        f" FROM {_TABLE} GROUP BY source ORDER BY source"
    ).fetchall()
    connection.execute(f"DELETE FROM {place} WHERE _row IN (SELECT spare FROM {_TABLE})")
    connection.execute(f"DROP TABLE {_TABLE}")
    return [Spare(source, count, tuple(map(tuple, first))) for source, count, first in found]
