"""Staging: rows of text cells on their way from Python into DuckDB, in batches of columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import duckdb

from auditor.intake.sql import name

BATCH = 50_000


class Staging:
    """A temporary table ``_line, _short, c<position>...`` that is filled batch by batch."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: str, positions: Collection[int]) -> None:
        self._connection = connection
        self._table = table
        self._names = [f"c{position}" for position in positions]
        columns = "".join(f", {name(item)} VARCHAR" for item in self._names)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(table)} (_line BIGINT, _short BOOLEAN{columns})")

    def add(self, lines: Sequence[int], short: Sequence[bool], columns: Sequence[Sequence[str | None]]) -> None:
        """Append rows, given as their lines, whether each is uneven, and one sequence of cells for each column."""
        from pyarrow import lib as pa

        arrays = [pa.array(lines, pa.int64()), pa.array(short, pa.bool_())]
        arrays += [pa.array(cells, pa.string()) for cells in columns]
        batch = pa.table(arrays, names=["_line", "_short", *self._names])
        self._connection.register("_batch", batch)
        self._connection.execute(f"INSERT INTO {name(self._table)} SELECT * FROM _batch")
        self._connection.unregister("_batch")
